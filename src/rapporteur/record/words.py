"""Words as numbers, by which whole texts are compared: the same on every machine and in every run."""

from __future__ import annotations

import functools
import hashlib
import re

from rapporteur.knowledge.registry import fold

_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words of a text in order, lower case and without accents; numbers are words."""
    return _WORD.findall(fold(text).lower())


@functools.lru_cache(1 << 17)
def number_of(word: str) -> int:
    """A 64-bit number for a word."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
