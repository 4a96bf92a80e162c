"""A person's word comes before what was reckoned, lasts, and can be overruled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rapporteur.errors import AskError
from rapporteur.model import Article
from rapporteur.record.ledger import Ledger

from .made import NOON, story, with_mentions
from .test_recording import derived


class Clock:
    """Goes on by an hour whenever it is asked."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now


def port(id: str, date: str, **more: Any) -> Article:
    """One of several reports of one act."""
    return story(id, date, "Norland", "closed its ports to", "Sudria", f"This was told in {id}.", **more)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "news.duckdb", clock=Clock())
    made.record(
        [
            port("a", "2025-01-10"),
            port("b", "2025-01-11"),
            port("c", "2025-01-11"),
            with_mentions(story("far", "2025-05-01")),
        ]
    )
    return made


def events(ledger: Ledger) -> dict[str, str]:
    """The event of each report."""
    with ledger._store.reading() as con:
        return dict(con.execute("SELECT report, event FROM report_links ORDER BY report").fetchall())


def mentions(ledger: Ledger, what: str) -> list[str]:
    with ledger._store.reading() as con:
        query = "SELECT mention FROM mentions WHERE what = ? ORDER BY evidence_start, mention"
        return [row[0] for row in con.execute(query, [what]).fetchall()]


def bound(ledger: Ledger) -> list[tuple[str, str, str | None]]:
    return [(row["target"], row["verdict"], row["value"]) for row in ledger.judgements().to_pylist()]


def correct(ledger: Ledger, id: str, verdict: str, value: str | None = None) -> str:
    return ledger.correct(id, verdict, value, who="Ada", why="I was there")


def test_three_reports_of_one_act_are_one_event_to_begin_with(ledger: Ledger) -> None:
    assert events(ledger) == {"a-1": "a-1", "b-1": "a-1", "c-1": "a-1", "far-1": "far-1"}


def test_a_judgement_says_who_made_it_when_and_why(ledger: Ledger) -> None:
    id = correct(ledger, "a-1", "accept")
    (row,) = ledger.judgements().to_pylist()
    assert row == {
        "judgement": id,
        "made": NOON + timedelta(hours=2),
        "who": "Ada",
        "why": "I was there",
        "target": "a-1",
        "level": "report",
        "verdict": "accept",
        "value": None,
    }


def test_one_on_an_event_is_bound_to_its_reports_of_that_moment(ledger: Ledger) -> None:
    correct(ledger, "e-a-1", "reject")
    ledger.record([port("d", "2025-01-12")])
    assert bound(ledger) == [("a-1", "reject", None), ("b-1", "reject", None), ("c-1", "reject", None)]
    assert len({row["judgement"] for row in ledger.judgements().to_pylist()}) == 1


def test_an_event_is_found_by_any_report_that_once_named_it(ledger: Ledger) -> None:
    ledger.record([port("0", "2025-01-09")])
    correct(ledger, "e-a-1", "accept")
    assert [target for target, _, _ in bound(ledger)] == ["0-1", "a-1", "b-1", "c-1"]


def test_split_sets_a_report_apart_and_merge_brings_it_back(ledger: Ledger) -> None:
    correct(ledger, "b-1", "split")
    assert events(ledger)["b-1"] == "b-1"
    correct(ledger, "b-1", "merge", "e-a-1")
    assert events(ledger)["b-1"] == "a-1"


def test_to_split_an_event_is_to_set_each_of_its_reports_apart(ledger: Ledger) -> None:
    correct(ledger, "e-a-1", "split")
    assert len(set(events(ledger).values())) == 4


def test_what_is_merged_is_one_whichever_is_named_first(ledger: Ledger) -> None:
    correct(ledger, "e-a-1", "merge", "e-far-1")
    assert set(events(ledger).values()) == {"a-1"}
    assert bound(ledger) == [("far-1", "merge", "a-1")]


def test_measures_are_merged_and_split_too(ledger: Ledger) -> None:
    first, second = mentions(ledger, "measure")
    with ledger._store.reading() as con:
        linked = "SELECT mention, item FROM mention_links WHERE what = 'measure' ORDER BY mention"
        before = dict(con.execute(linked).fetchall())
    assert before[first] == before[second]
    correct(ledger, second if before[first] == first else first, "split")
    with ledger._store.reading() as con:
        assert len(set(dict(con.execute(linked).fetchall()).values())) == 2
    correct(ledger, f"m-{first}", "merge", f"m-{second}")
    with ledger._store.reading() as con:
        assert dict(con.execute(linked).fetchall()) == before


def test_it_survives_that_the_article_is_read_again(ledger: Ledger) -> None:
    correct(ledger, "b-1", "split")
    correct(ledger, "e-far-1", "merge", "a-1")
    before = events(ledger)
    ledger.record(
        [replace(port("b", "2025-01-11"), headline="Corrected"), replace(story("far", "2025-05-02"), agency="Wire")]
    )
    assert events(ledger) == before


def test_it_survives_that_all_is_linked_anew(ledger: Ledger) -> None:
    correct(ledger, "b-1", "split")
    correct(ledger, "e-far-1", "merge", "a-1")
    before = derived(ledger)
    ledger.relink()
    assert derived(ledger) == before


def test_under_another_rule_what_persons_said_stands(ledger: Ledger) -> None:
    correct(ledger, "e-far-1", "merge", "a-1")
    ledger.relink("none")
    assert events(ledger) == {"a-1": "a-1", "b-1": "b-1", "c-1": "c-1", "far-1": "a-1"}


def test_retype_takes_a_type_of_event_or_a_kind_of_measure(ledger: Ledger) -> None:
    correct(ledger, "a-1", "retype", "COERCE")
    measure = mentions(ledger, "measure")[0]
    correct(ledger, measure, "retype", "embargo")
    assert bound(ledger) == [("a-1", "retype", "COERCE"), (measure, "retype", "embargo")]
    assert {row["kind"] for row in ledger.view("measures").to_pylist()} == {"embargo"}


def test_what_is_rejected_is_left_out_unless_asked_for(ledger: Ledger) -> None:
    (row,) = ledger.view("talks").to_pylist()
    correct(ledger, row["id"], "reject")
    assert ledger.view("talks").num_rows == 0
    assert ledger.view("talks", rejected=True).num_rows == 1
    assert ledger.view("talks", judged_by="2025-05-31").num_rows == 1
    correct(ledger, row["id"], "accept")
    assert ledger.view("talks")["judgement"].to_pylist() == ["accept"]


WRONG = {
    "an unknown verdict": ("a-1", "acept", None, "verdict: 'acept' is none; valid: accept, .*; did you mean accept?"),
    "an unknown id": ("a-2", "accept", None, "id: nothing in the ledger has the id 'a-2'; near to it: a-1"),
    "an id like no other": ("never-heard-of-this", "accept", None, "the views show the ids"),
    "an article": ("a", "reject", None, "id: 'a' is an article; judge its reports"),
    "no type": ("a-1", "retype", None, "value: retype needs the new type or kind"),
    "a type that is none": ("a-1", "retype", "COERSE", "'COERSE' is no event type; valid: .*; did you mean COERCE?"),
    "a value for nothing": ("a-1", "accept", "yes", "value: accept takes none; leave 'yes' out"),
    "to merge with nothing": ("a-1", "merge", None, "value: merge needs the id to merge with"),
    "to merge what is one": ("b-1", "merge", "e-a-1", "'b-1' and 'e-a-1' are one already"),
    "to split what is alone": ("e-far-1", "split", None, "'e-far-1' is one report alone"),
    "to split the first": ("a-1", "split", None, "'a-1' is the first of its kind; split those off that were joined"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_can_t_be_judged_is_said_in_one_line_and_nothing_is_kept(ledger: Ledger, case: str) -> None:
    id, verdict, value, line = WRONG[case]
    before = derived(ledger)
    with pytest.raises(AskError, match=line.replace("?", r"\?")) as refusal:
        correct(ledger, id, verdict, value)
    assert "\n" not in str(refusal.value)
    assert ledger.judgements().num_rows == 0
    assert derived(ledger) == before


def test_only_like_can_be_merged(ledger: Ledger) -> None:
    (talks,) = mentions(ledger, "talks")
    for other in ("a-1", mentions(ledger, "measure")[0]):
        with pytest.raises(AskError, match="only like can be merged"):
            correct(ledger, talks, "merge", other)


def test_talks_and_claims_have_no_type(ledger: Ledger) -> None:
    with pytest.raises(AskError, match=re.escape("talks and claims have no type")):
        correct(ledger, mentions(ledger, "claim")[0], "retype", "ban")


@pytest.mark.parametrize("missing", ["who", "why"])
def test_nobody_judges_without_name_or_reason(ledger: Ledger, missing: str) -> None:
    said = {"who": "Ada", "why": "I was there", missing: " "}
    with pytest.raises(AskError, match=f"{missing}: is empty; a judgement says who makes it and why"):
        ledger.correct("a-1", "accept", **said)
