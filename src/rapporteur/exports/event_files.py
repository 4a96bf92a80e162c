"""Events written as one file, a stream in and a stream out: CSV, Parquet, GeoJSON, GEXF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from rapporteur.errors import AskError
from rapporteur.exports import geojson
from rapporteur.exports.event_records import EventRecord
from rapporteur.exports.event_table import EVENT_ROWS, row_of
from rapporteur.exports.losses import Losses
from rapporteur.exports.row_files import RowFile


def write(records: Iterable[EventRecord], form: str, stream: BinaryIO) -> Losses:
    """Write the events in the format of this name; returns what it could not hold.

    Raises:
        AskError: there is no such format.
        OSError: the stream can't be written.
    """
    if form == "geojson":
        return geojson.write(records, stream)
    if form == "gexf":
        from rapporteur.exports import gexf  # late: networkx takes its time

        return gexf.write(records, stream)
    if form not in ("csv", "parquet"):
        raise AskError("format", f"{form!r} is none of events; valid: csv, parquet, geojson, gexf")
    with RowFile(stream, EVENT_ROWS, "csv" if form == "csv" else "parquet", {"view": "events"}) as file:
        for record in records:
            file.add(row_of(record))
    return Losses()
