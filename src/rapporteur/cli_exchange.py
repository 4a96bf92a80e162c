"""Exchange formats on the command line: ``read --format``, ``ledger --format`` and the command ``convert``.

It opens files and prints what a format could not hold; how a format is written and read is in ``exports``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from rapporteur.cli_knowledge import Doors
from rapporteur.errors import AskError, LineError, PageError
from rapporteur.exports.forms import Form, paths

if TYPE_CHECKING:
    import pyarrow as pa

    from rapporteur.exports.event_records import EventRecord
    from rapporteur.exports.losses import Losses
    from rapporteur.record.ledger import Ledger

_DONE, _INCOMPLETE = 0, 1

LossesOption = Annotated[
    Path | None,
    typer.Option("--losses", metavar="FILE", help="Write there, as JSON Lines, what the format can't hold."),
]


class ExchangeFormat(StrEnum):
    """The formats that are written and read."""

    PLOVER = "plover"
    GDELT = "gdelt"
    ICEWS = "icews"
    POLECAT = "polecat"
    PHOENIX = "phoenix"


def write_events(
    records: Callable[[list[BinaryIO]], Iterator[EventRecord]],
    form: Form,
    out: Path | None,
    doors: Doors,
    *,
    report: Path | None = None,
    say: Callable[[str], None] | None = None,
) -> Losses:
    """Write events to ``out`` or standard output; at the end the losses are printed on standard error.

    Args:
        records: gives the events, once the streams that they are written to are open.
        report: a file for the losses as JSON Lines; None: none.
        say: what prints a line; None: that of ``doors``.
    """
    from rapporteur.exports import event_files  # late: --help need not wait

    with ExitStack() as open_files:
        streams = [open_files.enter_context(doors.output(path)) for path in paths(form, out)]
        losses = event_files.write(records(streams), form.value, *streams)
    say_losses(losses, form, doors, say=say)
    if report is not None:
        write_report([(losses, form.value, "write")], report, doors)
    return losses


def say_losses(
    losses: Losses, form: str, doors: Doors, *, found: bool = False, say: Callable[[str], None] | None = None
) -> None:
    """The report of losses, a line each."""
    for loss in losses:
        (say or doors.say)(f"{form} {'file' if found else 'format'}: {loss}")


def write_report(told: Iterable[tuple[Losses, str, str]], path: Path, doors: Doors) -> None:
    """The report of losses as a file of JSON Lines: of each losses, format, ``read`` or ``write``."""
    from rapporteur.exports.losses import to_lines

    with doors.output(path) as stream:
        for losses, form, step in told:
            stream.writelines(to_lines(losses, form, step))


def only_events(view: str, form: Form) -> None:
    """Some formats hold events alone.

    Raises:
        AskError: the view is another.
    """
    if view != "events":
        problem = f"{form.value} holds events, not {view}; valid for {view}: table, jsonl, csv, parquet"
        raise AskError("format", problem)


def write_view(
    ledger: Ledger, table: pa.Table, form: Form, out: Path | None, doors: Doors, report: Path | None = None
) -> int:
    """Write the rows of a view ``events``; returns the exit status."""
    from rapporteur.exports import event_files

    write_events(lambda _: event_files.of_view(ledger, table), form, out, doors, report=report)
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
        mentions: Annotated[
            Path | None,
            typer.Option(metavar="FILE", help="GDELT's mentions of the file's events.", show_default=False),
        ] = None,
        losses: LossesOption = None,
    ) -> None:
        """Turn a file of events from one exchange format into another; what is lost is told on standard error."""
        raise typer.Exit(doors.guarded(lambda: _convert(path, source, target, out, doors, mentions, losses)))


def _convert(
    path: Path,
    source: ExchangeFormat,
    target: ExchangeFormat,
    out: Path | None,
    doors: Doors,
    mentions: Path | None,
    report: Path | None,
) -> int:
    from rapporteur.exports import exchange
    from rapporteur.exports.losses import Losses

    if mentions is not None and source is not ExchangeFormat.GDELT:
        raise AskError("mentions", f"{source.value} has no file of mentions; leave --mentions out")
    found, problems = Losses(), list[LineError]()

    def read(_: list[BinaryIO]) -> Iterator[EventRecord]:
        records = exchange.read(source, stream, found, str(path))
        if told is not None:
            records = exchange.with_mentions(records, told, str(mentions), found)
        for record in records:
            if isinstance(record, LineError):
                problems.append(record)
                doors.say(str(record))
            else:
                yield record

    with ExitStack() as open_files:
        stream = open_files.enter_context(_opened(path))
        told = open_files.enter_context(_opened(mentions)) if mentions is not None else None
        lost = write_events(read, Form(target), out, doors)
    say_losses(found, source, doors, found=True)
    if report is not None:
        write_report([(found, source.value, "read"), (lost, target.value, "write")], report, doors)
    return _INCOMPLETE if problems else _DONE


def _opened(path: Path) -> BinaryIO:
    try:
        return sys.stdin.buffer if str(path) == "-" else open(path, "rb")
    except OSError as error:
        raise PageError(str(path), f"can't be read: {error.strerror}; check the path") from None
