"""A sentence's words as numbers: what two sentences have in common without keeping either."""

from __future__ import annotations

import hashlib
import re

from rapporteur.knowledge.merging import Merging
from rapporteur.record.words import Numbers

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_OWNER = re.compile(r"[’']s?$")


def hashed(text: str) -> list[int]:
    """The content words of ``text`` as 64-bit hashes, sorted, each once.

    Words are lower-cased, stop words and endings taken off; a figure is a word.
    """
    found = set(map(_NUMBERS.__getitem__, _WORD.findall(text)))
    found.discard(None)
    return sorted(found)  # type: ignore[arg-type]  # the one None is out


def _number(word: str) -> int | None:
    """The number of a word as it stands, None of one that says nothing."""
    bare = _content(word.lower())
    if bare is None:
        return None
    return int.from_bytes(hashlib.blake2b(bare.encode(), digest_size=8).digest(), "big")


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


_NUMBERS = Numbers(_number)
