"""The pages Now, Article, Events, Why and Read, as HTML: what they tell, that all is escaped, that links lead on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from rapporteur.record.ledger import Ledger

from ..record.made import noon, story

Make = Callable[..., TestClient]

PAGES = ("/", "/events", "/events/counts", "/articles/a", "/articles/d", "/why/d", "/read")


def seen(client: TestClient, path: str, status: int = 200) -> Any:
    """The page at the address, parsed."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return html.fromstring(answer.text)


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("path", PAGES)
def test_markup_in_the_news_is_text(client: TestClient, path: str) -> None:
    page = seen(client, path)
    assert not page.xpath("//script[not(@src)]") and not page.xpath("//img") and not page.xpath("//main//b")
    assert not page.xpath("//@onerror | //@onclick | //@style")


def test_an_article_shows_headline_and_body_of_markup_as_they_are(client: TestClient) -> None:
    page = seen(client, "/articles/d")
    assert words(page.xpath("//h1")[0]) == "<script>alert('headline')</script>"
    assert (
        "<script>alert(1)</script> was painted on the ship."
        in page.xpath("//div[contains(@class, 'body')]")[0].text_content()
    )


@pytest.mark.parametrize("path", PAGES)
def test_links_on_the_server_lead_somewhere(client: TestClient, path: str) -> None:
    page = seen(client, path)
    there = {entry.path for entry in client.app.state.navigation}  # type: ignore[attr-defined]
    for link in sorted(set(page.xpath("//a/@href"))):
        if link.startswith("#"):
            assert page.xpath("//*[@id = $id]", id=link[1:]), link
        elif not link.startswith(("/actors", "/api")) or link in there:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label(client: TestClient, path: str) -> None:
    page = seen(client, path)
    for field in page.xpath("//input | //select | //textarea"):
        labelled = (
            field.get("aria-label")
            or field.xpath("ancestor::label")
            or page.xpath("//label[@for = $id]", id=field.get("id"))
        )
        assert labelled, html.tostring(field)


def test_an_article_marks_its_trigger_and_each_span_has_its_card(client: TestClient) -> None:
    page = seen(client, "/articles/a")
    assert words(page.xpath("//mark[@class = 'trigger']/a")[0])
    cards = set(page.xpath("//section[contains(@class, 'card')]/@id"))
    for span in page.xpath("//a[@class = 'span']"):
        assert {f"card-{id}" for id in span.get("data-cards").split()} <= cards


def test_events_are_filtered_by_what_the_address_says(client: TestClient) -> None:
    def types(query: str) -> list[str]:
        return [
            words(link) for link in seen(client, f"/events?{query}").xpath("//ul[@class = 'rows']/li/p[1]/strong/a")
        ]

    assert len(types("")) == 3  # two of the four articles tell of one act
    assert [t.split()[0] for t in types("type=AID")] == ["AID"]
    assert [t.split()[0] for t in types("quad=4")] == ["SANCTION"]
    assert types("quad=1&type=AID") == []
    assert [t.split()[0] for t in types("since=2025-02-01&until=2025-03-01")] == ["THREATEN"]
    assert [t.split()[0] for t in types("known_by=2025-02-01")] == ["SANCTION"]
    assert [t.split()[0] for t in types("source=herald")] == ["SANCTION"]
    assert types("status=negated") == []


def test_counts_agree_with_the_list(client: TestClient) -> None:
    page = seen(client, "/events/counts")
    for link in page.xpath("//div[@class = 'facets']//li"):
        listed = seen(client, link.xpath("a/@href")[0]).xpath("//ul[@class = 'rows']/li[@id]")
        assert str(len(listed)) == words(link.xpath("span[@class = 'count']")[0])


def test_a_filter_that_cannot_be_is_told_in_a_line(client: TestClient) -> None:
    for query in (
        "type=DANCE",
        "since=soon",
        "actor=Nowhereland+Qq",
        "quad=9",
        "since=2025-02-02&until=2025-01-01",
        "after=x",
    ):
        assert seen(client, f"/events?{query}", 422).xpath("//*[@role = 'alert']"), query


def test_now_tells_only_of_what_was_known(client: TestClient) -> None:
    today = words(seen(client, "/").xpath("//*[@role = 'status']")[0])
    early = words(seen(client, "/?as_of=2024-01-01&known_by=2024-01-01").xpath("//*[@role = 'status']")[0])
    assert "0 measures in force, 0 series of talks" in early and today != early
    assert "as_of" in words(seen(client, "/?as_of=monday", 422).xpath("//*[@role = 'status']")[0])


def test_what_is_not_there_is_told(client: TestClient) -> None:
    for path in ("/articles/zzz", "/events/e-zzz", "/why/zzz"):
        assert seen(client, path, 404).xpath("//*[@role = 'alert']")


def test_nothing_to_read_and_too_much_are_told_in_a_line(client: TestClient, visit: Any, news: Any) -> None:
    assert client.post("/read", data={"text": "  "}).status_code == 422
    assert client.post("/read", data={"text": "x", "date": "soon"}).status_code == 422
    assert visit(news, max_upload=100).post("/read", data={"text": "word " * 50}).status_code == 413


def test_an_uploaded_file_is_read_whatever_its_name(client: TestClient) -> None:
    body = b"OSLO - Norway condemned Sweden on Monday, <script>alert(3)</script> officials said.\n\nNo more is known."
    answer = client.post("/read", files={"file": ("../../etc/<script>x.txt", body, "text/plain")}, data={"text": ""})
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert not page.xpath("//script[not(@src)]")
    assert "etc" not in page.text_content()


def test_an_articles_page_shows_the_lines_that_its_page_held_besides_and_where_it_came_from(
    tmp_path: Path, visit: Make
) -> None:
    told = dataclasses.replace(
        story("a", "2025-01-10"), url="https://news.example/ports?a=1&b=2", dropped=("Menu", "<b>Advertisement</b>")
    )
    ledger = tmp_path / "news.duckdb"
    Ledger(ledger, clock=noon).record([told])
    page = html.fromstring(visit(ledger).get("/articles/a").text)
    assert page.xpath("//div[@class='dropped']/text()") == ["Menu\n<b>Advertisement</b>"]
    assert page.xpath("//a[@href='https://news.example/ports?a=1&b=2']")
