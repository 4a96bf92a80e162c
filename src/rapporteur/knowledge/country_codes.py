"""The codes of countries: ISO 3166, Correlates of War (COW), Gleditsch and Ward (GW), on a day.

Two tables of ``data/countries/``: ``codes.csv``, one row a country or territory of the registry, and ``systems.csv``,
one row a spell of membership in the lists of states that statistics are kept by. They are kept compiled
(``knowledge.files``). The lists don't give a state one number for ever: Germany is COW 260 until 2 October 1990 and 255
from the day after, and GW 260 throughout; so a number is asked for with a day.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled
from rapporteur.knowledge.registry import ACTORS
from rapporteur.knowledge.registry_files import STATE_COLUMNS, rows

CODES = DATA / "countries" / "codes.csv"
SYSTEMS = DATA / "countries" / "systems.csv"
CODE_COLUMNS = ("iso3", "iso2", "numeric", "name", "kind", "systems")
SYSTEM_COLUMNS = ("system", "number", "abbreviation", "iso3", "main", "since", "until", "name")
#: The lists of states; Gleditsch and Ward keep their microstates apart, under numbers of the same series.
LISTS = ("cow", "gw", "gw-micro")


class Country(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A country or territory: its ISO codes (``numeric`` None where it has none), name, ``kind`` (``state`` or
    ``territory``), and the lists it is in."""

    iso3: str
    iso2: str
    numeric: str | None
    name: str
    kind: str
    systems: tuple[str, ...]


class Spell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A state's membership in a list, from ``since`` to ``until`` (None: still), both inclusive.

    ``iso3`` is None where the registry doesn't know the state; ``main`` false where it stood beside the state that
    the code is for (East Germany).
    """

    system: str
    number: int
    abbreviation: str
    iso3: str | None
    main: bool
    since: date
    until: date | None
    name: str

    def holds(self, day: date) -> bool:
        """Whether the state is a member on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


class CodeTable(msgspec.Struct, frozen=True, array_like=True):
    """What is kept compiled."""

    countries: tuple[Country, ...]
    spells: tuple[Spell, ...]


class CountryCodes:
    """Countries by their alpha-3 code, and the numbers that the lists of states give them."""

    def __init__(self, table: CodeTable) -> None:
        self._countries = {country.iso3: country for country in table.countries}
        self._spells: dict[tuple[str, str], list[Spell]] = {}
        for spell in table.spells:
            if spell.iso3 is not None and spell.main:
                self._spells.setdefault((_series(spell.system), spell.iso3), []).append(spell)

    @classmethod
    def load(cls) -> CountryCodes:
        """The shipped codes.

        Raises:
            KnowledgeError: a file is wrong; with its line.
        """
        sources = [CODES, SYSTEMS, ACTORS / "states.csv"]
        return cls(compiled("country-codes", sources, CodeTable, lambda: build_table(CODES, SYSTEMS)))

    def __contains__(self, iso3: object) -> bool:
        return iso3 in self._countries

    def __iter__(self) -> Iterator[Country]:
        """The countries and territories, by alpha-3."""
        return iter(self._countries.values())

    def country(self, iso3: str) -> Country:
        """The country of this alpha-3 code; ``KeyError`` where there is none."""
        return self._countries[iso3]

    def cow(self, iso3: str, day: date) -> int | None:
        """The COW number on the day, None where the list has no such member then."""
        return self._number("cow", iso3, day)

    def gw(self, iso3: str, day: date) -> int | None:
        """The GW number on the day, of the states or the microstates, None where neither has such a member then."""
        return self._number("gw", iso3, day)

    def spells(self, iso3: str, series: str) -> Sequence[Spell]:
        """The spells in a series (``cow`` or ``gw``) of the state that the code is for, oldest first."""
        return tuple(self._spells.get((series, iso3), ()))

    def _number(self, series: str, iso3: str, day: date) -> int | None:
        return next((spell.number for spell in self._spells.get((series, iso3), ()) if spell.holds(day)), None)


@functools.cache
def country_codes() -> CountryCodes:
    """The shipped codes, loaded once."""
    return CountryCodes.load()


def build_table(codes: Path, systems: Path) -> CodeTable:
    """The table of these files.

    Raises:
        KnowledgeError: where a row is wrong or the two files contradict each other, with file and line.
    """
    known = {row["code"]: row for _, row in rows(ACTORS / "states.csv", STATE_COLUMNS)}
    lines: dict[str, int] = {}
    countries = []
    for line, row in rows(codes, CODE_COLUMNS):
        country = _country(row, codes, line, known)
        if country.iso3 in lines:
            raise KnowledgeError(str(codes), line, f"{country.iso3} stands in line {lines[country.iso3]}; valid: once")
        lines[country.iso3] = line
        countries.append(country)
    spells = _spells(systems, frozenset(lines))
    for country in countries:
        listed = tuple(name for name in LISTS if any(_is_for(s, country.iso3) and s.system == name for s in spells))
        if listed != country.systems:
            problem = f"systems of {country.iso3}; valid, by {systems.name}: {' '.join(listed) or 'none'}"
            raise KnowledgeError(str(codes), lines[country.iso3], problem)
    return CodeTable(tuple(sorted(countries, key=lambda country: country.iso3)), spells)


def _is_for(spell: Spell, iso3: str) -> bool:
    return spell.main and spell.iso3 == iso3


def _series(system: str) -> str:
    return system.partition("-")[0]


def _country(row: dict[str, str], path: Path, line: int, known: dict[str, dict[str, str]]) -> Country:
    iso3 = row["iso3"]
    if iso3 not in known:
        raise KnowledgeError(str(path), line, f"iso3 {iso3!r}; valid: a code of states.csv")
    for cell, valid in (("name", known[iso3]["name"]), ("kind", known[iso3]["kind"] or "state")):
        if row[cell] != valid:
            raise KnowledgeError(str(path), line, f"{cell} {row[cell]!r} of {iso3}; valid, by states.csv: {valid}")
    _match(r"[A-Z]{2}", row["iso2"], f"iso2 of {iso3}", "two capital letters", path, line)
    _match(r"(\d{3})?", row["numeric"], f"numeric of {iso3}", "three digits, or nothing", path, line)
    systems = () if row["systems"] == "none" else tuple(row["systems"].split())
    if not set(systems) <= set(LISTS) or (not systems and row["systems"] != "none"):
        raise KnowledgeError(str(path), line, f"systems {row['systems']!r}; valid: none, or of {', '.join(LISTS)}")
    return Country(iso3, row["iso2"], row["numeric"] or None, row["name"], row["kind"], systems)


def _spells(path: Path, known: frozenset[str]) -> tuple[Spell, ...]:
    found: list[tuple[int, Spell]] = []
    for line, row in rows(path, SYSTEM_COLUMNS):
        spell = _spell(row, path, line, known)
        for earlier, other in found:
            if _clash(spell, other):
                problem = f"{spell.iso3} has number {other.number} on some of these days in line {earlier}; valid: one"
                raise KnowledgeError(str(path), line, problem)
        found.append((line, spell))
    return tuple(sorted((s for _, s in found), key=lambda s: (LISTS.index(s.system), s.number, s.since)))


def _clash(one: Spell, other: Spell) -> bool:
    """Whether two spells give one code two numbers on one day."""
    return (
        _series(one.system) == _series(other.system)
        and one.iso3 is not None
        and one.iso3 == other.iso3
        and one.main
        and other.main
        and (one.holds(other.since) or other.holds(one.since))
    )


def _spell(row: dict[str, str], path: Path, line: int, known: frozenset[str]) -> Spell:
    if row["system"] not in LISTS:
        raise KnowledgeError(str(path), line, f"system {row['system']!r}; valid: {', '.join(LISTS)}")
    _match(r"[1-9]\d{0,2}", row["number"], "number", "1 to 999", path, line)
    _match(r"[A-Z]{3}", row["abbreviation"], "abbreviation", "three capital letters", path, line)
    _match(r"yes|no", row["main"], "main", "yes or no", path, line)
    if row["iso3"] and row["iso3"] not in known:
        raise KnowledgeError(str(path), line, f"iso3 {row['iso3']!r}; valid: a code of codes.csv, or nothing")
    since = _day(row["since"], "since", path, line)
    until = _day(row["until"], "until", path, line) if row["until"] else None
    if until is not None and until < since:
        raise KnowledgeError(str(path), line, f"ends on {until}, before it begins on {since}; valid: the earlier first")
    return Spell(
        row["system"], int(row["number"]), row["abbreviation"], row["iso3"] or None, row["main"] == "yes", since, until,
        row["name"],
    )  # fmt: skip


def _match(pattern: str, text: str, what: str, valid: str, path: Path, line: int) -> None:
    if not re.fullmatch(pattern, text):
        raise KnowledgeError(str(path), line, f"{what} is {text!r}; valid: {valid}")


def _day(text: str, what: str, path: Path, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KnowledgeError(str(path), line, f"{what} is {text!r}; valid: a day, YYYY-MM-DD") from None
