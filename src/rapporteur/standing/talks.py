"""Mentions of talks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from rapporteur.language.syntax import Syntax
from rapporteur.model import Article, TalksMention
from rapporteur.standing.finder import Finder


class TalksFinder:
    """Finds what an article tells of talks."""

    def __init__(self, lemmas_of: Callable[[str], Collection[str]]) -> None:
        self._lemmas_of = lemmas_of

    def passes(self, text: str) -> bool:
        """Can the sentence hold a mention?"""
        return False

    def find(self, article: Article, syntax: Mapping[int, Syntax], people: Finder) -> tuple[TalksMention, ...]:
        """The mentions, in text order."""
        return ()
