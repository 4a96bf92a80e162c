"""Quick counts of events are those that a plain query gives, whatever is chosen, joined and judged; and are not kept
longer than they are true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.record import counting, questions
from rapporteur.record.kept import Kept, question_of
from rapporteur.record.ledger import Ledger
from rapporteur.record.report_choice import choose, settle_pairs

from .made import noon, stories, story

ASKED = st.fixed_dictionaries(
    {},
    optional={
        "actor": st.sampled_from(["NOR", "SWE", "AUT"]),
        "with_": st.sampled_from(["ESP", "SWE"]),
        "type": st.sampled_from(["CONSULT", "AID", "SANCTION", "THREATEN"]),
        "since": st.dates(min_value=noon().date().replace(2025, 1, 1), max_value=noon().date()).map(str),
        "known_by": st.dates(min_value=noon().date().replace(2025, 1, 1), max_value=noon().date()).map(str),
        "status": st.sampled_from(["actual", "negated"]),
    },
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Sixty acts, two of them told by several reports, some of these judged."""
    made = Ledger(tmp_path_factory.mktemp("counting") / "news.duckdb", clock=noon)
    again = [story(f"again{n}", f"2025-02-{10 + n}", act="closed its ports to", tail=f"Day {n}.") for n in range(4)]
    made.record([*stories(60), *again])
    ids = made.view("events")["id"].to_pylist()
    made.correct(ids[3], "retype", "AID", who="A. Reader", why="as it was")
    made.correct(ids[5], "reject", who="A. Reader", why="a novel")
    made.correct("again2-1", "retype", "THREATEN", who="A. Reader", why="as it was")
    return made


def plainly(ledger: Ledger, asked: dict[str, Any], value: str) -> dict[Any, int]:
    """Events by a value, counted by what they are called."""
    with duckdb.connect(ledger.path, read_only=True) as con:
        choice = choose(con, questions.query_of(con, "events", noon().date(), **asked))
        settle_pairs(con, choice)
        value = value.format(type=choice.type_now)
        rows = con.execute(
            f"SELECT v, count(DISTINCT event) FROM (SELECT event, {value} AS v FROM {choice.rows} "
            f"WHERE {choice.where}) WHERE v IS NOT NULL GROUP BY v",
            choice.values,
        ).fetchall()
    return dict(rows)


def test_some_events_have_several_reports(ledger: Ledger) -> None:
    assert any(len(reports) > 1 for reports in ledger.view("events")["reports"].to_pylist())


@settings(max_examples=40, deadline=None)
@given(asked=ASKED)
def test_quick_counts_are_the_plain_ones(ledger: Ledger, asked: dict[str, Any]) -> None:
    found = ledger.facets(**asked)
    assert found.total == sum(plainly(ledger, asked, "1").values())
    assert dict(found.types) == plainly(ledger, asked, "{type}")
    assert dict(found.statuses) == plainly(ledger, asked, "status")
    keys = plainly(ledger, asked, "unnest(keys)")
    assert bool(found.actors) == bool(found.total)
    assert all(keys[actor] == n for actor, n in found.actors)
    assert all(keys[one.key] == one.events for one in ledger.acting(**asked))


def test_months_add_up_to_the_types(ledger: Ledger) -> None:
    found = ledger.facets()
    by_type: dict[str, int] = {}
    for _, type, n in found.months:
        by_type[type] = by_type.get(type, 0) + n
    assert by_type == dict(found.types)


def test_what_is_recorded_is_counted_at_once(tmp_path: Path) -> None:
    """One process asks, another object writes: the answer kept is not given again."""
    asking, writing = Ledger(tmp_path / "l.duckdb", clock=noon), Ledger(tmp_path / "l.duckdb", clock=noon)
    for n in range(1, 6):
        writing.record([story(f"s{n}", f"2025-01-{n:02}", tail=f"On day {n} it rained.", act="sent grain to")])
        assert len(asking.view("articles")) == n
        assert asking.facets().total == len(asking.view("events"))
        days = asking.days()
        assert days is not None
        assert days[1].day == n
    event = asking.view("events")["id"][0].as_py()
    before = asking.facets().total
    writing.correct(event, "reject", who="A. Reader", why="a novel")
    assert asking.facets().total == before - 1


def test_no_more_answers_are_kept_than_may_be() -> None:
    kept = Kept(most=2)
    for question in "abc":
        kept.put(1, question, question.upper())
    assert kept.get(1, "a") is None
    assert kept.get(1, "c") == ("C",)
    assert kept.get(2, "c") is None
    kept.put(2, "d", "D")
    assert kept.get(2, "c") is None
    assert kept.get(None, "d") is None


def test_unlike_questions_are_kept_apart() -> None:
    assert question_of("facets", {"type": ["a", "b"]}) != question_of("facets", {"type": "a"})
    assert question_of("facets", {"type": ["a"]}) != question_of("acting", {"type": ["a"]})
    assert question_of("facets", {"a": 1, "b": 2}) == question_of("facets", {"b": 2, "a": 1})


def test_a_row_that_is_an_event_by_itself_is_one_event() -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE t AS FROM (VALUES ('a', true, 1), ('b', false, 1), ('b', false, 1)) t(event, once, v)"
        )
        assert con.execute(counting.counted("v", "SELECT * FROM t")).fetchall() == [(1, 2)]


@pytest.mark.parametrize("as_of", ["2024-12-31", "2025-01-03", "2025-02-04", "2025-12-01"])
@pytest.mark.parametrize("statuses", [("in force",), ("in force", "disputed"), ("disputed",), ("ended", "in force")])
def test_measures_of_a_status_are_all_found(ledger: Ledger, as_of: str, statuses: tuple[str, ...]) -> None:
    """What the days tell beforehand leaves out none that folding would give the status."""
    plain = [row["id"] for row in ledger.view("measures", as_of=as_of).to_pylist() if row["status"] in statuses]
    assert ledger.view("measures", as_of=as_of, status=statuses)["id"].to_pylist() == plain
    assert ledger.view("measures", as_of=as_of, status=statuses, limit=2)["id"].to_pylist() == plain[:2]
