"""The views of events and reports: what one row holds, what is chosen, page by page, as of any day."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings

from rapporteur.errors import AskError
from rapporteur.record import shapes
from rapporteur.record.events_view import events
from rapporteur.record.events_view import reports as report_rows
from rapporteur.record.query import Query
from tests.record.by_hand import Row, figures, groups, judge, ledger, party, place, record, report
from tests.record.test_report_links import PATIENT, reports

PERU, CHILE = party("PER", "state:PER", "Peru"), party("CHL", "state:CHL", "Chile")
MAYOR = party("PER", "person:mayor", "The Mayor", sector="GOV", text="the mayor of Tacna")
POLICE, CROWD = party("PER", sector="COP", text="police"), party("PER", sector="CVL", text="a crowd")
WORDS = "Soldiers of Peru attacked a Chilean post near Tacna with mortars at dawn"
DAY = date(2032, 1, 1)


def asked(con: duckdb.DuckDBPyConnection, **more: Any) -> list[Row]:
    table = events(con, Query(**{"as_of": DAY, **more}))
    assert table.schema == shapes.EVENTS
    rows: list[Row] = table.to_pylist()
    return rows


def holding(*rows: Row) -> duckdb.DuckDBPyConnection:
    con = ledger()
    record(con, rows)
    return con


def attack(article: str, day: str, **more: Any) -> Row:
    return report(article, day, "ASSAULT", [PERU], [CHILE], WORDS, **{"trigger_text": "attacked", **more})


def meeting(article: str, day: str, words: str = "They met in Arica", **more: Any) -> Row:
    return report(article, day, "CONSULT", [PERU, CHILE], [], words, **more)


# -- one row ---------------------------------------------------------------------------------------------------


def test_an_event_is_named_by_its_earliest_report_and_lists_all() -> None:
    first, second = attack("a", "2031-05-01"), attack("b", "2031-05-02")
    (event,) = asked(holding(second, first))
    assert event["id"] == "e-" + first["report"]
    assert [(r["article"], r["event"], r["evidence"]) for r in event["reports"]] == [
        ("a", first["report"], [0, len(WORDS)]),
        ("b", second["report"], [0, len(WORDS)]),
    ]
    assert (event["first_published"], event["last_published"]) == (date(2031, 5, 1), date(2031, 5, 2))
    assert event["articles"] == 2


def test_figures_stand_side_by_side_with_those_who_give_them() -> None:
    rows = [
        attack("a", "2031-05-01", magnitude=figures(killed=3), attributed_to=["the army"]),
        attack("b", "2031-05-01", magnitude=figures(killed=5, injured=9), attributed_to=["a doctor"]),
    ]
    (event,) = asked(holding(*rows))
    assert [(f["what"], f["min"], f["report"], f["attributed_to"]) for f in event["figures"]] == [
        ("killed", 3, rows[0]["report"], ["the army"]),
        ("killed", 5, rows[1]["report"], ["a doctor"]),
        ("injured", 9, rows[1]["report"], ["a doctor"]),
    ]


def test_a_copied_wire_story_counts_once_and_so_do_its_figures() -> None:
    con = holding(*(attack(a, "2031-05-01", magnitude=figures(killed=3)) for a in "abc"))
    con.execute("INSERT INTO copies VALUES ('b', '2031-05-01', 'a', 0.97)")
    (event,) = asked(con)
    assert event["articles"] == 2
    assert len(event["reports"]) == 3
    assert [r["duplicate_of"] for r in event["reports"]] == [None, "a", None]
    assert len(event["figures"]) == 2


def test_the_most_precise_date_counts_and_the_place_told_most_often() -> None:
    tacna, lima = place("Tacna", "PER"), place(None, "PER")
    rows = [
        attack("a", "2031-05-02", on="2031-05", place=lima),
        attack("b", "2031-05-02", on="2031-05-01", place=tacna),
        attack("c", "2031-05-03", place=tacna),
    ]
    (event,) = asked(holding(*rows))
    assert event["date"] == {"value": "2031-05-01", "basis": "stated"}
    assert event["place"] == tacna


def test_parties_are_told_once_by_their_best_name() -> None:
    short = MAYOR | {"text": "he"}
    rows = [
        report("a", "2031-05-01", "COERCE", [short, POLICE], [CROWD], WORDS),
        report("b", "2031-05-01", "COERCE", [MAYOR], [CROWD | {"text": "the crowd"}], WORDS),
    ]
    (event,) = asked(holding(*rows))
    assert [p["text"] for p in event["actors"]] == ["the mayor of Tacna", "police"]
    assert [p["text"] for p in event["recipients"]] == ["the crowd"]


def test_nothing_is_made_up_where_nothing_is_told() -> None:
    (event,) = asked(holding(attack("a", "2031-05-01")))
    for absent in ("mode", "date", "place", "judgement"):
        assert event[absent] is None
    assert event["figures"] == event["contexts"] == []


def test_an_empty_ledger_has_empty_views() -> None:
    assert asked(ledger()) == []
    assert report_rows(ledger(), Query(DAY)).schema == shapes.REPORT_ROWS


# -- two clocks ------------------------------------------------------------------------------------------------


def test_what_is_dated_behind_the_day_is_still_to_come() -> None:
    con = holding(attack("a", "2031-05-05", on="2031-05-04"))
    assert [asked(con, as_of=date(2031, 5, d))[0]["status"] for d in (3, 4)] == ["future", "actual"]


def test_what_was_known_by_a_day() -> None:
    con = holding(attack("a", "2031-05-01", magnitude=figures(killed=3)), attack("b", "2031-05-03"))
    assert asked(con, known_by=date(2031, 4, 30)) == []
    (event,) = asked(con, known_by=date(2031, 5, 2))
    assert [r["article"] for r in event["reports"]] == ["a"]


@PATIENT
@given(reports())
def test_the_view_known_by_a_day_is_that_of_a_ledger_of_that_day(rows: list[Row]) -> None:
    con = holding(*rows)
    for day in sorted({row["published"] for row in rows}):
        early = holding(*(row for row in rows if row["published"] <= day))
        assert asked(con, known_by=day) == asked(early)


# -- what is chosen --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "am"),
        ({"actors": ("PER",)}, "am"),
        ({"actors": ("BOL",)}, "m"),
        ({"actors": ("state:CHL", "BOL")}, "am"),
        ({"actors": ("PER",), "partners": ("CHL",)}, "am"),
        ({"actors": ("BOL",), "partners": ("CHL",)}, "m"),
        ({"types": ("CONSULT", "AID")}, "m"),
        ({"since": date(2031, 5, 2)}, "m"),
        ({"until": date(2031, 5, 2)}, "a"),
        ({"since": date(2031, 5, 2), "until": date(2031, 5, 30)}, ""),
        ({"country": "BOL"}, "m"),
        ({"country": "ARG"}, "m"),
        ({"country": "ZAF"}, ""),
        ({"actors": ("PER",), "types": ("AID",)}, ""),
    ],
)
def test_filters(query: dict[str, Any], found: str) -> None:
    rows = [
        attack("a", "2031-05-01"),
        meeting("m", "2031-07-01", place=place("Salta", "ARG"))
        | {"recipients": [party("BOL")], "keys": ["BOL", "CHL", "PER", "state:CHL", "state:PER"]},
    ]
    con = holding(*rows)
    assert "".join(event["reports"][0]["article"] for event in asked(con, **query)) == found
    assert "".join(r["article"] for r in report_rows(con, Query(DAY, **query)).to_pylist()) == found


def test_a_pair_needs_two_parties() -> None:
    alone = report("a", "2031-05-01", "ACCUSE", [MAYOR], [CHILE], "words of one kind")
    two = report("b", "2031-06-01", "ACCUSE", [MAYOR], [CROWD], "words of quite another")
    con = holding(alone, two)
    for pair in ({"actors": ("PER",), "partners": ("PER",)}, {"actors": ("PER",), "partners": ("person:mayor",)}):
        assert [event["reports"][0]["article"] for event in asked(con, **pair)] == ["b"]
        assert [event["reports"][0]["article"] for event in asked(con, **pair, limit=1)] == ["b"]


def test_an_event_is_chosen_by_one_report_and_shown_whole() -> None:
    con = holding(attack("a", "2031-05-01"), attack("b", "2031-05-02", place=place("Arica", "CHL")))
    (event,) = asked(con, since=date(2031, 5, 2))  # undated: of the day of publication
    assert [r["article"] for r in event["reports"]] == ["a", "b"]
    assert asked(con, since=date(2031, 5, 3)) == []


def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    rows = [meeting(f"a{n}", f"2031-05-{1 + n % 28:02}", f"meeting of matter{n} number{n}") for n in range(40)]
    con = holding(*rows)
    whole = asked(con)
    assert [e["first_published"] for e in whole] == sorted(e["first_published"] for e in whole)
    for step in (1, 7, 40, 100):
        found: list[Row] = []
        while page := asked(con, limit=step, after=found[-1]["id"] if found else None):
            found += page
        assert found == whole
    assert asked(con, limit=0) == []


def test_pages_of_events_with_many_reports_are_full() -> None:
    same = [attack(f"a{n:03}", "2031-05-01") for n in range(300)]
    con = holding(*same, meeting("m", "2031-05-02"))
    assert [len(event["reports"]) for event in asked(con, limit=2)] == [300, 1]


@pytest.mark.parametrize("view", [events, report_rows])
def test_a_page_after_nothing_that_is_there(view: Any) -> None:
    with pytest.raises(AskError, match="after: 'e-0' is no id of"):
        view(ledger(), Query(DAY, after="e-0"))


def test_every_report_is_a_row_of_its_own() -> None:
    first, second = attack("a", "2031-05-01"), attack("b", "2031-05-02")
    rows = report_rows(holding(first, second), Query(DAY)).to_pylist()
    assert [(r["id"], r["event"]) for r in rows] == [(r["report"], "e-" + first["report"]) for r in (first, second)]
    after = report_rows(holding(first, second), Query(DAY, limit=1, after=rows[0]["id"])).to_pylist()
    assert after == rows[1:]


# -- judgements ------------------------------------------------------------------------------------------------


def test_what_was_judged_wrong_is_left_out_unless_asked_for() -> None:
    con = holding(attack("a", "2031-05-01"), meeting("m", "2031-05-02"))
    judge(con, "reject", meeting("m", "2031-05-02")["report"])
    assert [e["type"] for e in asked(con)] == ["ASSAULT"]
    assert [e["judgement"] for e in asked(con, rejected=True)] == [None, "reject"]
    assert len(asked(con, judged_by=date(2029, 1, 1))) == 2
    judge(con, "accept", meeting("m", "2031-05-02")["report"], day="2030-06-01")
    assert [e["judgement"] for e in asked(con)] == [None, "accept, reject"]


def test_one_wrong_report_leaves_the_event_with_the_others() -> None:
    first, second = attack("a", "2031-05-01"), attack("b", "2031-05-02")
    con = holding(first, second)
    judge(con, "reject", first["report"])
    (event,) = asked(con)
    assert event["id"] == "e-" + first["report"]
    assert [r["article"] for r in event["reports"]] == ["b"]


def test_another_type() -> None:
    con = holding(attack("a", "2031-05-01"))
    judge(con, "retype", attack("a", "2031-05-01")["report"], "COERCE")
    assert [e["type"] for e in asked(con, types=("COERCE",))] == ["COERCE"]
    assert asked(con, types=("ASSAULT",)) == []
    assert [e["type"] for e in asked(con, judged_by=date(2029, 1, 1))] == ["ASSAULT"]


def test_merged_and_split_again_with_the_days_of_the_judgements() -> None:
    first, second = attack("a", "2031-05-01"), meeting("m", "2031-05-09")
    con = holding(first, second)
    judge(con, "merge", second["report"], first["report"], day="2031-06-01")
    judge(con, "split", second["report"], day="2031-08-01")
    sizes = [[len(e["reports"]) for e in asked(con, judged_by=date(2031, m, 2))] for m in (5, 6, 8)]
    assert sizes == [[1, 1], [2], [1, 1]]
    assert len(groups(con)) == 2
    (one,) = asked(con, judged_by=date(2031, 6, 2), actors=("CHL",), types=("CONSULT",))
    assert one["id"] == "e-" + first["report"]


@settings(PATIENT, max_examples=10)
@given(reports())
def test_views_of_all_days_agree_page_by_page(rows: list[Row]) -> None:
    con = holding(*rows)
    whole = asked(con)
    assert {frozenset(r["event"] for r in event["reports"]) for event in whole} == groups(con)
    found: list[Row] = []
    while page := asked(con, limit=2, after=found[-1]["id"] if found else None):
        found += page
    assert found == whole
