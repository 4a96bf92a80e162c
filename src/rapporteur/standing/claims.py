"""What is asserted by whom, and rejected or confirmed by whom."""

from __future__ import annotations

from collections.abc import Mapping

from rapporteur.language.syntax import Syntax
from rapporteur.model import Article, ClaimMention
from rapporteur.standing.finder import Finder


class ClaimFinder:
    """Finds an article's claims among its attributions and events."""

    def find(self, article: Article, syntax: Mapping[int, Syntax], people: Finder) -> tuple[ClaimMention, ...]:
        """The claims, in text order."""
        return ()
