"""Who acts how much, when, with whom and where: small counts of events, for a look before a question.

All count events, each once however many reports tell of it, as a query chooses them (``report_choice``). A month is
that of the event's first day. For statistics see ``panel``, which says exactly what counts where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from rapporteur.knowledge.ontology import Ontology
from rapporteur.record import counting
from rapporteur.record.query import Query
from rapporteur.record.report_choice import Choice, choose, gather

_UNSPECIFIC = ("IGO", "NSA")  # codes that say what kind a party is, not which

#: Rows of the index that are chosen; a country stands in ``keys`` as a code and, where it is named itself, as its
#: registry id too: the code alone counts.
_KEYS = """
SELECT key, events FROM ({keys})
WHERE NOT starts_with(key, 'state:') AND NOT list_contains($unspecific, key) {wanted}
ORDER BY events DESC, key LIMIT $limit OFFSET $offset
"""
_EACH_KEY = "SELECT event, {once} AS once, unnest(keys) AS key FROM {rows} WHERE {where}"
_EACH_MONTH = (
    "SELECT event, {once} AS once, date_trunc('month', event_day)::DATE AS month, {type} AS type "
    "FROM {rows} WHERE {where}"
)
#: Where the actor acts, those whom it acts on; where it is acted on, those who do. What a party is called here is
#: settled as the wide rows are passed over: names and words of parties are never read.
_COUNTERPARTS = """
WITH chosen AS (SELECT event, report, reading, published, type FROM {rows} WHERE {where}),
parties AS (
    SELECT c.event, c.report, c.type, {parties_of_r}
    FROM chosen c JOIN reports r ON r.published = c.published AND r.report = c.report AND r.reading = c.reading
    WHERE c.report NOT IN (SELECT report FROM _recoded)
    UNION ALL
    SELECT c.event, c.report, c.type, {parties_of_k} FROM chosen c JOIN _recoded k ON k.report = c.report
),
told AS (
    SELECT p.* REPLACE (coalesce(t.value, p.type) AS type) FROM parties p LEFT JOIN _retyped t ON t.report = p.report
),
sides AS (
    SELECT event, type, true AS acts, unnest(recipients) AS key FROM told WHERE acts
    UNION ALL
    SELECT event, type, false, unnest(actors) FROM told WHERE undergoes
)
SELECT key, type, acts, count(DISTINCT event) AS events FROM sides
WHERE key IS NOT NULL AND NOT list_contains($own, key) GROUP BY ALL ORDER BY key, type, acts
"""
_PARTIES = (
    "{called_actors} AS actors, {called_recipients} AS recipients, "
    "list_has_any(flatten(list_transform({of}.actors, lambda p: [p.code, p.country, p.entity])), $own) AS acts, "
    "list_has_any(flatten(list_transform({of}.recipients, lambda p: [p.code, p.country, p.entity])), $own) AS undergoes"
)
_CALLED = (
    "list_transform({of}.{side}, lambda p: CASE WHEN NOT starts_with(p.entity, 'state:') THEN p.entity "
    "WHEN NOT list_contains($unspecific, p.code) THEN p.code END)"
)
_PLACES = """
WITH chosen AS (SELECT event, report, reading, published FROM {rows} WHERE {where})
SELECT r.place.name AS name, r.place.country AS country, round(r.place.lat, 3) AS lat, round(r.place.lon, 3) AS lon,
    count(DISTINCT c.event) AS events
FROM chosen c JOIN reports r ON r.published = c.published AND r.report = c.report AND r.reading = c.reading
WHERE r.place IS NOT NULL
GROUP BY ALL ORDER BY events DESC, name, country, lat, lon LIMIT $limit
"""
_PLACED = """
WITH chosen AS (SELECT event, report, reading, published FROM {rows} WHERE {where})
SELECT count(DISTINCT c.event) AS events, count(DISTINCT c.event) FILTER (r.place IS NOT NULL) AS told,
    count(DISTINCT c.event) FILTER (r.place.lat IS NOT NULL AND r.place.lon IS NOT NULL) AS on_map
FROM chosen c JOIN reports r ON r.published = c.published AND r.report = c.report AND r.reading = c.reading
"""


@dataclass(frozen=True, slots=True)
class Acting:
    """How many events a code or registry id is a party of."""

    key: str
    events: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Events of a month (``2025-01``) in one quad class (1 to 4)."""

    month: str
    quad: int
    events: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Whom an actor acts with: the other's key, and the events by who acts and whether they are cooperation.

    ``gives`` and ``gets`` are (cooperation, conflict): done by the actor to the other, and the other way round.
    """

    key: str
    gives: tuple[int, int]
    gets: tuple[int, int]

    @property
    def events(self) -> int:
        """All of them."""
        return sum(self.gives) + sum(self.gets)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many events were told of a place; ``lat`` and ``lon`` in degrees, None where the gazetteer has none."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    events: int


@dataclass(frozen=True, slots=True)
class Placed:
    """How many events there are, of how many a place is told, and of how many one whose position is known."""

    events: int
    told: int
    on_map: int


def acting(
    con: duckdb.DuckDBPyConnection, query: Query, *, keys: tuple[str, ...] | None = None, skip: int = 0
) -> list[Acting]:
    """Parties by number of events, most first; ``query.limit`` of them from behind the first ``skip``.

    Args:
        con: an open ledger.
        query: which events count.
        keys: only these parties; None: all.
        skip: how many to pass over.
    """
    wanted = "" if keys is None else "AND list_contains($wanted, key)"
    values = {"unspecific": list(_UNSPECIFIC), "limit": _limit(query), "offset": skip}
    if keys is not None:
        values["wanted"] = list(keys)
    choice = choose(con, query)
    sql = _KEYS.format(keys=_each(con, choice, _EACH_KEY, "key"), wanted=wanted)
    return [Acting(*row) for row in con.execute(sql, choice.values | values).fetchall()]


def months(con: duckdb.DuckDBPyConnection, query: Query) -> list[MonthCount]:
    """Events a month and quad class, the earlier first; what is none is left out."""
    return _months(con, choose(con, query))


def months_done(con: duckdb.DuckDBPyConnection, query: Query) -> tuple[list[MonthCount], int]:
    """``months`` of the events that a report tells as done, and how many of those chosen are left out so."""
    choice = choose(con, query)
    counting.settle(con, choice)
    count = f"SELECT count(DISTINCT event), count(DISTINCT event) FILTER (status = 'actual') FROM {choice.rows}"
    every, done = con.execute(f"{count} WHERE {choice.where}", choice.values).fetchall()[0]
    choice.test("status = 'actual'")
    return _months(con, choice), every - done


def _months(con: duckdb.DuckDBPyConnection, choice: Choice) -> list[MonthCount]:
    quads = _quads()
    counts: dict[tuple[str, int], int] = {}
    sql = _each(con, choice, _EACH_MONTH, "month, type")
    for day, type, events in con.execute(sql, choice.values).fetchall():
        month = day.strftime("%Y-%m")
        counts[month, quads[type]] = counts.get((month, quads[type]), 0) + events
    return [MonthCount(month, quad, events) for (month, quad), events in sorted(counts.items())]


def counterparts(con: duckdb.DuckDBPyConnection, query: Query) -> list[Counterpart]:
    """Whom the query's actors act on and who acts on them, most events first; ``query.limit`` of them."""
    quads = _quads()
    found: dict[str, dict[bool, list[int]]] = {}
    values = {"own": list(query.actors), "unspecific": list(_UNSPECIFIC)}
    sql = _COUNTERPARTS
    for of in "rk":
        called = {f"called_{side}": _CALLED.format(of=of, side=side) for side in ("actors", "recipients")}
        sql = sql.replace(f"{{parties_of_{of}}}", _PARTIES.format(of=of, **called))
    for key, type, acts, events in _asked(con, choose(con, query), sql, values):
        sides = found.setdefault(key, {True: [0, 0], False: [0, 0]})
        sides[acts][quads[type] > 2] += events
    all_of_them = [
        Counterpart(key, (sides[True][0], sides[True][1]), (sides[False][0], sides[False][1]))
        for key, sides in found.items()
    ]
    return sorted(all_of_them, key=lambda one: (-one.events, one.key))[: _limit(query)]


def places(con: duckdb.DuckDBPyConnection, query: Query) -> list[PlaceCount]:
    """Places by number of events, most first; ``query.limit`` of them."""
    return [PlaceCount(*row) for row in _asked(con, choose(con, query), _PLACES, {"limit": _limit(query)})]


def placed(con: duckdb.DuckDBPyConnection, query: Query) -> Placed:
    """How many events there are, and how many of them stand in ``places``; ``query.limit`` is of no matter."""
    return Placed(*_asked(con, choose(con, query), _PLACED, {})[0])


def _each(con: duckdb.DuckDBPyConnection, choice: Choice, rows: str, values: str) -> str:
    """SQL of the events that have each of the values that ``rows`` selects."""
    counting.settle(con, choice)
    parts = {"once": counting.ONCE, "type": choice.type_now, "rows": choice.rows, "where": choice.where}
    return counting.counted(values, rows.format(**parts))


def _asked(con: duckdb.DuckDBPyConnection, choice: Choice, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    gather(con, choice)
    return con.execute(sql.format(rows=choice.rows, where=choice.where), choice.values | values).fetchall()


def _limit(query: Query) -> int:
    return 1 << 31 if query.limit is None else query.limit


def _quads() -> dict[str, int]:
    """The quad class of each event type."""
    return {name: type.quad for name, type in Ontology.load().types.items()}
