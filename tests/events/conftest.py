"""A parser and a party finder for the tests of the events room: the second knows a few words and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapporteur.actors.placenames import PlaceName
from rapporteur.events.clause import Clauses
from rapporteur.knowledge.files import load_yaml
from rapporteur.knowledge.frames import CLASSES, FRAMES, ClassFile
from rapporteur.language import Parser, Syntax
from rapporteur.model import Party

CODES = {
    "france": "FRA", "french": "FRA", "germany": "DEU", "german": "DEU", "iran": "IRN", "iranian": "IRN",
    "russia": "RUS", "russian": "RUS", "ukraine": "UKR", "china": "CHN", "chinese": "CHN", "nato": "IGO",
    "israel": "ISR", "israeli": "ISR", "egypt": "EGY", "police": "KEN", "rebels": "KEN", "troops": "KEN",
    "minister": "KEN",
}  # fmt: skip


class WordParties:
    """Parties by the word alone, or by a nationality before it."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax

    def parties(self, sentence: int, token: int, *, place: bool = False) -> tuple[Party, ...]:
        here = self.syntax.tokens[token]
        for t in (here, *self.syntax.children(token, "amod", "compound", "poss")):
            if t.lower in CODES:
                if t is not here and here.lower not in CODES:
                    return ()
                return (Party(here.text, here.start, here.end, CODES[t.lower]),)
        return ()

    def party_within(self, sentence: int, token: int) -> tuple[Party, ...]:
        below = self.syntax.subtree(token)
        return tuple(p for i in below for p in self.parties(sentence, i))

    def is_surmised(self, party: Party) -> bool:
        return False

    def place_name(self, sentence: int, token: int) -> None:
        return None

    def place_names(self, sentence: int) -> tuple[PlaceName, ...]:
        return ()

    def all_place_names(self) -> tuple[PlaceName, ...]:
        return ()

    def is_political(self, sentence: int, token: int) -> bool:
        return bool(self.parties(sentence, token))


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], Syntax]:
    def parse_one(text: str) -> Syntax:
        return parser.parse([(0, 0, text)])[0]

    return parse_one


@pytest.fixture(scope="session")
def clauses(parse: Callable[[str], Syntax]) -> Callable[[str], Clauses]:
    words = {k: frozenset(v) for k, v in load_yaml(FRAMES / CLASSES, ClassFile).classes.items()}

    def clauses_of(text: str) -> Clauses:
        return Clauses(parse(text), words)

    return clauses_of
