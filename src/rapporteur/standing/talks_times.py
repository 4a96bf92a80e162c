"""When talks were held, are to be held, or are put off to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from rapporteur.events.clause import Clauses
from rapporteur.events.when import Calendar
from rapporteur.knowledge.datewords import DateWords
from rapporteur.knowledge.talks import TalksWords
from rapporteur.model import Article, When
from rapporteur.standing.talks_fate import Fated

_WEEK = timedelta(days=7)
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


class Times:
    """Reads one sentence."""

    def __init__(self, article: Article, clauses: Clauses, words: TalksWords, calendar: Calendar) -> None:
        self._body = article.body
        self._published = article.date.value
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._words = words
        self._calendar = calendar
        self._numbers = DateWords.load().numbers

    def date(self, n: int, top: int, fated: Fated) -> When | None:
        """When the talks of noun or verb ``n`` were or are to be; ``top`` heads its phrase; None where untold."""
        status: Literal["actual", "future"] = "future" if fated.mood == "future" else "actual"
        words = tuple(dict.fromkeys((n, top)))
        found = self._calendar.date_of(n, words, status)
        if found is None or found.value is None:
            verb = fated.verb
            direct = verb >= 0 and self._tokens[verb].tag[:1] == "V" and fated.role in ("o", "s", "in", "for", "verb")
            if direct and self._tokens[verb].lemma not in self._words.verbs.saying:
                found = self._calendar.date_of(verb, (verb,), status)
        if found is None or found.value is None:
            governed = fated.verb >= 0 and fated.role not in self._words.after
            return self._date_behind(fated.verb if governed else n, status)
        yearless = self._yearless(self._syntax.start, self._syntax.end, found.value)
        return When(
            self._to_come(found.value, status, yearless=yearless), "stated" if found.basis == "stated" else "inferred"
        )

    def _date_behind(self, i: int, status: str) -> When | None:
        """A time that only names and prepositions part from the word: "talks resume in Oslo on 3 May"."""
        for mention in self._calendar.mentions():
            between = [t for t in self._tokens if t.start > self._tokens[i].start and t.end <= mention.start]
            if mention.value is None or mention.start < self._tokens[i].end or len(between) > 6:
                continue
            if mention.lead != "until" and all(t.tag in ("IN", "NNP", "DT", "TO") for t in between):
                return When(self._to_come(mention.value, status, yearless=self._yearless(mention.start, mention.end,
                    mention.value)), mention.basis)  # fmt: skip
        return None

    def until(self, verb: int) -> str | None:
        """The day to which verb ``verb`` puts talks off ("adjourned until 3 May"), as an ISO date, or None."""
        below = self._syntax.subtree(verb)
        for mention in self._calendar.mentions():
            inside = any(mention.start <= self._tokens[i].start < mention.end for i in below if i > verb)
            bound = mention.lead == "until" or self._body[: mention.start].rstrip().endswith(" to")
            if inside and bound and mention.value is not None:
                yearless = self._yearless(mention.start, mention.end, mention.value)
                return self._to_come(mention.value, "future", yearless=yearless)
        return None

    def _yearless(self, start: int, end: int, value: str) -> bool:
        return value[:4] not in self._body[start:end]

    def before(self, prep: int, later: When) -> When | None:
        """The date of what was before ``later`` by the time that stands in front of a preposition: "a week | after".
        None where that is no count of days, weeks, months or years, or ``later`` isn't as precise."""
        unit = self._tokens[prep - 1] if prep else None
        if unit is None or unit.lemma not in {*_DAYS, *_MONTHS}:
            return None
        words = [t.lower for t in self._syntax.children(unit.i, "det", "nummod") if t.i < unit.i]
        count = next((n for w in words if (n := self._number(w)) is not None), None)
        if count is None:
            return None
        if unit.lemma in _DAYS:
            if len(later.value) != 10:
                return None
            day = date.fromisoformat(later.value) - timedelta(days=count * _DAYS[unit.lemma])
            return When(day.isoformat(), "inferred")
        year, month = int(later.value[:4]), later.value[5:7]
        if unit.lemma == "year":
            return When(str(year - count), "inferred")
        if not month:
            return None
        months = year * 12 + int(month) - 1 - count
        return When(f"{months // 12:04d}-{months % 12 + 1:02d}", "inferred")

    def _number(self, word: str) -> int | None:
        return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else self._numbers.get(word)

    def _to_come(self, value: str, status: str, *, yearless: bool = False) -> str:
        """The day of what is to come: a weekday reckoned back from a future act is next week's, a day of a month
        without a year (``yearless``) next year's."""
        published = self._published or ""
        if status != "future" or len(value) != 10 or len(published) != 10 or value >= published:
            return value
        try:
            day, today = date.fromisoformat(value), date.fromisoformat(published)
            if today - day < _WEEK:
                return (day + _WEEK).isoformat()
            return day.replace(year=day.year + 1).isoformat() if yearless else value
        except ValueError:  # 29 February
            return value
