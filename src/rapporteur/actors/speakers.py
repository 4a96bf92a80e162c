"""Whose "I" and "we" it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapporteur.actors import nounphrase as np
from rapporteur.actors.denotation import Denotation
from rapporteur.actors.phrases import Phrases
from rapporteur.actors.referent import Referent, distinct
from rapporteur.language import Syntax, Token
from rapporteur.model import Party

SpeakerAt = Callable[[int], "tuple[Party, ...] | None"]
_QUOTE_REACH = 2


class Speakers:
    """Tells it for one article: the speaker whom the caller knows, else the subject of a verb of saying near by."""

    def __init__(self, phrases: Phrases, denotation: Denotation, syntaxes: Mapping[int, Syntax]) -> None:
        self._words = phrases
        self._denotation = denotation
        self._syntaxes = syntaxes
        self.at: SpeakerAt | None = None

    def of(self, syntax: Syntax, token: Token) -> tuple[Referent, ...]:
        """The speaker of a pronoun of the first person, with whom "we" acts jointly; () where nothing tells."""
        known = self.at(token.start) if self.at is not None else None
        speaker = self._said_subject(syntax) if known is None else tuple(_referent_of(party) for party in known)
        if speaker and self._acts_jointly(syntax, token):
            speaker += self._denotation.coreference.partners(syntax.start, syntax.sentence, speaker)
        return distinct(speaker) if speaker else ()

    def _said_subject(self, syntax: Syntax) -> tuple[Referent, ...]:
        """The subject of a verb of saying in the same sentence, else in the next or the ones before."""
        k = syntax.sentence
        for near in (k, k + 1, k - 1, k - _QUOTE_REACH):
            other = self._syntaxes.get(near)
            found = self._sayer(other) if other is not None else ()
            if found:
                return found
        return ()

    def _sayer(self, syntax: Syntax) -> tuple[Referent, ...]:
        for verb in syntax.tokens:
            if verb.tag[:1] == "V" and verb.lemma in self._words.saying_verbs:
                for subject in syntax.children(verb.i, "nsubj"):
                    found = () if self._is_first_person(subject) else self._denotation.resolve(syntax, subject.i)
                    if found:
                        return found
        return ()

    def _is_first_person(self, token: Token) -> bool:
        pronouns = self._words.pronouns
        return token.lower in pronouns.speaker or token.lower in pronouns.speakers

    def _acts_jointly(self, syntax: Syntax, token: Token) -> bool:
        if token.lower != "we" or token.dep != "nsubj":
            return False
        verb = syntax.tokens[token.head]
        together = any(True for _ in np.objects(syntax, verb.i, "with"))
        return verb.lemma in self._words.joint_verbs and not together


def _referent_of(party: Party) -> Referent:
    return Referent(
        key=party.entity or f"speaker:{party.code}:{party.name or party.text}",
        kind="person",
        code=party.code,
        country=party.country,
        members=party.members,
        sector=party.sector,
        entity=party.entity,
        name=party.name,
    )
