"""Where talks are that the text gives no town for: in the dateline's, where it says so or where no side is at home."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.events.scene import Located
from rapporteur.knowledge.talks import TalksWords
from rapporteur.model import Article, Span, TalksMention
from rapporteur.standing.talks_sight import Sight

_WORD = re.compile(r"[^\W\d_]+")
#: What is told of talks that a correspondent can be at.
_THERE = ("held", "going", "begun", "ended", "failed", "resumed")
_FIRST = 3  # sentences: what an article opens with is what it was sent from


def place_of(
    mention: TalksMention, sights: Sequence[Sight], article: Article, town: Located | None, words: TalksWords
) -> str | None:
    """The mention's place, else the dateline's ``town``.

    A town of a side's own country is where correspondents sit, and tells nothing; one of another country is where they
    went. A wider place ("this Gulf state's port") yields to the dateline within it.
    """
    if town is None or town.place.name is None or town.kind != "town":
        return mention.place
    said = [_says_here(article, article.sentences[s.sentence], words) for s in sights if s.mood != "future"]
    if "this" in said or ("here" in said and not _told(sights)):
        return town.place.name
    codes = {p.code for p in mention.participants}
    there = any(s.fate in _THERE and s.mood == "actual" and s.sentence < _FIRST for s in sights)
    if _told(sights) or not there or town.place.country is None or town.place.country in codes:
        return mention.place
    return town.place.name


def _told(sights: Sequence[Sight]) -> bool:
    """Is a place told of talks that were, and not only of those to come?"""
    return any(s.place is not None and s.mood != "future" for s in sights)


def _says_here(article: Article, span: Span, words: TalksWords) -> str | None:
    """ "They met here", "in this Baltic port": the word that says so."""
    text = [w.lower() for w in _WORD.findall(article.body[span[0] : span[1]])]
    if not words.here.isdisjoint(text):
        return "here"
    spots = (k for k, word in enumerate(text) if word in words.spots)
    return "this" if any("this" in text[max(0, k - 3) : k] for k in spots) else None
