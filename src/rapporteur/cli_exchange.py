"""Exchange formats on the command line: ``read --format``, ``ledger --format`` and the command ``convert``.

It opens files and prints what a format could not hold; how a format is written and read is in ``exports``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapporteur.cli_knowledge import Doors
from rapporteur.errors import AskError, LineError, PageError

if TYPE_CHECKING:
    import pyarrow as pa

    from rapporteur.exports.event_records import EventRecord
    from rapporteur.exports.losses import Losses
    from rapporteur.model import Article
    from rapporteur.record.ledger import Ledger

_DONE, _INCOMPLETE = 0, 1
_ROWS = 2000  # of a view that are turned at once


class ExchangeFormat(StrEnum):
    """The formats that are written and read."""

    PLOVER = "plover"
    GDELT = "gdelt"
    ICEWS = "icews"
    POLECAT = "polecat"
    PHOENIX = "phoenix"


def is_exchange(form: str) -> bool:
    """Whether a ``--format`` is one of these."""
    return form in set(ExchangeFormat)


class Writing:
    """Where records go."""

    def __init__(self, form: str, streams: list[Any]) -> None:
        from rapporteur.exports.exchange import Writer  # late: --help need not wait

        self._writer = Writer(form, streams[0], streams[1] if len(streams) > 1 else None)
        self._streams = streams

    @property
    def losses(self) -> Losses:
        """What the format could not hold so far."""
        return self._writer.losses

    def write(self, record: EventRecord) -> None:
        """Write one record."""
        self._writer.write(record)

    def write_article(self, article: Article) -> None:
        """Write the events of one article, and let them go at once."""
        from rapporteur.exports.event_records import from_article

        for record in from_article(article):
            self._writer.write(record)
        for stream in self._streams:
            stream.flush()


@contextmanager
def writing(form: str, out: Path | None, doors: Doors) -> Iterator[Writing]:
    """What writes records to ``out`` or standard output; at the end the losses are printed on standard error.

    GDELT with ``out`` has two files: ``OUT.export.CSV`` and ``OUT.mentions.CSV``.
    """
    with ExitStack() as open_files:
        if form == ExchangeFormat.GDELT and out is not None:
            outs: list[Path | None] = [out.with_name(f"{out.name}.{part}.CSV") for part in ("export", "mentions")]
        else:
            outs = [out]
        target = Writing(form, [open_files.enter_context(doors.output(path)) for path in outs])
        yield target
    say_losses(target.losses, form, doors)


def say_losses(losses: Losses, form: str, doors: Doors, *, found: bool = False) -> None:
    """The report of losses, a line each."""
    for loss in losses:
        doors.say(f"{form} {'file' if found else 'format'}: {loss}")


def only_events(view: str, form: str) -> None:
    """Exchange formats hold events.

    Raises:
        AskError: the view is another.
    """
    if view != "events":
        raise AskError("format", f"{form} holds events, not {view}; valid for {view}: table, jsonl, csv, parquet")


def write_view(ledger: Ledger, table: pa.Table, form: str, out: Path | None, doors: Doors) -> int:
    """Write the rows of a view ``events``; returns the exit status."""
    from rapporteur.exports.event_records import from_rows

    rows = (row for batch in table.to_batches(max_chunksize=_ROWS) for row in batch.to_pylist())
    articles = {
        row["id"]: row for row in ledger.view("articles").select(["id", "headline", "page"]).to_pylist()
    }  # fmt: skip
    with writing(form, out, doors) as target:
        for record in from_rows(rows, sentences=ledger.sentences, spots=ledger.spots, articles=articles):
            target.write(record)
    return _DONE


def mount(app: typer.Typer, doors: Doors) -> None:
    """Add the command to ``app``."""

    @app.command()
    def convert(
        path: Annotated[
            Path, typer.Argument(metavar="FILE", help="The file; - is standard input.", show_default=False)
        ],
        source: Annotated[ExchangeFormat, typer.Option("--from", help="Its format.", show_default=False)],
        target: Annotated[ExchangeFormat, typer.Option("--to", help="The format to write.", show_default=False)],
        out: Annotated[
            Path | None,
            typer.Option("--out", metavar="FILE", help="Write there instead of standard output.", show_default=False),
        ] = None,
    ) -> None:
        """Turn a file of events from one exchange format into another; what is lost is told on standard error."""
        raise typer.Exit(doors.guarded(lambda: _convert(path, source, target, out, doors)))


def _convert(path: Path, source: ExchangeFormat, target: ExchangeFormat, out: Path | None, doors: Doors) -> int:
    from rapporteur.exports import exchange
    from rapporteur.exports.losses import Losses

    status, found = _DONE, Losses()
    try:
        stream = sys.stdin.buffer if str(path) == "-" else open(path, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise PageError(str(path), f"can't be read: {error.strerror}; check the path") from None
    with stream, writing(target, out, doors) as writer:
        for record in exchange.read(source, stream, found, str(path)):
            if isinstance(record, LineError):
                status = _INCOMPLETE
                doors.say(str(record))
            else:
                writer.write(record)
    say_losses(found, source, doors, found=True)
    return status
