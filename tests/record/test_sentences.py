"""A report's sentences in its article's words: of characters, not bytes, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.record.ledger import Ledger

from .made import noon, story, with_mentions

FIRST = "Norland closed its ports to Sudria, a spokesman said."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    told = Ledger(tmp_path / "news.duckdb", clock=noon)
    told.record([with_mentions(story("a", act="closed its ports to", tail="Élan naïf 🙂 shops stayed open in Øster."))])
    return told


def test_the_sentence_of_a_row_s_report(ledger: Ledger) -> None:
    reports = [r for view in ("events", "measures") for row in ledger.view(view).to_pylist() for r in row["reports"]]
    assert len(reports) == 3
    assert ledger.sentences(reports) == [FIRST] * 3


def test_evidence_within_sentences_gives_them_whole(ledger: Ledger) -> None:
    second = FIRST.index("said.") + len("said. ")
    inside = {"article": "a", "evidence": [second + 5, second + 9]}
    across = {"article": "a", "evidence": [3, second + 9]}
    found = ledger.sentences([inside, across])
    assert found == [
        "Élan naïf 🙂 shops stayed open in Øster.",
        f"{FIRST} Élan naïf 🙂 shops stayed open in Øster.",
    ]


def test_what_the_ledger_does_not_have_is_none(ledger: Ledger) -> None:
    known = {"article": "a", "evidence": [0, 7]}
    assert ledger.sentences([{"article": "b", "evidence": [0, 4]}, known, {"article": "a", "evidence": None}]) == [
        None,
        FIRST,
        None,
    ]
    assert ledger.sentences([]) == []
