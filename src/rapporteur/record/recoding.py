"""What a person says of an event's parties, written as ``actors/1=RUS; recipients/2=; actors/+=igo:NATO``.

``actors/1=RUS``: the first actor is that country, or the registry's entry of that id. ``actors/1=``: there is no such
actor. ``actors/+=TUR``: there is one more. The same for ``recipients``; several are separated by ``;``.

Whoever says it counts the parties of the row as it is shown to him. What is kept counts those of the reading that was
current then (``bound``), so that it means the same whatever is said, undone, or read otherwise later (``recoded``).
Pure, but for the registry.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapporteur.actors.referent import of_entity
from rapporteur.errors import AskError
from rapporteur.knowledge.registry import Registry
from rapporteur.model import Party
from rapporteur.record import merged

SIDES = ("actors", "recipients")
SYNTAX = "actors/1=RUS, recipients/2= (there is none) or actors/+=igo:NATO (one more), several separated by ;"
_ONE = re.compile(r"\s*(actors|recipients)\s*/\s*(\+|[0-9]{1,4})\s*=\s*(.*?)\s*", re.ASCII | re.DOTALL)
_NO_COUNTRIES = ("IGO", "NSA")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One party of a side: its number from 1, or None for one more, and who it is; ``key`` empty: there is none."""

    side: str
    number: int | None
    key: str

    def __str__(self) -> str:
        return f"{self.side}/{self.number or '+'}={self.key}"


@dataclass(frozen=True, slots=True)
class Recoding:
    """A judgement that counts, on one report.

    Attributes:
        changes: numbers are those of ``read``.
        read: the report's parties by side, in the reading that was current when it was said.
    """

    judgement: str
    changes: tuple[Change, ...]
    read: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A party as it was judged: its place among those that were read, or the judgement that added it."""

    party: dict[str, Any]
    place: int | None
    added_by: str | None = None


def parsed(value: str, known: Callable[[str], str] = str) -> tuple[Change, ...]:
    """The changes that are written so.

    Args:
        value: as written.
        known: gives a code or id as it is kept, or raises that there is none.

    Raises:
        AskError: it is written otherwise, or says two things of one party.
    """
    found: list[Change] = []
    for part in value.split(";"):
        if not part.strip():
            continue
        match = _ONE.fullmatch(part)
        if match is None:
            raise AskError("value", f"'{part.strip()}' says of no party who it is; valid: {SYNTAX}")
        side, number, key = match.groups()
        if number == "+" and not key:
            raise AskError("value", f"'{part.strip()}' adds nobody; name a code or a registry id: {side}/+=TUR")
        found.append(Change(side, None if number == "+" else int(number), known(key) if key else ""))
    if not found:
        raise AskError("value", f"recode needs who is who: {SYNTAX}")
    for change in found:
        if found.count(change) > 1 or (change.number is not None and _same_place(found, change) > 1):
            raise AskError("value", f"it names {change.side}/{change.number or '+'} twice; say one thing of each party")
    return tuple(found)


def _same_place(changes: Sequence[Change], change: Change) -> int:
    return sum((other.side, other.number) == (change.side, change.number) for other in changes)


def bound(
    changes: Sequence[Change], reports: Mapping[str, Mapping[str, Sequence[Judged]]], *, as_event: bool
) -> dict[str, tuple[Change, ...]]:
    """The changes for each report of a row, counted as its reading has the parties.

    Args:
        changes: counted as the row shows the parties of all its reports.
        reports: the parties of each, as judged so far, by side; reports in their order.
        as_event: the row is an event, which shows a party once that several mentions name; else it is one report.

    Returns:
        By report; one that hasn't the party has nothing said of it.

    Raises:
        AskError: the row hasn't so many parties, or the party is one that a judgement has added.
    """
    found: dict[str, list[Change]] = {report: [] for report in reports}
    for side in SIDES:
        mentions = [(report, one) for report, sides in reports.items() for one in sides[side]]
        groups = [[place] for place in range(len(mentions))]
        if as_event:
            groups = [places for _, places in merged.gathered([one.party for _, one in mentions])]
        for change in (change for change in changes if change.side == side):
            if change.number is None:
                for said in found.values():
                    said.append(change)
                continue
            if not 1 <= change.number <= len(groups):
                raise AskError("value", f"{change}: {_how_many(side, len(groups))}")
            for place in groups[change.number - 1]:
                report, one = mentions[place]
                if one.place is None:
                    raise AskError("value", f"{change}: that one was added by judgement {one.added_by}; undo that")
                found[report].append(Change(side, one.place + 1, change.key))
    return {report: tuple(said) for report, said in found.items() if said}


def _how_many(side: str, count: int) -> str:
    if count == 0:
        return f"it has no {side}; add one: {side}/+=TUR"
    return f"it has {count} {side if count > 1 else side[:-1]}; valid: 1 to {count}, or + for one more"


def recoded(
    parties: Mapping[str, Sequence[Row]], said: Sequence[Recoding], made: Callable[[str, Row | None], Row]
) -> dict[str, list[Judged]]:
    """A report's parties as they were judged, by side.

    What was said later of a party stands. One that was judged in another reading is found here by its words; where this
    reading hasn't got it, it is one more, unless it is there anyway.

    Args:
        parties: by side, as read.
        said: in the order in which it was said.
        made: the party of a code or id, given the one in whose place it stands, or None.
    """
    return {side: _side(side, parties[side], said, made) for side in SIDES}


def _side(
    side: str, parties: Sequence[Row], said: Sequence[Recoding], made: Callable[[str, Row | None], Row]
) -> list[Judged]:
    keys: dict[int, str] = {}
    more: dict[str, tuple[str, bool]] = {}  # who is one more, by which judgement, and whether he was read at that time
    for recoding in said:
        for change in (change for change in recoding.changes if change.side == side):
            place = None if change.number is None else _place(parties, recoding.read[side], change.number - 1)
            if place is not None:
                keys[place] = change.key
            elif change.key:
                more.setdefault(change.key, (recoding.judgement, change.number is not None))
    found = [
        Judged(dict(made(keys[place], party)) if place in keys else dict(party), place)
        for place, party in enumerate(parties)
        if keys.get(place) != ""
    ]
    codes = {one.party["code"] for one in found}
    entities = {one.party["entity"] for one in found if one.party["entity"]}
    for key, (judgement, was_read) in more.items():
        party = dict(made(key, None))
        if party["entity"] not in entities and not (was_read and key in codes):
            found.append(Judged(party, None, judgement))
    return found


def _place(parties: Sequence[Row], read: Sequence[Row], number: int) -> int | None:
    """Where the party of this number in another reading stands in this one; of several of the same words the one in
    the same order."""
    if number >= len(read):
        return None
    words = (read[number]["start"], read[number]["end"])
    order = sum((party["start"], party["end"]) == words for party in read[:number])
    alike = [n for n, party in enumerate(parties) if (party["start"], party["end"]) == words]
    return alike[order] if order < len(alike) else None


@functools.cache
def _registry() -> Registry:
    return Registry.load()


def party_of(key: str, instead: Row | None, *, at: int, day: str, own: Callable[[str], Row | None]) -> dict[str, Any]:
    """The party of a code or registry id.

    A country's code says for whom the words act that stand there: "the army" stays a nameless army, of another country.
    Where the words name the country, where they stood for another one itself ("it", its capital), and where no words
    stand there, it is the country itself.

    Args:
        key: alpha-3, ``IGO``, ``NSA``, or a registry id.
        instead: the party that it takes the place of, with its words; None: no words name it.
        at: offset in the body where it is said to be then, as an empty span.
        day: on which it is what it is: members of groups and offices change.
        own: finds a party by an id that no shipped file has, but the ledger.
    """
    registry = _registry()
    text, start, end = (instead["text"], instead["start"], instead["end"]) if instead else ("", at, at)
    state = f"state:{key}"
    if state in registry and (instead is None or _of_a_country(registry, instead, state)):
        key = state
    if key in registry:
        entity = registry.entity(key)
        return _row(of_entity(registry, entity, "name", day).party(text or entity.name, start, end))
    if state in registry or key in _NO_COUNTRIES:
        sector = instead["sector"] if instead and instead["entity"] is None else None
        country = None if key in _NO_COUNTRIES else key
        return _row(Party(text or key, start, end, key, country, sector=sector))
    known = own(key)
    if known is not None:
        return {**known, "text": text or known["name"] or known["text"], "start": start, "end": end}
    return _row(Party(text or key, start, end, entity=key))


def _of_a_country(registry: Registry, party: Row, state: str) -> bool:
    """Whether the words are this country's name, or stood for another country itself."""
    was = party["entity"]
    if was in registry and registry.entity(was).kind in ("state", "territory"):
        return True
    return any(state in form.entities for form in registry.forms(party["text"]))


def _row(party: Party) -> dict[str, Any]:
    return {name: getattr(party, name) for name in Party.__dataclass_fields__} | {"members": list(party.members)}
