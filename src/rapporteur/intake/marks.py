"""What markup says, loaded from ``knowledge/data/intake/markup.yaml`` and made ready to look up."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml

_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class _Markup(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The file ``markup.yaml``; what each list means stands there."""

    origin: str
    unread: list[str]
    inline: list[str]
    furniture: list[str]
    furniture_roles: list[str]
    captions: list[str]
    furniture_words: list[str]
    reader_words: list[str]
    caption_words: list[str]
    layout_words: list[str]
    live_words: list[str]
    live_titles: list[str]
    entry_words: list[str]
    author_words: list[str]
    article_types: list[str]
    live_types: list[str]
    published: list[str]
    titles: list[str]
    sites: list[str]
    authors: list[str]
    addresses: list[str]


class Marks:
    """The lists as sets; those of <meta> names stay in order, best first."""

    def __init__(self, table: _Markup) -> None:
        self.unread = frozenset(table.unread)
        self.inline = frozenset(table.inline)
        self.furniture = frozenset(table.furniture)
        self.furniture_roles = frozenset(table.furniture_roles)
        self.captions = frozenset(table.captions)
        self.furniture_words = frozenset(table.furniture_words)
        self.reader_words = frozenset(table.reader_words)
        self.caption_words = frozenset(table.caption_words)
        self.layout_words = frozenset(table.layout_words)
        self.live_words = frozenset(table.live_words)
        self.live_titles = frozenset(table.live_titles)
        self.entry_words = frozenset(table.entry_words)
        self.author_words = frozenset(table.author_words)
        self.article_types = frozenset(table.article_types)
        self.live_types = frozenset(table.live_types)
        self.published = tuple(table.published)
        self.titles = tuple(table.titles)
        self.sites = tuple(table.sites)
        self.authors = tuple(table.authors)
        self.addresses = tuple(table.addresses)


@cache
def marks() -> Marks:
    """The table, loaded once a process.

    Raises:
        KnowledgeError: the file is wrong.
    """
    path = DATA / "intake" / "markup.yaml"
    return Marks(compiled("markup", [path], _Markup, lambda: load_yaml(path, _Markup)))


def name_words(name: str) -> set[str]:
    """The words that the names of classes and ids are made of, in lower case, each pair that follows also as one:
    ``"live-blog mainBody"`` holds ``live``, ``blog`` and ``liveblog``, ``main``, ``body`` and ``mainbody``. Names that
    tell what a part is laid out with (``has-sidebar``, ``sidebar-grid``) give nothing."""
    found: set[str] = set()
    for single in name[:500].split():
        parts = [part.lower() for part in _NAME_PARTS.findall(single)]
        if not marks().layout_words.isdisjoint(parts):
            continue
        found.update(parts)
        found.update(a + b for a, b in pairwise(parts))
    return found
