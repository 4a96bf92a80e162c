"""Every step of an answer names a rule that is in the catalogue, with its citation, and the facts that it rests on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from rapporteur.institutions.answers import ask
from rapporteur.knowledge.institutions import Cited
from tests.institutions.made import cases, few, ids, known

GOLD = Path(__file__).parents[1] / "gold" / "institutions.jsonl"


def rules() -> dict[str, Cited]:
    return {f"{id}.{rule.id}": rule for id, home in known().institutions.items() for rule in home.rules}


def check(case: dict[str, Any], answer: dict[str, Any]) -> None:
    """The steps and problems of an answer rest on rules and facts that are there."""
    cited = rules()
    owners = {case["institution"], *known().institutions[case["institution"]].uses}
    for step in answer["because"]:
        rule = cited[step["rule"]]
        assert step["rule"].split(".")[0] in owners, "its own rules, and those of bodies that it uses"
        assert step["citation"] == rule.citation and step["citation"].strip()
        assert step["text"].strip() and "\n" not in step["text"]
        assert step["facts"] == sorted(set(step["facts"]))
        assert all(0 <= index < len(case["facts"]) for index in step["facts"])
        days = [case["facts"][index]["date"][:10] for index in step["facts"]]
        assert all(day <= case["as_of"][:10] for day in days), "what happens later is no reason"
    for problem in answer["problems"]:
        assert problem["text"].strip()
        assert (problem["rule"] is None) == (problem["citation"] is None)
        assert all(0 <= index < len(case["facts"]) for index in problem["facts"])


@pytest.mark.parametrize("line", GOLD.read_text(encoding="utf-8").splitlines(), ids=lambda line: json.loads(line)["id"])
def test_an_answer_of_the_gold_says_why(line: str) -> None:
    case = json.loads(line)
    answer = ask(case)
    check(case, answer)
    assert answer["because"] or answer["outcome"] in ("not_adopted", "not_effective", "deadline")


@pytest.mark.parametrize("institution", ids())
def test_a_made_answer_rests_on_rules_that_are_there(institution: str) -> None:
    @few(5)
    @given(cases(institution))
    def holds(case: dict[str, Any]) -> None:
        check(case, ask(case))

    holds()
