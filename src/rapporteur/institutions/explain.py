"""Why: rules with citations and the facts used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapporteur.institutions.cases import Case
from rapporteur.institutions.program import Program
from rapporteur.institutions.solve import Conclusion


def because(program: Program, case: Case, conclusions: Sequence[Conclusion]) -> list[dict[str, Any]]:
    return []
