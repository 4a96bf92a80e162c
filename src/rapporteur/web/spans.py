"""Text cut into pieces where marks begin and end, so that marks that overlap can each be shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapporteur.model import Span

#: What a stretch of text can be, the outermost when shown first.
ROLES = ("content", "source", "cue", "recipient", "actor", "trigger")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that something was read from.

    Attributes:
        start, end: code points into the text, end exclusive.
        role: one of ``ROLES``.
        card: id of what it belongs to.
    """

    start: int
    end: int
    role: str
    card: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch inside of which no mark begins or ends.

    Attributes:
        start, end: code points into the text, end exclusive.
        roles: those of the marks that cover it, each once, in the order of ``ROLES``.
        cards: what they belong to, each once, those of the shortest mark first.
    """

    start: int
    end: int
    roles: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The pieces of a sentence, or (``sentence`` None) of what stands between two."""

    sentence: int | None
    pieces: tuple[Piece, ...]


def split(start: int, end: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The pieces of [start, end), in order, without gaps; marks that reach beyond are cut, empty ones are nothing."""
    inside = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
    bounds = {start, end} | {bound for m in inside for bound in (m.start, m.end) if start < bound < end}
    edges = sorted(bounds)
    return tuple(_piece(first, last, inside) for first, last in pairwise(edges))


def _piece(start: int, end: int, marks: Iterable[Mark]) -> Piece:
    over = sorted((m for m in marks if m.start <= start and end <= m.end), key=lambda m: (m.end - m.start, m.start))
    found = {mark.role for mark in over}
    roles = tuple(role for role in ROLES if role in found)
    return Piece(start, end, roles, tuple(dict.fromkeys(mark.card for mark in over)))


def stretches(length: int, sentences: Sequence[Span], marks: Sequence[Mark]) -> tuple[Stretch, ...]:
    """The whole text of this length, sentence by sentence, with what stands between.

    ``sentences`` are in order and don't overlap. A mark that crosses sentences is shown in each.
    """
    found: list[Stretch] = []
    at = 0
    for number, (start, end) in enumerate(sentences):
        if at < start:
            found.append(Stretch(None, split(at, start, marks)))
        found.append(Stretch(number, split(start, end, marks)))
        at = end
    if at < length:
        found.append(Stretch(None, split(at, length, marks)))
    return tuple(found)
