"""What a view is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the ledger. Days are inclusive.

    Attributes:
        as_of: the day of the world at which states are told.
        known_by: only reports published up to then count; None: all.
        judged_by: only judgements made up to then count; None: all.
        actors, partners: keys (codes and registry ids) of which one must be a party (``partners``: of another party).
        types: event types, or kinds of measures.
        since, until: only what happened, stood or was held from and to these days.
        country: alpha-3 of a party or of the place.
        statuses: of events as a report tells them, of measures and talks as they are told of ``as_of``.
        place: name of the place of an event, any case.
        source: words that stand in the name of a report's source or outlet, any case; of events.
        rejected: with the rows that were judged wrong.
        ids: only the rows of these ids, and those that rows of these ids have since become part of; None: all.
        limit, after: at most so many rows, from behind the row of this id, in the view's order.
    """

    as_of: date
    known_by: date | None = None
    judged_by: date | None = None
    actors: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    country: str | None = None
    statuses: tuple[str, ...] = ()
    place: str | None = None
    source: str | None = None
    limit: int | None = None
    after: str | None = None
    rejected: bool = False
    ids: tuple[str, ...] | None = None
