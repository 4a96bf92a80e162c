"""Which judgement an undo means, and what it was bound to."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import duckdb

from rapporteur.errors import AskError
from rapporteur.record.finding import find
from rapporteur.record.said import UNDO, undone

_NEAR = 3
_OF_ROWS = """
SELECT judgement FROM judgements WHERE list_contains(?, target) AND verdict <> 'undo'
GROUP BY judgement ORDER BY max(rowid) DESC
"""


@dataclass(frozen=True, slots=True)
class Undone:
    """A judgement to be undone.

    Attributes:
        judgement: its id.
        level: ``report`` or ``mention``: of which kind ``rows`` are.
        rows: the reports or mentions that it is bound to.
        relinked: those whose links are to be decided anew; empty where it joined and parted nothing.
    """

    judgement: str
    level: str
    rows: tuple[str, ...]
    relinked: tuple[str, ...]


def meant(con: duckdb.DuckDBPyConnection, target: str, value: str | None) -> Undone:
    """The judgement to be undone.

    Args:
        con: an open ledger.
        target: its id, or that of a row that it is bound to.
        value: with a row, the judgement's id; None: the latest that counts.

    Raises:
        AskError: there is no such judgement, or it counts no longer.
    """
    if _rows(con, target):
        if value is not None:
            raise AskError("value", f"undo of a judgement takes none; leave '{value}' out")
        judgement = target
    else:
        judgement = _of_row(con, target, value)
    by = undone(con).get(judgement)
    if by is not None:
        raise AskError("verdict", f"'{judgement}' was undone by {by} already; to let it count again, undo that")
    rows = _rows(con, judgement)
    level = rows[0][1]
    targets = tuple(sorted({row[0] for row in rows}))
    return Undone(judgement, level, targets, _relinked(con, judgement))


def _of_row(con: duckdb.DuckDBPyConnection, target: str, value: str | None) -> str:
    """The judgement that is meant on a row."""
    try:
        rows = find(con, target).rows
    except AskError as error:
        raise _unknown(con, target, error) from error
    known = [str(judgement) for (judgement,) in con.execute(_OF_ROWS, [list(rows)]).fetchall()]
    if value is not None:
        if value not in known:
            made = f"; its judgements: {', '.join(known[:_NEAR])}" if known else "; it has none"
            raise AskError("value", f"'{value}' is no judgement on '{target}'{made}")
        return value
    dead = undone(con)
    latest = next((judgement for judgement in known if judgement not in dead), None)
    if latest is None:
        raise AskError("verdict", f"nothing that was said of '{target}' counts; there is nothing to undo")
    return latest


def _unknown(con: duckdb.DuckDBPyConnection, target: str, error: AskError) -> AskError:
    ids = [id for (id,) in con.execute("SELECT DISTINCT judgement FROM judgements ORDER BY judgement").fetchall()]
    near = difflib.get_close_matches(target, ids, _NEAR)
    if not near:
        return error
    return AskError("id", f"there is no judgement '{target}'; near to it: {', '.join(near)}")


def _rows(con: duckdb.DuckDBPyConnection, judgement: str) -> list[tuple[str, str, str, str | None]]:
    query = "SELECT target, level, verdict, value FROM judgements WHERE judgement = ? ORDER BY target"
    return con.execute(query, [judgement]).fetchall()


def _relinked(con: duckdb.DuckDBPyConnection, judgement: str) -> tuple[str, ...]:
    """Who was joined or parted by this judgement, or by the one at the end of what it undoes."""
    rows = _rows(con, judgement)
    while rows[0][2] == UNDO:
        rows = _rows(con, str(rows[0][3]))
    if rows[0][2] not in ("merge", "split"):
        return ()
    return tuple(sorted({id for target, _, _, value in rows for id in (target, value) if id}))
