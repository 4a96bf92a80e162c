"""Whose time it is: which verb or event noun of the sentence a date modifies, and which acts share that date.

A date belongs to one token, its *site*. An act has the dates of its own words, and where it has none, those of a clause
that it shares its time with: "met on Monday, agreeing to ...", "On Sunday they seized the port and detained ...". What
is reported has nothing of the saying's date, and nothing comes in from relative or subordinate clauses.
"""

from __future__ import annotations

from rapporteur.events.clause import Clauses
from rapporteur.events.timex import Expression
from rapporteur.knowledge.datewords import DateWords
from rapporteur.language.syntax import Token

_STEPS = 12  # up the tree; a longer way is a wrong parse
_PEGS = ("weekday", "days_off", "overnight")
_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSAL = ("IN", "TO", "RP", "RB", "RBR", "VBG")


class Sites:
    """Answers for one sentence. All results are token indices."""

    def __init__(self, clauses: Clauses, words: DateWords) -> None:
        self._clauses = clauses
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._words = words

    def sites(self, expression: Expression, offset: int) -> tuple[int, ...]:
        """The token that the expression dates, last; before it, the expression's own head and nouns on the way ("in a
        call on Monday"), whose time it is too. ``offset`` is where the text it was found in starts in the body."""
        own = self._syntax.at(offset + expression.start, offset + expression.end)
        if not own:
            return ()
        top = next((i for i in own if self._tokens[i].head not in own or self._tokens[i].head == i), own[-1])
        head = self._tokens[self._tokens[top].head]
        if head.i > own[-1] and head.tag[:1] == "N":
            if self._mistaken(own) and not self._opens_report(head, own[0] - 1):
                top = own[0] - 1  # "On 6 May 2022 troops fired" are not 2022 troops
            elif not self._opens_report(head, own[0] - 1):
                return (head.i, *self._held_in(head))  # "Monday's raid", "a 2012 law"
        if expression.loose:
            return (head.i,)
        before = self._verb_before(own[0])
        way = (before,) if before is not None else self._climb(top, own[-1])
        way = (top, *way[:-1], self._before_comma(way[-1], own))
        return way + self._blamed_for(way[-1]) if expression.rule in _PEGS else way

    def _before_comma(self, site: int, own: list[int]) -> int:
        """ "Troops shelled the port Thursday, the army said": what the parser gives to "said" is of "shelled"."""
        first = own[0] - 1
        while first >= 0 and self._tokens[first].tag in ("IN", "DT"):
            first -= 1
        if first < 0 or self._tokens[first].text == "," or self._tokens[first].tag == "CC":
            return site
        reported = [t.i for t in self._syntax.children(site, "ccomp") if t.i < own[0]]
        closed = any(t.text == "," for t in self._tokens[own[-1] + 1 : site])
        return reported[-1] if reported and closed else site

    def _blamed_for(self, i: int) -> tuple[int, ...]:
        """ "accused Russia of spying on Monday": a weekday, news writing's peg, is rather the blame's, a year not."""
        token = self._tokens[i]
        prep = self._tokens[token.head]
        blamed = token.tag == "VBG" and token.dep in ("pcomp", "pobj") and prep.lower in ("of", "for")
        return (prep.head,) if blamed and self._tokens[prep.head].tag[:1] == "V" else ()

    def _held_in(self, noun: Token) -> tuple[int, ...]:
        """ "said so at Monday's meeting": the verb to which the meeting gives its time."""
        prep = self._tokens[noun.head]
        given = noun.dep == "pobj" and prep.lower in ("at", "during") and self._tokens[prep.head].tag[:1] == "V"
        return (prep.head,) if given else ()

    def _mistaken(self, own: list[int]) -> bool:
        """Is the date a preposition's object rather than the noun's behind it, whatever the parser thinks of it?"""
        behind = self._tokens[own[-1] + 1]
        before = self._tokens[own[0] - 1] if own[0] else None
        return before is not None and before.tag == "IN" and before.lower != "of" and behind.tag != "POS"

    def _opens_report(self, noun: Token, before: int) -> bool:
        """ "said Monday troops fired": does the noun begin what the verb just before the date reports?"""
        verb = self._tokens[noun.head]
        return before >= 0 and noun.dep in _SUBJECTS and verb.dep == "ccomp" and verb.head == before

    def _verb_before(self, first: int) -> int | None:
        """ "said on Monday that": the verb that the date follows at once, whatever the parser thinks of it."""
        i = first - 1
        while i >= 0 and (self._tokens[i].tag in ("IN", "DT") or self._tokens[i].lower in ("late", "early", "only")):
            i -= 1
        return i if i >= 0 and self._tokens[i].tag[:2] == "VB" and self._tokens[i].dep != "prep" else None

    def _climb(self, top: int, last: int) -> tuple[int, ...]:
        i = top
        nouns: list[int] = []
        for _ in range(_STEPS):
            token, head = self._tokens[i], self._tokens[self._tokens[i].head]
            if head.i == i:
                break
            if head.tag[:1] == "V" and head.dep != "prep":
                return (*nouns, head.head if head.dep in ("aux", "auxpass") else head.i)
            i = head.i
            if head.tag not in _CLAUSAL and head.tag != "MD":
                nouns.append(i)
                if self._keeps(head, token) or (head.dep in _SUBJECTS and not self._leads_to_verb(head, last)):
                    return tuple(nouns)
        return (*nouns, i)

    def _keeps(self, noun: Token, below: Token) -> bool:
        """Does a date behind this noun stay with it ("the attacks of 7 October", "condemned the strike on Monday")?"""
        if below.lower == "of":
            return noun.lower != "eve"
        return noun.lemma in self._clauses.acts and noun.dep not in _SUBJECTS

    def _leads_to_verb(self, subject: Token, last: int) -> bool:
        """ "The minister on Monday called": is the date followed by the verb, and is that about the same time?"""
        verb = self._tokens[subject.head]
        if verb.i <= last:
            return False
        if self._tokens[last + 1].lower == "(":  # "on Monday (3 June) called"
            last = next((t.i for t in self._tokens[last:] if t.lower == ")"), last)
        elif self._tokens[last + 1].lower == ")":
            last += 1
        between = self._tokens[last + 1 : verb.i]
        return (
            len(between) <= 3
            and all(t.head == verb.i and t.tag[:1] in "RVM" for t in between)
            and verb.lemma not in self._words.reactions
        )

    # -- which acts share it -----------------------------------------------------------------------------------

    def sources(self, head: int, words: tuple[int, ...]) -> list[tuple[int, int | None]]:
        """Where an act may have its date from, best first: a site, and the offset before which the date must stand
        (None: anywhere)."""
        homes = [head, *(w for w in words if w != head and not self._only_asked(w, head))]
        homes += [
            child.i
            for child in self._syntax.children(head, "dobj")
            if child.lemma in self._clauses.acts and self._tokens[head].lemma in self._words.support
        ]
        homes += [t.i for t in self._syntax.children(head, "advcl") if self._when(t)]
        homes += [
            t.i for t in self._syntax.children(head, "conj") if t.i == head + 2
        ]  # "seized or burned ... on Monday"
        out: list[tuple[int, int | None]] = [(i, None) for i in homes]
        i, limit = head, None
        for _ in range(_STEPS):
            step = self._shares(i)
            if step is None:
                break
            i, before = step
            limit = before if limit is None else min(limit, before if before is not None else limit)
            out.append((i, limit))
        return out

    def _only_asked(self, word: int, head: int) -> bool:
        """ "urged them to leave on Friday", "agreed to meet in May": that is not when it was urged or agreed."""
        token = self._tokens[word]
        return (
            token.head == head
            and self._tokens[head].tag in ("VBD", "VBN")
            and self._tokens[head].lemma not in self._words.implicative
            and any(t.lower == "to" for t in self._syntax.children(word, "aux"))
        )

    def _shares(self, i: int) -> tuple[int, int | None] | None:
        """The token above whose time is also this one's."""
        token, head = self._tokens[i], self._tokens[self._tokens[i].head]
        if token.dep == "relcl" and self._says_when(i):  # "in 2014, when they ...": by the date itself
            return head.i, None
        if head.i == i or head.tag[:1] != "V":
            return None
        if token.tag[:1] == "N":
            return (head.i, None) if self._lends(token, head) else None
        if token.dep == "conj":  # only a date in front is for both: "On Sunday they seized the port and ..."
            return head.i, head.start
        if token.dep == "advcl" and token.tag == "VBG":
            own = list(self._syntax.children(i, "mark", "aux", "nsubj"))
            return None if own else (head.i, None)
        if self._when(token):
            return head.i, None
        if token.dep == "xcomp" and head.lemma in self._words.implicative:
            return head.i, None
        return None

    def _when(self, token: Token) -> bool:
        """ "were seized in 2014 when rebels stormed the town": both are of one time."""
        finite = token.dep == "advcl" and token.tag == "VBD"
        return finite and self._says_when(token.i)

    def _says_when(self, verb: int) -> bool:
        return any(t.lower == "when" for t in self._syntax.children(verb, "advmod", "mark"))

    def _lends(self, noun: Token, verb: Token) -> bool:
        """Does the verb tell when the event happened that its subject or object names?"""
        if noun.dep == "nsubj":
            return verb.lemma not in self._words.reactions
        return noun.dep in ("dobj", "nsubjpass") and verb.lemma in self._words.support

    # -- past or to come ---------------------------------------------------------------------------------------

    def ahead(self, site: int, default: bool) -> bool:
        """Was what happens at this site still to come? ``default`` where its form doesn't tell."""
        i = site
        for _ in range(_STEPS):
            token, head = self._tokens[i], self._tokens[self._tokens[i].head]
            if token.tag[:1] != "V":
                return default
            auxiliaries = {t.lower: t.tag for t in self._syntax.children(i, "aux", "auxpass")}
            if any(word in auxiliaries for word in ("have", "has", "had", "having", "'ve", "’ve")):
                return False
            if "MD" in auxiliaries.values():
                return True
            if "to" in auxiliaries:
                if token.dep == "xcomp" and head.lemma not in self._words.implicative:
                    return True
                if token.dep != "xcomp" and token.dep != "advcl":
                    return True
            elif token.tag == "VBG" and auxiliaries:
                return "is" in auxiliaries or "are" in auxiliaries
            elif token.tag in ("VBD", "VBN"):
                return False
            elif token.tag in ("VBZ", "VBP") or head.i == i:
                return default
            i = head.i
        return default
