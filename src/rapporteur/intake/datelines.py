"""The dateline that opens a story: ``GENEVA, July 3 (Reuters) - ``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.intake.dates import written_date
from rapporteur.intake.wording import agency_named, agency_within, wording

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*[A-ZÀ-ÖØ-Þ.](?:[ /](?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*|de|la|al|el))*"
_MIXED = r"[A-ZÀ-ÖØ-Þ][\w.'’-]+(?: [A-ZÀ-ÖØ-Þ][\w.'’-]+){0,3}"
_DAY = r"(?:(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)"
_STAMP = r"(?:\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?(?: [A-Z]{2,4})?)? )?"
_SOURCE = r"\((?P<source>[^()]{2,50})\)"
_DASH = r"\s*(?:—|–|--|-|―)\s+|\s*(?:—|–|--|―)\s*"
_FORMS = (
    # GENEVA, Switzerland, July 3, 2024 (Reuters) -
    re.compile(rf"{_STAMP}(?P<place>{_CAPITALS}(?:, {_MIXED}){{0,2}}?)(?:,? {_DAY})?(?:\s?{_SOURCE})?(?:{_DASH})"),
    # Geneva, July 3 (Reuters) -
    re.compile(rf"{_STAMP}(?P<place>{_MIXED}(?:, {_MIXED})?)(?:, {_DAY})?\s?{_SOURCE}(?:{_DASH})"),
    # SEOUL:
    re.compile(r"(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+(?:[ /][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+){0,2}):\s+(?=[A-Z\"“'‘])"),
    # (Reuters) -
    re.compile(rf"{_SOURCE}(?:{_DASH})"),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says. ``end`` is the offset at which the story's own words begin; ``date`` is an ISO date, given
    only when the dateline carries a year; ``agency`` is a news agency's canonical name."""

    end: int
    place: str | None
    agency: str | None
    date: str | None


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the start of ``text``, else None.

    A place must stand in capitals, or be followed by a source in brackets; brackets alone must name an agency or an
    outlet in capitals. ``UPDATE:`` and the like are no places.
    """
    head = text[:160]
    for form in _FORMS:
        match = form.match(head)
        if match and _plausible(match):
            source = match.groupdict().get("source")
            date = written_date(match.group())
            return Dateline(match.end(), _place(match), _agency(source), date[0] if date else None)
    return None


def story_start(body: str) -> int:
    """Offset at which an article's own words begin: behind its dateline, 0 where it has none."""
    dateline = find_dateline(body)
    return dateline.end if dateline else 0


def opening_dateline(paragraphs: Sequence[str]) -> Dateline | None:
    """A story's dateline. ``SEOUL:`` is none where another paragraph opens in that way, too: those are speakers."""
    dateline = find_dateline(paragraphs[0]) if paragraphs else None
    if dateline and _is_colon(paragraphs[0], dateline):
        others = ((text, find_dateline(text)) for text in paragraphs[1:])
        if any(other and _is_colon(text, other) for text, other in others):
            return None
    return dateline


def _is_colon(text: str, dateline: Dateline) -> bool:
    return text[: dateline.end].rstrip().endswith(":")


def _plausible(match: re.Match[str]) -> bool:
    place, source = match.groupdict().get("place"), match.groupdict().get("source")
    if place is None:
        return source is not None and (_agency(source) is not None or source.isupper())
    if place.upper() in wording().not_places or agency_named(place):
        return False
    if place.split(",")[0].isupper() or source is None:
        return len(place.split(",")[0]) > 2
    return _agency(source) is not None or source.isupper()


def _place(match: re.Match[str]) -> str | None:
    place = match.groupdict().get("place")
    if not place:
        return None
    return " ".join(_titled(word) for word in place.strip().split(" "))


def _titled(word: str) -> str:
    """``GENEVA`` as ``Geneva``; abbreviations with points (``N.H.``) and mixed case stay."""
    if not word.isupper() or "." in word[:-1]:
        return word
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize() if len(m.group()) > 1 else m.group(), word)


def _agency(source: str | None) -> str | None:
    if not source:
        return None
    return agency_named(source) or agency_within(source)
