"""Talks told by what those do who were sent to them: "envoys of Peru and of Chile went home", "the negotiators of both
sides are back at the table".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapporteur.events.clause import Clauses
from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Token
from rapporteur.model import Party
from rapporteur.standing.talks_who import Who


@dataclass(frozen=True, slots=True)
class Deed:
    """What delegates do: token ``verb`` says it of those whom token ``who`` heads; ``fate`` is what it tells of the
    talks, ``parties`` are those who sent them."""

    verb: int
    who: int
    fate: str
    parties: tuple[Party, ...]


class Delegates:
    """Reads one sentence."""

    def __init__(self, clauses: Clauses, who: Who, words: TalksWords) -> None:
        self._clauses = clauses
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._who = who
        self._words = words

    def deeds(self) -> Iterator[Deed]:
        """What delegates of two sides or more do, in text order."""
        for token in self._tokens:
            if token.tag[:1] != "V":
                continue
            fate = self._fate(token)
            agents = self._clauses.agents(token.i)
            sent = next((i for i in agents if self._who.delegates(i)), None)
            if fate is None or not agents or (sent is None and not self._at_table(token.i)):
                continue
            tables = (i for i in self._below(token.i) if self._tokens[i].lemma in self._words.tables)
            facing = [i for table in tables for _, i in self._clauses.prepositional(table, ("with",))]
            parties = self._who.parties([*agents, *facing])
            if len(parties) > 1:
                yield Deed(token.i, agents[0] if sent is None else sent, fate, parties)

    def agendas(self) -> Iterator[int]:
        """Verbs that say what those who were named before treat: "the two are to discuss the border"."""
        for token in self._tokens:
            if token.tag[:1] != "V" or token.lemma not in self._words.verbs.treating:
                continue
            heads = {self._tokens[i].lower for i in self._subjects(token)}
            if heads & self._words.taking_up:
                yield token.i

    def _subjects(self, verb: Token) -> list[int]:
        """Its own subjects, else those of the verb on which its infinitive hangs."""
        own = [t.i for t in self._syntax.children(verb.i, "nsubj")]
        above = verb.head if verb.dep == "xcomp" else verb.i
        return own or [t.i for t in self._syntax.children(above, "nsubj")]

    def _fate(self, verb: Token) -> str | None:
        """What the verb, with its particle, its object or what stands behind its prepositions, tells of the talks."""
        beside = {t.lower for t in self._syntax.children(verb.i, "prt", "advmod", "acomp")}
        beside |= {t.lemma.lower() for t in self._syntax.children(verb.i, "dobj", "npadvmod")}
        beside |= {self._tokens[i].lemma.lower() for i in self._below(verb.i)}
        keys = {verb.lemma, *(f"{verb.lemma} {word}" for word in beside)}
        return next((fate for fate, deeds in sorted(self._words.deeds.items()) if keys & deeds), None)

    def _at_table(self, verb: int) -> bool:
        return any(self._tokens[i].lemma in self._words.tables for i in self._below(verb))

    def _below(self, verb: int) -> list[int]:
        """The nouns behind the verb's prepositions, also behind those of "back": "back | at the table"."""
        homes = (verb, *(t.i for t in self._syntax.children(verb, "advmod", "prep")))
        return [o.i for home in homes for t in (self._tokens[home], *self._syntax.children(home, "prep"))
                if t.dep in ("prep", "advmod") for o in self._syntax.children(t.i, "pobj")]  # fmt: skip
