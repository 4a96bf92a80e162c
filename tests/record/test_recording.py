"""Articles are recorded once, whatever way they come."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import LineError
from rapporteur.model import Article, PublicationDate
from rapporteur.record.ledger import Ledger
from rapporteur.record.recording import Recorded, batches

from .made import NOON, noon, shuffled, stories, story, with_mentions

MANY = stories(16, seed=5)
DATES = sorted({told.date.value for told in MANY if told.date.value})


def ids(table: pa.Table) -> list[str]:
    return list(table["id"].to_pylist())


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "news.duckdb", clock=noon)


@pytest.fixture(scope="module")
def fill(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ledger]:
    """A new ledger with these articles."""

    def fill(articles: Sequence[Article], batch: int = 200) -> Ledger:
        made = Ledger(tmp_path_factory.mktemp("ledger") / "news.duckdb", clock=noon)
        made.record(articles, batch=batch)
        return made

    return fill


# -- once ------------------------------------------------------------------------------------------------------


def test_what_is_recorded_is_counted(ledger: Ledger) -> None:
    done = ledger.record([story("a"), with_mentions(story("b"))])
    assert done == Recorded(new=2, reports=2, mentions=5)


def test_the_same_again_changes_nothing(ledger: Ledger) -> None:
    ledger.record(MANY)
    before = ledger.view("articles")
    assert ledger.record(MANY) == Recorded(unchanged=16)
    assert ledger.view("articles").equals(before)


def test_a_line_of_the_reader_s_output_is_the_article(ledger: Ledger) -> None:
    told = with_mentions(story("a"))
    ledger.record([told])
    assert ledger.record([told.to_dict()]) == Recorded(unchanged=1)


def test_another_path_of_the_same_page_is_no_other_reading(ledger: Ledger) -> None:
    ledger.record([replace(story("a"), page="news/a.txt")])
    assert ledger.record([replace(story("a"), page="./news/a.txt")]) == Recorded(unchanged=1)


def test_an_article_read_otherwise_is_read_again_and_its_last_reading_counts(ledger: Ledger) -> None:
    ledger.record([story("a"), story("b")])
    again = replace(story("a"), headline="Corrected", events=())
    assert ledger.record([again]) == Recorded(reread=1)
    rows = ledger.view("articles").to_pylist()
    assert [(row["id"], row["headline"], row["events"]) for row in rows] == [("a", "Corrected", 0), ("b", None, 1)]


def test_what_was_read_before_stays_in_the_first_layer(ledger: Ledger) -> None:
    ledger.record([story("a")])
    ledger.record([replace(story("a"), headline="Corrected", events=())])
    with ledger._store.reading() as con:
        assert con.execute("SELECT count(*) FROM readings").fetchall() == [(2,)]
        assert con.execute("SELECT count(*) FROM reports").fetchall() == [(1,)]
        assert con.execute("SELECT count(*) FROM report_links").fetchall() == [(0,)]


def test_a_reading_that_was_there_before_changes_nothing_even_if_another_is_current(ledger: Ledger) -> None:
    corrected = replace(story("a"), headline="Corrected")
    ledger.record([story("a"), corrected])
    assert ledger.record([story("a"), corrected]) == Recorded(unchanged=2)
    assert ledger.view("articles")["headline"].to_pylist() == ["Corrected"]


def test_of_two_readings_in_one_batch_the_later_counts(ledger: Ledger) -> None:
    done = ledger.record([story("a"), replace(story("a"), headline="Corrected")])
    assert (done.new, done.reread) == (1, 1)
    assert ledger.view("articles")["headline"].to_pylist() == ["Corrected"]


def test_articles_that_come_slowly_are_kept_before_a_batch_is_full() -> None:
    now = itertools.count(0, 4)  # each look at the clock is four seconds after the one before
    sizes = [len(batch) for batch in batches(stories(10, 1, "s"), 100, clock=lambda: float(next(now)))]
    assert sum(sizes) == 10 and len(sizes) > 1 and max(sizes) < 10
    assert [len(batch) for batch in batches(stories(10, 1, "s"), 4, clock=lambda: 0.0)] == [4, 4, 2]


def test_what_is_no_article_is_named_and_batches_before_it_are_kept(ledger: Ledger) -> None:
    with pytest.raises(LineError, match=r"^article 3: no article: .*missing required field"):
        ledger.record([story("a"), story("b"), {"id": "c"}], batch=2)
    assert ids(ledger.view("articles")) == ["a", "b"]


def test_an_event_id_of_two_articles_is_refused_and_nothing_of_the_batch_kept(ledger: Ledger) -> None:
    other = story("b")
    clash = replace(other, events=(replace(other.events[0], id="a-1"),))
    with pytest.raises(Exception, match="an id stands for two different things"):
        ledger.record([story("a"), clash])
    assert ledger.view("articles").num_rows == 0


# -- when it was published -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "published"),
    [("2025-02-03", date(2025, 2, 3)), ("2025-02", date(2025, 2, 28)), ("2024", date(2024, 12, 31))],
)
def test_published_is_the_last_day_of_what_is_known(ledger: Ledger, told: str, published: date) -> None:
    ledger.record([story("a", told)])
    assert ledger.view("articles")["published"].to_pylist() == [published]


def test_without_a_date_it_is_the_day_of_the_first_recording(tmp_path: Path) -> None:
    days = iter([datetime(2025, 3, 1), datetime(2025, 4, 1)])
    ledger = Ledger(tmp_path / "news.duckdb", clock=lambda: next(days))
    ledger.record([story("a", None)])
    ledger.record([replace(story("a", None), headline="Corrected")])
    with ledger._store.reading() as con:
        assert con.execute("SELECT published FROM current").fetchall() == [(date(2025, 3, 1),)]


# -- in whatever order -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(fill: Callable[..., Ledger]) -> Ledger:
    return fill(MANY)


def test_a_batch_of_an_archive_leaves_what_small_ones_leave(fill: Callable[..., Ledger]) -> None:
    archive = [story(f"a{n}", f"2025-01-{1 + n % 28:02d}", tail=f"It was meeting {n}.") for n in range(1100)]
    assert derived(fill(archive, 1100)) == derived(fill(archive, 400))


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), batch=st.sampled_from([3, 5, 16]))
def test_order_and_batches_don_t_matter(fill: Callable[..., Ledger], whole: Ledger, seed: int, batch: int) -> None:
    other = fill(shuffled(MANY, seed), batch)
    assert other.view("articles").equals(whole.view("articles"))
    assert derived(other) == derived(whole)


@settings(max_examples=6, deadline=None)
@given(day=st.sampled_from(DATES), seed=st.integers(0, 10**6), batch=st.sampled_from([3, 5, 16]))
def test_what_was_known_by_a_day_is_what_a_ledger_of_that_day_holds(
    fill: Callable[..., Ledger], whole: Ledger, day: str, seed: int, batch: int
) -> None:
    published_by_then = [told for told in MANY if (told.date.value or "2025-06-01") <= day]
    then = fill(shuffled(published_by_then, seed), batch)
    assert whole.view("articles", known_by=day).equals(then.view("articles"))


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_reading_again_leaves_what_a_ledger_of_the_last_readings_has(fill: Callable[..., Ledger], seed: int) -> None:
    chosen = shuffled(MANY, seed)
    again = [replace(told, date=PublicationDate("2025-02-11", "given"), outlet="The Herald") for told in chosen[:6]]
    reread = fill([*chosen, *again], batch=5)
    assert derived(reread) == derived(fill([*again, *chosen[6:]]))


def derived(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """What the ledger reckoned, in an order of its own."""
    queries = {
        "current": "SELECT * FROM current",
        "copies": "SELECT * FROM copies",
        "bands": "SELECT * FROM bands",
        "report_links": "SELECT report, reading, parent, event, score, because FROM report_links",
    }
    with ledger._store.reading() as con:
        return {name: sorted(con.execute(query).fetchall(), key=repr) for name, query in queries.items()}


# -- the view --------------------------------------------------------------------------------------------------


def test_the_view_says_how_much_an_article_tells(ledger: Ledger) -> None:
    ledger.record([with_mentions(story("a", "2025-01-10", outlet="The Herald", agency="Wire"))])
    (row,) = ledger.view("articles").to_pylist()
    assert row | {"version": "", "recorded": NOON} == {
        "id": "a", "page": None, "headline": None, "date": {"value": "2025-01-10", "basis": "given"},
        "published": date(2025, 1, 10), "outlet": "The Herald", "agency": "Wire", "dateline_place": None,
        "duplicate_of": None, "events": 1, "measures": 2, "talks": 1, "claims": 2, "recorded": NOON, "version": "",
    }  # fmt: skip


@pytest.fixture(scope="module")
def three(fill: Callable[..., Ledger]) -> Ledger:
    return fill(
        [
            story("c", "2025-03-01", "Ostmark", "threatened", "Westria"),
            story("a", "2025-01-10"),
            with_mentions(story("b", "2025-01-10", "Westria", "sent grain to", "Norland")),
        ]
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "a b c"),
        ({"actor": "NOR"}, "a b"),
        ({"actor": ["Austria", "Sweden"]}, "a c"),
        ({"actor": "Spain", "with_": "Norway"}, "b"),
        ({"type": "THREATEN"}, "c"),
        ({"type": "ban"}, "b"),
        ({"since": "2025-01-11"}, "c"),
        ({"until": "2025-02-28"}, "a b"),
        ({"known_by": "2025-01-10"}, "a b"),
        ({"country": "Austria"}, "c"),
        ({"limit": 2}, "a b"),
        ({"limit": 1, "after": "a"}, "b"),
        ({"after": "c"}, ""),
    ],
)
def test_what_is_asked_for_is_found(three: Ledger, asked: dict[str, object], found: str) -> None:
    assert ids(three.view("articles", **asked)) == found.split()  # type: ignore[arg-type]
