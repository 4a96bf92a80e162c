"""A folded text as its words, and what stands beside each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SENTENCE_END = frozenset(".!?:;\"'()[]”“–—|")


@dataclass(slots=True)
class Surroundings:
    """A folded text and its words; what stands beside a word."""

    text: str
    words: list[tuple[int, int]]
    _lines: dict[tuple[int, int], tuple[bool, bool]] = field(default_factory=dict)
    _vocabulary: frozenset[str] | None = None

    def word(self, i: int) -> str:
        """Word ``i``, or an empty string outside the text."""
        if 0 <= i < len(self.words):
            start, end = self.words[i]
            return self.text[start:end]
        return ""

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the next."""
        if 0 <= i < len(self.words) - 1:
            return self.text[self.words[i][1] : self.words[i + 1][0]]
        return "\n"

    def opens(self, i: int) -> bool:
        """Whether word ``i`` begins a sentence, a quotation or the text."""
        return i <= 0 or bool(_SENTENCE_END & set(self.gap(i - 1))) or "  " in self.gap(i - 1)

    def words_present(self) -> frozenset[str]:
        """All words of the text."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(self.text[s:e] for s, e in self.words)
        return self._vocabulary

    def has(self, cue: str) -> bool:
        """Whether a cue (one or more words) stands in the text."""
        if cue.isalnum():
            return cue in self.words_present()
        return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", self.text) is not None

    def in_capitals(self, at: int) -> bool:
        """Whether the words near ``at`` are all in capitals, as in a headline."""
        return self._line(at)[0]

    def in_headline(self, at: int) -> bool:
        """Whether most of the longer words near ``at`` are capitalised, as in a headline."""
        return self._line(at)[1]

    def _line(self, at: int) -> tuple[bool, bool]:
        span = max(self.text.rfind("  ", 0, at) + 2, at - 60), at + 60
        if span not in self._lines:
            near = re.findall(r"[^\W\d_]{2,}", self.text[span[0] : span[1]])[1:-1]
            long = [word for word in near if len(word) > 3]
            capitals = len(near) > 1 and sum(w.isupper() for w in near) >= 0.7 * len(near)
            headline = len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)
            self._lines[span] = capitals, headline
        return self._lines[span]
