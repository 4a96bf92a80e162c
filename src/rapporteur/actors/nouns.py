"""What kind of party a common noun stands for."""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.actors.phrases import Phrases
from rapporteur.knowledge.registry import Registry
from rapporteur.language import Syntax, Token

_KINDS = {"group": "crowd", "thing": "machine", "country": "state", "locality": "city"}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for somebody: ``kind`` is person, population, crowd, organisation, force,
    state (a country), city (any smaller place), machine, place or private."""

    lemma: str
    kind: str
    sector: str | None
    political: bool


class Nouns:
    """Common nouns by lemma: the registry's agents and titles, then ``phrases/actors.yaml``."""

    def __init__(self, registry: Registry, phrases: Phrases) -> None:
        self._registry = registry
        self._plain = {noun: kind for kind in reversed(phrases.nouns) for noun in phrases.nouns[kind]}
        self._known: dict[str, Noun | None] = {}

    def of(self, syntax: Syntax, token: Token) -> Noun | None:
        """The noun that ``token`` heads, with the word before it where both are one term ("security forces")."""
        if token.tag[:2] not in ("NN", "JJ", "CD", "DT") and token.dep != "compound":
            return None
        if token.i > 1 and syntax.tokens[token.i - 1].text == "-":
            found = self.word(f"{syntax.tokens[token.i - 2].lower}-{token.lemma}")
            if found is not None:
                return found
        if token.i > 0:
            before = syntax.tokens[token.i - 1]
            if before.head == token.i and before.dep in ("compound", "amod"):
                found = self.word(f"{before.lower} {token.lemma}")
                if found is not None:
                    return found
        return self.word(token.lemma) or self.word(token.lower.rstrip("."))

    def word(self, lemma: str) -> Noun | None:
        """The noun of a lower-case lemma of one or more words, or None."""
        if lemma not in self._known:
            self._known[lemma] = self._looked_up(lemma)
        return self._known[lemma]

    def _looked_up(self, lemma: str) -> Noun | None:
        plain = self._plain.get(lemma)
        kind = _KINDS.get(plain, plain) if plain is not None else None
        if kind == "private":
            return Noun(lemma, kind, None, False)
        agent = self._registry.agent(lemma)
        if agent is not None:
            political = agent.political and agent.sector != "BUS"  # a firm is no actor of politics by itself
            return Noun(lemma, kind or _KINDS.get(agent.kind, agent.kind), agent.sector, political)
        title = self._registry.title(lemma)
        if title is not None:
            return Noun(lemma, "person" if title.kind == "title" else "organisation", title.sector, True)
        if kind is not None:
            return Noun(lemma, kind, None, kind in ("organisation", "person", "state"))
        return self.word(lemma.rsplit("-", 1)[1]) if "-" in lemma else None
