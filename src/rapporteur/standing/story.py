"""When an undated act was, in a story of the past that goes on from the sentence before."""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.model import When
from rapporteur.standing.draft import Draft, Sentence


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence told: its index, the countries of those who acted in its main clause, and the one time named."""

    sentence: int
    countries: frozenset[str]
    value: str


class Story:
    """The last dated sentence of an article that tells of the years before it."""

    def __init__(self) -> None:
        self._last: Scene | None = None

    def onset(self, draft: Draft, sentence: Sentence) -> When | None:
        """The year (or month) of the sentence just before, where that told what the same state did in a year before
        the article's, and this one goes on in the simple past without a time: "In 2011, after the raid, Chad said
        that it had had enough. It closed the border to Sudan."."""
        last, verb = self._last, sentence.tokens[draft.word]
        if last is None or last.sentence != sentence.syntax.sentence - 1 or draft.phase != "begin":
            return None
        helpers = any(sentence.syntax.children(verb.i, "aux", "auxpass"))
        if any(t.lower in sentence.words.later for t in sentence.syntax.children(verb.i, "advmod")):
            return None  # "it then closed": some time after
        if draft.status != "in force" or verb.tag != "VBD" or verb.dep != "ROOT" or helpers:
            return None
        if sentence.calendar.mentions() or last.countries.isdisjoint(p.country or "" for p in draft.imposers):
            return None
        return When(last.value[:7], "inferred")

    def enter(self, sentence: Sentence) -> None:
        """The sentence has been read: it is the one that the next may go on from."""
        self._last = None
        times = [m.value for m in sentence.calendar.mentions()]
        root = next((t for t in sentence.tokens if t.head == t.i), None)
        published = sentence.published
        if root is None or root.tag != "VBD" or len(times) != 1 or times[0] is None or not published:
            return
        if times[0][:4] < published[:4]:
            parties = (p for i in sentence.clauses.agents(root.i) for p in sentence.roles.parties(i))
            countries = frozenset(p.country for p in parties if p.country is not None)
            self._last = Scene(sentence.syntax.sentence, countries, times[0])
