"""What changed between two readings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rapporteur.evaluation.compare import Comparison, compare

from .conftest import parties, read_event, read_line, write_lines

WARNED = read_event("warned", "THREATEN", "PER", "CHL")
MET = read_event("met", "CONSULT", "CHL PER")


def comparison(tmp_path: Path, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Comparison:
    one, other = write_lines(tmp_path / "before.jsonl", *before), write_lines(tmp_path / "after.jsonl", *after)
    return compare(one, other)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([WARNED, MET], [MET, WARNED], []),
        ([WARNED], [], ["lost"]),
        ([], [WARNED], ["added"]),
        ([WARNED], [MET], ["lost", "added"]),
        ([WARNED], [{**WARNED, "type": "ACCUSE"}], ["retyped"]),
        ([WARNED], [{**WARNED, "mode": "violence"}], ["mode"]),
        ([WARNED], [{**WARNED, "status": "negated"}], ["status"]),
        ([WARNED], [{**WARNED, "actors": parties("BOL")}], ["actors"]),
        ([WARNED], [{**WARNED, "recipients": parties("CHL ?")}], ["recipients"]),
        ([WARNED], [{**WARNED, "attributed_to": [0]}], ["attribution"]),
        ([WARNED], [{**WARNED, "place": {"name": "Lima", "country": "PER"}}], ["place"]),
        ([WARNED], [{**WARNED, "magnitude": {"killed": {"min": 2, "max": 2, "text": "two"}}}], ["numbers"]),
        ([WARNED], [read_event("warned Chile", "THREATEN", "PER", "CHL")], []),
    ],
)
def test_changes_of_an_article(
    tmp_path: Path, before: list[dict[str, Any]], after: list[dict[str, Any]], kinds: list[str]
) -> None:
    lines = [read_line(*before, credits=["envoys"])], [read_line(*after, credits=["envoys"])]
    found = comparison(tmp_path, *lines)
    assert [change.kind for change in found.changes] == kinds
    assert sum(found.figures[kind] for kind in set(kinds)) == len(kinds)
    assert found.figures["articles_changed"] == bool(kinds)


def test_articles_in_one_file_only_are_said(tmp_path: Path) -> None:
    found = comparison(tmp_path, [read_line(id="a"), read_line(id="b")], [read_line(id="b"), read_line(id="c")])
    assert [(c.kind, c.article) for c in found.changes] == [("only in the first", "a"), ("only in the second", "c")]
    assert (found.figures["articles"], found.figures["articles_changed"]) == (1, 0)


def test_articles_with_another_text_are_not_compared(tmp_path: Path) -> None:
    found = comparison(tmp_path, [read_line(WARNED)], [{**read_line(), "body": "Other words."}])
    assert [change.kind for change in found.changes] == ["another text"]


def test_two_articles_with_one_id_are_two(tmp_path: Path) -> None:
    found = comparison(tmp_path, [read_line(WARNED), read_line(MET)], [read_line(WARNED), read_line()])
    assert [(change.kind, change.before[:7]) for change in found.changes] == [("lost", "CONSULT")]


def test_a_wrong_line_is_told_with_its_place(tmp_path: Path) -> None:
    one, other = write_lines(tmp_path / "before.jsonl", read_line()), tmp_path / "after.jsonl"
    other.write_text('{"body": "no id"}\n', encoding="utf-8")
    found = compare(one, other)
    assert [str(problem).split(": ")[0] for problem in found.problems] == [f"{other}:1"]
