"""How exactly coordinates tell where something was, for maps: a country's point is no town's.

A place carries a name, a country and degrees. Which of the gazetteer's tables the degrees are from says what they
stand for; degrees that none of them has (of a format that was read) are points of unknown precision.
"""

from __future__ import annotations

from typing import Literal

from rapporteur.knowledge.places import Gazetteer

#: ``point``: of unknown precision; None: there are no coordinates.
Precision = Literal["town", "area", "country", "point"]


def precision(
    gazetteer: Gazetteer, name: str | None, country: str | None, lat: float | None, lon: float | None
) -> Precision | None:
    """What the coordinates of a place stand for; None where it has none.

    ``area`` is a region, sea, island or other stretch, ``country`` one point within the country.
    """
    if lat is None or lon is None:
        return None
    here = (lat, lon)
    if name and any((town.lat, town.lon) == here for town in gazetteer.towns(name)):
        return "town"
    area = gazetteer.area(name) if name else None
    if area is not None and (area.lat, area.lon) == here:
        return "area"
    if country and gazetteer.country(country) == here:
        return "country"
    return "point"
