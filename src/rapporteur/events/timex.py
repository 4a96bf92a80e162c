"""The words in a text that name a time, by a small grammar; what they come to is ``reckon``'s affair.

    day        = MONTH D [, YEAR] | D MONTH [YEAR] | YEAR-MM-DD | WEEKDAY [night] | yesterday | last night ...
    days       = D (to|and|-) D MONTH [YEAR] | MONTH D (to|and|-) D [, YEAR] | overnight
               | WEEKDAY (to|and|or) WEEKDAY | D MONTH (to|and|-) D MONTH [YEAR] | MONTH D (to|and|-) MONTH D [, YEAR]
    month      = MONTH [of] [YEAR]         months = MONTH (to|and) MONTH [YEAR]
    year       = YEAR                      years  = YEAR (to|and|-) YEAR | the 1990s
    season     = SEASON [of] YEAR | (this|last|next) SEASON
    unit       = (this|last|next) (week|weekend|month|year) | the weekend
               | the end of (the|this|next) (week|month|year) | (earlier|later) in the (week|month|year)
    span       = the past N (days|weeks|months|years)
    ago        = N (days|weeks|months|years) ago
    away       = N (days|weeks|months|years) (earlier|later) | the (same|next|following|previous) (day|week|month|year)

Offsets are into the text given, end exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapporteur.knowledge.datewords import DateWords

Lead = Literal["at", "since", "until", "eve"]

_RANGES = ("days", "days_of_months", "months", "years", "weekdays")
_UNIT = r"(?P<unit>day|week|month|year)"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9]|,[0-9]{3}|[.][0-9]|s\b)"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9]|[:.,][0-9])"
_DAY2 = _DAY.replace("<day>", "<day2>")
_TO = r"(?:\s?[-–—]\s?|\s(?:to|and|through|until|till|or)\s(?:the\s)?)"
_PART = r"(?:\s(?:morning|afternoon|evening|night))?"
_MOD = r"(?:(?P<mod>(?i:last|this|next|past))\s)"
_SOFT = r"(?:(?i:early|late|mid)[\s-](?i:in\s)?)?"


@dataclass(frozen=True, slots=True)
class Expression:
    """A time's words. ``rule`` is the grammar's; ``parts`` the words that fill it, lower case; ``lead`` tells whether
    they name when something was, from when, until when, or the day whose eve is meant; ``loose``: neither preposition
    nor modifier makes sure that a time is meant ("the 2012 law")."""

    start: int
    end: int
    rule: str
    parts: dict[str, str]
    lead: Lead
    loose: bool


class Grammar:
    """Finds expressions; compiled once from the words of dates."""

    def __init__(self, words: DateWords) -> None:
        self._rules = tuple((rule, re.compile(pattern)) for rule, pattern in _rules(words))
        part = rf"early|late|mid|end|start|beginning|middle|{_any(list(words.seasons))}"
        soft = rf"(?:the\s)?(?:(?:{part})(?:\sin|\sof)?[\s-])?"
        self._until = re.compile(rf"\b(?:{_any(words.bounds)})\s{soft}$", re.I)
        self._since = re.compile(rf"\b(?:{_any(words.starts)})\s{soft}$", re.I)
        self._eve = re.compile(r"\beve\sof\s(?:the\s)?$", re.I)
        self._sure = re.compile(
            r"\b(?:in|on|since|of|from|during|throughout|around|about|early|late|mid|last|next|this|and|between|back|"
            rf"{_any(words.bounds)})[\s-]$",
            re.I,
        )

    def expressions(self, text: str) -> list[Expression]:
        """All that don't overlap, in text order; where two do, the rule that stands first in the grammar wins."""
        out: list[Expression] = []
        for rule, pattern in self._rules:
            for match in pattern.finditer(text):
                if not any(e.start < match.end() and match.start() < e.end for e in out):
                    out.append(self._expression(rule, match, text))
        return sorted(out, key=lambda e: e.start)

    def _expression(self, rule: str, match: re.Match[str], text: str) -> Expression:
        before = text[max(0, match.start() - 40) : match.start()]
        parts = {name: value.lower() for name, value in match.groupdict().items() if value}
        loose = rule in ("month", "year") and "mod" not in parts and not self._sure.search(before)
        return Expression(match.start(), match.end(), rule, parts, self._lead(before, rule), loose)

    def _lead(self, before: str, rule: str) -> Lead:
        if self._eve.search(before):
            return "eve"
        if self._until.search(before) and rule != "end":
            return "until"
        ranged = rule in _RANGES  # "from 3 to 5 May" is no open beginning
        return "since" if self._since.search(before) and not ranged else "at"


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar over the shipped words."""
    return Grammar(DateWords.load())


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


def _rules(words: DateWords) -> list[tuple[str, str]]:
    names = [name for forms in words.months for name in forms]
    month = rf"(?P<month>(?:{_any(names)})(?<=[a-z.])(?![a-z]))"
    month2 = month.replace("<month>", "<month2>")
    season = rf"(?P<season>(?i:{_any(list(words.seasons))}))"
    number = rf"(?P<n>(?i:{_any(list(words.numbers))})|[0-9]{{1,3}})"
    weekday = rf"(?P<weekday>{_any(words.weekdays)})"
    weekday2 = weekday.replace("<weekday>", "<weekday2>")
    the = r"(?P<the>(?i:the\s(?:following|next|previous))\s)"
    same = r"(?P<way>the\ssame|the\snext|the\sfollowing|the\sprevious|the\spreceding|that(?:\ssame)?)"
    return [
        ("iso", r"\b(?P<year>(?:19|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9])"),
        ("days", rf"\b{_DAY}{_TO}{_DAY2}\s(?:of\s)?{month}(?:,?\s{_YEAR})?"),
        ("days_of_months", rf"\b{_DAY}\s(?:of\s)?{month}{_TO}{_DAY2}\s(?:of\s)?{month2}(?:,?\s{_YEAR})?"),
        ("days_of_months", rf"\b{month}\s{_DAY}{_TO}{month2}\s{_DAY2}(?:,?\s{_YEAR})?"),
        ("days", rf"\b{month}\s{_DAY}{_TO}{_DAY2}(?:,?\s{_YEAR})?"),
        ("day", rf"\b{month}\s{_DAY}(?:,?\s{_YEAR})?"),
        ("day", rf"\b{_DAY}\s(?:of\s)?{month}(?:,?\s{_YEAR})?"),
        ("months", rf"\b{month}{_TO}{month2}(?:,?\s(?:of\s)?{_YEAR})?"),
        ("month", rf"\b{_MOD}?{_SOFT}{month}(?:,?\s(?:of\s)?{_YEAR})?"),
        ("years", rf"\b{_YEAR}{_TO}(?P<year2>(?:19|20)?[0-9]{{2}})(?![0-9])"),
        ("decade", r"\b(?:the\s)?(?:(?:19|20)[0-9]0|[’']?[0-9]0)s\b"),
        ("season", rf"\b{season}\s(?:of\s)?{_YEAR}"),
        ("season", rf"\b{_MOD}{season}\b"),
        ("weekdays", rf"\b{weekday}{_PART}{_TO}{_SOFT}{weekday2}\b{_PART}"),
        ("weekday", rf"\b(?:{_MOD}|{the})?{weekday}\b{_PART}"),
        ("days_off", rf"\b(?P<words>(?i:{_any(list(words.days))}))\b"),
        ("overnight", r"\b(?i:overnight)\b"),
        ("end", rf"\b(?i:end\sof\s(?:(?:the|this|(?P<next>next))\s){_UNIT})\b"),
        ("span", rf"\b(?i:past|last)\s{number}\s(?i:{_UNIT}s)\b"),
        ("unit", rf"\b{_MOD}(?P<unit>(?i:weekend|week|month|year))\b(?!-)"),
        ("within", r"\b(?i:(?:earlier|later)\sin\sthe\s(?P<unit>week|month|year))\b"),
        ("weekend", r"\b(?i:the\sweekend)\b"),
        ("ago", rf"\b{number}\s(?i:{_UNIT}s?)\s(?i:ago)\b"),
        ("away", rf"\b{number}\s(?i:{_UNIT}s?)\s(?P<way>(?i:earlier|later|afterwards?))\b"),
        ("away", rf"\b(?i:{same}\s{_UNIT})\b"),
        ("year", rf"\b{_YEAR}\b"),
    ]  # fmt: skip
