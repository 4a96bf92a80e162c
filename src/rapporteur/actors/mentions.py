"""Names of the registry in a text: where each stands and which entity it means on the date."""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.knowledge.registry import Registry


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name found in a text.

    Attributes:
        start, end: offsets into the text plus the offset handed to ``find``; a possessive ``'s`` is outside.
        text: the words as they stand.
        form: kind of form (``knowledge.registry.FORM_KINDS``).
        entities: registry ids, best first.
    """

    start: int
    end: int
    text: str
    form: str
    entities: tuple[str, ...]


class NameFinder:
    """Finds the registry's names: longest match at word boundaries, never overlapping."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def find(self, text: str, offset: int = 0, date: str | None = None) -> list[NameMention]:
        """Mentions in text order; ``date`` is the article's date (ISO, any precision), by which offices are told."""
        raise NotImplementedError
