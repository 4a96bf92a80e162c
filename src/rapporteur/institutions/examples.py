"""The examples in institutions' files, answered: what each expects, and what the rules give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapporteur.errors import CaseError
from rapporteur.institutions.answers import ask
from rapporteur.knowledge.case_words import SETS
from rapporteur.knowledge.files import line_at, load_yaml
from rapporteur.knowledge.institutions import FOLDER, Catalogue, Example, Institution, catalogue, institution_files


@dataclass(frozen=True, slots=True)
class Difference:
    """A key of which the answer says something else than the example expects."""

    key: str
    expected: Any
    found: Any


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example: where it stands, what was expected and found, and where they differ."""

    file: Path
    line: int
    institution: str
    id: str
    question: str
    expected: Mapping[str, Any]
    found: Mapping[str, Any]
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Is everything answered as expected?"""
        return not self.differences


def check_file(path: Path | None = None) -> list[ExampleResult]:
    """Answer the examples of a file or a folder, by default of all shipped institutions.

    Raises:
        KnowledgeError: a file is wrong, with its line.
    """
    known = catalogue() if path is None else catalogue(path)
    return [result for file in institution_files(path or FOLDER) for result in _of_file(file, known)]


def _of_file(file: Path, known: Catalogue) -> list[ExampleResult]:
    institution = load_yaml(file, Institution)
    return [
        _result(file, line_at(file, f"$.examples[{number}]"), institution.id, example, known)
        for number, example in enumerate(institution.examples)
    ]


def _result(file: Path, line: int, institution: str, example: Example, known: Catalogue) -> ExampleResult:
    case = {
        "id": f"{institution}/{example.id}",
        "institution": institution,
        "question": example.question,
        "ask": example.ask,
        "facts": list(example.facts),
        "as_of": example.as_of,
    }
    try:
        found = ask(case, known)
    except CaseError as error:
        found = {"outcome": None, "problems": [{"text": error.problem}]}
    return ExampleResult(
        file=file,
        line=line,
        institution=institution,
        id=example.id,
        question=example.question,
        expected=example.expected,
        found=found,
        differences=tuple(differences(example.expected, found)),
    )


def differences(expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[Difference]:
    """Where an answer differs from what is expected of it; keys that nothing is expected of may say anything."""
    told = [(key, value, found.get(key)) for key, value in expected.items()]
    return [Difference(key, value, answer) for key, value, answer in told if not _same(key, value, answer)]


def _same(key: str, expected: Any, found: Any) -> bool:
    if key in SETS:
        return sorted(expected or ()) == sorted(found or ())
    if key in ("also", "readings"):
        return all(any(_fits(entry, other) for other in found or ()) for entry in expected)
    return bool(expected == found)


def _fits(expected: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Does one further answer, or one reading, say what is expected of it? Holders are a set."""
    return all(
        sorted(value) == sorted(found.get(key) or ()) if _is_set(key, value) else _same(key, value, found.get(key))
        for key, value in expected.items()
    )


def _is_set(key: str, value: Any) -> bool:
    return key == "holders" and isinstance(value, Sequence)
