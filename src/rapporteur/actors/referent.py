"""What a phrase denotes, apart from where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapporteur.knowledge.registry import Entity, Registry
from rapporteur.model import Party

THINGS = frozenset({"machine", "place", "city"})
#: Kinds of named bodies: they act as one and have a name of their own.
BODIES = frozenset({"armed", "party", "org", "office", "igo"})


@dataclass(frozen=True, slots=True)
class Referent:
    """One party as the text has it in mind.

    Attributes:
        key: what makes it the same as another mention (registry id, a person's surname, a noun with its country).
        kind: a registry kind, or ``city``, or an agent noun's kind: organisation, force, population, machine, place.
        code, country, members, sector, entity, name: as in ``Party``.
        political: whether it can be the actor of a political event.
        many: whether it is more than one.
        female: True, False, or None where untold.
        nouns: lemmas by which the text has described it.
        place: whether the word names a place that only stands for its government (capital, city, region).
        surmised: whether only what the text is about tells the code.
    """

    key: str
    kind: str
    code: str | None = None
    country: str | None = None
    members: tuple[str, ...] = ()
    sector: str | None = None
    entity: str | None = None
    name: str | None = None
    political: bool = True
    many: bool = False
    female: bool | None = None
    nouns: frozenset[str] = frozenset()
    place: bool = False
    surmised: bool = False

    @property
    def animate(self) -> bool:
        """Whether he or she may stand for it."""
        return self.kind == "person" and not self.many

    def party(self, text: str, start: int, end: int) -> Party:
        """This referent as mentioned by the words ``text`` at ``start``."""
        return Party(
            text, start, end, self.code, self.country, self.members, self.sector, self.entity, self.name
        )  # fmt: skip


def of_entity(registry: Registry, entity: Entity, form: str, date: str | None) -> Referent:
    """The referent that an entity of the registry is, named by a form of the given kind, on a date."""
    sector = entity.sector
    country, code = entity.country, entity.code
    nouns: frozenset[str] = frozenset()
    if entity.kind == "person":
        term = registry.office_on(entity, date)
        if term is not None:
            sector = term.sector or sector
        nouns = frozenset(word for t in entity.terms for word in t.office.lower().split())
    political = entity.kind not in ("company", "media")
    return Referent(
        key=entity.id,
        kind="city" if form == "city" else entity.kind,
        code=code,
        country=country,
        members=registry.members_on(entity, date) if entity.members else (),
        sector=sector,
        entity=entity.id,
        name=entity.name,
        political=political,
        many=form == "demonym" or entity.kind == "people",
        nouns=nouns,
        place=form in ("capital", "city", "seat") or entity.kind == "region",
    )


def distinct(referents: tuple[Referent, ...]) -> tuple[Referent, ...]:
    """The referents without repetitions of one code by one phrase; those without a code last, only where alone."""
    seen: set[str | None] = set()
    kept = []
    for referent in referents:
        mark = referent.code if referent.code else referent.key
        if mark not in seen:
            seen.add(mark)
            kept.append(referent)
    coded = tuple(r for r in kept if r.code)
    return coded or tuple(kept[:1])


def without_wholes(referents: tuple[Referent, ...]) -> tuple[Referent, ...]:
    """The referents less the groups of which at least two members stand beside them ("Britain and France, the E3")."""
    codes = {r.code for r in referents}
    return tuple(r for r in referents if len(codes.intersection(r.members)) < 2)


def described(referent: Referent, noun: str) -> Referent:
    """The same referent, known to be described by ``noun`` from now on."""
    return referent if noun in referent.nouns else replace(referent, nouns=referent.nouns | {noun})
