"""Every view is true as of any day, whatever was recorded since and in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.model import Article
from rapporteur.record.ledger import Ledger

from .made import all_views, noon, shuffled, stories

MANY = stories(18, seed=11)
DAYS = sorted({date.fromisoformat(told.date.value) for told in MANY if told.date.value})
AS_OF = "2025-04-01"


@pytest.fixture(scope="module")
def fill(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ledger]:
    """A new ledger with these articles."""

    def fill(articles: Sequence[Article], batch: int) -> Ledger:
        made = Ledger(tmp_path_factory.mktemp("clocks") / "news.duckdb", clock=noon)
        made.record(articles, batch=batch)
        return made

    return fill


@pytest.fixture(scope="module")
def whole(fill: Callable[..., Ledger]) -> Ledger:
    return fill(MANY, 200)


def test_there_is_something_of_everything_to_see(whole: Ledger) -> None:
    views = all_views(whole, as_of=AS_OF)
    assert all(views.values())
    assert any(len(event["reports"]) > 1 for event in views["events"])
    assert any(told["duplicate_of"] for told in views["articles"])


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6), batch=st.sampled_from([4, 18]))
def test_order_and_batches_don_t_matter(fill: Callable[..., Ledger], whole: Ledger, seed: int, batch: int) -> None:
    assert all_views(fill(shuffled(MANY, seed), batch), as_of=AS_OF) == all_views(whole, as_of=AS_OF)


@settings(max_examples=6, deadline=None)
@given(day=st.sampled_from(DAYS), before=st.integers(0, 1), seed=st.integers(0, 10**6))
def test_what_was_known_by_a_day_is_what_a_ledger_of_that_day_holds(
    fill: Callable[..., Ledger], whole: Ledger, day: date, before: int, seed: int
) -> None:
    day -= timedelta(before)
    until_then = [told for told in MANY if (told.date.value or "2025-06-01") <= day.isoformat()]
    then = fill(shuffled(until_then, seed), 5)
    assert all_views(whole, known_by=day) == all_views(then, known_by=day)
    assert all_views(whole, known_by=day, as_of=AS_OF) == all_views(then, as_of=AS_OF)


def test_what_was_judged_by_a_day_is_what_the_ledger_held_before(fill: Callable[..., Ledger]) -> None:
    ledger = fill(MANY, 200)
    before = all_views(ledger, as_of=AS_OF)
    joined = max(before["events"], key=lambda event: len(event["reports"]))
    other = next(event for event in before["events"] if event["id"] != joined["id"])
    ledger.correct(joined["id"], "split", who="Ada", why="they are two")
    ledger.correct(other["id"], "reject", who="Ada", why="it never was")
    ledger.correct(before["measures"][0]["id"], "retype", "embargo", who="Ada", why="it says so")
    after = all_views(ledger, as_of=AS_OF)
    assert after["events"] != before["events"]
    assert after["measures"] != before["measures"]
    assert all_views(ledger, as_of=AS_OF, judged_by="2025-05-31") == before
    assert all_views(ledger, as_of=AS_OF, judged_by="2025-06-01") == after


def test_reading_again_is_as_if_it_had_never_been_read_otherwise(fill: Callable[..., Ledger]) -> None:
    first = [replace(told, events=(), measures=(), talks=(), claims=()) for told in MANY[:9]]
    assert all_views(fill([*first, *MANY], 5), as_of=AS_OF) == all_views(fill(MANY, 5), as_of=AS_OF)
