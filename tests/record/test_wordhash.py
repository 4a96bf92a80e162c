"""Sentences' words as numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.record.wordhash import hashed


def test_inflected_words_are_one() -> None:
    assert hashed("It vetoed talks") == hashed("Vetoes of the talk")


def test_words_that_say_nothing_leave_nothing() -> None:
    assert hashed("It was said on Monday that they would") == []


def test_figures_and_names_count() -> None:
    assert len(hashed("Türkiye's 2000 soldiers")) == 3
    assert hashed("Türkiye’s") == hashed("Türkiye")


def test_the_numbers_are_the_same_on_every_machine() -> None:
    assert hashed("harbour") == [359356526591091938]


@given(st.text())
def test_sorted_and_each_once(text: str) -> None:
    numbers = hashed(text)
    assert numbers == sorted(set(numbers))
    assert all(0 <= number < 2**64 for number in numbers)
    assert hashed(text + " " + text) == numbers
