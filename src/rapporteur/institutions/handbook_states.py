"""What stands on the handbook's day by the known moves of history: texts that have ended, parties that have left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rapporteur.institutions.answers import ask
from rapporteur.institutions.handbook_words import Told
from rapporteur.knowledge.institutions import Known, Text


def parties_that_are(told: Told, outcome: str, group: str) -> set[str]:
    """Of those who have moved, the parties of which every text of the group gives that outcome."""
    texts = [text for text in told.institution.texts if text.parties == group]
    movers = {actor for move in told.history() for actor in move.by}
    found = [{party for party in movers if standing(told, text, party)["outcome"] == outcome} for text in texts]
    return set.intersection(*found) if found else set()


def last_day(told: Told, text: Text) -> str:
    """The day for which to tell a text's parties: its last one if known moves have ended it before, else the page's."""
    answer = standing(told, text) if told.history() else {}
    if answer.get("outcome") != "terminated" or not answer["effective"] or may_stand_longer(told, text, answer):
        return told.day
    return (date.fromisoformat(answer["effective"]) - timedelta(days=1)).isoformat()


def may_stand_longer(told: Told, text: Text, answer: Mapping[str, Any]) -> bool:
    """Has its term run out by the known moves, though it could be extended and no extension is known?"""
    known = any(move.type == "extend" and move.object == text.id for move in told.history())
    return answer["reason"] == "expiry" and text.extension is not None and not known


def standing(told: Told, text: Text, party: str | None = None) -> dict[str, Any]:
    """How things stand with a text, or with a party to it, as the rules give it from the known moves."""
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
