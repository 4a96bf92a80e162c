"""The words on the pages: plain ones for the record's own, each explained; parties; addresses of what has any id."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from lxml import html

from rapporteur.knowledge.ontology import Ontology
from rapporteur.record.panel import STATUSES
from rapporteur.web import telling, words


def _party(text: str, country: str | None = None, **more: Any) -> dict[str, Any]:
    neutral = {"code": country, "country": country, "entity": None, "name": None, "members": [], "start": 0, "end": 1}
    return {**neutral, "text": text, **more}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("its army", "its army (Sudan)"),
        ("the Sudanese army", "the Sudanese army"),
        ("Sudan's envoys", "Sudan's envoys"),
    ],
)
def test_a_party_without_a_name_tells_its_country(text: str, name: str) -> None:
    assert telling.who([_party(text, "SDN")]) == (telling.Who(name, "/actors/SDN"),)


def test_a_party_with_a_name_or_no_country_is_called_as_it_is() -> None:
    assert [one.name for one in telling.who([_party("it", "SDN", name="Sudan"), _party("rebels")])] == [
        "Sudan",
        "rebels",
    ]


@pytest.mark.parametrize(
    ("force", "does"), [("deny", "denies"), ("assert", "asserts"), ("say", "says"), ("wish", "wishes")]
)
def test_a_force_is_told_as_what_one_does(force: str, does: str) -> None:
    assert telling.verb(force) == does


@pytest.mark.parametrize("id", ["a/b", "../../x", "//x", "a?b#c", "ü %2f", "igo:NATO"])
def test_an_address_holds_an_id_in_one_step(id: str) -> None:
    made = telling.address("articles", id)
    assert made.startswith("/articles/") and made.count("/") == 2
    assert unquote(made.removeprefix("/articles/")) == id


def test_every_status_and_type_is_explained(client: TestClient) -> None:
    page = html.fromstring(client.get("/words").text)
    told = " ".join(page.xpath("//dt//text()"))
    assert set(STATUSES) <= set(words.STATUSES)
    for word in (*words.STATUSES, *Ontology.load().types):
        assert word in told, word
    for kind in Ontology.load().types.values():
        for mode in (None, *(one.name for one in kind.modes)):
            assert kind.description in words.meaning(kind.name, mode)
