"""How mentions of each kind are compared, by name."""

from __future__ import annotations

from collections.abc import Mapping

from rapporteur.knowledge.folding import folding
from rapporteur.record import same_claim, same_measure, same_talks
from rapporteur.record.joining import Sameness


def sameness() -> Mapping[str, Sameness]:
    """The comparison of ``measure``, ``talks`` and ``claim``."""
    rules = folding()
    return {
        "measure": Sameness(same_measure.same_measure, same_measure.alike, rules.measures.near),
        "talks": Sameness(same_talks.same_talks, same_talks.alike, rules.talks.near),
        "claim": Sameness(same_claim.same_claim, same_claim.alike, rules.claims.near),
    }
