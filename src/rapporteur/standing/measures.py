"""Mentions of measures: what the sentences of an article tell of something in force that lasts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapporteur.events.screen import needs_by_head, needs_of
from rapporteur.knowledge.standing import MeasureTables, measure_tables
from rapporteur.language.syntax import Syntax
from rapporteur.model import Article, Attribution, Event, MeasureMention, Party
from rapporteur.sourcing import Credits
from rapporteur.standing.acquaintance import Acquaintance
from rapporteur.standing.acted import Acted
from rapporteur.standing.condition import Endings
from rapporteur.standing.draft import Draft, Sentence, agree, same_measure
from rapporteur.standing.finder import Finder
from rapporteur.standing.life import Life
from rapporteur.standing.named import Named
from rapporteur.standing.naming import renamed
from rapporteur.standing.onset import Times
from rapporteur.standing.recall import Memory, words_that_take_up
from rapporteur.standing.sides import Sides, with_members
from rapporteur.standing.story import Story

_OF_PERSONS = "detention"
_WORD = re.compile(r"[^\W\d_]+")


class MeasureFinder:
    """Finds what an article tells of measures. Made once; keeps nothing of an article.

    Args:
        lemmas_of: all lemmas that a lower-case word form can have.
    """

    def __init__(self, lemmas_of: Callable[[str], Collection[str]]) -> None:
        self._tables: MeasureTables = measure_tables()
        verbs = (
            self._tables.begins,
            self._tables.ends,
            self._tables.refusals,
            self._tables.announces,
            self._tables.doubts,
        )
        tables = (self._tables.nouns, *verbs)
        needs = {id(rule): needs_of(rule) for table in tables for rules in table.values() for rule in rules}
        self._needs = needs_by_head(rules for table in tables for rules in table.items())
        self._named = Named(self._tables, needs)
        self._acted = Acted(self._tables, needs)
        self._again = words_that_take_up(self._tables.words)
        self._lemmas_of = lemmas_of
        self._known: dict[str, frozenset[str]] = {}

    def passes(self, text: str) -> bool:
        """Can the sentence ``text`` tell of a measure? It has all the words that one of the patterns needs, or those by
        which it takes up one told before."""
        lemmas: set[str] = set()
        for word in _WORD.findall(text):
            lemmas |= self._lemmas(word.lower())
        if any(all(not words.isdisjoint(lemmas) for words in needs) for needs in self._again):
            return True
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
        credits, before = Credits(article.attributions), Before(Memory(), Acquaintance(), Story())
        mentions: list[MeasureMention] = []
        for index, parsed in sorted(syntax.items()):
            sentence = Sentence(article.body, parsed, people, self._tables, article.date.value)
            events = [event for event in article.events if event.sentence == index]
            telling = _Telling(sentence, events, credits, before, article.attributions)
            mentions += telling.mentions(self._drafts(sentence))
            before.story.enter(sentence)
        return renamed(_without_late_onsets(mentions), article, syntax, people)

    def _drafts(self, sentence: Sentence) -> list[Draft]:
        life = Life(sentence)
        drafts = [*self._named.drafts(sentence, life), *self._acted.drafts(sentence, life)]
        return sorted(drafts, key=lambda draft: draft.head)


@dataclass(frozen=True, slots=True)
class Before:
    """What the article's sentences so far have told: the measures, whose country is whose, the last time."""

    memory: Memory
    people: Acquaintance
    story: Story


class _Telling:
    """Turns the drafts of one sentence into mentions."""

    def __init__(
        self,
        sentence: Sentence,
        events: Sequence[Event],
        credits: Credits,
        before: Before,
        attributions: Sequence[Attribution],
    ) -> None:
        self._attributions = attributions
        self._sentence = sentence
        self._events = events
        self._credits = credits
        self._memory, self._people, self._story = before.memory, before.people, before.story
        self._times = Times(sentence)
        self._endings = Endings(sentence)
        self._sides = Sides(sentence)

    def mentions(self, drafts: Sequence[Draft]) -> list[MeasureMention]:
        """One mention for each measure, in text order."""
        self._memory.enter(self._sentence, self._events)
        self._people.enter(self._sentence)
        kept = [draft for draft in drafts if self._is_told(draft)]
        kept += [draft for draft in self._memory.taken_up(self._sentence, kept) if self._is_told(draft)]
        if not kept:
            kept += [draft for draft in self._memory.seized(self._sentence) if self._is_told(draft)]
        self._sides.share(kept)
        groups = _groups(kept)
        told = [self._mention(group, len(groups) == 1) for group in groups]
        return [single for mention in told for single in _by_person(mention)]

    def _is_told(self, draft: Draft) -> bool:
        """Settle the draft's sides, with what earlier words tell of them: is it a measure then? It is noted if so."""
        if draft.entry.antecedent and not self._memory.refer(draft, self._sentence):
            return False
        self._memory.spell_out(draft, self._sentence)
        self._people.know(draft, self._sentence)
        draft.through = self._sides.settle(draft) or draft.through or draft.entry.through
        self._memory.complete(draft)
        self._sides.confine(draft)
        enough = self._sides.enough(draft)
        if enough:
            self._memory.note(draft)
        return enough

    def _mention(self, group: Sequence[Draft], only: bool) -> MeasureMention:
        """The mention of one measure: the draft that tells most, with what only the others tell."""
        best = max(group, key=lambda d: (_told(d), -d.head))
        for draft in group:
            if self._times.is_over(draft):
                draft.status = "ended"
        last = max((d for d in group if d.phase not in (None, "keep")), key=lambda d: d.head, default=best)
        until = next((u for d in group if (u := self._times.until(d)) is not None), None)
        ended = until if last.status == "ended" else None
        since = next((s for d in (best, *group) if (s := self._times.since(d, ended)) is not None), None)
        since = since or self._story.onset(last, self._sentence)
        since = since or next((s for d in (last, best) if (s := self._times.reported(d)) is not None), None)
        for draft in group:
            draft.onset = since or draft.onset
        if until is None and last.status == "in force":
            until = next((u for d in group if (u := self._times.term(d)) is not None), None)
        event = next((e for d in (last, best, *group) if (e := self._event(d)) is not None), None)
        word = self._sentence.tokens[best.word]
        credited = event.attributed_to if event is not None else self._credits(word.start, word.end)
        credited = tuple(c for c in credited if not self._is_cue(c, last.word) and not self._is_cue(c, best.word))
        return MeasureMention(
            kind=best.entry.kind,
            imposers=with_members(next((d.imposers for d in (best, *group) if d.imposers), ())),
            targets=with_members(next((d.targets for d in (best, *group) if d.targets), ())),
            object=next((text for d in (best, *group) if (text := self._object(d)) is not None), None),
            through=next((d.through for d in (best, *group) if d.through is not None), None),
            since=since,
            until=until,
            ends_when=next((c for d in (best, *group) if (c := self._endings.of(d, only)) is not None), None),
            status=last.status,
            evidence=self._evidence(best),
            event=event.id if event is not None else None,
            attributed_to=credited,
            rules=(f"measure.{best.entry.id}", best.rule),
        )

    def _is_cue(self, credit: int, word: int) -> bool:
        """Is the word that tells of the measure itself taken for a word of saying: "is considering sanctions"? Who
        does that is no source of it."""
        token = self._sentence.tokens[word]
        return any(start <= token.start < end for start, end in self._attributions[credit].cue)

    def _evidence(self, draft: Draft) -> tuple[int, int]:
        """The clause of the word that tells of it, with the noun."""
        start, end = self._sentence.clause(draft.word)
        first, last = self._sentence.phrase(draft.head)
        return min(start, first), max(end, last)

    def _object(self, draft: Draft) -> str | None:
        if not draft.objects:
            return draft.called
        start, end = self._sentence.phrase(draft.objects[0])
        whose = next((t for t in self._sentence.tokens if t.start == start and t.tag == "PRP$"), None)
        return self._sentence.body[start if whose is None else whose.end : end].lstrip()

    def _event(self, draft: Draft) -> Event | None:
        """The article's event that the measure's word states, or its noun."""
        for i in (draft.word, draft.head):
            token = self._sentence.tokens[i]
            for event in self._events:
                if event.trigger.start <= token.start and token.end <= event.trigger.end:
                    return event
        return None


def _by_person(mention: MeasureMention) -> Iterator[MeasureMention]:
    """One mention for each that is held, where these are persons of different countries; else the mention itself."""
    codes = [p.code for p in mention.targets]
    if mention.kind != _OF_PERSONS or len(codes) < 2 or None in codes or len(set(codes)) != len(codes):
        yield mention
        return
    for party in mention.targets:
        yield replace(mention, targets=(party,), object=None if mention.object is None else _words(party))


def _words(party: Party) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", party.text, flags=re.IGNORECASE)


def _without_late_onsets(mentions: Sequence[MeasureMention]) -> list[MeasureMention]:
    """The mentions, none with the report as its onset whose measure the article itself dates otherwise, or ends."""

    def is_older(mention: MeasureMention) -> bool:
        others = (m for m in mentions if m is not mention and _is_same(m, mention))
        return any(m.status == "ended" or (m.since is not None and m.since.basis != "report") for m in others)

    return [
        replace(m, since=None) if m.since is not None and m.since.basis == "report" and is_older(m) else m
        for m in mentions
    ]


def _is_same(one: MeasureMention, other: MeasureMention) -> bool:
    return one.kind == other.kind and agree(one.imposers, other.imposers) and agree(one.targets, other.targets)


def _groups(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The drafts by the measure that they tell of, in text order."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        group = next((g for g in groups if all(same_measure(d, draft) for d in g)), None)
        if group is None:
            groups.append([draft])
        else:
            group.append(draft)
    return groups


def _told(draft: Draft) -> tuple[bool, int, int]:
    known = sum(p.code is not None for p in (*draft.imposers, *draft.targets))
    return draft.phase not in (None, "keep"), bool(draft.imposers) + bool(draft.targets), known
