"""Cases with known answers: the repository's own in full, and the floors of the figures on development data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rapporteur.institutions.answers import ask

GOLD = Path(__file__).parents[1] / "gold"
EXACT = ("blocked_by", "effective", "deadline", "until")


def cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def exact(found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[bool]:
    """Whether each key that is compared exactly is right, of those that the case gives."""
    return [
        sorted(found[key] or ()) == sorted(value) if isinstance(value, list) else found[key] == value
        for key, value in expected.items()
        if key in EXACT
    ]


@pytest.mark.parametrize(
    "case",
    [case for name in ("institutions.jsonl", "institutions_second.jsonl") for case in cases(GOLD / name)],
    ids=lambda case: case["id"],
)
def test_own_cases_are_answered(case: dict[str, Any]) -> None:
    answer = ask(case)
    assert answer["outcome"] == case["expected"]["outcome"]
    assert all(exact(answer, case["expected"]))
    assert answer["because"] or case["ask"]["kind"] == "deadline"


def test_development_cases_keep_their_figures(shared: Path) -> None:
    gold = cases(shared / "gold" / "institutions" / "cases_dev.jsonl")
    answers = [ask(case) for case in gold]
    right = sum(answer["outcome"] == case["expected"]["outcome"] for answer, case in zip(answers, gold, strict=True))
    keys = [key for answer, case in zip(answers, gold, strict=True) for key in exact(answer, case["expected"])]
    assert right >= 50
    assert sum(keys) / len(keys) >= 0.95
