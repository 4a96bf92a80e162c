"""Parties of one article: from a token of a parsed sentence to those whom its phrase denotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from rapporteur.actors import nounphrase as np
from rapporteur.actors.denotation import Denotation
from rapporteur.actors.discourse import OTHER_WEIGHT, PLAIN_WEIGHT, ROLE_WEIGHT, Discourse, Entry, sentence_of
from rapporteur.actors.mentions import NameFinder, NameMention
from rapporteur.actors.nouns import Nouns
from rapporteur.actors.phrases import Phrases, load_phrases
from rapporteur.actors.referent import Referent, distinct
from rapporteur.knowledge.registry import Registry
from rapporteur.language import Syntax, Token
from rapporteur.model import Party

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
_QUOTE_REACH = 2
_QUOTES = '“”"«»'

SpeakerAt = Callable[[int], "tuple[Party, ...] | None"]


class ActorTables:
    """What all articles share: the registry, its name finder, the words of phrases. Made once."""

    def __init__(self, registry: Registry, finder: NameFinder, phrases: Phrases | None = None) -> None:
        self.registry = registry
        self.finder = finder
        self.phrases = phrases or load_phrases()
        self.nouns = Nouns(registry, self.phrases)

    @classmethod
    def load(cls) -> ActorTables:
        """The shipped tables."""
        registry = Registry.load()
        return cls(registry, NameFinder(registry))


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
        self._speaker_at: SpeakerAt | None = None
        self._syntaxes: dict[int, Syntax] = {}
        self._discourse = Discourse()
        self._denotation = Denotation(tables.registry, tables.phrases, tables.nouns, self._discourse, date)
        self._denotation.speakers = self._speakers
        self._names: list[list[NameMention]] = [[] for _ in sentences]
        self._find_names(headline)

    @property
    def speaker_at(self) -> SpeakerAt | None:
        """From a body offset to the parties that speak there, or None; "I" and "we" are theirs."""
        return self._speaker_at

    @speaker_at.setter
    def speaker_at(self, speaker: SpeakerAt | None) -> None:
        self._speaker_at = speaker
        self._denotation.forget()

    # -- entering

    def enter(self, syntax: Syntax) -> None:
        """Take in the next sentence, parsed."""
        self._syntaxes[syntax.sentence] = syntax
        self._denotation.enter(syntax, self._by_token(syntax))
        for token in self._heads(syntax):
            found = self._denotation.resolve(syntax, token.i)
            if found:
                self._note(syntax, token, found)

    def enter_text(self, sentence: int) -> None:
        """Take in the next sentence as it stands, unparsed: its names become possible antecedents."""
        for mention in self._names[sentence]:
            if mention.form != "adjective":
                referent = self._denotation.names.entity(mention)
                self._discourse.note(Entry(mention.start, sentence, PLAIN_WEIGHT, (referent,)))

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
        country = self._tables.registry.entity(mention.entities[0]).country
        if country is not None:
            self._discourse.name_country(sentence, country, weight)

    def _weight_of(self, mention: NameMention) -> float:
        """How much a naming says that the text is about that country: most as the place where things happen."""
        words = self._body[max(0, mention.start - 24) : mention.start].lower().split()[-2:]
        if self._tables.registry.entity(mention.entities[0]).kind == "person":
            return W["person"]
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

    def _heads(self, syntax: Syntax) -> Iterator[Token]:
        """Heads of phrases that may denote somebody, in text order."""
        first_person = self._tables.phrases.pronouns
        for token in syntax.tokens:
            if token.tag[:2] in ("NN", "PR", "WP") or token.tag in ("WDT", "CD", "DT", "JJ"):
                if np.is_modifier(token) and self._denotation.names.mention(syntax, token.i) is None:
                    continue
                if token.lower in first_person.speaker or token.lower in first_person.speakers:
                    continue
                if (
                    token.tag in ("CD", "DT", "JJ")
                    and token.dep not in ROLE_WEIGHT
                    and token.dep not in ("pobj", "conj")
                ):
                    continue
                if (
                    np.is_modifier(token)
                    and np.top(syntax, token.i + 1 if token.i + 1 < len(syntax.tokens) else token.i) == token.i
                ):
                    continue
                yield token

    def _note(self, syntax: Syntax, token: Token, found: tuple[Referent, ...]) -> None:
        mention = self._denotation.names.mention(syntax, token.i)
        if mention is not None and token.end < mention.end and np.is_modifier(token):
            return
        weight = ROLE_WEIGHT.get(token.dep, OTHER_WEIGHT)
        if np.is_modifier(token):
            weight = ROLE_WEIGHT["title"]
        if token.dep == "pobj" and syntax.tokens[token.head].dep == "agent":
            weight = ROLE_WEIGHT["agent"]
        if token.dep in ("conj", "appos"):
            weight = ROLE_WEIGHT.get(syntax.tokens[token.head].dep, OTHER_WEIGHT) - 0.1
        joint = len(found) > 1
        self._discourse.note(Entry(token.start, syntax.sentence, weight, found, joint))
        self._note_joint(syntax, token, weight)

    def _note_joint(self, syntax: Syntax, token: Token, weight: float) -> None:
        """A coordination, once its last member is reached, is one entry of all; so is "A met with B"."""
        if token.dep == "conj" and not any(True for _ in syntax.children(token.i, "conj")):
            first = token
            while first.dep == "conj":
                first = syntax.tokens[first.head]
            members = [r for t in np.conjuncts(syntax, first.i) for r in self._denotation.resolve(syntax, t.i)]
            weight = ROLE_WEIGHT.get(first.dep, OTHER_WEIGHT)
        elif token.dep == "pobj" and syntax.tokens[token.head].lower == "with":
            verb = next((a for a in syntax.ancestors(token.i) if a.tag[:1] == "V"), None)
            subjects = list(syntax.children(verb.i, "nsubj")) if verb is not None else []
            phrases = [t for s in subjects for t in np.conjuncts(syntax, s.i)] + list(np.conjuncts(syntax, token.i))
            members = [r for t in phrases for r in self._denotation.resolve(syntax, t.i)] if subjects else []
        else:
            return
        unique = tuple({r.key: r for r in members}.values())
        if len(unique) > 1:
            self._discourse.note(Entry(token.start, syntax.sentence, weight, unique, joint=True))

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
        if not place and self._is_place(syntax, syntax.tokens[token]):
            found = tuple(r for r in found if not r.place)
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

    def _worded(self, syntax: Syntax, token: int, found: tuple[Referent, ...]) -> tuple[Party, ...]:
        start, end = np.span(syntax, token)
        text = self._body[start:end]
        return tuple(r.party(text, start, end) for r in found)

    def _is_place(self, syntax: Syntax, token: Token) -> bool:
        head = syntax.tokens[token.head]
        while token.dep == "conj":
            token, head = head, syntax.tokens[head.head]
        return token.dep == "pobj" and head.lower in self._tables.phrases.locative

    # -- speakers

    def _speakers(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """Whose "I" or "we" it is: the speaker that the caller knows, else the subject of a verb of saying near by."""
        known = self._speaker_at(token.start) if self._speaker_at is not None else None
        if known is not None:
            speaker = tuple(_referent_of(party) for party in known)
        else:
            speaker = self._said_subject(syntax, token)
        if speaker and self._acts_jointly(syntax, token):
            speaker += self._denotation.coreference.partners(syntax.start, syntax.sentence, speaker)
        return distinct(speaker) if speaker else ()

    def _said_subject(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """The subject of a verb of saying in the same sentence, else in the next or the ones before."""
        k = syntax.sentence
        for near in (k, k + 1, k - 1, k - _QUOTE_REACH):
            other = self._syntaxes.get(near)
            for verb in other.tokens if other is not None else ():
                if verb.tag[:1] != "V" or verb.lemma not in self._tables.phrases.saying_verbs:
                    continue
                for subject in other.children(verb.i, "nsubj") if other is not None else ():
                    if other is None or self._is_first_person(subject):
                        continue
                    found = self._denotation.resolve(other, subject.i)
                    if found:
                        return found
        return ()

    def _is_first_person(self, token: Token) -> bool:
        pronouns = self._tables.phrases.pronouns
        return token.lower in pronouns.speaker or token.lower in pronouns.speakers

    def _acts_jointly(self, syntax: Syntax, token: Token) -> bool:
        if token.lower != "we" or token.dep != "nsubj":
            return False
        verb = syntax.tokens[token.head]
        together = any(True for _ in np.objects(syntax, verb.i, "with"))
        return verb.lemma in self._tables.phrases.joint_verbs and not together


def _referent_of(party: Party) -> Referent:
    return Referent(
        key=party.entity or f"speaker:{party.code}:{party.name or party.text}",
        kind="person",
        code=party.code,
        country=party.country,
        members=party.members,
        sector=party.sector,
        entity=party.entity,
        name=party.name,
    )
