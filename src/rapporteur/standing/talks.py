"""Mentions of talks: negotiations, peace processes, summits and meetings on a matter between states, organisations and
armed groups. Not speeches, visits, one side's own meetings, or politics at home.

``talks_sights`` finds the words in each sentence, ``talks_series`` joins them, ``talks_sayings`` adds how the sides
call the talks and what they agreed.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping

from rapporteur.events.clause import Clauses
from rapporteur.events.placing import Placer
from rapporteur.events.scene import Located, Scene, dateline_town
from rapporteur.knowledge.frames import load_frames
from rapporteur.knowledge.talks import talks_words
from rapporteur.language.syntax import Syntax
from rapporteur.model import Article, Party, TalksMention
from rapporteur.sourcing import Credits
from rapporteur.standing.finder import Finder
from rapporteur.standing.talks_parties import distinct
from rapporteur.standing.talks_place import place_of
from rapporteur.standing.talks_sayings import Sayings
from rapporteur.standing.talks_series import Series, gathered
from rapporteur.standing.talks_sight import Sight
from rapporteur.standing.talks_sights import Sights

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


_LISTED = 8  # words before a broker, in a list of several, among which "brokered by" stands
_NEAR = 4  # sentences from a deal to talks on a stage of it


class TalksFinder:
    """Finds what an article tells of talks.

    Args:
        lemmas_of: all lemmas that a lower-case word form can have.
    """

    def __init__(self, lemmas_of: Callable[[str], Collection[str]]) -> None:
        self._lemmas_of = lemmas_of
        self._words = talks_words()
        self._classes = load_frames().classes
        verbs = self._words.verbs
        sitting = {phrase.split()[0] for phrase in self._words.sitting_down}
        sent = {part for word in self._words.delegates for part in (word, word.split("-")[-1])}
        self._telling = self._words.nouns.every() | verbs.negotiating | verbs.meeting | verbs.treating
        self._telling |= sitting | sent | self._words.tables
        self._known: dict[str, bool] = {}

    def passes(self, text: str) -> bool:
        """Can the sentence hold a mention: has it a word for talks?"""
        return any(self._tells(word.lower()) for word in _WORD.findall(text))

    def _tells(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = word in self._telling or not self._telling.isdisjoint(self._lemmas_of(word))
        return self._known[word]

    def find(self, article: Article, syntax: Mapping[int, Syntax], people: Finder) -> tuple[TalksMention, ...]:
        """The mentions, one for each series of talks, in text order."""
        series = gathered(self._sights(article, syntax, people), self._words)
        sayings = Sayings(article, syntax, people, self._words, self._classes)
        dateline = article.dateline_place
        town = dateline_town(dateline, Scene(article.body, people)) if dateline is not None else None
        found = [self._mention(one, article, sayings, town) for one in series if one.counts()]
        return tuple(sorted(found, key=lambda m: (m.evidence, m.status, m.rules)))

    def _sights(self, article: Article, syntax: Mapping[int, Syntax], people: Finder) -> list[Sight]:
        scene = Scene(article.body, people)
        out: list[Sight] = []
        for index in sorted(syntax):
            start, end = article.sentences[index]
            placer = Placer(syntax[index], scene)
            placer.note_names()
            if not self.passes(article.body[start:end]):
                continue
            clauses = Clauses(syntax[index], self._classes)
            events = [e for e in article.events if e.sentence == index]
            out += Sights(article, clauses, people, placer, self._words, events).find()
        return [self._of_deal(sight, article) for sight in out]

    def _of_deal(self, sight: Sight, article: Article) -> Sight:
        """Talks that name nobody and are on a stage of a deal are between the sides of the deal told just before:
        "talks on the second phase"."""
        if sight.parties or not sight.strong or not self._on_deal(sight.subject or ""):
            return sight
        for measure in sorted(article.measures, key=lambda m: m.evidence, reverse=True):
            if measure.kind not in ("ceasefire", "peace deal") or measure.evidence[0] > sight.start:
                continue
            near = sight.sentence - _sentence_of(article, measure.evidence[0]) <= _NEAR
            told = (p for p in (*measure.imposers, *measure.targets) if not self._broker(p, article))
            parties = distinct(told, self._words.armed)
            if near and len(parties) > 1:
                return dataclasses.replace(sight, parties=parties)
        return sight

    def _broker(self, party: Party, article: Article) -> bool:
        """ "The truce, brokered by Oslo and Lima": who brings the sides together is none."""
        start = article.sentences[_sentence_of(article, party.start)][0]
        before = [w.lower() for w in _WORD.findall(article.body[start : party.start])][-_LISTED:]
        return "by" in before and any(not self._words.hosting.isdisjoint(self._lemmas_of(w)) for w in before)

    def _on_deal(self, subject: str) -> bool:
        """Is the matter nothing but a deal, or a part of one?"""
        words = [w.lower() for w in _WORD.findall(subject)]
        parts = [w for w in words if not self._words.of_deals.isdisjoint({w, *self._lemmas_of(w)})]
        rest = set(words) - set(parts) - set(self._words.ordinals) - self._words.definite - self._words.another
        return bool(parts) and rest <= {"of", "a", "its"}

    def _mention(self, series: Series, article: Article, sayings: Sayings, town: Located | None) -> TalksMention:
        agreed, series.continues = sayings.agreed(series)
        mention = series.mention(article.sentences, article.date.value)
        credits = Credits(article.attributions)
        return dataclasses.replace(
            mention,
            place=place_of(mention, series.sights, article, town, self._words),
            agreed=agreed,
            called=sayings.called(series),
            attributed_to=credits(series.best.start, series.best.end),
        )


def _sentence_of(article: Article, offset: int) -> int:
    return next((k for k, (_, end) in enumerate(article.sentences) if offset < end), 0)
