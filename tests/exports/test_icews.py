"""ICEWS: 20 columns with a header; countries and sectors are names."""

from __future__ import annotations

import io

from rapporteur.exports import exchange, icews
from rapporteur.exports.event_records import EventRecord
from rapporteur.exports.losses import Losses

HEADER = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
)


def rows(record: EventRecord) -> list[dict[str, str]]:
    stream = io.BytesIO()
    exchange.Writer("icews", stream).write(record)
    head, *lines = stream.getvalue().decode().splitlines()
    assert head == HEADER.replace("|", "\t")
    return [dict(zip(icews.COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_a_row_for_each_pair(visit: EventRecord) -> None:
    first, second = rows(visit)
    filled = {k: v for k, v in first.items() if v and k not in ("Event ID", "Story ID")}
    assert filled == {
        "Event Date": "2031-03-04", "Source Name": "the president", "Source Sectors": "Government",
        "Source Country": "Kosovo", "Event Text": "Make a visit", "CAMEO Code": "042", "Intensity": "1.9",
        "Target Name": "United Nations", "Target Sectors": "International Government Organization",
        "Sentence Number": "1", "Publisher": "Alpine Wire", "City": "Geneva", "Country": "Switzerland",
        "Latitude": "46.2", "Longitude": "6.15",
    }  # fmt: skip
    assert (second["Target Country"], second["Target Sectors"]) == ("Romania", "Military")
    assert first["Story ID"] == second["Story ID"] != ""


def test_a_published_row_is_read() -> None:
    """As the data set has them: several sectors, NA for what is missing."""
    cells = (
        "77|2031-05-06|Cabinet (Norway)|Executive,Government|Norway|Make statement|010|0|Citizen (Chad)|"
        "General Population / Civilian / Social,Unheard|Chad|901|3|Lake Post|NA|NA|Hordaland|Norway|60.4|5.3"
    )
    losses = Losses()
    content = f"{HEADER}\n{cells}\n".replace("|", "\t").encode()
    (record,) = exchange.read("icews", io.BytesIO(content), losses, "f")
    assert isinstance(record, EventRecord)
    assert (record.id, record.date, record.type, record.cameo) == ("77", "2031-05-06", None, "010")
    assert (record.actors[0].country, record.actors[0].sectors) == ("NOR", ("GOV",))
    assert (record.recipients[0].country, record.recipients[0].sectors) == ("TCD", ("CVL",))
    assert record.place is not None
    assert (record.place.name, record.place.country, record.place.feature) == ("Hordaland", "NOR", "ADM1")
    assert record.sentence == 2
    assert {loss.field: loss.example for loss in losses} == {"type": "010", "actors.sector": "Unheard"}
