"""The life of a measure: what reports tell, one after the other, and what stands on a day."""

from __future__ import annotations

import pytest

from .standing_ledger import Book, measure, page

TRADE = ("embargo", ["FRA"], ["MLI"])


def life(*told: tuple[str, str], kind: str = "embargo") -> Book:
    """A ledger of one measure: day and status of each report."""
    return Book(*(page(day, measure(kind, ["FRA"], ["MLI"], status=status)) for day, status in told))


def test_a_threat_starts_nothing() -> None:
    book = life(("2021-03-01", "threatened"))
    assert book.one("2021-06-01")["status"] == "threatened"


def test_what_was_threatened_is_in_force_once_a_report_has_it_so() -> None:
    book = life(("2021-03-01", "threatened"), ("2021-03-09", "in force"))
    assert book.one("2021-03-05")["status"] == "threatened"
    assert book.one("2021-03-09")["status"] == "in force"


def test_a_threat_to_widen_it_leaves_a_measure_in_force() -> None:
    book = life(("2021-03-01", "in force"), ("2021-03-20", "threatened"))
    assert book.one("2021-04-01")["status"] == "in force"


def test_threatened_imposed_extended_lifted_reimposed() -> None:
    book = Book(
        page("2014-02-01", measure(*TRADE, status="threatened")),
        page("2014-02-20", measure(*TRADE, since="2014-02-20 report", until="2014-08-31")),
        page("2014-08-20", measure(*TRADE, until="2015-02-28")),
        page("2015-01-15", measure(*TRADE, status="ended", until="2015-01-15")),
        page("2018-06-02", measure(*TRADE, since="2018-06-01")),
    )
    first, again = book.measures("2018-07-01")
    assert (first["since"]["value"], first["until"]["value"], first["status"]) == ("2014-02-20", "2015-01-15", "ended")
    assert (again["since"]["value"], again["until"], again["status"]) == ("2018-06-01", None, "in force")
    assert len(first["reports"]) == 4 and len(again["reports"]) == 1
    told = [(day, [row["status"] for row in book.measures(day, known_by=day)]) for day in (
        "2014-02-10", "2014-09-30", "2015-02-01", "2018-06-02",
    )]  # fmt: skip
    assert told == [
        ("2014-02-10", ["threatened"]),
        ("2014-09-30", ["in force"]),
        ("2015-02-01", ["ended"]),
        ("2018-06-02", ["ended", "in force"]),
    ]


def test_a_told_last_day_ends_it_without_a_further_report() -> None:
    book = Book(page("2020-04-01", measure("state of emergency", ["HUN"], since="2020-03-30", until="2020-06-20")))
    assert book.one("2020-06-20")["status"] == "in force"
    assert book.one("2020-06-21")["status"] == "ended"


def test_a_report_that_has_it_stand_behind_its_last_day_extends_it() -> None:
    book = Book(
        page("2020-04-01", measure("state of emergency", ["HUN"], until="2020-06-20")),
        page("2020-07-02", measure("state of emergency", ["HUN"])),
    )
    row = book.one("2020-07-02")
    assert (row["status"], row["until"]) == ("in force", None)
    assert book.one("2020-06-25", known_by="2020-06-25")["status"] == "ended"  # what was known then


def test_an_announced_onset_is_a_threat_until_that_day() -> None:
    book = Book(page("2019-11-01", measure("tariff", ["USA"], ["FRA"], "cheese", since="2020-01-01")))
    assert book.one("2019-12-31")["status"] == "threatened"
    assert book.one("2020-01-01")["status"] == "in force"


def test_a_threat_of_a_day_stays_a_threat_when_that_day_comes() -> None:
    book = Book(page("2019-11-01", measure("tariff", ["USA"], ["FRA"], status="threatened", since="2020-01-01")))
    assert book.one("2020-03-01")["status"] == "threatened"


def test_a_dispute_stands_until_a_later_report_says_otherwise() -> None:
    book = life(("2022-01-01", "in force"), ("2022-02-01", "disputed"), ("2022-03-01", "in force"), kind="ceasefire")
    assert [book.one(day)["status"] for day in ("2022-01-15", "2022-02-15", "2022-03-15")] == [
        "in force", "disputed", "in force",
    ]  # fmt: skip


def test_in_one_article_a_dispute_outweighs_that_it_stands() -> None:
    told = [measure("ceasefire", ["FRA"], ["MLI"], status=status) for status in ("disputed", "in force")]
    assert Book(page("2022-01-01", *told)).one()["status"] == "disputed"


def test_a_report_that_looks_back_revives_nothing() -> None:
    book = life(("2017-05-01", "in force"), ("2017-09-01", "ended"), ("2017-09-20", "in force"))
    assert book.one()["status"] == "ended"


def test_what_is_told_long_after_an_end_is_another_measure() -> None:
    book = life(("2017-05-01", "in force"), ("2017-09-01", "ended"), ("2018-09-20", "in force"))
    assert [row["status"] for row in book.measures()] == ["ended", "in force"]


def test_a_threat_after_an_end_is_one_of_a_new_measure() -> None:
    book = life(("2017-09-01", "ended"), ("2017-09-20", "threatened"))
    assert [row["status"] for row in book.measures()] == ["ended", "threatened"]


def test_a_later_report_tells_when_it_ended() -> None:
    book = Book(
        page("2016-04-01", measure("siege", ["NOR"], ["Valby (SWE)"], "Valby")),
        page("2016-12-01", measure("siege", ["NOR"], ["Valby (SWE)"], "Valby", status="ended", until="2016-08")),
    )
    assert book.one("2016-07-01")["status"] == "in force"
    assert book.one("2016-10-01")["status"] == "ended"
    assert book.one("2016-10-01", known_by="2016-10-01")["status"] == "in force"  # as was known then


def test_before_its_onset_it_does_not_stand() -> None:
    book = Book(page("2019-05-01", measure(*TRADE, since="2019-03-10")))
    assert book.one("2019-03-09")["status"] == "threatened"
    assert book.one("2019-03-10")["status"] == "in force"


@pytest.mark.parametrize(
    ("onsets", "since"),
    [
        (["2019", "2019-03", "2019-03-10"], "2019-03-10"),  # the most precise
        (["2019-03-10", "2019"], "2019-03-10"),
        (["2019-04", "2019-03"], "2019-03"),  # the earliest
        (["2019-06-01 report", "2019-03 inferred"], "2019-03"),  # its own before the report's
        (["2019-06-01 report", "2019-06-20 report"], "2019-06-01"),
    ],
)
def test_since_is_the_earliest_onset_at_its_most_precise(onsets: list[str], since: str) -> None:
    pages = [page(f"2019-07-0{n}", measure(*TRADE, since=onset)) for n, onset in enumerate(onsets, 1)]
    assert Book(*pages).one()["since"]["value"] == since


def test_an_onset_behind_a_report_that_has_it_stand_is_passed_over() -> None:
    book = Book(page("2019-05-01", measure(*TRADE)), page("2019-07-01", measure(*TRADE, since="2019-06")))
    assert book.one()["since"] is None


def test_the_condition_is_the_latest_told() -> None:
    book = Book(
        page("2019-05-01", measure(*TRADE, ends_when="until the crew is freed")),
        page("2019-05-09", measure(*TRADE, ends_when="until the ship is returned")),
        page("2019-06-01", measure(*TRADE)),
    )
    assert book.one("2019-06-02")["ends_when"] == "until the ship is returned"
    assert book.one("2019-05-05")["ends_when"] == "until the crew is freed"


def test_parties_are_united_under_their_best_names() -> None:
    book = Book(
        page("2019-05-01", measure("sanction", ["Ola Hansen (NOR)"], ["SWE"], "fish")),
        page("2019-05-02", measure("sanction", ["NOR", "DNK"], ["SWE"], "fish and timber")),
        page("2019-05-03", measure("sanction", ["NOR"], ["SWE"])),
    )
    row = book.one()
    assert [party["text"] for party in row["imposers"]] == ["NOR", "DNK"]
    assert (row["object"], [report["article"] for report in row["reports"]]) == (
        "fish and timber", ["a-2019-05-01", "a-2019-05-02", "a-2019-05-03"],
    )  # fmt: skip


def test_a_person_is_shown_by_his_name() -> None:
    book = Book(
        page("2019-05-01", measure("detention", ["NOR"], ["a Swedish skipper (SWE)"])),
        page("2019-05-02", measure("detention", ["NOR"], ["Nils Lund (SWE)"])),
        page("2019-05-03", measure("detention", ["NOR"], ["a skipper (SWE)"])),
    )
    assert [party["text"] for party in book.one()["targets"]] == ["Nils Lund"]
