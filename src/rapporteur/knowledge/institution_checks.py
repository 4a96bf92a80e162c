"""What must hold in an institution's file beyond its form: parts name rules, groups, texts, bodies and days that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import line_at

if TYPE_CHECKING:
    from rapporteur.knowledge.institutions import Institution


def check(file: Path, institution: Institution, known: Mapping[str, Institution]) -> None:
    """Raise ``KnowledgeError``, with the line, for the first thing that is wrong."""
    for where, problem in _problems(institution, known):
        raise KnowledgeError(str(file), line_at(file, where), problem)


def _problems(institution: Institution, known: Mapping[str, Institution]) -> Iterator[tuple[str, str]]:
    return iter(())
