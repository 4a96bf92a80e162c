"""Where an act happened: the place that its own clause states, else one that what stands around leaves no doubt of.

In this order: what the act's words govern ("met in Geneva", "the Istanbul bombing", "shelled the town"); for acts on
the ground also what stands within their objects and subject ("arrested ten people in Cairo"); the clause above of
which the act is a part; and, for acts on the ground, the place of such an act told right before, or the dateline.
A seat that stands for a government, a nationality, and what something is about are never places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapporteur.events.clause import Clauses
from rapporteur.events.placing import Placer
from rapporteur.events.propose import Candidate
from rapporteur.events.scene import Located, PlaceFinder, Scene, dateline_town
from rapporteur.intake.datelines import find_dateline
from rapporteur.knowledge.place_words import place_words
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Party, Place

#: Acts done on the ground: they happen where those are who do them or to whom they are done.
_MATERIAL = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT", "AID", "CONCEDE", "COOPERATE"))
#: Acts that go on for sentences in one place.
_GOES_ON = frozenset(("ASSAULT", "PROTEST"))
#: Acts that hit, take or enter a place.
_HITS = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"))
_MOVES_TO = frozenset(("MOBILIZE", "ASSAULT", "RETREAT"))
_MOVES_FROM = frozenset(("RETREAT", "CONCEDE"))
_TRIED = frozenset(("convict", "expel", "arrest"))
_REACH = 2  # sentences over which an act on the ground is told on
_SUBJECTS = ("nsubj", "nsubjpass")
_NOUNS = "NPCDJ"  # first letters of tags of what a noun phrase is headed by


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A preposition with its object; ``rank`` is how it hangs from the act: 0 directly, 1 within an object, 2 within
    the subject, 3 from the clause that the act is part of."""

    preposition: Token
    noun: Token
    rank: int


class Whereabouts:
    """The places of one article's events; sentences are asked for in text order."""

    def __init__(self, body: str, finder: PlaceFinder) -> None:
        self._scene = Scene(body, finder)
        dateline = find_dateline(body)
        place = dateline.place if dateline is not None else None
        self._dateline = dateline_town(place, self._scene) if place is not None else None
        self._placer: Placer
        self._last: tuple[int, Place] | None = None  # sentence and place of the last act on the ground

    def enter(self, syntax: Syntax) -> None:
        """Take in the next parsed sentence: what it names may be taken up later."""
        self._placer = Placer(syntax, self._scene)
        self._placer.note_names()

    def places(self, candidates: Sequence[Candidate], clauses: Clauses) -> list[Place | None]:
        """Where each of the acts of the sentence last entered happened, None where the text doesn't tell."""
        placer = self._placer
        sentence = clauses.syntax.sentence
        stated = [_Sentence(candidate, clauses, placer).place() for candidate in candidates]
        # most central first: what a sentence tells by the way is not where the next one goes on
        here = (p for c, p in zip(candidates, stated, strict=True) if p is not None and c.frame.type in _MATERIAL)
        place = next(here, None)
        if place is not None:
            self._last = sentence, place
        return [p or self._carried(c, sentence) for c, p in zip(candidates, stated, strict=True)]

    def _carried(self, candidate: Candidate, sentence: int) -> Place | None:
        """The place of an act on the ground that this one goes on from, or the dateline's, where that fits those who
        are named."""
        parties = (*candidate.actors, *candidate.recipients)
        if candidate.frame.type in _GOES_ON and self._last is not None:
            before, place = self._last
            if sentence - before <= _REACH and _fits(place, parties):
                return place
        if sentence == 0 and self._dateline is not None and candidate.frame.type in _GOES_ON | {"CONSULT"}:
            place = self._dateline.place
            if place.country in {p.country for p in parties}:
                return place
        return None


def _fits(place: Place, parties: tuple[Party, ...]) -> bool:
    """Is somebody of the place's country among the parties, or nobody of any?"""
    countries = {p.country for p in parties if p.country}
    return not countries or place.country in countries


class _Sentence:
    """One act in its sentence."""

    def __init__(self, candidate: Candidate, clauses: Clauses, placer: Placer) -> None:
        self._candidate = candidate
        self._clauses = clauses
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._placer = placer
        self._words = place_words()
        self._type = candidate.frame.type
        self._home = frozenset((candidate.head, *candidate.words))
        self._verbs = self._clause_verbs()

    def place(self) -> Place | None:
        """The place that the sentence states for the act, or None."""
        ways = (
            self._relative,
            self._entered,
            self._before_noun,
            self._by_phrase,
            self._hit,
            self._doing,
            self._gathered,
            self._occasion,
            self._nameless,
        )
        found = next((place for way in ways if (place := way()) is not None), None)
        return found.place if found is not None else None

    # -- what hangs from the act

    def _by_phrase(self) -> Located | None:
        return next((found for found in self._phrases_places() if found is not None), None)

    def _phrases_places(self) -> Iterator[Located | None]:
        phrases = sorted(self._phrases(), key=lambda p: (p.rank, self._order(p), p.preposition.i))
        for rank in (0, 1, 2, 3):
            if rank == 1:
                yield self._hit(named=True)
            for phrase in phrases:
                if phrase.rank == rank:
                    yield self._stated(phrase)
            if rank == 0:
                yield self._adverb()

    def _order(self, phrase: _Phrase) -> int:
        """Plain "in" before "to" and "from"."""
        return 0 if phrase.preposition.lower in self._words.at - self._words.loose else 1

    def _phrases(self) -> Iterator[_Phrase]:
        for token in self._tokens:
            if token.tag not in ("IN", "TO", "RP", "RB", "VBG") or token.dep not in ("prep", "advmod", "prt", "dative"):
                continue
            rank = self._rank(token)
            if rank is None:
                continue
            for noun in self._clauses.syntax.children(token.i, "pobj"):
                yield _Phrase(token, noun, rank)

    def _rank(self, preposition: Token) -> int | None:
        """How a preposition hangs from the act, or None where it doesn't."""
        i, nouns, subject = preposition.head, 0, False
        if self._tokens[i].dep == "prep" and self._tokens[i].lower in ("out", "off", "from"):  # "out of", "from inside"
            i = self._tokens[i].head
        while i not in self._home:
            token = self._tokens[i]
            if token.tag[:1] not in _NOUNS and token.dep not in ("prep", "agent"):
                return self._rank_above(i, nouns)
            if token.dep in ("relcl", "acl", "ROOT") or token.head == i:
                return None
            nouns += token.dep not in ("prep", "agent")
            subject = subject or token.dep in _SUBJECTS
            i = token.head
        if subject and not (self._clauses.passive(i) if self._tokens[i].tag[:1] == "V" else False):
            return 2
        return 1 if nouns else 0

    def _rank_above(self, i: int, nouns: int) -> int | None:
        return 3 if i in self._verbs and nouns == 0 else None

    def _clause_verbs(self) -> frozenset[int]:
        """Verbs whose adverbials hold for the act too: of a nominal act the verb that it is subject or object of, of a
        participle or a coordinated verb the one above, and coordinated ones without a subject of their own."""
        out: set[int] = set()
        i = self._candidate.head
        token = self._tokens[i]
        if token.tag[:1] == "N":
            i = self._governor(i)
            if i < 0 or self._tokens[i].lemma in self._words.saying:
                return frozenset()
            out.add(i)
        elif token.dep == "conj" or (token.dep in ("advcl", "xcomp") and not any(self._syntax.children(i, "mark"))):
            own = any(self._syntax.children(i, *_SUBJECTS))
            above = self._tokens[token.head]
            if not own and above.tag[:1] == "V" and above.lemma not in self._words.saying:
                out.add(above.i)
        for child in self._syntax.children(i, "conj"):
            if child.tag[:1] == "V" and not any(self._syntax.children(child.i, *_SUBJECTS)):
                out.add(child.i)
        return frozenset(out)

    def _governor(self, i: int) -> int:
        """The verb of which noun ``i`` is subject, object or instrument; -1 where there is none."""
        token = self._tokens[i]
        while token.dep in ("conj", "appos", "compound", "nmod") and self._tokens[token.head].tag[:1] == "N":
            token = self._tokens[token.head]
        head = self._tokens[token.head]
        if token.dep in ("pobj",) and head.lower in ("in", "by", "with", "during") and head.dep in ("prep", "agent"):
            head = self._tokens[head.head]
        elif token.dep not in (*_SUBJECTS, "dobj"):
            return -1
        return head.i if head.tag[:1] == "V" else -1

    # -- which of it states the place

    def _stated(self, phrase: _Phrase) -> Located | None:
        word, noun = phrase.preposition.lower, phrase.noun
        if not self._allowed(phrase):
            return None
        found = self._placer.at(noun.i)
        if found is None:
            return None
        if word == "on" and not self._placer.is_place_noun(noun) and not self._gathering(noun):
            return None
        return found if self._type in _MATERIAL else self._said_there(phrase, found)

    def _allowed(self, phrase: _Phrase) -> bool:
        """Is it a preposition that says where an act of this type happens, hanging where it may?"""
        word = phrase.preposition.lower
        if self._type not in _MATERIAL and phrase.rank in (1, 2):
            tried = self._type == "SANCTION" and self._candidate.frame.mode in _TRIED
            return word in self._words.at and (tried or (self._type == "CONSULT" and phrase.rank == 1))
        if phrase.rank == 2:
            return self._type in _GOES_ON | {"COERCE"} and word in self._words.at
        if word in self._words.at:
            return True
        if word in self._words.to:
            return phrase.rank == 0 and (self._type in _MOVES_TO or self._travels())
        if word in self._words.from_ or (word == "of" and self._tokens[phrase.preposition.head].lower == "out"):
            driven = any(self._tokens[w].lemma in self._words.driving for w in self._home)
            return phrase.rank <= 1 and (self._type in _MOVES_FROM or (driven and self._type in _HITS))
        return False

    def _said_there(self, phrase: _Phrase, found: Located) -> Located | None:
        """The place of an act of speech or policy: never what it is about. "Criticised the arrests in Cairo" tells no
        place, "criticised him at a rally in Cairo" does."""
        if self._gathering(phrase.noun):
            return found
        if self._type in ("CONSULT", "SANCTION"):
            return found if phrase.rank == 0 or found.kind == "town" else None
        fronted = phrase.preposition.i < min(self._home) and (phrase.rank == 0 or found.kind == "town")
        after = self._tokens[phrase.preposition.i - 1] if phrase.preposition.i else None
        beside = after is not None and (after.i in self._home or after.lemma in self._clauses.times)
        return found if fronted or (beside and found.kind != "country") else None

    def _gathering(self, noun: Token) -> bool:
        return noun.lemma in self._words.gatherings

    def _travels(self) -> bool:
        verb = self._tokens[self._candidate.head]
        travels = any(self._tokens[w].lemma in self._words.travel for w in self._home)
        return self._type == "CONSULT" and (travels or verb.lemma in self._words.travel)

    # -- places that the act is done to

    def _entered(self) -> Located | None:
        """ "visited Libya", "a visit to Mexico", "touring the coast"."""
        trips = sorted(v for v in self._verbs if self._tokens[v].lemma in self._words.travel)  # "visited Libya and met"
        if not self._travels() and (self._type != "CONSULT" or not trips):
            return None
        heads = (*self._patients(), *(i for v in trips for i in self._clauses.patients(v)))
        return next((found for i in heads if (found := self._placer.at(i)) is not None), None)

    def _hit(self, *, named: bool = False) -> Located | None:
        """ "shelled the town", "the attack on Afrin", "took control of Iraq": the place that was hit. With ``named``
        only where the name itself or a noun for a place stands there."""
        if self._type not in _HITS:
            return None
        for i in (*self._patients(), *self._aimed_at(), *self._fallen()):
            token = self._tokens[i]
            if named and token.tag[:3] != "NNP" and not self._placer.is_place_noun(token):
                continue
            found = self._placer.at(i)
            placed = self._type == "ASSAULT" or self._placer.is_place_noun(token)
            if found is not None and (placed or found.kind != "country"):
                return found
        return None

    def _patients(self) -> list[int]:
        heads = [w for w in self._home if self._tokens[w].tag[:1] == "V"]
        return [i for v in sorted(heads) for i in self._clauses.patients(v) if i not in self._home]

    def _fallen(self) -> tuple[int, ...]:
        """ "The city has fallen to the rebels"."""
        head = self._candidate.head
        return self._clauses.agents(head) if self._tokens[head].lemma in self._words.falling else ()

    def _aimed_at(self) -> list[int]:
        return [i for w in sorted(self._home) for _, i in self._clauses.prepositional(w, self._words.upon)]

    def _before_noun(self) -> Located | None:
        """ "the Istanbul bombing", "Geneva talks": a town or area right before the noun of the act, or before the act
        that did it ("the Istanbul bombing killed ten")."""
        for w in (*(w for w in sorted(self._home) if self._tokens[w].tag[:1] == "N"), *self._doings()):
            for child in self._syntax.children(w, "compound", "nmod"):
                if child.tag not in ("NNP", "NNPS") or child.i in self._home:
                    continue
                found = self._placer.at(child.i)
                if found is not None and (found.kind != "country" or self._type in _GOES_ON):
                    return found
        return None

    def _doings(self) -> tuple[int, ...]:
        """Acts that did what the act's verb says."""
        head = self._candidate.head
        agents = self._clauses.agents(head) if self._tokens[head].tag[:1] == "V" else ()
        return tuple(i for i in agents if self._clauses.is_act(i))

    def _doing(self) -> Located | None:
        """ "its operation in Sudan, which has killed 900 people"."""
        found = (self._placer.at(i) for i in self._doings()) if self._type in _MATERIAL else iter(())
        return next((place for place in found if place is not None), None)

    # -- the rest

    def _gathered(self) -> Located | None:
        """ "A summit in Nairobi ended with an agreement": where they met it was done."""
        verb = self._candidate.head
        if self._tokens[verb].tag[:1] == "N":
            verb = next((t.i for t in self._syntax.ancestors(verb) if t.tag[:1] == "V"), verb)
        for i in self._clauses.agents(verb) if self._tokens[verb].tag[:1] == "V" else ():
            found = self._placer.at(i) if self._gathering(self._tokens[i]) else None
            if found is not None and self._type not in _MATERIAL:
                return found
        return None

    def _occasion(self) -> Located | None:
        """ "They agreed after a day of talks in Geneva": where they met it was done."""
        if self._type in _MATERIAL:
            return None
        for preposition in self._tokens:
            if preposition.lower not in self._words.occasion or not self._agreed_at(preposition):
                continue
            for noun in self._syntax.children(preposition.i, "pobj"):
                of = (t for p in self._syntax.children(noun.i, "prep") for t in self._syntax.children(p.i, "pobj"))
                for each in (noun, *of):
                    found = self._placer.at(each.i) if self._gathering(each) else None
                    if found is not None:
                        return found
        return None

    def _agreed_at(self, preposition: Token) -> bool:
        """Does it hang from the act, or from what was agreed to be done ("agreed to meet again after talks")?"""
        i = preposition.head
        while i not in self._home and self._tokens[i].dep in ("xcomp", "pcomp", "prep"):
            i = self._tokens[i].head
        return i in self._home

    def _nameless(self) -> Located | None:
        """ "They were arrested at a checkpoint": in the town that was named last."""
        if self._type not in _MATERIAL:
            return None
        phrases = (p for p in self._phrases() if p.rank == 0 and p.preposition.lower in self._words.at)
        return next((found for p in phrases if (found := self._placer.recent(p.noun.i)) is not None), None)

    def _adverb(self) -> Located | None:
        for token in self._tokens:
            if token.lower == "there" and token.dep == "advmod" and token.head in self._home:
                return self._placer.there(token.i) if self._type in _MATERIAL | {"CONSULT"} else None
        return None

    def _relative(self) -> Located | None:
        """ "in Aleppo, where rebels killed ten": the place that the clause is about."""
        for w in sorted(self._home):
            token = self._tokens[w]
            where = any(c.lower == "where" for c in self._syntax.children(w, "advmod"))
            if token.dep == "relcl" and where:
                return self._placer.at(token.head)
        return None
