"""The queue of reports to judge: its orders, both ways through it, types; and sentences that were judged wholly."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from rapporteur.errors import AskError
from rapporteur.record.ledger import Ledger
from rapporteur.record.review import ORDERS, Asked, Order

from .made import noon, stories

EVERY = 1000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger of made-up articles, copies among them; nobody judges it."""
    ledger = Ledger(tmp_path_factory.mktemp("queue") / "many.duckdb", clock=noon)
    ledger.record(stories(40, seed=3))
    return ledger


@pytest.fixture
def few(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path / "few.duckdb", clock=noon)
    ledger.record(stories(8, seed=5))
    return ledger


def ids(ledger: Ledger, asked: Asked) -> list[str]:
    return [row["report"] for row in ledger.queue(asked)]


def test_the_orders_are_those_that_are_declared() -> None:
    assert get_args(Order) == ORDERS


@pytest.mark.parametrize("order", ORDERS)
def test_the_queue_is_gone_through_in_both_directions_without_gaps(many: Ledger, order: Order) -> None:
    whole = ids(many, Asked(order, limit=EVERY))
    assert len(whole) > 5 and len(set(whole)) == len(whole)
    for place, report in enumerate(whole):
        assert ids(many, Asked(order, report, 3)) == whole[place + 1 : place + 4]
        assert ids(many, Asked(order, before=report, limit=3)) == whole[max(0, place - 3) : place]


def test_the_least_certain_or_the_newest_come_first(many: Ledger) -> None:
    unsure = [row["confidence"] for row in many.queue(Asked("unsure", limit=EVERY))]
    newest = [row["published"] for row in many.queue(Asked("newest", limit=EVERY))]
    assert unsure == sorted(unsure)
    assert newest == sorted(newest, reverse=True)


def test_copies_of_other_articles_are_not_judged(many: Ledger) -> None:
    copies = {row["id"] for row in many.view("articles").to_pylist() if row["duplicate_of"]}
    assert copies
    assert not copies & {row["article"] for row in many.queue(Asked(limit=EVERY))}


def test_types_part_the_queue(many: Ledger) -> None:
    rows = many.queue(Asked(limit=EVERY))
    types = sorted({row["told_type"] for row in rows})
    assert len(types) > 1
    for type in types:
        assert ids(many, Asked(limit=EVERY, type=type)) == [r["report"] for r in rows if r["told_type"] == type]


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (Asked(after="nothing"), "after"),
        (Asked(before="nothing"), "before"),
        (Asked(after="a", before="b"), "before"),
        (Asked(type="SANCTIONS"), "type"),
    ],
)
def test_what_can_t_be_asked_is_told(many: Ledger, asked: Asked, where: str) -> None:
    with pytest.raises(AskError) as told:
        many.queue(asked)
    assert told.value.where == where


@pytest.mark.parametrize(
    ("verdict", "value"), [("accept", None), ("reject", None), ("retype", "AID"), ("recode", "actors/+=TUR")]
)
def test_a_judged_report_leaves_the_queue_and_comes_back_when_that_is_undone(
    few: Ledger, verdict: str, value: str | None
) -> None:
    before = few.queue(Asked(limit=EVERY))
    report = before[1]["report"]
    said = few.correct(report, verdict, value, who="Ada", why="read it twice")
    assert report not in ids(few, Asked(limit=EVERY))
    assert ids(few, Asked(judged=True)) == [report]
    few.correct(said, "undo", None, who="Ada", why="a slip")
    assert few.queue(Asked(limit=EVERY)) == before
    assert ids(few, Asked(judged=True)) == [] and few.gold() == []


def test_the_place_of_one_that_was_judged_is_still_known(few: Ledger) -> None:
    whole = ids(few, Asked(limit=EVERY))
    few.correct(whole[1], "accept", who="Ada", why="right")
    assert ids(few, Asked(after=whole[1], limit=1)) == [whole[2]]
    assert ids(few, Asked(before=whole[1], limit=1)) == [whole[0]]


def test_gold_has_what_was_judged_to_be_right_as_it_was_judged(few: Ledger) -> None:
    right, wrong, other, fixed = few.queue(Asked(limit=4))
    few.correct(right["report"], "accept", who="Ada", why="right")
    few.correct(wrong["report"], "reject", who="Ada", why="not said")
    few.correct(other["report"], "retype", "PROTEST", who="Ada", why="they marched")
    few.correct(fixed["report"], "recode", "actors/1=CHL; recipients/1=", who="Ada", why="the text names another")
    by_id = {document["id"].rpartition("/")[0]: document for document in few.gold()}
    assert by_id[wrong["article"]]["events"] == []
    assert by_id[right["article"]]["events"][0]["type"] == right["type"]
    assert by_id[other["article"]]["events"][0]["type"] == "PROTEST"
    event = by_id[fixed["article"]]["events"][0]
    assert [party["code"] for party in event["actors"]][:1] == ["CHL"]
    assert len(event["recipients"]) == len(fixed["recipients"]) - 1
    for document in by_id.values():
        for event in document["events"]:
            start, end = event["trigger"]
            assert document["text"][start:end] in {row["sentence"][start:end] for row in (right, other, fixed)}
