"""Which of the ledger's judgements count: those made up to a day, less those that were undone by then.

Judgements are only added. An ``undo`` says that an earlier judgement counts no longer (``value``: its id); one that is
undone itself has undone nothing. Whoever asks what persons said asks here.
"""

from __future__ import annotations

from datetime import date

import duckdb

UNDO = "undo"
_UNDOS = """
SELECT judgement, any_value(value) FROM judgements WHERE verdict = 'undo' AND ($day IS NULL OR made::DATE <= $day)
GROUP BY judgement ORDER BY min(rowid) DESC
"""
_COUNTING = """
CREATE OR REPLACE TEMP TABLE {table} AS SELECT rowid AS place, * FROM judgements
WHERE verdict <> 'undo' AND ($day IS NULL OR made::DATE <= $day) AND NOT list_contains($undone, judgement)
"""
_CHANGED = """
SELECT DISTINCT target, value FROM (
    SELECT j.*, judgement IN (SELECT judgement FROM _said) AS now,
        judgement IN (SELECT judgement FROM _said_then) AS was
    FROM judgements j WHERE level = $level AND verdict IN ('merge', 'split')
) WHERE now <> was ORDER BY target, value
"""


def undone(con: duckdb.DuckDBPyConnection, day: date | None = None) -> dict[str, str]:
    """The judgements that count no longer, undos among them, each with the ``undo`` that says so.

    Args:
        con: an open ledger.
        day: only what was said up to then; None: all.
    """
    found: dict[str, str] = {}
    for undo, judgement in con.execute(_UNDOS, {"day": day}).fetchall():  # the later first: it may undo an earlier one
        if undo not in found:
            found.setdefault(str(judgement), str(undo))
    return found


def said_by(con: duckdb.DuckDBPyConnection, day: date | None, table: str = "_said") -> None:
    """Make a temporary table of the judgements that count: the columns of ``judgements`` and ``place``, which grows
    with each that is entered."""
    con.execute(_COUNTING.format(table=table), {"day": day, "undone": sorted(undone(con, day))})


def relinked_since(con: duckdb.DuckDBPyConnection, level: str, day: date) -> list[tuple[str, str | None]]:
    """Target and value of each merge or split that counts now and did not on ``day``, or the other way round.

    Makes ``_said`` and ``_said_then``.
    """
    said_by(con, None)
    said_by(con, day, "_said_then")
    return con.execute(_CHANGED, {"level": level}).fetchall()
