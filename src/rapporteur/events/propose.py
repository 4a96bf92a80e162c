"""Every act that a sentence's words and syntax could state. Proposing only: ``choose`` decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from msgspec import structs

from rapporteur.events.clause import Clauses
from rapporteur.events.match import Match, match_adjective, match_noun, match_verb
from rapporteur.events.nominal import Nominals
from rapporteur.events.screen import Needs, needs_of
from rapporteur.events.status import StatusReader
from rapporteur.knowledge.frames import FrameEntry, Rule, Tables
from rapporteur.knowledge.ontology import Ontology
from rapporteur.language.syntax import Syntax
from rapporteur.model import Party, Status

#: Acts whose complement's object is the recipient; of REQUEST its subject is, of ACCUSE whoever does it.
_DONE_TO_OBJECT = frozenset(("THREATEN", "REJECT", "AGREE", "SUPPORT", "CONCEDE", "COERCE", "SANCTION", "ASSAULT"))
_PRONOUNS = frozenset("it its they their them he his him she her we our us i my me you your".split())
#: Acts that are always aimed at somebody.
_AIMED = frozenset(("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT", "AID", "COOPERATE"))
#: Acts to which a place is where they happen, not whom they hit: troops withdraw from, or gather in, a town.
_NOT_AT_PLACES = frozenset(("RETREAT", "MOBILIZE"))
_AGAINST = ("against", "over", "at", "of", "to", "with", "on", "for", "by", "from")
_TOWARDS = ("against", "to", "from", "with", "on")


class PartyFinder(Protocol):
    """What the coder asks of the actors room (``actors.ArticleActors``)."""

    def parties(self, sentence: int, token: int, *, place: bool = False) -> tuple[Party, ...]: ...

    def party_within(self, sentence: int, token: int) -> tuple[Party, ...]: ...

    def is_political(self, sentence: int, token: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible event.

    ``head`` is the token that states it, ``words`` all trigger tokens; ``depth`` its distance from the sentence's
    root; ``nominal`` and ``supported`` (by a light verb) tell its form; ``met`` how specific its pattern was.
    """

    frame: FrameEntry
    pattern: str
    head: int
    words: tuple[int, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: Status
    unreal: bool
    depth: int
    nominal: bool
    supported: bool
    met: int


class Proposer:
    """Proposes candidates from compiled frames. Holds no state between sentences."""

    def __init__(self, tables: Tables, ontology: Ontology) -> None:
        self._tables = tables
        self._ontology = ontology
        self._words = tables.classes
        rules = (r for table in (tables.verbs, tables.nouns, tables.adjectives) for rs in table.values() for r in rs)
        self._needs = {id(rule): needs_of(rule) for rule in rules}
        self._people = tables.classes.get("people", frozenset())

    def propose(self, syntax: Syntax, actors: PartyFinder) -> tuple[list[Candidate], Clauses]:
        """All candidates of a sentence, the best one for each head word, in text order; and the clause structure."""
        clauses = Clauses(syntax, self._words)
        sentence = _Sentence(self._tables, self._needs, self._ontology, clauses, actors, self._people)
        return list(sentence.candidates()), clauses


class _Sentence:
    """One sentence being coded."""

    def __init__(
        self,
        tables: Tables,
        needs: Mapping[int, Needs],
        ontology: Ontology,
        clauses: Clauses,
        actors: PartyFinder,
        people: frozenset[str],
    ) -> None:
        self.tables = tables
        self.needs = needs
        self.words = {t.lemma for t in clauses.tokens} | {t.lower for t in clauses.tokens}
        self.ontology = ontology
        self.clauses = clauses
        self.syntax = clauses.syntax
        self.actors = actors
        self.people = people
        self.statuses = StatusReader(clauses, tables.classes)
        self.nominals = Nominals(clauses, tables.classes, self.is_party)
        self._parties: dict[int, tuple[Party, ...]] = {}

    def parties(self, i: int) -> tuple[Party, ...]:
        if i not in self._parties:
            self._parties[i] = self.actors.parties(self.syntax.sentence, i)
        return self._parties[i]

    def is_party(self, i: int) -> bool:
        return bool(self.parties(i))

    def somebody(self, i: int) -> bool:
        """A party, a person or a group: what a strict slot asks for."""
        token = self.clauses.tokens[i]
        return (
            self.is_party(i)
            or token.lemma in self.people
            or (token.tag in ("PRP", "WP") and token.lower not in ("it", "what"))
        )

    def candidates(self) -> Iterator[Candidate]:
        for token in self.syntax.tokens:
            found: list[tuple[Match, FrameEntry]] = []
            kind = token.tag[:1]
            if kind == "V":
                found = list(self._matches(token.i, self.tables.verbs.get(token.lemma, ()), "verb"))
            if kind == "N" or (kind == "V" and token.tag == "VBG"):
                found += self._matches(token.i, self.tables.nouns.get(token.lemma, ()), "noun")
            if kind == "J" or token.tag in ("VBN", "VBG"):
                rules = self.tables.adjectives.get(token.lower, ()) or self.tables.adjectives.get(token.lemma, ())
                found += self._matches(token.i, rules, "adjective")
            best = self._best(found)
            if best is not None:
                yield best

    def _matches(self, i: int, rules: tuple[Rule, ...], form: str) -> Iterator[tuple[Match, FrameEntry]]:
        for rule in rules:
            if any(words.isdisjoint(self.words) for words in self.needs[id(rule)]):
                continue  # a word that it needs is not there: no need to look at the syntax
            frame = self.tables.frames[rule.frame]
            match = self._match(rule, i, form)
            if match is None or not all(self.somebody(s) for s in match.strict):
                continue
            if form == "noun":
                self.nominals.fill(match, frame.reciprocal)
            yield match, frame

    def _match(self, rule: Rule, i: int, form: str) -> Match | None:
        if form == "verb":
            return match_verb(rule, i, self.clauses)
        if form == "noun":
            return match_noun(rule, i, self.clauses)
        return match_adjective(rule, i, self.clauses)

    def _best(self, found: list[tuple[Match, FrameEntry]]) -> Candidate | None:
        made = [(c, m.narrowness) for m, f in found if (c := self._candidate(m, f)) is not None]
        if not made:
            return None
        best = max(made, key=lambda cm: (cm[0].met, bool(cm[0].actors), bool(cm[0].recipients), cm[1]))
        return best[0]

    def _candidate(self, match: Match, frame: FrameEntry) -> Candidate | None:
        nominal = self.syntax.tokens[match.head].tag[:1] == "N"
        actors = self._actors(match, frame)
        recipients = self._recipients(match, frame.type, frame.reciprocal, actors)
        if frame.reciprocal and match.recipients and (actors or nominal):
            actors, recipients = _without_sums(_united(actors, recipients)), ()
        if not self._enough(frame, match, nominal, actors, recipients):
            return None
        status, unreal = self.statuses.status(match.head)
        if not nominal and not unreal:
            frame, status = self._retyped(frame, status)
        supported = nominal and any(self.syntax.tokens[w].tag[:1] == "V" for w in match.words)
        return Candidate(
            frame=frame,
            pattern=match.rule.pattern.text,
            head=match.head,
            words=tuple(sorted(set(match.words))),
            actors=actors,
            recipients=recipients,
            status=status,
            unreal=unreal,
            depth=self.clauses.depth[match.head],
            nominal=nominal,
            supported=supported,
            met=match.met,
        )

    def _retyped(self, frame: FrameEntry, status: Status) -> tuple[FrameEntry, Status]:
        """A promise or a refusal of an act is an act of its own where the ontology says so."""
        other = None
        if status == "future":
            other = self.ontology.promised(frame.type)
        elif status == "negated":
            other = self.ontology.refused(frame.type)
        if other is None or other.type is None:
            return frame, status
        if status == "future" and not self.ontology.is_promise(frame.type, frame.mode):
            return frame, status
        entry = structs.replace(frame, type=other.type, mode=other.mode, cameo=other.code, contexts=other.contexts)
        return entry, "actual"

    def _actors(self, match: Match, frame: FrameEntry) -> tuple[Party, ...]:
        out: list[Party] = []
        for head in match.actors:
            parties = self.parties(head)
            if parties and frame.actor == "party" and not self.actors.is_political(self.syntax.sentence, head):
                parties = ()
            out += parties or self._behind(head)
        if not match.actors and self.clauses.passive(match.head):
            for head in match.objects:  # "killed in an Israeli air strike"
                out += self.actors.party_within(self.syntax.sentence, head)[:1]
        return _without_sums(_united(tuple(out)))

    def _behind(self, head: int) -> tuple[Party, ...]:
        """Who acts where what acts is no party: the thing's owner, a document's author, a person not yet known."""
        token = self.clauses.tokens[head]
        inside = self.actors.party_within(self.syntax.sentence, head)[:1]
        if not inside and token.lemma in self.tables.classes.get("documents", frozenset()):
            return tuple(p for i in self.clauses.owners(head) for p in self.parties(i))
        if token.tag == "PRP" and token.lower in ("he", "she"):  # somebody, although the text doesn't say who
            return (Party(token.text, token.start, token.end),)
        return inside

    def _recipients(
        self, match: Match, event_type: str, reciprocal: bool, actors: tuple[Party, ...]
    ) -> tuple[Party, ...]:
        out: list[Party] = []
        for head in match.recipients:
            cut = match.cuts.get(head)
            found = (
                self._sufferer(head, actors) if event_type not in _NOT_AT_PLACES else self._not_a_place(head, actors)
            )
            out += (self._cut(p, cut) for p in found)
        if not out and not reciprocal:
            for head in match.objects:
                out += self._within(head, actors)
        if not out:
            out += self._in_complement(match, event_type, actors)
        if not out and event_type in _AIMED and not self.clauses.passive(match.head):
            out += self._further_out(match, event_type, actors)
        taken = {(p.start, p.end) for p in actors}
        found = _united(tuple(p for p in out if (p.start, p.end) not in taken))
        return _without_sums(_without_own_bodies(found, actors))

    def _cut(self, party: Party, preposition: int | None) -> Party:
        """The party without what belongs to the verb: "accused the army | of theft"."""
        if preposition is None:
            return party
        end = self.syntax.tokens[preposition].start
        if not party.start < end < party.end:
            return party
        text = party.text[: end - party.start].rstrip()
        return replace(party, text=text, end=party.start + len(text))

    def _in_complement(self, match: Match, event_type: str, actors: tuple[Party, ...]) -> list[Party]:
        """The recipient where only the complement names it: "wants the bank to lend", "refused to help Chad"."""
        heads: list[int] = []
        clauses = [*match.complements]
        clauses += [t.i for head in match.objects for t in self.syntax.children(head, "acl", "ccomp")]
        for verb in clauses:
            subjects = [t.i for t in self.syntax.children(verb, "nsubj", "nsubjpass")]
            if event_type == "ACCUSE":
                heads += self.clauses.agents(verb) or subjects
            elif event_type == "REQUEST":
                heads += subjects
            elif event_type in _DONE_TO_OBJECT:
                heads += subjects if event_type == "THREATEN" else []
                heads += self.clauses.patients(verb)
                heads += [s.i for c in self.syntax.children(verb, "ccomp") for s in self.syntax.children(c.i, "nsubj")]
                heads += [f for _, f in self.clauses.prepositional(verb, _TOWARDS)]
        for head in heads:
            found = [p for p in self._sufferer(head, actors) if not self._same(p, actors)]
            if found:
                return found
        return []

    def _further_out(self, match: Match, event_type: str, actors: tuple[Party, ...]) -> list[Party]:
        """The recipient of an act that always has one, where it stands further off: in what the words only touch on
        ("protest over X's decision"), in the purpose, in the condition of a threat ("unless Israel leaves")."""
        heads = list(match.others)
        for word in match.words:
            heads += [f for _, f in self.clauses.prepositional(word, _AGAINST)]
        for place in (*match.words, *match.complements):
            heads += self._in_clauses(place, event_type)
            if event_type == "PROTEST":
                heads += [f for _, f in self.clauses.prepositional(place, ("in",)) if self._is_protest(f)]
        for head in heads:
            found = tuple(p for p in self._sufferer(head, actors) if not self._same(p, actors))
            if found:
                return list(found)
        return self._counterpart(match, actors)

    def _in_clauses(self, place: int, event_type: str) -> list[int]:
        """Heads in the condition of a threat and in the purpose of a protest or refusal, which name its other side."""
        heads: list[int] = []
        for clause in self.syntax.children(place, "advcl"):
            marks = {t.lower for t in self.syntax.children(clause.i, "mark")}
            if event_type == "THREATEN" and marks & {"if", "unless", "until"}:
                heads += [t.i for t in self.syntax.children(clause.i, "nsubj", "nsubjpass")]
            elif event_type in ("PROTEST", "REJECT") and any(
                t.tag == "TO" for t in self.syntax.children(clause.i, "aux")
            ):
                heads += self.clauses.patients(clause.i)
                heads += [f for _, f in self.clauses.prepositional(clause.i, _AGAINST)]
        return heads

    def _is_protest(self, head: int) -> bool:
        """ "in protest of the ban", "in defiance of the ban"."""
        return self.clauses.tokens[head].lemma in self.tables.classes.get("protestings", frozenset())

    def _counterpart(self, match: Match, actors: tuple[Party, ...]) -> list[Party]:
        """With whom a thing is shared that only "bilateral" or "mutual" says is: the party last named before it."""
        shared = self.tables.classes.get("mutual", frozenset())
        if not any(t.lemma in shared for head in match.objects for t in self.syntax.children(head, "amod")):
            return []
        codes = {p.code for p in actors}
        for i in range(match.head - 1, -1, -1):
            named = [p for p in self.parties(i) if p.entity and p.code not in codes]
            if named:
                return named[:1]
        return []

    def _sufferer(self, head: int, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """Who is meant by what fills a recipient's slot: a party, a place for its country, or whose thing it is."""
        return (
            self.parties(head)
            or self.actors.parties(self.syntax.sentence, head, place=True)
            or self._in_apposition(head)
            or self._within(head, actors)
        )

    def _not_a_place(self, head: int, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        return self.parties(head) or self._in_apposition(head) or self._within(head, actors)

    def _in_apposition(self, head: int) -> tuple[Party, ...]:
        """ "both sides, the army and the rebels": whom the apposition names."""
        named = self.clauses.expand([t.i for t in self.syntax.children(head, "appos")])
        return tuple(p for i in named for p in self.parties(i))

    def _within(self, head: int, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """The party whose thing this is, other than who acts on it: "criticised Israel's operation"."""
        inside = self.actors.party_within(self.syntax.sentence, head)
        return tuple(p for p in inside if not self._same(p, actors))[:1]

    def _same(self, party: Party, actors: tuple[Party, ...]) -> bool:
        """Is it the actor again ("blocked its own bill")?"""
        if any((p.start, p.end) == (party.start, party.end) for p in actors):
            return True
        if party.code not in {p.code for p in actors}:
            return False
        # "American" on a thing is the state's own where the president acts; a part of it ("Mississippi's law") is not
        if party.text.lower() in _PRONOUNS or any(p.entity and p.entity == party.entity for p in actors):
            return True
        return party.entity == f"state:{party.code}" and not self._is_possessor(party)

    def _is_possessor(self, party: Party) -> bool:
        return any(t.start == party.end and t.tag == "POS" for t in self.syntax.tokens)

    def _enough(
        self, frame: FrameEntry, match: Match, nominal: bool, actors: tuple[Party, ...], recipients: tuple[Party, ...]
    ) -> bool:
        """Are the parties named that the frame needs?"""
        if nominal:
            have = {"actor": bool(actors), "recipient": bool(recipients)}
            have["either"] = have["actor"] or have["recipient"]
            have["both"] = have["actor"] and have["recipient"]
            return have[frame.needs]
        if frame.needs == "both":
            return bool(actors and recipients)
        if actors:
            return True
        if frame.actor == "any" and match.actors:
            return True
        instruments = self.tables.classes.get("instruments", frozenset())
        by_things = any(self.clauses.tokens[i].lemma in instruments for i in match.actors)  # "the bomb killed ten"
        unnamed = self.clauses.passive(match.head) if not match.actors else by_things
        agentless = frame.agentless and unnamed
        return (agentless or match.rule.pattern.subject != "A") and bool(recipients)


def _without_sums(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Where a group and its members are listed ("the three powers, Britain, France and Germany"), the members stay."""
    codes = {p.code for p in parties}
    return tuple(p for p in parties if not (len(codes & set(p.members)) > 1))


def _without_own_bodies(parties: tuple[Party, ...], actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """An actor acts within an organisation of its own, on the others: Britain blocked EU cooperation with Serbia."""
    codes = {p.code for p in actors}
    others = tuple(p for p in parties if not codes & set(p.members))
    return others or parties


def _united(*groups: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties of all groups in text order, each once."""
    seen: dict[tuple[object, ...], Party] = {}
    for group in groups:
        for party in group:
            seen.setdefault((party.entity,) if party.entity else (party.start, party.end, party.code), party)
    return tuple(seen.values())
