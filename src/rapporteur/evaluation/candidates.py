"""What the coder weighed while it read: listened to as a ranker."""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.events import RuleRanker
from rapporteur.events.clause import Clauses
from rapporteur.events.propose import Candidate
from rapporteur.model import Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate that the coder weighed."""

    type: str
    span: Span
    confidence: float
    nominal: bool


class CandidateLog:
    """A ranker that ranks as the rules do and remembers what it was asked about."""

    def __init__(self) -> None:
        self._rules = RuleRanker()
        self._seen: list[Proposal] = []

    def confidence(self, candidate: Candidate, clauses: Clauses) -> float:
        """The rules' confidence."""
        value = self._rules.confidence(candidate, clauses)
        tokens = [clauses.tokens[i] for i in candidate.words]
        span = min(t.start for t in tokens), max(t.end for t in tokens)
        self._seen.append(Proposal(candidate.frame.type, span, value, candidate.nominal))
        return value

    def take(self) -> tuple[Proposal, ...]:
        """What was seen since the last call: of one article, if it is called after each."""
        seen, self._seen = tuple(self._seen), []
        return seen
