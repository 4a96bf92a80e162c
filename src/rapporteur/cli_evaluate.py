"""The commands for those who work on the reading: ``evaluate`` against gold, ``diff`` of two readings.

``mount`` adds them to the command line. They hold no logic: what is compared is in ``rapporteur.evaluation``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rapporteur.errors import InputError
    from rapporteur.evaluation.compare import Change
    from rapporteur.evaluation.mistakes import Mistake

Guard = Callable[[Callable[[], int]], int]
"""Runs a command's work and gives the exit status, whatever happens."""
Say = Callable[[str], None]
"""Says one line on standard error."""
_READ, _INCOMPLETE = 0, 1


class Kind(StrEnum):
    """What ``--kind`` takes."""

    AUTO = "auto"
    EVENTS = "events"
    GSR = "gsr"
    PAGES = "pages"
    ATTRIBUTION = "attribution"


class Part(StrEnum):
    """What ``--part`` takes."""

    TUNING = "tuning"
    HELD_OUT = "held-out"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of ``evaluate``."""

    gold: Path
    predictions: Path | None
    kind: Kind
    errors: bool
    most: int
    as_json: bool
    part: Part | None
    real: bool
    ranker: str | None


def mount(app: typer.Typer, guarded: Guard, say: Say) -> None:
    """Add the commands to ``app``."""

    @app.command()
    def evaluate(
        gold: Annotated[
            Path, typer.Argument(metavar="GOLD", help="Gold: a JSONL file (.gz too), or a folder of labelled pages.")
        ],
        predictions: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE",
                help="Readings to compare, as rapporteur read --format jsonl prints them.",
                show_default="GOLD's texts are read now",
            ),
        ] = None,
        kind: Annotated[Kind, typer.Option(help="What GOLD is about; auto tells it by its content.")] = Kind.AUTO,
        errors: Annotated[bool, typer.Option("--errors", help="Print the mistakes too, by class.")] = False,
        most: Annotated[int, typer.Option(min=1, metavar="N", help="At most N mistakes a class.")] = 20,
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
        part: Annotated[
            Part | None,
            typer.Option(help="Of gold events, one part by document: one in five is held out.", show_default="all"),
        ] = None,
        real: Annotated[bool, typer.Option("--real", help='Leave out documents whose source is "synthetic".')] = False,
        ranker: Annotated[
            str | None,
            typer.Option(metavar="DIR|rules", help="As of rapporteur read.", show_default="the shipped model"),
        ] = None,
    ) -> None:
        """Compare a reading with what people coded (for developers)."""
        asked = _Asked(gold, predictions, kind, errors, most, as_json, part, real, ranker)
        raise typer.Exit(guarded(lambda: _evaluate(asked, say)))

    @app.command()
    def diff(
        before: Annotated[Path, typer.Argument(metavar="A", help="Readings (rapporteur read --format jsonl).")],
        after: Annotated[Path, typer.Argument(metavar="B", help="Other readings of the same texts.")],
        most: Annotated[int, typer.Option(min=0, metavar="N", help="At most N articles in full.")] = 50,
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    ) -> None:
        """Show what changed between two readings of the same texts (for developers)."""
        raise typer.Exit(guarded(lambda: _diff(before, after, most, as_json, say)))


def _evaluate(asked: _Asked, say: Say) -> int:
    from rapporteur.evaluation.against_gold import Options, evaluate  # late: --help need not wait
    from rapporteur.evaluation.gold import GoldKind
    from rapporteur.evaluation.gold import Part as GoldPart
    from rapporteur.events import ranker_named

    options = Options(
        kind=None if asked.kind is Kind.AUTO else GoldKind(asked.kind.value),
        predictions=asked.predictions,
        part=GoldPart(asked.part.value) if asked.part else None,
        real=asked.real,
        mistakes=asked.errors,
        ranker=ranker_named(asked.ranker) if asked.ranker else None,
    )
    result = evaluate(asked.gold, options)
    if asked.as_json:
        shown: dict[str, Any] = dict(result.figures)
        if asked.errors:
            shown["mistakes"] = [
                _plain(mistake) for _, some in _classes(result.mistakes, asked.most) for mistake in some
            ]
        typer.echo(json.dumps(shown, ensure_ascii=False))
    else:
        _echo(_mistakes(result.mistakes, asked.most))
        _echo(_figures(result.figures))
    return _told(result.problems, say)


def _diff(before: Path, after: Path, most: int, as_json: bool, say: Say) -> int:
    from rapporteur.evaluation.compare import compare

    result = compare(before, after)
    if as_json:
        changes = [{"kind": c.kind, "article": c.article, "before": c.before, "after": c.after} for c in result.changes]
        typer.echo(json.dumps({**result.figures, "changes": changes}, ensure_ascii=False))
    else:
        _echo(_changes(result.changes, most))
        _echo(_figures(result.figures))
    return _told(result.problems, say)


def _told(problems: Iterable[InputError], say: Say) -> int:
    status = _READ
    for problem in problems:
        say(str(problem))
        status = _INCOMPLETE
    return status


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _figures(figures: dict[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            yield name
            for inner, row in value.items():
                yield f"  {inner:16} {_row(row)}"
        else:
            yield f"{name:18} {_row(value) if isinstance(value, dict) else _number(value)}"


def _row(values: dict[str, Any]) -> str:
    return "  ".join(f"{name} {_number(value)}" for name, value in values.items())


def _number(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _classes(mistakes: Iterable[Mistake], most: int) -> Iterator[tuple[str, list[Mistake]]]:
    from rapporteur.evaluation.mistakes import CLASSES

    by_class: dict[str, list[Mistake]] = {kind: [] for kind in CLASSES}
    for mistake in mistakes:
        by_class.setdefault(mistake.kind, []).append(mistake)
    for kind, some in by_class.items():
        if some:
            yield f"{kind}: {len(some)}" + (f", {most} shown" if len(some) > most else ""), some[:most]


def _mistakes(mistakes: Iterable[Mistake], most: int) -> Iterator[str]:
    for title, some in _classes(mistakes, most):
        yield f"== {title}"
        for mistake in some:
            yield f"{mistake.document}: {mistake.text}"
            yield f"    gold {mistake.gold}"
            yield f"    read {mistake.read}"
        yield ""


def _plain(mistake: Mistake) -> dict[str, str]:
    return {name: getattr(mistake, name) for name in ("kind", "document", "text", "gold", "read")}


def _changes(changes: Iterable[Change], most: int) -> Iterator[str]:
    by_article: dict[str, list[Change]] = {}
    for change in changes:
        by_article.setdefault(change.article, []).append(change)
    for article, some in list(by_article.items())[:most]:
        count = Counter(change.kind for change in some)
        yield f"{article}: " + ", ".join(f"{kind} {n}" if _many(kind) else kind for kind, n in count.items())
        for change in some:
            if change.before:
                yield f"    {change.kind:12} - {change.before}"
            if change.after:
                yield f"    {change.kind:12} + {change.after}"
    if len(by_article) > most:
        yield f"... and {len(by_article) - most} more articles"
    if by_article:
        yield ""


def _many(kind: str) -> bool:
    """Can there be several changes of this kind in an article?"""
    return not kind.startswith(("only in", "another"))
