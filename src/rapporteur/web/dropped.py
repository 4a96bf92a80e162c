"""What of a page of plain text is in none of its articles: captions, menus, widgets. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapporteur.model import Article

_SPACES = re.compile(r"\s+")


def dropped_lines(page: str, articles: Iterable[Article]) -> tuple[str, ...]:
    """The page's lines, in order, whose words stand in no article's headline or body; spaces don't count."""
    kept = " ".join(_plain(f"{article.headline or ''} {article.body}") for article in articles)
    lines = (line.strip() for line in page.splitlines())
    return tuple(line for line in lines if line and _plain(line) not in kept)


def _plain(text: str) -> str:
    return _SPACES.sub("", text.replace("\N{SOFT HYPHEN}", "").replace("\N{ZERO WIDTH NO-BREAK SPACE}", ""))
