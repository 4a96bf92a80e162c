"""The two clocks, and that neither the order of loading nor the batches change what the ledger tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.model import MeasureMention, TalksMention
from rapporteur.record import mention_links
from rapporteur.record.fold_measures import stood
from rapporteur.record.query import Query
from rapporteur.record.standing_items import chosen, items, judged

from .standing_ledger import Book, Page, claim, measure, page, talks

VIEWS = ("measures", "talks", "claims")
FIRST = date(2020, 1, 1)
NATIONS = st.sampled_from(["NOR", "SWE", "DNK"])
DAYS = st.integers(0, 900).map(lambda n: FIRST + timedelta(n))
ISO = DAYS.map(date.isoformat).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))


@st.composite
def measures(draw: st.DrawFn) -> MeasureMention:
    kind = draw(st.sampled_from(["sanction", "tariff", "detention", "ceasefire"]))
    by, on = draw(st.lists(NATIONS, max_size=2)), draw(st.lists(NATIONS, min_size=1, max_size=1))
    since = draw(st.none() | st.tuples(ISO, st.sampled_from(["stated", "inferred", "report"])))
    status = draw(st.sampled_from(["threatened", "in force", "disputed", "ended"]))
    object = draw(st.sampled_from([None, "fish", "timber from Valby"]))
    return measure(kind, by, on, object, status, " ".join(since) if since else None, draw(st.none() | ISO))


@st.composite
def series(draw: st.DrawFn) -> TalksMention:
    sides = draw(st.lists(NATIONS, min_size=1, max_size=3, unique=True))
    status = draw(st.sampled_from(["planned", "under way", "concluded", "failed", "suspended"]))
    subject = draw(st.sampled_from([None, "fisheries", "the ferry"]))
    return talks(sides, subject, status, draw(st.lists(ISO, max_size=2)), next=draw(st.none() | ISO))


@st.composite
def claims(draw: st.DrawFn) -> list[Any]:
    content = draw(st.sampled_from(["the ferry was turned back at sea", "nobody was turned back", "fish was dumped"]))
    says = claim(draw(NATIONS), content, draw(st.sampled_from(["assert", "accuse"])))
    denies = claim(draw(NATIONS), "the ferry never left the harbour", "deny", answers=0, answer="rejects")
    return [says, denies]


@st.composite
def pages(draw: st.DrawFn) -> list[Page]:
    days = draw(st.lists(DAYS, min_size=1, max_size=7))
    told = []
    for number, day in enumerate(days):
        mentions = [
            *draw(st.lists(st.one_of(measures(), series()), max_size=3)),
            *(draw(claims()) if number % 3 == 0 else []),
        ]
        told.append(page(day.isoformat(), *mentions, id=f"a{number}"))
    return told


def everything(book: Book, as_of: date, **asked: Any) -> list[Any]:
    return [book.view(name, as_of.isoformat(), **asked) for name in VIEWS]


@settings(max_examples=12, deadline=None)
@given(pages(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_of_loading_and_batches_change_nothing(told: list[Page], chance: Any, size: int) -> None:
    at_once = Book(*sorted(told, key=lambda p: (p.published, p.id)))
    mixed = list(told)
    chance.shuffle(mixed)
    by_parts = Book()
    for start in range(0, len(mixed), size):
        by_parts.record(*mixed[start : start + size])
    assert everything(by_parts, date(2024, 1, 1)) == everything(at_once, date(2024, 1, 1))


@settings(max_examples=12, deadline=None)
@given(pages(), DAYS, DAYS)
def test_what_was_known_by_a_day_is_what_a_ledger_of_that_day_holds(told: list[Page], day: date, as_of: date) -> None:
    then = Book(*(p for p in told if p.published <= day))
    assert everything(Book(*told), as_of, known_by=day.isoformat()) == everything(then, as_of)


@settings(max_examples=6, deadline=None)
@given(pages(), pages())
def test_articles_read_again_leave_no_trace_of_the_first_reading(told: list[Page], first: list[Page]) -> None:
    again = Book(*first[: len(told)]).record(*told)
    assert everything(again, date(2024, 1, 1)) == everything(Book(*told), date(2024, 1, 1))


@settings(max_examples=4, deadline=None)
@given(pages())
def test_linking_all_anew_gives_the_same(told: list[Page]) -> None:
    book = Book(*reversed(told))
    before = everything(book, date(2024, 1, 1))
    mention_links.relink(book.con)
    assert everything(book, date(2024, 1, 1)) == before


@settings(max_examples=12, deadline=None)
@given(pages(), DAYS, st.integers(0, 400), DAYS)
def test_what_stood_between_two_days_is_what_each_fold_says(
    told: list[Page], since: date, days: int, as_of: date
) -> None:
    book, until = Book(*told), since + timedelta(days)
    query = Query(as_of=as_of)
    with judged(book.con, query) as words:
        found = items(book.con, "measure", query, chosen(book.con, "measure", query, words), words)
    stands = [f"m-{item.root}" for item in found if stood(item.tellings, since, until, as_of)]
    asked = book.measures(as_of.isoformat(), since=since.isoformat(), until=until.isoformat())
    assert [row["id"] for row in asked] == stands


def split_in_three() -> tuple[Book, list[str]]:
    """Three reports of one measure, and the ids of their mentions."""
    book = Book(*(page(f"2021-0{n}-01", measure("sanction", ["NOR"], ["SWE"])) for n in (1, 2, 3)))
    (row,) = book.measures()
    return book, [report["mention"] for report in row["reports"]]


def test_a_split_takes_a_mention_and_what_follows_it_out() -> None:
    book, (first, second, third) = split_in_three()
    book.judge(second, "split", day="2021-06-01")
    assert [[r["mention"] for r in row["reports"]] for row in book.measures()] == [[first], [second, third]]


def test_a_merge_joins_what_the_rule_keeps_apart() -> None:
    book = Book(
        page("2021-01-01", measure("sanction", ["NOR"], ["SWE"])), page("2021-02-01", measure("ban", ["NOR"], ["DNK"]))
    )
    one, other = (row["reports"][0]["mention"] for row in book.measures())
    book.judge(other, "merge", one)
    assert [r["mention"] for r in book.one()["reports"]] == [one, other]


def test_a_judgement_is_not_there_before_it_was_made() -> None:
    book, (_, second, _) = split_in_three()
    book.judge(second, "split", day="2021-06-01")
    assert len(book.one(judged_by="2021-05-31")["reports"]) == 3
    assert len(book.measures(judged_by="2021-06-01")) == 2


def test_a_judgement_outlives_that_its_article_is_read_again() -> None:
    book, (_, second, _) = split_in_three()
    book.judge(second, "split", day="2021-06-01")
    book.record(replace(page("2021-02-01", measure("sanction", ["NOR"], ["SWE"], "fish")), id="a-2021-02-01"))
    assert len(book.measures()) == 2


def test_what_was_judged_wrong_is_left_out_unless_asked_for() -> None:
    book, mentions = split_in_three()
    for mention in mentions:
        book.judge(mention, "reject", day="2021-06-01")
    assert book.measures() == []
    assert book.one(rejected=True)["judgement"] == "reject"
    assert book.one(judged_by="2021-05-01")["judgement"] is None


def test_a_kind_may_be_put_right() -> None:
    book, mentions = split_in_three()
    for mention in mentions:
        book.judge(mention, "retype", "embargo", day="2021-06-01")
    assert book.one(types=("embargo",))["kind"] == "embargo"
    assert book.measures(types=("sanction",)) == []
