"""Events on a map: a GeoJSON FeatureCollection (RFC 7946), a point an event.

Positions are ``[longitude, latitude]``, WGS 84. What the point stands for (a town, the middle of a country) is the
property ``precision``: a map that draws all alike is wrong. Other properties are the columns of ``event_table``.
Events without a place, or with a place of unknown position, can't be drawn: they are counted (``LeftOut``, and the
member ``rapporteur`` at the file's end).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from rapporteur.exports.event_records import EventRecord
from rapporteur.exports.event_table import row_of
from rapporteur.exports.left_out import LeftOut
from rapporteur.exports.words import version

NO_PLACE = "no place is told"
NO_POSITION = "the place's position is not known"
_ENCODER = msgspec.json.Encoder()
_RENAMED = {"place_country": "country", "place_precision": "precision"}
_IN_GEOMETRY = ("id", "lat", "lon")


def write(records: Iterable[EventRecord], stream: BinaryIO) -> LeftOut:
    """Write the events, one a line, as they come.

    Raises:
        OSError: the stream can't be written.
    """
    left_out = LeftOut()
    stream.write(b'{"type":"FeatureCollection","features":[')
    for record in records:
        place = record.place
        if place is None:
            left_out.note(NO_PLACE, record.id)
        elif place.lat is None or place.lon is None:
            left_out.note(NO_POSITION, record.id)
        else:
            stream.write(b",\n" if left_out.written else b"\n")
            stream.write(_ENCODER.encode(_feature(record, place.lat, place.lon)))
            left_out.written += 1
    about = {"version": version(), "events": left_out.written, "left_out": left_out.counts}
    stream.write(b'\n],"rapporteur":' + _ENCODER.encode(about) + b"}\n")
    return left_out


def _feature(record: EventRecord, lat: float, lon: float) -> dict[str, Any]:
    row = row_of(record)
    properties = {_RENAMED.get(name, name): value for name, value in row.items() if name not in _IN_GEOMETRY}
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }
