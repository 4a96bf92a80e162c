"""One word for talks in its sentence, with what the sentence tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapporteur.model import Event, Party, When

Kind = Literal["talks", "exchange", "summit", "gathering", "round", "process", "negotiating", "meeting"]


@dataclass(frozen=True, slots=True)
class Sight:
    """One word for talks in its sentence.

    Attributes:
        start, end: body offsets of the word.
        sentence, head: indices of the sentence and of the word's token; ``top`` heads the phrase ("the third round").
        kind: what sort of word it is.
        parties: those who talk; ``facing``: some stand behind "with" or "between".
        subject: the matter told by a phrase; ``named``: that by which the talks are called.
        weighty: of war and peace.
        place, date: of the talks.
        fate: one of ``FATES``, or None; ``mood`` actual or future.
        depth: of the word that tells the fate, in the sentence's tree.
        ordinal: number of the round, 0 where a round before is implied ("another round"), or None.
        definite: takes up talks told of before, or known.
        under: head of the sight in whose clause this one hangs ("following a meeting in May"), or None.
        event: the article's event that the word states.
        resumes: the day (ISO) until which they are put off, or None.
    """

    start: int
    end: int
    sentence: int
    head: int
    top: int
    kind: Kind
    parties: tuple[Party, ...]
    facing: bool
    subject: str | None
    named: str | None
    weighty: bool
    place: str | None
    date: When | None
    fate: str | None
    mood: str
    depth: int
    ordinal: int | None
    definite: bool
    under: int | None
    event: Event | None
    resumes: str | None = None

    @property
    def strong(self) -> bool:
        """Does the word by itself mean an exchange on a matter?"""
        return self.kind in ("talks", "process", "negotiating", "round")
