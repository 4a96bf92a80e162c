"""Figures by which the ranking model decides whether a candidate is an event: one row for each candidate.

``NAMES`` is part of a trained model: models are trained again when it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapporteur.events.choose import RuleRanker
from rapporteur.events.propose import Candidate
from rapporteur.events.signals import CLASS_OF, CLASSES, STATUSES, View
from rapporteur.language.syntax import Token
from rapporteur.model import Party

_REASONS = ("overlap", "complement", "inside", "repeat")
_FORMS = ("VBD", "VBN", "VBG", "VB", "VBZ", "VBP")
_LINKS = ("ROOT", "ccomp", "xcomp", "conj", "relcl", "advcl", "acl", "pcomp", "pobj", "dobj", "nsubj", "compound")
_QUOTES = frozenset('"“”«»')
_FAR = 40  # tokens
#: For each class of the encoder, probabilities of the words of one sentence.
Shares = Sequence[Sequence[float]]

NAMES = (
    "words: this type", "words: an event", "words: this type among events", "words: best type",
    "words: less than the best word",
    "words: this type elsewhere", "rules: proposed", "rules: kept", "rules: confidence", "rules: pattern",
    "rules: other type",
    "noun", "light verb", "unreal", "actors", "recipients", "depth", "sentence length", "place in sentence",
    "credited", "parties in sentence", "candidates in sentence", "kept in sentence", "subject is a party",
    "object is a party",
    "nearest party", "neighbour kept", "neighbour of this type", "quotation in sentence", "sentence number",
    "capitalised",
    *(f"aside: {reason}" for reason in _REASONS), *(f"status: {status}" for status in STATUSES[1:]),
    *(f"tag: {tag}" for tag in _FORMS), *(f"dep: {dep}" for dep in _LINKS), *(f"type: {name}" for name in CLASSES[1:]),
)  # fmt: skip
#: Columns that a higher figure can only speak for, or only against: +1, -1.
MONOTONE = {"words: this type": 1, "words: an event": 1, "rules: kept": 1}


class Evidence:
    """The figures of one sentence's candidates."""

    def __init__(self, view: View, shares: Shares) -> None:
        """``shares`` are the encoder's probabilities, shape (words, classes)."""
        self._view = view
        self._shares = shares
        self._tokens = view.syntax.tokens
        self._by_head: Mapping[int, Candidate] = {c.head: c for c in view.candidates}
        self._best = max((1 - row[0] for row in shares), default=0.0)
        self._codes = {m.party.code for m in view.mentions if m.party.code}
        self._quoted = any(t.text in _QUOTES for t in self._tokens)
        self._kept = sum(c.head not in view.aside for c in view.candidates)
        self._rules = RuleRanker()

    def row(self, candidate: Candidate) -> list[float]:
        """The candidate's figures, in the order of ``NAMES``."""
        token = self._tokens[candidate.head]
        values = [*self._by_words(candidate), *self._by_rules(candidate), *self._by_place(candidate, token)]
        values += [self._reason(candidate) == reason for reason in _REASONS]
        values += [candidate.status == status for status in STATUSES[1:]]
        values += [token.tag == tag for tag in _FORMS]
        values += [token.dep == dep for dep in _LINKS]
        values += [candidate.frame.type == name for name in CLASSES[1:]]
        return [float(value) for value in values]

    def _by_words(self, candidate: Candidate) -> list[float]:
        share = self._shares[candidate.head]
        number = CLASS_OF[candidate.frame.type]
        an_event = 1 - share[0]
        elsewhere = max((row[number] for i, row in enumerate(self._shares) if i != candidate.head), default=0.0)
        best = max(range(1, len(CLASSES)), key=lambda k: share[k]) == number
        return [share[number], an_event, share[number] / (an_event + 1e-6), best, an_event - self._best, elsewhere]

    def _by_rules(self, candidate: Candidate) -> list[float]:
        ruled = self._by_head.get(candidate.head)
        same = ruled is candidate
        confidence = self._rules.confidence(candidate, self._view.proposals.clauses) if same else -1.0
        kept = same and candidate.head not in self._view.aside
        other = ruled is not None and not same
        return [same, kept, confidence, candidate.met if same else -1, other]

    def _by_place(self, candidate: Candidate, token: Token) -> list[float]:
        near = [
            c
            for c in self._view.candidates
            if c.head != candidate.head
            and (candidate.head in c.words or token.head == c.head or self._tokens[c.head].head == candidate.head)
        ]
        distances = [abs(m.head - candidate.head) for m in self._view.mentions if m.party.code]
        clauses = self._view.proposals.clauses
        verb = token.tag[:1] == "V"
        length = len(self._tokens)
        return [
            candidate.nominal, candidate.supported, candidate.unreal, _coded(candidate.actors),
            _coded(candidate.recipients),
            candidate.depth, length, candidate.head / length, self._view.credited[candidate.head], len(self._codes),
            len(self._view.candidates), self._kept,
            verb and self._any_party(clauses.agents(candidate.head)),
            verb and self._any_party(clauses.patients(candidate.head)),
            min(distances, default=_FAR), any(c.head not in self._view.aside for c in near),
            any(c.frame.type == candidate.frame.type for c in near), self._quoted, self._view.syntax.sentence,
            token.text[:1].isupper(),
        ]  # fmt: skip

    def _any_party(self, heads: Sequence[int]) -> bool:
        return any(m.head in heads and m.party.code for m in self._view.mentions)

    def _reason(self, candidate: Candidate) -> str | None:
        return self._view.aside.get(candidate.head) if self._by_head.get(candidate.head) is candidate else None


def _coded(parties: Sequence[Party]) -> int:
    return len({p.code for p in parties} - {None})
