"""The gazetteer: what it finds, and what it says of a wrong row."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.place_words import place_words
from rapporteur.knowledge.places import PLACES, Gazetteer, build_table, gazetteer, key_of
from rapporteur.knowledge.registry import Registry

HEADERS = {
    "towns.csv": "name,names,country,state,lat,lon,population",
    "areas.csv": "name,names,country,lat,lon",
    "countries.csv": "code,lat,lon",
}


def table(folder: Path, **rows: str) -> Gazetteer:
    """A gazetteer of the given rows (``towns``, ``areas``, ``countries``)."""
    paths = []
    for name, header in HEADERS.items():
        path = folder / name
        path.write_text(f"# origin: a test\n{header}\n{rows.get(path.stem, '')}\n", encoding="utf-8")
        paths.append(path)
    return Gazetteer(build_table(*paths))


def test_a_town_is_found_whatever_its_spelling(tmp_path: Path) -> None:
    found = table(tmp_path, towns="Dayr az-Zawr,Deir ez-Zor|Deir al-Zor,SYR,,35.33,40.14,271800")
    for spelling in ("Dayr az-Zawr", "Deir ez-Zor", "Deir ez Zor", "deir al-zor", "Dayr āz-Zawr"):
        assert [spot.country for spot in found.towns(spelling)] == ["SYR"], spelling
    assert found.towns("Deir") == ()


def test_the_largest_of_one_name_comes_first(tmp_path: Path) -> None:
    rows = ("Troy,,USA,IL,38.7,-89.9,10000", "Troy,,ZAF,,-29.5,30.3,9000", "Troy,,USA,MI,42.6,-83.1,83000")
    found = table(tmp_path, towns="\n".join(rows)).towns("Troy")
    assert [spot.state for spot in found] == ["MI", "IL", None]


def test_areas_and_countries_have_a_point(tmp_path: Path) -> None:
    found = table(tmp_path, areas="Black Sea,,,43.0,34.0", countries="NOR,62,10")
    spot = found.area("black sea")
    assert spot is not None and (spot.country, spot.lat, spot.lon) == (None, 43.0, 34.0)
    assert found.country("NOR") == (62.0, 10.0)
    assert found.country("SWE") is None


@pytest.mark.parametrize(
    ("file", "row", "problem"),
    [
        ("towns", "Bergen,,NRW,,60.4,5.3,280000", "country 'NRW'; valid: a code of states.csv, or nothing"),
        ("towns", "Bergen,,NOR,,60.4,5.3,many", "population 'many'; valid: a whole number"),
        ("towns", "Bergen,,NOR,,604,5.3,280000", "lat '604'; valid: degrees from -90 to 90"),
        ("towns", "Bergen,,NOR,,60.4,,280000", "one coordinate of the two; valid: both or neither"),
        ("towns", "Bergen,,NOR,,,,280000", "Bergen without a country or coordinates; valid: with both"),
        ("towns", ",,NOR,,60.4,5.3,280000", "a place without a name; valid: the name in the first column"),
        ("areas", "Baltic,,,58,20\nBaltic,,,58,20", "'baltic' names Baltic too; valid: one area a name"),
        ("countries", "XXX,1,1", "code 'XXX'; valid: a code of states.csv"),
        ("countries", "NOR,,", "NOR without coordinates; valid: with both"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, file: str, row: str, problem: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        table(tmp_path, **{file: row})
    assert problem in str(error.value)
    assert f"{file}.csv:{3 + row.count(chr(10))}" in str(error.value)


def test_the_shipped_gazetteer_knows_the_capitals() -> None:
    capitals = ("Oslo", "Nairobi", "Canberra", "Kyiv", "Ouagadougou", "Damascus", "Brasília", "Port-au-Prince")
    codes = ("NOR", "KEN", "AUS", "UKR", "BFA", "SYR", "BRA", "HTI")
    assert tuple(gazetteer().towns(name)[0].country for name in capitals) == codes


def test_every_state_has_a_point() -> None:
    states = [entity.code for entity in Registry.load() if entity.kind == "state"]
    assert [code for code in states if code and gazetteer().country(code) is None] == []


def test_no_table_outgrows_the_package() -> None:
    assert sum(path.stat().st_size for path in PLACES.iterdir()) < 4_000_000


def test_keys_leave_out_what_spellings_differ_in() -> None:
    assert key_of("Sana’a") == key_of("Sanaa")
    assert key_of("Ṣanʿāʾ") == key_of("Sana")
    assert key_of("St. Louis") == key_of("St Louis")


def test_words_of_place_are_read_once() -> None:
    assert "in" in place_words().at
    assert place_words() is place_words()
