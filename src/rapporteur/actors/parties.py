"""Parties of one article: from a token of a parsed sentence to those whom its phrase denotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapporteur.actors import nounphrase as np
from rapporteur.actors import salience
from rapporteur.actors.denotation import Denotation
from rapporteur.actors.discourse import Discourse, Entry, sentence_of
from rapporteur.actors.mentions import NameFinder, NameMention
from rapporteur.actors.nouns import Nouns
from rapporteur.actors.phrases import Phrases, load_phrases
from rapporteur.actors.placenames import PlaceName, as_place
from rapporteur.actors.referent import THINGS, Referent, without_wholes
from rapporteur.actors.speakers import SpeakerAt, Speakers
from rapporteur.knowledge.registry import Registry
from rapporteur.language import Syntax, Token
from rapporteur.model import Party, Span

_DEPTH = 3
W = {
    "in": 2.0,
    "incity": 2.0,
    "person": 1.0,
    "name": 1.0,
    "adjective": 1.0,
    "demonym": 1.0,
    "capital": 1.0,
    "city": 1.0,
    "seat": 1.0,
    "acronym": 1.0,
}
_TITLE_WEIGHT = 0.6
_VENUE_WEIGHT = 0.3
_QUOTES = '“”"«»'


class ActorTables:
    """What all articles share: the registry, its name finder, the words of phrases. Made once."""

    def __init__(self, registry: Registry, finder: NameFinder, phrases: Phrases | None = None) -> None:
        self.registry = registry
        self.finder = finder
        self.phrases = phrases or load_phrases()
        self.nouns = Nouns(registry, self.phrases)

    @classmethod
    def load(cls, *extra: Path) -> ActorTables:
        """The shipped tables, with the actors of a user's ``extra`` files on top.

        Raises:
            KnowledgeError: a file is wrong; with file and line.
        """
        registry = Registry.load(*extra)
        return cls(registry, NameFinder(registry))

    def common_words(self) -> frozenset[str]:
        """Lower-case words that can stand for somebody: lemmas of nouns (of terms of several words the last one) and
        pronouns. A sentence without any of them and without a name speaks of no party."""
        terms = [*self.registry.agents, *self.registry.titles, *self.phrases.pairs.alone]
        terms += [noun for kind, nouns in self.phrases.nouns.items() if kind != "private" for noun in nouns]
        pronouns = self.phrases.pronouns
        for words in (
            pronouns.speaker,
            pronouns.speakers,
            pronouns.male,
            pronouns.female,
            pronouns.thing,
            pronouns.many,
        ):
            terms += words
        return frozenset(term.split()[-1] for term in terms)


class ArticleActors:
    """The parties of one article.

    Sentences are entered in text order; what a pronoun or description means is told by what stands before it.
    ``speaker_at`` may be set by the caller: from a body offset inside a quotation to its speaker's parties.
    """

    def __init__(
        self,
        tables: ActorTables,
        *,
        body: str,
        sentences: Sequence[tuple[int, int]],
        date: str | None = None,
        headline: str | None = None,
    ) -> None:
        """Find the names of the body and of the headline.

        Args:
            body: the article's text; all offsets are into it.
            sentences: spans of its sentences in order.
            date: ISO date of publication, by which offices and memberships are told.
            headline: the headline where it is no part of the body.
        """
        self._tables = tables
        self._body = body
        self._sentences = sentences
        self._date = date
        self._syntaxes: dict[int, Syntax] = {}
        self._surmised: set[Span] = set()
        self._discourse = Discourse()
        self._denotation = Denotation(tables.registry, tables.phrases, tables.nouns, self._discourse, date)
        self._speakers = Speakers(tables.phrases, self._denotation, self._syntaxes)
        self._denotation.speakers = self._speakers.of
        self._names: list[list[NameMention]] = [[] for _ in sentences]
        self._find_names(headline)

    @property
    def speaker_at(self) -> SpeakerAt | None:
        """From a body offset to the parties that speak there, or None; "I" and "we" are theirs."""
        return self._speakers.at

    @speaker_at.setter
    def speaker_at(self, speaker: SpeakerAt | None) -> None:
        self._speakers.at = speaker
        self._denotation.forget()

    # -- entering

    def enter(self, syntax: Syntax) -> None:
        """Take in the next sentence, parsed."""
        self._syntaxes[syntax.sentence] = syntax
        self._denotation.enter(syntax, self._by_token(syntax))
        heads = list(salience.heads(syntax, self._is_named(syntax)))
        # Names first: a fronted "in his speech" looks forward to one.
        for token in sorted(heads, key=lambda t: t.tag not in ("NNP", "NNPS")):
            found = self._denotation.resolve(syntax, token.i)
            if found:
                self._note(syntax, token, found)

    def _is_named(self, syntax: Syntax) -> Callable[[int], bool]:
        return lambda i: self._denotation.names.mention(syntax, i) is not None

    def enter_text(self, sentence: int) -> None:
        """Take in the next sentence as it stands, unparsed: its names become possible antecedents."""
        for mention in self._names[sentence]:
            if mention.form != "adjective":
                referent = self._denotation.names.entity(mention)
                self._discourse.note(Entry(mention.start, sentence, salience.PLAIN, (referent,)))

    def _find_names(self, headline: str | None) -> None:
        finder = self._tables.finder
        for mention in finder.find(self._body, 0, self._date):
            k = sentence_of(self._sentences, mention.start)
            if k >= len(self._names):
                continue
            self._names[k].append(mention)
            self._count_country(k, mention, self._weight_of(mention))
        if headline and self._names:
            for mention in finder.find(headline, 0, self._date):
                self._count_country(0, mention, _TITLE_WEIGHT)
                referent = self._denotation.names.entity(mention)
                self._discourse.note(Entry(mention.start - len(headline) - 1, -1, _TITLE_WEIGHT, (referent,)))

    def _count_country(self, sentence: int, mention: NameMention, weight: float) -> None:
        entity = self._tables.registry.entity(mention.entities[0])
        country = entity.country
        if country is not None and entity.kind not in ("media", "company"):
            self._discourse.name_country(sentence, country, weight)

    def _weight_of(self, mention: NameMention) -> float:
        """How much a naming says that the text is about that country: most as the place where things happen."""
        words = self._body[max(0, mention.start - 24) : mention.start].lower().split()[-2:]
        if self._tables.registry.entity(mention.entities[0]).kind == "person":
            return W["person"]
        if mention.text in self._tables.phrases.venues:
            return _VENUE_WEIGHT
        if any(w in self._tables.phrases.locative for w in words):
            return W["in"] if mention.form in ("name", "acronym") else W["incity"]
        return W[mention.form] if mention.form in W else W["name"]

    def _by_token(self, syntax: Syntax) -> dict[int, NameMention]:
        found: dict[int, NameMention] = {}
        starts = [t.start for t in syntax.tokens]
        for mention in self._names[syntax.sentence]:
            i = max(0, bisect_left(starts, mention.start + 1) - 1)
            while i < len(syntax.tokens) and syntax.tokens[i].start < mention.end:
                if syntax.tokens[i].end > mention.start:
                    found[i] = mention
                i += 1
        return found

    def _note(self, syntax: Syntax, token: Token, found: tuple[Referent, ...]) -> None:
        mention = self._denotation.names.mention(syntax, token.i)
        if mention is not None and token.end < mention.end:
            return
        entry = Entry(token.start, syntax.sentence, salience.weight(syntax, token), found, len(found) > 1)
        self._discourse.note(entry)
        together = salience.joint(syntax, token)
        members = {r.key: r for t in together for r in self._denotation.resolve(syntax, t.i)}
        parts = without_wholes(tuple(members.values()))
        if len(parts) > 1:
            weight = salience.weight(syntax, together[0])
            self._discourse.note(Entry(token.start, syntax.sentence, weight, parts, joint=True))

    def names_in(self, sentence: int) -> list[Span]:
        """Body spans of the registry's names in a sentence, in text order; known before anything is entered."""
        return [(mention.start, mention.end) for mention in self._names[sentence]]

    # -- asking

    def parties(self, sentence: int, token: int, *, place: bool = False) -> tuple[Party, ...]:
        """The parties that the noun phrase headed by ``token`` denotes; () where it denotes none.

        Conjuncts are not followed. A phrase that takes up several ("both countries") gives one party for each, all
        with its own span.

        Args:
            sentence: index of an entered, parsed sentence.
            token: index into its tokens.
            place: whether a capital, city or region after a preposition of place counts ("the strike in Kabul").
        """
        syntax = self._syntaxes.get(sentence)
        if syntax is None:
            return ()
        found = self._denotation.resolve(syntax, token)
        if not place:
            standing = self._is_place(syntax, syntax.tokens[token])
            found = tuple(r for r in found if not (r.place and standing) and not (r.surmised and r.kind in THINGS))
        return self._worded(syntax, token, found)

    def party_within(self, sentence: int, token: int) -> tuple[Party, ...]:
        """Whose or about whom the thing is that the phrase headed by ``token`` names, best first.

        Possessor, then nationality or name before the head, then objects of "of", "by", "between" ... after it, and
        those of things named there in turn.
        """
        syntax = self._syntaxes.get(sentence)
        if syntax is None:
            return ()
        found: dict[tuple[int, str | None], Party] = {}
        for i in self._within(syntax, token, 0):
            for party in self.parties(sentence, i, place=True):
                found.setdefault((party.start, party.code), party)
        return tuple(found.values())

    def _within(self, syntax: Syntax, token: int, depth: int) -> Iterator[int]:
        owner = np.possessor(syntax, token)
        if owner is not None:
            yield from (t.i for t in np.conjuncts(syntax, owner.i))
        modifiers = [m for m in np.inner(syntax, token) if self._denotation.names.mention(syntax, m.i) is not None]
        for modifier in sorted(modifiers, key=lambda m: (m.tag[:2] != "JJ", m.i)):
            yield modifier.i
        for preposition in self._tables.phrases.topics:
            for obj in np.objects(syntax, token, preposition):
                if self._denotation.resolve(syntax, obj.i):
                    yield obj.i
                elif depth < _DEPTH:
                    yield from self._within(syntax, obj.i, depth + 1)

    def is_political(self, sentence: int, token: int) -> bool:
        """Whether the phrase headed by ``token`` can be the actor of a political event."""
        syntax = self._syntaxes.get(sentence)
        return syntax is not None and any(r.political for r in self._denotation.resolve(syntax, token))

    def place_name(self, sentence: int, token: int) -> PlaceName | None:
        """The registry's name that covers ``token``, as a place; None where there is none."""
        syntax = self._syntaxes.get(sentence)
        mention = self._denotation.names.mention(syntax, token) if syntax is not None else None
        return as_place(self._tables.registry, mention) if mention is not None else None

    def place_names(self, sentence: int) -> tuple[PlaceName, ...]:
        """The registry's names of a sentence as places, in text order; known before anything is entered."""
        return tuple(as_place(self._tables.registry, mention) for mention in self._names[sentence])

    def all_place_names(self) -> tuple[PlaceName, ...]:
        """The same of the whole body."""
        return tuple(name for sentence in range(len(self._names)) for name in self.place_names(sentence))

    def is_surmised(self, party: Party) -> bool:
        """Whether only what the text is about told this party's code: "three people briefed on the matter"."""
        return party.entity is None and (party.start, party.end) in self._surmised

    def _worded(self, syntax: Syntax, token: int, found: tuple[Referent, ...]) -> tuple[Party, ...]:
        start, end = np.span(syntax, token)
        mention = self._denotation.names.mention(syntax, token)
        if mention is not None:  # the parser may have torn a name apart
            start, end = min(start, mention.start), max(end, mention.end)
        text = self._body[start:end]
        if any(r.surmised for r in found):
            self._surmised.add((start, end))
        return tuple(r.party(text, start, end) for r in found)

    def _is_place(self, syntax: Syntax, token: Token) -> bool:
        head = syntax.tokens[token.head]
        while token.dep == "conj":
            token, head = head, syntax.tokens[head.head]
        return token.dep == "pobj" and head.lower in self._tables.phrases.locative
