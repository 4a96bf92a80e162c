"""The parties of an event noun: "Israel's offensive", "talks between Iran and the E3", "an attack by rebels"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapporteur.events.clause import Clauses
from rapporteur.events.match import Match
from rapporteur.language.syntax import Token

#: Prepositions by which an event noun hangs from the clause of those who take part in it.
_WHILE = frozenset("during after in at following before for ahead through on over via with".split())
#: Of these, those that tell what the subject did: "responded with an attack on the port".
_BY_MEANS = frozenset(("with", "through", "via"))
IsParty = Callable[[int], bool]


class Nominals:
    """Fills the actors of matched nouns in one sentence. ``is_party`` tells whether a token denotes a party."""

    def __init__(self, clauses: Clauses, words: Mapping[str, frozenset[str]], is_party: IsParty) -> None:
        self.clauses = clauses
        self.syntax = clauses.syntax
        self.tokens = clauses.tokens
        self._support = words.get("support", frozenset())
        self._partaking = words.get("partaking", frozenset())
        self._acts = words.get("acts", frozenset())
        self._is_party = is_party

    def fill(self, found: Match, reciprocal: bool, *, known: bool = True) -> None:
        """Add the actors (and for reciprocal acts all participants) of the noun at ``found.head``.

        Of a noun that no frame has (not ``known``) nothing tells that who acts in its clause acts in it: "after the
        arrests, lawmakers asked".
        """
        noun = found.head
        between = self._fillers(noun, ("between", "among"))
        found.actors += [f for f in between if f not in found.actors and f not in found.recipients]
        self._own(found, noun)
        verb = self.support_verb(noun)
        if verb is not None:
            self._supported(found, verb)
        if reciprocal:
            self._companions(found, noun, verb)
            if not between and not found.actors:
                found.actors += self._around(noun)
        elif not found.actors and known:
            found.actors += self._around(noun, _BY_MEANS if found.recipients else _WHILE)

    def _fillers(self, noun: int, words: tuple[str, ...]) -> list[int]:
        """Fillers of the noun's prepositions, or of those that the parser hung on its place or time: "a meeting in Oslo
        between Chad and Mali"."""
        direct = [f for _, f in self.clauses.prepositional(noun, words)]
        if direct:
            return direct
        settings = [f for _, f in self.clauses.prepositional(noun, ("in", "at", "on")) if not self._is_act(f)]
        settings += [
            t.i
            for p in self.syntax.children(noun, "prep")
            for t in self.syntax.children(p.i, "pobj")
            if t.lemma in self.clauses.times
        ]
        return [f for place in settings for _, f in self.clauses.prepositional(place, words)]

    def _is_act(self, i: int) -> bool:
        return self.tokens[i].lemma in self._acts

    def _own(self, found: Match, noun: int) -> None:
        """Possessor, by-phrase, nationality: whose act it is."""
        taken = set(found.actors) | set(found.recipients)
        owners = [t.i for t in self.syntax.children(noun, "poss")]
        owners += [f for _, f in self.clauses.prepositional(noun, ("by",))]
        owners = [i for i in self.clauses.expand(owners) if i not in taken]
        found.actors += owners
        if owners:
            return
        for child in self.syntax.children(noun, "amod", "compound", "nmod"):
            if child.i not in taken and child.i not in found.words and self._is_party(child.i):
                found.actors += [i for i in self.clauses.expand([child.i]) if i not in taken and self._is_party(i)]

    def support_verb(self, noun: int) -> Token | None:
        """The verb that lends the noun its subject ("launched an attack", "the attack was launched by")."""
        token = self.tokens[noun]
        seen = 0
        while token.dep in ("conj", "pobj") and seen < 4:
            head = self.tokens[token.head]
            if token.dep == "pobj":  # "a series of attacks": the counting word is the object
                outer = self.tokens[head.head]
                if head.lower != "of" or self.clauses.counted(outer.i) != token.i:
                    break
                token = outer
            else:
                token = head
            seen += 1
        head = self.tokens[token.head]
        if token.dep in ("dobj", "nsubjpass") and head.lemma in self._support and head.tag[:1] == "V":
            return head
        if (
            token.dep == "pobj"
            and head.lower in ("in", "into")
            and (self.tokens[head.head].lemma in ("be", "enter") or self.tokens[head.head].lemma in self._partaking)
        ):
            return self.tokens[head.head]
        if token.tag[:1] == "N":
            for clause in self.syntax.children(token.i, "acl", "relcl"):
                if clause.lemma in self._support and self.clauses.passive(clause.i):
                    return clause
        return None

    def _supported(self, found: Match, verb: Token) -> None:
        taken = set(found.actors) | set(found.recipients)
        involved = verb.lemma in self._partaking and self.clauses.passive(verb.i)
        subjects = self.clauses.patients(verb.i) if involved else self.clauses.agents(verb.i)
        agents = [i for i in subjects if i not in taken and i != found.head]
        before = [i for i in found.actors if self.tokens[i].dep in ("compound", "nmod")]
        if agents and before and not found.recipients:  # "Turkey launched the Afrin operation": where, not who
            found.recipients += before
            found.actors = [i for i in found.actors if i not in before]
        if agents and all(self.tokens[i].tag == "PRP$" for i in found.actors):  # "Iran held its talks"
            found.actors = agents
        found.words.append(verb.i)
        found.met += 1
        for element in found.rule.pattern.elements:
            if element.kind == "prep" and element.role == "R" and not found.recipients:
                found.recipients += [f for _, f in self.clauses.prepositional(verb.i, element.words)]

    def _companions(self, found: Match, noun: int, verb: Token | None) -> None:
        places = [noun] + ([verb.i] if verb is not None else [])
        for place in places:
            for filler in self._fillers(place, ("with",)):
                if filler not in found.actors and filler not in found.recipients and self._is_party(filler):
                    found.recipients.append(filler)

    def _around(self, noun: int, words: frozenset[str] = _WHILE) -> list[int]:
        """The subject of the clause that the noun hangs from: "after talks with Iran, the minister said"."""
        token = self.tokens[noun]
        prep = self.tokens[token.head]
        if token.dep != "pobj" or prep.lower not in words:
            return []
        verb = self.tokens[prep.head]
        while verb.dep == "prep":
            verb = self.tokens[verb.head]
        if verb.tag[:1] not in "VM":
            return []
        return [i for i in self.clauses.agents(verb.i) if self._is_party(i)]
