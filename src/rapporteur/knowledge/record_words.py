"""By which words sentences are compared in the ledger: ``record/words.yaml``."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "record" / "words.yaml"


class RecordWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``stem``: letters by which a word counts; ``shortest``: letters of the shortest word that counts; ``stop``:
    words that don't."""

    origin: str
    stem: int
    shortest: int
    stop: frozenset[str]


@functools.cache
def record_words(path: Path = FILE) -> RecordWords:
    """The table, from its compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("record-words", [path], RecordWords, lambda: _checked(path))


def _checked(path: Path) -> RecordWords:
    words = load_yaml(path, RecordWords)
    if words.stem < 1 or words.shortest < 1:
        raise KnowledgeError(str(path), 0, "`stem` and `shortest` are counts of letters; valid: 1 and more")
    return words
