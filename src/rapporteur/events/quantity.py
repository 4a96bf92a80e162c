"""Numbers in English text: digits, numerals, ranges, bounds and vague numbers.

``min`` and ``max`` are inclusive bounds, None where open:

    five, about five, some 5     5      5
    at least five, five or more  5      None
    more than five               6      None
    up to 30, nearly 30          None   30
    fewer than 30                None   29
    between 20 and 30, 20-30     20     30
    dozens, several              24, 3  None
    tens of thousands            20000  None
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapporteur.knowledge.numbers import NumberWords, number_words

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
_SMALL = 1000  # "two to three million", but "900,000 to a million"
_MONEY = "$£€¥#."
_UNITS = re.compile(r"\s?(?:%|per ?cent\b|°)|[.,:/]\d|(?:st|nd|rd|th)\b|[A-Za-z]", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: offsets of all its words, its bounds (inclusive; None: open)."""

    start: int
    end: int
    min: int | None
    max: int | None


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, in order, none within another. Sums of money, percentages and ordinals are none."""
    out: list[Quantity] = []
    for match in _grammar().finditer(text):
        found = _quantity(match, text)
        if found is not None:
            out.append(found)
    return out


def number(words: str) -> int | None:
    """The value of a number written in digits or numerals ("2,000", "1.5 million", "twenty-five", "a hundred and
    six"), or None where it is none."""
    table = number_words()
    total = 0.0
    current: float | None = None
    for word in re.findall(r"[\d.,]*\d|[a-z]+", words.lower()):
        if word[0].isdigit():
            if current is not None:
                return None
            current = float(word.replace(",", ""))
        elif word in table.numerals:
            current = (current or 0) + table.numerals[word]
        elif word in table.scales:
            current = (1 if current is None else current) * table.scales[word]
            if table.scales[word] >= 1000:
                total, current = total + current, None
        elif word == "half":
            current = 0.5
        elif word not in ("a", "an", "and"):
            return None
    value = total + (current or 0)
    return round(value) if round(value, 6).is_integer() and (total or current is not None) else None


@functools.cache
def number_marks() -> frozenset[str]:
    """Lower-case words of which every number that is not written in digits has one at least."""
    words = number_words()
    phrases = (*words.numerals, *words.scales, *words.vague, *words.several, *words.exactly_two)
    return frozenset(part for phrase in phrases for part in phrase.split() if part not in ("a", "of"))


@functools.cache
def _grammar() -> re.Pattern[str]:
    """Bounds, range or number, and what follows, as one pattern. Words are matched whatever their case."""
    words = number_words()
    numeral = rf"(?:{_any(words.numerals)})"
    scale = rf"(?:{_any(words.scales)})"
    unit = rf"(?:{numeral}(?:[ -]{numeral})?)"
    great = rf"(?:(?:(?:an?|half an?|{unit})[ -])?{scale}(?: {scale})*)"  # "a hundred", "five thousand"
    spelled = rf"(?:{great}\b(?:(?: and | ){great}\b)*(?:(?: and | ){unit}\b)?|{unit}\b)"
    digits = rf"(?:(?:{_DIGITS})(?:[\s-](?:{scale})\b)*)"
    one = rf"(?:{digits}|{spelled})"
    vague = rf"(?:{_any(words.vague)})"
    several = rf"(?:(?:{_any(words.several)})(?: {scale}\b)?)"
    two = rf"(?:{_any(words.exactly_two)})(?: {scale}\b)?"
    bounds = "|".join(
        rf"(?P<{name}>(?:{_any(getattr(words, name))}))"
        for name in ("at_least", "more_than", "at_most", "less_than", "about")
    )
    span = (
        rf"(?:between (?P<from>{one}) and (?P<to>{one})|(?P<low>{one}) (?:to|or) (?P<high>{one})"
        rf"|(?P<least>{_DIGITS})\s?[-–—]\s?(?P<most>{digits}))"  # "twenty-five" is one number
    )
    what = rf"(?:{span}|(?P<vague>{vague})|(?P<several>{several})|(?P<two>{two})|(?P<one>{one}))"
    return re.compile(rf"(?<![\w,.:/-])(?:(?:{bounds}) )*?{what}(?P<more> or more| and more)?(?![\w])", re.I)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in sorted(words, key=lambda w: (-len(w), w)))


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    before, after = text[match.start() - 1 : match.start()], text[match.end() :]
    if before in tuple(_MONEY) or _UNITS.match(after):
        return None
    parts = match.groupdict()
    low, high = _range(parts)
    if low is None and high is None:
        return None
    low, high = _bounded(parts, low, high)
    return Quantity(match.start(), match.end(), low, high)


def _range(parts: dict[str, str | None]) -> tuple[int | None, int | None]:
    """Bounds of what is said without the words before it."""
    words = number_words()
    for first, last in (("from", "to"), ("low", "high"), ("least", "most")):
        if parts[first]:
            low, high = _pair(parts[first] or "", parts[last] or "")
            season = first == "least" and _pair(parts[last] or "", "0")[1] != high  # "2018-19"
            return (None, None) if season else (low, high)
    if parts["vague"]:
        return words.vague[_plain(parts["vague"])], None
    if parts["several"]:
        return _several(_plain(parts["several"]), words), None
    if parts["two"]:
        scale = _plain(parts["two"]).rsplit(" ", 1)[-1]
        pair = 2 * words.scales.get(scale, 1)
        return pair, pair
    value = number(parts["one"] or "")
    return value, value


def _pair(first: str, last: str) -> tuple[int | None, int | None]:
    """ "two to three million": a scale word after the second number holds for the first; the smaller one first."""
    low, high = number(first), number(last)
    if low is None or high is None:
        return None, None
    for scale, value in number_words().scales.items():
        if re.search(rf"\b{scale}\b", last, re.I) and low < _SMALL <= value:
            low *= value
    return min(low, high), max(low, high)


def _several(words: str, table: NumberWords) -> int:
    for text, least in table.several.items():
        if words.startswith(text):
            return least * table.scales.get(words.removeprefix(text).strip(), 1)
    return 1


def _bounded(parts: dict[str, str | None], low: int | None, high: int | None) -> tuple[int | None, int | None]:
    if parts["at_least"] or parts["more"]:
        return low, None
    if parts["more_than"]:
        return (low + 1 if low is not None and not parts["vague"] else low), None
    if parts["at_most"]:
        return None, high
    if parts["less_than"]:
        return None, high - 1 if high is not None else None
    return low, high


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").split())
