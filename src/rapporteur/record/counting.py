"""Counting events quickly: most are told by one report, and such a report needs no looking for others of its event.

``count(DISTINCT event)`` over a million rows takes many times as long as ``count(*)``. An event is named by its
earliest report; where no other report of it is chosen, that row is the event, and rows may be counted. Only the events
of which another report is chosen (``_again``) are counted by what they are called.
"""

from __future__ import annotations

import duckdb

from rapporteur.record.report_choice import Choice, gather

#: SQL of whether a row of the index is all that is chosen of its event; after ``settle``.
ONCE = "event NOT IN (SELECT event FROM _again)"
_AGAIN = "CREATE OR REPLACE TEMP TABLE _again AS SELECT DISTINCT event FROM {rows} WHERE report <> event AND ({where})"


def settle(con: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    """Make ``_again(event)``: the events of which a report is chosen that does not name them."""
    gather(con, choice)
    con.execute(_AGAIN.format(rows=choice.rows, where=choice.where), choice.values)


def counted(values: str, rows: str) -> str:
    """SQL of the events that have each value: ``rows`` selects ``event``, ``once`` and the columns ``values``.

    A row of ``once`` is an event by itself, so a value must stand in it but one time.
    """
    others = "count(DISTINCT CASE WHEN once THEN NULL ELSE event END)"  # quicker than FILTER (NOT once)
    return f"SELECT {values}, count(*) FILTER (once) + {others} AS events FROM ({rows}) GROUP BY {values}"
