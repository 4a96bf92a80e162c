"""Periods of days that dates of whatever precision stand for, compared."""

from __future__ import annotations

from datetime import date

from rapporteur.record.days import period


def first_day(value: str) -> date | None:
    """The first day of ``2018``, ``2018-05`` or ``2018-05-08``; None where the text is no such date."""
    days = period(value)
    return days[0] if days else None


def last_day(value: str) -> date | None:
    """The last day of it; None where the text is no such date."""
    days = period(value)
    return days[1] if days else None


def within(inner: str, outer: str) -> bool:
    """Does the period ``outer`` hold ``inner``, so that ``inner`` may be the same day told more precisely?"""
    return inner.startswith(outer)


def gap(one: str, other: str) -> int | None:
    """Days between two periods: 0 where they touch, None where one of them is no date."""
    mine, others = period(one), period(other)
    if mine is None or others is None:
        return None
    return max(0, (others[0] - mine[1]).days, (mine[0] - others[1]).days)
