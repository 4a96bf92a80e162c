"""Are the parties of gold events known for whom they are, whatever was made of the events?

For each actor and recipient of gold its words are looked up in the sentence, and the actors room is asked whom they
denote: right if the gold code is among the answer. Told by what kind of words they are, so that a weakness shows where
it lies: names of the registry by their kind, other names, pronouns, groups (plural nouns), descriptions (other nouns).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapporteur.actors import ActorTables, ArticleActors
from rapporteur.evaluation.counts import Figures, share
from rapporteur.evaluation.gold import EventDocument
from rapporteur.language import Parser, Syntax, Token, cased, segment
from rapporteur.model import Party, Span
from rapporteur.sourcing import attribute, speakers

KINDS = ("state", "person", "organisation", "name", "group", "pronoun", "description")
_REGISTRY_KINDS = {"state": "state", "territory": "state", "person": "person", "people": "group"}


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """One gold party and whom the reading takes it for.

    ``found`` is empty where it denotes nobody to the reading.
    """

    document: str
    sentence: str
    text: str
    kind: str
    wanted: str
    found: tuple[str | None, ...]

    @property
    def right(self) -> bool:
        """Whether the gold code is among those found."""
        return self.wanted in self.found


class PartyProbe:
    """Asks the actors room about gold's parties, in the order in which the reader builds it up."""

    def __init__(self, model: str | None = None) -> None:
        """``model`` is an installed spaCy pipeline, as of ``Reader``."""
        self._parser = Parser(model)
        self._tables = ActorTables.load()

    def answers(self, document: EventDocument) -> Iterator[PartyAnswer]:
        """An answer for each party of the document's events whose words stand in their sentence and have a code."""
        if not document.events:
            return
        body, sentences = document.text, segment(document.text)
        people = ArticleActors(self._tables, body=body, sentences=sentences, date=document.date)
        syntax = self._parse(body, sentences, people)
        for parsed in syntax.values():
            people.enter(parsed)
        people.speaker_at = speakers(attribute(body, sentences, syntax, people))
        for event in document.events:
            start, end = document.sentences[event.sentence]
            for party in (*event.actors, *event.recipients):
                place = _place(body, party.text, (start, end), event.trigger[0])
                if place is None or party.code is None:
                    continue
                kind, found = self._whom(place, syntax.values(), people)
                yield PartyAnswer(
                    document.id, body[start:end], party.text, kind, party.code, tuple(p.code for p in found)
                )

    def _parse(self, body: str, sentences: tuple[Span, ...], people: ArticleActors) -> dict[int, Syntax]:
        chosen = [
            (index, start, cased(body[start:end], people.names_in(index), start))
            for index, (start, end) in enumerate(sentences)
        ]
        return {parsed.sentence: parsed for parsed in self._parser.parse(chosen)}

    def _whom(self, place: Span, sentences: Iterable[Syntax], people: ArticleActors) -> tuple[str, tuple[Party, ...]]:
        for syntax in sentences:
            inside = syntax.at(*place)
            if inside:
                head = _head(syntax, inside)
                found = people.parties(syntax.sentence, head.i, place=True)
                for i in inside:
                    if i != head.i and syntax.tokens[i].dep == "conj":
                        found += people.parties(syntax.sentence, i, place=True)
                return self._kind(syntax, head), found or people.party_within(syntax.sentence, head.i)
        return "description", ()

    def _kind(self, syntax: Syntax, head: Token) -> str:
        if head.tag in ("PRP", "PRP$", "WP", "WDT", "WP$", "DT"):
            return "pronoun"
        text = "".join(t.text + " " * (n.start - t.end) for t, n in zip(syntax.tokens, syntax.tokens[1:], strict=False))
        text += syntax.tokens[-1].text
        for mention in self._tables.finder.find(text, syntax.tokens[0].start):
            if mention.start < head.end and head.start < mention.end:
                kind = self._tables.registry.entity(mention.entities[0]).kind
                return _REGISTRY_KINDS.get(kind, "organisation")
        if head.tag[:3] == "NNP":
            return "name"
        return "group" if head.tag == "NNS" or head.lemma in ("people", "police") else "description"


def party_figures(answers: Iterable[PartyAnswer]) -> Figures:
    """Of the gold parties asked about, how many are known for whom they are; all and by kind."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for answer in answers:
        for kind in ("all", answer.kind):
            asked[kind] += 1
            right[kind] += answer.right
            silent[kind] += not any(answer.found)
    return {
        kind: {"right": share(right[kind], asked[kind]), "unknown": share(silent[kind], asked[kind]), "n": asked[kind]}
        for kind in ("all", *KINDS)
        if asked[kind]
    }


def _place(body: str, text: str, sentence: Span, trigger: int) -> Span | None:
    """Where the words stand in the sentence, as whole words and nearest to the trigger."""
    if not text.strip():
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(text.strip())}(?!\w)")
    places = [match.span() for match in pattern.finditer(body, *sentence)]
    return min(places, key=lambda place: abs(place[0] - trigger), default=None)


def _head(syntax: Syntax, inside: list[int]) -> Token:
    """The token on which the others of the phrase hang; the first of several.

    Where the phrase stands before a noun that gold leaves out ("the Ottawa | statement"), its article hangs from that
    noun too and is passed over.
    """
    tokens = [syntax.tokens[i] for i in inside]
    tops = [t for t in tokens if (t.head not in inside or t.head == t.i) and t.dep != "punct"]
    worded = [t for t in tops if t.dep not in ("det", "predet")]
    return (worded or tops or tokens)[0]
