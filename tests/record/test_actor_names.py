"""Whoever is asked for is found by any of their names, and who isn't known is answered with who may be meant."""

from __future__ import annotations

import pytest

from rapporteur.knowledge.registry import Registry
from rapporteur.record.actor_names import ActorNames, unknown


@pytest.fixture(scope="module")
def names() -> ActorNames:
    return ActorNames(Registry.load())


@pytest.mark.parametrize(
    ("called", "keys"),
    [
        ("NOR", "NOR"),
        ("nor", "NOR"),
        ("Norway", "NOR"),
        ("norwegian", "NOR"),
        ("Oslo", "NOR"),
        ("UAE", "ARE"),
        ("Côte d'Ivoire", "CIV"),
        ("cote d’ivoire", "CIV"),
        ("igo:AU", "igo:AU"),
        ("African Union", "igo:AU"),
        ("IGO", "IGO"),
        ("NSA", "NSA"),
        ("state:NOR", "NOR"),
        (" Norway ", "NOR"),
        ("Nobody at all", ""),
        ("", ""),
    ],
)
def test_codes_names_and_registry_ids(names: ActorNames, called: str, keys: str) -> None:
    assert " ".join(names.keys(called)) == keys


def test_a_name_that_several_have_means_each(names: ActorNames) -> None:
    assert set(names.keys("Congo")) == {"COD", "COG"}


@pytest.mark.parametrize(("called", "country"), [("Kenya", "KEN"), ("ken", "KEN"), ("NATO", None), ("Kenja", None)])
def test_a_country_is_a_state_or_territory(names: ActorNames, called: str, country: str | None) -> None:
    assert names.country(called) == country


@pytest.mark.parametrize(("called", "meant"), [("Kenia", "Kenya"), ("Ukrane", "Ukraine"), ("Braziel", "Brazil")])
def test_what_was_meant_stands_among_the_nearest(names: ActorNames, called: str, meant: str) -> None:
    near = names.nearest(called)
    assert meant in near
    assert len(near) <= 3
    assert len({names.keys(name) for name in near}) == len(near)  # each another actor


def test_the_line_says_what_is_taken_and_who_was_meant() -> None:
    assert str(unknown("actor", "Kenia", ["Kenya"])) == (
        "actor: nobody called 'Kenia' is known; it takes a code (TUR), a name or a registry id (igo:NATO); "
        "did you mean Kenya?"
    )
