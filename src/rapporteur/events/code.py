"""From a parsed sentence to its events."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from rapporteur.events.choose import Ranker, RuleRanker, Scored, choose
from rapporteur.events.clause import Clauses
from rapporteur.events.propose import Candidate, Proposer
from rapporteur.events.roles import PartyFinder
from rapporteur.events.when import Calendar
from rapporteur.knowledge.frames import Tables
from rapporteur.knowledge.ontology import Ontology
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Event, Party, Trigger

_BEFORE, _BEHIND = 3, 9  # tokens

#: Indices, outermost first, of the attributions whose content holds a body span, but for those of whom the parties
#: perform the act by saying so.
SourcesOf = Callable[[int, int, Sequence[Party]], tuple[int, ...]]
#: Acts that are done by saying them: "we urge", "they oppose".
_SPOKEN = frozenset(("AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
_OURS = frozenset(("our", "my"))


class Coder:
    """Codes sentences against compiled frames and the ontology."""

    def __init__(self, tables: Tables, ontology: Ontology, ranker: Ranker | None = None) -> None:
        self._proposer = Proposer(tables, ontology)
        self._ontology = ontology
        self._ranker = ranker or RuleRanker()

    def code(
        self, article: str, body: str, published: str | None, syntax: Syntax, actors: PartyFinder, sources: SourcesOf
    ) -> list[Event]:
        """Events of one sentence, most central first.

        Args:
            article: the article's id, from which event ids derive.
            body: its text.
            published: its date (ISO) or None.
            syntax: the parsed sentence.
            actors: resolves tokens to parties, up to this sentence.
            sources: tells who is credited with a span.
        """
        candidates, clauses = self._proposer.propose(syntax, actors)
        if not candidates:
            return []
        calendar = Calendar(body, clauses, published)
        return [
            self._event(article, body, scored, clauses, calendar, sources)
            for scored in choose(candidates, clauses, self._ranker)
        ]

    def _event(
        self, article: str, body: str, scored: Scored, clauses: Clauses, calendar: Calendar, sources: SourcesOf
    ) -> Event:
        candidate = scored.candidate
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
            confidence=scored.confidence,
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
