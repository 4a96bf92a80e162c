"""Which round of talks a word tells of, and which other round it is told beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Syntax
from rapporteur.standing.talks_fate import Fated
from rapporteur.standing.talks_sight import Sight
from rapporteur.standing.talks_times import Times

_NUMERAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)$")


class Rounds:
    """Reads one sentence."""

    def __init__(self, syntax: Syntax, words: TalksWords, times: Times) -> None:
        self._syntax = syntax
        self._tokens = syntax.tokens
        self._words = words
        self._times = times

    def ordinal(self, n: int, top: int, fated: Fated) -> int | None:
        """Which round it is; 0 where some are told to have been before ("another round", "six rounds")."""
        for home in (n, top):
            found = self._before(home)
            if found is not None:
                return found
        return self._time(fated.verb) if fated.verb >= 0 else None

    def _before(self, n: int) -> int | None:
        token = self._tokens[n]
        rounds = token.lemma in self._words.nouns.rounds
        for child in self._syntax.children(n, "amod", "det", "compound", "nummod"):
            number = self._number(child.lower)
            if number is not None:
                return number
            if child.lower in self._words.another and (rounds or token.lemma == "negotiation"):
                return 0
        return 0 if rounds and token.tag == "NNS" else None

    def _number(self, word: str) -> int | None:
        numeral = _NUMERAL.match(word)
        return int(numeral[1]) if numeral else self._words.ordinals.get(word)

    def _time(self, verb: int) -> int | None:
        """ "Will meet for a third time"."""
        for prep in self._syntax.children(verb, "prep"):
            for obj in self._syntax.children(prep.i, "pobj"):
                if prep.lower == "for" and obj.lemma == "time":
                    found = (self._number(t.lower) for t in self._syntax.children(obj.i, "amod"))
                    return next((n for n in found if n is not None), None)
        return None

    def bare(self) -> Iterator[int]:
        """Numbers that stand for a round before: "a week after the first". Token indices."""
        for token in self._tokens:
            alone = token.dep == "pobj" and token.tag in ("JJ", "NN") and token.lower in self._words.ordinals
            if alone and self._tokens[token.head].lower in self._words.after:
                yield token.i

    def under(self, top: int) -> int | None:
        """The token above "following a meeting": what was held before it."""
        token = self._tokens[top]
        prep = self._tokens[token.head]
        if token.dep != "pobj" or prep.lower not in self._words.after | self._words.ahead:
            return None
        return prep.head

    def hung(self, found: Sequence[Sight]) -> list[Sight]:
        """The sights, with ``under`` as the head of the sight in whose clause each hangs, or None, and with a date
        where it is told by how long before that one it was. A round told by its number alone must hang from talks."""
        out = []
        bare = set(self.bare())
        for sight in sorted(found, key=lambda s: s.head):
            above = self._above(sight, found)
            if sight.head in bare and above is None:
                continue
            day = sight.date
            prep = self._tokens[self._tokens[sight.top].head]
            if above is not None and above.date is not None and day is None and prep.lower in self._words.after:
                day = self._times.before(prep.i, above.date)
            out.append(replace(sight, under=above.head if above is not None else None, date=day))
        return out

    def _above(self, sight: Sight, found: Sequence[Sight]) -> Sight | None:
        if sight.under is None:
            return None
        chain = {sight.under, *(t.i for t in self._syntax.ancestors(sight.under))}
        homes = [s for s in found if s is not sight and self._stands(s) & chain]
        return homes[-1] if homes else None

    def _stands(self, sight: Sight) -> set[int]:
        out = {sight.head, sight.top}
        head = self._tokens[self._tokens[sight.top].head]
        return out | ({head.i} if head.tag[:1] == "V" else set())
