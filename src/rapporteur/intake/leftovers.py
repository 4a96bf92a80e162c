"""What of a page is in none of its articles: captions, menus, widgets. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapporteur.model import Article

MOST_LINES = 400  # that are kept of a page
LONGEST = 300  # characters that are kept of a line
_SPACES = re.compile(r"\s+")


def with_dropped(articles: Sequence[Article], lines: Iterable[str]) -> list[Article]:
    """The articles of one page, each with the page's lines that are in none of them."""
    dropped = dropped_lines(lines, articles)
    return [replace(article, dropped=dropped) for article in articles] if dropped else list(articles)


def dropped_lines(lines: Iterable[str], articles: Iterable[Article]) -> tuple[str, ...]:
    """The lines of a page, in order, whose words stand in no article's headline or body; spaces don't count.

    A line from which an article has all but what stands before it, as a dateline does, is not left out. At most
    ``MOST_LINES``, each of at most ``LONGEST`` characters.
    """
    articles = tuple(articles)
    kept = " ".join(_plain(f"{article.headline or ''} {article.body}") for article in articles)
    paragraphs = {_plain(line) for article in articles for line in article.body.splitlines()} - {""}
    ends = tuple(paragraphs)
    found: list[str] = []
    for line in map(str.strip, lines):
        plain = _plain(line)
        if not plain or plain in paragraphs or plain in kept or plain.endswith(ends):
            continue
        if len(found) == MOST_LINES:
            break
        found.append(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…")
    return tuple(found)


def _plain(text: str) -> str:
    return _SPACES.sub("", text.replace("\N{SOFT HYPHEN}", "").replace("\N{ZERO WIDTH NO-BREAK SPACE}", ""))
