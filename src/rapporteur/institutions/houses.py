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


@dataclass(frozen=True, slots=True)
class Circle:
    """Who belongs to a body or is party to a text on a day; ``members``: codes in order."""

    title: str
    members: tuple[str, ...]


def circles(catalogue: Catalogue, institution: Institution, day: str) -> tuple[Circle, ...]:
    """The members of the bodies, and the parties to the texts, that are known on a day (ISO); the same group once."""
    named = [
        *((owner, body.members, body.title) for owner, body in house(catalogue, institution).bodies),
        *((institution, text.parties, text.title) for text in institution.texts),
    ]
    found: dict[tuple[str, str], Circle] = {}
    for owner, group, title in named:
        if group is not None and (owner.id, group) not in found:
            codes = catalogue.membership(owner.id, group).on(day)
            found[owner.id, group] = Circle(title, tuple(sorted(codes)))
    return tuple(circle for circle in found.values() if circle.members)


def actors(catalogue: Catalogue, institution: Institution, day: str) -> tuple[str, ...]:
    """Who may act here on a day: members and parties, then bodies and their chairs."""
    found = dict.fromkeys(sorted({code for one in circles(catalogue, institution, day) for code in one.members}))
    for _, body in house(catalogue, institution).bodies:
        found[body.id] = None
        for office in (body.silence, body.chair):
            found.update(dict.fromkeys(office.by if office else ()))
    return tuple(found)
