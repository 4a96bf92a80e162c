"""The rules by which reports are merged, and what is said of mistakes in their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.merging import FILE, Merging, read_merging


def test_the_shipped_rules() -> None:
    merging = Merging.load()
    assert sorted(merging.rules) == ["none", "standard", "strict"]
    assert merging.rule("none").weights is None
    standard, strict = merging.rule("standard"), merging.rule("strict")
    assert strict.threshold > standard.threshold
    assert strict.days < standard.days


def test_a_rule_that_is_not_there() -> None:
    with pytest.raises(
        KnowledgeError, match=r"no rule 'standart'; there are none, standard, strict; did you mean standard\?"
    ):
        Merging.load().rule("standart")


@pytest.mark.parametrize(
    ("old", "new", "line_of", "message"),
    [
        ("kin: []", "kin: [[AGREE, AGREED]]", "kin:", "kin: unknown 'AGREED'; valid: ACCUSE,"),
        ("kin: []", "kin: [[AGREE, CONSULT], [AID, AGREE]]", "kin:", "kin: AGREE stands in two groups; valid: in one"),
        (
            "[negated]",
            "[denied]",
            "classes:",
            "classes: unknown 'denied'; valid: actual, future, hypothetical, negated",
        ),
        ("[AGREE, CONSULT, COOPERATE]", "[MEET]", "mutual:", "no event type 'MEET'; valid: ACCUSE,"),
        ("  standard:", "  usual:", "", "standard is missing"),
        ("    slack: 1 ", "    slack: 99 ", "", "rule standard: slack is 99; valid: from 0 to its days"),
        (
            "      same_mode: 0.8\n",
            "      same_modus: 0.8\n",
            "",
            "unknown field `same_modus`; valid: same_party,",
        ),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, old: str, new: str, line_of: str, message: str) -> None:
    text = FILE.read_text(encoding="utf-8").replace(old, new, 1)
    path = tmp_path / "merging.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as told:
        read_merging(path)
    assert message in told.value.problem
    if line_of:
        lines = text.split("\n")
        assert lines[told.value.line - 1].startswith(line_of)
