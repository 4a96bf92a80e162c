"""Words as numbers, by which texts are compared: the same on every machine and in every run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import chain

from rapporteur.knowledge.registry import fold

_WORD = re.compile(r"[^\W_]+")
_KEPT = 200_000  # pieces


class Numbers(dict[str, tuple[int, ...]]):
    """The numbers of the words in a piece of text without spaces ("Oslo-based,"), each reckoned once.

    ``reckon`` gives them. Forgets all when it holds too many pieces, so that memory stays bounded.
    """

    def __init__(self, reckon: Callable[[str], tuple[int, ...]]) -> None:
        super().__init__()
        self._reckon = reckon

    def __missing__(self, piece: str) -> tuple[int, ...]:
        if len(self) >= _KEPT:
            self.clear()
        numbers = self[piece] = self._reckon(piece)
        return numbers

    def of(self, text: str) -> Iterator[int]:
        """The numbers of a text's words, in order."""
        return chain.from_iterable(map(self.__getitem__, text.split()))


def word_numbers(text: str) -> list[int]:
    """A 64-bit number for each word of the text, in order. Capitals and accents don't matter; numbers are words."""
    return list(_NUMBERS.of(text))


def _numbers(piece: str) -> tuple[int, ...]:
    return tuple(number_of(word) for word in _WORD.findall(fold(piece).lower()))


def number_of(word: str) -> int:
    """A 64-bit number for a word."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


_NUMBERS = Numbers(_numbers)
