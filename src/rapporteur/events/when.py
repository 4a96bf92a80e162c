"""When an act happened, as its sentence says it against the article's date.

Values are ISO dates of the precision stated: ``2024-07-01``, ``2023-10``, ``2018``. Weekdays and months without a year
mean the last one before the article (the next one for what is still to come), as wire style has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rapporteur.events.clause import Clauses
from rapporteur.model import EventDate, Status

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_SHORT = {m[:3]: n for n, m in enumerate(_MONTHS, 1)} | {"sept": 9} | {m: n for n, m in enumerate(_MONTHS, 1)}
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s{_YEAR}\b",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}\b",
        rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]?\d)",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH}\b",
        rf"\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id-?|[Uu]ntil|[Bb]y)\s{_MONTH}\b",
        rf"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Ee]arly|[Ll]ate)\s{_YEAR}\b",
        r"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
        r"\b(?P<relative>[Yy]esterday|[Tt]oday|[Tt]omorrow|(?:[Ll]ast|[Tt]his|[Nn]ext) (?:month|year))\b",
    )
)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    value: str


class Calendar:
    """The dates that one sentence states. ``published`` is the article's date (ISO, day precision) or None."""

    def __init__(self, body: str, clauses: Clauses, published: str | None) -> None:
        self._clauses = clauses
        self._base = _day(published)
        self._body = body

    def date_of(self, head: int, words: tuple[int, ...], status: Status) -> EventDate | None:
        """The date that belongs to the trigger's own clause, or None."""
        start, end = self._clauses.syntax.start, self._clauses.syntax.end
        mentions = self._mentions(self._body[start:end], start, status == "future")
        if not mentions:
            return None
        home = {self._clause_of(w) for w in (head, *words)} | {head}
        for mention in mentions:
            tokens = self._clauses.syntax.at(mention.start, mention.end)
            if tokens and any(self._clause_of(t) in home or self._clauses.tokens[t].head in words for t in tokens):
                return EventDate(mention.value, "stated")
        return None

    def _clause_of(self, i: int) -> int:
        token = self._clauses.tokens[i]
        while token.tag[:1] not in "VM" and token.head != token.i:
            token = self._clauses.tokens[token.head]
        return token.i

    def _mentions(self, text: str, offset: int, ahead: bool) -> list[_Mention]:
        out: list[_Mention] = []
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                if any(m.start < offset + match.end() and offset + match.start() < m.end for m in out):
                    continue
                value = self._value(match, ahead)
                if value:
                    out.append(_Mention(offset + match.start(), offset + match.end(), value))
        return sorted(out, key=lambda m: m.start)

    def _value(self, match: re.Match[str], ahead: bool) -> str | None:
        parts = match.groupdict()
        if parts.get("weekday"):
            return self._weekday(parts["weekday"].lower(), ahead)
        if parts.get("relative"):
            return self._relative(parts["relative"].lower())
        month = _SHORT[parts["month"].lower().rstrip(".")] if parts.get("month") else None
        year = int(parts["year"]) if parts.get("year") else None
        day = int(parts["day"]) if parts.get("day") else None
        if month is None:
            return str(year) if year else None
        if year is None:
            year = self._year_of(month, day, ahead or match.group().lower().startswith("next"))
        if year is None:
            return None
        if day is None:
            return f"{year:04d}-{month:02d}"
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return None

    def _year_of(self, month: int, day: int | None, ahead: bool) -> int | None:
        if self._base is None:
            return None
        here = (self._base.month, self._base.day if day else 0)
        there = (month, day or 0)
        if ahead:
            return self._base.year if there >= here else self._base.year + 1
        return self._base.year if there <= here else self._base.year - 1

    def _weekday(self, name: str, ahead: bool) -> str | None:
        if self._base is None:
            return None
        wanted = _DAYS.index(name)
        if ahead:
            return (self._base + timedelta(days=(wanted - self._base.weekday()) % 7)).isoformat()
        return (self._base - timedelta(days=(self._base.weekday() - wanted) % 7)).isoformat()

    def _relative(self, phrase: str) -> str | None:
        if self._base is None:
            return None
        if phrase in ("yesterday", "today", "tomorrow"):
            shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[phrase]
            return (self._base + timedelta(days=shift)).isoformat()
        step = {"last": -1, "this": 0, "next": 1}[phrase.split()[0]]
        if phrase.endswith("year"):
            return str(self._base.year + step)
        months = self._base.year * 12 + self._base.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value and len(value) == 10 else None
    except ValueError:
        return None
