"""The view ``articles``: what was read, in its current reading, with how much each article tells.

In the order of (published, id). ``duplicate_of`` is the earlier article that this one repeats (``copies``), or the one
that the reader named. The day of the world (``as_of``) changes nothing here.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from rapporteur.record import shapes
from rapporteur.record.query import Query

_SELECT = """
WITH chosen AS (
    SELECT c.article, c.reading, c.published
    FROM current AS c
    WHERE {where}
    ORDER BY c.published, c.article
    {limit}
),
reports_of AS (SELECT reading, count(*) AS events FROM reports SEMI JOIN chosen USING (reading) GROUP BY reading),
mentions_of AS (
    SELECT reading, count(*) FILTER (what = 'measure') AS measures, count(*) FILTER (what = 'talks') AS talks,
        count(*) FILTER (what = 'claim') AS claims
    FROM mentions SEMI JOIN chosen USING (reading) GROUP BY reading
),
first_read AS (
    SELECT article, min(recorded) AS recorded FROM readings SEMI JOIN chosen USING (article) GROUP BY article
)
SELECT chosen.article AS id, a.page, a.headline, {{'value': a.date_value, 'basis': a.date_basis}} AS date,
    chosen.published, a.outlet, a.agency, a.dateline_place, coalesce(copies.original, a.duplicate_of) AS duplicate_of,
    coalesce(events, 0) AS events, coalesce(measures, 0) AS measures, coalesce(talks, 0) AS talks,
    coalesce(claims, 0) AS claims, first_read.recorded, r.version
FROM chosen
JOIN articles AS a USING (reading)
JOIN readings AS r USING (reading)
JOIN first_read ON first_read.article = chosen.article
LEFT JOIN reports_of USING (reading)
LEFT JOIN mentions_of USING (reading)
LEFT JOIN copies ON copies.article = chosen.article
ORDER BY chosen.published, chosen.article
"""
_TELLS = "c.reading IN (SELECT reading FROM {table} WHERE {test})"


def articles(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The articles that ``query`` asks for, by ``shapes.ARTICLES``.

    ``actors``, ``partners``, ``types`` and ``country`` choose those with a report or mention of such; ``since`` and
    ``until`` are bounds of the day of publication.
    """
    tests = ["true"]
    values: list[object] = []

    def test(text: str, *given: object) -> None:
        tests.append(text)
        values.extend(given)

    for bound, day in (("<=", query.known_by), (">=", query.since), ("<=", query.until)):
        if day is not None:
            test(f"c.published {bound} ?", day)
    for keys in (query.actors, query.partners):
        if keys:
            test(_told("list_has_any(keys, ?)", "list_has_any(keys, ?)"), list(keys), list(keys))
    if query.types:
        test(_told("list_contains(?, type)", "list_contains(?, kind)"), list(query.types), list(query.types))
    if query.country:
        either = "list_contains(keys, ?) OR place.country = ?"
        test(_told(either, "list_contains(keys, ?)"), query.country, query.country, query.country)
    if query.ids is not None:
        test("list_contains(?, c.article)", list(query.ids))
    if query.after is not None:
        test("(c.published, c.article) > (SELECT (published, article) FROM current WHERE article = ?)", query.after)
    limit = ""
    if query.limit is not None:
        limit = "LIMIT ?"
        values.append(query.limit)
    found = con.sql(_SELECT.format(where=" AND ".join(tests), limit=limit), params=values).to_arrow_table()
    return found.cast(shapes.ARTICLES)


def _told(of_report: str, of_mention: str) -> str:
    return f"({_TELLS.format(table='reports', test=of_report)} OR {_TELLS.format(table='mentions', test=of_mention)})"
