"""A judgement is never taken out: an undo says that it counts no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import AskError
from rapporteur.record.ledger import Ledger

from .made import noon, story, with_mentions
from .test_judgements import Clock, bound, correct, events, mentions, port


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "news.duckdb", clock=Clock())
    made.record([port("a", "2025-01-10"), port("b", "2025-01-11"), with_mentions(story("far", "2025-05-01"))])
    return made


def test_it_is_bound_to_what_the_undone_one_was_bound_to(ledger: Ledger) -> None:
    said = correct(ledger, "e-a-1", "reject")
    correct(ledger, said, "undo")
    assert bound(ledger)[2:] == [("a-1", "undo", said), ("b-1", "undo", said)]


def test_on_a_row_it_is_of_the_latest_that_counts(ledger: Ledger) -> None:
    first = correct(ledger, "a-1", "accept")
    second = correct(ledger, "a-1", "retype", "COERCE")
    correct(ledger, "a-1", "undo")
    correct(ledger, "e-a-1", "undo")
    assert [value for _, verdict, value in bound(ledger) if verdict == "undo"] == [second, first]
    with pytest.raises(AskError, match="nothing that was said of 'a-1' counts; there is nothing to undo"):
        correct(ledger, "a-1", "undo")


def test_what_was_joined_or_parted_is_as_it_was(ledger: Ledger) -> None:
    before = events(ledger)
    split = correct(ledger, "b-1", "split")
    assert events(ledger) != before
    undo = correct(ledger, split, "undo")
    assert events(ledger) == before
    correct(ledger, undo, "undo")
    assert events(ledger)["b-1"] == "b-1"


def test_mentions_too(ledger: Ledger) -> None:
    with ledger._store.reading() as con:
        linked = "SELECT mention, item FROM mention_links ORDER BY mention"
        before = con.execute(linked).fetchall()
    items = dict(before)
    later = next(id for id in mentions(ledger, "measure") if items[id] != id)
    split = correct(ledger, later, "split")
    correct(ledger, split, "undo")
    with ledger._store.reading() as con:
        assert con.execute(linked).fetchall() == before


def test_who_was_merged_stands_alone_again(ledger: Ledger) -> None:
    before = events(ledger)
    merge = correct(ledger, "e-far-1", "merge", "e-a-1")
    assert events(ledger) != before
    correct(ledger, merge, "undo")
    assert events(ledger) == before


def test_what_is_undone_is_not_undone_twice(ledger: Ledger) -> None:
    said = correct(ledger, "a-1", "reject")
    undo = correct(ledger, "a-1", "undo", said)
    with pytest.raises(AskError, match=f"was undone by {undo} already; to let it count again, undo that"):
        correct(ledger, said, "undo")


def test_an_id_that_is_nearly_that_of_a_judgement_is_understood(ledger: Ledger) -> None:
    said = correct(ledger, "a-1", "reject")
    with pytest.raises(AskError, match=f"there is no judgement '{said[:-1]}'; near to it: {said}"):
        correct(ledger, said[:-1], "undo")
    with pytest.raises(AskError, match=f"'x' is no judgement on 'a-1'; its judgements: {said}"):
        correct(ledger, "a-1", "undo", "x")
    with pytest.raises(AskError, match="value: undo of a judgement takes none"):
        correct(ledger, said, "undo", "a-1")


def test_the_same_said_again_after_an_undo_counts_though_the_clock_stands_still(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=noon) as still:
        still.record([story("a")])
        said = correct(still, "a-1", "reject")
        correct(still, said, "undo")
        assert correct(still, "a-1", "reject") != said
        assert still.view("events").num_rows == 0
