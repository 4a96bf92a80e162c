"""How many events a query chooses, by what they could be narrowed with, and by month.

An event counts under every value that one of the reports chosen gives it: two reports that call one act by different
types count it under both, as the view gives it to whoever asks for either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from rapporteur.record import counting
from rapporteur.record.query import Query
from rapporteur.record.report_choice import Choice, choose

#: Values of a facet that are told; the rest is few and can be asked for by name.
MOST = 12
_MATCHING = """
CREATE OR REPLACE TEMP TABLE _matching AS
SELECT CASE WHEN NOT once THEN event END AS event, once, type, status, country, first_day
FROM (SELECT event, {once} AS once, {type} AS type, status, country, first_day FROM {rows} WHERE {where})
"""
_ACTORS = """
SELECT key, events FROM ({counted})
WHERE key NOT IN ('IGO', 'NSA') AND NOT starts_with(key, 'state:') ORDER BY events DESC, key LIMIT {most}
"""
_MONTHS = """
SELECT month, type, sum(n)::BIGINT AS n FROM (
    SELECT date_trunc('month', first_day)::DATE AS month, type, count(*) AS n FROM _matching WHERE once GROUP BY ALL
    UNION ALL
    SELECT month, type, count(*) FROM (
        SELECT event, type, date_trunc('month', min(first_day))::DATE AS month
        FROM _matching WHERE NOT once GROUP BY event, type
    ) GROUP BY ALL
) GROUP BY ALL ORDER BY month, type
"""


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of events.

    Attributes:
        total: events.
        types, statuses, countries, actors: (value, events), most first; the latter two the ``MOST`` frequent. Countries
            are those of the place; actors are codes of countries, or registry ids of others.
        months: (first day of the month, type, events), in order; of a vague date the month in which it begins.
    """

    total: int
    types: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    actors: tuple[tuple[str, int], ...]
    months: tuple[tuple[date, str, int], ...]


def facets(con: duckdb.DuckDBPyConnection, query: Query) -> Facets:
    """Count the events that ``query`` chooses; ``limit`` and ``after`` are of no matter."""
    choice = choose(con, query)
    counting.settle(con, choice)
    parts = {"once": counting.ONCE, "type": choice.type_now, "rows": choice.rows, "where": choice.where}
    con.execute(_MATCHING.format(**parts), choice.values)
    return Facets(
        total=con.execute("SELECT count(*) FILTER (once) + count(DISTINCT event) FROM _matching").fetchall()[0][0],
        types=_counts(con, "type"),
        statuses=_counts(con, "status"),
        countries=_counts(con, "country")[:MOST],
        actors=_actors(con, choice),
        months=tuple(con.execute(_MONTHS).fetchall()),
    )


def _counts(con: duckdb.DuckDBPyConnection, column: str) -> tuple[tuple[str, int], ...]:
    by_value = counting.counted(column, "SELECT * FROM _matching")
    rows = con.execute(
        f"SELECT * FROM ({by_value}) WHERE {column} IS NOT NULL ORDER BY events DESC, {column}"
    ).fetchall()
    return tuple(rows)


def _actors(con: duckdb.DuckDBPyConnection, choice: Choice) -> tuple[tuple[str, int], ...]:
    rows = f"SELECT event, {counting.ONCE} AS once, unnest(keys) AS key FROM {choice.rows} WHERE {choice.where}"
    query = _ACTORS.format(counted=counting.counted("key", rows), most=MOST)
    return tuple(con.execute(query, choice.values).fetchall())
