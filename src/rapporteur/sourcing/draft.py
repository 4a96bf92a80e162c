"""What the finders of attributions hand on, and the arithmetic of spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Span

Spans = tuple[Span, ...]
_LOOSE = frozenset(" \t\u00a0,;:.–—-…")


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in the making.

    Attributes:
        sentence: index of the sentence that holds its cue.
        source, cue, content: spans of the body; any may be empty but not cue and content both.
        force: as in ``Attribution``.
        holder: token (of that sentence) that heads the source, or the antecedent of a relative pronoun.
        head: token that heads the cue; -1 where there is no word (a colon).
        credit: from the first to the last word of source and verb where they stand together, for placing quotations.
        behind: the credit stands behind its content, or inside it.
        takes_quote: a quotation may be its content.
        beside: words around the credit, which may tell that a source keeps its name back.
        under: head of the credit, in the same sentence, that relays this one ("Reuters reported, citing ...").
        speech: reporting in the strict sense.
    """

    sentence: int
    source: Spans
    cue: Spans
    content: Spans
    force: str
    holder: int | None
    head: int
    credit: Span
    behind: bool = False
    takes_quote: bool = False
    beside: Spans = ()
    under: int | None = None
    speech: bool = False


def spans_of(syntax: Syntax, tokens: Iterable[int], *, trim: bool = True) -> Spans:
    """The tokens as runs of text, without loose punctuation at either end of a run; punctuation alone is no run."""
    runs: list[list[int]] = []
    for i in sorted(set(tokens)):
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    out: list[Span] = []
    for run in runs:
        if trim:
            run = _trimmed(syntax, run)
        if run:
            out.append((syntax.tokens[run[0]].start, syntax.tokens[run[-1]].end))
    return tuple(out)


def _trimmed(syntax: Syntax, run: list[int]) -> list[int]:
    first, last = 0, len(run)
    while first < last and all(c in _LOOSE for c in syntax.tokens[run[first]].text):
        first += 1
    while last > first and _is_loose_end(syntax.tokens[run[last - 1]]):
        last -= 1
    run = run[first:last]
    if any(c.isalnum() for i in run for c in syntax.tokens[i].text):
        return run
    return []


def _is_loose_end(token: Token) -> bool:
    """Punctuation, or the "and" that led to what was taken away."""
    return all(c in _LOOSE for c in token.text) or (token.dep == "cc" and token.tag == "CC")


def union(*groups: Iterable[Span]) -> Spans:
    """All spans, merged where they touch or overlap, in text order."""
    out: list[Span] = []
    for start, end in sorted(span for group in groups for span in group):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> Spans:
    """The spans less the holes."""
    left = list(spans)
    for hole_start, hole_end in holes:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, hole_start)), (max(start, hole_end), end))
            if piece[0] < piece[1]
        ]
    return tuple(left)


def overlap(a: Iterable[Span], b: Iterable[Span]) -> bool:
    """Whether they share a character."""
    others = tuple(b)
    return any(s < e2 and s2 < e for s, e in a for s2, e2 in others)


def covers(spans: Iterable[Span], start: int, end: int) -> bool:
    """Whether one of the spans holds all of ``start`` to ``end``."""
    return any(s <= start and end <= e for s, e in spans)


def length(spans: Iterable[Span]) -> int:
    """How many characters they hold."""
    return sum(e - s for s, e in spans)
