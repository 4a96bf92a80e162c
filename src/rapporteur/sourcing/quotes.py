"""Quotation marks: where quotations begin and end in a body, found in one pass.

Curly, straight, doubled single, low and angled marks are known, and single ones where they are not apostrophes. A
quotation that goes on over paragraphs has an opening mark on each and a closing one on the last only; one that nobody
closes ends with its paragraph. Quotations inside quotations belong to the outer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapporteur.model import Span

_MARK = re.compile("''|``|[“”\"„«»‘’'‹›]")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_CLOSERS = {
    "“": ("”", '"', "“"), "”": ("”",), '"': ('"', "”"), "„": ("“", "”", '"'), "«": ("»",), "»": ("«",),
    "``": ("''", '"', "``"), "''": ("''", '"'), "‘": ("’", "'"), "'": ("'", "’"), "‹": ("›",),
}  # fmt: skip
_SINGLE = frozenset("‘’'")
_ELISIONS = re.compile(r"(?:\d0?s?\b|\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|n\b)", re.IGNORECASE)
_REACH = 120  # characters behind a doubtful closing mark in which a better one is looked for
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: its spans with their marks, one a paragraph; ``closed`` where its closing mark was found."""

    spans: tuple[Span, ...]
    closed: bool

    @property
    def start(self) -> int:
        """Offset of its first opening mark."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.spans[-1][1]


def find_quotes(body: str) -> tuple[Quote, ...]:
    """All outermost quotations of ``body`` in text order."""
    quotes: list[Quote] = []
    pending: list[tuple[Span, str]] = []  # a quotation left open by the paragraphs before
    for line in _LINE.finditer(body):
        start, end = _trimmed(body, *line.span())
        if start == end:
            continue
        pieces = list(_in_paragraph(body, start, end))
        if pending:
            goes_on = pieces and pieces[0][0][0] == start and pieces[0][2] == pending[-1][1]
            if not goes_on:
                quotes.append(Quote(tuple(span for span, _ in pending), closed=False))
                pending = []
        for span, closed, mark in pieces:
            pending.append((span, mark))
            if closed:
                quotes.append(Quote(tuple(s for s, _ in pending), closed=True))
                pending = []
    if pending:
        quotes.append(Quote(tuple(span for span, _ in pending), closed=False))
    return tuple(quotes)


def _in_paragraph(body: str, start: int, end: int) -> Iterator[tuple[Span, bool, str]]:
    """Quotations of one paragraph: span, whether closed, opening mark. Only the last can be open."""
    at = start
    absent: set[str] = set()  # closing marks that no longer come
    while (opening := _next_opening(body, at, end)) is not None:
        mark = opening.group()
        closing = _closing(body, opening.end(), end, mark, absent)
        if closing is None:
            if mark in _SINGLE or not _open_to_the_end(body, opening, start, end):
                at = opening.end()
                continue
            yield (opening.start(), end), False, mark
            return
        yield (opening.start(), closing), True, mark
        at = closing


def _next_opening(body: str, at: int, end: int) -> re.Match[str] | None:
    for match in _MARK.finditer(body, at, end):
        if match.group() in _CLOSERS and _may_open(body, match, end):
            return match
    return None


def _may_open(body: str, match: re.Match[str], end: int) -> bool:
    mark, before = match.group(), body[match.start() - 1 : match.start()]
    after = body[match.end() : match.end() + 1] if match.end() < end else ""
    if not after or after.isspace():
        return False
    if mark in ("“", "„", "«", "``"):
        return True
    if mark in ("”", "»"):
        return False
    if before and (before.isalnum() or before in ".,!?%"):
        return False
    if mark in _SINGLE:
        return mark != "’" and not _ELISIONS.match(body, match.end())
    return True


def _closing(body: str, at: int, end: int, mark: str, absent: set[str]) -> int | None:
    """Offset behind the mark that closes one opened by ``mark``; None where the paragraph has none."""
    for closer in _CLOSERS[mark]:
        if closer in absent:
            continue
        find = _single_closing if closer in _SINGLE else _double_closing
        found = find(body, at, end, closer)
        if found is not None:
            return found
        absent.add(closer)
    return None


def _double_closing(body: str, at: int, end: int, closer: str) -> int | None:
    here = body.find(closer, at, end)
    while here != -1:
        behind = here + len(closer)
        before, after = body[here - 1], body[behind : behind + 1] if behind < end else ""
        if closer in ("”", "»") or not before.isspace() or not after or after.isspace():
            return behind
        here = body.find(closer, behind, end)
    return None


def _single_closing(body: str, at: int, end: int, closer: str) -> int | None:
    """A single mark closes behind a word or stop and before no letter; "states' " may be a plural's possessive."""
    maybe: int | None = None
    here = body.find(closer, at, end)
    while here != -1:
        before, after = body[here - 1], body[here + 1 : here + 2] if here + 1 < end else ""
        if here > at and not before.isspace() and not _LETTER.match(after):
            if before != "s" or not after.isspace():
                return here + 1
            maybe = maybe or here + 1
        elif maybe is not None and before.isspace():
            return maybe  # the next one opens: the doubtful one closed
        if maybe is not None and here - maybe > _REACH:
            return maybe
        here = body.find(closer, here + 1, end)
    return maybe


def _open_to_the_end(body: str, opening: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark without a partner opens a quotation that the paragraph's end leaves open."""
    head = body[start : opening.start()].rstrip()
    return (not head or head[-1] in ":,—-–") and end - opening.end() > 1


def _trimmed(body: str, start: int, end: int) -> Span:
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return start, end


def beside_quotation(verbs: frozenset[str]) -> re.Pattern[str]:
    """A pattern that a sentence's text holds where one of ``verbs`` (word forms) stands beside a quotation, a few words
    from its closing mark ("...”, the minister said") or right before its opening one ("he said: “...").

    It is a test by words alone, before any parsing, and looks for double marks only.
    """
    cue = rf"\b(?:{'|'.join(map(re.escape, sorted(verbs)))})\b"
    return re.compile(rf"[\"”]\s+(?:[\w.’']+\s+){{0,4}}?{cue}|{cue}\W{{0,3}}\s*(?:\w+\s+){{0,2}}?[“\"]")
