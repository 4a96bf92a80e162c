"""A sentence's words as numbers: what two sentences have in common without keeping either."""

from __future__ import annotations

import re

from rapporteur.knowledge.merging import Merging
from rapporteur.record.words import Numbers, number_of

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_OWNER = re.compile(r"[’']s?$")


def hashed(text: str) -> list[int]:
    """The content words of ``text`` as 64-bit hashes, sorted, each once.

    Words are lower-cased, stop words and endings taken off; a figure is a word.
    """
    return sorted(set(_NUMBERS.of(text)))


def _numbers(piece: str) -> tuple[int, ...]:
    """The numbers of the words in a piece of text without spaces, but for those that say nothing."""
    return tuple(number_of(bare) for word in _WORD.findall(piece) if (bare := _content(word.lower())) is not None)


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


_NUMBERS = Numbers(_numbers)
