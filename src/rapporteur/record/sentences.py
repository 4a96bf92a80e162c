"""The sentences that reports rest on, in the words of their articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

#: Of an article's ``sentences`` those in which something from ``first`` to ``last`` stands.
TOLD = "list_filter(a.sentences, lambda s: s[1] < {last} AND s[2] > {first})"


def told(row: str) -> str:
    """SQL of the words of a ``row`` that has ``body``, ``first``, ``last`` and the sentences ``told``."""
    return (
        f"CASE WHEN len({row}.told) = 0 THEN substring({row}.body, {row}.first + 1, {row}.last - {row}.first) "
        f"ELSE substring({row}.body, {row}.told[1][1] + 1, {row}.told[-1][2] - {row}.told[1][1]) END"
    )


_SENTENCES = f"""
WITH asked AS (
    SELECT unnest($1::TEXT[]) AS article, unnest($2::INTEGER[]) AS first, unnest($3::INTEGER[]) AS last,
        unnest($4::INTEGER[]) AS number
),
found AS (
    SELECT a.body, asked.number, asked.first, asked.last,
        {TOLD.format(first="asked.first", last="asked.last")} AS told
    FROM asked JOIN current AS c USING (article) JOIN articles AS a ON a.reading = c.reading
)
SELECT number, {told("found")} FROM found
"""


def sentences(con: duckdb.DuckDBPyConnection, reports: Iterable[Mapping[str, Any]]) -> list[str | None]:
    """Of each report of a view's row (``article``, ``evidence``) the whole sentences in which its evidence stands.

    None where the ledger has no such article, or the report no evidence.
    """
    asked = list(reports)
    result: list[str | None] = [None] * len(asked)
    rows = [
        (report["article"], *report["evidence"], number)
        for number, report in enumerate(asked)
        if report.get("article") and len(report.get("evidence") or ()) == 2
    ]
    if rows:
        for number, text in con.execute(_SENTENCES, [list(column) for column in zip(*rows, strict=True)]).fetchall():
            result[number] = text
    return result
