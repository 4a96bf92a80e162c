"""What each line of a page is, told by its shape, its wording and its neighbours.

Shape first: a paragraph ends like a sentence; a title doesn't; a caption ends in a credit or stands twice; a date line
is a date and little else. Wording (``furniture.yaml``) only for what has no shape of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto

from rapporteur.intake.dates import written_date
from rapporteur.intake.lines import Line
from rapporteur.intake.wording import agency_named, agency_within, key, plain, wording


class Role(Enum):
    """What a line is. ``LABEL`` is too short for a title (a section's name); ``LINK`` names another story."""

    PROSE = auto()
    TITLE = auto()
    LABEL = auto()
    CAPTION = auto()
    CREDIT = auto()
    BYLINE = auto()
    DATE = auto()
    AGO = auto()
    REPORTING = auto()
    WIDGET = auto()
    LINK = auto()
    LIST = auto()
    END = auto()
    FOOTER = auto()


_LONG = 5000  # characters; a longer line has no shape but a paragraph's
_HEAD = (Role.BYLINE, Role.DATE, Role.AGO, Role.CAPTION, Role.CREDIT)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?:[.!?:;]|[.!?,;—–-][\"'”’»)\]]+|[.!?][)\]])\s*<?$")
_INNER_BREAK = re.compile(r"[a-z0-9)”’\"'][.!?][\"'”’)]* +[\"'“‘(]*[A-Z]")
_ABBREVIATION_END = re.compile(r"(?:^|\s)(?:[A-Z]\.){2,}$")
_DOTS = re.compile(r"(?:\.\.\.|…)$")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_NAMES = rf"{_NAME}(?: (?:{_NAME}|de|da|del|der|di|dos|van|von|bin|al|el|la|le)){{0,4}}"
_BYLINE = re.compile(rf"(?i:by)\b:? *{_NAMES}(?:,? (?:and|&) {_NAMES}|, {_NAMES})*(?P<rest>.*)$")
_BYLINE_IN = re.compile(rf"{_NAME}(?: {_NAME}){{1,3}} in {_NAMES}(?: and {_NAMES})?$")
_BYLINE_LABELLED = re.compile(rf"{_NAMES} ?\| ?(?:Published|Posted|Updated)\b")
_NAME_ALONE = re.compile(rf"{_NAME}(?: {_NAME}){{1,3}}(?:,? (?:and|&) {_NAME}(?: {_NAME}){{1,3}})*$")
_AGO = re.compile(r"\b\d+ ?(?:sec|second|min|minute|hr|hour|day|week|month|year)s? ago\b", re.IGNORECASE)
_TAIL_BRACKET = re.compile(r"\((?P<inside>[^()]{2,80})\)$")
_TAIL_CREDIT = re.compile(
    r"\b(?i:photo|photograph|image|picture|illustration|credit)s?(?: ?:| by| courtesy) [^.!?]{2,70}$"
)
_TAIL_SLASH = re.compile(rf"(?:^|[ .|(]){_NAME}(?: {_NAME}){{0,3}}/{_NAME}(?:[ /]{_NAME}| via| File| Photo){{0,5}}\)?$")
_ADDRESSED = re.compile(r"\b(?i:you|your|you're|you've|our|ours|we|we're|my|sign (?:up|in))\b|\bus\b")
_YOU = re.compile(r"\b(?:you|your|you're|you've)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”]")
_CONTACT = re.compile(r"\S+@\S+\.\w{2,}|https?://|www\.", re.IGNORECASE)
_GLUED = re.compile(r"[a-z)][A-Z][a-z]")
_STORY_NUMBER = re.compile(r"[\d\W_]+$")


def words(text: str) -> list[str]:
    """The words of a line, in order."""
    return _WORD.findall(text)


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does: with a stop, or with a quotation that has one inside."""
    return bool(_SENTENCE_END.search(text)) and not (_DOTS.search(text) and not _INNER_BREAK.search(text))


def roles_of(lines: Sequence[Line]) -> list[Role]:
    """The role of each line."""
    roles = [_alone(line) for line in lines]
    _mark_repeats(lines, roles)
    _mark_by_neighbours(lines, roles)
    return roles


def _alone(line: Line) -> Role:
    """What the line is by itself."""
    text = line.text
    if len(text) > _LONG:
        return Role.PROSE if _INNER_BREAK.search(text[:_LONG]) else Role.WIDGET
    count = len(words(text))
    if line.hint == "caption":
        return Role.CAPTION
    if line.hint == "furniture":
        return Role.WIDGET
    return (
        _by_wording(text, count)
        or _byline_or_date(text, count)
        or _caption_or_credit(text, count)
        or _prose_or_title(text, count)
    )


def _by_wording(text: str, count: int) -> Role | None:
    lists, whole, low = wording(), key(text), plain(text)
    prose = ends_sentence(text) and count > 8
    if _STORY_NUMBER.fullmatch(text) and not written_date(text):
        return Role.WIDGET
    if whole in lists.ends:
        return Role.END
    if whole in lists.lists or (not prose and count <= 7 and lists.list_opens.match(low)):
        return Role.LIST
    if whole in lists.alone or whole in lists.labels or (count <= 4 and _bare(whole) <= lists.alone):
        return Role.WIDGET
    if lists.related.match(low) or (not ends_sentence(text) and lists.related_unmarked.match(low)):
        return Role.LINK
    if (lists.reporting.match(low) and count <= 60) or (lists.reporting_holds.search(low) and count <= 40):
        return Role.REPORTING
    if lists.footers.search(low) and (count <= 30 or "rights reserved" in low):
        return Role.FOOTER
    return Role.WIDGET if _speaks_to_reader(text, low, count) else None


def _bare(whole: str) -> set[str]:
    return {word for word in whole.split() if not word.isdigit()}


def _speaks_to_reader(text: str, low: str, count: int) -> bool:
    """Prompts, consent, advertising: their wording in a line that quotes nobody and, if long, addresses the reader."""
    lists = wording()
    if _QUOTED.search(text) or count > 90:
        return False
    if lists.opens.match(low):
        return count <= 25 or bool(_ADDRESSED.search(text))
    addressed = len(_YOU.findall(text))
    if addressed >= 2 and addressed >= 0.04 * count:
        return True
    if lists.holds.search(low):
        return not ends_sentence(text) or count <= 12 or bool(_ADDRESSED.search(text))
    return count <= 15 and bool(_CONTACT.search(text))


def _byline_or_date(text: str, count: int) -> Role | None:
    if count > 22:
        return None
    byline = _BYLINE.match(text)
    if byline and (not ends_sentence(text) or count <= 5) and len(words(byline["rest"])) <= 12:
        return Role.BYLINE
    if _BYLINE_LABELLED.match(text) or (_BYLINE_IN.fullmatch(text) and agency_named(text.split(" in ")[0])):
        return Role.BYLINE
    if _is_date_line(text, count):
        return Role.DATE
    if _AGO.search(text) and count <= 10 and not ends_sentence(text):
        return Role.AGO
    return None


def _is_date_line(text: str, count: int) -> bool:
    """A date, and beside it little but clock times, zones, ``Published`` and names."""
    found = written_date(text)
    if not found or count > 18 or (ends_sentence(text) and count > 8):
        return False
    _, start, end = found
    rest = text[:start] + " " + text[end:]
    left = [w for w in words(rest) if not w[0].isdigit() and w.lower() not in wording().date_words]
    return len(left) <= 5 and not any(word.islower() for word in left) and not (left and "|" in text[:start])


def _caption_or_credit(text: str, count: int) -> Role | None:
    lists, low = wording(), plain(text)
    if count <= 9 and not ends_sentence(text) and _is_credit(text, low):
        return Role.CREDIT
    if lists.credit_holds.search(low) and not _QUOTED.search(text[-60:]) and (not ends_sentence(text) or count <= 60):
        return Role.CAPTION
    bracket = _TAIL_BRACKET.search(text)
    if bracket and count >= 6 and _is_credit_bracket(text, bracket):
        return Role.CAPTION
    if count >= 6 and (_TAIL_CREDIT.search(text) or _TAIL_SLASH.search(text)):
        return Role.CAPTION
    return None


def _is_credit(text: str, low: str) -> bool:
    lists = wording()
    if lists.credit_opens.match(low) or agency_named(text):
        return True
    return bool(lists.credit_holds.search(low)) or bool(_TAIL_SLASH.fullmatch(text))


def _is_credit_bracket(text: str, bracket: re.Match[str]) -> bool:
    """Brackets at a line's end, after a full stop or with an agency or a slash inside, in the manner of a name."""
    inside = bracket["inside"]
    if not (inside[0].isupper() or inside[0].isdigit()) or len(words(inside)) > 8:
        return False
    before = text[: bracket.start()].rstrip()
    return before[-1:] in '.!?”"' or "/" in inside or agency_within(inside) is not None or "photo" in inside.lower()


def _prose_or_title(text: str, count: int) -> Role:
    if _is_glued(text, count):
        return Role.WIDGET
    if count >= 18 and _INNER_BREAK.search(text):
        return Role.PROSE
    if ends_sentence(text) and not _title_in_disguise(text, count):
        return Role.PROSE if count >= 3 else Role.LABEL
    return Role.TITLE if count >= 3 else Role.LABEL


def _is_glued(text: str, count: int) -> bool:
    """A menu whose entries ran together (``NewsSportBusiness``)."""
    return len(_GLUED.findall(text)) >= max(3, count // 12)


def _title_in_disguise(text: str, count: int) -> bool:
    """A title may end in ``U.S.`` or ``;``."""
    if text.endswith(";"):
        return True
    return count <= 14 and bool(_ABBREVIATION_END.search(text)) and not _INNER_BREAK.search(text)


def _mark_repeats(lines: Sequence[Line], roles: list[Role]) -> None:
    """Prose that stands twice on a page is a caption or a prompt, unless most of the page stands twice (a story and
    its print version): then all but the first are."""
    counted = Counter(line.text for line in lines)
    prose = [line.text for line, role in zip(lines, roles, strict=True) if role is Role.PROSE]
    doubled = sum(1 for text in prose if counted[text] > 1) > 0.5 * len(prose)
    seen: set[str] = set()
    for i, line in enumerate(lines):
        first = line.text not in seen
        seen.add(line.text)
        if doubled and first and not _twin_beside(lines, i):
            continue
        if counted[line.text] > 1 and roles[i] is Role.PROSE:
            roles[i] = Role.CAPTION if _twin_beside(lines, i) else Role.WIDGET
        elif counted[line.text] > 2 and roles[i] is Role.LABEL:
            roles[i] = Role.WIDGET


def _twin_beside(lines: Sequence[Line], i: int) -> bool:
    return (i > 0 and lines[i - 1].text == lines[i].text) or (i + 1 < len(lines) and lines[i + 1].text == lines[i].text)


def _mark_by_neighbours(lines: Sequence[Line], roles: list[Role]) -> None:
    """What a line's neighbours tell: a question before a byline is a title; a name beside a date, or after ``By``, is
    a byline; a line right before a bare credit is its caption."""
    for i, role in enumerate(roles):
        if role is Role.PROSE and _asks(lines[i].text) and i + 1 < len(roles) and roles[i + 1] in _HEAD:
            roles[i] = Role.TITLE
    titled = False  # whether the last line that isn't furniture is a title: "Anna Lind in Oslo" below one is a byline
    for i, role in enumerate(roles):
        text = lines[i].text
        if role is Role.TITLE and titled and _BYLINE_IN.fullmatch(text):
            roles[i] = Role.BYLINE
        titled = role is Role.TITLE or (titled and role in (Role.WIDGET, Role.CAPTION, Role.CREDIT))
        before, after = roles[i - 1] if i else None, roles[i + 1] if i + 1 < len(roles) else None
        dated = after is Role.DATE or before is Role.DATE or (after is Role.AGO)
        if role in (Role.LABEL, Role.TITLE, Role.CREDIT) and _NAME_ALONE.fullmatch(text) and len(words(text)) <= 4:
            if (dated and role is not Role.TITLE) or after is Role.DATE or (i and key(lines[i - 1].text) == "by"):
                roles[i] = Role.BYLINE
        elif role is Role.CREDIT and i and key(lines[i - 1].text) == "by":
            roles[i] = Role.BYLINE
    for i, role in enumerate(roles):
        above = roles[i - 1] if role is Role.CREDIT and i and lines[i].gap <= lines[i - 1].gap else None
        if above is Role.TITLE or (above is Role.PROSE and _caption_like(lines, roles, i)):
            roles[i - 1] = Role.CAPTION


def _asks(text: str) -> bool:
    return not text.rstrip("\"'”’)").endswith(".") and len(words(text)) <= 18 and not _INNER_BREAK.search(text)


def _caption_like(lines: Sequence[Line], roles: Sequence[Role], i: int) -> bool:
    """Prose before the credit at ``i`` is its caption when the credit is no agency's sign-off at the story's end."""
    follows = next((role for role in roles[i + 1 :] if role not in (Role.WIDGET, Role.CREDIT, Role.LABEL)), None)
    return follows is Role.PROSE and len(words(lines[i - 1].text)) <= 60 and agency_named(lines[i].text) is None
