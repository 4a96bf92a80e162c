"""Names of objects: a text's other names, a text named with its clause, the suspension of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapporteur.knowledge.institutions import Institution

_CLAUSE = re.compile(r",?\s+(?:Arts?\.|Articles?|paras?\.|paragraphs?)\s", re.IGNORECASE)
_SUSPENSION = "suspension of "


class Names:
    """One name for each object of an institution and of a case's facts.

    A text named with its clause ("INF Art. XV(2)") is the procedure under that clause: the text's own notice, unless
    the institution gives that name to something else.
    """

    def __init__(self, institution: Institution, told: Iterable[str]) -> None:
        self._told = frozenset(told)
        self._names: dict[str, str] = {}
        for clock in institution.clocks:
            for name in (clock.object, *clock.names):
                self._names[_key(name)] = clock.object
        for text in institution.texts:
            for name in (text.id, text.title, *text.names):
                self._names[_key(name)] = text.id
        self._procedures = {clock.text: clock.object for clock in reversed(institution.clocks) if clock.then == "leave"}

    def of(self, name: str) -> str:
        """The one name of an object."""
        found = self._names.get(_key(name))
        if found is not None:
            return found
        clause = _CLAUSE.search(name)
        text = self._names.get(_key(name[: clause.start()])) if clause else None
        return self._procedures.get(text, name) if text is not None else name

    def suspended(self, target: str) -> str | None:
        """The text whose suspension this object names."""
        if not target.lower().startswith(_SUSPENSION):
            return None
        rest = target[len(_SUSPENSION) :]
        found = self._names.get(_key(rest))
        return found if found is not None else rest if rest in self._told else None


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
