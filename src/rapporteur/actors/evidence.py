"""Whose a phrase is, by its own words.

Best evidence first: its possessor, nationalities and names before the head, participles ("US-led", "loyal to X"),
apposition, prepositional phrases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rapporteur.actors import nounphrase as np
from rapporteur.actors.discourse import Discourse
from rapporteur.actors.mentions import NameMention
from rapporteur.actors.nouns import Nouns
from rapporteur.actors.phrases import Phrases
from rapporteur.actors.referent import BODIES, THINGS, Referent, distinct
from rapporteur.actors.sightings import Sightings
from rapporteur.language import Syntax, Token

_BEFORE = frozenset({"amod", "compound", "nmod", "nummod", "poss"})
_AFTER = frozenset({"acl", "relcl", "prep", "amod"})
Resolve = Callable[[Syntax, int], tuple[Referent, ...]]


class Evidence:
    """Finds it, for one article; ``resolve`` says whom another phrase of the sentence denotes."""

    def __init__(
        self, phrases: Phrases, nouns: Nouns, discourse: Discourse, names: Sightings, resolve: Resolve
    ) -> None:
        self._words = phrases
        self._nouns = nouns
        self._discourse = discourse
        self._names = names
        self._resolve = resolve

    def of(
        self, syntax: Syntax, token: Token, kind: str, contrary: bool, *, rootless: bool = False
    ) -> tuple[Referent, ...]:
        """The parties that a phrase's own words tell it to belong to, best evidence only; each has a code.

        Where it stands tells nothing of who is ``rootless``: "the jihadists in the city".
        """
        deps = {c.dep for c in syntax.children(token.i)}
        before = not deps.isdisjoint(_BEFORE)
        for source, possible in (
            (self._by_own_name, "appos" in deps),
            (self._by_nationality, "poss" in deps and "amod" in deps),
            (self._by_possessor, "poss" in deps),
            (self._by_modifiers, before),
            (self._by_belonging, before or not deps.isdisjoint(_AFTER)),
            (self._by_apposition, "appos" in deps or token.dep in ("appos", "conj")),
            (self._by_phrases, "prep" in deps and not rootless),
            (self._by_people, before),
        ):
            found = _coded(source(syntax, token, kind, contrary)) if possible else ()
            if found:
                return found
        return ()

    def _by_own_name(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        """The name of the body itself, which says more than whose it is: "its armed wing, the Qassam Brigades"."""
        if kind == "person" or np.is_plural(token):  # plurals: mostly the next of a list
            return
        for other in syntax.children(token.i, "appos"):
            mention = self._names.mention(syntax, other.i)
            if mention is not None and mention.form in ("name", "acronym"):
                known = self._names.entity(mention, 0)
                if known.kind in BODIES:
                    yield known

    def _by_possessor(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        owner = np.possessor(syntax, token.i)
        if owner is not None and not contrary:
            for each in np.conjuncts(syntax, owner.i):
                yield from self._resolve(syntax, each.i)

    def _by_nationality(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        """A state's adjective, even where others are said to have these people: "its Syrian allies". But who lives
        somewhere is of that country: "Germany's Turkish residents".
        """
        if kind == "population" or kind in THINGS or not np.is_plural(token):
            return
        for _, referent, form in self._modifying(syntax, token):
            if form == "adjective" and referent.kind == "state":
                yield referent

    def _by_modifiers(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        """Nationalities before names ("Turkish Cyprus envoy"); of "Iranian-American" the last, of others the first."""
        adjectives: list[Referent] = []
        names: list[Referent] = []
        for modifier, referent, form in self._modifying(syntax, token):
            if form not in ("adjective", "demonym"):
                names.append(referent)
            elif adjectives and syntax.tokens[modifier.i - 1].tag == "HYPH":
                adjectives = [referent]
            else:
                adjectives.append(referent)
        chosen = [r for r in adjectives if r.code and not (kind == "state" and r.kind in ("region", "group"))] or [
            r for r in names if r.code and (r.kind != "region" or r.country)
        ]
        yield from chosen if self._are_coordinated(syntax, token) else chosen[:1]

    def _by_people(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        """A people without a state of its own: that of its homes which the text speaks of."""
        for _, referent, _ in self._modifying(syntax, token):
            if referent.key in self._words.homes:
                here = self._standing_in(syntax, token, self._words.homes[referent.key])
                yield replace(referent, code=here or self.home(referent, syntax.sentence))

    def _standing_in(self, syntax: Syntax, token: Token, homes: list[str]) -> str | None:
        """The one of a people's homes that a place right after the head names, whatever it was parsed to hang from."""
        after = syntax.tokens[token.i + 1 : token.i + 2]
        if not after or after[0].lower not in self._words.locative:
            return None
        places = (r for obj in syntax.children(after[0].i, "pobj") for r in self._resolve(syntax, obj.i))
        return next((r.country for r in places if r.country in homes), None)

    def _modifying(self, syntax: Syntax, token: Token) -> Iterator[tuple[Token, Referent, str]]:
        """The registry's names before a head that say whose it is: the word, what it means, its form."""
        own = self._names.mention(syntax, token.i)
        for modifier in np.inner(syntax, token.i):
            mention = self._names.mention(syntax, modifier.i)
            if mention is None:
                known = self._remembered(syntax, modifier)
                if known is not None and token.tag in ("NN", "NNS"):
                    yield modifier, known, "name"
                continue
            if mention is own:
                continue
            standing = self._standing(syntax, modifier, mention)
            if standing is not None:
                yield modifier, self._names.entity(mention), mention.form if standing else "name"

    def _remembered(self, syntax: Syntax, modifier: Token) -> Referent | None:
        if modifier.tag != "NNP" or modifier.dep not in ("compound", "nmod"):
            return None
        short = self._names.shortened(modifier) if np.name_start(syntax, modifier.i) == modifier.i else None
        if short is not None:
            return short
        return self._names.memory.known(syntax, np.name_start(syntax, modifier.i), modifier.i)

    def _are_coordinated(self, syntax: Syntax, token: Token) -> bool:
        return any(
            next(syntax.children(c.i, "conj", "cc"), None) for c in syntax.children(token.i, "amod", "compound", "nmod")
        )

    def _standing(self, syntax: Syntax, modifier: Token, mention: NameMention) -> bool | None:
        """How a name before a head bears on it: True plainly, False as the leader in "US-led", None not at all."""
        tokens = syntax.tokens
        if mention.end < modifier.end:  # one token: "U.S.-led"
            return (
                False if modifier.text[mention.end - modifier.start :].strip("-–").lower() in self._words.led else None
            )
        if mention.start > modifier.start:
            return None
        first = modifier.i
        while first > 0 and tokens[first - 1].start >= mention.start:
            first -= 1
        if first > 1 and tokens[first - 1].text in ("-", "–") and tokens[first - 2].lower in self._words.partisan:
            return True if self._names.entity(mention, 0).kind == "person" else None
        after = tokens[modifier.i + 1 : modifier.i + 3]
        if len(after) == 2 and after[0].text in ("-", "–") and after[1].tag in ("VBN", "VBD", "JJ", "VBG", "NN"):
            if after[1].lower in self._words.led:
                return False
            return None if after[1].tag in ("VBN", "VBD", "VBG") else True
        return True

    def _by_belonging(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        for modifier in np.inner(syntax, token.i):  # "US" stands under "led" as its adverbial
            if modifier.lower in self._words.led:
                for leader in syntax.children(modifier.i, "npadvmod", "nmod", "compound", "amod"):
                    yield from self._resolve(syntax, leader.i)
        for child in syntax.children(token.i, "amod", "acl", "relcl", "prep"):
            prepositions = self._words.belonging.get(child.lower)
            if child.i < token.i or not prepositions:
                continue
            for preposition in sorted(prepositions):
                found = np.objects(syntax, child.i, preposition) if preposition else syntax.children(child.i, "dobj")
                for obj in found:
                    yield from self._resolve(syntax, obj.i)

    def _by_apposition(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        for other in self.appositives(syntax, token):
            mention = self._names.mention(syntax, other.i)
            told = other.dep == "appos" or kind == "person"  # "the Dutch skipper Jan Smit", whatever the noun
            if mention is not None or told or self._nouns.of(syntax, other) is not None:
                found = self._by_itself(syntax, other)
                if found:
                    yield from found
                    return

    def _by_itself(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """What a phrase's own words tell, without falling back on what the text is about."""
        mention = self._names.mention(syntax, token.i)
        if mention is not None:
            return (self._names.entity(mention, 0),)
        noun = self._nouns.of(syntax, token)
        contrary = noun is not None and noun.lemma in self._words.contraries
        kind = noun.kind if noun is not None else "unknown"
        for source in (self._by_possessor, self._by_modifiers, self._by_belonging, self._by_phrases):
            found = _coded(source(syntax, token, kind, contrary))
            if found:
                return found
        return ()

    def _by_phrases(self, syntax: Syntax, token: Token, kind: str, contrary: bool) -> Iterator[Referent]:
        prepositions = self._words.owning if not contrary else self._words.owning[1:]
        if token.lemma in self._words.for_nouns:
            prepositions = ["for", *prepositions]
        for preposition in prepositions:
            found = False
            for obj in np.objects(syntax, token.i, preposition):
                known = self._resolve(syntax, obj.i)
                if not known and preposition == "of":  # "the head of German policy"
                    known = tuple(r for _, r, _ in self._modifying(syntax, obj) if r.kind != "region")[:1]
                for referent in known:
                    found = found or referent.code is not None
                    yield referent
            if found:
                return

    def citizenship(self, syntax: Syntax, token: Token) -> str | None:
        """The code of the country whose citizenship the clause says somebody has, wants or loses."""
        holders = [syntax.tokens[token.head]]  # "Begum's British citizenship"
        if token.dep == "pobj":  # "the British citizenship of Begum"
            holders.append(syntax.tokens[holders[0].head])
        if token.dep in ("nsubj", "nsubjpass"):  # "Begum was stripped of British citizenship"
            verb = holders[0].i
            holders += syntax.children(verb, "dobj", "attr")
            holders += (o for preposition in ("of", "for") for o in np.objects(syntax, verb, preposition))
        for noun in holders:
            if noun.lemma in self._words.citizenship:
                for _, referent, form in self._modifying(syntax, noun):
                    if form == "adjective" and referent.code:
                        return referent.code
        return None

    def home(self, known: Referent, sentence: int) -> str | None:
        """The country of a people or office that the registry gives none: the text's, if the people lives there."""
        homes = self._words.homes.get(known.key)
        if homes is not None:
            return next((code for code in homes if self._discourse.speaks_of(sentence, code)), None)
        return None if known.kind == "region" else self._discourse.context(sentence)

    def distant(self, syntax: Syntax, token: Token) -> frozenset[str]:
        """Codes of those who back or oppose whom the phrase denotes ("US-backed"): it is not of their country."""
        codes = set()
        for modifier in np.inner(syntax, token.i):
            for m in (modifier, *syntax.children(modifier.i, "npadvmod", "nmod", "compound", "amod")):
                mention = self._names.mention(syntax, m.i)
                if mention is not None and self._names.entity(mention, 0).code:
                    codes.add(self._names.entity(mention, 0).code or "")
        return frozenset(codes)

    def appositives(self, syntax: Syntax, token: Token) -> Iterator[Token]:
        """The other halves of an apposition that ``token`` heads or belongs to; of "ministers A and B", B's too."""
        first = token
        while first.dep == "conj":
            first = syntax.tokens[first.head]
        if first.dep == "appos":
            other = self._named_person(syntax, syntax.tokens[first.head])
            if first is token or np.is_plural(other):
                yield other
        yield from syntax.children(token.i, "appos")

    def _named_person(self, syntax: Syntax, head: Token) -> Token:
        """In "the envoy for Syria, Jan Smid" the parser takes the name to Syria; it is the envoy's."""
        if head.dep != "pobj" or self._names.mention(syntax, head.i) is None:
            return head
        owner = syntax.tokens[syntax.tokens[head.head].head]
        noun = self._nouns.of(syntax, owner)
        return owner if noun is not None and noun.kind == "person" else head


def _coded(found: Iterator[Referent]) -> tuple[Referent, ...]:
    """Those that tell a code; a thing whose own country was only surmised tells nothing."""
    return distinct(tuple(r for r in found if r.code and not (r.surmised and r.kind in THINGS)))
