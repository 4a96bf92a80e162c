"""The command line. It reads the arguments, asks the reader, and writes what comes; it holds no logic of reading.

Exit status: 0 all read, 1 something could not be read or written, 2 the command line is wrong, 130 interrupted,
141 the reader of the output went away. No traceback reaches a user: a bug is caught once, in ``_guarded``, and its
report is saved in a file.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from rapporteur import (
    cli_evaluate,
    cli_exchange,
    cli_explain,
    cli_institutions,
    cli_knowledge,
    cli_record,
    cli_train,
    cli_web,
)
from rapporteur.cli_knowledge import ActorFiles, FrameFiles, day
from rapporteur.errors import AskError, InputError, LedgerError, RapporteurError
from rapporteur.exports.forms import Form
from rapporteur.model import Article

if TYPE_CHECKING:
    from rich.progress import Progress

    from rapporteur.explain import Explainer
    from rapporteur.reader import Reader

READ, INCOMPLETE, WRONG_COMMAND, INTERRUPTED, OUTPUT_CLOSED = 0, 1, 2, 130, 141
_LONG = 2.0  # seconds of silence after which a progress line is worth its place

app = typer.Typer(
    name="rapporteur",
    help="Reads political and diplomatic news: who did what to whom, and on whose word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class OutputError(RapporteurError):
    """The output could not be opened (status 2) or written (status 1)."""

    def __init__(self, problem: str, status: int) -> None:
        super().__init__(problem, status)
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0])


def main(arguments: list[str] | None = None) -> None:
    """Run the command line on ``arguments`` (default: the process's own); always ends in ``SystemExit``."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    app(args=arguments, prog_name="rapporteur")


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rapporteur {_version('rapporteur')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    pass


@app.command()
def read(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders or globs; - is standard input.", show_default=False),
    ],
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to print.", show_default="table on a terminal, else jsonl"),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(callback=day, metavar="YYYY-MM-DD", help="Publication date of articles that carry none."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there instead of standard output.", show_default=False)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes.", show_default="the cores")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="X", help="Leave out events below X (0 to 1).")
    ] = 0.0,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="An installed spaCy pipeline to parse with.", show_default=False)
    ] = None,
    ranker: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|rules",
            help="A model's folder that rapporteur train wrote, or rules: decide by rules alone.",
            show_default="the shipped model",
        ),
    ] = None,
    explain_skips: Annotated[
        bool,
        typer.Option("--explain-skips", help="Print the possible events that were let go too, and why (one process)."),
    ] = False,
    losses: cli_exchange.LossesOption = None,
    actors: ActorFiles = None,
    frames: FrameFiles = None,
) -> None:
    """Read pages and print what they tell."""

    def work() -> int:
        reader = load_reader(model, actors or (), frames or (), ranker)
        explainer = _listener(reader) if explain_skips else None
        results = reader.read_paths(
            paths,
            date=date,
            workers=1 if explain_skips else workers or _cores(),
            stdin=getattr(sys.stdin, "buffer", None),
        )
        chosen = form or (Form.TABLE if out is None and sys.stdout.isatty() else Form.JSONL)
        if chosen is Form.PARQUET and out is not None and (out.is_dir() or not out.suffix):
            with _Pulse(shown=sys.stderr.isatty()) as pulse:
                return _write_folder(results, out, min_confidence, pulse)
        if chosen not in (Form.TABLE, Form.JSONL):
            with _Pulse(shown=sys.stderr.isatty() and (out is not None or not sys.stdout.isatty())) as pulse:
                return _write_events(results, chosen, out, losses, min_confidence, pulse)
        if losses is not None:
            cli_exchange.write_report([], losses, _DOORS)  # these lose nothing
        with _output(out) as stream, _Pulse(shown=sys.stderr.isatty() and not stream.isatty()) as pulse:
            return _write_all(results, _writer(chosen, stream, explainer), min_confidence, pulse)

    raise typer.Exit(_guarded(work))


def load_reader(
    model: str | None, actors: Iterable[Path] = (), frames: Iterable[Path] = (), ranker: str | None = None
) -> Reader:
    """The reader; imported here, so that ``--help`` need not wait for the language pipeline."""
    from rapporteur.events import ranker_named
    from rapporteur.reader import Reader

    chosen = ranker_named(ranker) if ranker is not None else None
    return Reader(model, ranker=chosen, actors=actors, frames=frames)


def _listener(reader: Reader) -> Explainer:
    from rapporteur.explain import Explainer

    explainer = Explainer()
    reader.watch = explainer
    return explainer


def _write_all(
    results: Iterable[Article | InputError], write: Callable[[Article], None], least: float, pulse: _Pulse
) -> int:
    status = READ
    for result in results:
        pulse.beat(isinstance(result, Article))
        if isinstance(result, InputError):
            status = INCOMPLETE
            pulse.say(str(result))
            continue
        if least > 0:
            result = replace(result, events=tuple(e for e in result.events if e.confidence >= least))
        with _writing():
            write(result)
    return status


def _write_events(
    results: Iterable[Article | InputError],
    form: Form,
    out: Path | None,
    report: Path | None,
    least: float,
    pulse: _Pulse,
) -> int:
    """Events alone; what the format can't hold is said at the end."""
    from rapporteur.exports import event_files, event_records

    problems: list[InputError] = []
    found = map(event_records.from_article, _articles(results, least, pulse, problems))
    with _writing():
        cli_exchange.write_events(
            lambda streams: event_files.flushed(found, streams), form, out, _DOORS, report=report, say=pulse.say
        )
    return INCOMPLETE if problems else READ


def _write_folder(results: Iterable[Article | InputError], out: Path, least: float, pulse: _Pulse) -> int:
    """Linked tables in a folder, each article's mentions for themselves."""
    from rapporteur.exports import linked_articles, table_folder

    problems: list[InputError] = []
    articles = _articles(results, least, pulse, problems)
    rows = (row for article in articles for row in linked_articles.rows_of(article))
    table_folder.write_folder(rows, out, {"as_of": None, "known_by": None})
    return INCOMPLETE if problems else READ


def _articles(
    results: Iterable[Article | InputError], least: float, pulse: _Pulse, problems: list[InputError]
) -> Iterator[Article]:
    """What was read, without the events below ``least``; what can't be read is said and kept in ``problems``."""
    for result in results:
        pulse.beat(isinstance(result, Article))
        if isinstance(result, InputError):
            problems.append(result)
            pulse.say(str(result))
        else:
            yield replace(result, events=tuple(e for e in result.events if e.confidence >= least))


def _writer(form: Form, stream: BinaryIO, explainer: Explainer | None = None) -> Callable[[Article], None]:
    """What prints one article on ``stream`` and lets it go at once: output is a stream, as the reading is."""
    if form is Form.JSONL:
        from rapporteur.exports import jsonl

        def write(article: Article) -> None:
            stream.write(jsonl.to_line(article, None if explainer is None else explainer.skips(article)))
            stream.flush()

        return write

    from rapporteur.exports import table
    from rapporteur.exports.console import console_on

    text = io.TextIOWrapper(stream, encoding=_terminal_encoding(stream), errors="replace", write_through=True)
    console = console_on(text)

    def show(article: Article) -> None:
        table.show(article, console)
        if explainer is not None:
            table.show_skips(explainer.skips(article), console)
        text.flush()

    return show


def _terminal_encoding(stream: BinaryIO) -> str:
    return sys.stdout.encoding if stream.isatty() else "utf-8"


@contextmanager
def _output(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears under its name only when it is complete."""
    if path is None:
        sys.stdout.flush()
        with open(sys.stdout.fileno(), "wb", closefd=False) as stream:
            yield stream
        return
    target = path.resolve()
    if target.is_dir():
        raise OutputError(f"{path}: is a folder; --out takes a file", WRONG_COMMAND)
    try:
        if target.exists() and not target.is_file():  # a device or a named pipe can't be replaced
            temporary, stream = None, open(target, "wb")  # noqa: SIM115 - closed below
        else:
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            stream = os.fdopen(handle, "wb")
    except OSError as error:
        raise OutputError(f"{path}: can't be written: {error.strerror}", WRONG_COMMAND) from None
    try:
        with _writing(), stream:
            yield stream
        if temporary is not None:
            os.chmod(temporary, _mode(target))
            os.replace(temporary, target)
            temporary = None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """Permissions of the file that is replaced, else those that a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _writing() -> Iterator[None]:
    """A failed write (full disk, lost mount) is the user's to mend, no bug."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"the output can't be written: {error.strerror or error}", INCOMPLETE) from None


class _Pulse:
    """A line on a terminal's standard error that shows a long reading going on, and the way past it for messages."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown
        self._articles = 0
        self._started = time.monotonic()
        self._progress: Progress | None = None

    def beat(self, is_article: bool) -> None:
        """Something was read."""
        self._articles += is_article
        if self._shown and self._progress is None and time.monotonic() - self._started > _LONG:
            self._progress = _progress_line()
            self._progress.add_task("", total=None)
            self._progress.start()
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], completed=self._articles)

    def say(self, message: str) -> None:
        """One line on standard error."""
        if self._progress is not None:
            self._progress.console.out(_one_line(message), highlight=False)
        else:
            _say(message)

    def __enter__(self) -> _Pulse:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()


def _progress_line() -> Progress:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:,} articles read"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _guarded(work: Callable[[], int]) -> int:
    """The outermost door: run ``work`` and return the exit status, whatever happens."""
    try:
        return work()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return OUTPUT_CLOSED
    except OutputError as error:
        _say(str(error))
        return error.status
    except AskError as error:
        _say(str(error))
        return WRONG_COMMAND
    except (InputError, LedgerError) as error:
        _say(str(error))
        return INCOMPLETE
    except RapporteurError as error:
        _say(str(error))
        return WRONG_COMMAND
    except Exception as error:
        _say(f"internal error ({type(error).__name__}); {_save_report(error)}")
        return INCOMPLETE


def _say(message: str) -> None:
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    typer.echo(_one_line(message), err=True)


def _one_line(message: str) -> str:
    """Named, and without characters that break the line or steer a terminal: file names may hold any."""
    return "rapporteur: " + " ".join("".join(c if c.isprintable() else " " for c in message).split())


def _discard_output() -> None:
    """Nobody reads on: keep the interpreter's last flush from complaining."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _save_report(error: Exception) -> str:
    """Save what is needed to mend a bug and say where; nothing of the articles' text is in it."""
    import platformdirs

    name = f"report-{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.txt"
    for folder in (Path(platformdirs.user_state_dir("rapporteur")), Path(tempfile.gettempdir())):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(_report(error), encoding="utf-8", errors="backslashreplace")
            return f"please send the report saved in {folder / name}"
    return "its report could not be saved"


# Messages of these name code, types or files; those of others may quote what was read.
_TEXTLESS = (AttributeError, ImportError, MemoryError, NameError, OSError, RecursionError, TypeError)


def _report(error: BaseException) -> str:
    import platform
    import traceback

    lines = [f"{name} {_version(name)}" for name in ("rapporteur", "spacy", "msgspec", "typer", "rich")]
    lines += [f"Python {platform.python_version()} on {platform.platform()}", f"arguments: {sys.argv[1:]!r}", ""]
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    for link in reversed(chain):
        lines += ["Traceback (most recent call last):", *traceback.format_tb(link.__traceback__)]
        if isinstance(link, _TEXTLESS):
            message = str(link)
        else:  # of a worker's traceback, which comes as one message, the places
            places = [line for line in str(link).splitlines() if re.match(r'  File "[^"]+", line \d+, in \w+$', line)]
            message = "\n".join(["(message left out: it may quote an article)", *places])
        lines += [f"{type(link).__module__}.{type(link).__qualname__}: {message}", ""]
    return "\n".join(lines)


def _version(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _cores() -> int:
    """How many processors this process may use."""
    usable: Any = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


cli_evaluate.mount(app, _guarded, _say)
_DOORS = cli_knowledge.Doors(_guarded, _say, _output, load_reader, _cores)
cli_knowledge.mount(app, _DOORS)
cli_explain.mount(app, _DOORS)
cli_record.mount(app, _DOORS)
cli_institutions.mount(app, _DOORS)
cli_web.mount(app, _DOORS)
cli_train.mount(app, _guarded, _say)
cli_exchange.mount(app, _DOORS)
