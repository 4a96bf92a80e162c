"""A page's lines to its stories.

Paragraphs are read in order. Whether one begins a new story, goes on with the last or belongs to none is told from
what stands between it and the paragraph before: a title that the following text takes up and the story so far does
not, the same title twice, a byline or date, a dateline, a wider gap, the announcement of a list of other stories.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from rapporteur.intake.datelines import find_dateline
from rapporteur.intake.lines import Line
from rapporteur.intake.roles import Role, ends_sentence, roles_of, words
from rapporteur.intake.wording import key, wording

_HEADLINE_WORDS = range(3, 41)
_NEW = 3.0  # evidence at which a paragraph begins a story
_WINDOW = 250  # lines looked at before and after a paragraph, and
_TITLES = 20  # titles: a story's head is shorter, and the time that a page takes must not grow with its square
_LOOK_AHEAD = 4  # paragraphs that a headline is compared with
_STRONG_WORDS = 60  # a run of paragraphs this long is no teaser
_TEASER = 40  # a new story in a list of other stories must have more words than a teaser
_SUBHEAD_WORDS = 10
# How much of the following paragraphs' vocabulary the story so far has: over 1300 places in labelled pages, a new
# story's is below 0.12 in half of the cases and above 0.24 in a tenth; a continued story's above 0.20 in three of four.
_COHESION = 0.18
_STANDFIRST = 60  # words that may stand between a headline and the paragraph with the dateline
_SKIPPED = frozenset((Role.WIDGET, Role.CAPTION, Role.CREDIT, Role.LINK))


@dataclass(slots=True)
class Story:
    """One story as found: its headline, its paragraphs, and the lines about it (bylines, dates, who reported).

    ``published``, ``url_date`` (ISO) and ``outlet`` are what a page's metadata says; a text has none.
    """

    headline: str | None
    paragraphs: list[str] = field(default_factory=list)
    about: list[tuple[Role, str]] = field(default_factory=list)
    teaser: bool = False
    dated: bool = False
    stems: set[str] = field(default_factory=set)
    published: str | None = None
    url_date: str | None = None
    outlet: str | None = None

    @property
    def size(self) -> int:
        """How many words its paragraphs have."""
        return sum(len(words(p)) for p in self.paragraphs)

    def restart(self) -> None:
        """Forget the paragraphs so far."""
        self.paragraphs.clear()
        self.stems.clear()


def split_stories(lines: Sequence[Line]) -> list[Story]:
    """The stories of a page in order; none where no line reads like a paragraph."""
    return _Splitter(lines, roles_of(lines)).split()


def stems(text: str) -> set[str]:
    """What ``text`` is about: its longer words, cut to six letters, less the frequent ones."""
    common = wording().common
    return {w[:6] for w in (w.lower().strip("'’.") for w in re.findall(r"[^\W_]{3,}", text)) if w not in common}


class _Splitter:
    def __init__(self, lines: Sequence[Line], roles: list[Role]) -> None:
        self.lines = lines
        self.roles = roles
        self.stories: list[Story] = []
        self.tight = _is_tight(lines, roles)
        self.usual_gap = _usual_gap(lines, roles)
        self.in_list = False
        self.closed = False
        here = (k if role is Role.LIST else -1 for k, role in enumerate(roles))
        self._lists = list(accumulate(here, max))  # for each line, where the last list before it was announced
        self._stems: dict[int, set[str]] = {}
        self._ahead: dict[int, set[str]] = {}

    def split(self) -> list[Story]:
        start = 0  # first line since the last paragraph that was taken
        for i, role in enumerate(self.roles):
            if role is Role.PROSE and self._take(start, i):
                start = i + 1
        self._finish(start)
        largest = max((story.size for story in self.stories), default=0)
        return [story for story in self.stories if _stands(story, largest)]

    def _take(self, start: int, i: int) -> bool:
        """Give paragraph ``i`` to a story; False where it belongs to none."""
        between = range(max(start, i - _WINDOW), i)
        kinds = self._kinds(between)
        self.in_list = self.in_list or Role.LIST in kinds
        self.closed = self.closed or Role.FOOTER in kinds
        if self.stories and self._is_late_start(between, i):
            self.stories[-1].restart()
            self._add(i)
        elif not self.stories or self._evidence(between, i) >= _NEW:
            if self.in_list and self._reach(i) < _TEASER:
                return False
            self._begin(between, i)
        elif self.closed or (self.in_list and self._run(i) < _STRONG_WORDS):
            return False
        else:
            self._go_on(between, i)
        self.in_list = self.closed = False
        return True

    def _is_late_start(self, between: range, i: int) -> bool:
        """A dateline soon after the headline: what stood between was a standfirst or a caption, not the story."""
        story = self.stories[-1]
        if len(story.paragraphs) > 2 or story.size > _STANDFIRST * len(story.paragraphs) or not self._has_dateline(i):
            return False
        only_furniture = self._kinds(between) <= _SKIPPED | {Role.LABEL}
        return story.headline is not None and not story.dated and only_furniture

    def _evidence(self, between: range, i: int) -> float:
        """How much speaks for a new story at paragraph ``i``."""
        story, roles = self.stories[-1], self.roles
        titles = [k for k in between if roles[k] is Role.TITLE][-_TITLES:]
        score = 0.0
        unlisted = range(max(between.start, self._last_list(between) + 1), between.stop)
        kinds = self._kinds(unlisted)
        if kinds & {Role.BYLINE, Role.DATE}:
            score += 3
        if kinds & {Role.END, Role.REPORTING}:
            score += 2
        if self._has_dateline(i) or _repeated(
            (self.lines[k].text for k in between if roles[k] is Role.CAPTION), times=3
        ):
            return score + 3
        if _repeated(self.lines[k].text for k in titles):
            score += 2
        score += self._gap_evidence(between, i)
        by_title = max((self._title_evidence(story, k, i) for k in titles), default=0.0)
        if self.in_list:  # a list is made of titles: one more says little
            return (
                score + 0.5 * by_title - (0 if Role.BYLINE in kinds else 1 if score else 3) - (2 if self.closed else 0)
            )
        if by_title and self._reach(i) < _TEASER:
            by_title = 0.0  # a line or two below a title go on with the story
        return score + by_title - (2 if self.closed else 0)

    def _kinds(self, between: range) -> set[Role]:
        return set(self.roles[between.start : between.stop])

    def _has_dateline(self, i: int) -> bool:
        """Whether paragraph ``i`` opens with a dateline that can be nothing else (``SEOUL:`` could be a speaker)."""
        text = self.lines[i].text
        dateline = find_dateline(text)
        return dateline is not None and not text[: dateline.end].rstrip().endswith(":")

    def _last_list(self, between: range) -> int:
        found = self._lists[between.stop - 1] if between else -1
        return found if found >= between.start else -1

    def _title_evidence(self, story: Story, k: int, i: int) -> float:
        """A headline is taken up by what follows and strange to what went before; a subhead is short."""
        title = self._about(k)
        if not title or len(words(self.lines[k].text)) < 4:
            return 0.0
        after = self._following(i)
        taken = len(title & after) / len(title)
        strange = len(title - story.stems) / len(title)
        long = len(words(self.lines[k].text)) >= 6
        if strange < 0.34:
            return -2.0
        if taken < 0.2:
            return 0.0
        if self.lines[k].text.isupper() and not (story.headline or "A").isupper():
            return 0.0
        score = self._strangeness(i)
        score += (1.5 if long else 0.5) + (2.0 if taken >= 0.4 and strange >= 0.5 else 0.5)
        enclosed = self.roles[k - 1] is Role.WIDGET and self.roles[k + 1] is Role.WIDGET
        return score - (1.0 if enclosed else 0.0) - (0.75 if self.tight and not self.lines[k].gap else 0.0)

    def _strangeness(self, i: int) -> float:
        """Between -1.5 and 1: how little of the vocabulary from paragraph ``i`` on the story so far has."""
        after = self._following(i)
        cohesion = len(after & self.stories[-1].stems) / max(len(after), 1)
        return max(-1.5, min(1.0, (_COHESION - cohesion) * 8))

    def _gap_evidence(self, between: range, i: int) -> float:
        """Where paragraphs follow line on line, a blank line parts stories; elsewhere a wide gap hints at it."""
        if self._kinds(between) & _SKIPPED:
            return 2.0 + self._strangeness(i) if self.tight and self.lines[i].gap else 0.0
        gap = self.lines[between.start].gap if between else self.lines[i].gap
        if self.tight:
            return 3.0 if gap else 0.0
        return 1.5 if between and gap >= self.usual_gap + 2 else 0.0

    def _about(self, k: int) -> set[str]:
        if k not in self._stems:
            self._stems[k] = stems(self.lines[k].text)
        return self._stems[k]

    def _following(self, i: int) -> set[str]:
        """What the next few paragraphs are about."""
        if i not in self._ahead:
            self._ahead[i] = self._look_ahead(i)
        return self._ahead[i]

    def _look_ahead(self, i: int) -> set[str]:
        found: set[str] = set()
        taken = 0
        for k in range(i, min(i + _WINDOW, len(self.lines))):
            if self.roles[k] is Role.PROSE:
                found |= self._about(k)
                taken += 1
            if taken == _LOOK_AHEAD or (k > i and self.roles[k] in (Role.LIST, Role.END, Role.FOOTER, Role.BYLINE)):
                break
        return found

    def _run(self, i: int) -> int:
        """Words of the paragraphs from ``i`` on that only furniture parts."""
        total = 0
        for k in range(i, min(i + _WINDOW, len(self.lines))):
            if self.roles[k] is Role.PROSE:
                text = self.lines[k].text
                total += len(words(text)) if ends_sentence(text) and not text.endswith("?") else 0
            elif self.roles[k] not in _SKIPPED:
                break
            if total >= _STRONG_WORDS:
                break
        return total

    def _reach(self, i: int) -> int:
        """Words of the paragraphs from ``i`` on to the next line that closes or opens a story."""
        total = 0
        for k in range(i, min(i + _WINDOW, len(self.lines))):
            if self.roles[k] is Role.PROSE:
                total += len(words(self.lines[k].text))
            elif self.roles[k] in (Role.LIST, Role.END, Role.FOOTER, Role.BYLINE, Role.DATE, Role.REPORTING):
                break
            if total >= _TEASER:
                break
        return total

    def _begin(self, between: range, i: int) -> None:
        self._close_last(between)
        story = Story(self._headline(between, i), teaser=self.in_list)
        first = self._first_about(between)
        story.about = [(self.roles[k], self.lines[k].text) for k in between if k >= first]
        self.stories.append(story)
        self._add(i)

    def _first_about(self, between: range) -> int:
        """Where the lines about the new story begin: after what closed the one before."""
        closing = (Role.END, Role.REPORTING, Role.LIST, Role.FOOTER)
        return max((k + 1 for k in between if self.roles[k] in closing), default=between.start)

    def _go_on(self, between: range, i: int) -> None:
        """Take paragraph ``i``, and a subhead that stands right before it."""
        last = i - 1
        if not self.in_list and last in between and self.roles[last] in (Role.TITLE, Role.LABEL):
            text = self.lines[last].text
            if len(words(text)) <= _SUBHEAD_WORDS and self.lines[last].gap >= self.lines[i].gap:
                self.stories[-1].paragraphs.append(text)
        self._add(i)

    def _add(self, i: int) -> None:
        self.stories[-1].dated = self.stories[-1].dated or self._has_dateline(i)
        self.stories[-1].paragraphs.append(self.lines[i].text)
        self.stories[-1].stems |= self._about(i)

    def _headline(self, between: range, i: int) -> str | None:
        """The title in ``between`` that fits best, or its neighbour above where that one reads like the headline
        and this like the line below it."""
        after = self._following(i)
        scored = {k: self._fit(k, between, i, after) for k in between if self._may_be_headline(k)}
        best = max(scored, key=lambda k: (scored[k], -k), default=None)
        if best is None or scored[best] < 0.5:
            return None
        above = next((k for k in range(best - 1, between.start - 1, -1) if self.roles[k] is not Role.WIDGET), None)
        if above in scored and scored[above] >= 0.5 * scored[best] and above > self._last_list(between):
            best = above if key(self.lines[above].text) != key(self.lines[best].text) else best
        return self._without_site([self.lines[k].text for k in scored], self.lines[best].text)

    def _without_site(self, titles: Sequence[str], best: str) -> str:
        """``Talks fail - The Courier`` is ``Talks fail`` where that stands on the page, too."""
        shorter = [t for t in titles if best.startswith(t) and re.match(r" ?[-–—|] ", best[len(t) :])]
        return min(shorter, key=len, default=best)

    def _may_be_headline(self, k: int) -> bool:
        return self.roles[k] is Role.TITLE and len(words(self.lines[k].text)) in _HEADLINE_WORDS

    def _fit(self, k: int, between: range, i: int, after: set[str]) -> float:
        text = self.lines[k].text
        about = self._about(k)
        taken = len(about & after)
        score = min(taken, 5) * 0.4 + (taken / len(about) if about else 0.0)
        score += 0.05 * min(len(words(text)), 10)
        same = [m for m in between if self.lines[m].text == text]
        if len(same) > 1:
            score += 1.5 if any(b - a > 1 for a, b in pairwise(same)) else -0.5
        later = [self.roles[m] for m in range(k + 1, i)]
        if Role.BYLINE in later or Role.DATE in later:
            score += 0.6
        if Role.END in later or Role.FOOTER in later:
            score -= 1.5
        if k < self._last_list(between) or self._is_listed(k, between, later):
            score -= 1.5
        return score - 0.02 * (i - k)

    def _is_listed(self, k: int, between: range, later: list[Role]) -> bool:
        """Whether title ``k`` stands in a list of other stories, with more of the list or a section's name after it."""
        if k < self._last_list(between) or self._last_list(between) < 0:
            return False
        return Role.TITLE in later[:2] or Role.LABEL in later[:1] or Role.AGO in later[:1]

    def _close_last(self, between: range) -> None:
        """The lines right after the last story's paragraphs may still tell about it."""
        if not self.stories:
            return
        for k in between:
            if self.roles[k] is Role.END and self.stories[-1].teaser:
                return
            if self.roles[k] is Role.REPORTING:
                self.stories[-1].about.append((Role.REPORTING, self.lines[k].text))
            elif self.roles[k] not in _SKIPPED:
                break
        self.stories[-1].teaser = False

    def _finish(self, start: int) -> None:
        self._close_last(range(start, len(self.lines)))


def _stands(story: Story, largest: int) -> bool:
    """Whether a found story is one: not a teaser or a stray line beside a real story of ``largest`` words."""
    if not story.paragraphs or (story.teaser and story.size < largest):
        return False
    if story.size >= 40 or story.size == largest:
        return True
    return story.size >= 20 and story.headline is not None


def _is_tight(lines: Sequence[Line], roles: Sequence[Role]) -> bool:
    gaps = _paragraph_gaps(lines, roles)
    return len(gaps) >= 4 and sum(1 for gap in gaps if gap == 0) >= 0.8 * len(gaps)


def _usual_gap(lines: Sequence[Line], roles: Sequence[Role]) -> int:
    gaps = sorted(_paragraph_gaps(lines, roles))
    return gaps[(len(gaps) * 9) // 10] if gaps else 1


def _paragraph_gaps(lines: Sequence[Line], roles: Sequence[Role]) -> list[int]:
    return [lines[i].gap for i in range(1, len(lines)) if roles[i] is Role.PROSE and roles[i - 1] is Role.PROSE]


def _repeated(texts: Iterable[str], times: int = 2) -> bool:
    return any(count >= times for count in Counter(texts).values())
