"""Mentions of one series of talks, folded into the series as it is on a day. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapporteur.model import NextRound, Party, TalksStatus, When
from rapporteur.record.aspects import stems
from rapporteur.record.days import period
from rapporteur.record.fold_parties import united
from rapporteur.record.periods import first_day, last_day, within
from rapporteur.record.tellings import Talks, Telling, Words

#: Of several statuses that are told on one day, the one of the highest rank holds.
_RANK: dict[TalksStatus, int] = {"planned": 0, "concluded": 1, "under way": 2, "suspended": 3, "failed": 4}


@dataclass(frozen=True, slots=True)
class RoundState:
    """One round, with the ids of the mentions that tell of it."""

    date: When | None
    place: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalksState:
    """A series of talks on a day (CONTRACT: *talks*), without its id and reports."""

    participants: tuple[Party, ...]
    subject: str | None
    place: str | None
    rounds: tuple[RoundState, ...]
    next: NextRound | None
    status: TalksStatus
    agreed: tuple[str, ...]
    called: tuple[tuple[Words, str], ...]


def fold_talks(tellings: Sequence[Telling[Talks]], as_of: date) -> TalksState:
    """The series on ``as_of``, by mentions in their order (at least one).

    Each of ``called`` comes with the id of the mention that has it.
    """
    said = [telling.said for telling in tellings]
    rounds = _rounds(tellings, as_of)
    status = _status(tellings, as_of, rounds)
    places = Counter(talks.place for talks in said if talks.place)
    return TalksState(
        united(talks.participants for talks in said),
        max((talks.subject for talks in said if talks.subject), key=len, default=None),
        places.most_common(1)[0][0] if places else next((r.place for r in rounds if r.place), None),
        rounds,
        None if status in ("concluded", "failed") else _next(tellings, as_of, rounds),
        status,
        tuple(dict.fromkeys(talks.agreed for talks in said if talks.agreed)),
        _called(tellings),
    )


def held(telling: Telling[Talks]) -> tuple[date, date]:
    """The first and last day on which a round may have been held by this mention; that of the report where undated."""
    days = [days for r in telling.said.rounds if r.date and (days := period(r.date.value))]
    return (
        min((first for first, _ in days), default=telling.published),
        max((last for _, last in days), default=telling.published),
    )


@dataclass(slots=True)
class _Open:
    """A round that is being put together; ``values``: its dates by what they say, as first told."""

    values: dict[str, When] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)

    def holds(self, when: When, place: str | None) -> bool:
        value = when.value
        for other in self.values:
            if not (within(value, other) or within(other, value)):
                return False
        return not place or not self.places or any(stems(place) & stems(other) for other in self.places)

    @property
    def date(self) -> When:
        return next(iter(self.values.values()))

    def add(self, when: When, place: str | None, mention: str) -> None:
        self.values.setdefault(when.value, when)
        self.mentions.add(mention)
        if place:
            self.places.append(place)


def _rounds(tellings: Sequence[Telling[Talks]], as_of: date) -> tuple[RoundState, ...]:
    """The rounds held by ``as_of``, by date.

    Dates of which one may be the other, told less precisely, are one round; the more precise are looked at first.
    Undated rounds are one, and only where no round is dated.
    """
    told = [(round, telling.id) for telling in tellings for round in telling.said.rounds]
    dated = [(round.date, round.place, id) for round, id in told if round.date and _by(round.date, as_of)]
    found: dict[str, list[_Open]] = {}  # by the year: rounds of two years are never one
    for when, place, id in sorted(dated, key=lambda told: -len(told[0].value)):
        rounds = found.setdefault(when.value[:4], [])
        round = next((r for r in rounds if r.holds(when, place)), None)
        if round is None:
            round = _Open()
            rounds.append(round)
        round.add(when, place, id)
    states = [
        RoundState(r.date, r.places[0] if r.places else None, tuple(sorted(r.mentions)))
        for rounds in found.values()
        for r in rounds
    ]
    if states:
        return tuple(sorted(states, key=lambda r: (r.date.value if r.date else "", r.place or "")))
    undated = sorted({id for round, id in told if not round.date})
    if not undated or min(t.published for t in tellings if t.id in undated) > as_of:
        return ()
    return (RoundState(None, next((round.place for round, _ in told if round.place), None), tuple(undated)),)


def _by(when: When, as_of: date) -> bool:
    day = first_day(when.value)
    return day is not None and day <= as_of


def _next(tellings: Sequence[Telling[Talks]], as_of: date, rounds: Sequence[RoundState]) -> NextRound | None:
    """The round to come, by the latest mention of one; None once its day has passed or a round was held since."""
    known = [telling for telling in tellings if telling.published <= as_of and telling.said.next]
    if not known:
        return None
    following = known[-1].said.next
    assert following is not None
    day = last_day(following.date) if following.date else None
    if day is not None:
        return following if day >= as_of else None
    held = [first for r in rounds if r.date and (first := first_day(r.date.value))]
    return None if max(held, default=date.min) > known[-1].published else following


def _status(tellings: Sequence[Telling[Talks]], as_of: date, rounds: Sequence[RoundState]) -> TalksStatus:
    """The status by the mentions of the latest day that is not behind ``as_of``; talks of which a round was held are
    no longer planned."""
    known = [telling for telling in tellings if telling.published <= as_of]
    if not known:
        return "under way" if rounds else "planned"
    latest = [telling.said.status for telling in known if telling.published == known[-1].published]
    status = max(latest, key=lambda status: _RANK[status])
    begun = bool(rounds) or any(telling.said.status in ("under way", "suspended") for telling in known)
    return "under way" if status == "planned" and begun else status


def _called(tellings: Iterable[Telling[Talks]]) -> tuple[tuple[Words, str], ...]:
    """How each side calls the talks, each of its words once."""
    found: dict[tuple[str | None, str], tuple[Words, str]] = {}
    for telling in tellings:
        for called in telling.said.called:
            by = (called.by.entity or called.by.code or called.by.text) if called.by else None
            found.setdefault((by, called.words), (called, telling.id))
    return tuple(found.values())
