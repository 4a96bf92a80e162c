"""Days, months and hours as whole numbers that rules can compare, and the counting of terms.

A time is ``day * 1441 + rest``: ``day`` is the proleptic ordinal of ``datetime.date``, ``rest`` is 0 for a day without
an hour, else the minute of the day in UTC plus one. Days are compared as days; hours only where both sides have one.
The solver's numbers are 32 bits wide, which holds until the year 4079; times are taken from 1800 to 3799 (``FIRST``,
``LAST``), so that counting from them stays within. ``OPEN`` is later than any time.

Months are counted to the day of the same number, or the month's last day where it has none (for the Union's acts,
Regulation (EEC, Euratom) 1182/71 Art. 3; treaties are read so in practice).
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

OPEN = 2_000_000_000
_SLOTS = 1441
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z", re.ASCII)
FIRST, LAST = date(1800, 1, 1), date(3799, 12, 31)


def parse(text: str) -> int:
    """The time that a day, a month, a year (each from its first day) or an instant in UTC stands for.

    Raises:
        ValueError: it is none of them.
    """
    match = _DAY.fullmatch(text)
    if match:
        year, month, day = (int(part) if part else 1 for part in match.groups())
        return of_day(_within(date(year, month, day)))
    if not _INSTANT.fullmatch(text):
        raise ValueError(text)
    moment = datetime.fromisoformat(text).astimezone(UTC)
    _within(moment.date())
    return moment.toordinal() * _SLOTS + 1 + moment.hour * 60 + moment.minute


def of_day(day: date) -> int:
    """The time of a day without an hour."""
    return day.toordinal() * _SLOTS


def _within(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise ValueError(f"{day} lies outside {FIRST.year} to {LAST.year}")
    return day


def day_of(time: int) -> date:
    """The day (in UTC) of a time."""
    return date.fromordinal(time // _SLOTS)


def has_hour(time: int) -> bool:
    """Does the time say an hour?"""
    return time % _SLOTS != 0


def day_text(time: int) -> str | None:
    """The day as ISO text; None for ``OPEN``."""
    return None if time >= OPEN else day_of(time).isoformat()


def text(time: int) -> str | None:
    """The time as ISO text: a day, or an instant in UTC; None for ``OPEN``."""
    if time >= OPEN or not has_hour(time):
        return day_text(time)
    return instant(time)


def instant(time: int) -> str:
    """The instant in UTC; of a day without an hour, its first."""
    minutes = max(0, time % _SLOTS - 1)
    return f"{day_of(time).isoformat()}T{minutes // 60:02d}:{minutes % 60:02d}:00Z"


def at_minute(time: int, minute: int) -> int:
    """That minute (UTC) of the time's day."""
    return time // _SLOTS * _SLOTS + 1 + minute


def not_after(one: int, other: int) -> bool:
    """Is ``one`` at or before ``other``? By the day, and by the hour where both have one."""
    if one // _SLOTS != other // _SLOTS or not (has_hour(one) and has_hour(other)):
        return one // _SLOTS <= other // _SLOTS
    return one <= other


def is_over(end: int, now: int) -> bool:
    """Has the time up to ``end`` run out at ``now``? A day runs out with its end; an hour when it strikes.

    ``now`` without an hour is that day's end.
    """
    if end >= OPEN:
        return False
    return not_after(end, now) if has_hour(end) else end // _SLOTS < now // _SLOTS


def shift(time: int, number: int, unit: str) -> int:
    """The day that lies ``number`` of ``unit`` (``days``, ``months``, ``years``) after the time's day."""
    if time >= OPEN:
        return OPEN
    day = day_of(time)
    if unit == "days":
        return of_day(day + timedelta(days=number))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return of_day(date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])))


def days_between(start: int, end: int) -> int:
    """Whole days from the day of ``start`` to the day of ``end``."""
    return end // _SLOTS - start // _SLOTS
