"""Words as numbers, by which texts are compared: the same on every machine and in every run."""

from __future__ import annotations

import functools
import hashlib
import re

from rapporteur.knowledge.record_words import RecordWords, record_words
from rapporteur.knowledge.registry import fold

_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words of a text in order, lower case and without accents; numbers are words."""
    return _WORD.findall(fold(text).lower())


def content_words(text: str) -> list[int]:
    """The text's content words (``record/words.yaml``) as 64-bit hashes, sorted, each once."""
    return sorted({number for word in tokens(text) if (number := _content(word)) is not None})


@functools.lru_cache(1 << 17)
def number_of(word: str) -> int:
    """A 64-bit number for a word."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


@functools.lru_cache(1 << 17)
def _content(word: str) -> int | None:
    rules: RecordWords = record_words()
    if word.isdigit():
        return number_of(word)
    if len(word) < rules.shortest or word in rules.stop:
        return None
    return number_of(word[: rules.stem])
