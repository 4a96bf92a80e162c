"""What pronouns, "both countries", "the minister" take up: choices among what the article has spoken of before."""

from __future__ import annotations

from collections.abc import Callable

from rapporteur.actors.discourse import Discourse
from rapporteur.actors.nounphrase import determiner, is_plural
from rapporteur.actors.phrases import Description, Phrases
from rapporteur.actors.referent import THINGS, Referent
from rapporteur.language import Syntax, Token

_NEAR = 3
_FAR = 12
_TWO = 2


class Coreference:
    """The choices, for one article."""

    def __init__(self, phrases: Phrases, discourse: Discourse) -> None:
        self._words = phrases
        self._discourse = discourse
        self._several = phrases.pairs.alone.union(phrases.pairs.counts, *(p.nouns for p in phrases.pairs.nouns))

    def description(self, noun: str) -> Description | None:
        """How phrases with this noun take up what was named; None for nouns that only take up themselves."""
        return next((d for d in self._words.descriptions if noun in d.nouns), None)

    def pronoun(self, syntax: Syntax, token: Token, beside: frozenset[str] = frozenset()) -> tuple[Referent, ...]:
        """Whom a third-person pronoun takes up, but none of ``beside`` (keys); () where nothing fits."""
        words, word = self._words.pronouns, token.lower
        barred = self._barred(syntax, token) | beside
        if word in words.male or word in words.female:
            female = word in words.female
            return self._first(syntax, token, lambda r: r.animate and r.female in (None, female), barred)
        if word in words.thing:
            if self._is_expletive(syntax, token):
                return ()
            return self._first(syntax, token, _is_thing, barred)
        if word in words.many:
            return self._many(syntax, token, barred)
        return ()

    def _is_expletive(self, syntax: Syntax, token: Token) -> bool:
        """Whether "it" only stands for a clause: "it was not possible to agree"."""
        verb = syntax.tokens[token.head]
        if token.dep == "nsubjpass":  # "it is believed that"
            return any(True for _ in syntax.children(verb.i, "ccomp", "csubjpass"))
        if token.dep not in ("nsubj", "expl") or verb.lemma not in self._words.expletive_verbs:
            return False
        quality = next(syntax.children(verb.i, "acomp", "attr", "oprd"), None)
        clauses = ("ccomp", "xcomp", "advcl", "csubj", "relcl", "acl")
        below = any(True for _ in syntax.children(verb.i, *clauses))
        return below if quality is None else below or any(True for _ in syntax.children(quality.i, *clauses))

    def _first(
        self, syntax: Syntax, token: Token, fits: Callable[[Referent], bool], barred: frozenset[str]
    ) -> tuple[Referent, ...]:
        bound = self._subject_ahead(syntax, token, fits) or self._subject_credited(syntax, token, fits)
        if bound:
            return bound
        ranked = self._discourse.ranked(token.start, syntax.sentence, fits, _NEAR, barred)
        return tuple(ranked[:1])

    def _many(self, syntax: Syntax, token: Token, barred: frozenset[str]) -> tuple[Referent, ...]:
        """The latest plural or coordinated phrase that is no object of the same verb; else a body of people."""
        best: tuple[float, tuple[Referent, ...]] | None = None
        for entry in self._discourse.before(token.start):
            distance = syntax.sentence - entry.sentence
            if distance > _NEAR:
                break
            if any(r.key in barred for r in entry.referents):
                continue
            if all(r.kind in THINGS for r in entry.referents):
                continue
            plural = entry.joint or any(r.many for r in entry.referents)
            collective = any(not r.animate and r.kind not in THINGS for r in entry.referents)
            if not (plural or collective):
                continue
            score = round(entry.weight + (1.0 if plural else 0.0) - 1.3 * distance, 6)
            if best is None or score > best[0]:
                best = (score, entry.referents)
        return best[1] if best else ()

    def _subject_ahead(self, syntax: Syntax, token: Token, fits: Callable[[Referent], bool]) -> tuple[Referent, ...]:
        """The subject that a fronted phrase looks forward to: "In his speech, Macron ..."."""
        if token.dep != "poss":
            return ()
        clause = next((a for a in syntax.ancestors(token.i) if a.tag[:1] == "V"), None)
        if clause is None or clause.i < token.i:
            return ()
        subject = next(syntax.children(clause.i, "nsubj", "nsubjpass"), None)
        if subject is None or subject.i < token.i:
            return ()
        for entry in self._discourse.entries[::-1]:
            if entry.start <= token.start:
                break
            if syntax.tokens[subject.i].start <= entry.start < syntax.tokens[subject.i].end:
                return tuple(r for r in entry.referents if fits(r))[:1]
        return ()

    def _subject_credited(self, syntax: Syntax, token: Token, fits: Callable[[Referent], bool]) -> tuple[Referent, ...]:
        """The subject of what is told, in a credit behind it: "Chad has left the pact with Niger, its cabinet said"."""
        noun = syntax.tokens[token.head]
        verb = syntax.tokens[noun.head]
        if token.dep != "poss" or noun.dep != "nsubj" or verb.lemma not in self._words.saying_verbs:
            return ()
        told = next((c for c in syntax.children(verb.i, "ccomp") if c.i < token.i), None)
        subject = None if told is None else next(syntax.children(told.i, "nsubj", "nsubjpass"), None)
        if subject is None:
            return ()
        first = syntax.tokens[syntax.subtree(subject.i)[0]]
        for entry in self._discourse.before(token.start):
            if entry.sentence != syntax.sentence:
                break
            if first.start <= entry.start < subject.end and any(fits(r) for r in entry.referents):
                return tuple(r for r in entry.referents if fits(r))[:1]
        return ()

    def _barred(self, syntax: Syntax, token: Token) -> frozenset[str]:
        """The subject of the clause whose object the pronoun is: "Trump met him", "vowed to beat him" are about two."""
        if token.dep not in ("dobj", "pobj", "dative", "conj") or token.lower in self._words.pronouns.reflexive:
            return frozenset()
        verb = next((a for a in syntax.ancestors(token.i) if a.tag[:1] == "V"), None)
        if verb is None:
            return frozenset()
        roles: tuple[str, ...] = ("nsubj", "nsubjpass")
        while verb.dep in ("conj", "xcomp") and not any(True for _ in syntax.children(verb.i, *roles)):
            told = verb.dep == "xcomp"
            verb = syntax.tokens[verb.head]
            if told and any(c.i != token.i for c in syntax.children(verb.i, "dobj")):
                roles = ("dobj",)  # "told the rebels to free them"
        keys: set[str] = set()
        for subject in syntax.children(verb.i, *roles):
            for entry in self._discourse.before(token.start):
                if entry.sentence != syntax.sentence:
                    break
                if subject.start <= entry.start < subject.end:
                    keys.update(r.key for r in entry.referents)
        return frozenset(keys)

    def pair(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """The parties that "both countries", "the two leaders", "the pair", "sides" take up; () where it is none."""
        pairs = self._words.pairs
        noun = token.lemma if token.tag[:2] == "NN" else token.lower
        if noun not in self._several and token.lower not in self._several:
            return ()
        count = self._count(syntax, token)
        takes = next((p.takes for p in pairs.nouns if noun in p.nouns), None)
        alone = noun in pairs.alone or token.lower in pairs.alone
        if takes is None and alone:
            takes = frozenset().union(*(p.takes for p in pairs.nouns))
        if takes is None or (count is None and not (is_plural(token) and self._is_bare(syntax, token))):
            return ()
        kinds = takes
        barred = self._barred(syntax, token)  # "the US urged both countries": two others
        return self._parties_of(syntax, token, count, lambda r: r.kind in kinds and r.key not in barred)

    def _is_bare(self, syntax: Syntax, token: Token) -> bool:
        """Whether nothing but a definite article or "all" says which are meant: "the leaders", "all sides", "Sides"."""
        if any(c.dep not in ("det", "predet", "punct", "cc", "conj") for c in syntax.children(token.i)):
            return False
        word = determiner(syntax, token.i)
        return word in self._words.articles.definite or token.lower in self._words.pairs.alone

    def _count(self, syntax: Syntax, token: Token) -> int | None:
        counts = self._words.pairs.counts
        if token.lower in counts and token.tag[:2] != "NN":
            return counts[token.lower]
        if token.lower in counts and determiner(syntax, token.i) is not None:
            return counts[token.lower]
        before = (c for c in syntax.children(token.i, "nummod", "det", "predet", "amod") if c.i < token.i)
        coordinated = any(True for _ in syntax.children(token.i, "conj"))  # "both the army and the rebels"
        return next(
            (counts[c.lower] for c in before if c.lower in counts and not (coordinated and c.lower == "both")), None
        )

    def _parties_of(
        self, syntax: Syntax, token: Token, count: int | None, fits: Callable[[Referent], bool]
    ) -> tuple[Referent, ...]:
        """The latest coordination of the right number; else the most salient parties with different codes."""
        for entry in self._discourse.before(token.start):
            if syntax.sentence - entry.sentence > _NEAR:
                break
            members = tuple(r for r in entry.referents if fits(r))
            if entry.joint and len(members) >= _TWO and (count is None or len(members) == count):
                return members
        wanted = count or _TWO
        chosen: list[Referent] = []
        for referent in self._discourse.ranked(token.start, syntax.sentence, fits, _NEAR):
            if referent.animate or (referent.code and all(referent.code != r.code for r in chosen)):
                chosen.append(referent)
            if len(chosen) == wanted:
                break
        return tuple(chosen) if len(chosen) >= _TWO else ()

    def definite(
        self, syntax: Syntax, token: Token, kind: str, qualities: list[str], country: str | None = None
    ) -> Referent | None:
        """What "the minister", "the group", "the Turkish leader" takes up; None where nothing before fits.

        Args:
            kind: the noun's own kind; a person's noun takes up persons that hold such an office.
            qualities: lower-case words before the noun; one that tells of another kind allows only the same noun.
            country: the code that the phrase itself names, which the antecedent must have.
        """
        noun = token.lemma
        description = self.description(noun)
        takes = self._taken(description, qualities)
        plural = is_plural(token)

        def fits(referent: Referent) -> bool:
            if country is not None and referent.code != country:
                return False
            if noun in referent.nouns:
                return referent.many == plural
            if plural and (referent.animate or (not referent.many and kind in ("organisation", "crowd"))):
                return False  # "the factions" are not one that was named, though "the militants" may be
            if not plural and referent.many and referent.entity is None:  # "the group" is none of "rebel forces"
                return False
            return referent.kind in takes

        same = self._discourse.ranked(
            token.start, syntax.sentence, lambda r: noun in r.nouns and fits(r), _FAR if kind == "person" else 2 * _NEAR
        )
        near = self._discourse.ranked(token.start, syntax.sentence, fits, _NEAR) if takes else []
        told = [r for r in same if not r.surmised]  # "the group": the one that was named rather than "a small group"
        found = told or [r for r in near if not r.surmised] or near or same
        return found[0] if found else None

    def introduced(self, syntax: Syntax, token: Token) -> str | None:
        """The code of somebody of whom the sentence before spoke without a name, where a subject's full name now
        seems to give it: "A Dutch sailor was freed. Jan Smit, 31, was held for a year"."""
        first = token
        while first.dep == "conj":
            first = syntax.tokens[first.head]
        if first.dep not in ("nsubj", "nsubjpass"):
            return None
        found = self._discourse.ranked(
            syntax.start,
            syntax.sentence,
            lambda r: r.animate and r.name is None and r.entity is None and r.code is not None and not r.surmised,
            1,
        )
        return found[0].code if found else None

    def _taken(self, description: Description | None, qualities: list[str]) -> frozenset[str]:
        kinds = self._words.kinds
        if description is None:
            return frozenset()
        if any(q in kinds.armed for q in qualities) and "armed" in description.takes:
            return frozenset({"armed"})
        return description.takes if all(q in kinds.neutral for q in qualities) else frozenset()

    def partners(self, start: int, sentence: int, speaker: tuple[Referent, ...]) -> tuple[Referent, ...]:
        """With whom a speaker who says "we" has lately acted together: the others of the latest joint phrase."""
        codes = {r.code for r in speaker}
        for entry in self._discourse.before(start):
            if sentence - entry.sentence > _NEAR:
                break
            if entry.joint and codes & {r.code for r in entry.referents}:
                return tuple(r for r in entry.referents if r.code not in codes and r.code)
        return ()


def _is_thing(referent: Referent) -> bool:
    return (
        referent.kind != "person"
        and not referent.many
        and referent.kind not in ("population", "people", "place", "machine")
    )
