"""What the standing room asks of an article's names."""

from __future__ import annotations

from typing import Protocol

from rapporteur.events.code import Finder as EventFinder


class Finder(EventFinder, Protocol):
    """Resolves tokens to parties and places (``actors.ArticleActors``)."""
