"""Parties and days in words."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.institutions import times
from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.institution_words import sentences

_PARLIAMENT = "-parliament"


def party(code: str) -> str:
    """The name of a state or organ as it stands in a sentence ("the United States"); an unknown code as it is."""
    words = sentences()
    if code.endswith(_PARLIAMENT):
        return words.parliament.format(party(code.removesuffix(_PARLIAMENT)))
    if code in words.names:
        return words.names[code]
    countries = country_codes()
    return countries.country(code).name if code in countries else code


def day(time: int, *, month: bool = False) -> str:
    """A time as ``28 September 2025``, with the hour (UTC) if it has one; of a month only ``September 2025``."""
    date = times.day_of(time)
    name = f"{sentences().months[date.month - 1]} {date.year}"
    if month:
        return name
    hour = f", {times.instant(time)[11:16]} UTC" if times.has_hour(time) else ""
    return f"{date.day} {name}{hour}"


def joined(texts: Sequence[str]) -> str:
    """A list in words: ``A``, ``A and B``, ``A, B and C``."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
