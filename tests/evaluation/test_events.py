"""Figures of events and of single sentences: by hand, and equal to the reference scorers'."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.evaluation.events import align, event_figures
from rapporteur.evaluation.gold import GsrSentence
from rapporteur.evaluation.gsr import gsr_figures

from .conftest import SENTENCES, TEXT, as_document, as_reading, gold_event, gold_line, parties, read_event, read_line

WARNED = gold_event("warned", "THREATEN", "PER", "CHL")
MET = gold_event("met", "CONSULT", "CHL PER", according_to="envoys")
THANKED = gold_event("thanked", "SUPPORT", "PER", "CHL", status="negated")


def figures(gold: list[dict[str, Any]], read: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return event_figures([as_document(gold_line(*gold))], {"a": as_reading(read_line(*read, **more))})


def test_a_perfect_reading_is_perfect() -> None:
    read = [
        read_event("warned", "THREATEN", "PER", "CHL"),
        read_event("met", "CONSULT", "PER CHL", attributed_to=[0]),
        read_event("thanked", "SUPPORT", "PER", "CHL", status="negated"),
    ]
    found = figures([WARNED, MET, THANKED], read, credits=["envoys"])
    perfect = {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert [found[name] for name in ("type", "lenient", "triple", "other", "credit")] == [perfect] * 5
    assert (found["any_recall"], found["any_specificity"], found["status"]) == (1.0, 1.0, 1.0)


def test_a_document_that_was_not_read_counts_as_read_empty() -> None:
    found = event_figures([as_document(gold_line(WARNED))], {})
    assert (found["missing"], found["type"]["r"], found["any_specificity"]) == (1, 0.0, 1.0)


@pytest.mark.parametrize(
    ("read", "type_f1", "lenient_f1", "triple_f1"),
    [
        (read_event("warned", "THREATEN", "PER", "CHL"), 1.0, 1.0, 1.0),
        (read_event("warned", "THREATEN", "PER BOL", "CHL"), 1.0, 1.0, 0.0),
        (read_event("warned", "THREATEN", "PER", ""), 1.0, 0.0, 0.0),
        (read_event("warned", "THREATEN", "PER ?", "CHL"), 1.0, 1.0, 1.0),
        (read_event("Monday", "THREATEN", "PER", "CHL"), 1.0, 1.0, 1.0),  # the same sentence is near enough
        (read_event("thanked", "THREATEN", "PER", "CHL"), 0.0, 0.0, 0.0),
        (read_event("warned", "ACCUSE", "PER", "CHL"), 0.0, 0.0, 0.0),
    ],
)
def test_what_counts_as_the_same(read: dict[str, Any], type_f1: float, lenient_f1: float, triple_f1: float) -> None:
    found = figures([WARNED], [read])
    assert (found["type"]["f1"], found["lenient"]["f1"], found["triple"]["f1"]) == (type_f1, lenient_f1, triple_f1)


def test_pairs_go_by_shared_characters_first() -> None:
    gold = as_document(gold_line(gold_event("Chile met", "CONSULT"), gold_event("thanked Chile", "CONSULT")))
    read = as_reading(read_line(read_event("thanked", "CONSULT"), read_event("met", "CONSULT")))
    assert dict(align(gold, read.events).pairs) == {0: 1, 1: 0}


def test_mode_is_judged_where_gold_has_one() -> None:
    gold = [gold_event("warned", "THREATEN", mode="violence"), MET]
    read = [read_event("warned", "THREATEN", mode="restrict"), read_event("met", "CONSULT", mode="visit")]
    assert figures(gold, read)["mode"] == 0.0


def _events(gold: bool) -> st.SearchStrategy[dict[str, Any]]:
    words = st.sampled_from(["warned", "Chile on", "Monday", "met", "met Peru", "thanked", "rained"])
    who = st.sampled_from(["", "PER", "CHL", "PER CHL", "?", "BOL ?"])
    shared = {
        "words": words,
        "type": st.sampled_from(["CONSULT", "THREATEN"]),
        "actors": who,
        "recipients": who,
        "status": st.sampled_from(["actual", "negated", "future"]),
    }
    if gold:
        source = st.sampled_from([None, "envoys", "Peru", "the envoys"])
        return st.builds(gold_event, according_to=source, **shared)
    return st.builds(read_event, attributed_to=st.lists(st.integers(0, 1), max_size=2, unique=True), **shared)


@given(st.lists(_events(gold=True), max_size=5), st.lists(_events(gold=False), max_size=5), st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_reference_scorer_gives_the_same_figures(
    scorer: Callable[[str], ModuleType], gold: list[dict[str, Any]], read: list[dict[str, Any]], missing: bool
) -> None:
    lines = [gold_line(*gold), gold_line(*gold, id="b")]
    readings = {"a": read_line(*read, credits=["envoys", "Peru"])}
    if not missing:
        readings["b"] = read_line(*read[:2], id="b", credits=["Chile", "envoys said"])
    ours = event_figures([as_document(g) for g in lines], {id: as_reading(r) for id, r in readings.items()})
    theirs = scorer("score_events").score(lines, readings)
    assert {name: ours[name] for name in theirs} == theirs


def gsr(type: str, actors: str, recipients: str, id: str = "a") -> dict[str, Any]:
    return {"id": id, "text": TEXT, "type": type, "actors": parties(actors), "recipients": parties(recipients)}


def test_single_sentences() -> None:
    gold = [msgspec.convert(gsr("CONSULT", "PER CHL", ""), GsrSentence)]
    reading = as_reading(read_line(read_event("warned", "THREATEN"), read_event("met", "CONSULT", "PER CHL BOL")))
    found = gsr_figures(gold, {"a": reading})
    assert found == {
        "sentences": 1, "events_per_sentence": 2.0, "coded": 1.0, "first": 0.0, "hit": 1.0, "triple": 1.0,
        "by_type": {"CONSULT": "1/1"},
    }  # fmt: skip


@given(st.lists(_events(gold=False), max_size=4), st.lists(st.sampled_from(["PER", "CHL", "PER CHL", ""]), min_size=2))
@settings(max_examples=100, deadline=None)
def test_the_reference_scorer_gives_the_same_figures_of_single_sentences(
    scorer: Callable[[str], ModuleType], read: list[dict[str, Any]], who: list[str]
) -> None:
    lines = [gsr("CONSULT", who[0], who[1]), gsr("THREATEN", who[1], who[0], "b"), gsr("THREATEN", "", "", "c")]
    readings = {"a": read_line(*read), "b": read_line(*read[:1], id="b")}
    gold = [msgspec.convert(line, GsrSentence) for line in lines]
    ours = gsr_figures(gold, {id: as_reading(r) for id, r in readings.items()})
    assert ours == scorer("score_gsr").score(lines, readings)


def test_sentences_are_where_the_text_says() -> None:
    assert [TEXT[start:end] for start, end in SENTENCES][-1] == "It rained."
