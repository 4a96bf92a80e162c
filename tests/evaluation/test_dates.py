"""Dates against labels: an event at the trigger, and exactly its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import LineError
from rapporteur.evaluation.dates import DateAnswer, DateLabel, answer, date_figures, document_of, load_labels
from rapporteur.evaluation.gold import EventDocument
from rapporteur.model import Article

from ..conftest import span

ROOT = Path(__file__).parents[2]


def test_the_event_that_shares_most_of_the_trigger_answers(harbour: Article) -> None:
    start, end = span(harbour.body, "closed its ports")
    read = answer(DateLabel("a1", (start, end), "2025-03"), harbour.events)
    assert (read.found, read.value, read.right) == (True, "2025-03", True)
    assert not answer(DateLabel("a1", (start, end), None), harbour.events).right
    assert not answer(DateLabel("a1", (0, 1), None), harbour.events).found


def test_figures_leave_out_what_was_not_read() -> None:
    dated, undated = DateLabel("a", (0, 1), "2024"), DateLabel("b", (0, 1), None)
    answers = [
        DateAnswer(dated, True, "2024"),
        DateAnswer(dated, True, "2024-05"),  # right but for its precision: wrong
        DateAnswer(undated, True, None),
        DateAnswer(undated, False, None),
    ]
    assert date_figures(answers) == {"labels": 4, "read": 3, "right": 2 / 3, "dated": 0.5, "undated": 1.0}


def test_a_label_without_text_needs_the_document_of_its_id() -> None:
    label = DateLabel("x", (0, 1), None)
    text = EventDocument("x", "Troops fled.", ((0, 12),), (), date="2024-05-15")
    assert document_of(label, {"x": text}) == {"id": "x", "text": "Troops fled.", "date": "2024-05-15"}
    with pytest.raises(LineError, match="give the gold file"):
        document_of(label, {})


def test_labels_of_the_repository_can_be_read(tmp_path: Path) -> None:
    gold = ROOT / "tests" / "gold"
    own = load_labels(gold / "date_sentences.jsonl")
    assert all(label.text and 0 <= label.trigger[0] < label.trigger[1] <= len(label.text) for label in own)
    assert all(label.text is None for label in load_labels(gold / "dates.jsonl"))
    (tmp_path / "x.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(LineError, match=r"x.jsonl:1"):
        load_labels(tmp_path / "x.jsonl")
