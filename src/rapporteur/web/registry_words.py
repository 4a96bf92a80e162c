"""What the registry knows of an actor, for its page: names, offices with their dates, members and memberships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapporteur.knowledge.registry import HEAD, Entity, Registry, fold
from rapporteur.web import telling

_MOST = 60  # rows of a list
_KINDS = {
    "igo": "international organisation",
    "armed": "armed group",
    "org": "organisation",
    "group": "group of states",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A tie to another for a time: an office, a membership. ``since`` and ``until`` None where not known, or still."""

    what: str
    who: telling.Who | None
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """An actor as the registry has it; of one that it lacks, the key alone."""

    key: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Dated, ...] = ()
    members: tuple[Dated, ...] = ()
    member_of: tuple[Dated, ...] = ()


def known(key: str) -> Known:
    """The actor with a code (``TUR``) or a registry id (``igo:NATO``)."""
    registry = telling.shipped_registry()
    id = f"state:{key}" if f"state:{key}" in registry else key
    if id not in registry:
        return Known(key, key, "not in the registry")
    entity = registry.entity(id)
    return Known(
        key,
        entity.name,
        _KINDS.get(entity.kind, entity.kind),
        tuple(sorted(telling.aliases().get(id, frozenset()) - {entity.name}))[:_MOST],
        tuple(_offices(registry, entity)),
        tuple(_members(registry, entity)),
        tuple(_member_of(registry, entity)),
    )


def find(words: str, most: int = 200) -> tuple[str, ...]:
    """Keys of the actors that are called so, or have such words in a name; those that begin with them first."""
    wanted = fold(words).strip().lower()
    if not wanted:
        return ()
    found: dict[str, tuple[bool, bool]] = {}
    for id, names in telling.aliases().items():
        lowered = [fold(name).lower() for name in (*names, id.partition(":")[2])]
        if any(wanted in name for name in lowered):
            found[id] = (wanted not in lowered, not any(name.startswith(wanted) for name in lowered))
    return tuple(id.removeprefix("state:") for id in sorted(found, key=lambda id: (*found[id], id))[:most])


def _offices(registry: Registry, entity: Entity) -> Iterator[Dated]:
    """Of a person those it held; of a state who leads it, the latest first."""
    if entity.kind == "person":
        for term in sorted(entity.terms, key=lambda term: (term.since or "", term.office), reverse=True):
            where = telling.Who(telling.actor_name(term.country), telling.address("actors", term.country))
            yield Dated(term.office, where, term.since, term.until)
    elif entity.kind == "state":
        held = [
            Dated(term.office, telling.Who(person.name, telling.address("actors", person.id)), term.since, term.until)
            for person in registry
            for term in person.terms
            if term.country == entity.code and HEAD.match(term.office)
        ]
        yield from sorted(held, key=lambda one: (one.since or "", one.what), reverse=True)[:_MOST]


def _members(registry: Registry, entity: Entity) -> Iterator[Dated]:
    for member in sorted(entity.members, key=lambda member: telling.actor_name(member.code)):
        who = telling.Who(telling.actor_name(member.code), telling.address("actors", member.code))
        yield Dated("member", who, member.since, member.until)


def _member_of(registry: Registry, entity: Entity) -> Iterator[Dated]:
    if entity.kind != "state":
        return
    for group in sorted(registry, key=lambda group: group.name):
        for member in group.members:
            if member.code == entity.code:
                who = telling.Who(group.name, telling.address("actors", group.id))
                yield Dated("member", who, member.since, member.until)
