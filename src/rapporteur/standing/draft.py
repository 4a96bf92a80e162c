"""What is known of a measure while its sentence is read, and the sentence with all that is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapporteur.actors import nounphrase
from rapporteur.events.clause import Clauses
from rapporteur.events.roles import Roles, united, without_sums
from rapporteur.events.status import StatusReader
from rapporteur.events.when import Calendar
from rapporteur.knowledge.folding import folding
from rapporteur.knowledge.standing import MeasureEntry, MeasureTables, Phase
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import MeasureStatus, Party, When
from rapporteur.standing.finder import Finder


@dataclass(slots=True)
class Draft:
    """A measure as one sentence tells of it.

    Attributes:
        entry, rule: what in the data file made it.
        head: the token that names or makes it.
        status: its state by this sentence.
        phase: what the sentence tells of it; None: that there is one.
        word: the token that tells the phase, by which it is dated; the head where nothing does.
        begun: a further word that tells of its beginning ("the sanctions imposed in 2014 were lifted").
        imposers, targets: parties, as far as the sentence names them.
        objects: tokens heading what it bears on.
        definite: it is spoken of as known.
        through: the institution by which it works (canonical name), or None.
        brokered: some of the imposers only brought it about.
        called: what it bears on by earlier words, where ``objects`` don't tell.
        chambers: tokens of those who passed the bill that tells of it, of whatever state.
        act: the token of the act by whose name it goes ("the Chad Sanctions Act"), or None.
        onset: since when it is in force by any sentence so far, or None.
    """

    entry: MeasureEntry
    rule: str
    head: int
    status: MeasureStatus
    phase: Phase | None
    word: int
    begun: int | None = None
    imposers: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    objects: list[int] = field(default_factory=list)
    definite: bool = False
    through: str | None = None
    brokered: bool = False
    called: str | None = None
    chambers: tuple[int, ...] = ()
    act: int | None = None
    onset: When | None = None


def akin(one: Draft, other: Draft) -> bool:
    """Are two measures of one kind, or of kinds that stand for each other?"""
    return folding().measures.kin(one.entry.kind, other.entry.kind)


def agree(some: Iterable[Party], others: Iterable[Party]) -> bool:
    """Are two lists of parties those of one side: have they a country in common, or is one untold?"""
    ours, theirs = ({p.code for p in parties if p.code} for parties in (some, others))
    return not ours or not theirs or bool(ours & theirs)


def same_measure(one: Draft, other: Draft) -> bool:
    """Do two drafts of one sentence tell of the same measure?"""
    return akin(one, other) and agree(one.imposers, other.imposers) and agree(one.targets, other.targets)


class Sentence:
    """One parsed sentence: its clauses, parties, statuses and times.

    Args:
        body: the article's text.
        syntax: the sentence, parsed.
        finder: resolves tokens to parties and places.
        tables: the words of measures.
        published: the article's date (ISO) or None.
    """

    def __init__(self, body: str, syntax: Syntax, finder: Finder, tables: MeasureTables, published: str | None) -> None:
        self.body = body
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.finder = finder
        self.words = tables.words
        self.published = published
        self.clauses = Clauses(syntax, tables.shared)
        self.roles = Roles(self.clauses, finder, tables.shared)
        self.statuses = StatusReader(self.clauses, tables.shared)

    @cached_property
    def calendar(self) -> Calendar:
        """The sentence's times."""
        return Calendar(self.body, self.clauses, self.published)

    # -- parties -----------------------------------------------------------------------------------------------

    def able(self, heads: Iterable[int], anybody: bool = False) -> tuple[Party, ...]:
        """Those among the heads' parties who can put a measure in force: no candidates, lawmakers, firms.

        ``anybody``: who is a party to it need not have that power.
        """
        found: list[Party] = []
        for i in heads:
            if any(t.lower in ("no", "neither") for t in self.syntax.children(i, "det")):
                continue
            here = self.roles.parties(i) or self._chamber(i)
            if here and not self.finder.is_political(self.syntax.sentence, i):
                continue
            found += [p for p in here if self.can_impose(p) or (anybody and p.code is not None)]
        return without_sums(united(tuple(found)))

    def _chamber(self, i: int) -> tuple[Party, ...]:
        """A chamber by the state before it: "the Chadian house of deputies"."""
        if self.tokens[i].lemma not in self.words.chambers:
            return ()
        before = self.syntax.children(i, "amod", "compound", "nmod", "poss")
        found = (p for t in before for p in self.finder.parties(self.syntax.sentence, t.i, place=True))
        state = next((p for p in found if p.country is not None), None)
        if state is None:
            return ()
        start, end = self.phrase(i)
        return (replace(state, text=self.body[start:end], start=start, end=end, sector="LEG", entity=None, name=None),)

    def can_impose(self, party: Party) -> bool:
        """Has the party the power, so far as is known? A chamber has, a member of it hasn't."""
        if party.code is None:
            return False
        if (party.entity or "").startswith("igo:"):  # states' bank or fund
            return True
        last = party.text.lower().split(" of ")[0].split()[-1]  # "the house of deputies", not "a member of the house"
        if party.sector == "PTY" and party.entity is None:  # a coalition may be one of states
            return last not in self.words.campaigners
        return party.sector not in self.words.powerless or last in self.words.chambers

    def whom(self, i: int) -> tuple[Party, ...]:
        """Who is meant by a phrase behind "on" or "against": a party, a place's country, whose thing it is."""
        sentence = self.syntax.sentence
        return (
            self.roles.parties(i)
            or self.finder.parties(sentence, i, place=True)
            or self.finder.party_within(sentence, i)[:1]
        )

    def agents(self, verb: int) -> tuple[int, ...]:
        """Who does what the verb says; of "called on Chad to lift" those called on."""
        token = self.tokens[verb]
        head = self.tokens[token.head]
        infinitive = any(t.tag == "TO" for t in self.syntax.children(verb, "aux"))
        if infinitive and head.lemma in self.words.appealing and token.dep in ("xcomp", "advcl"):
            asked = [f for _, f in self.clauses.prepositional(head.i, ("on", "upon", "to")) if self.roles.parties(f)]
            if asked:
                return tuple(asked)
        found = self.clauses.agents(verb)
        if not found and infinitive and token.dep in ("acl", "relcl"):  # "the US decision to lift"
            found = tuple(
                t.i for t in self.syntax.children(head.i, "compound", "amod", "nmod") if self.roles.parties(t.i)
            )
        if not any(self.roles.parties(i) for i in found):
            found = self._beside(verb) or found
        return found

    def _beside(self, verb: int) -> tuple[int, ...]:
        """Who stands right before a verb that has no subject, if the parser took him into the list before: "kept the
        terms of the pact | and Chad lifted sanctions"."""
        token, before = self.tokens[verb], self.tokens[verb - 1] if verb else None
        if before is None or token.dep != "conj" or token.tag not in ("VBD", "VBZ", "VBP"):
            return ()
        listed = before.dep == "conj" and before.tag[:2] == "NN" and before.i > token.head
        own = any(self.syntax.children(verb, "nsubj", "nsubjpass"))
        return (before.i,) if listed and not own and self.roles.parties(before.i) else ()

    def places(self, heads: Iterable[int]) -> tuple[Party, ...]:
        """The states on whose ground the phrases lie."""
        found = (p for i in heads for p in self.finder.parties(self.syntax.sentence, i, place=True))
        return tuple(p for p in found if self.can_impose(p) and p.country is not None)[:1]

    def persons(self, parties: Iterable[Party]) -> tuple[Party, ...]:
        """Parties as persons who are held: a fighter's group is not his nationality."""
        return tuple(replace(p, code=None) if p.code == "NSA" else p for p in parties)

    def bare(self, i: int) -> Party:
        """Whoever or whatever the phrase names, of whom nothing is known."""
        start, end = self.phrase(i)
        return Party(self.body[start:end], start, end)

    def all_whom(self, heads: Iterable[int]) -> tuple[Party, ...]:
        """The same of several phrases, each party once."""
        return united(tuple(p for i in heads for p in self.whom(i)))

    # -- phrases -----------------------------------------------------------------------------------------------

    def phrase(self, i: int) -> tuple[int, int]:
        """Body span of the noun phrase headed by token ``i``, with its prepositional phrases, without its clauses,
        times and first article."""
        first = self.tokens[nounphrase.left_edge(self.syntax, i)]
        kept = [i]
        stack = [t for t in self.syntax.children(i) if t.i > i]
        while stack:
            token = stack.pop()
            if token.dep in ("relcl", "acl", "advcl", "appos", "punct", "parataxis") or self._tells_time(token):
                continue
            kept.append(token.i)
            stack += self.syntax.children(token.i)
        last = i
        for k in sorted(kept):
            if k > last + 1 and self.tokens[k - 1].text not in ("-", ",", "’s", "'s"):
                break
            last = max(last, k)
        start = first.end + 1 if first.dep == "det" and first.i < i else first.start
        return start, self.tokens[last].end

    def _tells_time(self, token: Token) -> bool:
        if token.dep != "prep":
            return False
        return any(
            t.lemma in self.clauses.times or (t.tag == "CD" and len(t.text) == 4)
            for t in self.syntax.children(token.i, "pobj")
        )

    def clause(self, i: int) -> tuple[int, int]:
        """Body span of the clause of the verb at or above token ``i``; conjoined clauses and what is said of it by
        others stay out."""
        verb = i
        while self.tokens[verb].tag[:1] not in "VM" and self.tokens[verb].head != verb:
            verb = self.tokens[verb].head
        kept = [verb]
        stack = list(self.syntax.children(verb))
        while stack:
            token = stack.pop()
            apart = token.dep in ("conj", "parataxis") and token.tag[:1] in "VM"
            if apart or (token.dep == "ccomp" and token.i < verb) or token.dep in ("punct", "cc"):
                continue
            kept.append(token.i)
            stack += self.syntax.children(token.i)
        return self.tokens[min(kept)].start, self.tokens[max(kept)].end
