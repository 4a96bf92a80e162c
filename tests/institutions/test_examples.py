"""The examples in institutions' files hold; and one that doesn't is told with its place and what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.institutions.examples import ExampleResult, check_file, differences
from rapporteur.knowledge.institutions import FOLDER

SHIPPED = check_file()


@pytest.mark.parametrize("result", SHIPPED, ids=lambda result: f"{result.institution}-{result.id}")
def test_a_shipped_example_holds(result: ExampleResult) -> None:
    assert result.differences == ()
    assert not result.found["problems"], "an example's facts are all of use"


def test_every_shipped_file_has_examples_of_its_own() -> None:
    assert {result.file.name for result in SHIPPED} == {path.name for path in FOLDER.glob("*.yaml")}
    assert len({(result.institution, result.id) for result in SHIPPED}) == len(SHIPPED)


COMMISSION = """\
id: Herring
title: Herring Commission
summary: Three states share the herring.
origin: written for a test
rules:
  - {id: consensus, citation: Herring Agreement Art. 4, text: One objection stops a decision.}
groups:
  members: {members: [AAA, BBB, CCC]}
bodies:
  - {id: Commission, title: Commission, members: members, decision: {pattern: consensus, rule: consensus}}
examples:
  - id: stopped
    question: AAA objects. Was the quota decided?
    ask: {kind: decision, object: quota, party: null}
    facts:
      - {date: "2020-01-01", type: object, event: objects, by: [AAA], object: quota}
      - {date: "2020-01-02", type: decide, event: put, by: [Commission], object: quota}
    as_of: "2020-01-03"
    expected: {outcome: OUTCOME, blocked_by: [AAA]}
"""


def commission(folder: Path, outcome: str) -> Path:
    path = folder / "herring.yaml"
    path.write_text(COMMISSION.replace("OUTCOME", outcome), encoding="utf-8")
    return path


def test_an_own_files_example_is_answered(tmp_path: Path) -> None:
    (result,) = check_file(commission(tmp_path, "blocked"))

    assert result.holds
    assert (result.institution, result.id) == ("Herring", "stopped")
    assert result.found["outcome"] == "blocked"


def test_an_example_that_does_not_hold_says_where_and_what(tmp_path: Path) -> None:
    path = commission(tmp_path, "adopted")

    (result,) = check_file(path.parent)

    assert not result.holds
    assert result.file.name == "herring.yaml"
    assert path.read_text().splitlines()[result.line - 1].strip() == "- id: stopped"
    (difference,) = result.differences
    assert (difference.key, difference.expected, difference.found) == ("outcome", "adopted", "blocked")


def test_lists_of_actors_have_no_order_and_counts_have_one() -> None:
    assert not differences({"blocked_by": ["AAA", "BBB"]}, {"blocked_by": ["BBB", "AAA"]})
    assert differences({"tally": [2, 1, 0]}, {"tally": [1, 2, 0]})


def test_a_key_of_which_nothing_is_expected_may_say_anything() -> None:
    assert not differences({"outcome": "in_force"}, {"outcome": "in_force", "effective": "2020-01-01"})
    assert differences({"outcome": "in_force", "effective": "2020-01-01"}, {"outcome": "in_force"})


def test_of_further_answers_one_must_fit() -> None:
    found = {
        "also": [
            {"object": "A", "outcome": "in_force"},
            {"object": "B", "outcome": "blocked", "blocked_by": ["X", "Y"]},
        ]
    }

    assert not differences({"also": [{"object": "B", "outcome": "blocked", "blocked_by": ["Y", "X"]}]}, found)
    assert differences({"also": [{"object": "B", "outcome": "adopted"}]}, found)


def test_holders_of_a_reading_have_no_order() -> None:
    found = {"readings": [{"reading": "void", "holders": ["X", "Y"], "outcome": "in_force"}]}

    assert not differences({"readings": [{"reading": "void", "holders": ["Y", "X"]}]}, found)
    assert differences({"readings": [{"reading": "void", "holders": ["X"]}]}, found)
