"""What stands on the handbook's day by the known moves of history: texts that have ended, parties that have left."""

from __future__ import annotations

from typing import Any

from rapporteur.institutions.handbook_words import Told
from rapporteur.knowledge.institutions import Known, Text


def gone(told: Told, group: str) -> set[str]:
    """Those of a group who have left every text whose parties it is."""
    texts = [text for text in told.institution.texts if text.parties == group]
    left = [
        {party for party in _movers(told) if standing(told, text, party)["outcome"] == "withdrawn"} for text in texts
    ]
    return set.intersection(*left) if left else set()


def _movers(told: Told) -> list[str]:
    return sorted({actor for move in told.history() for actor in move.by})


def standing(told: Told, text: Text, party: str | None = None) -> dict[str, Any]:
    """How things stand with a text, or with a party to it, as the rules give it from the known moves."""
    from rapporteur.institutions.answers import ask  # late: a section without history needs no solver

    case = {
        "id": text.id,
        "institution": told.institution.id,
        "ask": {"kind": "status", "object": text.id, "party": party},
        "facts": [fact(move) for move in told.history()],
        "as_of": told.day,
    }
    return ask(case, told.known)


def fact(move: Known) -> dict[str, Any]:
    """A known move as a case tells it."""
    told = {"date": move.date, "type": move.type, "by": list(move.by), "object": move.object, "event": move.event}
    return told | ({"until": move.until} if move.until else {})
