"""The commands for those who add knowledge: ``frames check`` and ``unknown``.

``mount`` adds them to the command line. They hold no logic: frames' examples are run by ``rapporteur.evaluation``,
unknown names are collected by ``rapporteur.unknown``.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Protocol

import typer

if TYPE_CHECKING:
    from rapporteur.errors import InputError
    from rapporteur.model import Article
    from rapporteur.reader import Reader

_READ, _INCOMPLETE = 0, 1

ActorFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        help="A file of your own actors (.yaml, .csv), on top of the registry; repeatable.",
        show_default=False,
    ),
]
FrameFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--frames",
        metavar="DIR",
        help="A folder (or file) of your own frames, on top of the shipped ones; repeatable.",
        show_default=False,
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write there instead of standard output.", show_default=False),
]


class LoadReader(Protocol):
    """Loads the reader, late."""

    def __call__(
        self, model: str | None, actors: Iterable[Path], frames: Iterable[Path], ranker: str | None = None
    ) -> Reader: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """What the command line lends its commands: see the functions of those names in ``cli``."""

    guarded: Callable[[Callable[[], int]], int]
    say: Callable[[str], None]
    output: Callable[[Path | None], AbstractContextManager[BinaryIO]]
    load_reader: LoadReader
    cores: Callable[[], int]


class ActorFormat(StrEnum):
    """What ``unknown --format`` takes."""

    YAML = "yaml"
    CSV = "csv"


def day(value: str | None) -> str | None:
    """A day given on the command line, checked.

    Raises:
        BadParameter: it is none.
    """
    if value is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise ValueError
        datetime.date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"'{value}' is no day; write it as 2025-01-31") from None
    return value


def mount(app: typer.Typer, doors: Doors) -> None:
    """Add the commands to ``app``."""
    frames = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Work on frames (docs/frames.md).")
    app.add_typer(frames, name="frames")

    @frames.callback()
    def _group() -> None:
        pass

    @frames.command()
    def check(
        paths: Annotated[
            list[Path] | None,
            typer.Argument(
                metavar="[DIR|FILE]...", help="Your own frames.", show_default="the shipped ones, without your own"
            ),
        ] = None,
        actors: ActorFiles = None,
    ) -> None:
        """Read the frames' own examples and print which are not read as they say."""
        raise typer.Exit(doors.guarded(lambda: _check(paths or [], actors or [], doors)))

    @app.command()
    def unknown(
        paths: Annotated[
            list[str],
            typer.Argument(metavar="PATH...", help="Files, folders or globs; - is standard input.", show_default=False),
        ],
        out: Annotated[
            Path | None,
            typer.Option(metavar="FILE", help="Write there instead of standard output.", show_default=False),
        ] = None,
        form: Annotated[
            ActorFormat | None,
            typer.Option("--format", help="How to write.", show_default="by the name of --out, else yaml"),
        ] = None,
        most: Annotated[
            int | None, typer.Option(min=1, metavar="N", help="The N most frequent only.", show_default="all")
        ] = None,
        actors: ActorFiles = None,
        frames: FrameFiles = None,
        workers: Annotated[
            int | None, typer.Option(min=1, metavar="N", help="Processes.", show_default="the cores")
        ] = None,
    ) -> None:
        """List actors and sources that the registry lacks, as a file for --actors."""
        chosen = form or (ActorFormat.CSV if out is not None and out.suffix.lower() == ".csv" else ActorFormat.YAML)
        raise typer.Exit(
            doors.guarded(lambda: _unknown(paths, out, chosen, most, actors or [], frames or [], workers, doors))
        )


def _check(paths: list[Path], actors: list[Path], doors: Doors) -> int:
    from rapporteur.evaluation.frame_examples import check_examples  # late: --help need not wait
    from rapporteur.knowledge.frames import FRAMES, frame_files

    # by rules alone: the examples say what frames take, not what a model makes of it
    reader = doors.load_reader(None, actors, paths, "rules")
    files = dict.fromkeys(file for path in paths or [FRAMES] for file in frame_files(path))
    results = list(check_examples(files, reader))
    failed = [result for result in results if not result.met]
    for result in failed:
        typer.echo(f"{result.file}:{result.line}: {result.frame}: {result.text}")
        typer.echo(f"    wanted {result.wanted}")
        typer.echo(f"    read   {result.found}")
    frames = len({result.frame for result in results})
    typer.echo(f"{len(results)} examples of {frames} frames: {len(results) - len(failed)} as stated, {len(failed)} not")
    return _INCOMPLETE if failed else _READ


def _unknown(
    paths: list[str],
    out: Path | None,
    form: ActorFormat,
    most: int | None,
    actors: list[Path],
    frames: list[Path],
    workers: int | None,
    doors: Doors,
) -> int:
    from rapporteur.knowledge.registry import Registry
    from rapporteur.unknown import to_csv, to_yaml, unknown_actors

    problems: list[InputError] = []
    reader = doors.load_reader(None, actors, frames)
    stdin = getattr(sys.stdin, "buffer", None)
    results = reader.read_paths(paths, workers=workers or doors.cores(), stdin=stdin)
    found = unknown_actors(_articles(results, problems, doors.say), Registry.load(*actors))[:most]
    with doors.output(out) as stream:
        stream.write((to_csv if form is ActorFormat.CSV else to_yaml)(found).encode())
    return _INCOMPLETE if problems else _READ


def _articles(
    results: Iterable[Article | InputError], problems: list[InputError], say: Callable[[str], None]
) -> Iterator[Article]:
    from rapporteur.model import Article

    for result in results:
        if isinstance(result, Article):
            yield result
        else:
            problems.append(result)
            say(str(result))
