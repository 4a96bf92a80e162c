"""The views ``events`` (one row an act, however many reports tell of it) and ``reports`` (one row a mention).

Which rows are on the page is settled on narrow columns (``report_choice``); the wide ones are read for those alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.errors import AskError
from rapporteur.record import shapes
from rapporteur.record.merged import merged, told
from rapporteur.record.query import Query
from rapporteur.record.report_choice import Choice, choose, page_of_events, visible

_CHUNK = 5000  # events put together at a time

_WIDE = """
SELECT m.place AS place_in_view, m.event, r.* EXCLUDE (type, keys, words, rules), coalesce(t.value, r.type) AS type,
       a.outlet, a.agency, coalesce(c.original, a.duplicate_of) AS original,
       (SELECT list(DISTINCT j.verdict ORDER BY j.verdict) FROM _verdicts j WHERE j.report = r.report) AS verdicts
FROM _members m
JOIN reports r ON r.report = m.report AND r.reading = m.reading AND r.published BETWEEN $first AND $last
LEFT JOIN articles a ON a.reading = m.reading
LEFT JOIN copies c ON c.article = m.article
LEFT JOIN _retyped t ON t.report = m.report
ORDER BY m.place, r.published, r.article, r.report
"""
_VERDICTS = """
CREATE OR REPLACE TEMP TABLE _verdicts AS
SELECT DISTINCT target AS report, verdict FROM judgements WHERE $day IS NULL OR made::DATE <= $day
"""


def events(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The events that ``query`` asks for, by ``shapes.EVENTS``, in the order of (first day of the earliest report, id).

    An event is shown when one of its reports meets the whole query; then with all its reports that were published by
    ``known_by``. What was judged wrong is left out unless asked for.

    Raises:
        AskError: ``after`` is no id of the view.
    """
    choice = choose(con, query)
    rows = choice.rows
    page_of_events(con, choice, query)
    members = Choice(rows)
    visible(members, query)
    if not query.rejected:
        members.test("report NOT IN (SELECT report FROM _right_or_wrong WHERE verdict = 'reject')")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _members AS SELECT p.place, event, report, reading, article, published "
        f"FROM {rows} JOIN _page p USING (event) WHERE {members.where}",
        members.given(),
    )
    found = (
        merged(event, list(reports), query.as_of)
        for event, reports in groupby(_wide(con, query), key=lambda row: str(row["event"]))
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
        day = con.execute("SELECT first_day FROM report_index WHERE report = ?", [query.after]).fetchone()
        if day is None:
            raise AskError(
                "after", f"'{query.after}' is no id of a report; take that of the last row of the page before"
            )
        choice.test("(first_day, report) > ($after_day, $after)", after_day=day[0], after=query.after)
    limit = "" if query.limit is None else f"LIMIT {query.limit:d}"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _members AS SELECT row_number() OVER (ORDER BY first_day, report) AS place, "
        f"event, report, reading, article, published FROM {choice.rows} WHERE {choice.where} "
        f"ORDER BY first_day, report {limit}",
        choice.given(),
    )
    return _table((_report(row) for row in _wide(con, query)), shapes.REPORT_ROWS)


def _report(row: dict[str, Any]) -> dict[str, Any]:
    when = {"value": row["date_value"], "basis": row["date_basis"]} if row["dated"] else None
    held = {name: row[name] for name in shapes.REPORT_ROWS.names if name in row}
    verdicts = ", ".join(row["verdicts"] or ()) or None
    return held | told(row) | {"id": row["report"], "event": f"e-{row['event']}", "date": when, "judgement": verdicts}


def _wide(con: duckdb.DuckDBPyConnection, query: Query) -> Iterator[dict[str, Any]]:
    """The whole rows of the reports in ``_members``, in order."""
    con.execute(_VERDICTS, {"day": query.judged_by})
    span = con.execute("SELECT min(published), max(published) FROM _members").fetchone()
    first, last = span if span else (None, None)  # they bound what has to be looked through
    for batch in con.sql(_WIDE, params={"first": first, "last": last}).to_arrow_reader(_CHUNK):
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
