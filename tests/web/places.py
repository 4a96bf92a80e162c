"""A made-up ledger of events with places, for the tests of the map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rapporteur.knowledge.places import gazetteer
from rapporteur.model import Article, Place
from rapporteur.record.ledger import Ledger

from ..record.made import noon, story

TOWN, COUNTRY, HOSTILE = "Leiden", "SWE", "<img src=x onerror=alert(3)>"


def town(name: str) -> Place:
    """The largest town of the name, where the gazetteer has it."""
    spot = gazetteer().towns(name)[0]
    return Place(spot.name, spot.country, spot.lat, spot.lon)


def _told(id: str, date: str, act: str, where: Place | None) -> Article:
    told = story(id, date, act=act, tail=f"It was number {id}.")
    return replace(told, events=tuple(replace(event, place=where) for event in told.events))


def record(path: Path) -> Path:
    """Eight events: three in a town, two in the next town, one in a country, one of unknown position, one of none."""
    lat_lon = gazetteer().country(COUNTRY)
    assert lat_lon is not None
    here, near, far = town(TOWN), town("Delft"), Place("Sweden", COUNTRY, *lat_lon)
    Ledger(path, clock=noon).record(
        [
            _told("a", "2025-01-01", "met envoys of", here),
            _told("b", "2025-01-09", "sent grain to", here),
            _told("c", "2025-02-20", "threatened", here),
            _told("d", "2025-03-01", "met envoys of", near),
            _told("e", "2025-03-20", "closed its ports to", near),
            _told("f", "2025-04-01", "threatened", far),
            _told("g", "2025-04-20", "sent grain to", Place(HOSTILE, "NOR")),
            _told("h", "2025-05-09", "met envoys of", None),
        ]
    )
    return path
