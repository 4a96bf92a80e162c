"""What the words on the pages mean: types of acts and their modes, statuses. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.knowledge.ontology import QUADS, Ontology
from rapporteur.web import telling

#: What a status says, of an event, a measure, or talks.
STATUSES = {
    "actual": "a report tells it as having happened, on the word of whom it names",
    "future": "a report tells that it will happen, or is meant to",
    "hypothetical": "a report tells of it as a possibility, a wish, a demand or a condition",
    "negated": "a report tells that it did not happen, or does not",
    "in force": "by the reports it had begun and not ended on the day",
    "threatened": "somebody says that it may come; it has not begun",
    "disputed": "one side says that it stands, another that it doesn't",
    "ended": "by the reports it was over on the day",
    "under way": "talks that have begun, and of which no end is told",
    "planned": "talks that are agreed or announced, and have not begun",
    "suspended": "talks that rest, without having failed",
    "concluded": "talks that have ended with a result",
    "failed": "talks that have ended without one",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the record: how it is spelt there, what pages say for it, what it means."""

    word: str
    said: str
    meaning: str


def meaning(type: str, mode: str | None = None) -> str:
    """What an event of this type and mode is."""
    kind = Ontology.load().types[type]
    how = next((one.description for one in kind.modes if one.name == mode), None)
    return f"{kind.description}; here: {how}" if how else kind.description


def types() -> dict[str, list[Word]]:
    """The types, by the name of their class."""
    known = Ontology.load().types
    return {
        name: [Word(kind.name, kind.name, kind.description) for kind in known.values() if kind.quad == quad]
        for quad, name in QUADS.items()
    }


def statuses() -> list[Word]:
    """The statuses."""
    return [Word(status, telling.plain(status), told) for status, told in STATUSES.items()]
