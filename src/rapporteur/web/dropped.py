"""What of a page of plain text is in none of its articles: captions, menus, widgets. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapporteur.model import Article

_SPACES = re.compile(r"\s+")


def dropped_lines(page: str, articles: Iterable[Article]) -> tuple[str, ...]:
    """The page's lines, in order, whose words stand in no article's headline or body; spaces don't count.

    A line from which an article has all but what stands before it, as a dateline does, is not left out.
    """
    articles = tuple(articles)
    kept = " ".join(_plain(f"{article.headline or ''} {article.body}") for article in articles)
    paragraphs = tuple({_plain(line) for article in articles for line in article.body.splitlines()} - {""})
    lines = (line.strip() for line in page.splitlines())
    return tuple(line for line in lines if line and not _is_kept(_plain(line), kept, paragraphs))


def _is_kept(line: str, kept: str, paragraphs: tuple[str, ...]) -> bool:
    return line in kept or line.endswith(paragraphs)


def _plain(text: str) -> str:
    return _SPACES.sub("", text.replace("\N{SOFT HYPHEN}", "").replace("\N{ZERO WIDTH NO-BREAK SPACE}", ""))
