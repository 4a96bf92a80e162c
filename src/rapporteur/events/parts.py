"""Figures by which the model of roles decides who has which part in an act: one row for each country or kind of body.

What is decided on is a code (``TUR``, ``IGO``),
not a mention: a text speaks of one side by several mentions ("Turkey's",
"its foreign minister",
"he"), and which of them stands at the verb says little. ``NAMES`` is part of a trained model: models are
trained again when it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapporteur.events.propose import Candidate
from rapporteur.events.signals import CLASSES, Mention, View
from rapporteur.language.syntax import Token
from rapporteur.model import Party

_PREPOSITIONS = (
    "by",
    "to",
    "with",
    "against",
    "of",
    "in",
    "from",
    "on",
    "for",
    "at",
    "over",
    "between",
    "into",
    "about",
)
_CLAUSES = ("xcomp", "ccomp", "acl", "advcl", "relcl", "pcomp")
_DEPS = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "compound", "amod", "conj", "appos", "attr", "dative", "nmod")
_PRONOUNS = frozenset("i we you he she it they him her them us me his their its our my".split())

_OF_MENTION = (
    "rules: actor", "rules: recipient", "rules: code is an actor's", "rules: code is a recipient's", "rules: actors",
    "rules: recipients",
    "rules: somebody else's actor", "rules: somebody else's recipient", "open", "noun", "light verb", "passive",
    "does it", "suffers it", "owns it", "does the outer", "suffers the outer", "does the inner", "suffers the inner",
    "with the inner",
    "within the object", "before", "distance", "nearest", "path", "place", "state", "international", "unbound",
    "untold", "known name",
    "guessed", "pronoun", "political", "codes in sentence", "code elsewhere", "first", "credited",
    "one of a list with an actor",
    "one of a list with a recipient",
    *(f"{p} it" for p in _PREPOSITIONS), *(f"{p} its object" for p in _PREPOSITIONS), *(f"dep: {d}" for d in _DEPS),
    *(f"type: {name}" for name in CLASSES[1:]),
)  # fmt: skip
#: Of a code: over all its mentions the highest figure (of distances the lowest), then the figures of its nearest one.
NAMES = (*_OF_MENTION, *(f"nearest: {name}" for name in _OF_MENTION))
_LOWEST = tuple(_OF_MENTION.index(name) for name in ("distance", "nearest", "path"))
_DISTANCE, _PATH = _OF_MENTION.index("distance"), _OF_MENTION.index("path")


class Parts:
    """The figures of one candidate's possible parties."""

    def __init__(self, view: View, candidate: Candidate) -> None:
        self._view = view
        self._candidate = candidate
        self._clauses = view.proposals.clauses
        self._tokens = view.syntax.tokens
        head = candidate.head
        token = self._tokens[head]
        verb = token.tag[:1] == "V"
        self._passive = verb and self._clauses.passive(head)
        self._agents = self._clauses.agents(head) if verb else ()
        self._patients = self._clauses.patients(head) if verb else ()
        self._owners = tuple(self._clauses.owners(head)) if not verb else ()
        inner = [t.i for word in candidate.words for t in view.syntax.children(word, *_CLAUSES) if t.tag[:1] == "V"]
        outer = self._outer(token)
        self._outer_agents = self._clauses.agents(outer) if outer is not None else ()
        self._outer_patients = self._clauses.patients(outer) if outer is not None else ()
        self._by = self._prepositions([head])
        self._by_object = self._prepositions([*self._patients, *(w for w in candidate.words if w != head)])
        self._inner_agents = {a for v in inner for a in self._clauses.agents(v)}
        self._inner_patients = {p for v in inner for p in self._clauses.patients(v)}
        self._inner_others = {f for fillers in self._prepositions(inner).values() for f in fillers}
        self._objects = {i for p in self._patients for i in view.syntax.subtree(p)}
        self._order = sorted(range(len(view.mentions)), key=lambda k: (abs(view.mentions[k].head - head), k))

    def _outer(self, token: Token) -> int | None:
        """The verb under which the act's word hangs."""
        for above in self._view.syntax.ancestors(token.i):
            if above.tag[:1] == "V":
                return above.i
        return None

    def _prepositions(self, heads: Sequence[int]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {p: set() for p in _PREPOSITIONS}
        for head in heads:
            for preposition, filler in self._clauses.prepositional(head, _PREPOSITIONS):
                found[self._tokens[preposition].lower].add(filler)
        return found

    def by_code(self) -> dict[str, list[float]]:
        """The row of each code that a mention of the sentence has, in the order of their first mentions."""
        rows: dict[str, list[list[float]]] = {}
        for mention, row in zip(self._view.mentions, self._rows(), strict=True):
            if mention.party.code is not None:
                rows.setdefault(mention.party.code, []).append(row)
        return {code: _united(some) for code, some in rows.items()}

    def nearest(self, code: str) -> Mention:
        """The mention of ``code`` that is nearest to the act by its syntax; a place only where nothing else is."""
        some = [m for m in self._view.mentions if m.party.code == code]
        return min(some, key=lambda m: (m.place, self._path(m.head), abs(m.head - self._candidate.head), m.head))

    def _rows(self) -> Iterator[list[float]]:
        codes = [m.party.code for m in self._view.mentions]
        actors, recipients = (
            {p.code for p in ps} - {None} for ps in (self._candidate.actors, self._candidate.recipients)
        )
        rest = [c for c in self._view.candidates if c.head != self._candidate.head]
        listed = [self._listed(ps) for ps in (self._candidate.actors, self._candidate.recipients)]
        for k, mention in enumerate(self._view.mentions):
            party, token = mention.party, self._tokens[mention.head]
            values: list[float] = [
                self._is(mention, self._candidate.actors), self._is(mention, self._candidate.recipients),
                party.code in actors, party.code in recipients, len(actors), len(recipients),
                any(self._is(mention, c.actors) for c in rest), any(self._is(mention, c.recipients) for c in rest),
                self._candidate.open, self._candidate.nominal, self._candidate.supported, self._passive,
                mention.head in self._agents, mention.head in self._patients, mention.head in self._owners,
                mention.head in self._outer_agents, mention.head in self._outer_patients,
                mention.head in self._inner_agents,
                mention.head in self._inner_patients, mention.head in self._inner_others, mention.head in self._objects,
                mention.head < self._candidate.head, min(abs(mention.head - self._candidate.head), 40),
                self._order.index(k),
                self._path(mention.head), mention.place, mention.kind == 1, mention.kind == 3, mention.kind == 4,
                mention.kind == 5,
                party.entity is not None, self._view.proposals.finder.is_surmised(party),
                token.lower in _PRONOUNS,
                self._view.proposals.finder.is_political(self._view.syntax.sentence, mention.head),
                len(set(codes) - {None}), codes.count(party.code) - 1, k == 0, self._view.credited[mention.head],
                mention.head in listed[0], mention.head in listed[1],
            ]  # fmt: skip
            values += [mention.head in self._by[p] for p in _PREPOSITIONS]
            values += [mention.head in self._by_object[p] for p in _PREPOSITIONS]
            values += [token.dep == d for d in _DEPS]
            values += [self._candidate.frame.type == name for name in CLASSES[1:]]
            yield [float(v) for v in values]

    @staticmethod
    def _is(mention: Mention, parties: Sequence[Party]) -> bool:
        place = (mention.party.start, mention.party.end, mention.party.code)
        return any((p.start, p.end, p.code) == place for p in parties)

    def _listed(self, parties: Sequence[Party]) -> set[int]:
        """Heads that stand in one list with the head of one of the parties."""
        found: set[int] = set()
        for mention in self._view.mentions:
            if self._is(mention, parties):
                found |= {i for i in self._clauses.expand([mention.head]) if i != mention.head}
        return found

    def _path(self, i: int) -> int:
        """Steps through the syntax from the party to the act's word, 12 at most."""
        up = {self._candidate.head: 0}
        for n, token in enumerate(self._view.syntax.ancestors(self._candidate.head), 1):
            up.setdefault(token.i, n)
        steps = 0
        while i not in up:
            above = self._tokens[i].head
            if above == i:
                return 12
            i, steps = above, steps + 1
        return min(steps + up[i], 12)


def _united(rows: Sequence[Sequence[float]]) -> list[float]:
    united = [(min if k in _LOWEST else max)(column) for k, column in enumerate(zip(*rows, strict=True))]
    return [*united, *min(rows, key=lambda row: (row[_PATH], row[_DISTANCE]))]
