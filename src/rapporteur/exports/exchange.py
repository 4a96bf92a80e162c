"""The exchange formats by name: write records, read them, tell what was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from rapporteur.errors import LineError
from rapporteur.exports import gdelt, icews, phoenix, plover, polecat
from rapporteur.exports.event_records import EventRecord, RecordReport
from rapporteur.exports.losses import Losses
from rapporteur.exports.tsv import Table, Value

Read = Callable[[BinaryIO, Losses, str], Iterator[EventRecord | LineError]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A format: its first line (or none), the lines of a record, and how a file of it is read."""

    head: bytes
    lines: Callable[[EventRecord, Losses], Iterator[bytes]]
    read: Read


def _tabular(
    table: Table,
    cells: Callable[[EventRecord, Losses], Iterator[dict[str, Value]]],
    record_of: Callable[[dict[str, str | None], Losses], EventRecord],
    read: Read | None = None,
) -> Exchange:
    def lines(record: EventRecord, losses: Losses) -> Iterator[bytes]:
        return (table.line(row, losses, record.id) for row in cells(record, losses))

    def rows(stream: BinaryIO, losses: Losses, where: str) -> Iterator[EventRecord | LineError]:
        for row in table.rows(stream, where):
            yield row if isinstance(row, LineError) else record_of(row[1], losses)

    return Exchange(table.head(), lines, read or rows)


FORMATS: Mapping[str, Exchange] = {
    "plover": Exchange(b"", plover.line, plover.read),
    "gdelt": _tabular(gdelt.TABLE, gdelt.cells, gdelt.record_of, gdelt.read),
    "icews": _tabular(icews.TABLE, icews.cells, icews.record_of),
    "polecat": _tabular(polecat.TABLE, polecat.cells, polecat.record_of),
    "phoenix": _tabular(phoenix.TABLE, phoenix.cells, phoenix.record_of),
}


class Writer:
    """Writes records in a format, one after the other.

    Args:
        name: of the format, one of ``FORMATS``.
        stream: where to.
        mentions: where GDELT's mentions go; None: they are not written.
        losses: where losses are counted; None: in one of its own, ``losses``.
    """

    def __init__(
        self, name: str, stream: BinaryIO, mentions: BinaryIO | None = None, losses: Losses | None = None
    ) -> None:
        self._format = FORMATS[name]
        self._stream = stream
        self._mentions = mentions
        self.losses = losses if losses is not None else Losses()
        stream.write(self._format.head)

    def write(self, record: EventRecord) -> None:
        """Write a record: no line, one, or several."""
        for line in self._format.lines(record, self.losses):
            self._stream.write(line)
        if self._mentions is not None:
            for cells in gdelt.mention_cells(record):
                self._mentions.write(gdelt.MENTIONS.line(cells, Losses(), record.id))


def read(name: str, stream: BinaryIO, losses: Losses, where: str) -> Iterator[EventRecord | LineError]:
    """The records of a file in a format, in order; of what can't be read what is wrong with it, in its place."""
    return FORMATS[name].read(stream, losses, where)


def with_mentions(
    records: Iterable[EventRecord | LineError], mentions: BinaryIO, where: str, losses: Losses
) -> Iterator[EventRecord | LineError]:
    """GDELT's events with the reports that a file of mentions has of them, in its order, instead of the first alone.

    Mentions of no such event are counted as losses; a line of mentions that can't be read stands before the events.
    The mentions are held in memory.
    """
    found: dict[str, list[RecordReport]] = {}
    for item in gdelt.read_mentions(mentions, where, losses):
        if isinstance(item, LineError):
            yield item
        else:
            found.setdefault(item[0], []).append(item[1])
    for record in records:
        if isinstance(record, LineError):
            yield record
        else:
            reports = found.pop(record.id, None)
            yield gdelt.with_reports(record, reports) if reports else record
    for id, reports in found.items():
        for report in reports:
            losses.note(id, "reports", "of an event that the file has not", report.article)
