"""What the rules found, told to the ranking model as whole numbers for each word.

``COLUMNS`` names the columns; ``SIZES`` says how many values each has. 0 always means "nothing to tell". The order of
the lists below is part of a trained model: what is added goes to the end, and models are trained again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapporteur.events.choose import Reason, SourcesOf, set_aside
from rapporteur.events.propose import Candidate, SentenceProposals
from rapporteur.language.syntax import Syntax
from rapporteur.model import Party

#: Classes of the encoder: no event, and PLOVER's types.
CLASSES = (
    "-", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("actual", "negated", "future", "hypothetical")
#: Penn Treebank tags and ClearNLP dependencies, as spaCy's English pipelines give them.
TAGS = (
    "CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP TO UH VB VBD VBG VBN VBP VBZ "
    "WDT WP WP$ WRB HYPH"
).split()
DEPS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative "
    "dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj "
    "predet prep prt punct quantmod relcl xcomp"
).split()
_KINDS = ("state", "country", "IGO", "NSA", "unknown")
COLUMNS = ("tag", "dep", "party", "kept", "aside", "status", "trigger", "credited")
SIZES = (len(TAGS) + 1, len(DEPS) + 1, 2 * len(_KINDS) + 1, len(CLASSES), len(CLASSES), 6, len(CLASSES), 2)

CLASS_OF = {name: number for number, name in enumerate(CLASSES)}
_TAG_OF = {name: number for number, name in enumerate(TAGS, 1)}
_DEP_OF = {name: number for number, name in enumerate(DEPS, 1)}
_SPOKEN_OF = "NPDWCJF"  # tags whose words can head what denotes a party


@dataclass(frozen=True, slots=True)
class Mention:
    """A party that the phrase headed by token ``head`` denotes; ``place``: only as a place."""

    head: int
    party: Party
    place: bool

    @property
    def kind(self) -> int:
        """1 to 5: a state itself, somebody of one country, an international body, a body of none, untold."""
        if self.party.code is None:
            return 5
        if self.party.code in _KINDS:
            return _KINDS.index(self.party.code) + 1
        return 1 if (self.party.entity or "").startswith("state:") else 2


class View:
    """One sentence as the ranking model sees it."""

    def __init__(self, proposals: SentenceProposals, sources: SourcesOf) -> None:
        self.proposals = proposals
        self.syntax: Syntax = proposals.syntax
        self.candidates: Sequence[Candidate] = proposals.candidates
        self.aside: Mapping[int, Reason] = set_aside(proposals.candidates, proposals.clauses)
        self.credited = tuple(bool(sources(t.start, t.end, ())) for t in self.syntax.tokens)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All parties of the sentence, in text order."""
        finder, sentence = self.proposals.finder, self.syntax.sentence
        found: dict[tuple[int, int, str | None], Mention] = {}
        for token in self.syntax.tokens:
            if token.tag[:1] not in _SPOKEN_OF:
                continue
            parties, place = finder.parties(sentence, token.i), False
            if not parties:
                parties, place = finder.parties(sentence, token.i, place=True), True
            for party in parties:
                found.setdefault((party.start, party.end, party.code), Mention(token.i, party, place))
        return tuple(found.values())

    def words(self) -> list[str]:
        """The encoder's words."""
        return [token.text for token in self.syntax.tokens]

    def signals(self) -> list[list[int]]:
        """A row for each word; columns as ``COLUMNS`` has them."""
        rows = [
            [_TAG_OF.get(t.tag, 0), _DEP_OF.get(t.dep, 0), 0, 0, 0, 0, 0, int(self.credited[t.i])]
            for t in self.syntax.tokens
        ]
        for mention in self.mentions:
            row = rows[mention.head]
            row[2] = row[2] or mention.kind + (len(_KINDS) if mention.place else 0)
        for candidate in self.candidates:
            event_type = CLASS_OF[candidate.frame.type]
            rows[candidate.head][4 if candidate.head in self.aside else 3] = event_type
            rows[candidate.head][5] = 5 if candidate.unreal else STATUSES.index(candidate.status) + 1
            for word in candidate.words:
                if word != candidate.head and not rows[word][6]:
                    rows[word][6] = event_type
        return rows
