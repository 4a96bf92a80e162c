"""The registry's names where they stand in an article's sentences, as referents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapporteur.actors.mentions import NameMention
from rapporteur.actors.names import NameMemory
from rapporteur.actors.referent import BODIES, Referent, of_entity
from rapporteur.knowledge.registry import Registry
from rapporteur.language import Syntax, Token


class Sightings:
    """Names by sentence and token, and what they stand for on the article's date."""

    def __init__(
        self, registry: Registry, memory: NameMemory, date: str | None, heads: frozenset[str] = frozenset()
    ) -> None:
        """``heads`` are the last words by which alone a body's name may be taken up: "Council"."""
        self._registry = registry
        self.memory = memory
        self._date = date
        self._mentions: dict[int, Mapping[int, NameMention]] = {}
        self._heads = heads
        self._by_head: dict[str, NameMention] = {}
        self._entities: dict[tuple[str, str], Referent] = {}

    def enter(self, syntax: Syntax, mentions: Mapping[int, NameMention]) -> None:
        """Make a sentence known, with its names by index of each token they cover."""
        self._mentions[syntax.sentence] = mentions
        for mention in mentions.values():
            head = mention.text.rsplit(" ", 1)[-1]
            if head in self._heads and head != mention.text and self.entity(mention).kind in BODIES:
                self._by_head[head] = mention

    def shortened(self, token: Token) -> Referent | None:
        """The body whose name, met before, ends in this capitalised word: "Council" after "the Security Council"."""
        mention = self._by_head.get(token.text)
        return self.entity(mention) if mention is not None else None

    def mention(self, syntax: Syntax, i: int) -> NameMention | None:
        """The registry's name that covers token ``i``, or None."""
        return self._mentions[syntax.sentence].get(i)

    def entity(self, mention: NameMention, n: int = 0) -> Referent:
        """The ``n``-th meaning of a name, best first."""
        key = (mention.entities[n], mention.form)
        if key not in self._entities:
            entity = self._registry.entity(mention.entities[n])
            found = of_entity(self._registry, entity, mention.form, self._date)
            if found.kind == "person":
                found = replace(found, female=self.memory.is_female(found.name or ""))
            self._entities[key] = found
        return self._entities[key]
