"""Reliability in bins, and the expected calibration error."""

from __future__ import annotations

import pytest

from rapporteur.evaluation.calibration import calibration_error


def test_calibration_error_is_nought_where_probabilities_are_kept() -> None:
    error, bins = calibration_error([(0.25, 1), (0.25, 0), (0.25, 0), (0.25, 0)])
    assert error == 0 and bins == ((0.25, 0.25, 4),)
    assert calibration_error([(0.9, 0)])[0] == pytest.approx(0.9)
