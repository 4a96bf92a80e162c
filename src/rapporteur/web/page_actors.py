"""The pages of actors: who is a party of how many events, and what one of them does, with whom, and holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from rapporteur.knowledge.ontology import QUADS
from rapporteur.record.activity import Counterpart
from rapporteur.record.ledger import Ledger
from rapporteur.web import pages, registry_words, telling

router = APIRouter()
_SHOWN, _LATEST, _OTHERS = 50, 12, 20
_LAST_PAGE = 1000
_DONE = ("actual",)  # statuses of what counts as conflict and cooperation: a threat that is denied is neither


@router.get("/actors")
@pages.from_one_opening
def actors(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    """Actors by number of events; ``q`` are words of a name."""
    ledger: Ledger = request.state.ledger
    keys = registry_words.find(q) if q.strip() else None
    found = ledger.acting(keys=keys, limit=_SHOWN + 1, skip=(page - 1) * _SHOWN) if keys != () else []
    shown = [(telling.actor_name(one.key), telling.address("actors", one.key), one.events) for one in found[:_SHOWN]]
    others = [
        (telling.actor_name(key), telling.address("actors", key))
        for key in (keys or ())[:_OTHERS]
        if page == 1 and key not in {one.key for one in found}
    ]
    return pages.render(request, "actors.html", q=q, page=page, shown=shown, others=others, more=len(found) > _SHOWN)


@router.get("/actors/{key:path}")
@pages.from_one_opening
def actor(request: Request, key: str) -> Response:
    """One actor; of a key that nobody has, an error that names the nearest."""
    ledger: Ledger = request.state.ledger
    if request.query_params.get("part") == "counterparts":
        return _counterparts(request, key)
    if request.query_params.get("part") == "measures":
        return _measures(request, key)
    months, undone = ledger.months_done(actor=key)
    events = ledger.latest(actor=key, limit=_LATEST).to_pylist()
    counts = {month.month: dict.fromkeys(QUADS, 0) for month in months}
    for month in months:
        counts[month.month][month.quad] = month.events
    return pages.render(
        request,
        "actor.html",
        **telling.WORDS,
        who=registry_words.known(key),
        here=telling.address("actors", key),
        quads=QUADS,
        counts=counts,
        undone=undone,
        months=[{"month": m.month, "quad": m.quad, "name": QUADS[m.quad], "events": m.events} for m in months],
        events=[_event(row) for row in events],
    )


def _measures(request: Request, key: str) -> Response:
    ledger: Ledger = request.state.ledger
    found = ledger.view("measures", actor=key, status=("in force", "disputed"), limit=_LATEST).to_pylist()
    return pages.render(
        request,
        "actor_measures.html",
        **telling.WORDS,
        title=telling.actor_name(key),
        here=telling.address("actors", key),
        measures=[_measure(row) for row in found],
    )


def _counterparts(request: Request, key: str) -> Response:
    ledger: Ledger = request.state.ledger
    found = ledger.counterparts(actor=key, status=_DONE, limit=_OTHERS)
    name = telling.actor_name(key)
    return pages.render(
        request,
        "actor_counterparts.html",
        title=name,
        here=telling.address("actors", key),
        others=[(telling.actor_name(one.key), telling.address("actors", one.key), one) for one in found],
        graph=_graph(key, name, found),
    )


def _graph(key: str, name: str, others: list[Counterpart]) -> list[dict[str, object]]:
    """Nodes and edges as cytoscape takes them."""
    nodes: list[dict[str, object]] = [{"data": {"id": key, "label": name, "href": None, "own": 1}}]
    edges: list[dict[str, object]] = []
    for one in others:
        label, href = telling.actor_name(one.key), telling.address("actors", one.key)
        nodes.append({"data": {"id": one.key, "label": label, "href": href, "own": 0}})
        for source, target, (cooperation, conflict) in ((key, one.key, one.gives), (one.key, key, one.gets)):
            for kind, events in (("cooperation", cooperation), ("conflict", conflict)):
                if events:
                    data = {"source": source, "target": target, "kind": kind, "events": events}
                    edges.append({"data": {"id": f"{source} {target} {kind}", **data}})
    return [*nodes, *edges]


def _event(row: telling.Row) -> dict[str, object]:
    return {
        "href": telling.address("events", row["id"]),
        "type": row["type"],
        "status": row["status"],
        "day": row["date"]["value"] if row["date"] else row["first_published"].isoformat(),
        "actors": telling.who(row["actors"]),
        "recipients": telling.who(row["recipients"]),
        "trigger": row["trigger"],
        "quad": QUADS[row["quad"]],
    }


def _measure(row: telling.Row) -> dict[str, object]:
    return {
        **{name: row[name] for name in ("kind", "object", "status", "since")},
        "imposers": telling.who(row["imposers"]),
        "targets": telling.who(row["targets"]),
        "why": telling.address("why", row["id"]),
    }
