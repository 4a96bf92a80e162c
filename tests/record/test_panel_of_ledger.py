"""Panels of a ledger that was recorded, merged and corrected as users do it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.errors import AskError
from rapporteur.model import Article
from rapporteur.record.ledger import Ledger

from .made import ACTS, story

JANUARY: dict[str, Any] = {
    "unit": "country", "by": "type", "period": "month", "since": "2025-01-01", "until": "2025-01-31",
    "countries": ["NOR"],
}  # fmt: skip


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.day = 1

    def __call__(self) -> datetime:
        return datetime(2025, 6, self.day, 12)


def consulted(ledger: Ledger, **asked: Any) -> list[int]:
    return ledger.panel(**{**JANUARY, **asked})["CONSULT"].to_pylist()


def test_two_reports_of_one_meeting_are_one_act_until_somebody_tells_them_apart(tmp_path: Path) -> None:
    clock = Clock()
    with Ledger(tmp_path / "news.duckdb", clock=clock) as ledger:
        ledger.record(
            [story("a", outlet="The Herald"), story("b", tail="Rain fell on the harbour.", outlet="The Post")]
        )
        assert consulted(ledger) == [1]
        assert consulted(ledger, level="reports") == [2]
        clock.day = 5
        ledger.correct("b-1", "split", who="Ada", why="another meeting")
        assert consulted(ledger) == [2]
        assert consulted(ledger, judged_by="2025-06-04") == [1]
        clock.day = 7
        ledger.correct("a-1", "reject", who="Ada", why="it never took place")
        assert consulted(ledger) == [1]
        assert consulted(ledger, judged_by="2025-06-06") == [2]


def test_the_denominator_is_of_articles_not_of_reports(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb") as ledger:
        ledger.record([story("a"), story("b", "2025-01-20", "Ostmark"), story("c", "2025-02-02")])
        table = ledger.panel(**JANUARY)
        assert (table["CONSULT"].to_pylist(), table["articles"].to_pylist()) == ([1], [2])
        assert ledger.panel(**JANUARY, known_by="2025-01-15")["articles"].to_pylist() == [1]


STORIES = st.builds(
    story,
    date=st.sampled_from(["2025-01-09", "2025-01-10", "2025-01-11"]),
    actor=st.sampled_from(["Norland", "Ostmark"]),
    act=st.sampled_from(sorted(ACTS)),
    recipient=st.sampled_from(["Sudria", "Westria"]),
    tail=st.sampled_from(["Rain fell on the harbour.", "The mill stood still."]),
    id=st.just(""),
)


@given(st.lists(STORIES, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_panel_counts_what_the_view_of_events_shows(told: list[Article]) -> None:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "news.duckdb", clock=Clock()) as ledger:
        ledger.record(
            replace(told, id=f"a{n}", events=(replace(told.events[0], id=f"a{n}-1"),)) for n, told in enumerate(told)
        )
        shown = Counter(
            (party["code"], row["first_published"], row["type"])
            for row in ledger.view("events", as_of="2025-06-01").to_pylist()
            for party in row["actors"]
            if row["status"] == "actual"
        )
        days = {**JANUARY, "period": "day", "countries": ["NOR", "AUT"], "long": True}
        rows = ledger.panel(**days).to_pylist()
        assert {(row["iso3"], row["period"], row["class"]): row["count"] for row in rows if row["count"]} == shown


def test_a_day_that_is_none_is_named(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb") as ledger, pytest.raises(AskError, match="since: '2025-02-30' is no day"):
        ledger.panel(**{**JANUARY, "since": "2025-02-30"})
