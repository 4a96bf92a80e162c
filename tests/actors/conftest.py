"""One parser and one registry for all tests of this room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapporteur.actors.parties import ActorTables, ArticleActors
from rapporteur.language import Parser, Syntax, segment

Read = Callable[..., tuple[ArticleActors, list[Syntax]]]


@pytest.fixture(scope="session")
def tables() -> ActorTables:
    return ActorTables.load()


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def read(tables: ActorTables, parser: Parser) -> Read:
    """From a text to its actors, all sentences entered, and their syntax."""

    def reading(text: str, date: str | None = "2024-08-01") -> tuple[ArticleActors, list[Syntax]]:
        sentences = segment(text)
        syntaxes = parser.parse([(k, start, text[start:end]) for k, (start, end) in enumerate(sentences)])
        actors = ArticleActors(tables, body=text, sentences=sentences, date=date)
        for syntax in syntaxes:
            actors.enter(syntax)
        return actors, syntaxes

    return reading


def head_of(syntax: Syntax, start: int, end: int) -> int:
    """The token of the span whose own head lies outside of it."""
    inside = set(syntax.at(start, end))
    return next(i for i in sorted(inside) if syntax.tokens[i].head not in inside or syntax.tokens[i].head == i)


@pytest.fixture(scope="session")
def codes(read: Read) -> Callable[..., list[str | None]]:
    """The codes that the last occurrence of ``phrase`` in ``text`` gets."""

    def found(text: str, phrase: str, *, place: bool = False) -> list[str | None]:
        actors, syntaxes = read(text)
        start = text.rindex(phrase)
        syntax = next(s for s in syntaxes if s.start <= start < s.end)
        head = head_of(syntax, start, start + len(phrase))
        return [party.code for party in actors.parties(syntax.sentence, head, place=place)]

    return found
