"""Which phase of a measure's life a verb tells: one that governs the measure, or whose subject the measure is."""

from __future__ import annotations

from rapporteur.knowledge.standing import Phase
from rapporteur.language.syntax import Token
from rapporteur.standing.draft import Sentence

_GOVERNING: tuple[Phase, ...] = ("begin", "seal", "announce", "keep", "renew", "end", "breach")
_COURSE: tuple[Phase, ...] = ("begin", "keep", "end", "breach")


def governing_phase(sentence: Sentence, verb: Token, phases: tuple[Phase, ...] = _GOVERNING) -> Phase | None:
    """What a verb tells of the measure that is its object: the first of ``phases`` among whose words it is."""
    return next((phase for phase in phases if verb.lemma in getattr(sentence.words.life, phase)), None)


def course_phase(sentence: Sentence, verb: Token) -> Phase | None:
    """What a verb tells of the measure that is its subject: "the embargo expires", "a truce came into force"."""
    course = sentence.words.course
    if enters_a_state(sentence, verb):
        return "begin" if verb.lemma in course.entering else "keep"
    return next((phase for phase in reversed(_COURSE) if verb.lemma in getattr(course, phase)), None)


def enters_a_state(sentence: Sentence, verb: Token) -> bool:
    """ "took effect", "came into force", "came back into force"."""
    syntax = sentence.syntax
    places = [verb.i, *(t.i for t in syntax.children(verb.i, "advmod"))]
    found = [*syntax.children(verb.i, "dobj")]
    found += [t for i in places for p in syntax.children(i, "prep") for t in syntax.children(p.i, "pobj")]
    return any(t.lemma in sentence.words.course.states for t in found)
