"""Dates as pages and documents write them, to ISO dates of just the precision that is written.

``03/07/2024`` can be read two ways, so only its year is known; ``13/07/2024`` and ``3.7.2024`` are plain. Relative
dates ("2 hours ago") say nothing without knowing when the page was saved, and give nothing.
"""

from __future__ import annotations

import datetime
import re

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # fmt: skip  # noqa: E501
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WRITTEN = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"(?<![a-z]){_MONTH}\s*{_DAY}\s*(?:,\s*|\s+){_YEAR}"),
    re.compile(rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"),
    re.compile(rf"(?<!\d){_DAY}-{_MONTH}-{_YEAR}"),
    re.compile(rf"(?<!\d){_YEAR}/(?P<number>[01]?\d)/(?P<day>[0-3]?\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>[0-3]?\d)\.(?P<number>[01]?\d)\.{_YEAR}"),
    re.compile(rf"(?<!\d)(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)/{_YEAR}"),
    re.compile(rf"(?<![a-z])(?<!\d )(?<!\dth ){_MONTH},?\s+{_YEAR}(?!\d)"),
)
_URL = (
    re.compile(rf"/{_YEAR}[/-](?P<number>[01]?\d)[/-](?P<day>[0-3]?\d)(?:[/_?#.-]|$)"),
    re.compile(rf"/{_YEAR}/{_MONTH}/(?P<day>[0-3]?\d)(?:/|$)"),
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?:[/_?#.-]|$)"),
    re.compile(rf"/{_YEAR}[/-](?P<number>[01]\d)/"),
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:?\d\d\S*(?: ?[A-Z+-]\S*)?)?)?)?")


def iso_date(value: str) -> str | None:
    """``value`` where it is ``2024-08-01``, ``2023-10`` or ``2018``, less a time after a full date; else None."""
    match = _ISO.fullmatch(value.strip())
    if not match:
        return None
    year, month, day = match.groups()
    return _checked(int(year), month and int(month), day and int(day))


def written_date(text: str) -> tuple[str, int, int] | None:
    """The first date with a year that ``text`` writes: its ISO form and where it stands, else None."""
    lower = text.lower()
    found = [(m.start(), i, m) for i, pattern in enumerate(_WRITTEN) for m in pattern.finditer(lower)]
    for _, _, match in sorted(found, key=lambda f: f[:2]):
        value = _of(match)
        if value and text[match.start()] != "m":  # "may 2019" is a verb and a number
            return value, match.start(), match.end()
    return None


def url_date(url: str) -> str | None:
    """The date in an address's path (``/2024/08/01/``, ``/2024/aug/01/``, ``-20240801``, ``/2024/08/``), else None."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url.lower())
    for pattern in _URL:
        match = pattern.search(path)
        value = match and _of(match)
        if value:
            return value
    return None


def _of(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        return _day_and_month(year, int(parts["first"]), int(parts["second"]))
    month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
    return _checked(year, month, int(parts["day"]) if parts.get("day") else None)


def _day_and_month(year: int, first: int, second: int) -> str | None:
    if first > 12 or first == second:
        return _checked(year, second, first)
    if second > 12:
        return _checked(year, first, second)
    return str(year)


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def _checked(year: int, month: int | str | None, day: int | str | None) -> str | None:
    try:
        date = datetime.date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 10 if day is not None else 7 if month is not None else 4]
