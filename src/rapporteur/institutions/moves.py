"""Moves that are not made yet (backward questions)."""

from __future__ import annotations

from typing import Any

from rapporteur.institutions.cases import Case
from rapporteur.institutions.program import Program
from rapporteur.knowledge.institutions import Catalogue


def who_can_stop(known: Catalogue, case: Case, program: Program, result: dict[str, Any]) -> list[str]:
    return []
