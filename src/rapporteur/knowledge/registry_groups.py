"""Groups whose members are groups: ``group:E3`` among the members stands for the states of the E3, on its dates."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.registry import Entity, Member
from rapporteur.knowledge.registry_files import Placed


def with_members(entities: Mapping[str, Entity], placed: Mapping[str, Placed]) -> dict[str, Entity]:
    """The entities, each group's members being states alone.

    Args:
        entities: by id; a member's code is alpha-3 or the id of another entity.
        placed: where each entity stands, for errors.

    Raises:
        KnowledgeError: where a member is no entity, or a group is a member of itself, be it through others.
    """
    done: dict[str, tuple[Member, ...]] = {}

    def states(id: str, within: tuple[str, ...]) -> tuple[Member, ...]:
        if id in within:
            chain = " > ".join((*within[within.index(id) :], id))
            raise _error(placed[id], f"a group is a member of itself: {chain}; valid: states, and groups without it")
        if id not in done:
            found: list[Member] = []
            for member in entities[id].members:
                if ":" not in member.code:
                    found.append(member)
                elif member.code not in entities:
                    raise _error(placed[id], f"member {member.code!r}; valid: alpha-3 codes and ids of other groups")
                else:
                    found.extend(_during(inner, member) for inner in states(member.code, (*within, id)))
            done[id] = tuple(found)
        return done[id]

    return {
        id: msgspec.structs.replace(entity, members=states(id, ())) if entity.members else entity
        for id, entity in entities.items()
    }


def _during(inner: Member, outer: Member) -> Member:
    """A state's membership of the inner group, as far as that was a member of the outer one."""
    since = max(filter(None, (inner.since, outer.since)), default=None)
    until = min(filter(None, (inner.until, outer.until)), default=None)
    return Member(inner.code, since, until)


def _error(where: Placed, problem: str) -> KnowledgeError:
    return KnowledgeError(str(where.path), where.line, problem)
