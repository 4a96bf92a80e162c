"""Groups of states and their members: a few states that act as one act each for itself, too (the E3)."""

from __future__ import annotations

from rapporteur.knowledge.country_codes import country_codes
from rapporteur.model import Party

FEW = 8  # members; a larger group is an organisation that speaks for itself


def is_group(party: Party) -> bool:
    """Is it a group of a few states?"""
    return (party.entity or "").startswith("group:") and 0 < len(party.members) <= FEW


def members_of(party: Party) -> tuple[Party, ...]:
    """The members of a group of a few states, as parties with the group's own words and span; () for any other."""
    if not is_group(party):
        return ()
    return tuple(
        Party(party.text, party.start, party.end, code, code, (), None, f"state:{code}", _name(code))
        for code in party.members
    )


def _name(code: str) -> str | None:
    known = country_codes()
    return known.country(code).name if code in known else None
