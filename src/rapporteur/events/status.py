"""Was it done, denied, planned, or only possible?

The status of an act is read off the auxiliaries of its verb and off what governs it, step by step up to the clause
that asserts it: negation, modals, conditionals, verbs and nouns of planning, wishing, failing. The words are classes
of ``classes.yaml``; a governor that is in none of them ("began to", "continued") passes the question on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from rapporteur.events.clause import Clauses
from rapporteur.language.syntax import Token
from rapporteur.model import Status

_FUTURE_AUX = ("will", "shall", "'ll", "’ll", "wo")
_POSSIBLE_AUX = ("may", "might", "could")
_UNREAL_AUX = ("can", "should", "must", "ca", "ought")
_CONDITION = ("if", "unless", "whether", "lest", "until")
_DUTY_AUX = ("should", "must", "ought")
_BEFOREHAND = ("before", "lest")
#: "planned" is what is only intended, "future" what is announced or foretold; "unreal" is what is only wanted, asked
#: for, aimed at or supposed ("to prevent", "if it attacks"): hypothetical, and hardly ever what a sentence reports.
#: Of what is not done, "lacking" is not done so far, "refused" not done on purpose, "idle" hardly reported either.
_Reading = Literal[
    "actual", "planned", "future", "hypothetical", "unreal", "lacking", "negated", "refused", "idle"
]  # fmt: skip
_STRENGTH: dict[_Reading, int] = {
    "actual": 0, "planned": 1, "future": 2, "hypothetical": 3, "unreal": 4, "lacking": 5, "negated": 6, "refused": 7,
    "idle": 8,
}  # fmt: skip
_UNDONE: tuple[_Reading, ...] = ("lacking", "negated", "refused", "idle")
_STATUS: dict[_Reading, Status] = {
    "actual": "actual", "planned": "future", "future": "future", "hypothetical": "hypothetical",
    "unreal": "hypothetical", "lacking": "negated", "negated": "negated", "refused": "negated", "idle": "negated",
}  # fmt: skip


class Standing(NamedTuple):
    """How far an act is done.

    ``unreal``: it is merely wanted, asked for or supposed, or its absence is. ``how`` tells of what is not done whether
    that is "refused" ("will not sign") or "lacking" so far ("has not signed"), of what is to come whether it is
    "planned" (and not announced); else "".
    """

    status: Status
    unreal: bool
    how: Literal["", "refused", "lacking", "planned"] = ""


class StatusReader:
    """Reads statuses in one sentence."""

    def __init__(self, clauses: Clauses, words: Mapping[str, frozenset[str]]) -> None:
        self.clauses = clauses
        self.syntax = clauses.syntax
        self.tokens = clauses.tokens
        self._words = words

    def status(self, head: int) -> Standing:
        """Of the act stated by the verb, noun or adjective at token ``head``."""
        reading = self._reading(head)
        how = reading if reading in ("refused", "lacking", "planned") else ""
        return Standing(_STATUS[reading], reading in ("unreal", "idle"), how)

    def _reading(self, head: int) -> _Reading:
        token = self.tokens[head]
        if token.tag[:1] in "VM":
            return self._verb(token, 0)
        if token.tag[:1] == "J":
            return self._adjective(token)
        return self._noun(token, 0)

    def _in(self, name: str, token: Token) -> bool:
        words = self._words.get(name, frozenset())
        return token.lemma in words or token.lower in words

    # -- verbs -------------------------------------------------------------------------------------------------

    def _verb(self, token: Token, steps: int) -> _Reading:
        own = self._auxiliaries(token)
        head = self.tokens[token.head]
        if token.dep == "ccomp" and head.i != token.i and self._in("supposing", head):
            return "idle" if own in _UNDONE else "unreal"
        if own != "actual" or steps > 8:
            return own
        if token.dep == "conj" and head.i != token.i and not self._on_its_own(token, head):
            return self._verb(head, steps + 1) if head.tag[:1] in "VM" else self._noun(head, steps + 1)
        return self._governed(token, head, steps)

    def _on_its_own(self, token: Token, head: Token) -> bool:
        """Has the second of two verbs its own subject, or a tense that doesn't go with the first one's auxiliary ("will
        vote and ordered")?"""
        if any(self.syntax.children(token.i, "nsubj", "nsubjpass")):
            return True
        return head.tag == "VB" and token.tag in ("VBD", "VBZ", "VBP")

    def _auxiliaries(self, token: Token) -> _Reading:
        found: _Reading = "actual"
        negated = False
        for child in self.syntax.children(token.i):
            step: _Reading = "actual"
            if self._negates(child):
                negated = True
            elif child.dep in ("aux", "auxpass"):
                step = self._auxiliary(child.lower, token)
            elif child.dep == "mark" and child.lower in _CONDITION:
                step = "unreal"
            elif child.dep == "advmod" and self._in("perhaps", child):
                step = "hypothetical"
            found = max(found, step, key=_STRENGTH.__getitem__)
        if negated:
            return self._undone(token)
        if token.dep == "advcl" and any(c.lower in _BEFOREHAND for c in self.syntax.children(token.i, "mark")):
            return "unreal" if found != "actual" else found  # "before police could arrest him"
        return found

    def _negates(self, child: Token) -> bool:
        return (
            child.dep == "neg"
            or (child.dep in ("advmod", "cc", "preconj", "det") and child.lower == "neither")
            or (child.dep == "advmod" and child.lower in ("never", "hardly", "nor"))
            or (child.dep in ("nsubj", "nsubjpass", "dobj") and self._denied_phrase(child))
        )

    def _undone(self, token: Token) -> _Reading:
        """Not done: because somebody won't, so far, or at all."""
        children = list(self.syntax.children(token.i))
        words = {c.lower for c in children if c.dep in ("aux", "auxpass")}
        if any(c.dep == "mark" and c.lower in _CONDITION for c in children) or words & set(_DUTY_AUX):
            return "idle"
        passive = any(c.dep in ("auxpass", "nsubjpass") for c in children)
        if words & {*_FUTURE_AUX, "would", "'d", "’d"}:
            return "negated" if passive else "refused"
        if self._in("planning", token) or self._in("promising", token) or self._in("willing", token):
            return "refused"  # not to be planning it is to be against it
        so_far = token.tag == "VBG" or words & {"have", "has", "had", "'ve", "’ve"}
        return "lacking" if so_far else "negated"

    def _auxiliary(self, word: str, token: Token) -> _Reading:
        if word in _FUTURE_AUX:
            return "future"
        if word in _POSSIBLE_AUX:  # "a package that may help" is no report of help
            return "unreal" if token.dep == "relcl" else "hypothetical"
        if word in _UNREAL_AUX:
            return "unreal"
        if word in ("would", "'d", "’d"):
            return "future" if self._reported(token) else "unreal"
        return "actual"

    def _reported(self, token: Token) -> bool:
        """ "said it would": the future seen from the past, not a condition."""
        conditional = any(
            c.dep == "mark" and c.lower in _CONDITION
            for t in self.syntax.children(token.i, "advcl")
            for c in self.syntax.children(t.i, "mark")
        )
        return (
            not conditional
            and token.dep in ("ccomp", "conj", "ROOT", "parataxis", "acl")
            and (self._is_reported(token) or any(self._is_reported(a) for a in self.syntax.ancestors(token.i)))
        )

    def _is_reported(self, token: Token) -> bool:
        """Is it the finite complement of a verb, or of a noun of saying ("reports that it would")?"""
        return token.dep == "ccomp" or (token.dep == "acl" and any(self.syntax.children(token.i, "nsubj", "nsubjpass")))

    def _denied_phrase(self, token: Token) -> bool:
        return any(t.lower in ("no", "neither", "none") for t in self.syntax.children(token.i, "det", "preconj")) or (
            token.lower in ("nobody", "none", "neither", "nothing")
        )

    def _governed(self, token: Token, head: Token, steps: int) -> _Reading:
        if token.dep in ("xcomp", "ccomp") and head.i != token.i:
            infinitive = any(t.tag == "TO" for t in self.syntax.children(token.i, "aux"))
            if infinitive and head.lemma == "be" and head.tag in ("VBZ", "VBP", "VBD"):  # "are to meet"
                return max("planned", self._verb(head, steps + 1), key=_STRENGTH.__getitem__)
            if token.dep == "xcomp" or infinitive or self._in("denying", head):
                return self._under(head, steps)
            return "actual"
        if token.dep == "advcl" and any(t.tag == "TO" for t in self.syntax.children(token.i, "aux")):
            return self._verb(head, steps + 1) if self._in("pursuing", head) else "unreal"  # a purpose
        if token.dep in ("acl", "relcl") and any(t.tag == "TO" for t in self.syntax.children(token.i, "aux")):
            return self._infinitive_of_noun(head, steps)
        if token.dep == "pcomp":
            return self._gerund(head, steps)
        return "actual"

    def _under(self, head: Token, steps: int) -> _Reading:
        """Status of a complement under the verb or adjective ``head``."""
        if any(self.syntax.children(head.i, "prt")):  # "called off the strike" is not "called for"
            return self._verb(head, steps + 1) if head.tag[:1] in "VM" else "actual"
        theirs = self._verb(head, steps + 1) if head.tag[:1] in "VM" else self._adjective(head)
        return self._joined(self._meant_by(head), theirs, head)

    def _meant_by(self, head: Token) -> _Reading:
        """What the governor says of its complement."""
        if self._in("refusing", head):
            return "refused"
        if self._in("failing", head) or self._in("denying", head):
            return "negated"
        if self._in("promising", head):
            return "future"
        if self._in("planning", head):
            return "planned"
        if self._in("seeming", head):
            return "hypothetical"
        return "unreal" if self._in("wishing", head) else "actual"

    def _joined(self, mine: _Reading, theirs: _Reading, head: Token) -> _Reading:
        """What the governor says, where the governor itself is not done, or not yet."""
        if theirs in _UNDONE and mine in _UNDONE:  # "did not refuse"
            return "actual"
        if theirs in _UNDONE and (mine in ("planned", "future") or self._in("willing", head)):  # "is not going to"
            return "refused"
        if theirs in _UNDONE and mine == "unreal":  # "has not asked them to leave"
            return "idle"
        return max(mine, theirs, key=_STRENGTH.__getitem__)

    def _infinitive_of_noun(self, noun: Token, steps: int) -> _Reading:
        if self.tokens[noun.head].lower == "in" and noun.lemma == "order":
            return "unreal"  # a purpose
        if self._in("plan_nouns", noun):
            if any(t.lower == "no" for t in self.syntax.children(noun.i, "det")):  # "has no intention to"
                return "refused"
            return max("planned", self._noun(noun, steps + 1), key=_STRENGTH.__getitem__)
        return self._noun(noun, steps + 1) if self._in("resolves", noun) else "unreal"

    def _gerund(self, prep: Token, steps: int) -> _Reading:
        governor = self.tokens[prep.head]
        if prep.lower == "without":
            return "idle"
        if prep.lower in ("from", "against"):  # "refrained from", but not "was barred from"
            return "negated" if self._in("refraining", governor) else "idle"
        if prep.lower == "of" and self._in("plan_nouns", governor) and self._denied_phrase(governor):
            return "refused"
        if prep.lower == "of" and governor.tag[:1] in "VJ" and self._in("suspecting", governor):
            return "unreal"
        about = prep.lower in ("of", "on", "about", "for", "over")
        if about and governor.tag[:1] == "N" and (self._in("wish_nouns", governor) or self._in("plan_nouns", governor)):
            return "unreal"
        return "actual"

    # -- adjectives and nouns ----------------------------------------------------------------------------------

    def _adjective(self, token: Token) -> _Reading:
        mine: _Reading = "actual"
        if any(self.syntax.children(token.i, "neg")):
            return "negated"
        if self._in("planned", token):
            mine = "future"
        elif self._in("possible", token):
            mine = "hypothetical"
        head = self.tokens[token.head]
        if token.dep in ("acomp", "attr", "oprd") and head.tag[:1] in "VM":
            return max(mine, self._verb(head, 1), key=_STRENGTH.__getitem__)
        return mine

    def _noun(self, token: Token, steps: int) -> _Reading:
        found: _Reading = "actual"
        for child in self.syntax.children(token.i, "det", "amod", "compound", "neg", "advmod", "preconj"):
            if child.lower in ("no", "neither") or child.dep == "neg":
                return "negated"
            if child.dep == "det" and child.lower == "any" and self._under_negation(token):
                return "negated"
            if self._in("possible", child):
                found = "hypothetical"
            elif self._in("planned", child):
                found = max(found, "future", key=_STRENGTH.__getitem__)
        if found != "actual" or steps > 8:
            return found
        return self._noun_governor(token, steps)

    def _under_negation(self, noun: Token) -> bool:
        """Does it hang from a verb that is denied ("neither was preceded by any talks")?"""
        verb = next((t for t in self.syntax.ancestors(noun.i) if t.tag[:1] in "VM"), None)
        return verb is not None and any(self._negates(child) for child in self.syntax.children(verb.i))

    def _noun_governor(self, token: Token, steps: int) -> _Reading:
        head = self.tokens[token.head]
        if head.i == token.i:
            return "actual"
        if token.dep in ("conj", "appos") and head.tag[:1] == "N":
            return self._noun(head, steps + 1)
        if token.dep in ("dobj", "nsubjpass") and head.tag[:1] in "VM":
            return self._under(head, steps)
        if token.dep == "pobj":
            governor = self.tokens[head.head]
            if head.lower in ("without", "against"):
                return "negated" if head.lower == "without" else "unreal"
            if governor.tag[:1] in "VM" and head.lower in ("for", "to", "from", "on", "of"):
                return self._under(governor, steps)
            if governor.tag[:1] == "N" and head.lower == "of" and self._in("times", governor):
                return self._noun(governor, steps + 1)  # "on the eve of the first day of the strike"
            if (
                governor.tag[:1] == "N"
                and head.lower in ("for", "of", "to", "on", "about")
                and (self._in("wish_nouns", governor) or self._in("plan_nouns", governor))
            ):
                return "future" if self._in("plan_nouns", governor) else "unreal"
        if token.dep in ("nsubj",) and head.tag[:1] in "VM":
            own = self._auxiliaries(head)
            return own if own in ("future", "hypothetical", "unreal") else "actual"
        return "actual"
