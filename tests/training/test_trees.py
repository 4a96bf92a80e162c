"""The trees in their ONNX form say what LightGBM says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

pytest.importorskip("lightgbm", reason="the extra [train] is not installed")
pytest.importorskip("onnx", reason="the extra [train] is not installed")
from rapporteur.language.runtime import Trees
from rapporteur.training import trees

ROWS = [[random.Random(n * 7 + k).random() for k in range(5)] for n in range(300)]
LABELS = [int(row[0] + row[1] * row[2] > 0.8) for row in ROWS]


def grown(seed: int = 1) -> trees.Forest:
    return trees.grow(ROWS, LABELS, [1.0] * len(ROWS), [1, 0, 0, 0, 0], seed)


def test_the_exported_forest_gives_the_same_probabilities(tmp_path: Path) -> None:
    forest = trees.Forest(grown().boosters, slope=0.8, intercept=-0.1)
    trees.export(forest, 5, tmp_path / "trees.onnx")
    assert Trees(tmp_path / "trees.onnx").probabilities(ROWS) == pytest.approx(forest.probabilities(ROWS), abs=1e-4)


def test_the_same_seed_gives_the_same_forest() -> None:
    assert grown(3).log_odds(ROWS).tolist() == grown(3).log_odds(ROWS).tolist()


def test_calibration_undoes_a_wrong_scale() -> None:
    odds = [4.0, 4.0, 4.0, -4.0, -4.0, -4.0] * 20
    slope, intercept = trees.calibrate(odds, [1, 1, 0, 0, 0, 1] * 20)
    assert slope * 4 + intercept == pytest.approx(0.69, abs=0.05)  # two in three
