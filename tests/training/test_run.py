"""How training divides its documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch", reason="the extra [train] is not installed")
from rapporteur.training.run import fold_of


@given(st.text(max_size=20), st.integers(2, 10))
def test_a_document_is_always_in_one_and_the_same_fold(name: str, folds: int) -> None:
    assert 0 <= fold_of(name, folds) < folds
    assert fold_of(name, folds) == fold_of(name, folds)
