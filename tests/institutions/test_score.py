"""``tools/score_institutions.py``: what counts as right."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "score_institutions.py"


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_institutions", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_lists_are_sets_and_a_tally_is_not(score: ModuleType) -> None:
    assert score.same("blocked_by", ["FRA", "GBR"], ["GBR", "FRA"])
    assert score.same("blocked_by", [], None)
    assert not score.same("blocked_by", ["FRA"], ["FRA", "GBR"])
    assert not score.same("tally", [9, 1, 5], [1, 9, 5])
    assert score.same("until", None, None)
    assert not score.same("until", None, "2001-01-01")


def test_a_miss_is_told_and_counted_by_the_kind_of_key(score: ModuleType) -> None:
    expected = {"outcome": "blocked", "blocked_by": ["FRA"], "tally": [9, 1, 5]}
    missed = list(score.misses(expected, {"outcome": "adopted", "blocked_by": ["FRA"], "tally": [9, 1, 4]}))
    assert missed == [("outcome", "blocked", "adopted"), ("tally", [9, 1, 5], [9, 1, 4])]
    assert dict(score.counts(expected, missed)) == {
        "outcome asked": 1, "exact asked": 1, "other asked": 1, "outcome right": 0, "exact right": 1, "other right": 0,
    }  # fmt: skip


def test_an_entry_beside_is_right_where_it_says_all_that_is_expected(score: ModuleType) -> None:
    expected = {"also": [{"object": "x", "outcome": "adopted"}, {"object": "y", "outcome": "blocked"}]}
    answer = {"also": [{"object": "x", "outcome": "adopted", "effective": "2001-01-01"}]}
    missed = list(score.misses(expected, answer))
    assert [entry["object"] for _, entry, _ in missed] == ["y"]
    figures = score.counts(expected, missed)
    assert (figures["other right"], figures["other asked"]) == (1, 2)


def test_a_file_is_scored_institution_by_institution(
    score: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    vote = {"date": "2001-05-01", "type": "vote", "by": ["UNGA"], "object": "the bridge", "tally": [9, 1, 0]}
    case = {
        "id": "bridge", "institution": "UNGA", "ask": {"kind": "decision", "object": "the bridge"}, "facts": [vote],
        "as_of": "2001-05-01", "expected": {"outcome": "adopted", "blocked_by": [], "effective": "2001-05-02"},
    }  # fmt: skip
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{json.dumps(case)}\n\n{json.dumps({**case, 'institution': 'League'})}\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["score", str(file), "--list"])
    assert score.main() == 1
    said = capsys.readouterr()
    assert "bridge: no institution `League`" in said.err
    assert "bridge: effective '2001-05-02', not '2001-05-01'" in said.out
    assert [line.split() for line in said.out.splitlines()[-3:]] == [
        ["League", "0/1", "1/2", "0/0"], ["UNGA", "1/1", "1/2", "0/0"], ["all", "1/2", "2/4", "0/0"],
    ]  # fmt: skip
