"""What the coder weighed while it read: told by the reader sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.events import Decision
from rapporteur.language import Syntax
from rapporteur.model import Article, Event, Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate that the coder weighed."""

    type: str
    span: Span
    confidence: float
    nominal: bool


class CandidateLog:
    """Remembers what was weighed; a reader's ``watch``."""

    def __init__(self) -> None:
        self._seen: list[Proposal] = []

    def __call__(
        self, article: Article, syntax: Syntax, decisions: Sequence[Decision], events: Sequence[Event]
    ) -> None:
        for decision in decisions:
            candidate = decision.candidate
            tokens = [syntax.tokens[i] for i in candidate.words]
            span = min(t.start for t in tokens), max(t.end for t in tokens)
            self._seen.append(Proposal(candidate.frame.type, span, decision.confidence, candidate.nominal))

    def take(self) -> tuple[Proposal, ...]:
        """What was seen since the last call: of one article, if it is called after each."""
        seen, self._seen = tuple(self._seen), []
        return seen
