"""Which parties fill an act's roles: from the heads that a pattern matched to actors and recipients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from rapporteur.events.clause import Clauses
from rapporteur.events.match import Match
from rapporteur.knowledge.frames import FrameEntry
from rapporteur.model import Party

#: Acts whose complement's object is the recipient; of REQUEST its subject is, of ACCUSE whoever does it.
_DONE_TO_OBJECT = frozenset(("THREATEN", "REJECT", "AGREE", "SUPPORT", "CONCEDE", "COERCE", "SANCTION", "ASSAULT"))
_PRONOUNS = frozenset("it its they their them he his him she her we our us i my me you your".split())
_NOT_OTHERS = frozenset(("i", "we", "it"))
#: Acts that are always aimed at somebody.
_AIMED = frozenset(("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT", "AID", "COOPERATE"))
#: Acts to which a place is where they happen, not whom they hit: troops withdraw from, or gather in, a town.
_NOT_AT_PLACES = frozenset(("RETREAT", "MOBILIZE"))
_DEEDS = ("acts", "instruments")
_AGAINST = ("against", "over", "at", "of", "to", "with", "on", "for", "by", "from")
_TOWARDS = ("against", "to", "from", "with", "on")


class PartyFinder(Protocol):
    """What the coder asks of the actors room (``actors.ArticleActors``)."""

    def parties(self, sentence: int, token: int, *, place: bool = False) -> tuple[Party, ...]: ...

    def party_within(self, sentence: int, token: int) -> tuple[Party, ...]: ...

    def is_political(self, sentence: int, token: int) -> bool: ...

    def is_surmised(self, party: Party) -> bool: ...


class Roles:
    """The parties of one sentence. ``words`` are the shared word classes of ``classes.yaml``."""

    def __init__(self, clauses: Clauses, finder: PartyFinder, words: Mapping[str, frozenset[str]]) -> None:
        self.clauses = clauses
        self.syntax = clauses.syntax
        self.finder = finder
        self.words = words
        self._parties: dict[int, tuple[Party, ...]] = {}

    def parties(self, i: int) -> tuple[Party, ...]:
        if i not in self._parties:
            self._parties[i] = self.finder.parties(self.syntax.sentence, i)
            listed = self._in_apposition(i)
            if len(listed) > 1:  # "both sides, the army and the rebels"
                self._parties[i] = listed
        return self._parties[i]

    def is_party(self, i: int) -> bool:
        return bool(self.parties(i))

    def somebody(self, i: int) -> bool:
        """A party, a person or a group: what a strict slot asks for."""
        token = self.clauses.tokens[i]
        return (
            self.is_party(i)
            or token.lemma in self.words.get("people", frozenset())
            or (token.tag in ("PRP", "WP") and token.lower not in ("it", "what"))
        )

    def actors(self, match: Match, frame: FrameEntry) -> tuple[Party, ...]:
        """Who does it: parties that can act in politics (whoever is named, where the frame asks no more)."""
        out: list[Party] = []
        for head in match.actors:
            parties = self.parties(head)
            if parties and frame.actor == "party" and not self.finder.is_political(self.syntax.sentence, head):
                parties = ()
            out += parties or self._behind(head)
        if not match.actors and self.clauses.passive(match.head):
            for head in match.objects:  # "killed in an Israeli air strike"
                if self._is_deed(head):
                    out += self.finder.party_within(self.syntax.sentence, head)[:1]
        if not out and match.rule.pattern.subject == "X":  # "air strikes by rebel jets killed five": whose strikes?
            for head in map(self.clauses.counted, self.clauses.agents(match.head)):
                if self._is_deed(head):
                    out += self._doers(head)
        return without_sums(united(tuple(out)))

    def _is_deed(self, head: int) -> bool:
        return any(self.clauses.tokens[head].lemma in self.words.get(c, frozenset()) for c in _DEEDS)

    def _doers(self, deed: int) -> tuple[Party, ...]:
        """Whose act or weapon it is: possessor, by- or between-phrase, the nationality before it, or "from" where."""
        before = self.syntax.children(deed, "amod", "compound", "nmod")
        places = [t.i for t in self.syntax.children(deed, "poss")]
        places += (f for _, f in self.clauses.prepositional(deed, ("by", "between")))
        places += (t.i for t in before if self.finder.is_political(self.syntax.sentence, t.i))
        places += (f for _, f in self.clauses.prepositional(deed, ("from",)))
        return next((found for found in map(self.parties, places) if found), ())

    def _behind(self, head: int) -> tuple[Party, ...]:
        """Who acts where what acts is no party: the thing's owner, a document's author, a person not yet known."""
        token = self.clauses.tokens[head]
        deed = self.clauses.counted(head)
        if self._is_deed(deed) and token.tag[:1] == "N":  # "the attack on an Iraqi base killed two" isn't Iraq's attack
            return self._doers(deed)[:1]
        inside = self.finder.party_within(self.syntax.sentence, head)[:1]
        if not inside and token.lemma in self.words.get("documents", frozenset()):
            return tuple(p for i in self.clauses.owners(head) for p in self.parties(i))
        if token.tag == "PRP" and token.lower in ("he", "she"):  # somebody, although the text doesn't say who
            return (Party(token.text, token.start, token.end),)
        return inside

    def recipients(self, match: Match, frame: FrameEntry, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """To whom it is done: what fills the slots; failing that, whose the object is, whom a complement names, or, for
        acts that are always aimed at somebody, who stands further off."""
        event_type = frame.type
        out: list[Party] = []
        for head in match.recipients:
            cut = match.cuts.get(head)
            found = (
                self._sufferer(head, actors) if event_type not in _NOT_AT_PLACES else self._not_a_place(head, actors)
            )
            out += (self._cut(p, cut) for p in found)
        if not frame.reciprocal:
            out = self._owners_first(match, out, actors)
        if not out and not frame.reciprocal:
            for head in match.objects:
                out += self._within(head, actors)
        if not out:
            out += self._in_complement(match, event_type, actors)
        if not out and event_type in _AIMED and not self.clauses.passive(match.head):
            out += self._further_out(match, event_type, actors)
        taken = {(p.start, p.end) for p in actors}
        found = united(tuple(p for p in out if (p.start, p.end) not in taken))
        return without_sums(_without_own_bodies(found, actors))

    def _owners_first(self, match: Match, found: list[Party], actors: tuple[Party, ...]) -> list[Party]:
        """ "left Iran's pact with six powers" is aimed at Iran: who owns the object comes before those it is with."""
        for head in match.objects:
            beside = {f for _, f in self.clauses.prepositional(head, ("with",))}
            if beside & set(match.recipients):
                owners = [p for t in self.syntax.children(head, "poss") for p in self.parties(t.i)]
                owners = [p for p in owners if not self._same(p, actors)]
                if owners:
                    return owners
        return found

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
                heads += subjects if event_type in ("THREATEN", "SUPPORT") else []
                heads += self.clauses.patients(verb)
                heads += [s.i for c in self.syntax.children(verb, "ccomp") for s in self.syntax.children(c.i, "nsubj")]
                heads += [f for _, f in self.clauses.prepositional(verb, _TOWARDS)]
        if event_type in ("ACCUSE", "SUPPORT"):  # nobody is blamed by "said that it was wrong to wait"
            heads = [i for i in heads if self.clauses.tokens[i].lower not in _NOT_OTHERS]
        if event_type in ("ACCUSE", "REQUEST"):  # all of a list: "that the army and the rebels had looted"
            return [p for head in heads for p in self._sufferer(head, actors) if not self._same(p, actors)]
        return next((found for head in heads if (found := self._named(head, actors))), [])

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
            found = self._named(head, actors)
            if found:
                return found
        return self._counterpart(match, actors)

    def _named(self, head: int, actors: tuple[Party, ...]) -> list[Party]:
        """Others than the actor whom the text itself tells: from far off a guess by context is not enough."""
        found = [p for p in self._sufferer(head, actors) if not self._same(p, actors)]
        return [p for p in found if not self.finder.is_surmised(p)]

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
        return self.clauses.tokens[head].lemma in self.words.get("protestings", frozenset())

    def _counterpart(self, match: Match, actors: tuple[Party, ...]) -> list[Party]:
        """With whom a thing is shared that only "bilateral" or "mutual" says is: the party last named before it."""
        shared = self.words.get("mutual", frozenset())
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
            or self.finder.parties(self.syntax.sentence, head, place=True)
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
        inside = self.finder.party_within(self.syntax.sentence, head)
        return _without_own_bodies(tuple(p for p in inside if not self._same(p, actors)), actors)[:1]

    def _same(self, party: Party, actors: tuple[Party, ...]) -> bool:
        """Is it the actor again ("blocked its own bill")?"""
        if any((p.start, p.end) == (party.start, party.end) for p in actors):
            return True
        if party.code not in {p.code for p in actors}:
            return False
        # "American" on a thing is the state's own where the president acts; a part of it ("Mississippi's law") is not
        own = party.text.split()[0].lower() in _PRONOUNS  # "they", "his country"
        if own or any(p.entity and p.entity == party.entity for p in actors):
            return True
        return party.entity == f"state:{party.code}" and not self._is_possessor(party)

    def _is_possessor(self, party: Party) -> bool:
        return any(t.start == party.end and t.tag == "POS" for t in self.syntax.tokens)


def without_sums(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Where a group and its members are listed ("the three powers, Britain, France and Germany"), the members stay."""
    codes = {p.code for p in parties}
    return tuple(p for p in parties if not (len(codes & set(p.members)) > 1))


def _without_own_bodies(parties: tuple[Party, ...], actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """An actor acts within an organisation of its own, on the others: Britain blocked EU cooperation with Serbia."""
    codes = {p.code for p in actors}
    others = tuple(p for p in parties if not codes & set(p.members))
    return others or parties


def united(*groups: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties of all groups in text order, each once."""
    seen: dict[tuple[object, ...], Party] = {}
    for group in groups:
        for party in group:
            seen.setdefault((party.entity,) if party.entity else (party.start, party.end, party.code), party)
    return tuple(seen.values())
