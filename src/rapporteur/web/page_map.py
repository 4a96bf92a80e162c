"""The page Map: events by the place that is told of them, drawn on outlines and as a list; what a marker opens."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rapporteur.errors import AskError
from rapporteur.exports.precision import precision
from rapporteur.knowledge.ontology import QUADS, Ontology
from rapporteur.knowledge.places import gazetteer
from rapporteur.record.activity import PlaceCount, Placed
from rapporteur.record.ledger import Ledger
from rapporteur.record.panel import STATUSES
from rapporteur.web import pages, telling
from rapporteur.web.events_asked import Asked
from rapporteur.web.page_events import row_of

router = APIRouter()
_SHOWN, _LATEST, _MOST = 50, 5, 3000
_LAST_PAGE = 1000
#: What a marker stands for, in words; the shapes are the style sheet's (``.marker.town`` and so on).
PRECISIONS = {
    "town": "a town",
    "area": "a region, sea or other area: its middle",
    "country": "a whole country: a point within it",
    "point": "a point that the gazetteer doesn't know",
    None: "its position is not known",
}
_KINDS = {"town": "town", "area": "area", "country": "country", "point": "point", None: "not on the map"}


@router.get("/map")
@pages.from_one_opening
def map_page(request: Request, page: Annotated[int, Query(ge=1, le=_LAST_PAGE)] = 1) -> Response:
    """The page; the filters are in the address, as on Events."""
    ledger: Ledger = request.state.ledger
    asked = Asked.of(request.query_params.multi_items())
    problem, placed, found = None, Placed(0, 0, 0), []
    try:
        question = asked.question()
        if question is not None:
            placed = ledger.placed(**question)
            found = ledger.places(**question, limit=page * _SHOWN + 1)
    except AskError as error:
        problem = f"{error.where}: {error.problem}"
    here = found[(page - 1) * _SHOWN : page * _SHOWN]
    return pages.render(
        request,
        "map.html",
        422 if problem else 200,
        asked=asked,
        problem=problem,
        placed=placed,
        places=[_row(place, asked) for place in here],
        page=page,
        more=len(found) > page * _SHOWN,
        data=asked.href("/map/places.json"),
        most=_MOST,
        precisions=PRECISIONS,
        types=tuple(Ontology.load().types),
        quads=QUADS,
        statuses=STATUSES,
    )


@router.get("/map/places.json")
@pages.from_one_opening
def places(request: Request) -> Response:
    """The places with a position as GeoJSON, those with the most events first; at most ``_MOST``.

    Properties: ``name``, ``country`` (its name), ``precision`` (``PRECISIONS``), ``kind`` (that in a word), ``events``,
    ``href`` (the events' list), ``latest`` (``latest`` of the place).
    """
    ledger: Ledger = request.state.ledger
    asked = Asked.of(request.query_params.multi_items())
    question = asked.question()
    found = [] if question is None else ledger.places(**question, limit=_MOST)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": _row(place, asked),
        }
        for place in found
        if place.lat is not None and place.lon is not None
    ]
    return JSONResponse({"type": "FeatureCollection", "features": features}, media_type="application/geo+json")


@router.get("/map/latest")
@pages.from_one_opening
def latest(request: Request) -> Response:
    """The latest events that the filters choose: what a marker's popup shows, and a page by itself."""
    ledger: Ledger = request.state.ledger
    asked = Asked.of(request.query_params.multi_items())
    question = asked.question()
    rows = [] if question is None else ledger.latest(**question, limit=_LATEST).to_pylist()
    return pages.render(
        request,
        "map_latest.html",
        asked=asked,
        events=[row_of(row) for row in rows],
        quads=QUADS,
        **telling.WORDS,
    )


def _row(place: PlaceCount, asked: Asked) -> dict[str, Any]:
    """A place as the list and the map show it."""
    exact = precision(gazetteer(), place.name, place.country, place.lat, place.lon)
    here: dict[str, str] = {"place": place.name}
    if place.country and not asked["country"]:  # two places of one name in two countries are two
        here["country"] = place.country
    return {
        "name": place.name,
        "country": telling.actor_name(place.country) if place.country else None,
        "precision": exact,
        "kind": _KINDS[exact],
        "events": place.events,
        "href": asked.href("/events", **here),
        "latest": asked.href("/map/latest", **here),
    }
