"""What callers ask of a view, checked and put into the ledger's own terms."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from typing import get_args

import duckdb

from rapporteur.errors import AskError
from rapporteur.knowledge.ontology import Ontology
from rapporteur.knowledge.standing import KINDS
from rapporteur.model import MeasureStatus, TalksStatus
from rapporteur.record import panel
from rapporteur.record.actor_names import names, unknown
from rapporteur.record.days import day_asked
from rapporteur.record.query import Query

Day = str | date | None
_STATUSES = {
    "events": panel.STATUSES,
    "measures": get_args(MeasureStatus),
    "talks": get_args(TalksStatus),
}


def query_of(
    con: duckdb.DuckDBPyConnection,
    view: str,
    today: date,
    *,
    as_of: Day = None,
    known_by: Day = None,
    judged_by: Day = None,
    actor: str | Sequence[str] | None = None,
    with_: str | Sequence[str] | None = None,
    type: str | Sequence[str] | None = None,
    since: Day = None,
    until: Day = None,
    country: str | None = None,
    status: str | Sequence[str] | None = None,
    place: str | None = None,
    source: str | None = None,
    limit: int | None = None,
    after: str | None = None,
    rejected: bool = False,
    ids: str | Sequence[str] | None = None,
) -> Query:
    """The question (``Ledger.view`` says what its arguments mean).

    Raises:
        AskError: an argument can't be.
    """
    known, first, last = day_asked(known_by, "known_by"), day_asked(since, "since"), day_asked(until, "until")
    if first and last and first > last:
        raise AskError("since", f"{first} is behind until, {last}; turn them round")
    if limit is not None and limit < 0:
        raise AskError("limit", f"{limit} is no count of rows; valid: 0 and more")
    for name, value in (("place", place), ("source", source)):
        if value is not None and view != "events":
            raise AskError(name, f"{view} can't be narrowed by it; events can")
    return Query(
        as_of=day_asked(as_of, "as_of") or known or today,
        known_by=known,
        judged_by=day_asked(judged_by, "judged_by"),
        actors=_keys(con, actor, "actor"),
        partners=_keys(con, with_, "with"),
        types=_types(type, view),
        since=first,
        until=last,
        country=_country(country),
        statuses=_statuses(status, view),
        place=place,
        source=source,
        limit=limit,
        after=after,
        rejected=rejected,
        ids=None if ids is None else _several(ids),
    )


def _keys(con: duckdb.DuckDBPyConnection, actors: str | Sequence[str] | None, argument: str) -> tuple[str, ...]:
    keys: list[str] = []
    for actor in _several(actors):
        found = names().keys(actor) or _own_key(con, actor)
        if not found:
            raise unknown(argument, actor, names().nearest(actor))
        keys.extend(found)
    return tuple(dict.fromkeys(keys))


def _country(country: str | None) -> str | None:
    if country is None:
        return None
    found = names().country(country)
    if found is None:
        raise unknown("country", country, [n for n in names().nearest(country, 9) if names().country(n)][:3])
    return found


def _own_key(con: duckdb.DuckDBPyConnection, actor: str) -> tuple[str, ...]:
    """An id that no shipped file has, but that was read with a user's own actors and stands in the ledger."""
    met = con.execute(
        "SELECT 1 FROM reports WHERE list_contains(keys, $1) UNION ALL "
        "SELECT 1 FROM mentions WHERE list_contains(keys, $1) LIMIT 1",
        [actor],
    ).fetchall()
    return (actor,) if met else ()


def _several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _types(asked: str | Sequence[str] | None, view: str) -> tuple[str, ...]:
    """The types or kinds asked for.

    Raises:
        AskError: the view knows no such; names the nearest.
    """
    events, measures = tuple(Ontology.load().types), KINDS
    valid = {"events": events, "measures": measures, "articles": (*events, *measures)}.get(view)
    types = _several(asked)
    for unknown_one in [one for one in types if valid is not None and one not in valid]:
        near = difflib.get_close_matches(unknown_one.lower(), [one.lower() for one in valid or ()], 1)
        meant = "".join(f"; did you mean {one}?" for one in valid or () if one.lower() in near)
        raise AskError("type", f"{view} have no type '{unknown_one}'; valid: {', '.join(valid or ())}{meant}")
    return types


def _statuses(asked: str | Sequence[str] | None, view: str) -> tuple[str, ...]:
    """The statuses asked for.

    Raises:
        AskError: the view has no such status.
    """
    valid, statuses = _STATUSES.get(view, ()), _several(asked)
    for unknown_one in [one for one in statuses if one not in valid]:
        raise AskError("status", f"{view} have no status '{unknown_one}'; valid: {', '.join(valid) or 'none'}")
    return statuses
