"""The page Events: a filtered list, how many there are of what, a timeline; and the page of one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rapporteur.errors import AskError
from rapporteur.knowledge.ontology import QUADS, Ontology
from rapporteur.record.facets import Facets
from rapporteur.record.ledger import Ledger
from rapporteur.record.panel import STATUSES
from rapporteur.web import pages, telling, words
from rapporteur.web.events_asked import Asked

router = APIRouter()
_SHOWN = 50
_NOTHING = Facets(0, (), (), (), (), ())


@router.get("/events")
@pages.from_one_opening
def events(request: Request) -> Response:
    """The page; the filters are in the address (``Asked``)."""
    asked = Asked.of(request.query_params.multi_items())
    rows, problem = [], None
    try:
        rows = _found(request.state.ledger, asked)
    except AskError as error:
        problem = f"{error.where}: {error.problem}"
    shown = rows[:_SHOWN]
    return pages.render(
        request,
        "events.html",
        422 if problem else 200,
        asked=asked,
        problem=problem,
        rows=[row_of(row) for row in shown],
        following=asked.href(after=shown[-1]["id"]) if len(rows) > _SHOWN else None,
        types=tuple(Ontology.load().types),
        quads=QUADS,
        statuses=STATUSES,
        **telling.WORDS,
    )


@router.get("/events/counts")
@pages.from_one_opening
def counts(request: Request) -> Response:
    """How many events the filters choose, by what they could be narrowed with, and by month (whatever the days)."""
    ledger: Ledger = request.state.ledger
    asked = Asked.of(request.query_params.multi_items())
    days = asked.without("since", "until")
    try:
        question, timeless = asked.question(), days.question()
        found = _NOTHING if question is None else ledger.facets(**question)
        dated = days.one != asked.one
        every = found if not dated else _NOTHING if timeless is None else ledger.facets(**timeless)
    except AskError:  # told with the list
        found = every = _NOTHING
    return pages.render(
        request,
        "counts.html",
        asked=asked,
        total=found.total,
        facets=_facets(found, asked),
        months=months(every.months),
        timeline=[
            {"month": month.isoformat(), "class": QUADS[quad], "events": n}
            for month, by_quad in months(every.months)
            for quad, n in by_quad.items()
        ],
        quads=QUADS,
    )


@router.get("/events/{id:path}")
@pages.from_one_opening
def event(request: Request, id: str) -> Response:
    """The page of one event: what it is, and all its reports with their words and why."""
    ledger: Ledger = request.state.ledger
    why = ledger.why(id).to_pylist()
    rows = ledger.view("events", ids=[id], rejected=True).to_pylist()
    if not rows:
        raise AskError("id", f"'{id}' is no id of an event; the page Why shows other rows")
    reports = rows[0]["reports"]
    return pages.render(
        request,
        "event.html",
        event=row_of(rows[0]),
        meaning=words.meaning(rows[0]["type"], rows[0]["mode"]),
        figures=rows[0]["figures"] or (),
        told=telling.told(reports, ledger.sentences(reports)),
        why=telling.why_rows(why),
        quads=QUADS,
        **telling.WORDS,
    )


def _found(ledger: Ledger, asked: Asked) -> list[dict[str, Any]]:
    """One row more than a page shows, if there are."""
    question = asked.question()
    if question is None:
        return []
    rows: list[dict[str, Any]] = ledger.view(
        "events", **question, limit=_SHOWN + 1, after=asked["after"] or None
    ).to_pylist()
    return rows


def row_of(row: telling.Row) -> dict[str, Any]:
    """An event as pages show it."""
    return {
        **{n: row[n] for n in ("id", "type", "mode", "contexts", "status", "date", "quad", "trigger", "articles")},
        **{n: row[n] for n in ("cameo", "goldstein", "scale", "confidence", "judgement")},
        "actors": telling.who(row["actors"]),
        "recipients": telling.who(row["recipients"]),
        "place": row["place"]["name"] if row["place"] else None,
        "published": row["first_published"],
        "sources": telling.sources(row["reports"]),
        "href": telling.address("events", row["id"]),
    }


def months(counted: Iterable[tuple[date, str, int]]) -> list[tuple[date, dict[int, int]]]:
    """Events a month and quad class, every class told, months without an event left out."""
    ontology = Ontology.load()
    found: dict[date, Counter[int]] = {}
    for month, type, n in counted:
        found.setdefault(month, Counter())[ontology.quad(type)] += n
    return [(month, {quad: found[month][quad] for quad in sorted(QUADS)}) for month in sorted(found)]


def _facets(found: Facets, asked: Asked) -> list[dict[str, Any]]:
    """The facets with the addresses that narrow by each value, or widen again where it is asked for."""
    ontology = Ontology.load()
    by_quad: Counter[int] = Counter()
    for type, n in found.types:
        by_quad[ontology.quad(type)] += n
    quads = sorted(((str(quad), n) for quad, n in by_quad.items()), key=lambda item: (-item[1], item[0]))
    return [
        {
            "title": title,
            "values": [
                {
                    "label": label(value),
                    "n": n,
                    "here": asked.has(name, value),
                    "href": asked.href(**{name: None if asked.has(name, value) else value}),
                }
                for value, n in values
            ],
        }
        for title, name, values, label in (
            ("Class", "quad", quads, lambda value: QUADS[int(value)]),
            ("Type", "type", found.types, str),
            ("Status", "status", found.statuses, telling.plain),
            ("Actor", "actor", found.actors, telling.actor_name),
            ("Country of the place", "country", found.countries, telling.actor_name),
        )
        if values
    ]
