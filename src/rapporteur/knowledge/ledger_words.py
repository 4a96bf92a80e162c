"""Phrases by which the rules from a ledger to an institution's facts know a move: ``data/ledger-words.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "ledger-words.yaml"


class LedgerWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Named ``lists`` of phrases, ``{name}`` in a file's ``ledger`` rules; ``origin``: where they come from."""

    origin: str
    lists: dict[str, tuple[str, ...]]


def ledger_words(path: Path = FILE) -> LedgerWords:
    """The phrases; the shipped ones are loaded once.

    Raises:
        KnowledgeError: the file is wrong; with its line.
    """
    return _shipped() if path == FILE else _read(path)


@lru_cache(maxsize=1)
def _shipped() -> LedgerWords:
    return compiled("ledger-words", [FILE], LedgerWords, lambda: _read(FILE))


def _read(path: Path) -> LedgerWords:
    read = load_yaml(path, LedgerWords)
    for name, phrases in read.lists.items():
        if not phrases or any(not any(c.isalnum() for c in phrase) for phrase in phrases):
            raise KnowledgeError(str(path), 0, f"list `{name}` must have phrases with letters, and no empty one")
    return read
