"""What reports tell of a state, put on the days on which they tell that it held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapporteur.model import MeasureStatus
from rapporteur.record.periods import first_day, last_day
from rapporteur.record.tellings import Measure, Telling

_RANK: dict[MeasureStatus, int] = {"threatened": 0, "in force": 1, "disputed": 2, "ended": 3}
_STANDING = ("in force", "disputed")


@dataclass(frozen=True, slots=True)
class Mark:
    """On ``day`` the measure had this status."""

    day: date
    status: MeasureStatus


def marks(tellings: Sequence[Telling[Measure]]) -> list[Mark]:
    """The marks that the mentions set, by day; on one day the status that tells most is last."""
    found = [mark for place, telling in enumerate(tellings) for mark in _marks(telling, tellings[place + 1 :])]
    return sorted(set(found), key=lambda mark: (mark.day, _RANK[mark.status]))


def state(found: Iterable[Mark], as_of: date) -> MeasureStatus | None:
    """The status on a day, None where no mark is set up to then.

    A threat starts nothing, and neither ends nor revives what has begun. An end holds, but may be disputed: a report
    that has the measure in force afterwards looks back (one that tells of it begun anew tells of another measure).
    """
    now: MeasureStatus | None = None
    for mark in found:
        if mark.day > as_of:
            break
        if now is None or mark.status in ("disputed", "ended") or (mark.status == "in force" and now != "ended"):
            now = mark.status
    return now


def bounds(telling: Telling[Measure]) -> tuple[date | None, date | None]:
    """The first day on which this mention alone has the measure stand, and the last on which it has it end."""
    found = marks([telling])
    stands = [mark.day for mark in found if mark.status in _STANDING]
    ends = [mark.day for mark in found if mark.status == "ended"]
    return min(stands, default=None), max(ends, default=None)


def _marks(telling: Telling[Measure], later: Sequence[Telling[Measure]]) -> list[Mark]:
    said, published = telling.said, telling.published
    begun = first_day(said.since.value) if said.since else None
    end = last_day(said.until.value) if said.until else None
    if said.status == "threatened":
        return [Mark(published, "threatened")]
    before = [Mark(begun, "in force")] if begun else []
    if said.status == "ended":
        over = min(end, published) if end else published
        return [*(mark for mark in before if mark.day <= over), Mark(over, "ended"), Mark(published, "ended")]
    if begun and begun > published:  # announced
        before.insert(0, Mark(published, "threatened"))
    else:
        before.append(Mark(published, said.status))
    if end and not any(_goes_on(after, end) for after in later):
        before.append(Mark(max(end + timedelta(1), published), "ended"))
    return before


def _goes_on(later: Telling[Measure], end: date) -> bool:
    """Does a later mention have the measure stand behind this end, or give it another?"""
    if later.said.status not in _STANDING:
        return False
    return later.said.until is not None or later.published > end
