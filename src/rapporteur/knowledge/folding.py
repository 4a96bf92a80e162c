"""When mentions tell of one measure, one series of talks, one claim: ``data/record/folding.yaml``."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "record" / "folding.yaml"
#: The parts of which likeness is made.
PARTS = {
    "measures": {"imposers", "targets", "kind", "object", "names", "onset"},
    "talks": {"participants", "subject", "place", "rounds"},
    "claims": {"claimant", "event", "words"},
}
Identity = Literal["package", "matter", "place", "person"]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say nothing, words for kinds of measures, endings, words of one meaning, capitalised words that are
    no names."""

    stop: frozenset[str]
    kinds: frozenset[str]
    endings: tuple[str, ...]
    alike: tuple[frozenset[str], ...]
    no_names: frozenset[str]


class Partly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a part of the likeness counts, from 0 to 1, that is untold on one side, vague, or only of a kin kind."""

    untold: float
    vague: float
    kin: float


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all three have: reach in days, weights of the parts (they sum to 1), threshold, nearness to the best."""

    reach_days: int
    weights: dict[str, float]
    partly: Partly
    threshold: float
    near: float


class MeasureRule(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For measures; the fields are explained in the file."""

    families: tuple[frozenset[str], ...]
    identity: dict[str, Identity]
    onset_slack_days: dict[Identity, int]
    settle_days: dict[Identity, int]
    dispute_days: int
    other_object: float
    extension_days: int

    def kin(self, one: str, other: str) -> bool:
        """Are the kinds equal, or of one family?"""
        return one == other or any(one in family and other in family for family in self.families)


class TalksRule(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For talks; the fields are explained in the file."""

    members_max: int
    share: float
    untold_days: int
    reopen_days: int


class ClaimRule(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For claims; the fields are explained in the file."""

    denials: frozenset[str]


class Folding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    origin: str
    words: Words
    measures: MeasureRule
    talks: TalksRule
    claims: ClaimRule


@functools.cache
def folding(path: Path = FILE) -> Folding:
    """The rules, from their compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line where one can be named.
    """
    return compiled("folding", [path], Folding, lambda: _checked(path))


def _checked(path: Path) -> Folding:
    table = load_yaml(path, Folding)
    for name, rule in (("measures", table.measures), ("talks", table.talks), ("claims", table.claims)):
        if set(rule.weights) != PARTS[name]:
            raise KnowledgeError(
                str(path), 0, f"`weights` of `{name}`: valid, and all needed: {', '.join(sorted(PARTS[name]))}"
            )
        if abs(sum(rule.weights.values()) - 1) > 1e-9:
            raise KnowledgeError(
                str(path), 0, f"the weights of `{name}` sum to {sum(rule.weights.values()):g}; valid: 1"
            )
    lone = sorted(set(table.measures.identity) ^ set().union(*table.measures.families))
    if lone:
        raise KnowledgeError(str(path), 0, f"kinds that stand in `families` or in `identity` alone: {', '.join(lone)}")
    return table
