"""What holds for any text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.model import Attribution, Span
from rapporteur.sourcing import Credits, sources_of
from rapporteur.sourcing.quotes import find_quotes

from .conftest import Read

PIECES = st.sampled_from(
    [
        "Ruiz said",
        "that the port was closed",
        "sources said",
        "Reuters reported",
        "according to the army",
        "“We left",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "''",
        ",",
        ".",
        ":",
        "\n",
        "?",
        "adding that",
        "the plan",
        "was rejected by",
        "vowed to go",
        "accused Sudria of",
        "which it says",
        "her claim that",
        "citing two officials",
        "is confident that",
        "and",
        "while",
        "he told the press",
        "asked whether",
        "as saying",
        "was quoted",
        "In Oslo",
        "who denied",
        "it",
        "RUIZ: no\n",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map(" ".join)
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def disjoint(spans: list[Span]) -> bool:
    ordered = sorted(spans)
    return all(a[1] <= b[0] for a, b in pairwise(ordered))


@RELAXED
@given(text=TEXTS)
def test_attributions_are_sound(read: Callable[..., Read], text: str) -> None:
    found = read(text)
    for n, attribution in enumerate(found.attributions):
        spans = [*attribution.source, *attribution.cue, *attribution.content]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert disjoint(spans)
        assert attribution.content
        assert (attribution.kind == "none") == (not attribution.source)
        seen = {n}
        parent = attribution.parent
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = found.attributions[parent].parent
    assert read(text) == found


@RELAXED
@given(text=st.text(alphabet="ab .,\n“”\"'‘’`«»„s9", max_size=60))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    spans = [span for quote in find_quotes(text) for span in quote.spans]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans) and disjoint(spans)
    assert all("\n" not in text[start:end] for start, end in spans)


def test_an_empty_text(read: Callable[..., Read]) -> None:
    assert read("").attributions == ()


spans = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(st.lists(spans, min_size=1, max_size=2), max_size=5), st.lists(spans, max_size=10))
def test_credits_are_those_of_every_single_span(
    contents: list[list[tuple[int, int]]], asked: list[tuple[int, int]]
) -> None:
    attributions = tuple(Attribution(source=((50, 52),), cue=(), content=tuple(content)) for content in contents)
    credits = Credits(attributions)
    assert [credits(*span) for span in asked] == [sources_of(attributions, *span) for span in asked]
