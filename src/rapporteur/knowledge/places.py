"""The gazetteer: where what news names lies.

Three tables of ``data/places/``: ``towns.csv`` (GeoNames, see ``tools/build_gazetteer.py``), ``areas.csv`` (regions,
seas, islands, mountains, by hand) and ``countries.csv`` (one point for each country). Coordinates are degrees, north
and east positive, rounded to hundredths. Kept compiled in packets by the names' first letters, each decoded when a
name that begins so is first looked up.
"""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled
from rapporteur.knowledge.registry import ACTORS, fold

PLACES = DATA / "places"
TOWN_COLUMNS = ("name", "names", "country", "state", "lat", "lon", "population")
AREA_COLUMNS = ("name", "names", "country", "lat", "lon")
COUNTRY_COLUMNS = ("code", "lat", "lon")
_BUILD = "1"  # raised whenever another table is built from the same files
_PACKET = 2  # letters that the names of a packet share


class Spot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One place of the gazetteer.

    Attributes:
        name: as GeoNames or the table by hand has it.
        country: alpha-3, or None where it belongs to no one country (a sea, a disputed region).
        state: postal abbreviation of the state, in the United States only.
        lat, lon: degrees, or None where the table gives none.
        population: inhabitants; of an area 0.
    """

    name: str
    country: str | None
    state: str | None
    lat: float | None
    lon: float | None
    population: int


class GazetteerTable(msgspec.Struct, frozen=True, array_like=True):
    """What is kept compiled: ``packets`` are MessagePack of ``dict[str, tuple[Spot, ...]]`` by folded name."""

    packets: dict[str, msgspec.Raw]
    areas: dict[str, Spot]
    countries: dict[str, tuple[float, float]]


class Gazetteer:
    """Places by name, countries by code."""

    def __init__(self, table: GazetteerTable) -> None:
        self._table = table
        self._decoder = msgspec.msgpack.Decoder(dict[str, tuple[Spot, ...]])
        self._open: dict[str, dict[str, tuple[Spot, ...]]] = {}

    @classmethod
    def load(cls) -> Gazetteer:
        """The shipped gazetteer.

        Raises:
            KnowledgeError: where a file is missing or wrong, with file and line.
        """
        sources = [PLACES / name for name in ("towns.csv", "areas.csv", "countries.csv")]
        return cls(compiled("gazetteer", sources, GazetteerTable, lambda: build_table(*sources), salt=_BUILD))

    def towns(self, name: str) -> tuple[Spot, ...]:
        """The towns of this name or spelling (accents, capitals and hyphens apart), the most populous first."""
        key = key_of(name)
        packet = key[:_PACKET]
        if packet not in self._open:
            raw = self._table.packets.get(packet)
            self._open[packet] = self._decoder.decode(raw) if raw is not None else {}
        return self._open[packet].get(key, ())

    def area(self, name: str) -> Spot | None:
        """The region, sea, island or other area of this name, or None."""
        return self._table.areas.get(key_of(name))

    def country(self, code: str) -> tuple[float, float] | None:
        """Latitude and longitude of a point within the country, or None where none is known."""
        return self._table.countries.get(code)


@functools.cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, loaded once."""
    return Gazetteer.load()


def key_of(name: str) -> str:
    """A name as it is looked up: lower case, without accents, apostrophes and hyphens."""
    plain = fold(name).lower().replace("-", " ").replace(".", "")
    for mark in "'‘’ʻʼ`ʿʾ":
        plain = plain.replace(mark, "")
    return " ".join(plain.split())


def build_table(towns: Path, areas: Path, countries: Path) -> GazetteerTable:
    """Read and check the three files.

    Raises:
        KnowledgeError: at a row that is wrong, with file and line.
    """
    from rapporteur.knowledge.registry_files import rows, several  # late: start-up reads the compiled table

    codes = frozenset(row["code"] for _, row in rows(ACTORS / "states.csv", _state_columns()))
    by_key: dict[str, dict[str, list[Spot]]] = {}
    for line, row in rows(towns, TOWN_COLUMNS):
        spot = _spot(row, towns, line, codes)
        if spot.country is None or spot.lat is None:
            raise KnowledgeError(str(towns), line, f"{spot.name} without a country or coordinates; valid: with both")
        for key in dict.fromkeys(key_of(name) for name in (row["name"], *several(row["names"]))):
            by_key.setdefault(key[:_PACKET], {}).setdefault(key, []).append(spot)
    packets = {
        letters: msgspec.Raw(msgspec.msgpack.encode({k: _largest_first(v) for k, v in sorted(names.items())}))
        for letters, names in sorted(by_key.items())
    }
    return GazetteerTable(packets, _areas(areas, codes), _countries(countries, codes))


def _state_columns() -> tuple[str, ...]:
    from rapporteur.knowledge.registry_files import STATE_COLUMNS  # late: start-up reads the compiled table

    return STATE_COLUMNS


def _largest_first(spots: list[Spot]) -> tuple[Spot, ...]:
    return tuple(sorted(spots, key=lambda s: (-s.population, s.country or "", s.lat or 0.0, s.lon or 0.0)))


def _areas(path: Path, codes: frozenset[str]) -> dict[str, Spot]:
    from rapporteur.knowledge.registry_files import rows, several  # late: start-up reads the compiled table

    areas: dict[str, Spot] = {}
    for line, row in rows(path, AREA_COLUMNS):
        spot = _spot(row, path, line, codes)
        for key in dict.fromkeys(key_of(name) for name in (row["name"], *several(row["names"]))):
            if key in areas:
                raise KnowledgeError(str(path), line, f"{key!r} names {areas[key].name} too; valid: one area a name")
            areas[key] = spot
    return areas


def _countries(path: Path, codes: frozenset[str]) -> dict[str, tuple[float, float]]:
    from rapporteur.knowledge.registry_files import rows  # late: start-up reads the compiled table

    points: dict[str, tuple[float, float]] = {}
    for line, row in rows(path, COUNTRY_COLUMNS):
        if row["code"] not in codes:
            raise KnowledgeError(str(path), line, f"code {row['code']!r}; valid: a code of states.csv")
        if row["code"] in points:
            raise KnowledgeError(str(path), line, f"code {row['code']!r} stands twice; valid: once")
        lat, lon = _degrees(row, path, line)
        if lat is None or lon is None:
            raise KnowledgeError(str(path), line, f"{row['code']} without coordinates; valid: with both")
        points[row["code"]] = lat, lon
    return points


def _spot(row: dict[str, str], path: Path, line: int, codes: frozenset[str]) -> Spot:
    if not key_of(row["name"]):
        raise KnowledgeError(str(path), line, "a place without a name; valid: the name in the first column")
    country = row["country"] or None
    if country is not None and country not in codes:
        raise KnowledgeError(str(path), line, f"country {country!r}; valid: a code of states.csv, or nothing")
    population = row.get("population", "") or "0"
    if not population.isdecimal():
        raise KnowledgeError(str(path), line, f"population {population!r}; valid: a whole number")
    lat, lon = _degrees(row, path, line)
    return Spot(row["name"], country, row.get("state") or None, lat, lon, int(population))


def _degrees(row: dict[str, str], path: Path, line: int) -> tuple[float | None, float | None]:
    found: list[float | None] = []
    for name, most in (("lat", 90.0), ("lon", 180.0)):
        if not row[name]:
            found.append(None)
            continue
        try:
            value = float(row[name])
        except ValueError:
            value = most + 1
        if not -most <= value <= most:
            raise KnowledgeError(str(path), line, f"{name} {row[name]!r}; valid: degrees from {-most:g} to {most:g}")
        found.append(value)
    if (found[0] is None) != (found[1] is None):
        raise KnowledgeError(str(path), line, "one coordinate of the two; valid: both or neither")
    return found[0], found[1]
