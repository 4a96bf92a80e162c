"""What the views of measures, talks and claims are asked for, and their order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rapporteur.record import shapes, standing_views
from rapporteur.record.query import Query

from .standing_ledger import Book, claim, measure, page, talks


def book() -> Book:
    return Book(
        page("2015-03-01", measure("tariff", ["MEX"], ["BRA"], "coffee", since="2015-02"), id="coffee"),
        page("2015-06-01", measure("tariff", ["MEX"], ["BRA"], "coffee", status="ended", until="2015-05-31"), id="end"),
        page("2016-01-01", measure("siege", ["COL"], ["Lorica (COL)"], "Lorica", since="2016"), id="siege"),
        page("2016-02-01", measure("ban", ["igo:OAS"], ["BRA"], "loggers"), id="ban"),
        page("2017-05-01", talks(["MEX", "BRA"], "coffee", rounds=["2017-04", "2017-05-01"]), id="talks"),
    )


def kinds(**asked: Any) -> list[str]:
    return [row["kind"] for row in book().measures("2018-01-01", **asked)]


@pytest.mark.parametrize("view", ["measures", "talks", "claims"])
def test_an_empty_ledger_gives_an_empty_table_of_the_same_columns(view: str) -> None:
    table = getattr(standing_views, view)(Book().con, Query(as_of=date(2020, 1, 1)))
    assert (table.num_rows, table.schema) == (0, shapes.VIEWS[view])


def test_rows_stand_by_first_report() -> None:
    assert kinds() == ["tariff", "siege", "ban"]


def test_a_row_is_shown_whatever_its_state() -> None:
    assert [row["status"] for row in book().measures("2018-01-01")] == ["ended", "in force", "in force"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actors": ("BRA",)}, ["tariff", "ban"]),
        ({"actors": ("BRA",), "partners": ("MEX",)}, ["tariff"]),
        ({"actors": ("COL",), "partners": ("COL",)}, ["siege"]),  # a side each
        ({"actors": ("MEX",), "partners": ("MEX",)}, []),  # nobody but itself
        ({"partners": ("MEX",)}, ["tariff"]),
        ({"actors": ("igo:OAS",)}, ["ban"]),
        ({"country": "COL"}, ["siege"]),
        ({"types": ("siege", "ban")}, ["siege", "ban"]),
        ({"since": "2015-06-10"}, ["siege", "ban"]),  # stood then or later
        ({"until": "2015-12-31"}, ["tariff"]),  # stood then or before
        ({"since": "2015-05-01", "until": "2015-05-02"}, ["tariff"]),
        ({"known_by": "2016-01-15"}, ["tariff", "siege"]),
    ],
)
def test_measures_that_are_asked_for(asked: dict[str, Any], found: list[str]) -> None:
    assert kinds(**asked) == found


def test_talks_are_asked_for_by_when_a_round_was_held() -> None:
    assert len(book().view("talks", since="2017-04-20", until="2017-04-25")) == 1  # "in April" may be then
    assert book().view("talks", since="2017-05-02") == []


def test_undated_rounds_count_on_the_day_of_the_report() -> None:
    told = Book(page("2019-05-05", talks(["MEX", "BRA"], "sugar")))
    assert told.view("talks", since="2019-05-01", until="2019-05-31") == []  # no round was told
    assert len(told.view("talks")) == 1


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_follow_each_other_without_gap_or_repeat(size: int) -> None:
    days = [f"2015-{month:02d}-01" for month in (1, 1, 1, 2, 3)]
    told = Book(*(page(d, measure("ban", ["MEX"], ["BRA"], f"good{n}"), id=f"p{n}") for n, d in enumerate(days)))
    whole = [row["id"] for row in told.measures()]
    seen: list[str] = []
    while part := told.measures(limit=size, after=seen[-1] if seen else None):
        assert len(part) <= size
        seen += [row["id"] for row in part]
    assert seen == whole and len(whole) == len(set(whole)) == 5


def test_later_reports_move_no_row() -> None:
    told = book()
    before = [row["id"] for row in told.measures()]
    told.record(page("2017-08-01", measure("ban", ["igo:OAS"], ["BRA"], "loggers"), id="ban-2"))
    assert [row["id"] for row in told.measures()] == before


def test_a_row_names_each_report_behind_it() -> None:
    first, second = book().measures()[0]["reports"]
    assert (first["article"], first["status"], first["evidence"]) == ("coffee", "in force", [0, 50])
    assert (second["article"], second["status"], second["published"]) == ("end", "ended", date(2015, 6, 1))


def test_claims_by_force_and_day() -> None:
    told = Book(page("2019-01-01", claim("MEX", "the fleet fished in closed waters", "accuse")))
    assert len(told.view("claims", types=("accuse",), since="2018-12-31")) == 1
    assert told.view("claims", types=("deny",)) == told.view("claims", since="2019-01-02") == []
