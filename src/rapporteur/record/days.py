"""Days of the calendar from dates of whatever precision."""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterable
from datetime import date, datetime

from rapporteur.errors import AskError

_FEW_DAYS = 200  # that a query names one by one; to plan one with a thousand takes longer than to scan all
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@functools.lru_cache(1 << 14)
def period(value: str | None) -> tuple[date, date] | None:
    """The first and last day of an ISO date (``2024``, ``2024-05``, ``2024-05-01``); None for what is none."""
    match = _DATE.fullmatch(value or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return (date(year, 1, 1), date(year, 12, 31)) if year else None
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def day_asked(value: str | date | None, argument: str) -> date | None:
    """A day that a caller gives, None where he gives none.

    Raises:
        AskError: it is no day of the calendar; names ``argument``.
    """
    if value is None or isinstance(value, datetime):
        return value.date() if value is not None else None
    if isinstance(value, date):
        return value
    found = period(value) if isinstance(value, str) and len(value) == 10 else None
    if found is None:
        raise AskError(argument, f"{value!r} is no day of the calendar; write it as 2025-01-31")
    return found[0]


def on_days(column: str, days: Iterable[date]) -> str:
    """SQL that tests a column for these days, written out: so a scan passes over other days without reading the rest of
    their rows. Of very many days it tests the bounds alone."""
    wanted = sorted(set(days))
    if not wanted:
        return "false"
    if len(wanted) > _FEW_DAYS:
        return f"{column} BETWEEN DATE '{wanted[0].isoformat()}' AND DATE '{wanted[-1].isoformat()}'"
    written = ", ".join(f"DATE '{day.isoformat()}'" for day in wanted)
    return f"{column} IN ({written})"
