"""How many an act killed, injured or arrested, and how many took part in it.

Only numbers that stand with the act count: with its own words, with a verb that says what it did ("the blast killed
five and wounded 12", "an attack that left 20 dead", "clashes in which 15 people died"), and, for marches, deployments
and withdrawals, with who did it or was sent. What another act of the same sentence counts is not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from rapporteur.events.clause import Clauses
from rapporteur.events.propose import Candidate
from rapporteur.events.quantity import Quantity, number_marks, quantities
from rapporteur.knowledge.numbers import Befalling, number_words
from rapporteur.language.syntax import Token
from rapporteur.model import Magnitude, Size

#: Acts of which the crowd is counted that does them, and those of which the force or people that they move.
_BY_MANY = frozenset(("PROTEST",))
_MOVED = frozenset(("MOBILIZE", "RETREAT", "CONCEDE"))
_ONE_MANS = "resign"  # the mode of a retreat that is of one person at a time
_MOVING_MODES = frozenset(("expel", "abduct", "convict"))
#: Acts that hurt people; others only speak of it.
_HURTING = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"))
_ARRESTING = frozenset(("COERCE", "PROTEST", "ASSAULT"))
_PATIENTS = ("dobj", "nsubjpass", "oprd", "dative")
_SUBJECTS = ("nsubj", "nsubjpass")
_CAUSES = ("in", "by", "during", "after", "from", "of")
_CLIMB = 3  # prepositions between casualties and what caused them
_BELOW = ("acl", "advcl", "relcl", "conj", "xcomp")


class Counts:
    """The numbers of one sentence. ``heads`` are the tokens that state its acts: each keeps its own numbers."""

    def __init__(self, body: str, clauses: Clauses, heads: Sequence[int]) -> None:
        self._body = body
        self._clauses = clauses
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._heads = frozenset(heads)
        self._words = number_words()

    def magnitude_of(self, candidate: Candidate) -> Magnitude | None:
        """The act's numbers, or None where the text gives none."""
        if not self._quantities and not self._single:
            return None
        kind = candidate.frame.id.partition(".")[0]  # a promise of an act is AGREE; its numbers are the act's
        reach = self._reach(candidate) if kind in _HURTING else []
        words = self._words
        found = Magnitude(
            killed=self._befallen(reach, words.killing),
            injured=self._befallen(reach, words.injuring),
            arrested=self._befallen(reach, words.arresting) if kind in _ARRESTING else None,
            size=self._size(candidate, kind),
        )
        if found.arrested is not None and found.arrested == found.size:
            found = replace(found, size=None)
        return found if any((found.killed, found.injured, found.arrested, found.size)) else None

    # -- what belongs to the act

    def _reach(self, candidate: Candidate) -> list[int]:
        """Tokens whose numbers are the act's: its own words, verbs below and beside them that are no act of their own,
        and, of a nominal act, the verb that it is subject of or happens in."""
        own = dict.fromkeys((candidate.head, *candidate.words))
        above = self._above(candidate.head)
        while above is not None and self._befalls(self._tokens[above]):
            own[above] = None
            above = self._tokens[above].head if self._tokens[above].dep == "conj" else None
        reach: dict[int, None] = {}
        waiting = list(own)
        while waiting:
            i = waiting.pop(0)
            if i in reach:
                continue
            if self._by_mishap(i):
                continue
            reach[i] = None
            waiting += [t.i for t in self._below(i) if t.i not in self._heads or self._shares(t.i, i)]
        return list(reach)

    def _below(self, i: int) -> Iterator[Token]:
        if self._tokens[i].tag[:1] == "N":  # "clashes between police and a crowd in which 15 people died"
            below = (self._tokens[t] for t in self._syntax.subtree(i) if t != i)
            verbs = (t for t in below if t.tag[:1] == "V")
            yield from (t for t in verbs if self._act_above(t.i, i) == i)
            return
        yield from (child for child in self._syntax.children(i, *_BELOW) if child.tag[:1] == "V")
        for child in self._syntax.children(i, "prep"):
            yield from self._syntax.children(child.i, "pcomp")

    def _by_mishap(self, i: int) -> bool:
        """ "20 people died in a flood": of no act."""
        causes = (p for p in self._syntax.children(i, "prep", "agent") if p.lower in _CAUSES)
        return any(t.lemma in self._words.mishaps for p in causes for t in self._pobj(p.i))

    def _act_above(self, i: int, noun: int) -> int | None:
        """The act that stands nearest above token ``i``, ``noun`` being one."""
        return next((t.i for t in self._syntax.ancestors(i) if t.i == noun or t.i in self._heads), None)

    def _shares(self, other: int, i: int) -> bool:
        """Does the other act only say what came of this one ("an attack that killed five")?"""
        return self._tokens[other].dep in ("acl", "relcl", "advcl", "pcomp") and self._tokens[i].tag[:1] == "N"

    def _above(self, i: int) -> int | None:
        """ "the blast killed ten", "ten were killed in the blast", "the deaths of ten in the blast": the word, where it
        is of casualties."""
        token = self._tokens[i]
        if token.tag[:1] == "V":  # "ten were hurt when troops opened fire"
            head = self._tokens[token.head]
            return head.i if token.dep == "advcl" and head.i not in self._heads and self._befalls(head) else None
        if token.dep in _SUBJECTS:
            head = self._tokens[token.head]
            return head.i if self._befalls(head) else None
        for _ in range(_CLIMB):
            head = self._tokens[token.head]
            if token.dep != "pobj" or head.lower not in _CAUSES or head.dep not in ("prep", "agent"):
                return None
            token = self._tokens[head.head]
            if self._befalls(token):
                return token.i
        return None

    def _befalls(self, token: Token) -> bool:
        words = self._words
        if token.tag[:1] == "V" and token.lemma in words.leaving | words.claiming:
            return True
        kinds = (words.killing, words.injuring, words.arresting)
        return any(token.lemma in (b.verbs if token.tag[:1] == "V" else b.nouns) for b in kinds)

    # -- casualties and arrests

    def _befallen(self, reach: list[int], befalling: Befalling) -> Size | None:
        """The first number of those whom it befell."""
        for i in reach:
            token = self._tokens[i]
            size: Size | None = None
            if token.lemma in befalling.verbs and token.tag[:1] == "V":
                size = self._first(self._patients(token)) or self._number_at(token)
            elif token.lemma in befalling.nouns and token.tag[:1] == "N":
                size = self._of(token) or self._counted(token)
            elif token.lemma in self._words.leaving:
                size = self._left(token, befalling)
            elif befalling is self._words.killing and token.lemma in self._words.claiming:
                size = self._first(t for t in self._syntax.children(i, "dobj") if t.lemma in self._words.lives)
            if size is None:
                size = self._stated(token, befalling)
            if size is not None:
                return size
        return None

    def _patients(self, verb: Token) -> list[Token]:
        """Whom the verb's act befalls, quantities as they stand. Of "killed or wounded 20" it isn't told which."""
        i = verb.i
        if verb.lemma in self._words.undergone:
            return list(self._syntax.children(i, "nsubj"))
        passive = self._clauses.passive(i)
        above = self._tokens[verb.head]
        joined = verb.dep == "conj" and above.tag[:1] == "V"
        if self._either(above.i if joined else i):
            return []
        own = list(self._syntax.children(i, *_PATIENTS))
        if own or self._number_at(verb):
            return own
        if joined and (subject := list(self._syntax.children(i, "nsubj"))):
            return subject  # "five were killed and 12 wounded"
        if passive and verb.dep in ("acl", "relcl"):
            return [above]
        if joined and passive:
            return self._patients(above)
        shared = [t for c in self._syntax.children(i, "conj") for t in self._syntax.children(c.i, "dobj")]
        return [] if passive else shared

    def _number_at(self, verb: Token) -> Size | None:
        """A bare number right beside the verb: "and at least ten injured", "injured 30"."""
        before = self._right_before(verb)
        if before is not None and verb.dep == "conj":
            return self._as_size(before)
        text = self._body[verb.end : self._syntax.end]
        offset = verb.end - self._syntax.start
        after = next((q for q in self._quantities if q.start > offset and text[: q.start - offset].isspace()), None)
        if after is None or (verb.tag == "VBN" and self._clauses.passive(verb.i) and verb.dep != "conj"):
            return None
        following = self._syntax.at(self._syntax.start + after.end + 1, self._syntax.start + after.end + 2)
        bare = not following or self._tokens[following[0]].tag[:1] not in "NJVC"
        return self._as_size(after) if bare else None

    def _either(self, verb: int) -> bool:
        verbs = any(t.tag[:1] == "V" for t in self._syntax.children(verb, "conj"))
        return verbs and any(t.lower == "or" for t in self._syntax.children(verb, "cc"))

    def _left(self, verb: Token, befalling: Befalling) -> Size | None:
        """ "left 20 people dead and dozens wounded"."""
        for state in self._syntax.subtree(verb.i):
            token = self._tokens[state]
            if token.lower not in befalling.states or token.tag == "VBD":
                continue
            for child in self._syntax.children(state, "nsubj", "nsubjpass", "nummod", "npadvmod", "nmod", "quantmod"):
                size = self._counted(child)
                if size is not None:
                    return size
            quantity = self._right_before(token)
            if quantity is not None:
                return self._as_size(quantity)
            return self._first(self._patients(verb))
        return None

    def _stated(self, token: Token, befalling: Befalling) -> Size | None:
        """ "with 20 dead", "20 dead": a number right before the state, below the act's word."""
        for i in self._syntax.subtree(token.i):
            state = self._tokens[i]
            if (
                state.lower in befalling.states
                and state.tag[:1] == "J"
                and state.dep in ("pobj", "dobj", "conj", "attr", "appos")
            ):
                quantity = self._right_before(state)
                if quantity is not None and self._nearest_act(i) == token.i:
                    return self._as_size(quantity)
        return None

    def _nearest_act(self, i: int) -> int:
        return next((t.i for t in self._syntax.ancestors(i) if t.tag[:1] == "V" or t.i in self._heads), -1)

    def _of(self, noun: Token) -> Size | None:
        """ "the deaths of at least nine people", "the arrest of 30"."""
        return self._first(t for p in self._syntax.children(noun.i, "prep") if p.lower == "of" for t in self._pobj(p.i))

    # -- who took part

    def _size(self, candidate: Candidate, kind: str) -> Size | None:
        """The crowd of a protest; the force or people that a move moves, the people expelled or sentenced."""
        home = dict.fromkeys((candidate.head, *candidate.words))
        if kind in _BY_MANY:
            return self._crowd(home)
        if candidate.frame.mode == _ONE_MANS:
            return None
        if kind in _MOVED or candidate.frame.mode in _MOVING_MODES:
            return self._moved(home, forces=kind == "CONCEDE")
        return None

    def _crowd(self, home: dict[int, None]) -> Size | None:
        for i in home:
            token = self._tokens[i]
            if token.tag[:1] == "V":
                size = self._first(self._doers(i))
            else:
                size = self._strong(token) or self._first(self._by(token, ("by", "of")))
                if size is None and token.dep in ("pobj", "dobj"):
                    size = self._first(self._doers(self._governor(token)))
            if size is not None:
                return size
        return None

    def _doers(self, verb: int) -> list[Token]:
        """Subjects as they stand, not what they count."""
        token = self._tokens[verb]
        own = list(self._syntax.children(verb, "nsubj"))
        if own or token.dep not in ("conj", "xcomp", "advcl", "acl"):
            return own + list(self._by(token, ("by",)))
        if token.dep == "acl" or self._tokens[token.head].tag[:1] != "V":
            return [self._tokens[token.head]]
        return self._doers(token.head)

    def _governor(self, token: Token) -> int:
        return next((t.i for t in self._syntax.ancestors(token.i) if t.tag[:1] == "V"), token.i)

    def _by(self, token: Token, prepositions: tuple[str, ...]) -> Iterator[Token]:
        for prep in self._syntax.children(token.i, "prep", "agent"):
            if prep.lower in prepositions:
                yield from self._pobj(prep.i)

    def _moved(self, home: dict[int, None], *, forces: bool) -> Size | None:
        """Who is moved; with ``forces`` only soldiers and the like ("a decision to withdraw 500 troops")."""
        for i in home:
            token = self._tokens[i]
            nouns: list[Token] = []
            if token.tag[:1] == "V":
                nouns += self._syntax.children(i, "dobj", "nsubjpass")
                nouns += [] if nouns else self._doers(i)
            else:
                nouns += [token, *self._by(token, ("of", "by"))]
            size = self._first(n for n in nouns if not forces or self._clauses.is_force(n.i))
            if size is not None:
                return size
        return None

    def _strong(self, noun: Token) -> Size | None:
        """ "a 5,000-strong rally"."""
        for i in self._syntax.subtree(noun.i):
            if self._tokens[i].lower == "strong" and i < noun.i:
                start = self._tokens[i].start
                near = [q for q in self._quantities if 0 <= start - self._syntax.start - q.end <= 1]
                if near:
                    return self._as_size(near[-1])
        return None

    # -- numbers of nouns

    def _first(self, nouns: Iterable[Token]) -> Size | None:
        return next((size for noun in nouns if (size := self._counted(noun)) is not None), None)

    def _counted(self, noun: Token) -> Size | None:
        """How many the phrase headed by ``noun`` counts, with those coordinated with it: "two soldiers and three
        guards" are five, "two soldiers and their guards" at least two."""
        parts = [self._one(part) for part in self._together(noun)]
        known = [part for part in parts if part is not None]
        if not known or parts[0] is None:
            return None
        first, last = known[0], known[-1]
        low = [q.min for q in known if q.min is not None]
        high = [q.max for q in known if q.max is not None]
        whole = len(high) == len(parts)
        return self._as_size(Quantity(first.start, last.end, sum(low) if low else None, sum(high) if whole else None))

    def _together(self, noun: Token) -> Iterator[Token]:
        """The head and those coordinated with it; of "hundreds and possibly thousands" the first, for they are no
        sum."""
        yield noun
        more = next(self._syntax.children(noun.i, "conj"), None)
        either = any(t.lower == "or" for t in self._syntax.children(noun.i, "cc"))
        if more is not None and more.tag[:1] in "NC" and not either and noun.lemma not in self._words.scales:
            yield from self._together(more)

    def _one(self, noun: Token) -> Quantity | None:
        """The number in one phrase, or "a" before a singular person."""
        if noun.lemma in self._words.uncounted or noun.lemma in self._clauses.times:
            return None
        for i in (noun.i, *(c.i for c in self._syntax.children(noun.i, "nummod", "quantmod", "amod", "det", "nmod"))):
            quantity = self._over(self._tokens[i])
            if quantity is not None and self._tokens[i].end <= noun.end:
                of = self._of_what(noun)
                return quantity if of is None or of.lemma not in self._words.uncounted else None
        first = next(self._syntax.children(noun.i, "det"), None)
        if self._is_person(noun) and first is not None and first.lower in ("a", "an", "another"):
            return Quantity(first.start - self._syntax.start, noun.end - self._syntax.start, 1, 1)
        return None

    def _of_what(self, noun: Token) -> Token | None:
        of = (p for p in self._syntax.children(noun.i, "prep") if p.lower == "of")
        return next((t for p in of for t in self._pobj(p.i)), None)

    def _pobj(self, prep: int) -> Iterator[Token]:
        yield from self._syntax.children(prep, "pobj")

    def _over(self, token: Token) -> Quantity | None:
        """The number that covers the token."""
        start = token.start - self._syntax.start
        return next((q for q in self._quantities if q.start <= start < q.end), None)

    def _right_before(self, token: Token) -> Quantity | None:
        text = self._body[self._syntax.start : token.start]
        return next((q for q in self._quantities if text[q.end :].isspace()), None)

    def _as_size(self, quantity: Quantity) -> Size:
        start, end = self._syntax.start + quantity.start, self._syntax.start + quantity.end
        return Size(quantity.min, quantity.max, " ".join(self._body[start:end].split()))

    @cached_property
    def _quantities(self) -> list[Quantity]:
        words = number_marks()
        if not any(t.tag == "CD" or t.lower in words or t.lower[0].isdigit() for t in self._tokens):
            return []
        return quantities(self._body[self._syntax.start : self._syntax.end])

    @cached_property
    def _single(self) -> bool:
        """Does the sentence speak of one person: "a soldier"?"""
        return any(t.lower in ("a", "an", "another") and self._is_person(self._tokens[t.head]) for t in self._tokens)

    def _is_person(self, noun: Token) -> bool:
        return noun.tag == "NN" and (noun.lemma in self._clauses.people or noun.lemma.endswith("man"))
