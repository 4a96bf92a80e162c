"""The command ``explain``: why events were coded. It holds no logic: what is told is in ``rapporteur.explain``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rapporteur.cli_knowledge import ActorFiles, Doors, FrameFiles, day

if TYPE_CHECKING:
    from rapporteur.explain import Explanation
    from rapporteur.model import Article

_READ, _INCOMPLETE = 0, 1
_SHOWN = 8  # alternatives


class ExplainFormat(StrEnum):
    """What ``explain --format`` takes."""

    TEXT = "text"
    JSON = "json"


def mount(app: typer.Typer, doors: Doors) -> None:
    """Add the command to ``app``."""

    @app.command()
    def explain(
        path: Annotated[
            str, typer.Argument(metavar="FILE", help="A page or a JSONL file; - is standard input.", show_default=False)
        ],
        event: Annotated[
            str | None,
            typer.Option(metavar="ID", help="Only the event of this id.", show_default="all events"),
        ] = None,
        date: Annotated[
            str | None,
            typer.Option(callback=day, metavar="YYYY-MM-DD", help="Publication date of articles that carry none."),
        ] = None,
        form: Annotated[ExplainFormat, typer.Option("--format", help="How to print.")] = ExplainFormat.TEXT,
        ranker: Annotated[
            str | None,
            typer.Option(metavar="DIR|rules", help="As of rapporteur read.", show_default="the shipped model"),
        ] = None,
        actors: ActorFiles = None,
        frames: FrameFiles = None,
    ) -> None:
        """Say why events were coded: frame, pattern, parties, figures, and what else the words could have been."""
        raise typer.Exit(doors.guarded(lambda: _explain(path, event, date, form, ranker, actors, frames, doors)))


def _explain(
    path: str,
    event: str | None,
    date: str | None,
    form: ExplainFormat,
    ranker: str | None,
    actors: list[Path] | None,
    frames: list[Path] | None,
    doors: Doors,
) -> int:
    from rapporteur.errors import InputError  # late: --help need not wait
    from rapporteur.explain import Explainer

    reader = doors.load_reader(None, actors or (), frames or (), ranker)
    explainer = Explainer()
    reader.watch = explainer
    status, found = _READ, 0
    for article in reader.read_paths([path], date=date, stdin=getattr(sys.stdin, "buffer", None)):
        if isinstance(article, InputError):
            doors.say(str(article))
            status = _INCOMPLETE
            continue
        for explanation in explainer.explanations(article):
            if event is None or explanation.event.id == event:
                found += 1
                _print(article, explanation, form)
    if event is not None and not found:
        doors.say(f"{path}: no event has the id '{event}'; rapporteur read --format jsonl shows the ids")
        return _INCOMPLETE
    return status


def _print(article: Article, explanation: Explanation, form: ExplainFormat) -> None:
    if form is ExplainFormat.JSON:
        import msgspec

        typer.echo(msgspec.json.encode({"article": article.id, **explanation.to_dict()}).decode())
        return
    from rapporteur.exports.words import printable

    for line in _lines(article, explanation):
        typer.echo(printable(line) and "  " * (len(line) - len(line.lstrip())) + printable(line))


def _lines(article: Article, explanation: Explanation) -> Iterator[str]:
    event = explanation.event
    kind = f"{event.type}·{event.mode}" if event.mode else event.type
    yield f"{event.id}  {kind}  {event.status}  confidence {event.confidence:.2f}"
    yield f" sentence: {explanation.sentence}"
    yield f" words: {event.trigger.text} [{event.trigger.start}, {event.trigger.end}]"
    yield f" frame: {explanation.frame}; pattern: {explanation.pattern}"
    for text, part, code in explanation.parts:
        yield f" {part}: {text} ({code or 'code untold'})"
    for index in event.attributed_to:
        source = " ".join(article.body[s:e] for s, e in article.attributions[index].source)
        yield f" on the word of: {source} ({article.attributions[index].force})"
    if explanation.evidence:
        yield " weighed: " + "; ".join(f"{name} {value:g}" for name, value in explanation.evidence)
    for other in explanation.alternatives[:_SHOWN]:
        yield f" not: {other.type} “{other.text}” ({other.frame}, {other.confidence:.2f}): {other.because}"
    yield ""
