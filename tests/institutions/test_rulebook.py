"""Rules that a case can't set off are left out, and leaving them out changes nothing."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from rapporteur.institutions import answers, solve
from rapporteur.institutions.atoms import Program
from rapporteur.institutions.rulebook import FILES, needed, rulebook

GOLD = Path(__file__).parents[1] / "gold"
CASES = [
    json.loads(line)
    for name in ("institutions.jsonl", "institutions_second.jsonl")
    for line in (GOLD / name).read_text(encoding="utf-8").splitlines()
]


def test_every_file_of_rules_is_read() -> None:
    folder = resources.files("rapporteur.institutions") / "rules"
    assert {f"{name}.lp" for name in FILES} == {path.name for path in folder.iterdir()}


def test_a_vote_sets_off_no_rule_on_clocks() -> None:
    kept = {str(rule) for rule in needed([("type", (1, "vote")), ("wanted", ("decision", "draft", ""))])}
    assert 'ballot(V) :- act(V); type(V,"vote").' in kept
    assert not any(rule.startswith(("notice(", "run(", "silence(")) for rule in kept)
    assert len(kept) < len(rulebook()) / 2


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case["id"])
def test_the_conclusions_are_those_of_all_rules(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def both(program: Program) -> list[solve.Conclusion]:
        found = solve.solve(program)
        seen.append(found == solve.solve(program, prune=False))
        return found

    monkeypatch.setattr(answers, "solve", both)
    answers.ask(case)
    assert seen == [True]
