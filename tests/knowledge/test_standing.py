"""The words of measures: what is wrong in the file is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.standing import FILE, KINDS, measure_tables, read_measures


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the shipped file with one change."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "measures.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    kind: sanction\n", "    kind: penalty\n", "no kind 'penalty'"),
        ("  - id: embargo\n", "  - id: sanction\n", "id 'sanction' stands twice"),
        ("      - moratorium\n", "      - '{nothing}'\n", "no class 'nothing'"),
        ("  renew: [extend,", "  renew: [lift, extend,", "'lift' stands in both"),
        ("    needs: either\n", "    needs: someone\n", "someone"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(KnowledgeError, match=problem) as caught:
        read_measures(path)
    assert caught.value.file == str(path)
    assert caught.value.line > 0


def test_every_kind_of_the_contract_can_be_found() -> None:
    assert {entry.kind for entry in measure_tables().entries} == set(KINDS)
