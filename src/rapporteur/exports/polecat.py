"""POLECAT, as the NGEC coder's yearly files have it: 40 columns, parted by tabs, with a header (``docs/formats.md``).

What is missing is the word ``None``; lists are parted by semicolons; one row an event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rapporteur.exports import coding, plover_actors
from rapporteur.exports.event_records import EventRecord, RecordParty, RecordPlace, RecordReport
from rapporteur.exports.losses import Losses
from rapporteur.exports.tsv import Table, Value, plain
from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.ontology import Ontology

_PARTY = (
    "{} Name", "{} Country", "{} COW", "Primary {} Sector", "{} Sectors", "{} Title", "{} Name Raw",
    "Wikipedia {} ID",
)  # fmt: skip
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts",
    *(part.format(side) for side in ("Actor", "Recipient") for part in _PARTY),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
TABLE = Table(COLUMNS, missing="None", optional=("Event Intensity",))
_QUADS = ("VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")
_LIST = ";"
_UNHELD = (
    "date_basis", "cameo", "goldstein", "magnitude", "confidence", "trigger", "sentence", "sentence_text", "article",
    "headline", "url", "agency", "attributed_to", "reports",
)  # fmt: skip


def cells(record: EventRecord, losses: Losses) -> Iterator[dict[str, Value]]:
    """The row of a record; none of what isn't done or has no day or type."""
    if not coding.done(record, losses):
        return
    if record.type is None:
        losses.note(record.id, "type", "left out: no PLOVER type", record.cameo)
        return
    day = coding.day_of(record, losses)
    if day is None:
        return
    coding.note_unheld(record, losses, _UNHELD, ("members", "entity"))
    quad = Ontology.load().types[record.type].quad if record.type in Ontology.load().types else record.quad
    yield {
        "Event ID": record.id,
        "Event Date": day.isoformat(),
        "Event Type": record.type,
        "Event Mode": record.mode,
        "Event Intensity": coding.score_of(record),
        "Quad Code": _QUADS[quad - 1] if quad else None,
        "Contexts": _LIST.join(record.contexts),
        **_who("Actor", record.actors, "actors", record, losses),
        **_who("Recipient", record.recipients, "recipients", record, losses),
        **_where(record, losses),
        "Source": record.outlet,
        "Publication Date": record.published,
        "Language": "en",
        "Version": coding.program(),
    }


def _who(
    side: str, parties: Sequence[RecordParty], field: str, record: EventRecord, losses: Losses
) -> dict[str, Value]:
    if not parties:
        return {}
    day = record.span[0] if record.span else None

    def cow(party: RecordParty) -> str | None:
        found = country_codes().cow(party.country, day) if party.country and day else None
        return str(found) if found else None

    texts: tuple[Callable[[RecordParty], str | None], ...] = (
        lambda party: _shown(party.name) or _shown(party.text) or party.code,
        lambda party: plover_actors.code(party, field, losses, record.id),
        cow,
        lambda party: party.sector,
        lambda party: " ".join(party.sectors) or party.sector,
        lambda party: party.title,
        lambda party: _shown(party.text) or _shown(party.name) or party.code,
        lambda party: party.wikidata,
    )
    return {
        column.format(side): _listed([text(party) for party in parties], field, losses, record.id)
        for column, text in zip(_PARTY, texts, strict=True)
    }


def _shown(text: str | None) -> str:
    """What of a name can be seen in a cell; a party of which nothing can goes by its code."""
    return plain(text or "").strip()


def _listed(values: Sequence[str | None], field: str, losses: Losses, record: str) -> str | None:
    """A list as it stands in a cell: first belongs to first, and what is missing keeps its place."""
    if not any(values):
        return None
    if any(_LIST in (value or "") for value in values):
        losses.note(record, field, "with semicolons, now commas", next(v for v in values if v and _LIST in v))
    return _LIST.join(plain(value or "None").replace(_LIST, ",").strip() or "None" for value in values)


def _where(record: EventRecord, losses: Losses) -> dict[str, Value]:
    place = record.place
    if place is None:
        return {}
    kind, state = coding.kind_of(place)
    if kind is None:
        losses.note(record.id, "place", "of a kind that isn't known: without Feature Type", place.name)
    return {
        "Placename": place.name,
        "City": place.city or (place.name if kind in ("town", "us-town") else None),
        "District": place.district,
        "Province": place.province or (place.name if kind in ("area", "us-state") else state),
        "Country": plover_actors.country(place.country, "place.country", losses, record.id),
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonameid,
        "Raw Placename": place.name,
        "Feature Type": place.feature or (coding.codes().place(kind).feature if kind else None),
    }


# -- reading ---------------------------------------------------------------------------------------------------


def record_of(row: dict[str, str | None], losses: Losses) -> EventRecord:
    """The record of a row."""
    id = row["Event ID"] or ""
    for name in ("Story People", "Story Organizations", "Story Locations"):
        if row[name]:
            losses.note(id, name, "without a field", row[name])
    type = (row["Event Type"] or "").upper() or None
    contexts = tuple(part.strip() for part in (row["Contexts"] or "").split(_LIST) if part.strip())
    quad = (row["Quad Code"] or "").upper()
    record = EventRecord(
        id=id,
        type=type,
        mode=row["Event Mode"],
        contexts=contexts,
        date=coding.iso_day(row["Event Date"]),
        quad=_QUADS.index(quad) + 1 if quad in _QUADS else None,
        intensity=coding.number_in(row.get("Event Intensity") or row.get("Intensity")),
        scale="plover-2024",
        status="actual",
        actors=tuple(_parties(row, "Actor", losses, id)),
        recipients=tuple(_parties(row, "Recipient", losses, id)),
        place=_place(row),
        headline=row.get("Headline"),
        outlet=row["Source"],
        published=row["Publication Date"],
        reports=(RecordReport(article=id, published=row["Publication Date"], outlet=row["Source"]),),
        source="polecat",
    )
    return record


def _parties(row: dict[str, str | None], side: str, losses: Losses, record: str) -> Iterator[RecordParty]:
    columns = [[_told(v) for v in (row[part.format(side)] or "").split(_LIST)] for part in _PARTY]
    names = next((columns[i] for i in (0, 6, 1, 3) if any(columns[i])), columns[0])  # what no party has is one None
    if not any(any(column) for column in columns):
        return
    for i in range(len(names)):
        cells_ = [column[i] if i < len(column) else None for column in columns]
        name, code, _, sector, sectors, title, raw, wikidata = cells_
        if len(names) == 1 and row[f"{side} Sectors"]:  # of one party the list is of its sectors
            sectors = (row[f"{side} Sectors"] or "").replace(_LIST, " ")
        several = tuple(dict.fromkeys(filter(None, [sector, *(sectors or "").split()])))
        party = plover_actors.party_of(raw or name or code or "", code, several, losses, record)
        yield plover_actors.named(party, name, title, wikidata)


def _told(cell: str) -> str | None:
    cell = cell.strip()
    return None if cell in ("", "None") else cell


def _place(row: dict[str, str | None]) -> RecordPlace | None:
    name = row["Raw Placename"] or row["Placename"] or row["City"] or row["Province"] or row["Country"]
    if not name:
        return None
    country = row["Country"]
    return RecordPlace(
        name,
        coding.codes().iso3("plover", country) if country else None,
        coding.number_in(row["Latitude"]),
        coding.number_in(row["Longitude"]),
        row["City"],
        row["District"],
        row["Province"],
        row["GeoNames ID"],
        row["Feature Type"],
    )
