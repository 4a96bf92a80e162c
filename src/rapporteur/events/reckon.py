"""What a time's words come to, reckoned from the article's date or from a date before them in the text.

Every expression is a period of days. Its value is the narrowest ISO date that holds the whole of it: a day, else its
month, else its year, else nothing.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rapporteur.events.timex import Expression
from rapporteur.knowledge.datewords import DateWords

_BACK = ("earlier", "the previous", "the preceding")
_SAME = ("the same", "that", "that same")


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included; ``stated``: nothing had to be reckoned."""

    first: date
    last: date
    stated: bool = False

    @property
    def value(self) -> str | None:
        """The narrowest ISO date, of day, month or year, that holds the period."""
        if self.first == self.last:
            return self.first.isoformat()
        if self.first.year != self.last.year:
            return None
        return self.first.isoformat()[: 7 if self.first.month == self.last.month else 4]


class Reckoner:
    """Reckons from ``base``, the article's date (None: unknown, so that only what is stated in full has a value)."""

    def __init__(self, words: DateWords, base: date | None) -> None:
        self._months = {name.lower(): n for n, forms in enumerate(words.months, 1) for name in forms}
        self._weekdays = {name.lower(): n for n, name in enumerate(words.weekdays)}
        self._words = words
        self._base = base

    def period(self, expression: Expression, ahead: bool = False, anchor: Period | None = None) -> Period | None:
        """The period, or None where the text doesn't tell.

        Args:
            expression: the words.
            ahead: what happens then was still to come.
            anchor: the last period that the text named before, for "two days later".
        """
        try:
            period = self._period(expression.rule, expression.parts, ahead, anchor)
            if period is None or expression.lead != "eve":
                return period
            return _of_day(period.first - timedelta(days=1)) if period.first == period.last else None
        except (ValueError, OverflowError):  # 31 April; 900 years ago
            return None

    def _period(self, rule: str, parts: dict[str, str], ahead: bool, anchor: Period | None) -> Period | None:
        if rule in ("iso", "day", "days", "days_of_months", "month", "months"):
            return self._in_months(parts, ahead)
        if rule in ("year", "years"):
            return self._years(parts)
        if rule == "season":
            return self._season(parts)
        if rule == "away":
            return self._away(parts, anchor)
        if rule == "weekday" and "the" in parts:
            return self._weekday_after(parts, anchor)
        return self._from_base(rule, parts, ahead) if self._base else None

    # -- months and years --------------------------------------------------------------------------------------

    def _in_months(self, parts: dict[str, str], ahead: bool) -> Period | None:
        month = self._month(parts["month"])
        month2 = self._month(parts.get("month2", parts["month"]))
        day = int(parts["day"]) if "day" in parts else None
        day2 = int(parts["day2"]) if "day2" in parts else day
        year = int(parts["year"]) if "year" in parts else None
        stated = year is not None
        if year is None:
            year = self._year_of(month2, day2, ahead, parts.get("mod"))
        if year is None:
            return None
        start_year = year - (month > month2)
        first = date(start_year, month, day or 1)
        last = date(year, month2, day2 or monthrange(year, month2)[1])
        return Period(first, last, stated) if first <= last else None

    def _month(self, name: str) -> int:
        return int(name) if name.isdigit() else self._months[name]

    def _year_of(self, month: int, day: int | None, ahead: bool, mod: str | None) -> int | None:
        """The last such month or day up to the article's; the next one for what is ahead."""
        if self._base is None:
            return None
        here, there = (self._base.month, self._base.day if day else 0), (month, day or 0)
        if mod == "next" or (ahead and mod != "last"):
            return self._base.year + (there < here or (mod == "next" and there == here))
        return self._base.year - (there > here or (mod == "last" and there == here))

    def _years(self, parts: dict[str, str]) -> Period | None:
        first = parts["year"]
        last = parts.get("year2", first)
        last = first[: 4 - len(last)] + last
        start, end = date(int(first), 1, 1), date(int(last), 12, 31)
        return Period(start, end, stated=True) if start <= end else None

    def _season(self, parts: dict[str, str]) -> Period | None:
        months = self._words.seasons[parts["season"]]
        if "year" in parts:  # a winter is called after either of its years
            year = int(parts["year"])
            return _of_months(year, *months, stated=True) if months[0] <= months[1] else None
        if self._base is None:
            return None
        seasons = [_of_months(self._base.year + n, *months) for n in (-2, -1, 0, 1)]
        if parts["mod"] == "next":
            return next((s for s in seasons if s.first > self._base), None)
        if parts["mod"] in ("last", "past"):
            return next((s for s in reversed(seasons) if s.last < self._base), None)
        return next((s for s in seasons if s.last >= self._base and s.first.year == self._base.year), None) or next(
            s for s in reversed(seasons) if s.last < self._base
        )

    # -- from the article's date -------------------------------------------------------------------------------

    def _from_base(self, rule: str, parts: dict[str, str], ahead: bool) -> Period | None:
        assert self._base is not None
        base = self._base
        if rule == "weekday":
            return _of_day(self._weekday(base, self._weekdays[parts["weekday"]], ahead, parts.get("mod")))
        if rule == "weekdays":
            last = self._weekday(base, self._weekdays[parts["weekday2"]], ahead, None)
            return Period(self._weekday(last, self._weekdays[parts["weekday"]], False, "last"), last)
        if rule == "days_off":
            return _of_day(base + timedelta(days=self._words.days[" ".join(parts["words"].split())]))
        if rule == "overnight":
            return Period(base - timedelta(days=1), base)
        if rule == "weekend":
            return _weekend(base, 0 if ahead or base.weekday() > 5 else -1)
        if rule == "unit":
            return self._unit(base, parts["unit"], parts["mod"])
        if rule == "within":
            return _shifted(Period(base, base), parts["unit"], 0)
        if rule == "end":
            return _shifted(Period(base, base), parts["unit"], 1 if "next" in parts else 0)
        if rule == "span":
            return _up_to(base, parts["unit"], self._number(parts["n"]))
        if rule == "ago":
            return _shifted(Period(base, base), parts["unit"], -self._number(parts["n"]))
        return None  # a decade has no ISO date

    def _weekday(self, base: date, day: int, ahead: bool, mod: str | None) -> date:
        """The last such day up to the article's own, or the next one; "last" and "next" leave out the article's."""
        if mod == "next" or (ahead and mod not in ("last", "past")):
            gap = (day - base.weekday()) % 7
            return base + timedelta(days=gap or (7 if mod == "next" else 0))
        gap = (base.weekday() - day) % 7
        return base - timedelta(days=gap or (7 if mod in ("last", "past") else 0))

    def _unit(self, base: date, unit: str, mod: str) -> Period | None:
        if mod == "past":
            return _up_to(base, unit, 1) if unit != "weekend" else _weekend(base, -1)
        step = {"last": -1, "this": 0, "next": 1}[mod]
        if unit == "weekend":
            return _weekend(base, step)
        return _shifted(Period(base, base), unit, step)

    # -- from a date before ------------------------------------------------------------------------------------

    def _away(self, parts: dict[str, str], anchor: Period | None) -> Period | None:
        if anchor is None:
            return None
        way = " ".join(parts["way"].split())
        step = 0 if way in _SAME else self._number(parts.get("n", "1"))
        return _shifted(anchor, parts["unit"], -step if way in _BACK else step)

    def _weekday_after(self, parts: dict[str, str], anchor: Period | None) -> Period | None:
        if anchor is None or anchor.first != anchor.last:
            return None
        ahead = "previous" not in parts["the"]
        mod = "next" if ahead else "last"
        return _of_day(self._weekday(anchor.first, self._weekdays[parts["weekday"]], ahead, mod))

    def _number(self, word: str) -> int:
        return int(word) if word.isdigit() else self._words.numbers[word]


def _of_day(day: date) -> Period:
    return Period(day, day)


def _of_months(year: int, first: int, last: int, stated: bool = False) -> Period:
    end_year = year + (last < first)
    return Period(date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1]), stated)


def _weekend(base: date, step: int) -> Period:
    saturday = base + timedelta(days=5 - base.weekday() + 7 * step)
    return Period(saturday, saturday + timedelta(days=1))


def _up_to(base: date, unit: str, count: int) -> Period | None:
    """So many days, weeks, months or years up to and including ``base``."""
    begun = _shifted(_of_day(base), unit, -count)
    return Period(base - timedelta(days=7 * count) if unit == "week" else begun.first, base) if begun else None


def _shifted(anchor: Period, unit: str, step: int) -> Period | None:
    """The day, week, month or year so many steps from the anchor's; None where the anchor is vaguer than that."""
    first, last = anchor.first, anchor.last
    if unit in ("day", "week"):
        if first != last:
            return None
        if unit == "day":
            return _of_day(first + timedelta(days=step))
        monday = first + timedelta(days=7 * step - first.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit == "month":
        if (first.year, first.month) != (last.year, last.month):
            return None
        months = first.year * 12 + first.month - 1 + step
        return _of_months(months // 12, months % 12 + 1, months % 12 + 1)
    if first.year != last.year:
        return None
    return _of_months(first.year + step, 1, 12)
