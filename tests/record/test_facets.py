"""Facets count what the view shows; an article's text comes with all its spans; rows can be asked for by status."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rapporteur.errors import AskError
from rapporteur.record.ledger import Ledger

from .made import noon, story, with_mentions


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "news.duckdb", clock=noon)
    made.record(
        [
            with_mentions(story("a", "2025-01-10", act="closed its ports to", outlet="The Herald")),
            story("b", "2025-01-11", act="closed its ports to", tail="It was told again."),
            story("c", "2025-03-01", "Ostmark", "threatened", "Westria"),
        ]
    )
    return made


@pytest.mark.parametrize("asked", [{}, {"type": "THREATEN"}, {"since": "2025-02-01"}, {"source": "herald"}])
def test_facets_count_the_events_of_the_view(ledger: Ledger, asked: dict[str, str]) -> None:
    events = ledger.view("events", **asked).to_pylist()  # type: ignore[arg-type]
    found = ledger.facets(**asked)
    assert found.total == len(events)
    assert dict(found.types) == Counter(event["type"] for event in events)
    assert dict(found.statuses) == Counter(event["status"] for event in events)
    assert sum(n for _, _, n in found.months) == len(events)


def test_actors_are_counted_once_an_event(ledger: Ledger) -> None:
    found = dict(ledger.facets().actors)
    assert found["AUT"] == found["ESP"] == 1
    assert found["NOR"] == 1  # told by two reports


def test_a_source_is_found_in_any_case_and_only_there(ledger: Ledger) -> None:
    assert len(ledger.view("events", source="HERALD")) == 1
    assert len(ledger.view("events", source="no such paper")) == 0


def test_only_events_have_places_and_sources_to_ask_for(ledger: Ledger) -> None:
    for view in ("measures", "talks", "claims", "articles"):
        with pytest.raises(AskError, match="events can"):
            ledger.view(view, source="herald")
        with pytest.raises(AskError, match="events can"):
            ledger.view(view, place="Oslo")


def test_an_article_comes_with_the_spans_of_its_events(ledger: Ledger) -> None:
    article = ledger.article("a")
    for event in article["events"]:
        assert article["body"][event["trigger_start"] : event["trigger_end"]] == event["trigger_text"]
        assert event["event"] in ledger.view("events")["id"].to_pylist()
        for party in event["actors"]:
            assert article["body"][party["start"] : party["end"]] == party["text"]
    for mention in article["mentions"]:
        view = {"measure": "measures", "claim": "claims", "talks": "talks"}[mention["what"]]
        assert mention["item"] in ledger.view(view)["id"].to_pylist()


def test_an_article_that_is_not_there_is_an_error(ledger: Ledger) -> None:
    with pytest.raises(AskError, match="there is no article 'zz'"):
        ledger.article("zz")


def test_rows_of_a_status(ledger: Ledger) -> None:
    by_status = Counter(row["status"] for row in ledger.view("measures").to_pylist())
    assert by_status
    for status in ("in force", "ended", "threatened", "disputed"):
        assert len(ledger.view("measures", status=status)) == by_status[status]
    with pytest.raises(AskError, match="no status 'lost'"):
        ledger.view("measures", status="lost")


def test_the_days_of_a_ledger(ledger: Ledger, tmp_path: Path) -> None:
    days = ledger.days()
    assert days is not None
    assert [day.isoformat() for day in days] == ["2025-01-10", "2025-03-01"]
    assert Ledger(tmp_path / "empty.duckdb").days() is None
