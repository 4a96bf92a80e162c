"""Whose country a bare word takes from earlier words of the article: "the house" its chamber's, "his wife" her own."""

from __future__ import annotations

from dataclasses import replace

from rapporteur.language.syntax import Token
from rapporteur.model import Party
from rapporteur.standing.draft import Draft, Sentence


class Acquaintance:
    """The chambers and the relatives of an article so far, with their countries."""

    def __init__(self) -> None:
        self._legislature: Party | None = None
        self._relatives: dict[str, str] = {}

    def enter(self, sentence: Sentence) -> None:
        """The next sentence is read: take in which chambers and relatives it names with their country."""
        for token in sentence.tokens:
            if token.lemma in sentence.words.chambers and token.tag[:3] == "NNP":
                parties = sentence.able((token.i,))
                found = next((p for p in parties if p.country is not None), None)
                known = self._legislature
                if found is not None and (known is None or not sentence.finder.is_surmised(found)):
                    self._legislature = found
            if token.lemma in sentence.words.relatives:
                nation = _nation(token, sentence)
                if nation is not None:
                    self._relatives[token.lemma] = nation

    def know(self, draft: Draft, sentence: Sentence) -> None:
        """Give a bare chamber that passed the measure's bill the country of the one named before, and a relative who is
        held her own, where that was told: "his Chadian wife ... freed his wife"."""
        known = self._legislature
        guessed = all(map(sentence.finder.is_surmised, draft.imposers))
        if known is not None and guessed and known.country not in {p.country for p in draft.targets}:
            houses = [i for i in draft.chambers if _is_proper(i, sentence)]
            if houses:
                draft.imposers = (self._chamber(houses[0], sentence),)
            elif draft.act is not None and not draft.imposers:  # "the Chad Sanctions Act"
                draft.imposers = (known,)
        if draft.entry.person:
            draft.targets = tuple(self._by_birth(p, sentence) for p in draft.targets)

    def _chamber(self, i: int, sentence: Sentence) -> Party:
        start, end = sentence.phrase(i)
        known = self._legislature
        code, sector = (known.code, known.sector) if known is not None else (None, None)
        return Party(sentence.body[start:end], start, end, code, code, (), sector)

    def _by_birth(self, party: Party, sentence: Sentence) -> Party:
        for token in sentence.tokens:
            if not party.start <= token.start < party.end:
                continue
            above = sentence.tokens[token.head]
            relative = token if token.lemma in sentence.words.relatives else above
            if relative is token or (token.dep == "appos" and above.lemma in sentence.words.relatives):
                code = self._country(relative, sentence)
                return replace(party, code=code, country=code) if code is not None else party
        return party

    def _country(self, relative: Token, sentence: Sentence) -> str | None:
        """By the adjective before the word, here or earlier; "his wife and her mother" are of one country."""
        told = _nation(relative, sentence) or self._relatives.get(relative.lemma)
        first = sentence.tokens[relative.head]
        if first.dep == "appos":  # "his wife, Rosa, | and her mother"
            first = sentence.tokens[first.head]
        whose = any(t.tag == "PRP$" for t in sentence.syntax.children(relative.i, "poss"))
        if told is None and relative.dep == "conj" and whose and first.lemma in sentence.words.relatives:
            return self._country(first, sentence)
        return told


def _nation(noun: Token, sentence: Sentence) -> str | None:
    """The country of the adjective before the noun, or None."""
    for child in sentence.syntax.children(noun.i, "amod"):
        for party in sentence.finder.parties(sentence.syntax.sentence, child.i, place=True):
            if party.country is not None:
                return party.country
    return None


def _is_proper(i: int, sentence: Sentence) -> bool:
    token = sentence.tokens[i]
    return token.lemma in sentence.words.chambers and token.tag[:3] == "NNP"
