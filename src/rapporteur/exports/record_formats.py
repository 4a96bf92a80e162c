"""The record's views, written: as a table to read, JSON Lines, CSV or Parquet (``docs/record-panels.md``).

JSON Lines are the contract's rows, nested; CSV is flat (``record_flat``); Parquet is the Arrow table as it is, with the
view and the program's version in its metadata; the table is for a terminal (``record_table``).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, get_args
from typing import Literal as OneOf

import msgspec
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from rapporteur.errors import AskError
from rapporteur.exports.record_flat import flat
from rapporteur.exports.record_table import show
from rapporteur.exports.words import version

Form = OneOf["table", "jsonl", "csv", "parquet"]
_ROWS = 2000  # that are turned at once
_ENCODER = msgspec.json.Encoder()


def write(table: pa.Table, view: str, form: str, stream: BinaryIO) -> None:
    """Write a view.

    Args:
        table: a view of the ledger, what ``why`` tells, or a panel.
        view: its name: ``events``, ``measures``, ``talks``, ``claims``, ``articles``, ``why``, ``panel`` ...
        form: ``table``, ``jsonl``, ``csv`` or ``parquet``.
        stream: where to; what it raises is passed on.

    Raises:
        AskError: there is no such format.
    """
    writer = _WRITERS.get(form)
    if writer is None:
        raise AskError("format", f"{form!r} is none; valid: {', '.join(get_args(Form))}")
    writer(table, view, stream)


def _jsonl(table: pa.Table, view: str, stream: BinaryIO) -> None:
    for batch in table.to_batches(max_chunksize=_ROWS):
        stream.write(b"".join(_ENCODER.encode(row) + b"\n" for row in batch.to_pylist()))


def _csv(table: pa.Table, view: str, stream: BinaryIO) -> None:
    head = flat(table.slice(0, 0))
    stream.write(",".join(f'"{name}"' for name in head.column_names).encode() + b"\n")
    options = pyarrow.csv.WriteOptions(include_header=False)
    for start in range(0, table.num_rows, _ROWS):
        part = io.BytesIO()
        pyarrow.csv.write_csv(flat(table.slice(start, _ROWS)), part, options)
        stream.write(part.getvalue())


def _parquet(table: pa.Table, view: str, stream: BinaryIO) -> None:
    about = {b"rapporteur.view": view.encode(), b"rapporteur.version": version().encode()}
    marked = table.replace_schema_metadata({**(table.schema.metadata or {}), **about})
    made = io.BytesIO()  # the writer closes what it is given
    pyarrow.parquet.write_table(marked, made, compression="zstd")
    stream.write(made.getbuffer())


def _table(table: pa.Table, view: str, stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", write_through=True)
    try:
        show(table, view, text)
    finally:
        text.detach()


_WRITERS: dict[str, Callable[[pa.Table, str, BinaryIO], None]] = {
    "table": _table,
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}
