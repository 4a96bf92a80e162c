"""Headline capitals hide verbs from a tagger; this takes them off where they carry nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.model import Span

_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_SHORT = 4  # letters; shorter words are lower case in headlines anyway
_SHARE = 0.7
_FEWEST = 4


def cased(text: str, names: Sequence[Span], offset: int = 0) -> str:
    """The sentence in sentence case if it is set like a headline ("Rebels Seize Key Town"), else as it is.

    Args:
        text: one sentence.
        names: body spans of known names, which keep their capitals.
        offset: the sentence's offset in the body.

    Returns:
        A string of the same length, so that offsets stay true.
    """
    words = list(_WORD.finditer(text))
    long = [w for w in words if len(w.group()) >= _SHORT]
    if len(long) < _FEWEST or sum(w.group()[0].isupper() for w in long) < _SHARE * len(long):
        return text
    letters = list(text)
    for n, word in enumerate(words):
        start, end = offset + word.start(), offset + word.end()
        if n == 0 or any(s < end and start < e for s, e in names) or word.group()[1:2].isupper():
            continue
        lower = word.group().lower()
        if len(lower) == len(word.group()):
            letters[word.start() : word.end()] = lower
    return "".join(letters)
