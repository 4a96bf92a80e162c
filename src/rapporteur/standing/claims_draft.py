"""What may be a claim, before it is known which claims answer which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapporteur.actors.phrases import load_phrases
from rapporteur.knowledge.claims import ClaimWords
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Article, Attribution, ClaimMention, Event, Party, Span
from rapporteur.standing.finder import Finder

_WORD = re.compile(r"[^\W\d_]+")
_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSAL = ("VBD", "VBZ", "VBP", "VB", "MD")
_QUOTES = "“”\"‘’' "
_EARLY = 6  # words within which a speaker's "we" is the subject


@dataclass(frozen=True, slots=True)
class Draft:
    """A possible claim.

    Attributes:
        claimant, source, force, attribution: as of ``ClaimMention``.
        spans: of the content; ``evidence``: the whole.
        about: ids of the events in the content; ``types``: their types.
        names: codes of the countries and parties that the content names, and their registry ids.
        words: the content's words, lower case.
        sentence: index of the sentence that it begins in.
        pronoun: its source is a pronoun, so that it goes on from an earlier claim.
        parent: index of the attribution that encloses its own.
        relays: it is an outlet's report of what others say.
        tells: the content has a clause, or a deed that is no talk.
        courteous: it tells only of the speaker's own talk and good will ("we discussed concerns").
    """

    claimant: Party | None
    source: str
    force: str
    spans: tuple[Span, ...]
    evidence: Span
    about: tuple[str, ...]
    types: frozenset[str]
    names: frozenset[str]
    words: tuple[str, ...]
    sentence: int
    pronoun: bool
    attribution: int | None
    parent: int | None
    relays: bool
    tells: bool
    courteous: bool

    def mention(self, body: str) -> ClaimMention:
        """The claim as it is given out, without what it answers."""
        content = " ".join(" ".join(body[s:e].split()) for s, e in self.spans)
        return ClaimMention(
            self.claimant, self.source, self.force, content, self.evidence, self.about, attribution=self.attribution
        )


class Drafter:
    """Drafts the claims of one article."""

    def __init__(self, article: Article, syntax: Mapping[int, Syntax], people: Finder, words: ClaimWords) -> None:
        self._article = article
        self._body = article.body
        self._syntax = syntax
        self._people = people
        self._words = words
        pronouns = load_phrases().pronouns
        self._own = pronouns.speaker | pronouns.speakers
        self._pronouns = (
            pronouns.male | pronouns.female | pronouns.thing | pronouns.many | pronouns.speaker | pronouns.speakers
        )

    def drafts(self) -> list[Draft]:
        """All that somebody asserts, denies, rejects or confirms, in text order."""
        found = [d for n, a in enumerate(self._article.attributions) if (d := self._of(n, a)) is not None]
        found += self._bare()
        return sorted(found, key=lambda d: (d.evidence, d.attribution if d.attribution is not None else -1))

    def _of(self, n: int, attribution: Attribution) -> Draft | None:
        force = attribution.force
        if not attribution.source or not attribution.content:
            return None
        if force not in self._words.claiming | self._words.rejecting | self._words.confirming:
            return None
        source = " ".join(self._body[s:e] for s, e in attribution.source)
        spans = attribution.content
        every = (*attribution.source, *attribution.cue, *spans)
        evidence = min(s for s, _ in every), max(e for _, e in every)
        return self._draft(attribution.party, source, force, spans, evidence, n, attribution.parent)

    def _draft(
        self, claimant: Party | None, source: str, force: str, spans: tuple[Span, ...], evidence: Span, n: int | None,
        parent: int | None,
    ) -> Draft:  # fmt: skip
        events = [e for e in self._article.events if any(s < e.trigger.end and e.trigger.start < t for s, t in spans)]
        parties = [p for e in events for p in (*e.actors, *e.recipients)]
        named = {name for p in parties for name in (p.code, p.entity) if name is not None}
        text = " ".join(self._body[s:e] for s, e in spans).lower()
        return Draft(
            claimant=claimant, source=" ".join(source.split()), force=force, spans=spans, evidence=evidence,
            about=tuple(e.id for e in events), types=frozenset(e.type for e in events),
            names=frozenset(named | self._countries(spans)), words=tuple(_WORD.findall(text)),
            sentence=self._sentence(evidence[0]),
            pronoun=source.lower() in self._pronouns, attribution=n, parent=parent,
            relays=n is not None and self._relays(n), tells=self._tells(spans, events),
            courteous=self._courteous(spans, events),
        )  # fmt: skip

    def _tells(self, spans: tuple[Span, ...], events: list[Event]) -> bool:
        """Has the content a verb, or does it name a deed ("the killing of a priest"), not only a thing or a meeting?"""
        inside = [e for e in events if any(s <= e.trigger.start < t for s, t in spans)]
        if any(e.type not in self._words.talking for e in inside):
            return True
        return any(
            token.tag in _CLAUSAL and any(s <= token.start < t for s, t in spans)
            for index in self._sentences_of(spans)
            for token in self._syntax[index].tokens
        )

    def _courteous(self, spans: tuple[Span, ...], events: list[Event]) -> bool:
        first = self._body[spans[0][0] : spans[0][1]].strip(_QUOTES)
        words = _WORD.findall(first.lower())
        own = not self._own.isdisjoint(words[:_EARLY])
        return bool(events) and all(e.quad == 1 and (own or e.type in self._words.talking) for e in events)

    def _sentences_of(self, spans: tuple[Span, ...]) -> list[int]:
        sentences = self._article.sentences
        return [k for k in sorted(self._syntax) if any(s < sentences[k][1] and sentences[k][0] < t for s, t in spans)]

    def _relays(self, n: int) -> bool:
        others = self._article.attributions
        return others[n].kind == "outlet" and any(a.parent == n and a.source for a in others)

    def _countries(self, spans: tuple[Span, ...]) -> set[str]:
        """Countries of the names within the spans."""
        out: set[str] = set()
        for index, (start, end) in enumerate(self._article.sentences):
            if any(s < end and start < t for s, t in spans):
                for name in self._people.place_names(index):
                    if name.country and any(s <= name.start < t for s, t in spans):
                        out.add(name.country)
        return out

    def _sentence(self, offset: int) -> int:
        return next((k for k, (_, end) in enumerate(self._article.sentences) if offset < end), -1)

    # -- rejections that nothing is credited by

    def _bare(self) -> Iterator[Draft]:
        """ "Chad rejects the charge": verbs with a claim as their object that no attribution has for its cue."""
        cues = {span for a in self._article.attributions for span in a.cue}
        for index in sorted(self._syntax):
            syntax = self._syntax[index]
            for token in syntax.tokens:
                force = self._force(token)
                if force is None or any(s < token.end and token.start < e for s, e in cues):
                    continue
                draft = self._rejection(syntax, token, force)
                if draft is not None:
                    yield draft

    def _force(self, token: Token) -> str | None:
        if token.tag[:1] != "V":
            return None
        if token.lemma in self._words.rejecting_verbs:
            return "reject"
        return "confirm" if token.lemma in self._words.confirming_verbs else None

    def _rejection(self, syntax: Syntax, verb: Token, force: str) -> Draft | None:
        subject = next(syntax.children(verb.i, *_SUBJECTS), None)
        obj = next((t for t in syntax.children(verb.i, "dobj") if self.means_claim(t)), None)
        if subject is None or obj is None or any(syntax.children(verb.i, "neg")):
            return None
        parties = self._people.parties(syntax.sentence, subject.i)
        if not parties:
            return None
        span = _span(syntax, obj)
        source = self._body[parties[0].start : parties[0].end]
        evidence = min(parties[0].start, verb.start), max(span[1], verb.end)
        return self._draft(parties[0], source, force, (span,), evidence, None, None)

    def means_claim(self, token: Token) -> bool:
        """Is it a word for a claim, or a pronoun that may take one up?"""
        return token.lemma in self._words.claims or token.lower in self._words.pronouns


def _span(syntax: Syntax, head: Token) -> Span:
    tokens = [syntax.tokens[i] for i in syntax.subtree(head.i)]
    return tokens[0].start, tokens[-1].end
