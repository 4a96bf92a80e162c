"""Days, months and hours: how a case's dates are read, compared and counted on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.institutions import times
from tests.institutions.made import few

DAYS = st.dates(date(1850, 1, 1), date(2150, 12, 31))
LENGTHS = st.integers(0, 400)


def after(start: str, number: int, unit: str) -> str | None:
    return times.day_text(times.shift(times.parse(start), number, unit))


# -- reading -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("1972-10-03", "1972-10-03"),
        ("1972-10", "1972-10-01"),
        ("1972", "1972-01-01"),
        ("1972-10-03T23:10:00Z", "1972-10-03"),
    ],
)
def test_a_day_a_month_a_year_and_an_instant_count_from_their_first_day(told: str, first: str) -> None:
    assert times.day_text(times.parse(told)) == first


@pytest.mark.parametrize(
    "told",
    [
        "",
        "soon",
        "1972-13-01",
        "1972-02-30",
        "1971-02-29",
        "72-10-03",
        "1972-10-3",
        "1972-10-03T10:00:00",
        "١٩٧٢-١٠-٠٣",
        "0000-01-01",
        "1799-12-31",
        "3901-01-01",
        "9999-12-31T00:00:00Z",
    ],
)
def test_what_is_no_day_is_refused(told: str) -> None:
    with pytest.raises(ValueError):
        times.parse(told)


def test_only_an_instant_has_an_hour() -> None:
    assert not times.has_hour(times.parse("2003-02-17"))
    assert times.has_hour(times.parse("2003-02-17T00:00:00Z"))
    assert times.text(times.parse("2003-02-17T09:05:00Z")) == "2003-02-17T09:05:00Z"
    assert times.text(times.parse("2003-02-17")) == "2003-02-17"


def test_no_end_is_later_than_everything_and_has_no_text() -> None:
    assert times.not_after(times.parse("3750-12-31"), times.OPEN)
    assert times.text(times.OPEN) is None
    assert times.day_text(times.OPEN) is None
    assert times.shift(times.OPEN, 1, "years") == times.OPEN
    assert not times.is_over(times.OPEN, times.parse("3750-12-31"))


# -- comparing -----------------------------------------------------------------------------------------------


def test_days_are_compared_as_days_and_hours_only_where_both_have_one() -> None:
    day, morning, evening = (times.parse(t) for t in ("2003-02-17", "2003-02-17T08:00:00Z", "2003-02-17T20:00:00Z"))
    assert times.not_after(morning, evening) and not times.not_after(evening, morning)
    assert times.not_after(evening, day) and times.not_after(day, morning), (
        "without an hour, the same day is the same day"
    )


def test_a_day_runs_out_with_its_end_and_an_hour_when_it_strikes() -> None:
    assert not times.is_over(times.parse("2003-02-17"), times.parse("2003-02-17T23:59:00Z"))
    assert times.is_over(times.parse("2003-02-17"), times.parse("2003-02-18"))
    assert not times.is_over(times.parse("2003-02-17T09:00:00Z"), times.parse("2003-02-17T08:59:00Z"))
    assert times.is_over(times.parse("2003-02-17T09:00:00Z"), times.parse("2003-02-17T09:00:00Z"))
    assert times.is_over(times.parse("2003-02-17T09:00:00Z"), times.parse("2003-02-17")), "a day asked about is its end"


@few(300)
@given(DAYS, DAYS)
def test_numbers_stand_in_the_order_of_the_days(one: date, other: date) -> None:
    assert times.not_after(times.of_day(one), times.of_day(other)) == (one <= other)
    assert times.day_of(times.of_day(one)) == one
    assert times.parse(one.isoformat()) == times.of_day(one)
    assert times.days_between(times.of_day(one), times.of_day(other)) == (other - one).days


@few(300)
@given(DAYS, st.integers(0, 1439))
def test_an_instant_is_written_as_it_was_read(day: date, minute: int) -> None:
    told = f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}:00Z"
    assert times.text(times.parse(told)) == told
    assert times.at_minute(times.of_day(day), minute) == times.parse(told)
    assert times.not_after(times.of_day(day), times.parse(told)) and times.not_after(
        times.parse(told), times.of_day(day)
    )


# -- counting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "number", "unit", "end"),
    [
        ("2021-03-12", 3, "months", "2021-06-12"),  # the day of the same number, not ninety days
        ("2021-08-31", 6, "months", "2022-02-28"),  # the month's last day where it has none
        ("2023-08-31", 6, "months", "2024-02-29"),
        ("2023-11-30", 3, "months", "2024-02-29"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("1899-02-28", 1, "years", "1900-02-28"),  # no leap year
        ("2021-12-31", 2, "months", "2022-02-28"),
        ("2021-10-31", 14, "months", "2022-12-31"),
        ("2024-02-29", 30, "days", "2024-03-30"),
        ("2023-12-31", 150, "days", "2024-05-29"),
        ("2021-01-01", -1, "days", "2020-12-31"),
        ("2021-05-05", 0, "months", "2021-05-05"),
    ],
)  # fmt: skip
def test_terms_are_counted_as_treaties_count_them(start: str, number: int, unit: str, end: str) -> None:
    assert after(start, number, unit) == end


def test_a_term_counts_from_the_day_of_an_instant() -> None:
    assert times.shift(times.parse("2021-03-12T23:59:00Z"), 1, "days") == times.parse("2021-03-13")


@few(300)
@given(DAYS, LENGTHS)
def test_months_keep_the_day_or_take_the_months_last(day: date, months: int) -> None:
    end = times.day_of(times.shift(times.of_day(day), months, "months"))
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@few(300)
@given(DAYS, st.integers(0, 60))
def test_a_year_is_twelve_months_and_a_day_is_a_day(day: date, number: int) -> None:
    start = times.of_day(day)
    assert times.shift(start, number, "years") == times.shift(start, 12 * number, "months")
    assert times.days_between(start, times.shift(start, number, "days")) == number


@few(300)
@given(DAYS, DAYS, LENGTHS, st.sampled_from(("days", "months", "years")))
def test_who_starts_later_never_ends_earlier(one: date, other: date, number: int, unit: str) -> None:
    first, second = sorted((one, other))
    assert times.shift(times.of_day(first), number, unit) <= times.shift(times.of_day(second), number, unit)
