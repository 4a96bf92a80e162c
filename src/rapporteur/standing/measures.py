"""Mentions of measures: what the sentences of an article tell of something in force that lasts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from rapporteur.events.screen import needs_by_head, needs_of
from rapporteur.knowledge.standing import MeasureTables, measure_tables
from rapporteur.language.syntax import Syntax
from rapporteur.model import Article, Event, MeasureMention, Party
from rapporteur.sourcing import Credits
from rapporteur.standing.acted import Acted
from rapporteur.standing.condition import Endings
from rapporteur.standing.draft import Draft, Sentence
from rapporteur.standing.finder import Finder
from rapporteur.standing.life import Life
from rapporteur.standing.named import Named
from rapporteur.standing.onset import Times
from rapporteur.standing.recall import Memory
from rapporteur.standing.sides import Sides, same_measure

_WORD = re.compile(r"[^\W\d_]+")


class MeasureFinder:
    """Finds what an article tells of measures. Made once; keeps nothing of an article.

    Args:
        lemmas_of: all lemmas that a lower-case word form can have.
    """

    def __init__(self, lemmas_of: Callable[[str], Collection[str]]) -> None:
        self._tables: MeasureTables = measure_tables()
        tables = (self._tables.nouns, self._tables.begins, self._tables.ends, self._tables.refusals)
        needs = {id(rule): needs_of(rule) for table in tables for rules in table.values() for rule in rules}
        self._needs = needs_by_head(rules for table in tables for rules in table.items())
        self._named = Named(self._tables, needs)
        self._acted = Acted(self._tables, needs)
        self._lemmas_of = lemmas_of
        self._known: dict[str, frozenset[str]] = {}

    def passes(self, text: str) -> bool:
        """Can the sentence ``text`` tell of a measure? It has all the words that one of the patterns needs."""
        lemmas: set[str] = set()
        for word in _WORD.findall(text):
            lemmas |= self._lemmas(word.lower())
        return any(
            any(all(not words.isdisjoint(lemmas) for words in needs) for needs in self._needs[lemma])
            for lemma in lemmas
            if lemma in self._needs
        )

    def _lemmas(self, word: str) -> frozenset[str]:
        if word not in self._known:
            self._known[word] = frozenset(self._lemmas_of(word))
        return self._known[word]

    def find(self, article: Article, syntax: Mapping[int, Syntax], people: Finder) -> tuple[MeasureMention, ...]:
        """The mentions, in text order.

        Args:
            article: with attributions and events.
            syntax: its parsed sentences, by index.
            people: resolves tokens to parties and places.
        """
        credits, memory = Credits(article.attributions), Memory()
        mentions: list[MeasureMention] = []
        for index, parsed in sorted(syntax.items()):
            sentence = Sentence(article.body, parsed, people, self._tables, article.date.value)
            events = [event for event in article.events if event.sentence == index]
            mentions += _Telling(sentence, events, credits, memory).mentions(self._drafts(sentence))
        return tuple(mentions)

    def _drafts(self, sentence: Sentence) -> list[Draft]:
        life = Life(sentence)
        drafts = [*self._named.drafts(sentence, life), *self._acted.drafts(sentence, life)]
        return sorted(drafts, key=lambda draft: draft.head)


class _Telling:
    """Turns the drafts of one sentence into mentions."""

    def __init__(self, sentence: Sentence, events: Sequence[Event], credits: Credits, memory: Memory) -> None:
        self._sentence = sentence
        self._events = events
        self._credits = credits
        self._memory = memory
        self._times = Times(sentence)
        self._endings = Endings(sentence)
        self._sides = Sides(sentence)

    def mentions(self, drafts: Sequence[Draft]) -> list[MeasureMention]:
        """One mention for each measure, in text order."""
        kept: list[tuple[Draft, str | None]] = []
        for draft in drafts:
            through = self._sides.settle(draft) or draft.entry.through
            self._memory.complete(draft)
            if self._sides.enough(draft):
                kept.append((draft, through))
        kept = list(_each_once(kept))
        for draft, _ in kept:
            self._memory.note(draft)
        return [self._mention(draft, through, len(kept) == 1) for draft, through in kept]

    def _mention(self, draft: Draft, through: str | None, only: bool) -> MeasureMention:
        if self._times.is_over(draft):
            draft.status = "ended"
        until = self._times.until(draft)
        word = self._sentence.tokens[draft.word]
        start, end = self._evidence(draft)
        event = self._event(draft)
        credited = event.attributed_to if event is not None else self._credits(word.start, word.end)
        return MeasureMention(
            kind=draft.entry.kind,
            imposers=draft.imposers,
            targets=draft.targets,
            object=self._object(draft),
            through=through,
            since=self._times.since(draft, until if draft.status == "ended" else None),
            until=until,
            ends_when=self._endings.of(draft, only),
            status=draft.status,
            evidence=(start, end),
            event=event.id if event is not None else None,
            attributed_to=credited,
            rules=(f"measure.{draft.entry.id}", draft.rule),
        )

    def _evidence(self, draft: Draft) -> tuple[int, int]:
        """The clause of the word that tells of it, with the noun."""
        start, end = self._sentence.clause(draft.word)
        first, last = self._sentence.phrase(draft.head)
        return min(start, first), max(end, last)

    def _object(self, draft: Draft) -> str | None:
        if not draft.objects:
            return None
        start, end = self._sentence.phrase(draft.objects[0])
        return self._sentence.body[start:end]

    def _event(self, draft: Draft) -> Event | None:
        """The article's event that the measure's word states, or its noun."""
        for i in (draft.word, draft.head):
            token = self._sentence.tokens[i]
            for event in self._events:
                if event.trigger.start <= token.start and token.end <= event.trigger.end:
                    return event
        return None


def _each_once(drafts: Sequence[tuple[Draft, str | None]]) -> Iterator[tuple[Draft, str | None]]:
    """Of drafts of the same measure the one that tells most."""
    left = list(drafts)
    while left:
        first = left[0]
        same = [other for other in left if same_measure(first[0], other[0])]
        left = [other for other in left if other not in same]
        best = max(same, key=lambda d: (_told(d[0]), -d[0].head))
        yield replace_sides(best, same)


def _told(draft: Draft) -> tuple[bool, int, int]:
    known = sum(p.code is not None for p in (*draft.imposers, *draft.targets))
    return draft.phase not in (None, "keep"), bool(draft.imposers) + bool(draft.targets), known


def replace_sides(best: tuple[Draft, str | None], same: Sequence[tuple[Draft, str | None]]) -> tuple[Draft, str | None]:
    """The best draft, with the sides and the institution that only another of the same measure names."""
    draft, through = best
    for other, institution in same:
        through = through or institution
        imposers: tuple[Party, ...] = draft.imposers or other.imposers
        targets = draft.targets or other.targets
        begun = other.word if other.phase == "begin" and other.word != draft.word else None
        if draft.begun is not None:
            begun = draft.begun
        draft = replace(draft, imposers=imposers, targets=targets, begun=begun)
    return draft, through
