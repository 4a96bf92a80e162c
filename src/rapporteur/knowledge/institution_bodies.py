"""The parts of an institution's file that say who decides, and how: rules, groups, patterns of decision, bodies."""

from __future__ import annotations

import msgspec

from rapporteur.knowledge.institution_names import Date, GroupId, RuleId


class Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all parts of a file have in common: fixed keys, unknown ones refused."""


class Cited(Plain, frozen=True):
    """A rule: ``id`` unique in the file, where it is written (``citation``), what it says, in our words.

    ``informative``: no part of the file rests on it; it stands there to be read.
    """

    id: str
    citation: str
    text: str
    informative: bool = False


class Group(Plain, frozen=True):
    """Who belongs: a table of ``members/``, states named here, or another group; ``without`` some, or ``only`` some."""

    file: str | None = None
    members: tuple[str, ...] = ()
    group: GroupId | None = None
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class Declared(Plain, frozen=True):
    """Abstention with a declaration: nothing is adopted from these shares of members and population on (per cent).

    ``populations``: a table of ``members/``, for declarations told without their share.
    """

    members: float
    population: float
    rule: RuleId
    populations: str | None = None


class Consensus(Plain, frozen=True, tag="consensus", tag_field="pattern"):
    """Any member's objection stops it; abstaining doesn't."""

    rule: RuleId
    abstention: RuleId | None = None
    declared: Declared | None = None


class Needed(Plain, frozen=True):
    """Yes votes needed of so many seats, up to a day."""

    yes: int
    of: int
    until: Date | None = None


class Threshold(Plain, frozen=True, tag="threshold and veto", tag_field="pattern"):
    """A number of Yes votes; with it, a No of the group ``veto`` stops it unless the matter is procedural."""

    needed: tuple[Needed, ...]
    veto: GroupId
    rule: RuleId
    veto_rule: RuleId
    abstention: RuleId
    procedural: RuleId


class Majority(Plain, frozen=True, tag="majority", tag_field="pattern"):
    """More than half of Yes and No, or two thirds of them where the vote says so."""

    rule: RuleId
    two_thirds: RuleId | None = None


class Qualified(Plain, frozen=True, tag="qualified majority", tag_field="pattern"):
    """Shares (per cent) of members and of their population; reached too if fewer than ``blocking`` are not in favour.

    With ``no_opinion`` (a rule) the same majority against blocks, and neither leaves it to the executive.
    """

    members: int
    population: int
    blocking: int
    rule: RuleId
    blocking_rule: RuleId
    abstention: RuleId
    populations: str | None = None
    no_opinion: RuleId | None = None


def shares_of(decision: Consensus | Threshold | Majority | Qualified) -> str | None:
    """The table of shares of population that a decision names."""
    if isinstance(decision, Consensus):
        return decision.declared.populations if decision.declared else None
    return decision.populations if isinstance(decision, Qualified) else None


class Silence(Plain, frozen=True):
    """A text under silence, set by one of ``by``, is adopted at its deadline unless a member objects."""

    by: tuple[str, ...]
    rule: RuleId


class Chair(Plain, frozen=True):
    """A power that the chair holds alone: to convene."""

    by: tuple[str, ...]
    rule: RuleId


class Effect(Plain, frozen=True):
    """What an adopted text does besides, known by words of its object."""

    words: tuple[str, ...]
    effect: str
    rule: RuleId


class Body(Plain, frozen=True):
    """Who decides, and how.

    Attributes:
        members: a group; ``membership_rule``: why nobody else counts.
        until: the last day that there was such a body.
        term: rule on what it sets up for a term.
    """

    id: str
    title: str
    decision: Consensus | Threshold | Majority | Qualified
    members: GroupId | None = None
    membership_rule: RuleId | None = None
    term: RuleId | None = None
    until: Date | None = None
    silence: Silence | None = None
    chair: Chair | None = None
    effects: tuple[Effect, ...] = ()
