"""Words as numbers, by which texts are compared: the same on every machine and in every run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from rapporteur.knowledge.registry import fold

_WORD = re.compile(r"[^\W_]+")
_KEPT = 200_000  # words


class Numbers(dict[str, int | None]):
    """The numbers of words, each reckoned once; forgets all when it holds too many, so that memory stays bounded."""

    def __init__(self, reckon: Callable[[str], int | None]) -> None:
        super().__init__()
        self._reckon = reckon

    def __missing__(self, word: str) -> int | None:
        if len(self) >= _KEPT:
            self.clear()
        number = self[word] = self._reckon(word)
        return number


def tokens(text: str) -> list[str]:
    """The words of a text in order, lower case and without accents; numbers are words."""
    return _WORD.findall(fold(text).lower())


def numbers_of(words: Iterable[str], count: int) -> npt.NDArray[np.uint64]:
    """A 64-bit number for each of the ``count`` words."""
    return np.fromiter(map(_NUMBERS.__getitem__, words), np.uint64, count)


def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


_NUMBERS = Numbers(_number)
