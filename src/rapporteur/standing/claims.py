"""What is asserted by whom, and rejected or confirmed by whom.

Not every "he said" is a claim worth keeping. Kept is what somebody asserts of the article's events (``about``), every
accusation, denial and doubt, and what answers another claim or is answered by one. Not kept is an outlet's report of
what others say: those are the claim's; nor a thing or a meeting called this or that, nor what a speaker tells of having
talked and of good will. Demands, promises, plans and praise
are no claims: they can't be true or false.

An answer takes up, in this order: a claim named inside it ("denied Chad's claim that ..."); where it has a pronoun or a
noun for a claim ("rejects this", "denied the charge", "any role"), the nearest earlier claim that speaks of whoever
answers, or that is right before; where it says for itself what is not so, the nearest earlier claim of such an event
that speaks of whoever answers.
A source that goes on speaking ("It said ...") is answered where it began.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal

from rapporteur.knowledge.claims import claim_words
from rapporteur.language.syntax import Syntax
from rapporteur.model import Article, ClaimMention, Party
from rapporteur.standing.claims_draft import Draft, Drafter
from rapporteur.standing.finder import Finder

Answer = Literal["rejects", "confirms"]

_FAR = 4  # sentences back to a claim that speaks of the one who answers
_NEAR = 1  # sentences back to any other
_BRIEF = 9  # words; longer contents say for themselves what they mean
_AT_ONCE = 40  # characters; a claim further inside a content isn't what the content is about
_WORD = re.compile(r"[^\W\d_]+")


class ClaimFinder:
    """Finds an article's claims among its attributions and events.

    Args:
        lemmas_of: all lemmas that a lower-case word form can have.
    """

    def __init__(self, lemmas_of: Callable[[str], Collection[str]]) -> None:
        self._words = claim_words()
        self._lemmas_of = lemmas_of

    def passes(self, text: str) -> bool:
        """Can the sentence reject or confirm a claim by a verb of its own ("Chad confirmed the report")?"""
        lemmas = {lemma for word in _WORD.findall(text.lower()) for lemma in (word, *self._lemmas_of(word))}
        verbs = self._words.rejecting_verbs | self._words.confirming_verbs
        return bool(lemmas & verbs) and bool(lemmas & (self._words.claims | self._words.pronouns))

    def find(self, article: Article, syntax: Mapping[int, Syntax], people: Finder) -> tuple[ClaimMention, ...]:
        """The claims, in text order; ``answers`` indexes them."""
        drafts = Drafter(article, syntax, people, self._words).drafts()
        linked = {n: link for n in range(len(drafts)) if (link := self._link(n, drafts)) is not None}
        answered = {target for target, _ in linked.values()}
        kept = [n for n, draft in enumerate(drafts) if n in linked or n in answered or self._worth(draft)]
        place = {n: k for k, n in enumerate(kept)}
        return tuple(_linked(drafts[n].mention(article.body), linked.get(n), place) for n in kept)

    def _worth(self, draft: Draft) -> bool:
        if draft.force in self._words.always:
            return True
        if draft.relays:
            return False
        return draft.force in self._words.claiming and bool(draft.about) and draft.tells and not draft.courteous

    # -- what it answers

    def _link(self, n: int, drafts: Sequence[Draft]) -> tuple[int, Answer] | None:
        """Index of the draft that draft ``n`` answers, and how; None where it answers none."""
        draft = drafts[n]
        words = draft.words
        answer = self._answer(draft, words)
        if answer is None:
            return None
        inside = self._inside(n, drafts)
        if inside is not None:
            return inside, answer
        target = self._nearest(n, drafts, words) if self._takes_up(words) else self._same_deed(n, drafts)
        if target is None:
            return None
        return self._begun(target, drafts), answer

    def _answer(self, draft: Draft, words: Sequence[str]) -> Answer | None:
        if draft.force in self._words.rejecting:
            return "rejects"
        if draft.force in self._words.confirming:
            return "confirms"
        if draft.force == "assert" and len(words) <= 2 * _BRIEF and self._of_claim(words):
            if self._words.untrue & set(words) and "not" not in words:
                return "rejects"
            if self._words.true & set(words):
                return "rejects" if "not" in words else "confirms"
        return None

    def _of_claim(self, words: Sequence[str]) -> bool:
        """Does it speak of a claim: "the report was false", "it is a lie"?"""
        first = words[:4]
        return any(_singular(w) in self._words.claims for w in words) or bool(self._words.pronouns & set(first))

    def _takes_up(self, words: Sequence[str]) -> bool:
        """Is it by a pronoun or a noun for a claim that it says what it answers?"""
        if len(words) > _BRIEF and not any(_singular(w) in self._words.claims for w in words[:_BRIEF]):
            return False
        nouns = self._words.claims | self._words.parts
        return any(_singular(w) in nouns for w in words) or (0 < len(words) <= 2 and words[0] in self._words.pronouns)

    def _inside(self, n: int, drafts: Sequence[Draft]) -> int | None:
        """A claim of somebody else that the content holds."""
        draft = drafts[n]
        if draft.attribution is None or not any(_singular(w) in self._words.claims for w in draft.words[:_BRIEF]):
            return None
        for k, other in enumerate(drafts):
            begins = other.evidence[0] - draft.spans[0][0] <= _AT_ONCE
            if other.parent == draft.attribution and begins and not _same(other.claimant, draft.claimant):
                return k
        return None

    def _nearest(self, n: int, drafts: Sequence[Draft], words: Sequence[str]) -> int | None:
        """The claim that a pronoun or a noun for a claim takes up."""
        draft = drafts[n]
        earlier = self._earlier(n, drafts)
        for k in earlier:
            if draft.sentence - drafts[k].sentence <= _FAR and _speaks_of(drafts[k], draft.claimant):
                return k
        if any(_singular(w) in self._words.parts for w in words):
            return None  # who denies a role was blamed by name
        return next((k for k in earlier if draft.sentence - drafts[k].sentence <= _NEAR), None)

    def _same_deed(self, n: int, drafts: Sequence[Draft]) -> int | None:
        """The claim of the same kind of event of whoever denies or confirms it."""
        draft = drafts[n]
        for k in self._earlier(n, drafts):
            if draft.types & drafts[k].types and _speaks_of(drafts[k], draft.claimant):
                return k
        return None

    def _earlier(self, n: int, drafts: Sequence[Draft]) -> list[int]:
        """Claims of others before it, the nearest first; what only takes up another claim is none."""
        draft = drafts[n]
        return [
            k
            for k in range(n - 1, -1, -1)
            if drafts[k].evidence[1] <= draft.evidence[0]
            and drafts[k].force in self._words.claiming
            and drafts[k].force not in self._words.rejecting
            and not _same(drafts[k].claimant, draft.claimant)
        ]

    def _begun(self, k: int, drafts: Sequence[Draft]) -> int:
        """Where the source of draft ``k`` began to speak, if that only goes on."""
        while drafts[k].pronoun and drafts[k].claimant is not None:
            before = [
                j
                for j in range(k - 1, -1, -1)
                if _same(drafts[j].claimant, drafts[k].claimant)
                and drafts[k].sentence - drafts[j].sentence <= _NEAR
                and drafts[j].force in self._words.claiming
            ]
            if not before:
                break
            k = before[0]
        return k


def _linked(claim: ClaimMention, link: tuple[int, Answer] | None, place: Mapping[int, int]) -> ClaimMention:
    if link is None:
        return claim
    return dataclasses.replace(claim, answers=place[link[0]], answer=link[1])


def _speaks_of(claim: Draft, party: Party | None) -> bool:
    """Does the claim speak of the party? Of somebody of its claimant's own country by name, of others by country."""
    if party is None or party.code is None:
        return False
    at_home = claim.claimant is not None and claim.claimant.code == party.code
    if not at_home or party.code in ("IGO", "NSA"):
        return party.code in claim.names
    surname = (party.name or "").lower().split()[-1:]
    return party.entity in claim.names or bool(surname and surname[0] in claim.words)


def _same(one: Party | None, other: Party | None) -> bool:
    """Do they speak for the same side? Two persons who are named are two."""
    if one is None or other is None:
        return False
    if one.code in (None, "IGO", "NSA") or other.code in (None, "IGO", "NSA"):
        return one.code == other.code and (one.entity, one.name, one.sector) == (other.entity, other.name, other.sector)
    persons = [p.entity for p in (one, other) if (p.entity or "").startswith("person:")]
    return one.code == other.code and (len(persons) < 2 or persons[0] == persons[1])


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") else word
