"""Which sentences can hold an event: cheap words first, syntax only for what passes.

A sentence can state an act only if it has all the words that some frame's pattern needs ("impose" and "sanctions", in
any form) and somebody who could have done it or suffered it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from rapporteur.knowledge.frames import Rule, Tables

_WORD = re.compile(r"[^\W\d_]+")
#: What else must stand in the sentence, beside a pattern's head: one word of each set.
Needs = tuple[frozenset[str], ...]


class Screen:
    """Tells by its words whether a sentence may state an act.

    Args:
        tables: the compiled frames.
        lemmas_of: all lemmas that a lower-case word form can have.
        people: lower-case words that can stand for somebody (nouns as lemmas, and pronouns).
    """

    def __init__(self, tables: Tables, lemmas_of: Callable[[str], Collection[str]], people: Collection[str]) -> None:
        self._needs = needs_by_head(
            rules for table in (tables.verbs, tables.nouns, tables.adjectives) for rules in table.items()
        )
        self._lemmas_of = lemmas_of
        self._people = frozenset(people)
        self._known: dict[str, frozenset[str]] = {}

    def passes(self, text: str, named: bool) -> bool:
        """Can the sentence ``text`` state an act? ``named``: a name of the registry stands in it."""
        lemmas: set[str] = set()
        for word in _WORD.findall(text):
            lemmas |= self._lemmas(word.lower())
        if not named and self._people.isdisjoint(lemmas):
            return False
        return any(self._holds(self._needs[lemma], lemmas) for lemma in lemmas if lemma in self._needs)

    @staticmethod
    def _holds(alternatives: Iterable[Needs], lemmas: set[str]) -> bool:
        return any(all(not words.isdisjoint(lemmas) for words in needs) for needs in alternatives)

    def _lemmas(self, word: str) -> frozenset[str]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = frozenset(self._lemmas_of(word))
        return known


def needs_of(rule: Rule) -> Needs:
    """The word sets of a rule's required elements, of each of which one must stand in the sentence."""
    needs: list[frozenset[str]] = []
    for element in rule.pattern.elements:
        if element.optional:
            continue
        if element.lemmas and "not" not in element.lemmas:  # a negation has many forms
            needs.append(element.lemmas)
        if element.before:
            needs.append(element.before)
        if element.words:
            needs.append(frozenset(element.words))
    return tuple(needs)


def needs_by_head(tables: Iterable[tuple[str, tuple[Rule, ...]]]) -> dict[str, tuple[Needs, ...]]:
    """For each head lemma, what its patterns need beside it; only ``((),)`` where one of them needs nothing."""
    out: dict[str, set[Needs]] = {}
    for head, rules in tables:
        for rule in rules:
            out.setdefault(head, set()).add(needs_of(rule))
    return {head: ((),) if () in found else tuple(sorted(found, key=_order)) for head, found in out.items()}


def _order(needs: Needs) -> tuple[int, list[list[str]]]:
    return len(needs), [sorted(words) for words in needs]
