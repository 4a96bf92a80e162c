"""What an article has spoken of so far: entries in text order, the country it is about at each point, known names.

Salience (``salience``) falls with each sentence and grows with repetition.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rapporteur.actors.referent import Referent

_FADING = 1.3
_REPEATED = 0.08
_REACH = 60
_BACK, _AHEAD = 0.6, 0.5
_LATER = 0.35
_HORIZON = 8
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase that denoted somebody: where, how prominently, whom. ``joint`` where several acted together."""

    start: int
    sentence: int
    weight: float
    referents: tuple[Referent, ...]
    joint: bool = False
    clause: int = -1
    subject: bool = False


@dataclass(slots=True)
class Discourse:
    """The entries of one article in text order, and the countries that its sentences name."""

    entries: list[Entry] = field(default_factory=list)
    countries: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    _starts: list[int] = field(default_factory=list)
    _counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _contexts: dict[int, list[tuple[str, float]]] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        """Add what a phrase denoted; phrases may come in any order within a sentence."""
        at = bisect_left(self._starts, entry.start)
        self._starts.insert(at, entry.start)
        self.entries.insert(at, entry)
        for referent in entry.referents:
            insort(self._counts[referent.key], entry.start)

    def before(self, start: int) -> Iterator[Entry]:
        """Entries before a body offset, latest first."""
        at = bisect_left(self._starts, start)
        for k in range(at - 1, max(-1, at - 1 - _REACH), -1):
            yield self.entries[k]

    def ranked(
        self,
        start: int,
        sentence: int,
        fits: Callable[[Referent], bool],
        reach: int = 4,
        barred: frozenset[str] = frozenset(),
    ) -> list[Referent]:
        """The referents that fit, named before ``start`` within ``reach`` sentences, most salient first, each once."""
        best: dict[str, tuple[float, int, Referent]] = {}
        for entry in self.before(start):
            distance = sentence - entry.sentence
            if distance > reach:
                break
            for referent in entry.referents:
                if referent.key in barred or not fits(referent):
                    continue
                repeats = min(5, bisect_left(self._counts[referent.key], start))
                score = round(entry.weight - _FADING * distance + _REPEATED * repeats, 6)
                known = best.get(referent.key)
                if known is None or score > known[0]:
                    best[referent.key] = (score, known[1] if known else entry.start, referent)
        return [r for _, _, r in sorted(best.values(), key=lambda item: (-item[0], -item[1]))]

    def name_country(self, sentence: int, code: str, weight: float) -> None:
        """Count a naming of a country in a sentence."""
        self.countries[sentence][code] += weight

    def speaks_of(self, sentence: int, code: str) -> bool:
        """Whether a country is named near a sentence, or anywhere before it."""
        return any(code in codes for other, codes in self.countries.items() if other <= sentence + _HORIZON)

    def context(self, sentence: int, *, sure: bool = False, barred: frozenset[str] = frozenset()) -> str | None:
        """The country that the text is about at a sentence: the one named most, near by, before rather than after.

        Args:
            sure: whether it must be (nearly) the only country that counts there, apart from those barred.
            barred: codes that it can't be.
        """
        if sentence not in self._contexts:
            self._contexts[sentence] = self._weighed(sentence)
        total = 0.0
        best: tuple[float, str] | None = None
        for code, score in self._contexts[sentence]:
            if code in barred:
                continue
            total += score
            best = best or (score, code)
        if best is None or (sure and best[0] < _SURE * total):
            return None
        return best[1]

    def context_among(self, sentence: int, codes: list[str]) -> str | None:
        """The one of some countries that the text is most about at a sentence; the first where it is about none."""
        self.context(sentence)
        return next((code for code, _ in self._contexts[sentence] if code in codes), codes[0])

    def _weighed(self, sentence: int) -> list[tuple[str, float]]:
        """Countries with their scores, best first."""
        scores: dict[str, float] = defaultdict(float)
        for distance in range(-_HORIZON, _HORIZON + 1):
            codes = self.countries.get(sentence + distance, {})
            factor = _BACK**-distance if distance <= 0 else _LATER * _AHEAD ** (distance - 1)
            for code, weight in codes.items():
                scores[code] += weight * factor
        return sorted(((c, round(s, 6)) for c, s in scores.items()), key=lambda item: (-item[1], item[0]))


def sentence_of(sentences: Sequence[tuple[int, int]], offset: int) -> int:
    """Index of the sentence that holds a body offset (the one before it where it lies between two)."""
    return max(0, bisect_left(sentences, (offset + 1, 0)) - 1)
