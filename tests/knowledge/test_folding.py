"""The rules of folding as data: what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.folding import FILE, folding


def changed(folder: Path, old: str, new: str) -> Path:
    """The shipped file with one change."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "folding.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_every_kind_has_a_family_and_an_identity() -> None:
    rule = folding().measures
    assert set(rule.identity) == set().union(*rule.families)
    assert rule.kin("siege", "blockade") and not rule.kin("siege", "detention")


def test_weights_must_sum_to_one(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"weights of `claims` sum to 1\.2; valid: 1"):
        folding(changed(tmp_path, "weights: {claimant: 0.3", "weights: {claimant: 0.5"))


def test_all_parts_must_have_a_weight(tmp_path: Path) -> None:
    with pytest.raises(
        KnowledgeError, match="`weights` of `talks`: valid, and all needed: participants, place, rounds"
    ):
        folding(changed(tmp_path, "subject: 0.3, place: 0.15", "topic: 0.3, place: 0.15"))


def test_a_kind_in_a_family_needs_an_identity(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="alone: curfew"):
        folding(changed(tmp_path, "- [detention]", "- [detention, curfew]"))


def test_an_unknown_identity_is_told_with_its_line(tmp_path: Path) -> None:
    path = changed(tmp_path, "block: matter", "block: object")
    line = path.read_text(encoding="utf-8").split("\n").index("    block: object") + 1
    with pytest.raises(KnowledgeError) as told:
        folding(path)
    assert (told.value.line, "object" in told.value.problem) == (line, True)
