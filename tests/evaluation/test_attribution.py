"""Figures of attributions: by hand, and equal to the reference scorer's."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from rapporteur.evaluation.attribution import attribution_figures
from rapporteur.evaluation.gold import AttributionDocument
from rapporteur.evaluation.readings import Reading

TEXT = '"We will go," the minister said - not today. Envoys fear that it will rain.'


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


SAID = {"source": [at("the minister")], "cue": [at("said")], "content": [at('"We will go,"'), at("not today")]}
FEAR = {"source": [at("Envoys")], "cue": [at("fear")], "content": [at("it will rain")]}


def figures(gold: list[dict[str, Any]], read: list[dict[str, Any]]) -> dict[str, Any]:
    document = msgspec.convert({"id": "a", "text": TEXT, "attributions": gold}, AttributionDocument)
    return attribution_figures([document], {"a": msgspec.convert({"id": "a", "attributions": read}, Reading)})


def test_quotation_marks_at_the_edges_do_not_matter() -> None:
    bare = {**SAID, "content": [at("We will go"), at("not today")]}
    assert figures([SAID], [bare])["attr_strict"]["f1"] == 1.0


def test_a_wrong_source_is_not_the_same_attribution_but_the_same_content() -> None:
    found = figures([SAID], [{**SAID, "source": [at("Envoys")]}])
    assert (found["attr_overlap"]["f1"], found["attr_content"]["f1"]) == (0.0, 1.0)
    assert (found["source"]["overlap"], found["source"]["found"]) == (0.0, 1.0)


def test_half_the_content_found_counts_less_does_not() -> None:
    half = {**FEAR, "content": [at("it will")]}
    less = {**FEAR, "content": [at("it")]}
    assert figures([FEAR], [half])["attr_overlap"]["r"] == 1.0
    assert figures([FEAR], [less])["attr_overlap"]["r"] == 0.0


def test_only_outermost_attributions_of_the_reading_count() -> None:
    found = figures([SAID], [SAID, {**FEAR, "parent": 0}])
    assert found["attr_overlap"]["p"] == approx(1.0)


def _attributions() -> st.SearchStrategy[list[dict[str, Any]]]:
    words = ["We will", "go", "the minister", "said", "-", "Envoys fear", "that it", "will rain.", "rain", '"']
    spans = st.lists(st.sampled_from([at(w) for w in words]), max_size=3)
    one = st.fixed_dictionaries(
        {"source": spans, "cue": spans, "content": spans, "type": st.sampled_from(["direct", "indirect"])},
        optional={"head": st.just(at("minister"))},
    )
    return st.lists(one, max_size=4)


@given(_attributions(), _attributions())
@settings(max_examples=150, deadline=None)
def test_the_reference_scorer_gives_the_same_figures(
    scorer: Callable[[str], ModuleType], gold: list[dict[str, Any]], read: list[dict[str, Any]]
) -> None:
    theirs = scorer("score_attribution").evaluate(
        [{"id": "a", "text": TEXT, "attributions": gold}], [{"id": "a", "attributions": read}]
    )
    assert figures(gold, read) == theirs
