"""Who acts how much, when, with whom and where: counted by hand on small ledgers, and against the views."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.model import Place
from rapporteur.record import activity, events_view
from rapporteur.record.activity import Acting, Counterpart, MonthCount, PlaceCount, Placed
from rapporteur.record.ledger import Ledger
from rapporteur.record.query import Query

from .by_hand import judge, ledger, party, record, report
from .made import noon, stories, story

ALL = Query(as_of=date(2025, 12, 31))
NOR, SWE, AUT = party("NOR", "state:NOR"), party("SWE", "state:SWE"), party("AUT", "state:AUT")
UNION = party("IGO", "igo:harbour-league", "Harbour League")
CROWD = party("NSA", None, "fishermen")
#: A port on the coast, a sea, a whole country; and one that no gazetteer knows.
PORT = {"name": "Skagby", "country": "NOR", "lat": 60.5, "lon": 5.25}
SEA = {"name": "Herring Sea", "country": None, "lat": 66.0, "lon": 2.0}
NOWHERE = {"name": "Little Nowhere", "country": "SWE", "lat": None, "lon": None}


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Seven events: two reports tell of the first one."""
    made = ledger()
    rows = [
        report("a", "2025-01-10", "SANCTION", [NOR], [SWE], "Norway closed its ports to Swedish ships", place=PORT),
        report("b", "2025-01-10", "SANCTION", [NOR], [SWE], "Norway closed its ports to Swedish ships", place=PORT),
        report("c", "2025-01-20", "THREATEN", [SWE], [NOR], "Sweden warned of tolls on timber", place=SEA),
        report("d", "2025-02-03", "AID", [NOR], [AUT], "Norway sent blankets over the mountains", place=NOWHERE),
        report("e", "2025-02-04", "CONSULT", [NOR, UNION], [AUT], "Envoys met over breakfast about salmon"),
        report("f", "2025-02-05", "PROTEST", [CROWD], [NOR], "Fishermen blocked a bridge", place=PORT),
        report("g", "2025-03-01", "AID", [SWE], [AUT], "Sweden promised seed for spring", status="future"),
        report("h", "2025-03-09", "ACCUSE", [AUT], [AUT], "A minister blamed his own ministry"),
    ]
    record(made, rows)
    return made


def _asked(**more: Any) -> Query:
    return replace(ALL, **more)


def test_acting_counts_events_and_no_report_twice(con: duckdb.DuckDBPyConnection) -> None:
    found = {one.key: one.events for one in activity.acting(con, ALL)}
    assert found == {"NOR": 5, "AUT": 4, "SWE": 3, "igo:harbour-league": 1}


def test_acting_has_the_busiest_first_and_pages_of_them(con: duckdb.DuckDBPyConnection) -> None:
    assert activity.acting(con, _asked(limit=2)) == [Acting("NOR", 5), Acting("AUT", 4)]
    assert activity.acting(con, _asked(limit=2), skip=2) == [Acting("SWE", 3), Acting("igo:harbour-league", 1)]
    assert activity.acting(con, ALL, keys=("SWE", "nobody")) == [Acting("SWE", 3)]
    assert activity.acting(con, ALL, keys=()) == []


def test_months_are_those_of_the_first_day_by_class(con: duckdb.DuckDBPyConnection) -> None:
    assert activity.months(con, ALL) == [
        MonthCount("2025-01", 3, 1),
        MonthCount("2025-01", 4, 1),
        MonthCount("2025-02", 1, 1),
        MonthCount("2025-02", 2, 1),
        MonthCount("2025-02", 4, 1),
        MonthCount("2025-03", 2, 1),
        MonthCount("2025-03", 3, 1),
    ]


def test_months_of_what_is_told_as_done_leave_the_rest_out(con: duckdb.DuckDBPyConnection) -> None:
    done = activity.months(con, _asked(statuses=("actual",)))
    assert MonthCount("2025-03", 2, 1) not in done
    assert sum(month.events for month in done) == 6


def test_months_follow_a_judgement_of_the_type(con: duckdb.DuckDBPyConnection) -> None:
    id = report("d", "2025-02-03")["report"]
    judge(con, "retype", id, "ACCUSE")
    assert MonthCount("2025-02", 3, 1) in activity.months(con, ALL)
    assert MonthCount("2025-02", 2, 1) not in activity.months(con, ALL)
    before = activity.months(con, _asked(judged_by=date(2029, 12, 31)))
    assert MonthCount("2025-02", 2, 1) in before


def test_counterparts_tell_who_acts_on_whom(con: duckdb.DuckDBPyConnection) -> None:
    assert activity.counterparts(con, _asked(actors=("NOR", "state:NOR"))) == [
        Counterpart("AUT", gives=(2, 0), gets=(0, 0)),
        Counterpart("SWE", gives=(0, 1), gets=(0, 1)),
    ]


def test_counterparts_of_an_organisation_are_found_by_its_id(con: duckdb.DuckDBPyConnection) -> None:
    assert activity.counterparts(con, _asked(actors=("igo:harbour-league",))) == [Counterpart("AUT", (1, 0), (0, 0))]


def test_who_acts_on_itself_is_no_counterpart_of_itself(con: duckdb.DuckDBPyConnection) -> None:
    found = activity.counterparts(con, _asked(actors=("AUT", "state:AUT")))
    assert {one.key for one in found} == {"NOR", "SWE", "igo:harbour-league"}
    assert all(one.gives == (0, 0) for one in found)


def test_places_count_events_and_keep_those_without_a_position(con: duckdb.DuckDBPyConnection) -> None:
    assert activity.places(con, ALL) == [
        PlaceCount("Skagby", "NOR", 60.5, 5.25, 2),
        PlaceCount("Herring Sea", None, 66.0, 2.0, 1),
        PlaceCount("Little Nowhere", "SWE", None, None, 1),
    ]
    assert activity.places(con, _asked(place="skagby", types=("PROTEST",))) == [
        PlaceCount("Skagby", "NOR", 60.5, 5.25, 1)
    ]


def test_placed_says_how_many_events_the_places_leave_out(con: duckdb.DuckDBPyConnection) -> None:
    assert activity.placed(con, ALL) == Placed(events=7, told=4, on_map=3)
    assert activity.placed(con, _asked(statuses=("future",))) == Placed(1, 0, 0)
    assert activity.placed(con, _asked(types=("EXPEL",))) == Placed(0, 0, 0)


def test_what_was_judged_wrong_counts_nowhere(con: duckdb.DuckDBPyConnection) -> None:
    judge(con, "reject", report("f", "2025-02-05")["report"])
    assert activity.placed(con, ALL) == Placed(6, 3, 2)
    assert {one.key: one.events for one in activity.acting(con, ALL)}["NOR"] == 4
    assert PlaceCount("Skagby", "NOR", 60.5, 5.25, 1) in activity.places(con, ALL)


def test_nothing_is_known_before_it_was_published(con: duckdb.DuckDBPyConnection) -> None:
    early = _asked(known_by=date(2025, 1, 15))
    assert activity.placed(con, early) == Placed(1, 1, 1)
    assert activity.acting(con, early) == [Acting("NOR", 1), Acting("SWE", 1)]


def test_latest_has_the_newest_first(con: duckdb.DuckDBPyConnection) -> None:
    rows = events_view.latest(con, _asked(limit=3)).to_pylist()
    assert [row["type"] for row in rows] == ["ACCUSE", "AID", "PROTEST"]
    assert [row["type"] for row in events_view.latest(con, _asked(place="Skagby", limit=5)).to_pylist()] == [
        "PROTEST",
        "SANCTION",
    ]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(0, 25), asked=st.sampled_from([{}, {"type": "AID"}]))
def test_counts_are_those_of_the_view(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int, asked: dict[str, str]
) -> None:
    news = Ledger(tmp_path_factory.mktemp("news") / "news.duckdb", clock=noon)
    news.record(stories(count, seed))
    events = news.view("events", **asked).to_pylist()  # type: ignore[arg-type]
    by_party = Counter(code for row in events for code in {p["code"] for p in (*row["actors"], *row["recipients"])})
    assert news.placed(**asked).events == len(events)
    assert sum(month.events for month in news.months(**asked)) == len(events)
    assert {one.key: one.events for one in news.acting(**asked)} == by_party
    newest = [row["id"] for row in news.latest(limit=count + 1, **asked).to_pylist()]
    assert sorted(newest) == sorted(row["id"] for row in events)


def test_an_event_told_of_two_places_stands_at_both(tmp_path: Path) -> None:
    news = Ledger(tmp_path / "news.duckdb", clock=noon)
    told = story("a", "2025-01-10"), story("b", "2025-01-10")
    places = Place("Skagby", "NOR", 60.5, 5.25), Place("Herring Sea", None, 66.0, 2.0)
    news.record(
        replace(one, events=(replace(one.events[0], place=place),)) for one, place in zip(told, places, strict=True)
    )
    assert len(news.view("events")) == 1
    assert news.placed() == Placed(1, 1, 1)
    assert {place.name: place.events for place in news.places()} == {"Skagby": 1, "Herring Sea": 1}
