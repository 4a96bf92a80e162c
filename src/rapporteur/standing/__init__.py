"""The standing room: what lasts. Events and sentences to mentions of measures, talks and claims, with their spans.

A mention says what one or two sentences tell; whether two mentions tell of the same measure is the record's to judge.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping

from rapporteur.language.syntax import Syntax
from rapporteur.model import Article
from rapporteur.standing.claims import ClaimFinder
from rapporteur.standing.finder import Finder
from rapporteur.standing.measures import MeasureFinder
from rapporteur.standing.talks import TalksFinder

__all__ = ["Standing"]


class Standing:
    """Derives the mentions of one article at a time. Made once; keeps nothing of an article.

    Args:
        lemmas_of: all lemmas that a lower-case word form can have.
    """

    def __init__(self, lemmas_of: Callable[[str], Collection[str]]) -> None:
        self._measures = MeasureFinder(lemmas_of)
        self._talks = TalksFinder(lemmas_of)
        self._claims = ClaimFinder(lemmas_of)

    def passes(self, text: str) -> bool:
        """Can the sentence ``text`` hold a measure, talks or an answer to a claim, so that it is worth parsing?"""
        return self._measures.passes(text) or self._talks.passes(text) or self._claims.passes(text)

    def read(self, article: Article, syntax: Mapping[int, Syntax], people: Finder) -> Article:
        """The article with its measures, talks and claims.

        Args:
            article: with sentences, attributions and events.
            syntax: its parsed sentences, by index.
            people: resolves tokens to parties and places; all its sentences have been entered.
        """
        article = dataclasses.replace(article, measures=self._measures.find(article, syntax, people))
        return dataclasses.replace(
            article,
            talks=self._talks.find(article, syntax, people),
            claims=self._claims.find(article, syntax, people),
        )
