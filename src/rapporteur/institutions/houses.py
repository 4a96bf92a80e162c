"""An institution together with the bodies that it uses of others, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapporteur.institutions.cases import Fact
from rapporteur.knowledge.institutions import Body, Catalogue, Institution


@dataclass(frozen=True, slots=True)
class House:
    """An institution with what it uses of others: bodies with their groups' membership, and rules by full id."""

    institution: Institution
    bodies: tuple[tuple[Institution, Body], ...]
    catalogue: Catalogue

    def members(self, owner: Institution, group: str | None, day: str) -> set[str] | None:
        """Of a group on a day (ISO); None where it is not known who they are, so that everybody counts as one."""
        return None if group is None else self.catalogue.membership(owner.id, group).on(day) or None

    def among(self, actor: str, members: set[str] | None) -> bool:
        """Is the actor one of them, also under a code that the state had before or has now?"""
        if members is None or actor in members:
            return True
        pairs = self.catalogue.successors.items()
        return any(actor in pair and (pair[0] in members or pair[1] in members) for pair in pairs)


def house(catalogue: Catalogue, institution: Institution) -> House:
    """Put an institution together with the bodies that it uses."""
    owners = (institution, *(catalogue.institutions[id] for id in institution.uses))
    return House(institution, tuple((owner, body) for owner in owners for body in owner.bodies), catalogue)


def body_of(home: House, fact: Fact) -> tuple[Institution, Body]:
    """The body that acts, with its institution: the one that is named, or whose chair is; else the first."""
    for owner, body in home.bodies:
        if body.id in fact.by or (body.silence and set(body.silence.by) & set(fact.by)):
            return owner, body
    return home.bodies[0]


def population(shares: Mapping[str, float], who: Iterable[str], members: Iterable[str]) -> float:
    """The share (per cent) of some members in the population of all, by a table that may know more states."""
    whole = sum(shares.get(m, 0.0) for m in members)
    return 100 * sum(shares.get(m, 0.0) for m in who) / whole if whole else 0.0
