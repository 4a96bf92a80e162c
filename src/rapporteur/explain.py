"""Why an event was coded, and why a possible one was not: what the reader decided, for people to check.

``Explainer`` listens to a reader:

    explainer = reader.watch = Explainer()
    article = reader.read_document(record)
    explainer.explanations(article), explainer.skips(article)

Each ``Explanation`` tells the frame and pattern, the words, the parties, the figures
that the decision rests on, and what else the words could have been; each ``Skip`` a candidate that was let go and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from rapporteur.events import Decision
from rapporteur.knowledge.skips import SkipWords
from rapporteur.language import Syntax
from rapporteur.model import Article, Event, Span


@dataclass(frozen=True, slots=True)
class Skip:
    """A possible event that was let go.

    Attributes:
        sentence: index into the article's sentences.
        type, frame: what it would have been, by which frame.
        trigger: body span of its words, from the first to the last.
        reason: the decision's reason (``docs/ranking.md``), "negated", "future" or "hypothetical" where that was it;
            where the ranking model let it go and the sentence is plainly about something else, that topic.
        because: the reason in words.
        confidence: 0..1.
    """

    sentence: int
    type: str
    frame: str
    trigger: Span
    text: str
    reason: str
    because: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else the words of an event could have been, and why they were not taken so."""

    type: str
    frame: str
    text: str
    confidence: float
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event was coded.

    Attributes:
        event: the event.
        sentence: the words of its sentence.
        frame, pattern: what proposed it; for a word that no frame knows, the type's open frame.
        parts: each party's words, its part, and its code.
        evidence: named figures of the ranking (empty where the rules alone decide).
        alternatives: other candidates at the same words or of the same sentence, likeliest first.
    """

    event: Event
    sentence: str
    frame: str
    pattern: str
    parts: tuple[tuple[str, str, str | None], ...]
    evidence: tuple[tuple[str, float], ...]
    alternatives: tuple[Alternative, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``rapporteur explain --format json`` prints it."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


@dataclass(slots=True)
class _Heard:
    """What was decided on one sentence."""

    syntax: Syntax
    decisions: tuple[Decision, ...]
    events: tuple[Event, ...]


@dataclass(slots=True)
class Explainer:
    """Listens to a reader while it reads, and speaks of the article that was read last."""

    _heard: list[_Heard] = field(default_factory=list)
    _article: Article | None = None

    def __call__(
        self, article: Article, syntax: Syntax, decisions: Sequence[Decision], events: Sequence[Event]
    ) -> None:
        if article is not self._article:  # an id may come back: one file given twice
            self._heard.clear()
            self._article = article
        self._heard.append(_Heard(syntax, tuple(decisions), tuple(events)))

    def _about(self, article: Article) -> list[_Heard]:
        """What was heard of the article: nothing if none of its sentences had a candidate."""
        last = self._article
        return self._heard if last is not None and (article.id, article.body) == (last.id, last.body) else []

    def explanations(self, article: Article) -> Iterator[Explanation]:
        """Of each event of the article just read, in the article's order."""
        for heard in self._about(article):
            kept = [d for d in heard.decisions if d.kept]
            rest = [d for d in heard.decisions if not d.kept]
            for event, decision in zip(heard.events, kept, strict=True):
                yield self._explanation(article, heard.syntax, event, decision, rest)

    def _explanation(
        self, article: Article, syntax: Syntax, event: Event, decision: Decision, rest: Sequence[Decision]
    ) -> Explanation:
        reasons = SkipWords.load().reasons
        own = set(decision.candidate.words)
        order = sorted(rest, key=lambda d: (not own & set(d.candidate.words), -d.confidence, d.candidate.head))
        alternatives = tuple(
            Alternative(
                d.candidate.frame.type,
                d.candidate.frame.id,
                _words(article.body, syntax, d),
                d.confidence,
                reasons.get(d.reason or "", ""),
            )
            for d in order
        )
        parts = [(p.text, "actor", p.code) for p in event.actors] + [
            (p.text, "recipient", p.code) for p in event.recipients
        ]
        start, end = article.sentences[event.sentence]
        return Explanation(
            event=event,
            sentence=article.body[start:end],
            frame=decision.candidate.frame.id,
            pattern=decision.candidate.pattern,
            parts=tuple(parts),
            evidence=decision.evidence,
            alternatives=alternatives,
        )

    def skips(self, article: Article) -> Iterator[Skip]:
        """The candidates of the article just read that became no events, in text order. What only repeats or overlaps
        an event that was kept is no silence, and is left out."""
        words = SkipWords.load()
        for heard in self._about(article):
            for decision in sorted(heard.decisions, key=lambda d: d.candidate.head):
                if decision.kept or decision.reason in ("overlap", "repeat", "weaker"):
                    continue
                reason = _reason(heard.syntax, decision, words)
                start, end = _span(heard.syntax, decision)
                yield Skip(
                    sentence=heard.syntax.sentence,
                    type=decision.candidate.frame.type,
                    frame=decision.candidate.frame.id,
                    trigger=(start, end),
                    text=article.body[start:end],
                    reason=reason,
                    because=_because(reason, decision, words),
                    confidence=decision.confidence,
                )


def _reason(syntax: Syntax, decision: Decision, words: SkipWords) -> str:
    if decision.reason in ("status", "model", "form") and decision.candidate.status != "actual":
        return decision.candidate.status
    if decision.reason != "model":
        return decision.reason or ""
    spoken = {t.lemma for t in syntax.tokens} | {t.lower for t in syntax.tokens}
    met = {topic: len(spoken & some) for topic, some in words.topics.items()}
    best = max(met, key=lambda topic: (met[topic], topic))
    return best if met[best] >= 2 else "background"


def _because(reason: str, decision: Decision, words: SkipWords) -> str:
    if reason in words.reasons:
        return words.reasons[reason]
    if reason in words.topics:
        return f"{words.reasons['model']}; the sentence reads like {reason}"
    if reason == "background":
        return words.reasons["model"]
    return f"the text tells it as {reason}"


def _span(syntax: Syntax, decision: Decision) -> Span:
    tokens = [syntax.tokens[i] for i in decision.candidate.words]
    return min(t.start for t in tokens), max(t.end for t in tokens)


def _words(body: str, syntax: Syntax, decision: Decision) -> str:
    start, end = _span(syntax, decision)
    return body[start:end]
