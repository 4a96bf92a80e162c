"""The page Now: measures in force and talks under way on a day, as they were known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rapporteur.errors import AskError
from rapporteur.record.days import day_asked
from rapporteur.record.ledger import Ledger
from rapporteur.web import pages, telling

router = APIRouter()
_SHOWN = 24  # of measures, and of talks, on a page


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two days that are asked for, and between which days the sliders go."""

    as_of: date
    known_by: date
    first: date
    last: date
    reported: tuple[date, date] | None  # of the first and the last report

    @property
    def length(self) -> int:
        """Days from the first to the last."""
        return (self.last - self.first).days

    def place(self, day: date) -> int:
        """Where the slider stands for a day."""
        return min(max((day - self.first).days, 0), self.length)


@router.get("/")
@pages.from_one_opening
def now(request: Request) -> Response:
    """The page; in the address ``as_of``, ``known_by`` (days), ``measures_after``, ``talks_after`` (ids)."""
    ledger: Ledger = request.state.ledger
    asked = request.query_params
    problem = None
    try:
        clocks = clocks_of(ledger, asked.get("as_of") or None, asked.get("known_by") or None)
    except AskError as error:
        problem, clocks = f"{error.where}: {error.problem}", clocks_of(ledger, None, None)
    measures, more_measures = _rows(ledger, "measures", ("in force", "disputed"), clocks, asked.get("measures_after"))
    talks, more_talks = _rows(ledger, "talks", ("under way",), clocks, asked.get("talks_after"))
    return pages.render(
        request,
        "now.html",
        422 if problem else 200,
        **telling.WORDS,
        clocks=clocks,
        problem=problem,
        measures=[measure(row) for row in measures],
        more_measures=more_measures,
        talks=[series(row) for row in talks],
        more_talks=more_talks,
    )


def clocks_of(ledger: Ledger, as_of: str | None, known_by: str | None) -> Clocks:
    """The days asked for; by default today, and all that is known.

    Raises:
        AskError: one is no day.
    """
    today = date.today()
    reported = ledger.days()
    first, last = reported or (today, today)
    known = day_asked(known_by, "known_by") or max(last, today)
    world = day_asked(as_of, "as_of") or min(known, today)
    return Clocks(world, known, min(first, world, known), max(last, today, world, known), reported)


def _rows(
    ledger: Ledger, view: str, statuses: tuple[str, ...], clocks: Clocks, after: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of a view, and the id behind which the next begins."""
    found = ledger.view(
        view, as_of=clocks.as_of, known_by=clocks.known_by, status=statuses, limit=_SHOWN + 1, after=after or None
    ).to_pylist()
    shown = found[:_SHOWN]
    return shown, (shown[-1]["id"] if len(found) > len(shown) else None)


def measure(row: telling.Row) -> dict[str, Any]:
    """A measure as a page shows it."""
    return {
        **{name: row[name] for name in ("id", "kind", "object", "through", "ends_when", "status")},
        "imposers": telling.who(row["imposers"]),
        "targets": telling.who(row["targets"]),
        "since": row["since"],
        "until": row["until"]["value"] if row["until"] else None,
        **_backed(row),
    }


def series(row: telling.Row) -> dict[str, Any]:
    """A series of talks as a page shows it."""
    held = [round for round in row["rounds"] or () if round["date"] or round["place"]]
    return {
        **{name: row[name] for name in ("id", "subject", "place", "status", "next")},
        "participants": telling.who(row["participants"]),
        "since": next((round["date"] for round in held if round["date"]), None),
        "rounds": held,
        "agreed": row["agreed"] or (),
        "called": row["called"] or (),
        **_backed(row),
    }


def _backed(row: telling.Row) -> dict[str, Any]:
    reports = row["reports"]
    return {
        "sources": telling.sources(reports),
        "reports": len(reports),
        "first": min((report["published"] for report in reports if report["published"]), default=None),
        "latest": telling.told(reports)[-1],
        "why": telling.address("why", row["id"]),
    }
