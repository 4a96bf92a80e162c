"""Events as one flat table, a row each: for R, spreadsheets and notebooks (``docs/tables.md``).

Columns are plain values and lists of texts. Lists of one side (``actors``, ``actors_code`` ...) have one order and one
length: first belongs to first, and what is unknown of one is an empty text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from rapporteur.exports.columns import COUNT, DAY, NUMBER, TEXT, TEXTS, WHOLE, column
from rapporteur.exports.event_records import FIGURES, EventRecord, RecordParty
from rapporteur.exports.precision import precision
from rapporteur.knowledge.places import gazetteer

_OF_PARTIES = (
    ("", "label", "canonical names, or the text's words"),
    ("_code", "code", "ISO 3166 alpha-3, IGO or NSA; empty where untold"),
    ("_country", "country", "ISO 3166 alpha-3; empty where there is none"),
    ("_sector", "sector", "PLOVER sectors; empty where untold"),
    ("_entity", "entity", "ids of the registry; empty where it has none"),
)
_COUNTED = {"killed": "killed", "injured": "injured", "arrested": "arrested", "size": "taking part"}


def _parties(side: str, who: str) -> Iterator[pa.Field]:
    return (column(f"{side}{end}", TEXTS, f"{who}: {told}", always=True) for end, _, told in _OF_PARTIES)


def _figures() -> Iterator[pa.Field]:
    for what, told in _COUNTED.items():
        yield column(f"{what}_min", COUNT, f"the least number {told} that is told")
        yield column(f"{what}_max", COUNT, f"the largest number {told} that is told; null where only a least one is")


#: Metadata of each field has its description.
EVENT_ROWS = pa.schema(
    [
        column("id", TEXT, "id of the event", always=True),
        column("type", TEXT, "PLOVER event type"),
        column("mode", TEXT, "PLOVER mode, null where none fits"),
        column("contexts", TEXTS, "PLOVER contexts", always=True),
        column("status", TEXT, "actual, negated, future or hypothetical"),
        column("date", TEXT, "when it happened, ISO of the precision told; null where untold"),
        column("date_basis", TEXT, "how the date is known"),
        column("first_day", DAY, "first day of the date, or of the publication where no date is told"),
        column("last_day", DAY, "last day of it"),
        *_parties("actors", "who acts"),
        *_parties("recipients", "to whom it is done"),
        column("place", TEXT, "where it happened, in the text's words"),
        column("place_country", TEXT, "ISO 3166 alpha-3 of the place"),
        column("place_precision", TEXT, "what the coordinates stand for: town, area, country, or point where unknown"),
        column("lat", NUMBER, "degrees, north positive"),
        column("lon", NUMBER, "degrees, east positive"),
        *_figures(),
        column("cameo", TEXT, "CAMEO code; a text, since 010 is not 10"),
        column("quad", WHOLE, "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"),
        column("goldstein", NUMBER, "score on the scale that the next column names"),
        column("scale", TEXT, "name of the scale"),
        column("confidence", NUMBER, "0 to 1"),
        column("trigger", TEXT, "the words that state it"),
        column("sentence", TEXT, "the sentence that states it, of the first report"),
        column("attributed_to", TEXTS, "whose word it is in the first report, outermost first", always=True),
        column("article", TEXT, "id of the first report's article"),
        column("headline", TEXT, "headline of the first report"),
        column("url", TEXT, "address of the first report"),
        column("outlet", TEXT, "who published the first report"),
        column("agency", TEXT, "the agency that wrote it"),
        column("published", TEXT, "when the first report was published, ISO"),
        column("articles", WHOLE, "articles that tell of it, copies counted once"),
    ]
)
_PLAIN = """id type mode status date date_basis cameo quad goldstein scale confidence trigger article headline url
outlet agency published articles""".split()


def row_of(record: EventRecord) -> dict[str, Any]:
    """The record as a row of ``EVENT_ROWS``."""
    days, place = record.span, record.place
    row: dict[str, Any] = {name: getattr(record, name) for name in _PLAIN}
    row |= {"contexts": list(record.contexts), "attributed_to": list(record.attributed_to)}
    row |= {"first_day": days[0] if days else None, "last_day": days[1] if days else None}
    row |= {"sentence": record.sentence_text}
    for side, parties in (("actors", record.actors), ("recipients", record.recipients)):
        row |= {f"{side}{end}": [_text(party, name) for party in parties] for end, name, _ in _OF_PARTIES}
    if place is not None:
        row |= {"place": place.name, "place_country": place.country, "lat": place.lat, "lon": place.lon}
        row["place_precision"] = precision(gazetteer(), place.name, place.country, place.lat, place.lon)
    for what in FIGURES:
        row[f"{what}_min"], row[f"{what}_max"] = _bounds(record, what)
    return {name: row.get(name) for name in EVENT_ROWS.names}


def _text(party: RecordParty, name: str) -> str:
    return getattr(party, name) or ""


def _bounds(record: EventRecord, what: str) -> tuple[int | None, int | None]:
    """The least and the largest number that any report gives; None where none sets that bound ("at least five")."""
    told = [figure for figure in record.figures if figure.what == what]
    least = [figure.min for figure in told if figure.min is not None]
    most = [figure.max for figure in told if figure.max is not None]
    return min(least, default=None), max(most, default=None)
