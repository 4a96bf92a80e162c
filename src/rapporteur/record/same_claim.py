"""Do two mentions tell of the same claim?

The same claimant sets himself for the same thing or against it, about the same deed or in like words, within days.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.knowledge.folding import folding
from rapporteur.record.aspects import Side, likeness, meeting, side, stems
from rapporteur.record.joining import Match, keys, weighed
from rapporteur.record.tellings import Claim, Order, Telling

_FEWEST_WORDS = 2
Deed = tuple[str, frozenset[str]]  # type of an event, and its parties' keys


@dataclass(frozen=True, slots=True)
class ClaimAspects:
    """What claims are compared by: who, for or against, the deeds that they are about, and their words."""

    telling: Telling[Claim]
    order: Order
    claimant: Side
    source: frozenset[str]
    against: bool
    deeds: frozenset[Deed]
    stems: frozenset[str]
    own: frozenset[int]
    sought: frozenset[int]


def claim_aspects(telling: Telling[Claim], deeds: frozenset[Deed] = frozenset()) -> ClaimAspects:
    """What the claim is compared by; ``deeds`` are the events that it is about."""
    said = telling.said
    claimant = side([said.claimant] if said.claimant else [])
    source = stems(said.source)
    found = keys(f"claim|{key}" for key in (claimant.codes or {f"by {stem}" for stem in source}))
    return ClaimAspects(
        telling,
        telling.order,
        claimant,
        source,
        said.answer == "rejects" or said.force in folding().claims.denials,
        deeds,
        stems(said.content),
        found,
        found,
    )


def same_claim(earlier: ClaimAspects, later: ClaimAspects) -> Match | None:
    """How well the earlier claim fits the later one; None where they are two."""
    rule = folding().claims
    if earlier.against != later.against:
        return None
    if (later.telling.published - earlier.telling.published).days > rule.reach_days:
        return None
    claimant = _claimant(earlier, later)
    if claimant is None:
        return None
    score = weighed(
        {"claimant": claimant, "event": _deed(earlier, later), "words": _words(earlier, later)},
        rule.weights,
        rule.threshold,
    )
    return Match(score) if score else None


def alike(earlier: ClaimAspects, later: ClaimAspects) -> str:
    """What agrees between two mentions, for people."""
    told = (
        "the same claimant",
        "the same deed" if _deed(earlier, later) == 1.0 else "",
        "like words" if _words(earlier, later) > folding().claims.partly.untold else "",
    )
    return "; ".join(filter(None, told))


def _words(earlier: ClaimAspects, later: ClaimAspects) -> float:
    """How like their words are; a word alone ("it") tells nothing."""
    if min(len(earlier.stems), len(later.stems)) < _FEWEST_WORDS:
        return 0.0
    return likeness(earlier.stems, later.stems)


def _claimant(earlier: ClaimAspects, later: ClaimAspects) -> float | None:
    partly = folding().claims.partly
    if earlier.claimant and later.claimant:
        return meeting(earlier.claimant, later.claimant, partly.vague, partly.untold)
    if earlier.claimant or later.claimant:
        return None
    return likeness(earlier.source, later.source) or None


def _deed(earlier: ClaimAspects, later: ClaimAspects) -> float:
    """1 where they are about deeds of one type with the same parties."""
    if not earlier.deeds or not later.deeds:
        return folding().claims.partly.untold
    return float(
        any(
            kind == other and len(keys & others) == min(len(keys), len(others))
            for kind, keys in earlier.deeds
            for other, others in later.deeds
        )
    )
