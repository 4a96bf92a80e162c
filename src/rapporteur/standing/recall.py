"""What a measure that is spoken of as known takes from earlier words: "the sanctions", "this block", "lifted it"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapporteur.knowledge.standing import Phase
from rapporteur.language.syntax import Token
from rapporteur.model import Party
from rapporteur.standing.draft import Draft, Sentence, agree, akin
from rapporteur.standing.life import Life, phase_for

_PRONOUNS = ("it", "them", "this", "these")
_NEAR = 2  # sentences


class Memory:
    """The measures of an article so far, each with the sentence that told of it, and who fights whom."""

    def __init__(self) -> None:
        self._known: list[tuple[int, Draft]] = []
        self._fighters: tuple[Party, ...] = ()
        self._sentence = 0

    def enter(self, sentence: Sentence) -> None:
        """The next sentence is read: take in who fights whom in it."""
        self._sentence = sentence.syntax.sentence
        for token in sentence.tokens:
            if token.lemma in sentence.words.fights:
                between = (f for _, f in sentence.clauses.prepositional(token.i, ("between",)))
                sides = sentence.able(between, anybody=True)
                if len(sides) > 1:
                    self._fighters = sides

    def note(self, draft: Draft) -> None:
        """A measure has been told of."""
        self._known.append((self._sentence, draft))

    def complete(self, draft: Draft) -> None:
        """Give the draft the sides it lacks, from the last measure of its family that agrees with those it has.

        It takes them up where it is definite, or where it is said to end or (of a noun) to go on. A truce that names
        nobody is one between those who were said to fight each other; who is held is held by whoever was said to.
        """
        if draft.imposers and (draft.targets or draft.entry.shared):
            return
        told = draft.phase == "end" or (draft.head != draft.word and draft.phase in ("keep", "renew", "breach"))
        person = draft.entry.person and not draft.imposers and bool(draft.targets)
        again = bool(draft.imposers) and not draft.targets and draft.phase in (None, "keep")  # "US sanctions"
        if draft.definite or told or person or again:
            for _, known in reversed(self._known):
                if akin(known, draft) and agree(known.imposers, draft.imposers) and agree(known.targets, draft.targets):
                    draft.imposers = draft.imposers or known.imposers
                    draft.targets = draft.targets or known.targets
                    return
        if draft.entry.shared and not draft.imposers:
            draft.imposers = self._fighters

    def taken_up(self, sentence: Sentence, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """Measures that a pronoun stands for, and of which its verb tells: "restored it", "will not extend it"."""
        taken = {d.word for d in drafts}
        for token in sentence.tokens:
            if token.lower not in _PRONOUNS or token.dep not in ("dobj", "nsubjpass"):
                continue
            verb = sentence.tokens[token.head]
            known = self._last(token, sentence, drafts)
            phase = _phase(verb, known, sentence) if known is not None and verb.i not in taken else None
            if known is None or phase is None:
                continue
            status = Life(sentence).status(phase, verb.i, known.entry)
            agents = sentence.able(sentence.clauses.agents(verb.i))
            if status is not None and agree(agents, known.imposers):
                yield replace(
                    known, head=verb.i, word=verb.i, phase=phase, status=status, begun=None, objects=[], definite=True
                )

    def _last(self, pronoun: Token, sentence: Sentence, drafts: Sequence[Draft]) -> Draft | None:
        """The measure last told of before the pronoun, in its sentence or shortly before."""
        here = [d for d in drafts if max(d.head, d.word) < pronoun.i and d.imposers]
        if here:
            return here[-1]
        if self._known and sentence.syntax.sentence - self._known[-1][0] <= _NEAR:
            return self._known[-1][1]
        return None


def _phase(verb: Token, known: Draft, sentence: Sentence) -> Phase | None:
    life = sentence.words.life
    phases: tuple[Phase, ...] = ("end", "renew", "keep", "breach")
    for phase in phases:
        if verb.lemma in getattr(life, phase):
            return phase_for(known.entry, phase)
    ends = " ".join(pattern.split()[0] for pattern in known.entry.ends)
    return "end" if verb.lemma in ends.replace("|", " ").split() else None
