"""Rows of a view that are asked for by their ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.record.ledger import Ledger
from rapporteur.record.shapes import VIEWS

from .made import noon, stories, story


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = Ledger(tmp_path_factory.mktemp("ids") / "news.duckdb", clock=noon)
    made.record(stories(40))
    return made


@pytest.mark.parametrize("view", VIEWS)
def test_each_row_is_found_by_its_id_as_the_whole_view_has_it(ledger: Ledger, view: str) -> None:
    rows = ledger.view(view).to_pylist()
    assert len(rows) > 3
    for row in rows:
        assert ledger.view(view, ids=row["id"]).to_pylist() == [row]
    some = [rows[4], rows[1]]
    assert ledger.view(view, ids=[row["id"] for row in some]).to_pylist() == [rows[1], rows[4]]


@pytest.mark.parametrize("view", VIEWS)
def test_no_row_is_found_by_no_id_or_a_wrong_one(ledger: Ledger, view: str) -> None:
    assert ledger.view(view, ids=[]).num_rows == 0
    assert ledger.view(view, ids="nothing").num_rows == 0
    others = {name: ledger.view(name, limit=1)["id"][0].as_py() for name in VIEWS if name != view}
    assert ledger.view(view, ids=list(others.values())).num_rows == 0


def test_an_event_is_found_by_the_id_that_it_had_before_an_earlier_report_came(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "news.duckdb", clock=noon)
    ledger.record([story("b", "2025-01-11", act="closed its ports to", tail="It was told again.")])
    before = ledger.view("events")["id"][0].as_py()
    ledger.record([story("a", "2025-01-10", act="closed its ports to")])
    (after,) = ledger.view("events").to_pylist()
    assert after["id"] != before
    assert ledger.view("events", ids=before).to_pylist() == [after]


def test_what_is_not_known_or_not_asked_for_is_not_found(ledger: Ledger) -> None:
    last = ledger.view("events").to_pylist()[-1]
    assert ledger.view("events", ids=last["id"], known_by="2024-01-01").num_rows == 0
    assert ledger.view("events", ids=last["id"], type="MOBILIZE").num_rows == 0
