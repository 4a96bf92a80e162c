"""Columns of tables that are written for others: a name, an Arrow type, and what stands in it.

The description is kept in the field's metadata, so that Parquet files carry it and ``datapackage.json`` tells it.
"""

from __future__ import annotations

import pyarrow as pa

TEXT, WHOLE, NUMBER, DAY = pa.string(), pa.int32(), pa.float64(), pa.date32()
COUNT = pa.int64()
TEXTS = pa.list_(pa.string())

_DESCRIPTION = b"description"


def column(name: str, kind: pa.DataType, description: str, *, always: bool = False) -> pa.Field:
    """A column. ``always``: it has a value in each row."""
    return pa.field(name, kind, nullable=not always, metadata={_DESCRIPTION: description.encode()})


def description(field: pa.Field) -> str | None:
    """What stands in the column, None where nothing says so."""
    told = (field.metadata or {}).get(_DESCRIPTION)
    return None if told is None else told.decode()
