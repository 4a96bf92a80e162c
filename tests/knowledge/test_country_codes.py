"""The codes of countries: what stands in the tables, and what is said of a wrong row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.country_codes import (
    CODE_COLUMNS,
    CODES,
    SYSTEM_COLUMNS,
    SYSTEMS,
    CountryCodes,
    build_table,
    country_codes,
)
from rapporteur.knowledge.registry import Registry

SHIPPED = country_codes()
ISO3 = [country.iso3 for country in SHIPPED]
DAYS = st.dates(date(1946, 1, 1), date(2030, 12, 31))


def tables(folder: Path, codes: str, systems: str) -> CountryCodes:
    """Codes from these rows alone."""
    paths = []
    for name, columns, text in (("codes.csv", CODE_COLUMNS, codes), ("systems.csv", SYSTEM_COLUMNS, systems)):
        path = folder / name
        path.write_text(f"# origin: a test\n{','.join(columns)}\n{text}\n", encoding="utf-8")
        paths.append(path)
    return CountryCodes(build_table(*paths))


def test_every_country_and_territory_of_the_registry_has_its_row() -> None:
    known = {e.id.removeprefix("state:") for e in Registry.load() if e.kind in ("state", "territory")}
    assert set(ISO3) == known
    assert len({country.iso2 for country in SHIPPED}) == len(known)
    numerics = [country.numeric for country in SHIPPED if country.numeric]
    assert len(set(numerics)) == len(numerics) == len(known) - 1  # Kosovo's codes are user-assigned: no number


@pytest.mark.parametrize(
    ("iso3", "day", "cow", "gw"),
    [
        ("DEU", "1990-10-02", 260, 260),
        ("DEU", "1990-10-03", 255, 260),
        ("YEM", "1990-05-21", 678, 678),
        ("YEM", "1990-05-22", 679, 678),
        ("SRB", "1999-03-24", 345, 345),
        ("SRB", "2010-01-01", 345, 340),
        ("RUS", "1985-01-01", 365, 365),
        ("CZE", "1968-08-21", 315, 315),
        ("CZE", "1993-01-01", 316, 316),
        ("SVK", "1992-12-31", None, None),
        ("VNM", "1970-01-01", 816, 816),
        ("XKX", "2012-01-01", 347, 347),
        ("SSD", "2011-07-08", None, None),
        ("SSD", "2011-07-09", 626, 626),
        ("KIR", "2005-01-01", 946, 970),
        ("TUR", "2024-01-01", 640, 640),
        ("PSE", "2024-01-01", None, None),
        ("JPN", "1950-01-01", None, 740),
    ],
)
def test_the_numbers_are_those_of_the_day(iso3: str, day: str, cow: int | None, gw: int | None) -> None:
    assert SHIPPED.cow(iso3, date.fromisoformat(day)) == cow
    assert SHIPPED.gw(iso3, date.fromisoformat(day)) == gw


def test_iso_codes_and_what_has_no_number() -> None:
    assert (SHIPPED.country("CHE").iso2, SHIPPED.country("CHE").numeric) == ("CH", "756")
    assert SHIPPED.country("GRL").systems == ()
    assert SHIPPED.country("XKX").numeric is None
    assert "DDR" not in SHIPPED
    with pytest.raises(KeyError):
        SHIPPED.country("DDR")


@given(day=DAYS, series=st.sampled_from(["cow", "gw"]))
def test_on_no_day_do_two_countries_share_a_number(day: date, series: str) -> None:
    number = SHIPPED.cow if series == "cow" else SHIPPED.gw
    found = [number(iso3, day) for iso3 in ISO3]
    there = [n for n in found if n is not None]
    assert len(there) == len(set(there)) > 50


@given(iso3=st.sampled_from(ISO3), day=DAYS)
def test_a_number_is_that_of_the_spell_that_holds(iso3: str, day: date) -> None:
    spells = [spell for spell in SHIPPED.spells(iso3, "cow") if spell.holds(day)]
    assert [spell.number for spell in spells] == [n for n in [SHIPPED.cow(iso3, day)] if n is not None]


def test_the_compiled_table_is_what_the_files_say() -> None:
    fresh = CountryCodes(build_table(CODES, SYSTEMS))
    assert list(fresh) == list(SHIPPED)
    assert all(fresh.spells(iso3, "gw") == SHIPPED.spells(iso3, "gw") for iso3 in ISO3)


CUBA = "CUB,CU,192,Cuba,state,cow"
SPELL = "cow,40,CUB,CUB,yes,1909-01-23,,Cuba"


@pytest.mark.parametrize(
    ("codes", "systems", "file", "line", "problem"),
    [
        ("CUX,CU,192,Cuba,state,cow", SPELL, "codes.csv", 3, "iso3 'CUX'; valid: a code of states.csv"),
        ("CUB,CU,192,Kuba,state,cow", SPELL, "codes.csv", 3, "name 'Kuba' of CUB; valid, by states.csv: Cuba"),
        (
            "CUB,CU,192,Cuba,territory,cow",
            SPELL,
            "codes.csv",
            3,
            "kind 'territory' of CUB; valid, by states.csv: state",
        ),
        ("CUB,cu,192,Cuba,state,cow", SPELL, "codes.csv", 3, "iso2 of CUB is 'cu'; valid: two capital letters"),
        ("CUB,CU,92,Cuba,state,cow", SPELL, "codes.csv", 3, "numeric of CUB is '92'; valid: three digits, or nothing"),
        ("CUB,CU,192,Cuba,state,", SPELL, "codes.csv", 3, "systems ''; valid: none, or of cow, gw, gw-micro"),
        ("CUB,CU,192,Cuba,state,none", SPELL, "codes.csv", 3, "systems of CUB; valid, by systems.csv: cow"),
        (f"{CUBA}\n{CUBA}", SPELL, "codes.csv", 4, "CUB stands in line 3; valid: once"),
        (CUBA, SPELL.replace("cow", "nato"), "systems.csv", 3, "system 'nato'; valid: cow, gw, gw-micro"),
        (CUBA, SPELL.replace("40", "4o"), "systems.csv", 3, "number is '4o'; valid: 1 to 999"),
        (CUBA, SPELL.replace("yes", "1"), "systems.csv", 3, "main is '1'; valid: yes or no"),
        (CUBA, SPELL.replace("01-23", "23-01"), "systems.csv", 3, "since is '1909-23-01'; valid: a day, YYYY-MM-DD"),
        (CUBA, SPELL.replace(",CUB,yes", ",CBU,yes"), "systems.csv", 3, "iso3 'CBU'; valid: a code of codes.csv"),
        (CUBA, SPELL.replace(",,Cuba", ",1900-01-01,Cuba"), "systems.csv", 3, "ends on 1900-01-01, before it begins"),
        (CUBA, f"{SPELL}\n{SPELL.replace('40', '41')}", "systems.csv", 4, "CUB has number 40 on some of these days"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, codes: str, systems: str, file: str, line: int, problem: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        tables(tmp_path, codes, systems)
    assert (Path(caught.value.file).name, caught.value.line) == (file, line)
    assert problem in caught.value.problem


def test_a_state_that_stood_beside_another_shares_its_code_but_gives_it_no_number(tmp_path: Path) -> None:
    beside = "cow,41,CUX,CUB,no,1909-01-23,1950-01-01,Other Cuba"
    assert tables(tmp_path, CUBA, f"{SPELL}\n{beside}").cow("CUB", date(1940, 1, 1)) == 40
