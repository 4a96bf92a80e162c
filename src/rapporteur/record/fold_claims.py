"""Mentions of one claim, folded into the claim. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapporteur.model import Party
from rapporteur.record.fold_parties import united
from rapporteur.record.tellings import Claim, Telling


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim (CONTRACT: *claim*), without its id and reports; ``answers`` is an item of claims, ``about`` events."""

    claimant: Party | None
    source: str
    force: str
    content: str
    about: tuple[str, ...]
    answers: str | None
    answer: str | None


def fold_claim(tellings: Sequence[Telling[Claim]], items: Mapping[str, str], events: Mapping[str, str]) -> ClaimState:
    """The claim by its mentions, in their order (at least one).

    Its force is that of the first mention, its content the fullest; what it answers is what most of its mentions
    answer, the earliest told on a tie.

    Args:
        tellings: all that tell of it.
        items: the items of claims, by mention.
        events: the ids of events, by report.
    """
    said = [telling.said for telling in tellings]
    parties = united([claim.claimant] for claim in said if claim.claimant)
    fullest = max(said, key=lambda claim: len(claim.content))
    answers = Counter(
        (items[claim.answers], claim.answer) for claim in said if claim.answers and claim.answers in items
    )
    answered, answer = answers.most_common(1)[0][0] if answers else (None, None)
    if answer is None:
        answer = next((claim.answer for claim in said if claim.answer), None)
    return ClaimState(
        parties[0] if parties else None,
        max((claim.source for claim in said), key=len),
        said[0].force,
        fullest.content,
        tuple(sorted({events[report] for claim in said for report in claim.about if report in events})),
        answered,
        answer,
    )
