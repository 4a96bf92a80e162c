"""The commands of the ledger: ``record``, ``ledger``, ``why``, ``correct``, ``relink``, ``panel``.

They hold no logic: what is recorded and shown is in ``rapporteur.record``, how it is written in ``exports``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapporteur import cli_exchange
from rapporteur.cli_knowledge import ActorFiles, Doors, FrameFiles, OutOption, day
from rapporteur.exports.forms import Form, by_ending

if TYPE_CHECKING:
    import pyarrow as pa

    from rapporteur.errors import InputError
    from rapporteur.model import Article
    from rapporteur.record.ledger import Ledger

_DONE, _INCOMPLETE = 0, 1


class View(StrEnum):
    """What ``ledger`` shows."""

    EVENTS = "events"
    MEASURES = "measures"
    TALKS = "talks"
    CLAIMS = "claims"
    ARTICLES = "articles"
    ALL = "all"


class Unit(StrEnum):
    """What a row of a panel is about."""

    COUNTRY = "country"
    DYAD = "dyad"


class By(StrEnum):
    """The classes that a panel counts."""

    TYPE = "type"
    QUAD = "quad"


class Period(StrEnum):
    """The time that a row of a panel covers."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Level(StrEnum):
    """What a panel counts."""

    EVENTS = "events"
    REPORTS = "reports"


LedgerFile = Annotated[Path, typer.Argument(metavar="LEDGER", help="The ledger's file.", show_default=False)]
Wait = Annotated[
    float, typer.Option("--wait", min=0.0, metavar="SECONDS", help="How long to wait for another that writes.")
]
FormOption = Annotated[
    Form | None, typer.Option("--format", help="How to write.", show_default="table on a terminal, else jsonl")
]
KnownBy = Annotated[
    str | None,
    typer.Option(callback=day, metavar="DATE", help="Only reports published up to that day.", show_default="all"),
]
JudgedBy = Annotated[
    str | None,
    typer.Option(callback=day, metavar="DATE", help="Only judgements made up to that day.", show_default="all"),
]


def mount(app: typer.Typer, doors: Doors) -> None:
    """Add the commands to ``app``."""
    _mount_recording(app, doors)
    _mount_asking(app, doors)
    _mount_judging(app, doors)
    _mount_panel(app, doors)


def _mount_recording(app: typer.Typer, doors: Doors) -> None:
    @app.command()
    def record(
        ledger: LedgerFile,
        paths: Annotated[
            list[str],
            typer.Argument(metavar="PATH...", help="Files, folders or globs; - is standard input.", show_default=False),
        ],
        date: Annotated[
            str | None,
            typer.Option(callback=day, metavar="YYYY-MM-DD", help="Publication date of articles that carry none."),
        ] = None,
        workers: Annotated[
            int | None, typer.Option(min=1, metavar="N", help="Processes.", show_default="the cores")
        ] = None,
        model: Annotated[
            str | None,
            typer.Option(metavar="NAME", help="An installed spaCy pipeline to parse with.", show_default=False),
        ] = None,
        ranker: Annotated[
            str | None,
            typer.Option(metavar="DIR|rules", help="As of rapporteur read.", show_default="the shipped model"),
        ] = None,
        actors: ActorFiles = None,
        frames: FrameFiles = None,
        wait: Wait = 10.0,
    ) -> None:
        """Read pages into a ledger; what it holds already changes nothing."""

        def work() -> int:
            target = _opened(ledger, wait, create=True)
            reader = doors.load_reader(model, actors or (), frames or (), ranker)
            stdin = getattr(sys.stdin, "buffer", None)
            results = reader.read_paths(paths, date=date, workers=workers or doors.cores(), stdin=stdin)
            return _record(target, results, doors)

        raise typer.Exit(doors.guarded(work))

    @app.command()
    def relink(
        ledger: LedgerFile,
        rule: Annotated[
            str | None,
            typer.Option(metavar="NAME", help="The merging rule.", show_default="the ledger's own"),
        ] = None,
        wait: Wait = 10.0,
    ) -> None:
        """Decide anew which reports tell of the same act, and which mentions of the same measure, talks or claim."""

        def work() -> int:
            _opened(ledger, wait).relink(rule)
            return _DONE

        raise typer.Exit(doors.guarded(work))


def _mount_asking(app: typer.Typer, doors: Doors) -> None:
    @app.command("ledger")
    def ledger_view(
        ledger: LedgerFile,
        view: Annotated[View, typer.Argument(help="Which view.", show_default=False)],
        as_of: Annotated[
            str | None,
            typer.Option(
                callback=day,
                metavar="DATE",
                help="The day at which states are told.",
                show_default="--known-by, else today",
            ),
        ] = None,
        known_by: KnownBy = None,
        judged_by: JudgedBy = None,
        actor: Annotated[
            list[str] | None,
            typer.Option(metavar="X", help="A party: code, name or registry id; repeatable.", show_default=False),
        ] = None,
        with_: Annotated[
            list[str] | None,
            typer.Option("--with", metavar="X", help="Another party; repeatable.", show_default=False),
        ] = None,
        types: Annotated[
            list[str] | None,
            typer.Option("--type", metavar="T", help="Event type or kind of measure; repeatable.", show_default=False),
        ] = None,
        since: Annotated[
            str | None,
            typer.Option(callback=day, metavar="DATE", help="What was from that day on.", show_default=False),
        ] = None,
        until: Annotated[
            str | None,
            typer.Option(callback=day, metavar="DATE", help="What was up to that day.", show_default=False),
        ] = None,
        country: Annotated[
            str | None, typer.Option(metavar="X", help="Of a party or of the place.", show_default=False)
        ] = None,
        status: Annotated[
            list[str] | None,
            typer.Option(metavar="S", help="Of events, measures and talks; repeatable.", show_default=False),
        ] = None,
        place: Annotated[
            str | None, typer.Option(metavar="NAME", help="Of events: the place's name.", show_default=False)
        ] = None,
        source: Annotated[
            str | None,
            typer.Option(metavar="WORDS", help="Of events: in a source's or outlet's name.", show_default=False),
        ] = None,
        limit: Annotated[
            int | None, typer.Option(min=0, metavar="N", help="At most so many rows.", show_default="all")
        ] = None,
        after: Annotated[
            str | None, typer.Option(metavar="ID", help="From behind the row of this id.", show_default=False)
        ] = None,
        rejected: Annotated[bool, typer.Option("--rejected", help="With rows that were judged wrong.")] = False,
        losses: cli_exchange.LossesOption = None,
        form: FormOption = None,
        out: OutOption = None,
        wait: Wait = 10.0,
    ) -> None:
        """Print a view of the ledger: what is known of events, measures, talks, claims and articles on a day."""

        def work() -> int:
            opened = _opened(ledger, wait)
            if view is View.ALL:
                asked: dict[str, Any] = {
                    "as_of": as_of,
                    "known_by": known_by,
                    "judged_by": judged_by,
                    "actor": actor,
                    "with_": with_,
                }
                asked |= {"since": since, "until": until, "country": country, "rejected": rejected}
                narrowed = bool(types or limit is not None or after or status or place or source)
                return _write_folder(opened, out, form, narrowed, asked)
            chosen = form or by_ending(out)
            if chosen is not None and chosen.holds_events_alone:
                cli_exchange.only_events(view.value, chosen)
            table = opened.view(
                view.value,
                as_of=as_of,
                known_by=known_by,
                judged_by=judged_by,
                actor=actor,
                with_=with_,
                type=types,
                since=since,
                until=until,
                country=country,
                status=status,
                place=place,
                source=source,
                limit=limit,
                after=after,
                rejected=rejected,
            )
            if chosen is not None and chosen.holds_events_alone:
                return cli_exchange.write_view(opened, table, chosen, out, doors, losses)
            if losses is not None:
                cli_exchange.write_report([], losses, doors)
            return _write(table, view.value, form, out, doors)

        raise typer.Exit(doors.guarded(work))

    @app.command()
    def why(
        ledger: LedgerFile,
        id: Annotated[
            str,
            typer.Argument(
                metavar="ID", help="Of a row of a view, a report, a mention or an article.", show_default=False
            ),
        ],
        form: FormOption = None,
        out: OutOption = None,
        wait: Wait = 10.0,
    ) -> None:
        """Print what stands behind a row: reports, their words, whose word it is, rules, links, judgements."""
        raise typer.Exit(doors.guarded(lambda: _write(_opened(ledger, wait).why(id), "why", form, out, doors)))


def _mount_judging(app: typer.Typer, doors: Doors) -> None:
    @app.command()
    def correct(
        ledger: LedgerFile,
        id: Annotated[
            str,
            typer.Argument(
                metavar="ID",
                help="Of a row of a view, a report or a mention; to undo, of a judgement.",
                show_default=False,
            ),
        ],
        verdict: Annotated[
            str,
            typer.Argument(
                metavar="VERDICT", help="accept, reject, retype, recode, merge, split or undo.", show_default=False
            ),
        ],
        who: Annotated[str, typer.Option(metavar="NAME", help="Who says so.", show_default=False)],
        why: Annotated[str, typer.Option(metavar="TEXT", help="For what reason.", show_default=False)],
        value: Annotated[
            str | None,
            typer.Argument(
                metavar="VALUE",
                help="The new type or kind; the id to merge with; who is who: 'actors/1=RUS', 'recipients/2=' (there "
                "is none), 'actors/+=igo:NATO' (one more), several separated by ';'.",
                show_default=False,
            ),
        ] = None,
        wait: Wait = 10.0,
    ) -> None:
        """Enter a person's judgement, print its id; it outlives that articles are read again; a later one overrules."""

        def work() -> int:
            typer.echo(_opened(ledger, wait).correct(id, verdict, value, who=who, why=why))
            return _DONE

        raise typer.Exit(doors.guarded(work))


def _mount_panel(app: typer.Typer, doors: Doors) -> None:
    @app.command()
    def panel(
        ledger: LedgerFile,
        since: Annotated[str, typer.Option(callback=day, metavar="DATE", help="The first day.", show_default=False)],
        until: Annotated[str, typer.Option(callback=day, metavar="DATE", help="The last day.", show_default=False)],
        unit: Annotated[Unit, typer.Option(help="What a row is about.")] = Unit.COUNTRY,
        by: Annotated[By, typer.Option(help="What is told apart.")] = By.TYPE,
        period: Annotated[Period, typer.Option(help="The time of a row.")] = Period.DAY,
        level: Annotated[Level, typer.Option(help="Acts, each once, or every report.")] = Level.EVENTS,
        country: Annotated[
            list[str] | None,
            typer.Option(metavar="ISO3", help="Only these; repeatable.", show_default="all"),
        ] = None,
        status: Annotated[
            list[str] | None,
            typer.Option(metavar="S", help="Status of what counts; repeatable.", show_default="actual"),
        ] = None,
        undirected: Annotated[bool, typer.Option("--undirected", help="Count done and undergone alike.")] = False,
        members: Annotated[bool, typer.Option("--members", help="A group's acts count for each member.")] = False,
        long: Annotated[bool, typer.Option("--long", help="One row a class.")] = False,
        known_by: KnownBy = None,
        judged_by: JudgedBy = None,
        form: FormOption = None,
        out: OutOption = None,
        wait: Wait = 10.0,
    ) -> None:
        """Print counts for statistics: by country or pair of countries and time, with zeros and a denominator."""

        def work() -> int:
            table = _opened(ledger, wait).panel(
                since=since,
                until=until,
                known_by=known_by,
                judged_by=judged_by,
                unit=unit.value,
                by=by.value,
                period=period.value,
                level=level.value,
                countries=country,
                status=status or "actual",
                directed=not undirected,
                members=members,
                long=long,
            )
            return _write(table, "panel", form, out, doors)

        raise typer.Exit(doors.guarded(work))


# -- what they share -------------------------------------------------------------------------------------------


def _opened(path: Path, wait: float, *, create: bool = False) -> Ledger:
    from rapporteur.record.ledger import Ledger  # late: --help need not wait

    return Ledger(path, wait=wait, create=create)


def _record(target: Ledger, results: Iterable[Article | InputError], doors: Doors) -> int:
    problems: list[InputError] = []
    done = target.record(_articles(results, problems, doors))
    doors.say(
        f"{target.path}: articles: {done.new} new, {done.unchanged} unchanged, {done.reread} read again; "
        f"added: {done.reports} reports of events, {done.mentions} mentions of measures, talks and claims"
    )
    return _INCOMPLETE if problems else _DONE


def _articles(results: Iterable[Article | InputError], problems: list[InputError], doors: Doors) -> Iterator[Article]:
    from rapporteur.errors import InputError

    for result in results:
        if isinstance(result, InputError):
            problems.append(result)
            doors.say(str(result))
        else:
            yield result


def _write(table: pa.Table, view: str, form: Form | None, out: Path | None, doors: Doors) -> int:
    from rapporteur.exports import record_formats

    chosen = form or by_ending(out) or (Form.TABLE if out is None and sys.stdout.isatty() else Form.JSONL)
    with doors.output(out) as stream:
        record_formats.write(table, view, chosen.value, stream)
    return _DONE


def _write_folder(ledger: Ledger, out: Path | None, form: Form | None, more: bool, asked: dict[str, Any]) -> int:
    """All views, as linked tables in a folder."""
    import datetime

    from rapporteur.errors import AskError
    from rapporteur.exports import table_folder

    if out is None or form not in (None, Form.PARQUET):
        raise AskError("view", "all views go into a folder: --format parquet --out FOLDER")
    if more:
        raise AskError(
            "view", "--type, --status, --place, --source, --limit and --after are of one view; leave them out with all"
        )
    asked["as_of"] = asked["as_of"] or asked["known_by"] or datetime.datetime.now(datetime.UTC).date().isoformat()
    rows = ((name, row) for name in table_folder.VIEWS for row in table_folder.paged(ledger.view, name, **asked))
    table_folder.write_folder(rows, out, {name: asked[name] for name in ("as_of", "known_by", "judged_by")})
    return _DONE
