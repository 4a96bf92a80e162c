"""Events on a map: a GeoJSON FeatureCollection (RFC 7946), a point an event.

Positions are ``[longitude, latitude]``, WGS 84. What the point stands for (a town, the middle of a country) is the
property ``precision``: a map that draws all alike is wrong. Other properties are the columns of ``event_table``.
Events without a place, or with a place of unknown position, can't be drawn: they are counted (``Losses``, and the
member ``rapporteur`` at the file's end).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from rapporteur.exports.event_records import EventRecord
from rapporteur.exports.event_table import row_of
from rapporteur.exports.losses import Losses
from rapporteur.exports.words import version

NO_PLACE = "events left out, no place is told"
NO_POSITION = "events left out, the position is not known"
_ENCODER = msgspec.json.Encoder()
_RENAMED = {"place_country": "country", "place_precision": "precision"}
_IN_GEOMETRY = ("id", "lat", "lon")


def write(records: Iterable[EventRecord], stream: BinaryIO) -> Losses:
    """Write the events, one a line, as they come; returns what can't be drawn.

    Raises:
        OSError: the stream can't be written.
    """
    losses, written = Losses(), 0
    stream.write(b'{"type":"FeatureCollection","features":[')
    for record in records:
        place = record.place
        if place is None:
            losses.note(record.id, "place", NO_PLACE, record.trigger or record.type)
        elif place.lat is None or place.lon is None:
            losses.note(record.id, "place", NO_POSITION, place.name)
        else:
            stream.write(b",\n" if written else b"\n")
            stream.write(_ENCODER.encode(_feature(record, place.lat, place.lon)))
            written += 1
    left_out = {loss.why: loss.count for loss in losses}
    about = {"version": version(), "events": written, "left_out": dict(sorted(left_out.items()))}
    stream.write(b'\n],"rapporteur":' + _ENCODER.encode(about) + b"}\n")
    return losses


def _feature(record: EventRecord, lat: float, lon: float) -> dict[str, Any]:
    row = row_of(record)
    properties = {_RENAMED.get(name, name): value for name, value in row.items() if name not in _IN_GEOMETRY}
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }
