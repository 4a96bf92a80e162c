"""Which sentences can hold an event: cheap words first, syntax only for what passes.

A sentence can state an act only if it has a word that a frame's pattern hangs on (of "impose {sanctions}" the rarer
one, sanctions) and somebody who could have done it or suffered it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from rapporteur.knowledge.frames import Rule, Tables

_WORD = re.compile(r"[^\W\d_]+")


class Screen:
    """Tells by its words whether a sentence may state an act.

    Args:
        tables: the compiled frames.
        lemmas_of: all lemmas that a lower-case word form can have.
        people: lower-case words that can stand for somebody (nouns as lemmas, and pronouns).
    """

    def __init__(self, tables: Tables, lemmas_of: Callable[[str], Collection[str]], people: Collection[str]) -> None:
        rules = (r for table in (tables.verbs, tables.nouns, tables.adjectives) for rs in table.values() for r in rs)
        self._anchors = anchors(rules)
        self._lemmas_of = lemmas_of
        self._people = frozenset(people)
        self._known: dict[str, tuple[bool, bool]] = {}

    def passes(self, text: str, named: bool) -> bool:
        """Can the sentence ``text`` state an act? ``named``: a name of the registry stands in it."""
        anchor = False
        for word in _WORD.findall(text):
            is_anchor, is_somebody = self._look(word.lower())
            anchor = anchor or is_anchor
            named = named or is_somebody
            if anchor and named:
                return True
        return False

    def _look(self, word: str) -> tuple[bool, bool]:
        known = self._known.get(word)
        if known is None:
            lemmas = self._lemmas_of(word)
            known = any(x in self._anchors for x in lemmas), any(x in self._people for x in lemmas)
            self._known[word] = known
        return known


def anchors(rules: Iterable[Rule]) -> frozenset[str]:
    """For each rule the words without which it can't hold: its narrowest required word list."""
    out: set[str] = set()
    for rule in rules:
        required = [e.lemmas for e in rule.pattern.elements if e.lemmas and not e.optional and e.kind != "mod"]
        lists = [rule.pattern.heads, *required]
        light = [w for w in lists if not w & _LIGHT]
        out |= min(light or lists, key=lambda w: (len(w), sorted(w)))
    return frozenset(out)


#: Verbs too common to select sentences by; where a pattern asks for more than these, the other word selects.
_LIGHT = frozenset("be have do make take give get go come put hold keep set say tell call see show find".split())
