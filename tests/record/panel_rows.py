"""Small ledgers for the panels' tests: rows put straight into the tables, and the same counted by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from rapporteur.record import schema


@dataclass(frozen=True)
class Told:
    """A report: who did what to whom, when it was (first and last day) and when it was published; ``of``: the place,
    in the list of reports, of the earlier report of the same act."""

    actors: tuple[str | tuple[str, ...], ...]
    recipients: tuple[str | tuple[str, ...], ...]
    type: str = "CONSULT"
    published: date = date(2024, 3, 10)
    days: tuple[date, date] | None = None
    status: str = "actual"
    article: str = "a1"
    of: int | None = None


def ledger(
    reports: Sequence[Told], *, copies: Iterable[str] = (), unread: Iterable[Told] = ()
) -> duckdb.DuckDBPyConnection:
    """A ledger in memory that holds these reports; articles in ``copies`` repeat others; ``unread`` are reports of
    readings that another reading has replaced. The reports' ids are r0, r1, ..."""
    con = duckdb.connect()
    for statement in schema.statements():
        con.execute(statement)
    roots: list[int] = []
    for n, told in enumerate(reports):
        roots.append(n if told.of is None else roots[told.of])
        _insert(con, f"r{n}", f"reading of {told.article}", told)
        parent = None if told.of is None else f"r{told.of}"
        link = [f"r{n}", f"reading of {told.article}", told.article, told.published, parent, f"r{roots[n]}"]
        con.execute("INSERT INTO report_links VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)", link)
    for n, told in enumerate(unread):
        _insert(con, f"r{n}", f"old reading of {told.article}", told)
    for article, day in sorted({(told.article, told.published) for told in reports}):
        con.execute("INSERT INTO current VALUES (?, ?, ?)", [article, f"reading of {article}", day])
    for article in copies:
        con.execute("INSERT INTO copies VALUES (?, DATE '2024-03-10', 'a0', 0.9)", [article])
    return con


def judge(con: duckdb.DuckDBPyConnection, target: str, verdict: str, value: str | None = None, day: int = 1) -> None:
    """A person's word on a report, on this day of April 2024."""
    made = datetime(2024, 4, day, 12)
    row = [f"j{day}", made, "a person", "a reason", target, "report", verdict, value]
    con.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _insert(con: duckdb.DuckDBPyConnection, report: str, reading: str, told: Told) -> None:
    first, last = told.days or (told.published, told.published)
    con.execute(
        "INSERT INTO reports (report, reading, article, published, type, actors, recipients, status, first_day, "
        "last_day, dated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [report, reading, told.article, told.published, told.type, _parties(told.actors), _parties(told.recipients),
         told.status, first, last, told.days is not None],
    )  # fmt: skip


def _parties(codes: Iterable[str | tuple[str, ...]]) -> list[dict[str, object]]:
    """Parties of these codes; a tuple is a group of states with these members."""
    return [
        {
            "text": "somebody", "start": 0, "end": 8, "code": "IGO" if isinstance(code, tuple) else code,
            "country": None, "members": list(code) if isinstance(code, tuple) else [], "sector": "GOV",
            "entity": None, "name": None,
        }
        for code in codes
    ]  # fmt: skip


def by_hand(reports: Sequence[Told], since: date, until: date) -> dict[tuple[str, date, str], int]:
    """What a country-day panel of directed, actual acts is to hold, where each type, status and day of an act's
    reports is the same or its earliest report's."""
    acts: dict[int, list[Told]] = defaultdict(list)
    roots: list[int] = []
    for n, told in enumerate(reports):
        roots.append(n if told.of is None else roots[told.of])
        acts[roots[n]].append(told)
    counts: dict[tuple[str, date, str], int] = defaultdict(int)
    for parts in acts.values():
        first = parts[0]
        day = first.days[0] if first.days else first.published
        if first.status == "actual" and since <= day <= until:
            for code in {code for part in parts for code in part.actors if isinstance(code, str)}:
                counts[code, day, first.type] += 1
    return dict(counts)
