"""From the head of a phrase to whom it denotes: names, nouns and pronouns.

What the phrase's own words tell comes first (``evidence``), then what the text has spoken of before
(``coref``, ``names``), then the country that the text is about (``discourse``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rapporteur.actors import nounphrase as np
from rapporteur.actors.coref import Coreference
from rapporteur.actors.discourse import Discourse
from rapporteur.actors.evidence import Evidence
from rapporteur.actors.mentions import NameMention
from rapporteur.actors.names import NameMemory
from rapporteur.actors.nouns import Noun, Nouns
from rapporteur.actors.phrases import Phrases
from rapporteur.actors.referent import THINGS, Referent
from rapporteur.actors.sightings import Sightings
from rapporteur.knowledge.registry import Registry
from rapporteur.language import Syntax, Token


class Denotation:
    """Resolves heads of phrases, for one article."""

    def __init__(
        self, registry: Registry, phrases: Phrases, nouns: Nouns, discourse: Discourse, date: str | None
    ) -> None:
        self._words = phrases
        self._nouns = nouns
        self._discourse = discourse
        self.memory = NameMemory(phrases, nouns)
        self.names = Sightings(registry, self.memory, date, phrases.body_heads)
        self.coreference = Coreference(phrases, discourse)
        self.evidence = Evidence(phrases, nouns, discourse, self.names, self.resolve)
        self.speakers: Callable[[Syntax, Token], tuple[Referent, ...]] = lambda syntax, token: ()
        self._kept: dict[tuple[int, int], tuple[Referent, ...]] = {}
        self._open: set[tuple[int, int]] = set()
        self._volatile = False

    def enter(self, syntax: Syntax, mentions: Mapping[int, NameMention]) -> None:
        """Make a sentence known, with its names by index of each token they cover."""
        self.names.enter(syntax, mentions)

    def forget(self) -> None:
        """Drop what was resolved; for when speakers have become known."""
        self._kept.clear()

    def resolve(self, syntax: Syntax, i: int) -> tuple[Referent, ...]:
        """Whom the phrase headed by token ``i`` denotes; () where it denotes no party.

        Places are among them, marked ``place``; referents without a code are kept.
        """
        key = (syntax.sentence, i)
        if key in self._kept:
            return self._kept[key]
        if key in self._open:
            return ()
        self._open.add(key)
        outer, self._volatile = self._volatile, False
        found = self._resolved(syntax, syntax.tokens[i])
        if not self._volatile:
            self._kept[key] = found
        self._volatile = self._volatile or outer
        self._open.discard(key)
        return found

    def _resolved(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        if token.tag in ("PRP", "PRP$", "WP", "WP$", "WDT"):
            return self._pronoun(syntax, token)
        mention = self.names.mention(syntax, token.i)
        if mention is not None and mention.end >= token.end:
            return self._named(syntax, token, mention)
        if not np.is_nominal(token):
            return ()
        short = (
            self.names.shortened(token) if token.tag == "NNP" and np.name_start(syntax, token.i) == token.i else None
        )
        if short is not None and not self._names_country(syntax, token):
            return (short,)
        # "the two Iranian ministers" are told by their country, not by who was named before
        pair = () if self._names_country(syntax, token) else self.coreference.pair(syntax, token)
        if pair:
            return pair
        if token.lemma in self._words.quantities or token.tag in ("CD", "DT") or token.lower == "other":
            return self._quantity(syntax, token)
        noun = self._nouns.of(syntax, token)
        proper = token.tag in ("NNP", "NNPS") or (noun is None and self.memory.holds(token))
        if noun is not None and noun.kind != "private" and not (proper and self._is_surname(syntax, token)):
            if self._is_role(syntax, token, noun):
                return ()
            return self._described(syntax, token, noun)
        if proper:
            return self._unknown(syntax, token)
        return ()

    def _names_country(self, syntax: Syntax, token: Token) -> bool:
        """Whether a name stands before the head in its own phrase."""
        before = syntax.children(token.i, "amod", "compound", "nmod", "poss")
        return any(c.i < token.i and self.names.mention(syntax, c.i) is not None for c in before)

    def _is_role(self, syntax: Syntax, token: Token, noun: Noun) -> bool:
        """Whether the noun says what somebody is rather than who: "as a mediator", "nominated for president"; or is
        nobody in the singular ("its growing power")."""
        if token.tag == "NN" and token.lemma in self._words.states.plural_only:
            return True
        head = syntax.tokens[token.head]
        if token.dep != "pobj":
            return False
        if (
            token.tag == "NN"
            and head.lower in self._words.predicative
            and head.i > 0
            and syntax.tokens[head.i - 1].lower != "such"
        ):
            return True
        bare = token.tag == "NN" and not any(c.i < token.i for c in syntax.children(token.i))
        return noun.kind == "person" and bare and head.lower in self._words.roles_of

    # -- pronouns

    def _pronoun(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        words = self._words.pronouns
        if token.lower in words.relative and token.tag in ("WP", "WP$", "WDT"):
            clause = next((a for a in syntax.ancestors(token.i) if a.dep == "relcl"), None)
            return self.resolve(syntax, clause.head) if clause is not None else ()
        if token.lower in words.speaker or token.lower in words.speakers:
            self._volatile = True
            return self.speakers(syntax, token)
        if token.dep == "poss" and syntax.tokens[token.head].dep == "conj":  # "Mora and his team"
            first = self.resolve(syntax, syntax.tokens[token.head].head)
            if len(first) == 1 and first[0].animate:
                return first
        found = self.coreference.pronoun(syntax, token, self._named_beside(syntax, token))
        if not found and (token.lower in words.male or token.lower in words.female) and token.dep == "nsubj":
            return self._somebody(syntax, token)
        return found

    def _somebody(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """He or she of whom the text has not spoken: of the text's country, but not of one acted upon."""
        beside = {
            self.names.entity(mention, 0).code
            for obj in syntax.children(token.head, "dobj", "dative")
            if (mention := self.names.mention(syntax, obj.i)) is not None
        }
        code = self._discourse.context(syntax.sentence, barred=frozenset(c for c in beside if c), sure=True)
        if code is None:
            return ()
        key = f"{token.lower}:{code}"
        return (Referent(key, "person", code, country=code if code not in ("IGO", "NSA") else None, surmised=True),)

    def _named_beside(self, syntax: Syntax, token: Token) -> frozenset[str]:
        """Keys of those whom the object of a pronoun's verb names: in "it accused the Israeli army" it is not Israel,
        which would have been "its army"."""
        if token.dep not in ("nsubj", "nsubjpass"):
            return frozenset()
        keys = set()
        for obj in syntax.children(token.head, "dobj", "dative"):
            for i in (obj.i, *(c.i for c in syntax.children(obj.i, "amod", "compound", "poss"))):
                mention = self.names.mention(syntax, i)
                if mention is not None:
                    keys.add(self.names.entity(mention, 0).key)
        return frozenset(keys)

    # -- names

    def _named(self, syntax: Syntax, token: Token, mention: NameMention) -> tuple[Referent, ...]:
        known = self.names.entity(mention, 0)
        if len(mention.entities) > 1:
            known = self._chosen(syntax, token, mention)
        if known.code is None and (not np.is_modifier(token) or known.key in self._words.homes):
            evidence = self.evidence.of(syntax, token, known.kind, contrary=False)
            code = evidence[0].code if evidence else self.evidence.home(known, syntax.sentence)
            known = replace(known, code=code, country=code if code not in ("IGO", "NSA") else None)
        if mention.form in ("adjective", "demonym") and token.tag in ("NNPS", "NNS"):
            known = replace(self._living_in(syntax, token, known), many=True)
        return (known,)

    def _living_in(self, syntax: Syntax, token: Token, people: Referent) -> Referent:
        """The people as of the country that its phrase says it lives in: "the Albanians of southern Serbia"."""
        for preposition in ("of", "in"):
            for obj in np.objects(syntax, token.i, preposition):
                homes = [r for r in self.resolve(syntax, obj.i) if r.country is not None]
                if homes:
                    home = homes[0].country
                    return replace(people, key=f"{people.key}:{home}", code=home, country=home, entity=None)
        return people

    def _chosen(self, syntax: Syntax, token: Token, mention: NameMention) -> Referent:
        """Among a name's meanings the one of the country that its phrase names; else the finder's first."""
        options = [self.names.entity(mention, n) for n in range(len(mention.entities))]
        codes = {r.code for r in self.evidence.of(syntax, token, options[0].kind, contrary=False)}
        return next((r for r in options if r.code in codes), options[0])

    def _is_surname(self, syntax: Syntax, token: Token) -> bool:
        """Whether a capitalised common word is a person's surname here: a given name or form of address before it."""
        return self.memory.is_person_name(syntax, np.name_start(syntax, token.i), token.i)

    def _unknown(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """A proper name that the registry doesn't know: remembered, or told by its titles, apposition, surroundings."""
        first = np.name_start(syntax, token.i)
        kept = self.memory.known(syntax, first, token.i)
        if kept is not None and (kept.code or kept.kind != "person"):
            return (kept,)
        kind = self.memory.kind_of(syntax, first, token.i)
        evidence = self.evidence.of(syntax, token, kind, contrary=False)
        title = self.memory.title(syntax, token.i) or self._appositive_noun(syntax, token)
        if kind == "unknown" and title is not None and title.kind == "person":
            kind = "person"
        code = evidence[0].code if evidence else self.memory.code_by_custom(syntax, token.i)
        if kept is None and any(True for _ in syntax.children(token.i, "nummod")):
            return ()  # a measure: "12,000 GBP"
        if code is None:
            code = self.evidence.citizenship(syntax, token)
        if code is None and kept is None and kind == "person" and first < token.i:
            code = self.coreference.introduced(syntax, token)
        if code is None and not self.memory.is_namelike(kind, token):
            return (kept,) if kept is not None else ()
        if code is None and self.memory.is_namelike(kind, token):
            political = title is not None and title.political
            code = self._discourse.context(syntax.sentence, sure=not political)
        referent = self.memory.learn(syntax, first, token.i, kind, code, title)
        return (referent,)

    def _appositive_noun(self, syntax: Syntax, token: Token) -> Noun | None:
        for other in self.evidence.appositives(syntax, token):
            noun = self._nouns.of(syntax, other)
            if noun is not None:
                return noun
        return None

    # -- common nouns

    def _quantity(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        for counted in np.conjuncts(syntax, token.i):  # "hundreds and possibly thousands of people"
            for obj in np.objects(syntax, counted.i, "of"):
                found = self.resolve(syntax, obj.i)
                if found:
                    return tuple(replace(r, many=True) if r.kind == "person" else r for r in found)
        return ()

    def _described(self, syntax: Syntax, token: Token, noun: Noun) -> tuple[Referent, ...]:
        contrary = noun.lemma in self._words.contraries
        if np.is_plural(token) and self._is_group_of_states(syntax, token):
            return self._listed(syntax, token) or (self._fresh(token, noun, "IGO", kind="group"),)
        if self._is_international(syntax, token, noun):
            private = token.lemma in self._words.kinds.private  # states make no unions and charities
            return (self._fresh(token, noun, "NSA" if private else "IGO"),)
        qualities = [
            c.lower for c in syntax.children(token.i, "amod", "compound") if not self.names.mention(syntax, c.i)
        ]
        rootless = self._is_rootless(syntax, token, qualities)
        evidence = self.evidence.of(syntax, token, noun.kind, contrary, rootless=rootless)
        definite = np.determiner(syntax, token.i) in self._words.articles.definite
        if evidence:
            return self._owned(syntax, token, noun, evidence, definite)
        if noun.kind in THINGS and not definite:
            return ()
        if definite:
            taken = self.coreference.definite(syntax, token, noun.kind, qualities)
            if rootless and (taken is None or taken.code != "NSA"):
                stateless = self.coreference.definite(syntax, token, noun.kind, qualities, "NSA")
                taken = stateless or (taken if taken is not None and taken.entity else None)
            if taken is not None:
                return (taken,)
        owner = np.possessor(syntax, token.i) if contrary else None
        if owner is not None and not any(r.animate for r in self.resolve(syntax, owner.i)):
            return (self._fresh(token, noun, None),)  # a state's; a politician's are mostly of his own country
        return (replace(self._fresh(token, noun, self._unowned(syntax, token, noun, qualities)), surmised=True),)

    def _listed(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """The states that an apposition lists: "three powers, Britain, France and Germany"."""
        for other in syntax.children(token.i, "appos"):
            listed = tuple(r for t in np.conjuncts(syntax, other.i) for r in self.resolve(syntax, t.i) if r.code)
            if len(listed) > 1:
                return listed
        return ()

    def _is_rootless(self, syntax: Syntax, token: Token, qualities: list[str]) -> bool:
        """Whether such people fight for no one country, wherever they stand: jihadists, the terror group in the city;
        but "militants in Mali" are Mali's unless they are foreign."""
        description = self.coreference.description(token.lemma)
        if description is None:
            return False
        if "foreign" not in qualities and np.determiner(syntax, token.i) is None:
            for obj in np.objects(syntax, token.i, "in"):
                mention = self.names.mention(syntax, obj.i)
                if mention is not None and mention.form == "name" and self.names.entity(mention, 0).kind == "state":
                    return False
        return description.otherwise == "nonstate" or any(q in self._words.kinds.stateless for q in qualities)

    def _unowned(self, syntax: Syntax, token: Token, noun: Noun, qualities: list[str]) -> str | None:
        """The code of a phrase that nothing tells the owner of: the text's country, or none for some nouns."""
        description = self.coreference.description(token.lemma)
        kinds = self._words.kinds
        if noun.kind == "state" and np.is_plural(token):
            return None
        if description is not None and any(q in kinds.relief or q in kinds.stateless for q in qualities):
            return "NSA"
        if description is not None and description.otherwise != "context":
            return {"nonstate": "NSA", "none": None}[description.otherwise]
        if noun.lemma in self._words.bearers:
            return self._discourse.context_among(syntax.sentence, self._words.bearers[noun.lemma])
        barred = self.evidence.distant(syntax, token)
        return self._discourse.context(syntax.sentence, barred=barred, sure=self._is_of_unknown(syntax, token))

    def _is_of_unknown(self, syntax: Syntax, token: Token) -> bool:
        """Whether a name that nobody knows stands before a common noun: "the Bixby administration"."""
        return token.tag in ("NN", "NNS") and any(
            c.tag == "NNP" and self._nouns.word(c.lower) is None and self.names.mention(syntax, c.i) is None
            for c in syntax.children(token.i, "compound")
        )

    def _is_international(self, syntax: Syntax, token: Token, noun: Noun) -> bool:
        return (
            noun.kind in ("organisation", "force")
            and any(c.lower in self._words.kinds.international for c in syntax.children(token.i, "amod", "compound"))
            and np.possessor(syntax, token.i) is None
            and not np.is_plural(token)
        )

    def _owned(
        self, syntax: Syntax, token: Token, noun: Noun, evidence: tuple[Referent, ...], definite: bool
    ) -> tuple[Referent, ...]:
        """The phrase of a noun whose country its modifiers tell; a definite one may be a person named before."""
        if definite and noun.kind == "person" and not np.is_plural(token) and len(evidence) == 1:
            taken = self.coreference.definite(syntax, token, noun.kind, [], evidence[0].code)
            if taken is not None and taken.animate:
                return (taken,)
        several = evidence if np.is_plural(token) else evidence[:1]
        return tuple(replace(self._fresh(token, noun, e.code, members=e.members), surmised=e.surmised) for e in several)

    def _fresh(
        self, token: Token, noun: Noun, code: str | None, *, kind: str | None = None, members: tuple[str, ...] = ()
    ) -> Referent:
        many = np.is_plural(token)
        return Referent(
            key=f"{noun.lemma}:{code}:{many}",
            kind=kind or noun.kind,
            code=code,
            country=None if code in (None, "IGO", "NSA") else code,
            members=members,
            sector=noun.sector,
            place=noun.kind in THINGS,
            political=noun.political or (noun.kind == "population" and many),
            many=many,
            nouns=frozenset({noun.lemma}),
        )

    def _is_group_of_states(self, syntax: Syntax, token: Token) -> bool:
        """Plural "powers", "Western allies", "European countries"."""
        states = self._words.states
        if token.lemma not in states.nouns:
            return False
        for modifier in np.inner(syntax, token.i):
            mention = self.names.mention(syntax, modifier.i)
            if mention is None and modifier.lower in states.adjectives:  # not "Foreign Office officials"
                return not any(True for _ in np.objects(syntax, token.i, "of"))
            if mention is not None and self.names.entity(mention, 0).kind in ("region", "group"):
                return True
        return token.lemma in states.always and np.possessor(syntax, token.i) is None
