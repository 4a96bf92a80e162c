"""Times in words, and what they come to from Wednesday, 15 May 2024."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.events.reckon import Period, Reckoner
from rapporteur.events.timex import grammar
from rapporteur.knowledge.datewords import DateWords

ARTICLE = date(2024, 5, 15)
ISO = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


def values(text: str, base: date | None = ARTICLE, *, ahead: bool = False) -> list[str | None]:
    """The value of each time in the text, each reckoned with the one before it as anchor."""
    reckoner = Reckoner(DateWords.load(), base)
    out: list[str | None] = []
    anchor: Period | None = None
    for expression in grammar().expressions(text):
        period = reckoner.period(expression, ahead, anchor)
        out.append(period.value if period else None)
        anchor = period or anchor
    return out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # A day
        ("on 7 October 2023", "2023-10-07"),
        ("on October 7, 2023", "2023-10-07"),
        ("on the 7th of October 2023", "2023-10-07"),
        ("on 7 Oct. 2023", "2023-10-07"),
        ("on 2023-10-07", "2023-10-07"),
        ("on March 3", "2024-03-03"),
        ("on 28 November", "2023-11-28"),  # the last one before the article
        ("on the eve of 1 March 2024", "2024-02-29"),
        ("on Monday", "2024-05-13"),
        ("on Monday night", "2024-05-13"),
        ("on Wednesday", "2024-05-15"),  # the article's own day
        ("last Wednesday", "2024-05-08"),
        ("next Tuesday", "2024-05-21"),
        ("yesterday", "2024-05-14"),
        ("last night", "2024-05-14"),
        ("the day before yesterday", "2024-05-13"),
        ("this morning", "2024-05-15"),
        ("two days ago", "2024-05-13"),
        # A month
        ("in October 2023", "2023-10"),
        ("since October", "2023-10"),
        ("last December", "2023-12"),
        ("last May", "2023-05"),
        ("early in March", "2024-03"),
        ("in mid-April", "2024-04"),
        ("earlier this month", "2024-05"),
        ("last month", "2024-04"),
        ("a month ago", "2024-04"),
        # A year
        ("in 2018", "2018"),
        ("the summer of 2014", "2014"),
        ("this spring", "2024"),
        ("last year", "2023"),
        ("three years ago", "2021"),
        ("by the end of the year", "2024"),
        # A span is the narrowest date that holds it
        ("from 11 to 13 November 2023", "2023-11"),
        ("on November 11 and 12", "2023-11"),
        ("from 28 April to 3 May", "2024"),
        ("from March to April 2019", "2019"),
        ("from December to February", None),
        ("last week", "2024-05"),
        ("this week", "2024-05"),
        ("two weeks ago", "2024"),  # 29 April to 5 May
        ("overnight", "2024-05"),
        ("late Sunday or early Monday", "2024-05"),
        ("earlier in the week", "2024-05"),
        ("over the past two days", "2024-05"),
        ("over the past week", "2024-05"),
        ("in the last three weeks", "2024"),  # since 24 April
        ("over the past year", None),
        ("over the weekend", "2024-05"),
        ("between 2003 and 2011", None),
        ("in the 1990s", None),
        ("last winter", None),
        # Nothing to reckon with
        ("on 31 April", None),
        ("999 years ago", "1025"),
        ("the following day", None),
    ],
)
def test_a_time_and_its_value(text: str, value: str | None) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Friday", "2024-05-17"),
        ("on Wednesday", "2024-05-15"),
        ("next Wednesday", "2024-05-22"),
        ("in June", "2024-06"),
        ("in March", "2025-03"),
        ("on May 20", "2024-05-20"),
        ("tomorrow", "2024-05-16"),
        ("next month", "2024-06"),
        ("next year", "2025"),
    ],
)
def test_what_is_still_to_come(text: str, value: str) -> None:
    assert values(text, ahead=True) == [value]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("on 3 May 2020 ... two days later", ["2020-05-03", "2020-05-05"]),
        ("on 3 May 2020 ... the following day", ["2020-05-03", "2020-05-04"]),
        ("on 3 May 2020 ... three months later", ["2020-05-03", "2020-08"]),
        ("on 3 May 2020 ... a year earlier", ["2020-05-03", "2019"]),
        ("on 13 May 2020 ... a week earlier", ["2020-05-13", "2020-05"]),
        ("on 3 May 2020 ... the following Monday", ["2020-05-03", "2020-05-04"]),
        ("in May 2020 ... the same month", ["2020-05", "2020-05"]),
        ("in May 2020 ... two days later", ["2020-05", None]),
        ("in 2020 ... the same month", ["2020", None]),
    ],
)
def test_a_time_reckoned_from_the_one_before(text: str, read: list[str | None]) -> None:
    assert values(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "they may march in silence",
        "a crowd of 2,015 people",
        "paid $1999.50 for it",
        "Mayor Augustin marched",
        "for two years",
        "in the past weeks",
        "the Monthly",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["on Monday", "in March", "yesterday", "last year", "two days ago", "on 3 May"])
def test_without_the_articles_date_only_what_is_stated_in_full_is_known(text: str) -> None:
    assert values(text, None) == [None]
    assert values("on 3 May 2020", None) == ["2020-05-03"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("in 2018", "at"),
        ("since 2018", "since"),
        ("until 2018", "until"),
        ("before the end of March", "until"),
        ("by early March", "until"),
        ("from 2018", "since"),
        ("from 3 to 5 May", "at"),
        ("by the end of the year", "at"),
        ("on the eve of 3 May", "eve"),
    ],
)
def test_when_since_when_or_until_when(text: str, lead: str) -> None:
    assert [e.lead for e in grammar().expressions(text)] == [lead]


WORDS = (
    "on in of the last this next past a two 3 31 99 2 12 2019 1999 2024-02-30 to and - ago later earlier until "
    "since by Monday March May Dec. week weeks days month year winter yesterday overnight same following "
    "eve 's , end ٣ 1990s"
).split()


@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2099, 12, 31))),
    st.booleans(),
)
def test_any_text_gives_iso_dates_or_nothing_and_the_same_each_time(text: str, base: date | None, ahead: bool) -> None:
    found = values(text, base, ahead=ahead)
    assert all(value is None or ISO.fullmatch(value) for value in found)
    assert found == values(text, base, ahead=ahead)
    spans = [(e.start, e.end) for e in grammar().expressions(text)]
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
