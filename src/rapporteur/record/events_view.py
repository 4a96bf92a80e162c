"""The views ``events`` (one row an act, however many reports tell of it) and ``reports`` (one row a mention).

Which rows are on the page is settled on narrow columns (``report_choice``); the wide ones are read for those alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.record import shapes
from rapporteur.record.merged import merged, told
from rapporteur.record.query import Query
from rapporteur.record.report_choice import choose, events_after, members, only_days, page, reports_after, settle_pairs

_CHUNK = 5000  # events put together at a time

#: Rows are found by their ids first and then read by their place in the table: wide columns are costly to pass over.
_ROWS = """
CREATE OR REPLACE TEMP TABLE _rows AS
SELECT m.*, r.rowid AS row FROM reports r JOIN _members m ON r.report = m.report AND r.reading = m.reading WHERE {days}
"""
_WIDE = """
SELECT m.place AS place_in_view, m.event, r.* EXCLUDE (type, actors, recipients, keys, words, rules),
       coalesce(t.value, r.type) AS type, CASE WHEN k.report IS NULL THEN r.actors ELSE k.actors END AS actors,
       CASE WHEN k.report IS NULL THEN r.recipients ELSE k.recipients END AS recipients,
       a.outlet, a.agency, coalesce(c.original, a.duplicate_of) AS original,
       (SELECT list(DISTINCT j.verdict ORDER BY j.verdict) FROM _verdicts j WHERE j.report = r.report) AS verdicts
FROM _rows m
JOIN reports r ON r.rowid = m.row
LEFT JOIN (SELECT reading, outlet, agency, duplicate_of FROM articles WHERE {days}) a ON a.reading = m.reading
LEFT JOIN copies c ON c.article = m.article
LEFT JOIN _retyped t ON t.report = m.report
LEFT JOIN _recoded k ON k.report = m.report
ORDER BY m.place, r.published, r.article, r.report
"""
_VERDICTS = """
CREATE OR REPLACE TEMP TABLE _verdicts AS
SELECT DISTINCT target AS report, verdict FROM _said
"""


def events(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The events that ``query`` asks for, by ``shapes.EVENTS``, in the order of (first day of the earliest report, id).

    An event is shown when one of its reports meets the whole query; then with all its reports that were published by
    ``known_by``. What was judged wrong is left out unless asked for.

    Raises:
        AskError: ``after`` is no id of the view.
    """
    choice = choose(con, query)
    if query.after is not None:
        events_after(con, choice, query.after)
    page(con, choice, query, day="event_day", id="event")
    members(con, choice, query)
    found = (
        merged(event, list(reports), query.as_of)
        for event, reports in groupby(_wide(con), key=lambda row: str(row["event"]))
    )
    return _table(found, shapes.EVENTS)


def latest(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The ``query.limit`` latest of the events that ``query`` asks for, the latest first; else as ``events``."""
    choice = choose(con, query)
    settle_pairs(con, choice)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _page AS SELECT row_number() OVER (ORDER BY event_day DESC, event DESC) AS "
        f"place, event_day, event FROM (SELECT DISTINCT event_day, event FROM {choice.rows} WHERE {choice.where}) "
        f"ORDER BY event_day DESC, event DESC LIMIT {query.limit or 0:d}",
        choice.values,
    )
    members(con, choice, query)
    found = (
        merged(event, list(reports), query.as_of)
        for event, reports in groupby(_wide(con), key=lambda row: str(row["event"]))
    )
    return _table(found, shapes.EVENTS)


def reports(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """Every report that ``query`` asks for, by ``shapes.REPORT_ROWS``, in the order of (first day, id).

    ``as_of`` changes nothing here: each row is what one article says.

    Raises:
        AskError: ``after`` is no id of a report.
    """
    choice = choose(con, query)
    if query.after is not None:
        reports_after(con, choice, query.after)
    page(con, choice, query, day="first_day", id="report")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _members AS SELECT place, event, report, reading, article, published FROM _page"
    )
    return _table((_report(row) for row in _wide(con)), shapes.REPORT_ROWS)


def _report(row: dict[str, Any]) -> dict[str, Any]:
    when = {"value": row["date_value"], "basis": row["date_basis"]} if row["dated"] else None
    held = {name: row[name] for name in shapes.REPORT_ROWS.names if name in row}
    verdicts = ", ".join(row["verdicts"] or ()) or None
    return held | told(row) | {"id": row["report"], "event": f"e-{row['event']}", "date": when, "judgement": verdicts}


def _wide(con: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """The whole rows of the reports in ``_members``, in order."""
    con.execute(_VERDICTS)
    days = only_days(con, "published", "SELECT published FROM _members")
    con.execute(_ROWS.format(days=days.replace("published", "r.published", 1)))
    for batch in con.sql(_WIDE.format(days=days)).to_arrow_reader(_CHUNK):
        yield from batch.to_pylist()


def _table(rows: Iterator[dict[str, Any]], shape: pa.Schema) -> pa.Table:
    """The rows as a table, put together chunk by chunk."""
    batches, held = [], []
    for row in rows:
        held.append(row)
        if len(held) >= _CHUNK:
            batches.append(pa.RecordBatch.from_pylist(held, schema=shape))
            held = []
    batches.append(pa.RecordBatch.from_pylist(held, schema=shape))
    return pa.Table.from_batches(batches, schema=shape)
