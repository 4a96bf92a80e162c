"""Make the map's outlines of countries: ``python tools/build_outlines.py countries-110m.json``.

The source is ``countries-110m.json`` of the npm package world-atlas 2.0.2 (ISC): Natural Earth's 1:110m cultural
vectors (public domain) as TopoJSON. What comes out is GeoJSON with a name a country, rounded to a hundredth of a degree
(about a kilometre): less than the outlines' own generalisation.
"""

from __future__ import annotations

import argparse
import json
import math
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/rapporteur/web/static/outlines.geojson"
_DIGITS = 2


def main() -> None:
    """Convert the file that the command line names."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("topology", type=Path, help="countries-110m.json of world-atlas")
    arguments.add_argument("--out", type=Path, default=OUT)
    asked = arguments.parse_args()
    outlines = geojson(json.loads(asked.topology.read_text(encoding="utf-8")))
    text = json.dumps(outlines, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    asked.out.write_text(text + "\n", encoding="utf-8")


def geojson(topology: dict[str, Any]) -> dict[str, Any]:
    """The topology's countries as a collection of features, in the order of their names."""
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    features = [
        {
            "type": "Feature",
            "properties": {"name": shape["properties"]["name"]},
            "geometry": {"type": "MultiPolygon", "coordinates": _polygons(shape, arcs)},
        }
        for shape in topology["objects"]["countries"]["geometries"]
    ]
    return {"type": "FeatureCollection", "features": sorted(features, key=lambda f: f["properties"]["name"])}


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> list[list[float]]:
    """An arc's points in degrees; it is written as steps from one to the next, on a grid."""
    (east, north), (west, south) = transform["scale"], transform["translate"]
    columns, rows = accumulate(step[0] for step in steps), accumulate(step[1] for step in steps)
    return [
        [round(x * east + west, _DIGITS), round(y * north + south, _DIGITS)] for x, y in zip(columns, rows, strict=True)
    ]


def _polygons(shape: dict[str, Any], arcs: list[list[list[float]]]) -> list[list[list[list[float]]]]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]


def _ring(numbers: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """Arcs joined to a ring; ``~n`` is arc n backwards, and each begins where the one before ended."""
    ring: list[list[float]] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points[1:] if ring else points
    return _unrolled(ring)


def _unrolled(ring: list[list[float]]) -> list[list[float]]:
    """The ring without leaps across the map: what goes over the 180th meridian goes on beyond it.

    A ring that goes round a pole ends a whole turn from where it began: it is closed along the pole.
    """
    made, turned = [ring[0]], 0
    for (before, _), (lon, lat) in pairwise(ring):
        if abs(lon - before) > 180:
            turned += -360 if lon > before else 360
        made.append([round(lon + turned, _DIGITS), lat])
    if turned:
        pole = math.copysign(90.0, made[0][1])
        made += [[made[-1][0], pole], [made[0][0], pole], made[0]]
    return made


if __name__ == "__main__":
    main()
