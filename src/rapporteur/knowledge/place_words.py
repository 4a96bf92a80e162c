"""The words by which English says where something happened (``data/places/words.yaml``)."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from rapporteur.knowledge.files import compiled, load_yaml
from rapporteur.knowledge.places import PLACES

FILE = PLACES / "words.yaml"


class TakenUp(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Nouns that, made definite, take up a town, an area or a country named before."""

    town: frozenset[str]
    area: frozenset[str]
    country: frozenset[str]


class PlaceWords(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The whole file; the fields are explained there."""

    origin: str
    at: frozenset[str]
    to: frozenset[str]
    from_: frozenset[str] = msgspec.field(name="from")
    upon: frozenset[str]
    loose: frozenset[str]
    occasion: frozenset[str]
    driving: frozenset[str]
    falling: frozenset[str]
    nouns: frozenset[str]
    foreign: frozenset[str]
    taken_up: TakenUp
    parts: frozenset[str]
    gatherings: frozenset[str]
    saying: frozenset[str]
    travel: frozenset[str]
    never: frozenset[str]


@functools.cache
def place_words(path: Path = FILE) -> PlaceWords:
    """The table, from its compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("place-words", [path], PlaceWords, lambda: load_yaml(path, PlaceWords))
