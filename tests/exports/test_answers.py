"""Answers in sentences: every value of the vocabulary has its words, and nobody reads a code where a name is known."""

from __future__ import annotations

import io
from typing import Any

import pytest

from rapporteur.exports.answers import Pages, asked, patterns, told
from rapporteur.knowledge.answer_words import answer_words
from rapporteur.knowledge.case_words import FACT_TYPES, KEYS, OUTCOMES
from rapporteur.knowledge.institutions import catalogue

#: Keys that have a place of their own, or say what another says.
ELSEWHERE = {
    "outcome", "effective", "default_date", "days", "majority_of", "yes_share_of_voting", "veto_applies",
    "last_ratifier", "also", "readings",
}  # fmt: skip


def page(answer: dict[str, Any], **ask: Any) -> str:
    stream = io.StringIO()
    Pages(stream, width=100).answer(
        {"because": [], "problems": [], **answer}, {"kind": "status", "object": "Pact", "party": None, **ask}, "2031-02"
    )
    return stream.getvalue()


def test_every_outcome_fact_and_key_has_words() -> None:
    words = answer_words()
    outcomes = {outcome for kind in OUTCOMES.values() for outcome in kind}
    assert set(words.outcomes) >= outcomes
    assert set(words.effective) <= outcomes
    assert set(words.asked) == set(words.asked_of_party) == set(OUTCOMES)
    assert set(words.facts) == {*FACT_TYPES, "vote_no"}
    assert set(words.keys) == set(KEYS) - ELSEWHERE


def test_the_words_of_the_question() -> None:
    ask = {"kind": "status", "object": "New START", "party": "USA"}
    assert asked(ask, "2031-02-03") == "How does New START stand for the United States on 3 February 2031?"
    assert asked(ask, "2031", "Who?") == "Who? (How does New START stand for the United States on 2031?)"


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ({"outcome": "adopted", "effective": "2031-02-03"}, ["It is adopted, on 3 February 2031."]),
        ({"outcome": "blocked", "blocked_by": ["CHN", "RUS"], "reason": "veto", "tally": [9, 2, 4]}, [
            "It is blocked.", "Stopped by China and Russia.", "Reason: a veto.",
            "Counted: 9 Yes, 2 No, 4 abstentions.",
        ]),
        ({"outcome": "pending", "effective": "2031-03-01", "deadline": "2031-02-28T12:00:00Z", "until": None}, [
            "Its clock runs, and if nobody acts it takes effect on 1 March 2031.",
            "The last day on which an act counts is 28 February 2031, 12:00 UTC.",
        ]),
        ({"outcome": "deadline", "deadline": "2031-03"}, ["The last day on which an act counts is March 2031."]),
        ({"outcome": "deadline", "deadline": None}, ["No clock runs on it."]),
        ({"outcome": "no_opinion", "blocked_by": [], "effect": "commission_may_adopt"}, [
            "No opinion was delivered: there is no majority either way.", "Effect: the Commission may adopt it.",
        ]),
    ],
)  # fmt: skip
def test_an_outcome_with_its_keys(answer: dict[str, Any], sentences: list[str]) -> None:
    assert told(answer) == sentences


def test_of_a_party_it_is_said_whether_it_is_bound() -> None:
    assert told({"outcome": "withdrawn", "effective": "2031-02-03"}, "NOR") == [
        "It has left, and the others go on, out since 3 February 2031."
    ]


def test_reasons_carry_their_citation_and_readings_their_holders() -> None:
    step = {"rule": "X.y", "citation": "Pact Art. 1", "text": "Norway left.", "facts": [0, 2]}
    reading = {"reading": "notice_valid", "holders": ["NOR"], "outcome": "withdrawn", "effective": "2031-02-03"}
    lines = page({"outcome": "disputed", "because": [step], "readings": [reading]}).splitlines()
    assert "    - Norway left. [Pact Art. 1] (facts 1, 3)" in lines
    assert "    - notice valid, held by Norway: withdrawn, 3 February 2031" in lines


def test_long_lines_hang_under_their_beginning() -> None:
    step = {"rule": "X.y", "citation": "Pact Art. 1", "text": "word " * 60, "facts": []}
    body = page({"outcome": "in_force", "because": [step]}).splitlines()[3:-1]
    assert body[0].startswith("    - word")
    assert all(line.startswith("      word") and len(line) <= 100 for line in body[1:])


def test_a_ledger_s_facts_are_numbered_with_what_they_rest_on() -> None:
    source = {
        "view": "measures", "id": "m-1", "article": "a-1", "text": "Norway left.\x1b[2J", "attributed_to": ["a clerk"],
        "also": ["e-2"],
    }  # fmt: skip
    facts = [
        {"date": "2031-02", "type": "withdraw", "by": ["NOR"], "object": "Pact", "source": source},
        {"date": "2031", "type": "notify", "by": ["ISL"], "object": "Pact", "date_basis": "report", "supposed": True},
        {"date": "2030", "type": "notify", "by": ["ISL"], "object": "Pact", "source": {"view": "history"}},
    ]
    stream = io.StringIO()
    Pages(stream, width=100).used("Pact", facts, [{"view": "events", "id": "e-9", "why": "it is denied", "text": None}])
    assert stream.getvalue().splitlines() == [
        "Facts used:",
        "  1. February 2031: Norway left Pact",
        "     “Norway left. [2J” · in a-1 · according to a clerk · m-1, e-2",
        "  2. 2031: Iceland gave notice under Pact (supposed)",
        "  3. 2030: Iceland gave notice under Pact",
        "     known from history, not told by the ledger",
        "Left aside:",
        "  events e-9: it is denied",
        "",
    ]


def test_how_an_institution_decides_is_said_in_words() -> None:
    known = catalogue().institutions
    assert patterns(known["NATO"])[:2] == ["consensus", "silence procedure"]
    assert patterns(known["EU-QMV"]) == ["majority of members and population"]
    assert all(patterns(institution) for institution in known.values())
