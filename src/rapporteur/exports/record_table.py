"""The record's views for people: a table for the terminal, one row of cells a row of the view.

Every text goes through ``printable``: what a page says can't steer a terminal, and is never taken for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

import pyarrow as pa
from rich import box
from rich.table import Table
from rich.text import Text

from rapporteur.exports.console import console_on
from rapporteur.exports.record_flat import flat
from rapporteur.exports.words import printable

Row = Mapping[str, Any]
Cell = Callable[[Row], Iterable[str]]

_ID = "Id"
_ID_OF = {"why": "mention"}  # the column that ``_ID`` is of, where it is not "id"
_LONG = 240  # characters of a text
_WIDE = 110  # columns; a narrower page has no room for ids beside the rest
_NARROWEST = 10  # a day fits
#: Of the width; 2 where nothing is said.
_SHARES = {
    "Words": 5,
    "Claim": 4,
    "Article": 4,
    "Event": 3,
    "Measure": 3,
    "Participants": 3,
    "Who": 3,
    "Told by": 3,
    "Status": 1,
}
_SOURCES = 3  # names told of those who say so
_MOST = 1000  # rows of a view that has no layout of its own: a panel may have a million
_STYLES = {
    "in force": "green", "actual": "green", "ended": "dim", "concluded": "green", "threatened": "italic yellow",
    "hypothetical": "italic yellow", "planned": "italic cyan", "future": "italic cyan", "disputed": "bold red",
    "negated": "bold red", "failed": "bold red", "suspended": "yellow", "under way": "cyan",
}  # fmt: skip


def show(table: pa.Table, view: str, stream: TextIO, width: int | None = None) -> None:
    """Print the rows of a view; ``width`` in columns, by default the terminal's."""
    console = console_on(stream, width)
    if not table.num_rows:
        console.print(Text("No rows.", style="italic"))
        return
    columns = _LAYOUTS.get(view)
    shown = table
    if columns is None:
        shown = flat(table.slice(0, _MOST))
        columns = {name: _field(name) for name in shown.column_names}
    elif console.width < _WIDE:
        columns = _with_id_below(columns)
    if view in _LAYOUTS:
        longest = max(len(id) for id in table[_ID_OF.get(view, "id")].to_pylist())
        grid = _laid_out(columns, console.width, longest)
    else:
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for header in columns:
            grid.add_column(Text(header), overflow="fold")
    for batch in shown.to_batches(max_chunksize=_MOST):
        for row in batch.to_pylist():
            grid.add_row(*(_cell(cell(row)) for cell in columns.values()))
    console.print(grid)
    if shown.num_rows < table.num_rows:
        left = table.num_rows - shown.num_rows
        console.print(
            Text(f"... and {left:,} more rows; ask for csv, jsonl or parquet to have them all", style="italic")
        )


def _laid_out(columns: Mapping[str, Cell], width: int, longest: int) -> Table:
    """An empty table over the whole width, with an empty line between rows, in which no id (``longest``) is broken."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, leading=1)
    narrowest = dict.fromkeys(columns, _NARROWEST)
    narrowest[_ID if _ID in columns else next(iter(columns))] = max(longest, _NARROWEST)
    shares = {name: 0 if name == _ID else _SHARES.get(name, 2) for name in columns}
    room = max(0, width - 3 * (len(columns) - 1) - sum(narrowest.values()))
    for name in columns:
        grid.add_column(name, overflow="fold", width=narrowest[name] + room * shares[name] // sum(shares.values()))
    return grid


def _with_id_below(columns: Mapping[str, Cell]) -> dict[str, Cell]:
    """The columns of a narrow page: the id is a line of the first."""
    (header, first), *rest = columns.items()
    id = columns[_ID]
    kept = {name: cell for name, cell in rest if name != _ID}
    return {header: lambda row: (*first(row), *id(row)), **kept}


def _cell(lines: Iterable[str]) -> Text:
    """One line a text; a word of status has its colour."""
    kept = [printable(line) for line in lines if line]
    return Text("\n").join(Text(_short(line), style=_STYLES.get(line, "")) for line in kept)


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"


def _field(name: str) -> Cell:
    return lambda row: () if row[name] is None else (str(row[name]),)


# -- what several views have ------------------------------------------------------------------------------------


def _party(party: Row) -> str:
    name = party["name"] or party["text"]
    return f"{name} ({party['code']})" if party["code"] else str(name)


def _parties(parties: Iterable[Row] | None) -> str:
    return ", ".join(dict.fromkeys(_party(p) for p in parties or ()))


def _who(doers: Iterable[Row], others: Iterable[Row]) -> Iterable[str]:
    left, right = _parties(doers), _parties(others)
    yield f"{left or '(untold)'} → {right}" if right else left or "(untold)"


def _when(when: Row | None) -> str:
    """``2018-05``; how it is known where the text doesn't state it."""
    if when is None or when["value"] is None:
        return ""
    basis = when.get("basis")
    return f"{when['value']} ({basis})" if basis in ("inferred", "report") else str(when["value"])


def _reports(row: Row) -> Iterable[str]:
    """How many reports in how many articles, and whose word it is."""
    reports = row["reports"] or ()
    articles = {report["duplicate_of"] or report["article"] for report in reports}
    yield f"{_number(len(reports), 'report')} in {_number(len(articles), 'article')}"
    sources = dict.fromkeys(" ‹ ".join(chain) for report in reports if (chain := report["attributed_to"] or ()))
    for source in list(sources)[:_SOURCES]:
        yield f"according to {source}"
    if len(sources) > _SOURCES:
        yield f"and {len(sources) - _SOURCES} more"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _status(row: Row) -> Iterable[str]:
    yield row["status"]
    if row["judgement"]:
        yield f"judged: {row['judgement']}"


# -- the views --------------------------------------------------------------------------------------------------


def _event_what(row: Row) -> Iterable[str]:
    yield f"{row['type']}·{row['mode']}" if row["mode"] else row["type"]
    yield f"“{row['trigger']}”" if row["trigger"] else ""
    for figure in row["figures"] or ():
        yield f"{figure['what']}: {figure['text']}"


def _event_when(row: Row) -> Iterable[str]:
    yield _when(row["date"]) or f"told {row['first_published']}"
    place = row["place"]
    if place is not None:
        yield f"{place['name']} ({place['country']})" if place["country"] else place["name"]


def _measure_what(row: Row) -> Iterable[str]:
    yield row["kind"]
    yield row["object"]
    yield f"through {row['through']}" if row["through"] else ""


def _measure_time(row: Row) -> Iterable[str]:
    since, until = _when(row["since"]), _when(row["until"])
    yield f"since {since}" if since else "since untold"
    yield f"until {until}" if until else ""
    yield f"ends when: {row['ends_when']}" if row["ends_when"] else ""


def _talks_rounds(row: Row) -> Iterable[str]:
    for held in row["rounds"] or ():
        yield ", ".join(filter(None, (_when(held["date"]) or "no date", held["place"])))
    coming = row["next"]
    if coming is not None:
        yield f"next: {', '.join(filter(None, (coming['date'], coming['place']))) or 'agreed on'}"


def _talks_said(row: Row) -> Iterable[str]:
    for words in row["agreed"] or ():
        yield f"agreed: {words}"
    for called in row["called"] or ():
        yield f"{called['by'] or 'called'}: “{called['words']}”"
    yield from _reports(row)


def _claim_who(row: Row) -> Iterable[str]:
    yield _party(row["claimant"]) if row["claimant"] is not None else row["source"]
    yield row["force"]


def _claim_answers(row: Row) -> Iterable[str]:
    if row["answers"]:
        yield f"{row['answer']} {row['answers']}"
    for id in row["answered_by"] or ():
        yield f"answered by {id}"


def _article_from(row: Row) -> Iterable[str]:
    outlet, agency = row["outlet"], row["agency"]
    yield f"{outlet} ({agency})" if outlet and agency and outlet != agency else outlet or agency or ""
    yield f"copy of {row['duplicate_of']}" if row["duplicate_of"] else ""


def _article_holds(row: Row) -> Iterable[str]:
    held = [_number(row[f"{noun}s"], noun) for noun in ("event", "measure", "claim") if row[f"{noun}s"]]
    if row["talks"]:
        held.append(f"{row['talks']} talks")
    yield ", ".join(held) or "nothing"


def _why_where(row: Row) -> Iterable[str]:
    yield row["article"]
    yield str(row["published"] or "no date")
    yield row["outlet"] or row["agency"] or ""
    yield f"copy of {row['duplicate_of']}" if row["duplicate_of"] else ""


def _why_what(row: Row) -> Iterable[str]:
    yield row["type"]
    yield row["status"]
    if row["actors"] or row["recipients"]:
        yield from _who(row["actors"], row["recipients"])


def _why_sources(row: Row) -> Iterable[str]:
    for said in row["attributions"] or ():
        yield f"{said['source'] or '(unnamed)'} ({said['force']})"


def _why_because(row: Row) -> Iterable[str]:
    yield ", ".join(row["rules"] or ())
    if row["parent"]:
        score = "" if row["score"] is None else f" ({row['score']:.2f})"
        yield f"joined to {row['parent']}{score}: {row['because'] or ''}"
    for said in row["judgements"] or ():
        value = f" {said['value']}" if said["value"] else ""
        counts = " (undone)" if said["undone_by"] else ""
        told = f"{said['made']:%Y-%m-%d} {said['who']}: {said['verdict']}{value}, {said['why']}{counts}"
        yield f"{told} [{said['judgement']}]"


_LAYOUTS: dict[str, dict[str, Cell]] = {
    "events": {
        "Event": _event_what,
        "Who": lambda row: _who(row["actors"], row["recipients"]),
        "When, where": _event_when,
        "Status": _status,
        "Told by": _reports,
        _ID: _field("id"),
    },
    "measures": {
        "Measure": _measure_what,
        "Who": lambda row: _who(row["imposers"], row["targets"]),
        "Time": _measure_time,
        "Status": _status,
        "Told by": _reports,
        _ID: _field("id"),
    },
    "talks": {
        "Participants": lambda row: (_parties(row["participants"]) or "(untold)", row["subject"]),
        "Rounds": _talks_rounds,
        "Status": _status,
        "Told by": _talks_said,
        _ID: _field("id"),
    },
    "claims": {
        "Who": _claim_who,
        "Claim": _field("content"),
        "Answers": _claim_answers,
        "Told by": _reports,
        _ID: _field("id"),
    },
    "articles": {
        "Article": lambda row: (row["headline"] or "(no headline)",),
        "Date": lambda row: (_when(row["date"]) or f"recorded as of {row['published']}",),
        "From": _article_from,
        "Holds": _article_holds,
        _ID: _field("id"),
    },
    "why": {
        "Where": _why_where,
        "What": _why_what,
        "Words": lambda row: (row["text"] or row["headline"] or "",),
        "Whose word": _why_sources,
        "Why": _why_because,
        _ID: _field("mention"),
    },
}
