"""The reading stays as good as it is: figures on gold don't fall below their floors.

Floors and the hashes of the gold that they hold for are in ``tests/gold/floors.json``; ``python tools/pin_floors.py``
measures and raises them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur import Reader
from rapporteur.evaluation.dates import answer, date_figures, document_of, load_labels
from rapporteur.evaluation.floors import GoldFloors, gold_hash, load_floors, measure

ROOT = Path(__file__).parents[1]
FLOORS = load_floors(ROOT / "tests" / "gold" / "floors.json")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("floors", FLOORS.sets, ids=lambda floors: floors.gold)
def test_no_figure_falls_below_its_floor(floors: GoldFloors, reader: Reader) -> None:
    path = ROOT / floors.gold
    if floors.gold.startswith("../") and not path.exists():
        pytest.skip(f"the development data are not beside this repository ({floors.gold})")
    assert gold_hash(path) == floors.sha256, f"{floors.gold} is not what the floors hold for: {FLOORS.command}"
    fallen = [f"{m.name} {m.value} < {m.floor}" for m in measure(floors, ROOT, reader) if not m.holds]
    assert not fallen


def test_the_repositorys_own_gold_has_floors() -> None:
    assert "tests/gold/sentences.jsonl" in {floors.gold for floors in FLOORS.sets}


def test_whatever_was_lowered_has_a_reason() -> None:
    assert all(lowering.reason.strip() and lowering.floors for lowering in FLOORS.lowered)


def test_dates_of_our_own_sentences_stay_right(reader: Reader) -> None:
    labels = load_labels(ROOT / "tests" / "gold" / "date_sentences.jsonl")
    figures = date_figures(answer(label, reader.read_document(document_of(label, {})).events) for label in labels)
    assert figures["read"] >= 66
    assert figures["right"] >= 0.95
