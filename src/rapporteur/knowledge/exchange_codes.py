"""How other data sets' files code countries, groups, sectors, quad classes and scores: ``data/exchange/``.

Writers of a format ask for a code; readers ask what a code means. What a data set can't say is None: that is a loss,
which the format reports (``exports.losses``), never a guess.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.country_codes import CODES, CountryCodes
from rapporteur.knowledge.files import DATA, compiled, line_at, load_yaml
from rapporteur.knowledge.ontology import ONTOLOGY, Ontology
from rapporteur.knowledge.registry_files import rows

COUNTRIES = DATA / "exchange" / "countries.csv"
FILE = DATA / "exchange" / "codes.yaml"
COLUMNS = ("iso3", "plover", "gdelt", "phoenix", "fips", "icews")
Scheme = Literal["plover", "gdelt", "phoenix", "fips", "icews"]
Kind = Literal["country", "us-state", "us-town", "town", "area"]


class Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sector and what each data set writes for it; None where it has no such."""

    code: str
    gdelt: str | None = None
    phoenix_role: str | None = None
    phoenix_attribute: str | None = None
    icews: str | None = None
    also_icews: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """How an actor of no one country is coded; None where nothing nearer than its kind is known."""

    plover: str | None = None
    kind: str | None = None
    known: str | None = None
    icews: str | None = None


class Groups(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Groups by kind of registry id, by sector, by entity; and what is left."""

    by_kind: dict[str, Group]
    by_sector: dict[str, Group]
    by_entity: dict[str, Group]
    any_igo: Group
    any_nsa: Group


class Meant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a code that stands for a country means: the contract's party code, and the entity where one is meant."""

    code: str
    entity: str | None = None


class PlaceKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of place: GDELT's type, GeoNames' feature code, PLOVER's resolution."""

    kind: Kind
    gdelt: int
    feature: str | None = None
    resolution: int | None = None


class OldType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an older category of PLOVER is now."""

    type: str
    mode: str | None = None


class CodesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``codes.yaml``; its head says what the keys mean."""

    origin: str
    sectors: tuple[Sector, ...]
    groups: Groups
    read: dict[str, Meant]
    quads: dict[str, dict[str, int]]
    goldstein: dict[str, dict[str, float]]
    places: tuple[PlaceKind, ...]
    plover_names: dict[str, str]
    plover_types: dict[str, OldType]


class CodesTable(msgspec.Struct, frozen=True):
    """What is kept compiled: the file, and by scheme and country the codes, the one that is written first."""

    file: CodesFile
    countries: dict[str, dict[str, tuple[str, ...]]]


class ExchangeCodes:
    """The tables, asked in both directions."""

    def __init__(self, table: CodesTable) -> None:
        self._file = table.file
        self._countries = table.countries
        self._meant = {
            scheme: _turned(codes) | {iso3: iso3 for iso3 in codes if scheme not in ("fips", "icews")}
            for scheme, codes in table.countries.items()
        }
        self._sectors = {sector.code: sector for sector in table.file.sectors}
        self._sector_meant = {
            "gdelt": {s.gdelt: s.code for s in table.file.sectors if s.gdelt},
            "phoenix": {c: s.code for s in table.file.sectors for c in (s.phoenix_role, s.phoenix_attribute) if c},
            "icews": {name.lower(): s.code for s in table.file.sectors for name in (s.icews, *s.also_icews) if name},
        }
        self._known = {group.known: entity for entity, group in table.file.groups.by_entity.items() if group.known}
        for entity, group in reversed(table.file.groups.by_entity.items()):  # of several the first stands for it
            if group.known:
                self._known[group.known] = entity
        self._places = {place.kind: place for place in table.file.places}

    @classmethod
    def load(cls) -> ExchangeCodes:
        """The shipped tables.

        Raises:
            KnowledgeError: a file is wrong; with its line.
        """
        sources = [FILE, COUNTRIES, CODES, ONTOLOGY]
        return cls(compiled("exchange-codes", sources, CodesTable, lambda: build_table(FILE, COUNTRIES)))

    # -- countries and groups ----------------------------------------------------------------------------------

    def country(self, scheme: Scheme, iso3: str) -> str | None:
        """The code or name that a scheme has for a country, None where it has none."""
        codes = self._countries[scheme].get(iso3, ())
        return codes[0] if codes else None

    def iso3(self, scheme: Scheme, code: str) -> str | None:
        """The country that a scheme's code or name means, None where it means none."""
        return self._meant[scheme].get(code if scheme != "icews" else code.lower())

    def group(self, code: str | None, entity: str | None, sector: str | None) -> Group:
        """How to code an actor that is of no one country (``code`` ``IGO`` or ``NSA``)."""
        groups = self._file.groups
        kind = (entity or "").partition(":")[0]
        whole = groups.any_igo if code == "IGO" else groups.any_nsa
        near = groups.by_sector.get(sector or "", whole) if code == "NSA" else whole
        base = groups.by_kind.get(kind, near)
        own = groups.by_entity.get(entity or "", Group())
        return Group(own.plover or base.plover, own.kind or base.kind, own.known or base.known, own.icews or base.icews)

    def known(self, entity: str | None) -> str | None:
        """CAMEO's code of a known group, also of one that is of a country."""
        return self._file.groups.by_entity.get(entity or "", Group()).known

    def entity(self, known: str) -> str | None:
        """The registry id of what CAMEO's code of a known group means."""
        return self._known.get(known)

    def meant(self, code: str) -> Meant | None:
        """What a code that stands in a country's place means (``UNO``, ``IGO``, ``MNC`` ...), None if it is none."""
        return self._file.read.get(code)

    # -- sectors -----------------------------------------------------------------------------------------------

    def sector(self, code: str) -> Sector:
        """What the data sets write for a sector; of an unknown one nothing."""
        return self._sectors.get(code) or Sector(code)

    def sector_meant(self, scheme: Literal["gdelt", "phoenix", "icews"], code: str) -> str | None:
        """The sector that a data set's code or name means, None where ours have no such."""
        return self._sector_meant[scheme].get(code if scheme != "icews" else code.lower())

    # -- events ------------------------------------------------------------------------------------------------

    def quad(self, scheme: Literal["gdelt", "phoenix"], cameo: str) -> int | None:
        """The quad class that a data set gives to a CAMEO code."""
        return self._file.quads[scheme].get(cameo[:2])

    def goldstein(self, scale: str, cameo: str) -> float | None:
        """The value of a CAMEO code on a scale (``goldstein-gdelt``, ``goldstein-icews``, ``goldstein-phoenix``)."""
        own = self._file.goldstein[scale].get(cameo)
        if own is not None:
            return own
        try:
            return Ontology.load().goldstein(cameo)
        except KeyError:
            return None

    def old_type(self, name: str) -> OldType | None:
        """What an older category of PLOVER is now, None of a name that is none."""
        return self._file.plover_types.get(name)

    def new_name(self, field: str) -> str:
        """PLOVER's present name of a field."""
        return self._file.plover_names.get(field, field)

    # -- places ------------------------------------------------------------------------------------------------

    def place(self, kind: Kind) -> PlaceKind:
        """How a kind of place is coded."""
        return self._places[kind]

    def place_kind(self, gdelt: int) -> Kind | None:
        """The kind of place that GDELT's type means."""
        return next((place.kind for place in self._file.places if place.gdelt == gdelt), None)


@functools.cache
def exchange_codes() -> ExchangeCodes:
    """The shipped tables, loaded once."""
    return ExchangeCodes.load()


def build_table(file: Path, countries: Path) -> CodesTable:
    """The table of these files.

    Raises:
        KnowledgeError: where something is wrong, with file and line.
    """
    content = load_yaml(file, CodesFile)
    for where, problem in _problems(content):
        raise KnowledgeError(str(file), line_at(file, where), problem)
    by_scheme: dict[str, dict[str, tuple[str, ...]]] = {scheme: {} for scheme in COLUMNS[1:]}
    taken: dict[tuple[str, str], str] = {}
    known = {country.iso3 for country in CountryCodes.load()}
    for line, row in rows(countries, COLUMNS):
        iso3 = row["iso3"]
        if iso3 not in known:
            raise KnowledgeError(str(countries), line, f"iso3 {iso3!r}; valid: each code of {CODES.name}, once")
        known.remove(iso3)
        for scheme in by_scheme:
            codes = tuple(code for code in row[scheme].split("|") if code)
            by_scheme[scheme][iso3] = codes
            for code in codes if scheme != "plover" else ():  # there what depends has its owner's code
                other = taken.setdefault((scheme, code.lower()), iso3)
                if other != iso3:
                    raise KnowledgeError(str(countries), line, f"{scheme} {code!r} is {other}'s; valid: one country's")
    if known:
        problem = f"no row for {', '.join(sorted(known))}; valid: each code of {CODES.name}"
        raise KnowledgeError(str(countries), 0, problem)
    return CodesTable(content, by_scheme)


def _turned(codes: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The countries by code or (lower-case) name; of a code of several the country that has it as its own ISO code."""
    turned: dict[str, str] = {}
    for iso3, several in codes.items():
        for code in several:
            turned.setdefault(code if len(code) <= 3 else code.lower(), iso3)
    return turned


def _problems(file: CodesFile) -> Iterator[tuple[str, str]]:
    """What is wrong in ``codes.yaml``, as (path within it, problem)."""
    ontology = Ontology.load()
    listed = [sector.code for sector in file.sectors]
    for i, code in enumerate(listed):
        if code not in ontology.sectors or code in listed[:i]:
            yield f"$.sectors[{i}]", f"sector {code!r}; valid: each sector of the ontology, once"
    for code in ontology.sectors:
        if code not in listed:
            yield "$.sectors", f"no row for {code}; valid: each sector of the ontology"
    for scale, values in file.goldstein.items():
        for cameo in values:
            if cameo not in ontology.cameo_codes:
                yield f"$.goldstein.{scale}", f"{cameo!r} is no CAMEO code of the ontology"
    for name, old in file.plover_types.items():
        if old.type not in ontology.types:
            yield f"$.plover_types.{name}", f"type {old.type!r}; valid: {', '.join(ontology.types)}"
