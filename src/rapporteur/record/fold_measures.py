"""Mentions of one measure, folded into the measure as it is on a day. Pure functions; ``docs/record.md`` says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rapporteur.knowledge.folding import folding
from rapporteur.model import MeasureStatus, Party, When
from rapporteur.record.fold_parties import united
from rapporteur.record.periods import first_day, last_day, within
from rapporteur.record.tellings import Measure, Telling
from rapporteur.record.timeline import Mark, marks, state

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure on a day (CONTRACT: *measure*), without its id and reports."""

    kind: str
    imposers: tuple[Party, ...]
    targets: tuple[Party, ...]
    object: str | None
    through: str | None
    since: When | None
    until: str | None
    ends_when: str | None
    status: MeasureStatus


def fold_measure(tellings: Sequence[Telling[Measure]], as_of: date, kind: str | None = None) -> MeasureState:
    """The measure on ``as_of``, by mentions in their order (at least one).

    Args:
        tellings: all that tell of it, also those published behind ``as_of``: they may date its onset and its end.
        as_of: the day of the world.
        kind: the kind that a person has judged it to be.
    """
    said = [telling.said for telling in tellings]
    kind = kind or _most_told(measure.kind for measure in said) or said[0].kind
    since = onset(tellings)
    found = marks(tellings)
    return MeasureState(
        kind,
        united(measure.imposers for measure in said),
        united((measure.targets for measure in said), persons=folding().measures.identity[kind] == "person"),
        _longest(measure.object for measure in said if measure.kind == kind)
        or _longest(measure.object for measure in said),
        _most_told(measure.through for measure in said),
        since,
        _end(tellings),
        _last(tellings, as_of, lambda measure: measure.ends_when),
        state(found, as_of) or _before(found, since),
    )


def stood(tellings: Sequence[Telling[Measure]], since: date | None, until: date | None, as_of: date) -> bool:
    """Did the measure stand on a day from ``since`` to ``until``, as far as is known on ``as_of``?"""
    found = marks(tellings)
    first = since or date.min
    last = min(until or as_of, as_of)
    if first > last:
        return False
    standing = ("in force", "disputed")
    if state(found, first) in standing:
        return True
    return any(mark.status in standing and first <= mark.day <= last for mark in found)


def onset(tellings: Iterable[Telling[Measure]]) -> When | None:
    """The onset: the earliest that mentions give as their own, or else the earliest report that it begins with.

    An onset behind a report that has the measure in force already is passed over. Of onsets that may be one day, told
    more or less precisely, the most precise is given.
    """
    tellings = list(tellings)
    given = [t.said.since for t in tellings if t.said.since and first_day(t.said.since.value)]
    standing = [t.published for t in tellings if t.said.status in ("in force", "disputed") and not _begins(t)]
    known = min(standing, default=date.max)
    fitting = [when for when in given if (first_day(when.value) or date.max) <= known]
    own = [when for when in fitting if when.basis != "report"] or fitting
    if not own:
        return None
    earliest = min(own, key=lambda when: (when.value[:4], last_day(when.value) or date.max, -len(when.value)))
    outer = min((when for when in own if within(earliest.value, when.value)), key=lambda when: len(when.value))
    inner = [when for when in own if within(when.value, outer.value)]
    return max(inner, key=lambda when: (len(when.value), when.basis == "stated", -_ordinal(when.value)))


def _begins(telling: Telling[Measure]) -> bool:
    return telling.said.since is not None and telling.said.since.basis != "report"


def _ordinal(value: str) -> int:
    day = first_day(value)
    return day.toordinal() if day else 0


def _end(tellings: Sequence[Telling[Measure]]) -> str | None:
    """The end by the latest mention that gives one; None where a later one has the measure stand behind it."""
    end: str | None = None
    for telling in tellings:
        if telling.said.until:
            end = telling.said.until.value
        elif end and telling.said.status in ("in force", "disputed"):
            over = last_day(end)
            end = None if over and telling.published > over else end
    return end


def _before(found: Sequence[Mark], since: When | None) -> MeasureStatus:
    """The status on a day of which no report tells yet."""
    if since or found[0].status == "threatened":
        return "threatened"
    return "disputed" if found[0].status == "disputed" else "in force"


def _last(tellings: Sequence[Telling[Measure]], as_of: date, of: Callable[[Measure], str | None]) -> str | None:
    """What the latest mention published by ``as_of`` gives, or, where none does, the earliest behind it."""
    known = [value for t in tellings if t.published <= as_of and (value := of(t.said))]
    later = [value for t in tellings if t.published > as_of and (value := of(t.said))]
    return known[-1] if known else (later[0] if later else None)


def _longest(texts: Iterable[str | None]) -> str | None:
    return max((text for text in texts if text), key=len, default=None)


def _most_told(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None
