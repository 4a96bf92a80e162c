"""Why: rules with citations and the facts used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapporteur.institutions.program import Program
from rapporteur.institutions.solve import Conclusion

from rapporteur.knowledge.institutions import Catalogue


def because(known: Catalogue, program: Program, conclusions: Sequence[Conclusion]) -> list[dict[str, Any]]:
    return []
