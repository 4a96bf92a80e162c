"""The words of number and of what befalls those who are counted (``data/numbers.yaml``)."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "numbers.yaml"


class Befalling(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Lemmas of verbs and nouns, and adjectives, for one thing that befalls people."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    states: frozenset[str]


class NumberWords(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The whole file; the fields are explained there."""

    origin: str
    numerals: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    several: dict[str, int]
    exactly_two: list[str]
    at_least: list[str]
    more_than: list[str]
    at_most: list[str]
    less_than: list[str]
    about: list[str]
    killing: Befalling
    injuring: Befalling
    arresting: Befalling
    undergone: frozenset[str]
    leaving: frozenset[str]
    claiming: frozenset[str]
    lives: frozenset[str]
    mishaps: frozenset[str]
    uncounted: frozenset[str]


@functools.cache
def number_words(path: Path = FILE) -> NumberWords:
    """The table, from its compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("numbers", [path], NumberWords, lambda: load_yaml(path, NumberWords))
