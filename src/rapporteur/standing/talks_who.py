"""Who talks: the parties that a word for talks, or the verb that governs it, brings along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapporteur.events.clause import Clauses
from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Token
from rapporteur.model import Party
from rapporteur.standing.finder import Finder
from rapporteur.standing.groups import is_group
from rapporteur.standing.talks_fate import Fated
from rapporteur.standing.talks_parties import distinct

BEFORE = ("amod", "compound", "nmod", "poss")


class Who:
    """Reads one sentence."""

    def __init__(self, clauses: Clauses, people: Finder, words: TalksWords) -> None:
        self._clauses = clauses
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._people = people
        self._words = words

    def of_verb(self, v: int, *, objects: bool) -> tuple[tuple[Party, ...], bool]:
        """Those who meet or negotiate, and whether somebody stands behind "with"; ``objects``: its object is one."""
        where = any(t.tag == "WRB" for t in self._syntax.children(v, "advmod"))  # "Oslo, where they met"
        met = (t.i for t in self._syntax.children(v, "dobj")) if where else self._clauses.patients(v)
        heads = [*self._clauses.agents(v), *(met if objects else ())]
        facing = [i for _, i in self._clauses.prepositional(v, self._words.with_)]
        return self.parties([*heads, *facing]), bool(self.parties(facing))

    def of_noun(self, n: int, top: int, fated: Fated, places: frozenset[int]) -> tuple[tuple[Party, ...], bool]:
        """Those who hold the talks that noun ``n`` names, and whether some stand behind "with" or "between".

        Args:
            top: head of the phrase that noun ``n`` is told by.
            fated: what governs it.
            places: words before the noun that name where the talks are.
        """
        homes = (n,) if top == n else (n, top)
        clauses = [t.i for home in homes for t in self._syntax.children(home, "relcl", "acl")]
        facing = [i for home in (*homes, *clauses) for _, i in self._clauses.prepositional(home, self._words.with_)]
        if self.carries(fated):
            facing += [i for _, i in self._clauses.prepositional(fated.verb, ("with", "between"))]
        acting = list(self._clauses.agents(fated.verb)) if self._acts(fated) else []
        facing += self._within_relative(top)
        before = [i for home in homes for i in self._before(home, places)]
        parties = distinct([*self.parties(acting), *self._named(before), *self.parties(facing)], self._words.armed)
        if not parties:  # "talks to revive the deal between ..."
            parties = self.parties(i for t in self._syntax.subtree(n) for _, i in self._between(t))
        if len(parties) < 2 and fated.role == "for" and self._met(fated.verb):  # "will receive Peru's king for talks"
            guests = [t.i for t in self._syntax.children(fated.verb, "dobj")]
            parties = self.parties([*self._clauses.agents(fated.verb), *guests]) if guests else parties
        if len(parties) == 1 and facing:
            parties = distinct([*self.parties(self._declaring(fated.verb)), *parties], self._words.armed)
        if not parties and fated.role in self._words.after and self._verb(fated.verb) and not self._met(fated.verb):
            said = self.parties(self._clauses.agents(fated.verb))  # "they said after two days of talks"
            parties = said if len(said) > 1 else ()
        if not parties and fated.role in ("at", "during", *self._words.after) and self._met(fated.verb):
            verbal = (fated.verb, *(t.i for t in self._syntax.children(fated.verb, "dobj")))  # "reached a deal with"
            beside = [i for home in verbal for _, i in self._clauses.prepositional(home, ("with",))]
            parties = self.parties([*self._clauses.agents(fated.verb), *beside])
        lemma = self._tokens[n].lemma.lower()
        if (
            not parties and lemma in self._words.nouns.talks | self._words.nouns.processes
        ):  # who sponsors them, where nobody else is named
            parties = self.parties(self._hosts(n, fated.verb))
        return parties, bool(self.parties(facing))

    def _declaring(self, v: int) -> list[int]:
        """Who declares talks dead."""
        above = self._tokens[self._tokens[v].head] if v >= 0 else None
        if above is None or self._tokens[v].tag[:1] != "J" or above.lemma not in self._words.declaring:
            return []
        return list(self._clauses.agents(above.i))

    def _hosts(self, n: int, verb: int) -> list[int]:
        verbs = [t.i for t in self._syntax.children(n, "acl", "relcl")] + ([verb] if verb >= 0 else [])
        return [i for v in verbs if self._tokens[v].lemma in self._words.hosting for i in self._clauses.agents(v)]

    def _between(self, i: int) -> list[tuple[int, int]]:
        return self._clauses.prepositional(i, ("between",)) if self._tokens[i].tag[:1] == "N" else []

    def carries(self, fated: Fated) -> bool:
        """Does what stands behind the verb belong to the talks: "held talks in Oslo with"?"""
        return self._met(fated.verb) and fated.role in ("o", "in", "for")

    def organisers(self, n: int, places: frozenset[int]) -> tuple[Party, ...]:
        """The organisations named before the noun: "the NATO summit"."""
        return tuple(p for p in self._named(list(self._before(n, places))) if p.code == "IGO" and not is_group(p))

    # -- parties

    def parties(self, heads: Iterable[int]) -> tuple[Party, ...]:
        """The parties of phrases and of those coordinated with them, each once."""
        found: list[Party] = []
        for i in self._clauses.expand(dict.fromkeys(heads)):
            found += self._listed(i) or self._of_phrase(i)
        return distinct(self.at_home(self.able(found)), self._words.armed)

    def at_home(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """Unnamed rebels beside a government are that country's, not those of a town where the sides sit: "Chad and the
        rebels met in Oslo"."""
        abroad = {n.country for n in self._people.place_names(self._syntax.sentence) if n.kind == "town"}
        state = next((p for p in parties if p.country is not None and p.sector not in self._words.armed), None)
        if state is None:
            return parties
        return tuple(
            replace(p, code=state.code, country=state.country)
            if p.sector in self._words.armed and p.entity is None and p.code in abroad - {state.code}
            else p
            for p in parties
        )

    def _named(self, heads: Iterable[int]) -> tuple[Party, ...]:
        """Parties named by words before a noun; "two" in "two-way" is none."""
        found = [p for i in heads for p in self._people.parties(self._syntax.sentence, i)]
        return self.able(p for p in found if p.entity is not None)

    def able(self, parties: Iterable[Party]) -> tuple[Party, ...]:
        """Those who can negotiate for a state, an organisation or an armed group."""
        return tuple(p for p in parties if p.sector not in self._words.private and (p.code or p.entity or p.name))

    def _listed(self, i: int) -> tuple[Party, ...]:
        """ "The three powers - Chad, Niger and Mali": those who are listed."""
        found: list[Party] = []
        for child in self._syntax.children(i, "appos"):
            for each in self._clauses.expand([child.i]):
                found += self._people.parties(self._syntax.sentence, each)
        return tuple(found) if len({p.code for p in found}) > 1 and self._many(i) else ()

    def _many(self, i: int) -> bool:
        return self._tokens[i].tag in ("NNS", "NNPS")

    def delegates(self, i: int) -> bool:
        """Does token ``i`` head a phrase for those who are sent to talks: "envoys", "the go-betweens"?"""
        token = self._tokens[i]
        joined = i > 1 and self._tokens[i - 1].tag == "HYPH"
        word = f"{self._tokens[i - 2].lower}-{token.lemma.lower()}" if joined else token.lemma.lower()
        return token.tag[:2] == "NN" and not self._words.delegates.isdisjoint({word, word.rstrip("s")})

    def _senders(self, i: int) -> tuple[Party, ...]:
        """Who sent delegates: "Peru's", "of Peru and of Chile", "Chadian and Libyan"; never the place they are in."""
        heads: list[int] = []
        for child in self._syntax.children(i, *BEFORE):
            heads += self._clauses.expand([child.i])
        for prep in self._syntax.children(i, "prep"):
            for each in (prep, *self._syntax.children(prep.i, "conj", "prep")):
                if each.lower in self._words.sent_by:
                    heads += self._clauses.expand([t.i for t in self._syntax.children(each.i, "pobj")])
        for child in self._syntax.children(i, "conj"):
            if child.lower == "those":  # "and those of Chile"
                heads += [o for _, o in self._clauses.prepositional(child.i, tuple(sorted(self._words.sent_by)))]
        return tuple(p for h in heads for p in self._people.parties(self._syntax.sentence, h))

    def _of_phrase(self, i: int) -> tuple[Party, ...]:
        sentence = self._syntax.sentence
        sent = self._senders(i) if self.delegates(i) else ()
        if sent:
            return sent
        found = self._people.parties(sentence, i)
        if self._many(i) and all(p.entity is None for p in found):
            whose = self._people.party_within(sentence, i)
            if len(whose) > 1:  # "ministers from the three countries"
                return whose
            opposed = self._opposed(i)
            if opposed is not None:
                return (opposed,)
        return found

    def _opposed(self, i: int) -> Party | None:
        """ "Groups opposed to" a country's rulers are of that country, and its opposition."""
        for child in self._syntax.children(i, "acl", "amod", "relcl"):
            if child.lemma not in self._words.opposing:
                continue
            for _, whom in self._clauses.prepositional(child.i, ("to",)):
                for party in self._people.parties(self._syntax.sentence, whom):
                    if party.country is not None:
                        first = self._syntax.subtree(i)[0]
                        token, start = self._tokens[whom], self._tokens[first].start
                        text = " ".join(t.text for t in self._tokens[first : whom + 1])
                        return Party(text, start, token.end, party.country, party.country, (), "OPP")
        return None

    # -- where they stand

    def _before(self, n: int, places: frozenset[int]) -> Iterator[int]:
        for modifier in self._syntax.children(n, *BEFORE):
            if modifier.i in places or modifier.i > n:
                continue
            yield from (
                t.i for t in self._syntax.children(modifier.i, "amod", "compound", "nmod") if t.tag[:2] in ("NN", "JJ")
            )
            yield modifier.i
            yield from (t.i for t in self._syntax.children(modifier.i, "conj"))

    def _verb(self, i: int) -> Token | None:
        return self._tokens[i] if i >= 0 and self._tokens[i].tag[:1] == "V" else None

    def _met(self, i: int) -> bool:
        verb = self._verb(i)
        return verb is not None and verb.lemma not in self._words.verbs.saying

    def _acts(self, fated: Fated) -> bool:
        """Are those who do what the verb says among those who talk: "resumed talks", "are in talks"?"""
        verb = self._verb(fated.verb)
        if verb is None or not self._met(verb.i) or verb.lemma in self._words.hosting or fated.fate is None:
            return False
        if fated.role == "o":
            return fated.fate != "planned" or verb.lemma in self._words.arranging
        return fated.role in ("in", "into", "to", "for", "from", "of") or (
            fated.role == "at" and verb.lemma in self._words.verbs.meeting
        )

    def _within_relative(self, n: int) -> list[int]:
        """ "a summit at which France pleaded with Chad": those who act there."""
        out: list[int] = []
        for clause in self._syntax.children(n, "relcl"):
            if self._there(clause.i):
                out += [*self._clauses.agents(clause.i), *self._clauses.patients(clause.i)]
                out += [i for _, i in self._clauses.prepositional(clause.i, ("with", "to"))]
        return out

    def _there(self, clause: int) -> bool:
        tokens = (self._tokens[i] for i in self._syntax.subtree(clause))
        return any(
            (t.tag == "WRB" and t.lower in ("where", "when"))
            or (t.tag == "WDT" and self._tokens[t.head].lower in ("at", "in", "during"))
            for t in tokens
        )
