"""A sentence's words as numbers: what two sentences have in common without keeping either."""

from __future__ import annotations

import functools
import hashlib
import re

from rapporteur.knowledge.merging import Merging

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_OWNER = re.compile(r"[’']s?$")


def hashed(text: str) -> list[int]:
    """The content words of ``text`` as 64-bit hashes, sorted, each once.

    Words are lower-cased, stop words and endings taken off; a figure is a word.
    """
    found = {_hash(word) for match in _WORD.finditer(text) if (word := _content(match[0].lower())) is not None}
    return sorted(found)


@functools.lru_cache(maxsize=65536)
def _content(word: str) -> str | None:
    """The comparable form of a lower-cased word, None of one that says nothing."""
    merging = Merging.load()
    bare = _OWNER.sub("", word)
    if not bare or bare in merging.stop_words or word in merging.stop_words:
        return None
    if bare.isdigit():
        return bare
    for ending in merging.endings:
        if bare.endswith(ending) and len(bare) - len(ending) >= merging.stem:
            return bare[: -len(ending)]
    return bare


@functools.lru_cache(maxsize=65536)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
