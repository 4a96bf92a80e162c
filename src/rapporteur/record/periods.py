"""ISO dates of any precision as periods of days."""

from __future__ import annotations

import calendar
from datetime import date

_MONTH, _DAY = 7, 10  # lengths of "2018-05" and "2018-05-08"


def first_day(value: str) -> date | None:
    """The first day of ``2018``, ``2018-05`` or ``2018-05-08``; None where the text is no such date."""
    parts = _parts(value)
    return None if parts is None else _day(parts[0], parts[1] or 1, parts[2] or 1)


def last_day(value: str) -> date | None:
    """The last day of it; None where the text is no such date."""
    parts = _parts(value)
    if parts is None:
        return None
    year, month = parts[0], parts[1] or 12
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    return _day(year, month, parts[2] or calendar.monthrange(year, month)[1])


def within(inner: str, outer: str) -> bool:
    """Does the period ``outer`` hold ``inner``, so that ``inner`` may be the same day told more precisely?"""
    return inner.startswith(outer)


def gap(one: str, other: str) -> int | None:
    """Days between two periods: 0 where they touch, None where one of them is no date."""
    days = first_day(one), last_day(one), first_day(other), last_day(other)
    if None in days:
        return None
    first, last, other_first, other_last = (day.toordinal() for day in days if day)
    return max(0, other_first - last, first - other_last)


def _parts(value: str) -> tuple[int, int | None, int | None] | None:
    if len(value) not in (4, _MONTH, _DAY):
        return None
    pieces = value.split("-")
    if not all(piece.isdecimal() for piece in pieces):
        return None
    year, month, day = [*map(int, pieces), None, None][:3]
    return None if year is None else (year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
