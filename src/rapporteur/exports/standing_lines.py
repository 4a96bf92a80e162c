"""What an article tells of measures and talks, for the table that a person reads: below its events, one entry each.

Several mentions of one measure, or of one series of talks, are one entry, as they would be in a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from rapporteur.exports.words import INDENT, printable, shorten
from rapporteur.model import Article, Party
from rapporteur.record.fold_article import fold_article
from rapporteur.record.fold_measures import MeasureState
from rapporteur.record.fold_talks import TalksState

_TEXT_LENGTH = 110
_STYLES = {
    "in force": "green", "ended": "dim", "concluded": "green", "threatened": "italic yellow", "planned": "italic cyan",
    "disputed": "bold red", "failed": "bold red", "suspended": "yellow", "under way": "cyan",
}  # fmt: skip


def standing_lines(article: Article, console: Console) -> Iterator[Text]:
    """The lines of all entries; each begins with an empty line. None where the article tells of nothing that lasts."""
    measures, talks = fold_article(article)
    for measure, told in measures:
        yield from _entry("Stands", measure.kind, _measured(measure), measure.status, _measure_notes(measure), console)
        yield from _credit(told[-1].said.attributed_to)
    for series, heard in talks:
        yield from _entry("Talks", "", _names(series.participants), series.status, _talks_notes(series), console)
        yield from _credit(heard[-1].said.attributed_to)


def _entry(label: str, kind: str, who: str, status: str, notes: Sequence[str], console: Console) -> Iterator[Text]:
    yield Text()
    head = f"{kind}: {who}" if kind else who
    first, *rest = Text(head).wrap(console, max(24, console.width - INDENT - len("in force") - 4))
    first.rstrip()
    yield Text(f"{label:<{INDENT}}", style="bold").append(first).append("  ").append(status, style=_STYLES[status])
    for line in rest:
        line.rstrip()
        yield Text(" " * INDENT).append(line)
    for note in notes:
        yield Text(" " * INDENT + note)


def _measured(measure: MeasureState) -> str:
    imposers = _names(measure.imposers) or "(unnamed)"
    return f"{imposers} → {_names(measure.targets)}" if measure.targets else imposers


def _measure_notes(measure: MeasureState) -> list[str]:
    notes = [_words(measure.object)] if measure.object else []
    times = [
        f"through {printable(measure.through)}" if measure.through else "",
        f"since {measure.since.value}" if measure.since else "",
        f"until {measure.until}" if measure.until else "",
        f"“{_words(measure.ends_when)}”" if measure.ends_when else "",
    ]
    return [*notes, *_joined(times)]


def _talks_notes(series: TalksState) -> list[str]:
    notes = [_words(series.subject)] if series.subject else []
    rounds = [_at(r.date.value if r.date else None, r.place) for r in series.rounds]
    following = _at(series.next.date, series.next.place) if series.next else ""
    times = [
        f"held {', '.join(filter(None, rounds))}" if any(rounds) else "",
        f"next {following}" if following else "",
    ]
    agreed = [f"agreed: {_words(words)}" for words in series.agreed]
    called = [f"{_name(c.by) if c.by else 'called'}: {_words(c.words)}" for c, _ in series.called]
    return [*notes, *_joined(times), *agreed, *called]


def _joined(parts: Iterable[str]) -> list[str]:
    told = [part for part in parts if part]
    return [" · ".join(told)] if told else []


def _at(date: str | None, place: str | None) -> str:
    return " ".join(printable(part) for part in (date, place) if part)


def _credit(sources: Sequence[str]) -> Iterator[Text]:
    named = [_words(source) for source in sources if source]
    if named:
        yield Text(f"{' ' * INDENT}according to {' ‹ '.join(named)}", style="dim")


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(_name(party) for party in parties)


def _name(party: Party) -> str:
    name = shorten(printable(party.name or party.text))
    return f"{name} ({party.code})" if party.code else name


def _words(text: str) -> str:
    return shorten(printable(text), _TEXT_LENGTH)
