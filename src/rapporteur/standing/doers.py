"""Whose a measure is, and on whom, by the words before its noun: "US sanctions", "Iran sanctions", "her detention"."""

from __future__ import annotations

from rapporteur.knowledge.standing import MeasureEntry
from rapporteur.language.syntax import Token
from rapporteur.model import Party
from rapporteur.standing.draft import Sentence


class Modifiers:
    """Parties before and behind a measure's noun.

    A state's adjective or its letters before the noun tell who imposes ("Russian", "EU sanctions"), its full name whom
    it hits ("Russia sanctions"): who has an adjective would be named by it as the doer.

    Attributes:
        doers: tokens of those who impose it.
        undergoers: tokens of those whom it hits.
    """

    def __init__(self, sentence: Sentence, entry: MeasureEntry, noun: int) -> None:
        self.doers: list[int] = []
        self.undergoers: list[int] = []
        syntax, clauses = sentence.syntax, sentence.clauses
        holder = [t.i for t in syntax.children(noun, "poss")]
        held = [f for _, f in clauses.prepositional(noun, ("of",))]
        if entry.person and not held:
            self.undergoers += holder
        else:
            self.doers += holder
        self.doers += [f for _, f in clauses.prepositional(noun, ("by",))]
        for child in syntax.children(noun, "amod"):
            if child.lemma == "lead" or child.lower in sentence.words.hyphened:
                self.doers += [t.i for t in syntax.children(child.i) if t.i < child.i and t.dep != "punct"]
        for child in syntax.children(noun, "amod", "compound", "nmod"):
            parties = sentence.finder.parties(syntax.sentence, child.i, place=True)
            if not parties or any(sentence.finder.is_surmised(p) for p in parties):
                continue
            if child.dep == "amod" or self._acts(child, parties[0]):
                self.doers.append(child.i)
            elif not entry.shared:
                self.undergoers.append(child.i)

    def _acts(self, token: Token, party: Party) -> bool:
        """Does the name before the noun tell who acts? All but the full name of a state or place."""
        if token.tag[:2] == "JJ" or token.text.replace(".", "").isupper():
            return True
        return party.sector is not None or (party.entity is not None and not party.entity.startswith("state:"))
