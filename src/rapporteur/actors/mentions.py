"""Names of the registry in a text: where each stands and which entity it means on the date.

Matching is by words, longest first, and minds capitals; a line all of capitals is matched in capitals. What a name
means where it is ambiguous (a surname, ``Georgia``, ``Congress``, ``May``) is judged in ``actors.naming``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapporteur.actors.naming import Candidate, Judge
from rapporteur.actors.surroundings import Surroundings
from rapporteur.knowledge.registry import Form, Registry, fold

_WORD = re.compile(r"[^\W_]+")
_MAY_END = ".+)"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name found in a text.

    Attributes:
        start, end: offsets into the text plus the offset handed to ``find``; a possessive ``'s`` is outside.
        text: the words as they stand.
        form: kind of form (``knowledge.registry.FORM_KINDS``).
        entities: registry ids, best first.
    """

    start: int
    end: int
    text: str
    form: str
    entities: tuple[str, ...]


class NameFinder:
    """Finds the registry's names: longest match at word boundaries, never overlapping."""

    def __init__(self, registry: Registry) -> None:
        self._table = registry.table
        self._judge = Judge(registry)
        self._capitals: tuple[dict[str, str], dict[str, set[int]]] | None = None

    def find(self, text: str, offset: int = 0, date: str | None = None) -> list[NameMention]:
        """Mentions in text order.

        Args:
            text: best a whole article: a full name anywhere in it tells what a bare surname elsewhere means, and its
                other words tell Georgia from Georgia.
            offset: added to every ``start`` and ``end``.
            date: the article's date (ISO, any precision), by which offices are told; None: not known.
        """
        around = Surroundings(fold(text), [(m.start(), m.end()) for m in _WORD.finditer(fold(text))])
        named = self._judge.choose(self._candidates(around), around, date)
        return [NameMention(offset + n.start, offset + n.end, text[n.start : n.end], n.form, n.entities) for n in named]

    def _candidates(self, around: Surroundings) -> list[Candidate]:
        """The longest form at each word, left to right, none within another."""
        text, words, starts = around.text, around.words, self._table.starts
        found: list[Candidate] = []
        i, n = 0, len(words)
        while i < n:
            start, end = words[i]
            word = text[start:end]
            lengths = starts.get(word)
            match = self._longest(around, i, lengths) if lengths else None
            if match is None and word.isupper() and end - start > 2:
                match = self._in_capitals(around, i)
            if match is None or self._runs_on(around, match):
                i += 1
                continue
            found.append(match)
            i = match.last + 1
        return found

    def _runs_on(self, around: Surroundings, match: Candidate) -> bool:
        """Whether the form's last word begins a longer one: "the West" in "the West Bank"."""
        if match.last == match.first:
            return False
        lengths = self._table.starts.get(around.word(match.last))
        longer = self._longest(around, match.last, lengths) if lengths else None
        return longer is not None and longer.last > match.last

    def _longest(self, around: Surroundings, i: int, lengths: tuple[int, ...]) -> Candidate | None:
        text, words, forms = around.text, around.words, self._table.forms
        start = words[i][0]
        for length in lengths:
            last = i + length - 1
            if last >= len(words):
                continue
            end = words[last][1]
            if text[end : end + 1] in _MAY_END and end < len(text):
                known = forms.get(text[start : end + 1])
                if known:
                    return Candidate(start, end + 1, i, last, known)
            known = forms.get(text[start:end])
            if known:
                return Candidate(start, end, i, last, known)
        return None

    def _in_capitals(self, around: Surroundings, i: int) -> Candidate | None:
        """A name written all in capitals; outside a line of capitals only a name or surname of four letters or more."""
        upper, lengths = self._capitals or self._make_capitals()
        text, words = around.text, around.words
        start = words[i][0]
        for length in sorted(lengths.get(text[start : words[i][1]], ()), reverse=True):
            last = i + length - 1
            if last >= len(words):
                continue
            end = words[last][1]
            known = upper.get(text[start:end])
            if known is None:
                continue
            forms = self._table.forms[known]
            if not around.in_capitals(start):
                forms = tuple(f for f in forms if f.kind in ("name", "surname")) if end - start > 3 else ()
            if forms:
                return Candidate(start, end, i, last, forms)
        return None

    def _make_capitals(self) -> tuple[dict[str, str], dict[str, set[int]]]:
        upper: dict[str, str] = {}
        lengths: dict[str, set[int]] = {}
        for text, forms in self._table.forms.items():
            if text.isupper() or not _in_capitals_too(forms):
                continue
            upper.setdefault(text.upper(), text)
            words = _WORD.findall(text)
            lengths.setdefault(words[0].upper(), set()).add(len(words))
        self._capitals = upper, lengths
        return self._capitals


def _in_capitals_too(forms: tuple[Form, ...]) -> bool:
    return forms[0].text[0].isupper() or len(forms[0].text) > 8
