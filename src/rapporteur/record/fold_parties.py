"""Parties as several mentions tell them, each once, under its best name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapporteur.knowledge.registry import fold
from rapporteur.model import Party
from rapporteur.record.aspects import names

#: Kinds of registry entries that are parties of their own; all others of one country's code act for it.
_OWN = ("armed", "party", "org", "company", "media", "igo", "group", "people")


@dataclass(slots=True)
class _Cluster:
    key: str
    code: str | None
    names: frozenset[str]
    told: list[Party] = field(default_factory=list)


def united(sides: Iterable[Sequence[Party]], *, persons: bool = False) -> tuple[Party, ...]:
    """The union of the parties, in the order in which they are first told.

    Those who act for one country are one party; armed groups, organisations and the like stand for themselves. Of a
    party's mentions the one is given that is told most under its name, or is registered, or longest, or first; of a
    person's, one that names him.

    Args:
        sides: the parties of each mention, mentions in their order.
        persons: whether persons are parties of their own (those detained), told apart by their names.
    """
    clusters: list[_Cluster] = []
    by_key: dict[str, _Cluster] = {}  # where no persons are told apart the key alone decides
    for parties in sides:
        for party in parties:
            key, named = _key(party, persons), _names(party) if persons else frozenset()
            if persons:
                cluster = next((c for c in clusters if _same(c, key, party.code, named)), None)
            else:
                cluster = by_key.get(key)
            if cluster is None:
                cluster = by_key[key] = _Cluster(key, party.code, named)
                clusters.append(cluster)
            elif named and not cluster.names:
                cluster.key, cluster.names = key, named
            cluster.told.append(party)
    return tuple(_best([party for party in c.told if not c.names or _names(party)]) for c in clusters)


def _names(party: Party) -> frozenset[str]:
    return names(f"{party.text} {party.name or ''}")


def _key(party: Party, persons: bool) -> str:
    kind = (party.entity or "").partition(":")[0]
    if party.entity and (kind in _OWN or (persons and kind == "person") or party.code is None):
        return party.entity
    own = persons or party.code in (None, "IGO", "NSA")
    return fold(party.text).lower() if own or party.code is None else party.code


def _same(cluster: _Cluster, key: str, code: str | None, named: frozenset[str]) -> bool:
    if cluster.key == key:
        return True
    if cluster.code != code:
        return False
    return bool(cluster.names & named) or not cluster.names or not named


def _best(told: Sequence[Party]) -> Party:
    counts: dict[str, int] = {}
    for party in told:
        counts[_called(party)] = counts.get(_called(party), 0) + 1
    ranked = [
        ((counts[_called(party)], party.entity is not None, len(party.text), -place), party)
        for place, party in enumerate(told)
    ]
    return max(ranked, key=lambda pair: pair[0])[1]


def _called(party: Party) -> str:
    return party.entity or fold(party.text).lower()
