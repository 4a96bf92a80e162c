"""Numbers in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.events.quantity import number, number_marks, quantities

ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(n: int, joint: str = " and ", hyphen: str = "-") -> str:
    """An English numeral for ``n``, in the British or the American manner."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (hyphen + ONES[n % 10] if n % 10 else "")
    for value, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= value:
            rest = n % value
            link = joint if rest < 100 else " "
            return f"{spelled(n // value, joint, hyphen)} {name}" + (
                f"{link}{spelled(rest, joint, hyphen)}" if rest else ""
            )
    raise AssertionError


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("five", 5, 5),
        ("2,000", 2000, 2000),
        ("1.5 million", 1_500_000, 1_500_000),
        ("half a million", 500_000, 500_000),
        ("a hundred and six", 106, 106),
        ("two dozen", 24, 24),
        ("about 200", 200, 200),
        ("some 200", 200, 200),
        ("at least five", 5, None),
        ("no fewer than ten", 10, None),
        ("ten or more", 10, None),
        ("more than 100", 101, None),
        ("more than a dozen", 13, None),
        ("up to 30", None, 30),
        ("as many as 5,000", None, 5000),
        ("nearly 40,000", None, 40_000),
        ("fewer than 50", None, 49),
        ("between 20 and 30", 20, 30),
        ("20 to 30", 20, 30),
        ("20-30", 20, 30),
        ("two or three", 2, 3),
        ("two to three million", 2_000_000, 3_000_000),
        ("dozens", 24, None),
        ("scores", 40, None),
        ("hundreds", 200, None),
        ("tens of thousands", 20_000, None),
        ("tens-of-thousands", 20_000, None),
        ("several", 3, None),
        ("several hundred", 300, None),
        ("a few thousand", 3000, None),
        ("a couple of dozen", 24, 24),
    ],
)
def test_bounds_are_inclusive_and_none_where_open(words: str, least: int | None, most: int | None) -> None:
    text = f"The blast hurt {words} people."
    [found] = quantities(text)
    assert (text[found.start : found.end], found.min, found.max) == (words, least, most)


@pytest.mark.parametrize(
    "text",
    ["$500 was paid.", "It rose 5%.", "It rose 5 percent.", "the 21st century", "at 5:30", "11.5 people", "room B12"],
)
def test_money_shares_ordinals_times_and_parts_are_no_numbers_of_people(text: str) -> None:
    assert quantities(text) == []


def test_numbers_stand_apart() -> None:
    assert [(q.min, q.max) for q in quantities("It killed one and wounded two.")] == [(1, 1), (2, 2)]


@given(st.integers(0, 9_999_999), st.sampled_from([" and ", " "]), st.sampled_from(["-", " "]))
def test_every_numeral_is_read_in_words(n: int, joint: str, hyphen: str) -> None:
    words = spelled(n, joint, hyphen)
    assert number(words) == n
    [found] = quantities(f"there were {words} of them")
    assert (found.min, found.max) == (n, n)


@given(st.integers(0, 10**9))
def test_every_number_is_read_in_digits(n: int) -> None:
    for words in (f"{n:,}", str(n)):
        assert [(q.min, q.max) for q in quantities(f"there were {words} of them")] == [(n, n)]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_range_has_the_smaller_number_first(one: int, other: int) -> None:
    [found] = quantities(f"between {one:,} and {other:,} people")
    assert (found.min, found.max) == (min(one, other), max(one, other))


@given(st.text(alphabet="0123456789,.-–$% aodefhinrstuvwy", max_size=60))
def test_numbers_of_any_text_are_in_order_apart_and_sensible(text: str) -> None:
    end = 0
    for found in quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert found.min is None or found.max is None or 0 <= found.min <= found.max
        end = found.end


@given(st.lists(st.sampled_from([*sorted(number_marks()), "a", "of", "and", "at", "least", "men"]), max_size=6))
def test_what_no_mark_tells_of_is_no_number(words: list[str]) -> None:
    text = " ".join(words)
    assert not quantities(text) or number_marks() & set(words)
