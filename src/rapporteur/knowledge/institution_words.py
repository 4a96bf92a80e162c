"""Sentences in which answers about institutions explain themselves: ``data/institution-sentences.yaml``."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "institution-sentences.yaml"


class Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates by step, in the order of telling; words for closed values; names of actors; months;
    what may be done, what not, and what would follow."""

    origin: str
    steps: dict[str, str]
    words: dict[str, str]
    names: dict[str, str]
    parliament: str
    months: tuple[str, ...]
    moves: dict[str, str]
    refusals: dict[str, str]
    consequences: dict[str, str]


@functools.cache
def sentences(path: Path = FILE) -> Sentences:
    """The sentences, from their compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("institution-sentences", [path], Sentences, lambda: load_yaml(path, Sentences))
