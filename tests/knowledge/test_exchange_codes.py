"""The codes of other data sets: both ways, and what is said of a wrong row."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.exchange_codes import COUNTRIES, FILE, Scheme, build_table, exchange_codes
from rapporteur.knowledge.registry import Registry

SCHEMES: tuple[Scheme, ...] = ("gdelt", "phoenix", "fips", "icews")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_written_is_read_as_the_same_country(scheme: Scheme) -> None:
    codes = exchange_codes()
    for country in country_codes():
        code = codes.country(scheme, country.iso3)
        assert code is None or codes.iso3(scheme, code) == country.iso3, country


def test_plover_folds_territories_into_states_and_states_into_none() -> None:
    codes = exchange_codes()
    folded = {c.iso3 for c in country_codes() if codes.iso3("plover", codes.country("plover", c.iso3) or "") != c.iso3}
    states = {c.iso3 for c in country_codes() if c.kind == "state"}
    assert folded & states == {"ESH"}
    assert not folded & {"HKG", "PSE", "ATA", "XKX", "TWN"}


def test_groups_are_in_the_registry() -> None:
    registry = Registry.load()
    listed = exchange_codes()._file.groups.by_entity  # the table itself: each row names an entity
    assert [entity for entity in listed if registry.entity(entity) is None] == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("FRA,FRA,FRA,FRA,FR", "FRA,FRA,FRA,FRA,GM", "fips 'GM' is DEU's; valid: one country's"),
        ("FRA,FRA,FRA,FRA,FR", "FRX,FRA,FRA,FRA,FR", "iso3 'FRX'; valid: each code of codes.csv, once"),
    ],
)
def test_a_wrong_country_is_named_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = COUNTRIES.read_text(encoding="utf-8")
    wrong = tmp_path / "countries.csv"
    wrong.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        build_table(FILE, wrong)
    assert caught.value.problem == problem
    assert caught.value.line > 1
