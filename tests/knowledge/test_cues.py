"""The cue files are checked, and looked up by lemma."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.cues import SOURCING, Cues, build_cues


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    names = ("verbs.yaml", "nouns.yaml", "sources.yaml")
    for name in names:
        shutil.copy(SOURCING / name, tmp_path / name)
    return tmp_path / names[0], tmp_path / names[1], tmp_path / names[2]


@pytest.mark.parametrize(
    ("lemma", "force", "speech", "takes"),
    [
        ("say", "assert", True, {"clause", "quote", "object"}),
        ("vow", "promise", True, {"clause", "quote", "infinitive", "object"}),
        ("accuse", "accuse", True, {"object"}),
        ("believe", "believe", False, {"clause"}),
    ],
)
def test_a_verb(lemma: str, force: str, speech: bool, takes: set[str]) -> None:
    cue = Cues.load().verb(lemma)
    assert cue is not None
    assert (cue.force, cue.speech) == (force, speech)
    assert takes <= cue.takes


def test_a_phrasal_verb_comes_before_its_verb() -> None:
    cues = Cues.load()
    assert cues.verb("rule", "out") != cues.verb("rule")
    assert cues.verb("rule", "over") == cues.verb("rule")
    assert cues.verb("xyzzy") is None


def test_the_force_of_a_complement() -> None:
    tell = Cues.load().verb("tell")
    assert tell is not None
    assert (tell.force_of("clause"), tell.force_of("object_infinitive")) == ("assert", "demand")


def test_nouns_and_adjectives() -> None:
    cues = Cues.load()
    claim, confident = cues.noun("claim"), cues.adjective("confident")
    assert claim is not None and claim.speech
    assert confident is not None and confident.force == "believe"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("force: accuse", "force: acuse", "Invalid enum value"),
        ("takes: [clause, quote]", "takes: [claus]", "Invalid enum value"),
        ("    speech: true", "    spech: true", "unknown field"),
        ("verbs: [promise,", "verbs: [say, promise,", "two classes"),
    ],
)
def test_a_mistake_is_told_with_its_line(files: tuple[Path, Path, Path], old: str, new: str, problem: str) -> None:
    text = files[0].read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    files[0].write_text(changed, encoding="utf-8")
    line = next(n for n, row in enumerate(changed.split("\n"), 1) if new.split("\n")[0] in row)
    with pytest.raises(KnowledgeError) as caught:
        build_cues(*files)
    assert problem in caught.value.problem
    assert abs(caught.value.line - line) <= 2, caught.value


def test_every_file_states_its_origin() -> None:
    for path in SOURCING.glob("*.yaml"):
        assert "\norigin: " in "\n" + path.read_text(encoding="utf-8"), path
