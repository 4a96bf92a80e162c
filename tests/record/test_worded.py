"""Rows that may say a phrase are found before they are read: coarsely, but none is missed."""

from __future__ import annotations

import sys

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.institutions.tellings import Words
from rapporteur.record import worded

PHRASES = ("NATO", "who", "WHO", "gave notice", "New START", "Weser accord", "a year s notice", "pass", "Ålesund pact")
MARKS = st.sampled_from([" ", ", ", ".", "'", "’", "_", "-", "\n", "", "é"])
WORD = st.sampled_from(
    sorted({word for phrase in PHRASES for word in phrase.split()} | {"paß", "ſtart", "nato", "Who"})
)
SAID = st.lists(st.tuples(WORD, MARKS), max_size=6).map(lambda parts: "".join(word + mark for word, mark in parts))


def may_say(text: str, *phrases: str) -> bool:
    with duckdb.connect() as con:
        ((found,),) = con.execute(
            f"SELECT {worded.holds(phrases, 'said')} FROM (SELECT $said::TEXT AS said)", {"said": text}
        ).fetchall()
    return bool(found)


@settings(max_examples=60, deadline=None)
@given(SAID, st.sampled_from(PHRASES))
def test_what_says_a_phrase_is_never_left_out(text: str, phrase: str) -> None:
    assert may_say(text, phrase) or not Words(text).has([phrase])


def test_what_says_nothing_of_it_is_left_out() -> None:
    assert not may_say("Ministers asked who would keep the notes of it.", "WHO", "gave notice")
    assert may_say("Norway gave, at last, notice; it  gave  notice.", "gave notice")


def test_letters_that_become_plain_ones_without_capitals_are_unsure() -> None:
    plain = set("abcdefghijklmnopqrstuvwxyz")
    for code in range(128, sys.maxunicode):
        if plain & set(chr(code).casefold()):
            assert may_say(f"x{chr(code)}x", "treaty"), hex(code)
