"""Measures told as of now that are still to come: "sanctions return unless", "ordered a pause to begin on Monday"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rapporteur.events.when import DateMention
from rapporteur.knowledge.standing import Phase
from rapporteur.standing.draft import Sentence

_FROM = re.compile(r"\b(?:from|as of|starting|beginning)\s+$", re.IGNORECASE)
_REACH = 12  # characters before a time in which "from" stands


def day_from(sentence: Sentence, start: int, end: int, announced: bool) -> DateMention | None:
    """The time behind "from" that is still to come, between two offsets; None where there is none.

    ``announced``: what is told is only said to be, so that "from Friday" is the next one.
    """
    published = sentence.published
    for mention in sentence.calendar.mentions() if published else ():
        before = sentence.body[max(0, mention.start - _REACH) : mention.start]
        if start <= mention.start < end and mention.value is not None and _FROM.search(before):
            value = _next(mention.value, published or "") if announced else mention.value
            if value > (published or "")[: len(value)]:
                return replace(mention, value=value)
    return None


def _next(value: str, published: str) -> str:
    """The day a week behind one of the last six days: the coming one of the same name."""
    if len(value) < 10 or len(published) < 10:
        return value
    day, today = date.fromisoformat(value).toordinal(), date.fromisoformat(published).toordinal()
    return date.fromordinal(day + 7).isoformat() if 0 < today - day < 7 else value


class Coming:
    """Tells, in one sentence, what is due from what is in force."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._words = sentence.words
        self._syntax = sentence.syntax
        self._tokens = sentence.tokens

    def is_to_come(self, phase: Phase | None, noun: int, word: int, hits: bool) -> bool:
        """Is it told as of now, but of what is still to come?

        Args:
            phase, word: what is told of the measure, and by which token.
            noun: the token that names it.
            hits: somebody is said to be under it.
        """
        if phase == "begin":
            return self._is_to_begin((noun, word)) or self._is_due(word) or self._is_from_a_day(word)
        return phase is None and not hits and self._stands_before_proviso(noun)

    def is_to_end(self, phase: Phase | None, word: int) -> bool:
        """Is the end that token ``word`` tells still to come: "the sanctions expire on 31 January unless"?"""
        return phase == "end" and self._tokens[word].lemma in self._words.course.end and self._is_due(word)

    def _is_to_begin(self, words: tuple[int, ...]) -> bool:
        """Is it still to begin: "ordered a pause to begin on Monday", "a ban that will take effect"?"""
        course = self._words.course
        for clause in (t for i in words for t in self._syntax.children(i, "acl", "relcl", "advcl", "xcomp")):
            helpers = {t.lower for t in self._syntax.children(clause.i, "aux")}
            if clause.lemma in (course.begin | course.entering) and helpers & {"to", "will", "would"}:
                return True
        return False

    def _is_from_a_day(self, word: int) -> bool:
        """Does it begin "from" a day to come: "announced a pause from tomorrow"?"""
        start, end = self._sentence.clause(word)
        return day_from(self._sentence, start, end, self._tokens[word].lemma in self._words.life.seal) is not None

    def _is_due(self, word: int) -> bool:
        """Is it told in the present of what is to come: "sanctions return unless", "the ban starts next week"?"""
        verb = self._tokens[word]
        if verb.tag not in ("VBZ", "VBP") and (verb.tag[:1] == "V" or verb.lower != verb.lemma):
            return False
        if any(self._syntax.children(word, "aux", "auxpass")):
            return False
        for clause in self._syntax.children(word, "advcl"):
            if any(t.lower in self._words.provisos for t in self._syntax.children(clause.i, "mark")):
                return True
        if any(self._tokens[i].lower in self._words.ahead for i in self._syntax.subtree(word)):
            return True
        published, told = self._sentence.published, self._sentence.calendar.date_of(word, (word,), "future")
        return bool(published and told and told.value and told.value > published)

    def _stands_before_proviso(self, noun: int) -> bool:
        """Does "unless" follow at once: what would be otherwise, whatever the parser took for its verb?"""
        last = self._sentence.phrase(noun)[1]
        return any(t.lower == "unless" and 0 <= t.start - last <= 2 for t in self._tokens)
