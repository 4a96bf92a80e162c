"""The pages of actors: a list by number of events, one actor's page, its counterparts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from rapporteur.model import Article
from rapporteur.record.ledger import Ledger

from ..record.made import noon, story

Make = Callable[..., TestClient]


def links(page: str) -> list[str]:
    return [str(href) for href in html.fromstring(page).xpath("//main//a/@href")]


def test_every_actor_of_the_list_has_a_page_with_its_counterparts(news: Path, visit: Make) -> None:
    client = visit(news)
    pages = [href for href in links(client.get("/actors").text) if href.startswith("/actors/")]
    assert pages
    for href in pages:
        assert client.get(href).status_code == 200
        assert client.get(f"{href}?part=counterparts").status_code == 200
        assert client.get(f"{href}?part=measures").status_code == 200


def test_an_actor_is_found_by_a_name_even_without_events_here(news: Path, visit: Make) -> None:
    assert "/actors/ISL" in links(visit(news).get("/actors?q=iceland").text)


def test_a_page_tells_offices_with_dates_and_other_names(news: Path, visit: Make) -> None:
    page = visit(news).get("/actors/igo:NATO").text
    assert "North Atlantic Treaty Organization" in page
    members = html.fromstring(page).xpath("//section[h2='Members']//tr")
    assert any("Finland" in row.text_content() and "2023-04" in row.text_content() for row in members)


def test_nobody_of_such_a_key_is_a_page_that_says_so(news: Path, visit: Make) -> None:
    answer = visit(news).get("/actors/nobody-at-all")
    assert answer.status_code == 404 and "nobody called" in answer.text


@pytest.mark.parametrize("address", ["/actors?q=%3Cscript%3Ex%3C/script%3E", "/actors/%3Cscript%3Ex%3C/script%3E"])
def test_markup_in_the_address_is_text(news: Path, visit: Make, address: str) -> None:
    assert "<script>x" not in visit(news).get(address).text


def test_pages_hold_no_script_or_style_of_their_own(news: Path, visit: Make) -> None:
    page = html.fromstring(visit(news).get("/actors/ISL").text)
    assert not page.xpath("//script[not(@src)] | //style | //@style")


def told(id: str, day: str, act: str, status: str) -> Article:
    """An article whose act has this status."""
    made = story(id, day, act=act, tail=f"It was number {id}.")
    return dataclasses.replace(made, events=tuple(dataclasses.replace(e, status=status) for e in made.events))


def test_only_what_is_told_as_done_counts_as_conflict_and_cooperation(tmp_path: Path, visit: Make) -> None:
    ledger = Ledger(tmp_path / "news.duckdb", clock=noon)
    ledger.record(
        [
            told("a", "2025-01-10", "sent grain to", "actual"),
            told("b", "2025-02-10", "sent grain to", "future"),
            told("c", "2025-03-10", "closed its ports to", "negated"),
        ]
    )
    client = visit(Path(ledger.path))
    page = html.fromstring(client.get("/actors/NOR").text)
    assert page.xpath("//section[@aria-labelledby='time-title']//tbody/tr/th/text()") == ["2025-01"]
    assert "2 events that they tell only as coming, possible or not done are left out" in page.text_content()
    others = html.fromstring(client.get("/actors/NOR?part=counterparts").text)
    assert others.xpath("//tbody/tr/td/text()") == ["1", "0", "0", "0"]
    assert len(page.xpath("//section[@aria-labelledby='latest-title']//li")) == 3
