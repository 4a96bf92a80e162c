"""From a parsed sentence to its events."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from typing import Protocol

from rapporteur.events.choose import Decision, Ranker, RuleRanker, SourcesOf, central_first
from rapporteur.events.clause import Clauses
from rapporteur.events.magnitude import Counts
from rapporteur.events.propose import Candidate, Proposer
from rapporteur.events.roles import PartyFinder
from rapporteur.events.scene import PlaceFinder
from rapporteur.events.when import Calendar
from rapporteur.events.where import Whereabouts
from rapporteur.knowledge.frames import Tables
from rapporteur.knowledge.ontology import Ontology
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Event, Party, Trigger

_BEFORE, _BEHIND = 3, 9  # tokens

#: Told of each sentence that had candidates: its syntax, the decisions on them, and the events made of those kept.
Watch = Callable[[Syntax, Sequence[Decision], Sequence[Event]], None]
#: Acts that are done by saying them: "we urge", "they oppose".
_SPOKEN = frozenset(("AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
_OURS = frozenset(("our", "my"))


class Finder(PartyFinder, PlaceFinder, Protocol):
    """What the coder asks of one article's names: parties and places (``actors.ArticleActors``)."""


class Coder:
    """Codes sentences against compiled frames and the ontology."""

    def __init__(self, tables: Tables, ontology: Ontology, ranker: Ranker | None = None) -> None:
        self._proposer = Proposer(tables, ontology)
        self._ontology = ontology
        self._ranker = ranker or RuleRanker()
        self._article: tuple[Finder, Whereabouts] | None = None  # the article that is being coded

    def code(
        self,
        article: str,
        body: str,
        published: str | None,
        syntax: Syntax,
        actors: Finder,
        sources: SourcesOf,
        watch: Watch | None = None,
    ) -> list[Event]:
        """Events of one sentence, most central first. The sentences of an article are given in text order.

        Args:
            article: the article's id, from which event ids derive.
            body: its text.
            published: its date (ISO) or None.
            syntax: the parsed sentence.
            actors: resolves tokens to parties and places, up to this sentence; one object for the whole article.
            sources: tells who is credited with a span.
            watch: is told what was decided, and why.
        """
        proposals = self._proposer.sentence(syntax, actors)
        where = self._whereabouts(body, actors)
        where.enter(syntax)
        decisions = self._ranker.decide(proposals, sources)
        if not decisions:
            return []
        kept = central_first([d for d in decisions if d.kept])
        events = self._events(article, body, published, kept, proposals.clauses, where, sources)
        if watch is not None:
            watch(syntax, (*kept, *(d for d in decisions if not d.kept)), events)
        return events

    def _events(
        self,
        article: str,
        body: str,
        published: str | None,
        kept: Sequence[Decision],
        clauses: Clauses,
        where: Whereabouts,
        sources: SourcesOf,
    ) -> list[Event]:
        calendar = Calendar(body, clauses, published)
        acts = [decision.candidate for decision in kept]
        places = where.places(acts, clauses)
        counts = Counts(body, clauses, [act.head for act in acts])
        events = [self._event(article, body, decision, clauses, calendar, sources) for decision in kept]
        return [
            dataclasses.replace(event, place=place, magnitude=counts.magnitude_of(act))
            for event, act, place in zip(events, acts, places, strict=True)
        ]

    def _whereabouts(self, body: str, actors: Finder) -> Whereabouts:
        if self._article is None or self._article[0] is not actors:
            self._article = actors, Whereabouts(body, actors)
        return self._article[1]

    def _event(
        self, article: str, body: str, decision: Decision, clauses: Clauses, calendar: Calendar, sources: SourcesOf
    ) -> Event:
        candidate = decision.candidate
        trigger = self._trigger(body, candidate.words, candidate.head, clauses)
        frame = candidate.frame
        cameo = frame.cameo or self._ontology.cameo(frame.type, frame.mode, frame.contexts)
        key = f"{article}\0{frame.type}\0{trigger.start}\0{trigger.end}"
        return Event(
            id=hashlib.blake2b(key.encode(), digest_size=8).hexdigest(),
            sentence=clauses.syntax.sentence,
            type=frame.type,
            mode=frame.mode,
            contexts=frame.contexts,
            trigger=trigger,
            actors=candidate.actors,
            recipients=candidate.recipients,
            status=candidate.status,
            date=calendar.date_of(candidate.head, candidate.words, candidate.status),
            place=None,
            magnitude=None,
            attributed_to=sources(trigger.start, trigger.end, performers(candidate, clauses)),
            cameo=cameo,
            quad=self._ontology.quad(frame.type),
            goldstein=self._ontology.goldstein(cameo),
            scale=self._ontology.scale,
            confidence=decision.confidence,
            rules=(frame.id, candidate.pattern),
        )

    def _trigger(self, body: str, words: tuple[int, ...], head: int, clauses: Clauses) -> Trigger:
        """The span from the head to its last word near by ("carried out a raid"), or back to words just before it
        ("air strike"); the head alone where the others stand elsewhere in the clause."""
        tokens = clauses.tokens
        first = min((w for w in words if head - _BEFORE <= w <= head), default=head)
        last = max((w for w in words if head <= w <= head + _BEHIND), default=head)
        start, end = tokens[first].start, tokens[last].end
        return Trigger(body[start:end], start, end)


def performers(candidate: Candidate, clauses: Clauses) -> tuple[Party, ...]:
    """Who does the act in the very words that tell of it: the "we" of "we urge them to go", of "they said they are
    opposed" the second "they". Only in the present: "said it had rejected the offer" reports a refusal made before."""
    if candidate.frame.type not in _SPOKEN or not _present(candidate.head, clauses):
        return ()
    first = {t.start: t for t in clauses.tokens}
    return candidate.actors if all(_speaks(first.get(p.start)) for p in candidate.actors) else ()


def _speaks(word: Token | None) -> bool:
    """Is it a word by which speakers mean themselves: a personal pronoun, or "our" before a noun?"""
    return word is not None and (word.tag == "PRP" or word.lower in _OURS)


def _present(head: int, clauses: Clauses) -> bool:
    """Is the clause of the word at ``head`` in the present tense, simple or progressive?"""
    token = clauses.tokens[head]
    if token.tag[:1] == "J":
        token = clauses.tokens[token.head]
    if token.tag in ("VBP", "VBZ"):
        return True
    return token.tag == "VBG" and any(
        t.tag in ("VBP", "VBZ") and t.lemma == "be" for t in clauses.syntax.children(token.i, "aux")
    )
