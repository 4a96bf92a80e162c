"""One row of a small result, read to its end: a result that is left half read blocks its connection."""

from __future__ import annotations

from typing import Any

import duckdb


def row_of(con: duckdb.DuckDBPyConnection, query: str, values: Any = None) -> tuple[Any, ...] | None:
    """The first row, None of none."""
    rows = con.execute(query, values).fetchall()
    return rows[0] if rows else None


def any_row(con: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Whether the query has a row."""
    return row_of(con, f"{query} LIMIT 1") is not None
