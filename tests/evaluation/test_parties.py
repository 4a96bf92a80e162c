"""Gold's parties one by one: whom does the reading take them for?"""

from __future__ import annotations

from typing import Any

import pytest

from rapporteur.evaluation.parties import PartyAnswer, PartyProbe, party_figures

from .conftest import as_document

TEXT = (
    "Angela Merkel met French ministers in Berlin. She later called Mario Zwicky, a shepherd. "
    "The African Union urged Germany to talk. Many disputed the White House statement."
)
SENTENCES = [[0, 45], [46, 88], [89, 129], [130, 170]]


def event(sentence: int, words: str, *parties: tuple[str, str | None]) -> dict[str, Any]:
    start = TEXT.index(words)
    actors = [{"text": text, "code": code} for text, code in parties]
    return {
        "sentence": sentence, "type": "CONSULT", "trigger": [start, start + len(words)], "actors": actors,
        "recipients": [], "status": "actual",
    }  # fmt: skip


@pytest.fixture(scope="module")
def answers() -> dict[str, PartyAnswer]:
    events = [
        event(0, "met", ("Angela Merkel", "DEU"), ("French ministers", "FRA"), ("someone else", "FRA")),
        event(1, "called", ("She", "DEU"), ("Mario Zwicky", "CHE"), ("a shepherd", None)),
        event(2, "urged", ("The African Union", "IGO"), ("Germany", "FRA")),
        event(3, "disputed", ("the White House", "USA")),
    ]
    document = {"id": "a", "date": "2016-05-06", "text": TEXT, "sentences": SENTENCES, "events": events}
    return {answer.text: answer for answer in PartyProbe().answers(as_document(document))}


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("Angela Merkel", "person", True),
        ("French ministers", "group", True),
        ("She", "pronoun", True),
        ("Mario Zwicky", "name", False),
        ("The African Union", "organisation", True),
        ("Germany", "state", False),
        ("the White House", "organisation", True),
    ],
)
def test_each_party_by_what_kind_of_words_it_is(
    answers: dict[str, PartyAnswer], text: str, kind: str, right: bool
) -> None:
    assert (answers[text].kind, answers[text].right) == (kind, right)


def test_what_the_sentence_does_not_name_or_gold_does_not_code_is_not_asked(answers: dict[str, PartyAnswer]) -> None:
    assert not {"someone else", "a shepherd"} & set(answers)


def test_shares_are_of_those_asked_by_kind() -> None:
    asked = [
        PartyAnswer("a", "", "he", "pronoun", "PER", ("PER",)),
        PartyAnswer("a", "", "they", "pronoun", "PER", ("CHL", "PER")),
        PartyAnswer("a", "", "it", "pronoun", "PER", ()),
        PartyAnswer("a", "", "Peru", "state", "PER", ("CHL",)),
    ]
    assert party_figures(asked) == {
        "all": {"right": 0.5, "unknown": 0.25, "n": 4},
        "state": {"right": 0.0, "unknown": 0.0, "n": 1},
        "pronoun": {"right": 0.667, "unknown": 0.333, "n": 3},
    }
