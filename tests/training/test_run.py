"""The parts of training that need no extra: folds and figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch", reason="the extra [train] is not installed")
from rapporteur.training.run import calibration_error, fold_of


@given(st.text(max_size=20), st.integers(2, 10))
def test_a_document_is_always_in_one_and_the_same_fold(name: str, folds: int) -> None:
    assert 0 <= fold_of(name, folds) < folds
    assert fold_of(name, folds) == fold_of(name, folds)


def test_calibration_error_is_nought_where_probabilities_are_kept() -> None:
    error, bins = calibration_error([(0.25, 1), (0.25, 0), (0.25, 0), (0.25, 0)])
    assert error == 0 and bins == ((0.25, 0.25, 4),)
    assert calibration_error([(0.9, 0)])[0] == pytest.approx(0.9)
