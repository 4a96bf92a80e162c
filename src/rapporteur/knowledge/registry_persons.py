"""One person under several spellings: an entry of a later file that names a person of an earlier one is that person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec

from rapporteur.knowledge.registry import fold
from rapporteur.knowledge.registry_files import Entry, Placed, TermRow

_LITTLE = re.compile(r"\b([ae]l[- ]|[a-z]\.? (?=\w))")
_BY_HAND = "leaders"  # the file in which every name is a person of its own


def one_each(placed: Iterable[Placed]) -> Iterator[Placed]:
    """The entries, those of a person known under another id given that id and no surname of their own.

    Two entries are one person where they share a whole name and a country (a long name, or an office of no country, is
    enough); where a name is that of several persons
    (father and son), the one in office at the time is meant.
    """
    known: dict[str, list[Placed]] = {}
    ids: set[str] = set()
    for where in placed:
        entry = where.entry
        if entry.kind == "person":
            person = _known(where, known) if entry.id not in ids else None
            if person is not None:
                where = replace(where, entry=msgspec.structs.replace(entry, id=person.id))
            ids.add(where.entry.id)
            for name in {_key(name) for name in (entry.name, *entry.names)}:
                known.setdefault(name, []).append(where)
        yield where


def _known(where: Placed, known: dict[str, list[Placed]]) -> Entry | None:
    entry, countries = where.entry, _countries(where.entry)
    found: dict[str, Entry] = {}
    for name in (entry.name, *entry.names):
        for other in (one.entry for one in known.get(_key(name), ()) if where.path.stem != _BY_HAND):
            if countries & _countries(other) or not countries or not _countries(other) or len(name.split()) > 2:
                found.setdefault(other.id, other)
    if len(found) > 1:
        return next((other for other in found.values() if _together(entry.terms, other.terms)), None)
    return next(iter(found.values()), None)


def _key(name: str) -> str:
    """A whole name without accents, initials and the Arabic article."""
    return _LITTLE.sub("", fold(name).lower())


def _countries(entry: Entry) -> set[str | None]:
    return {entry.country, *(term.country for term in entry.terms)} - {None, "IGO", "NSA"}


def _together(ones: list[TermRow], others: list[TermRow]) -> bool:
    """Whether a year of the one's offices lies within the other's."""
    return any(
        (other.since or "0")[:4] <= (one.since or "9")[:4] < (other.until or "9999")[:4]
        for one in ones
        for other in others
    )
