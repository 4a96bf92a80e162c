from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from rapporteur.language import Parser, Syntax, segment
from rapporteur.model import Attribution, Party, Span
from rapporteur.sourcing import attribute


class Registry:
    """Parties by the text of the head word."""

    def __init__(self, syntax: Mapping[int, Syntax], entities: Mapping[str, str]) -> None:
        self._syntax = syntax
        self._entities = entities

    def parties(self, sentence: int, token: int) -> tuple[Party, ...]:
        word = self._syntax[sentence].tokens[token]
        entity = self._entities.get(word.text)
        return (Party(word.text, word.start, word.end, entity=entity),) if entity else ()


@dataclass(frozen=True)
class Read:
    """A text with its attributions, spoken of in words."""

    body: str
    attributions: tuple[Attribution, ...]

    def words(self, spans: tuple[Span, ...]) -> str:
        return " + ".join(self.body[start:end] for start, end in spans)

    @property
    def rows(self) -> list[str]:
        """All attributions as "source | cue | content"."""
        return [self.row(a) for a in self.attributions]

    def row(self, a: Attribution) -> str:
        return f"{self.words(a.source)} | {self.words(a.cue)} | {self.words(a.content)}"

    def by_cue(self, cue: str) -> Attribution:
        return next(a for a in self.attributions if self.words(a.cue) == cue)

    def at(self, words: str) -> Span:
        start = self.body.index(words)
        return start, start + len(words)


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def read(parser: Parser) -> Callable[..., Read]:
    """Read a text; ``entities`` gives registry ids to head words, ``unparsed`` are sentences left out."""

    def reading(body: str, entities: Mapping[str, str] | None = None, unparsed: tuple[int, ...] = ()) -> Read:
        sentences = segment(body)
        chosen = [(i, start, body[start:end]) for i, (start, end) in enumerate(sentences) if i not in unparsed]
        syntax = {parsed.sentence: parsed for parsed in parser.parse(chosen)}
        return Read(body, attribute(body, sentences, syntax, Registry(syntax, entities or {})))

    return reading
