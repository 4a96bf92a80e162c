"""Events written in a format, a stream in and a stream out: the one place where the format is chosen.

Where the records come from (``event_records.from_article``, ``of_view``, ``exchange.read``) makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from rapporteur.errors import AskError
from rapporteur.exports import exchange, geojson
from rapporteur.exports.event_records import EventRecord, from_rows
from rapporteur.exports.event_table import EVENT_ROWS, row_of
from rapporteur.exports.losses import Losses
from rapporteur.exports.row_files import RowFile

if TYPE_CHECKING:
    import pyarrow as pa

    from rapporteur.record.ledger import Ledger

#: The formats that ``write`` knows.
FORMATS = ("csv", "parquet", "geojson", "gexf", *exchange.FORMATS)
_AT_ONCE = 2000  # rows of a view that are turned at once


def write(records: Iterable[EventRecord], form: str, stream: BinaryIO, mentions: BinaryIO | None = None) -> Losses:
    """Write the events in the format of this name; returns what it could not hold.

    Args:
        records: the events, in the order in which they are written.
        form: one of ``FORMATS``.
        stream: where to.
        mentions: where GDELT's mentions go; None: they are not written. Other formats have none.

    Raises:
        AskError: there is no such format.
        OSError: the stream can't be written.
    """
    if form in exchange.FORMATS:
        return _exchanged(records, form, stream, mentions)
    if form == "geojson":
        return geojson.write(records, stream)
    if form == "gexf":
        from rapporteur.exports import gexf  # late: networkx takes its time

        return gexf.write(records, stream)
    if form not in FORMATS:
        raise AskError("format", f"{form!r} is none of events; valid: {', '.join(FORMATS)}")
    with RowFile(stream, EVENT_ROWS, "csv" if form == "csv" else "parquet", {"view": "events"}) as file:
        for record in records:
            file.add(row_of(record))
    return Losses()


def _exchanged(records: Iterable[EventRecord], form: str, stream: BinaryIO, mentions: BinaryIO | None) -> Losses:
    writer = exchange.Writer(form, stream, mentions)
    for record in records:
        writer.write(record)
    return writer.losses


def flushed(groups: Iterable[Iterable[EventRecord]], streams: Sequence[BinaryIO]) -> Iterator[EventRecord]:
    """The records of each group (an article's), whose lines are let go before the next group is waited for."""
    for group in groups:
        yield from group
        for stream in streams:
            stream.flush()


def of_view(ledger: Ledger, table: pa.Table) -> Iterator[EventRecord]:
    """The records of a ledger's view ``events``, with their sentences, offsets, headlines and addresses."""
    rows = (row for batch in table.to_batches(max_chunksize=_AT_ONCE) for row in batch.to_pylist())
    return from_rows(rows, sentences=ledger.sentences, spots=ledger.spots)
