"""Whether what a clause says of talks is so, is to come, is only wanted or doubted, or is denied."""

from __future__ import annotations

from typing import Literal

from rapporteur.events.clause import Clauses
from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Token

Mood = Literal["actual", "future", "unreal", "negated"]

_SUBJECTS = ("nsubj", "nsubjpass")
_UNREAL_MODALS = frozenset(("could", "may", "might", "should", "must", "can", "need", "ca", "ought"))
FUTURE_MODALS = frozenset(("will", "shall", "'ll", "’ll", "wo", "sha"))
_CONDITIONS = frozenset(("if", "unless", "whether", "lest"))
_STEPS = 12  # up the tree; a longer way is a wrong parse


class Moods:
    """Reads one sentence."""

    def __init__(self, clauses: Clauses, words: TalksWords) -> None:
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._words = words

    def absent(self, n: int) -> bool:
        """ "No talks"."""
        return any(t.lower == "no" for t in self._syntax.children(n, "det"))

    def wanted(self, n: int) -> Mood | None:
        """ "a call for talks", "the prospect of negotiations"; "agreed to talks"."""
        token = self._tokens[n]
        prep = self._tokens[token.head]
        outer = self._tokens[prep.head]
        if token.dep == "compound" and prep.lemma in self._words.wanting_nouns:
            return "unreal"
        if token.dep == "pobj" and outer.lemma in self._words.wanting_nouns and outer.tag[:2] == "NN":
            return "unreal"
        if token.dep == "pobj" and outer.tag[:1] == "J" and outer.lemma in self._words.wanting_adjectives:
            return "unreal"
        if token.dep == "pobj" and outer.tag[:1] == "V" and outer.lemma in self._words.wanting:
            return "unreal" if prep.lower in ("for", "to", "on", "against", "with", "into") else None
        if token.dep in ("dobj", "nsubjpass") and prep.lemma in self._words.wanting:
            return None if any(self._syntax.children(prep.i, "prt")) else "unreal"  # "called off the talks"
        if token.dep == "pobj" and prep.lower == "to" and outer.lemma in self._words.consenting:
            return "future"
        return None

    def mood(self, v: int) -> Mood:
        """Is what the clause of token ``v`` says so, to come, only wanted or doubted, or denied?"""
        i = v
        for _ in range(_STEPS):
            token = self._tokens[i]
            own = self._own_mood(token)
            if own is not None:
                return own
            step = self._above(token)
            if step is None:
                return "actual"
            if isinstance(step, str):
                return step
            i = step
        return "actual"

    def _own_mood(self, token: Token) -> Mood | None:
        children = list(self._syntax.children(token.i, "aux", "auxpass", "neg", "mark", "advmod"))
        if any(t.dep == "neg" or t.lower == "never" for t in children):
            return "negated"
        if any(t.dep in ("mark", "advmod") and t.lower in _CONDITIONS for t in children):
            return "unreal"
        modals = {t.lower for t in children if t.dep == "aux"}
        if modals & _UNREAL_MODALS:
            return "unreal"
        if modals & FUTURE_MODALS:
            return "future"
        if modals & {"would", "'d", "’d"}:
            return "future" if self._reported(token) else "unreal"
        return None

    def _not_yet(self, token: Token) -> bool:
        """ "Have yet | to begin"."""
        return any(t.lower == "yet" for t in self._syntax.children(token.i, "advmod"))

    def _reported(self, token: Token) -> bool:
        head = self._tokens[token.head]
        return token.dep == "ccomp" and head.lemma in self._words.verbs.saying

    def _above(self, token: Token) -> int | Mood | None:
        """The clause above, where its mood is this one's too; or the mood that it gives this one."""
        head = self._tokens[token.head]
        if head.i == token.i:
            return None
        infinitive = any(t.lower == "to" for t in self._syntax.children(token.i, "aux"))
        if token.dep in ("auxpass", "aux"):
            return head.i
        if token.dep == "conj" and not any(self._syntax.children(token.i, *_SUBJECTS)):
            return head.i
        if token.dep in ("xcomp", "ccomp", "advcl", "acl", "pcomp", "relcl", "dep"):
            if token.dep == "pcomp":
                head = self._tokens[head.head] if head.dep == "prep" else head
            if head.lemma in self._words.wanting and (infinitive or token.dep in ("ccomp", "pcomp", "xcomp")):
                return "unreal"
            if head.tag[:1] == "N" and head.lemma in self._words.wanting_nouns and (infinitive or token.dep == "pcomp"):
                return "unreal"
            if head.tag[:1] == "J" and head.lemma in self._words.wanting_adjectives and infinitive:
                return "unreal"
            if infinitive and (head.lemma in self._words.arranging or head.lower in self._words.arranging):
                outer = self.mood(head.i) if head.tag[:1] == "V" else "actual"
                return "future" if outer in ("actual", "future") else outer
            if infinitive and head.lemma in ("have", "be") and self._not_yet(head):
                return "future"
            if infinitive and token.dep in ("xcomp", "advcl", "acl"):
                return head.i if head.tag[:1] == "V" else "future" if token.dep == "acl" else None
            if token.dep in ("pcomp",):
                return head.i if head.tag[:1] == "V" else None
        return None
