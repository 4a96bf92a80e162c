"""Values handed to a query as a table of one column: what a list as a parameter would make slow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import pyarrow as pa


@contextmanager
def handed(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    """Within this, ``table`` can be queried as ``name``."""
    con.register(name, table)
    try:
        yield
    finally:
        con.unregister(name)


def ids(column: str, values: Sequence[str]) -> pa.Table:
    """A table of one text column."""
    return pa.table({column: pa.array(values, pa.string())})
