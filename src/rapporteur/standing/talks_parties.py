"""Who takes part in talks, each once, and groups with their members."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable

from rapporteur.actors.phrases import load_phrases
from rapporteur.model import Party
from rapporteur.standing.groups import members_of

Key = tuple[str | None, str | None]


def key_of(party: Party, armed: Collection[str]) -> Key:
    """What makes two parties one side of talks: the country acted for, apart its armed groups and opposition; of an
    organisation, a group or an armed group of no country, itself."""
    if party.code in (None, "IGO", "NSA"):
        return party.code, party.entity or party.name or party.text.lower()
    own = party.sector if party.sector in armed or party.sector == "OPP" else None
    return party.code, own


def distinct(parties: Iterable[Party], armed: Collection[str]) -> tuple[Party, ...]:
    """Each side once, as first named; by a pronoun only where nothing else names it."""
    found: dict[Key, Party] = {}
    for party in parties:
        key = key_of(party, armed)
        known = found.get(key)
        if known is None or (_is_pronoun(known) and not _is_pronoun(party)):
            found[key] = party
    return tuple(found.values())


def _is_pronoun(party: Party) -> bool:
    return party.text.lower() in _pronouns()


@functools.cache
def _pronouns() -> frozenset[str]:
    words = load_phrases().pronouns
    return words.speaker | words.speakers | words.male | words.female | words.thing | words.many | words.relative


def with_members(parties: Iterable[Party], armed: Collection[str]) -> tuple[Party, ...]:
    """The parties, behind each group of a few states its members, with the group's own span."""
    out: list[Party] = []
    for party in parties:
        out.append(party)
        out += members_of(party)
    return distinct(out, armed)


def sides(parties: Iterable[Party], armed: Collection[str]) -> frozenset[Key]:
    """The keys of the parties that the text tells apart by country or name."""
    return frozenset(key_of(p, armed) for p in parties if p.code is not None)
