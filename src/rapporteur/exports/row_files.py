"""Rows written as they come, in batches: a file of any length needs the memory of one batch.

Batches are of a fixed number of rows, so that the same rows give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, BinaryIO, Literal, Self

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from rapporteur.exports.record_flat import flat
from rapporteur.exports.words import version

_BATCH = 5000  # rows; a row group of a Parquet file


class RowFile:
    """A table that is written row by row on a stream; a context manager, whose end completes the file.

    Args:
        stream: where to; it stays open.
        schema: the columns.
        form: ``csv`` (flat: ``record_flat``) or ``parquet``.
        about: what the metadata of a Parquet file says besides the version, as ``rapporteur.KEY``.
    """

    def __init__(
        self,
        stream: BinaryIO,
        schema: pa.Schema,
        form: Literal["csv", "parquet"],
        about: Mapping[str, str] | None = None,
    ) -> None:
        told = {"version": version(), **(about or {})}
        marks = {f"rapporteur.{key}".encode(): value.encode() for key, value in told.items()}
        self.schema = schema.with_metadata({**(schema.metadata or {}), **marks})
        self.rows = 0
        self._waiting: list[Mapping[str, Any]] = []
        self._writer = (_Csv if form == "csv" else _Parquet)(stream, self.schema)

    def add(self, row: Mapping[str, Any]) -> None:
        """One row, by the names of the columns.

        Raises:
            OSError: the stream can't be written.
        """
        self._waiting.append(row)
        if len(self._waiting) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write what waits and end the file. A file that was not closed is not complete."""
        try:
            self._write()
            self._writer.close()
        except BaseException:
            self._writer.abandon()
            raise

    def _write(self) -> None:
        if self._waiting:
            self._writer.write(pa.Table.from_pylist(self._waiting, schema=self.schema))
            self.rows += len(self._waiting)
            self._waiting = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._writer.abandon()


class _Csv:
    """UTF-8, one header line, lines end with a line feed, texts in quotes."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._stream = stream
        names = flat(schema.empty_table()).column_names
        stream.write(",".join(f'"{name}"' for name in names).encode() + b"\n")

    def write(self, table: pa.Table) -> None:
        part = io.BytesIO()
        pyarrow.csv.write_csv(flat(table), part, pyarrow.csv.WriteOptions(include_header=False))
        self._stream.write(part.getbuffer())

    def close(self) -> None:
        self._stream.flush()

    def abandon(self) -> None:
        """Leave it as it is."""


class _Parquet:
    """Typed columns, zstd; a batch is a row group."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._below = _Kept(stream)
        self._writer = pyarrow.parquet.ParquetWriter(self._below, schema, compression="zstd")

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()

    def abandon(self) -> None:
        """Write no more: the writer's own end would go to a stream that may be closed."""
        self._below.dropping = True
        with suppress(OSError):
            self._writer.close()


class _Kept(io.RawIOBase):
    """A stream that its user may close without closing what is below, and that need not be able to seek."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._place = 0
        self.dropping = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if not self.dropping:
            self._stream.write(data)
        written = memoryview(data).nbytes
        self._place += written
        return written

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        if not self.closed and not self.dropping:
            self._stream.flush()
