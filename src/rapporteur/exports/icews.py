"""ICEWS coded event data: 20 columns, parted by tabs, with a header (``docs/formats.md``).

Countries and sectors are names. An event's id is not unique by itself; with the date it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rapporteur.exports import coding
from rapporteur.exports.event_records import EventRecord, RecordParty, RecordPlace, RecordReport
from rapporteur.exports.losses import Losses
from rapporteur.exports.tsv import Table, Value

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
TABLE = Table(COLUMNS)
_NOT_THERE = "NA"  # as some copies write what is missing
_UNHELD = (
    "mode", "contexts", "date_basis", "magnitude", "confidence", "trigger", "sentence_text", "headline", "url",
    "agency", "published", "attributed_to", "reports",
)  # fmt: skip


def cells(record: EventRecord, losses: Losses) -> Iterator[dict[str, Value]]:
    """The rows of a record: one for each pair of actor and recipient; none of what isn't done or has no day or code."""
    held = coding.writable(record, losses)
    if held is None:
        return
    day, cameo = held
    coding.note_unheld(record, losses, _UNHELD, ("text", "members", "entity", "title", "wikidata"))
    own = record.source == "icews"
    shared: dict[str, Value] = {
        "Event Date": day.isoformat(),
        "Event Text": coding.title_of(cameo),
        "CAMEO Code": cameo,
        "Intensity": coding.codes().goldstein("goldstein-icews", cameo),
        "Story ID": _story(record),
        "Sentence Number": None if record.sentence is None else record.sentence + 1,
        "Publisher": record.outlet,
        **_where(record, losses),
    }
    for actor, recipient in coding.pairs(record):
        yield {
            "Event ID": int(record.id)
            if own and record.id.isdecimal()
            else coding.pair_number(record, actor, recipient),
            **shared,
            **_who("Source", actor, "actors", losses, record.id),
            **_who("Target", recipient, "recipients", losses, record.id),
        }


def _story(record: EventRecord) -> int | None:
    if record.article is None:
        return None
    own = record.source == "icews" and record.article.isdecimal()
    return int(record.article) if own else coding.number_of(record.article)


def _who(side: str, party: RecordParty | None, field: str, losses: Losses, record: str) -> dict[str, Value]:
    if party is None:
        return {}
    table = coding.codes()
    iso3 = party.country or (party.code if party.code not in ("IGO", "NSA") else None)
    country = table.country("icews", iso3) if iso3 else None
    if iso3 and country is None:
        losses.note(record, f"{field}.country", "without a name", iso3)
    names = []
    if party.code in ("IGO", "NSA") and not country:
        names.append(table.group(party.code, party.entity, party.sector).icews)
    for sector in party.sectors or ((party.sector,) if party.sector else ()):
        name = table.sector(sector).icews
        if name is None:
            losses.note(record, f"{field}.sector", "without a name", sector)
        names.append(name)
    sectors = ",".join(dict.fromkeys(name for name in names if name))
    return {f"{side} Name": party.label, f"{side} Sectors": sectors, f"{side} Country": country}


def _where(record: EventRecord, losses: Losses) -> dict[str, Value]:
    place = record.place
    if place is None:
        return {}
    kind, _ = coding.kind_of(place)
    city = place.city or (place.name if kind in ("town", "us-town", None) else None)
    province = place.province or (place.name if kind in ("area", "us-state") else None)
    if kind is None and not place.city:
        losses.note(record.id, "place", "of a kind that isn't known, now a city", place.name)
    return {
        "City": city,
        "District": place.district,
        "Province": province,
        "Country": coding.codes().country("icews", place.country) if place.country else None,
        "Latitude": place.lat,
        "Longitude": place.lon,
    }


# -- reading ---------------------------------------------------------------------------------------------------


def record_of(raw: dict[str, str | None], losses: Losses) -> EventRecord:
    """The record of a row. ``NA`` is read as missing, but for a name's column, where it may be one."""
    row = {name: None if cell == _NOT_THERE else cell for name, cell in raw.items()}
    id = row["Event ID"] or ""
    story = row["Story ID"]
    sentence = coding.number_in(row["Sentence Number"])
    at = None if sentence is None else max(0, int(sentence) - 1)
    day = coding.iso_day(row["Event Date"])
    meaning: dict[str, Any] = coding.by_cameo(row["CAMEO Code"], losses, id)
    return EventRecord(
        id=id,
        date=day,
        goldstein=coding.number_in(row["Intensity"]),
        scale="goldstein-icews",
        status="actual",
        actors=_party(row, "Source", losses, id),
        recipients=_party(row, "Target", losses, id),
        place=_place(row),
        trigger=None,
        sentence=at,
        article=story,
        outlet=row["Publisher"],
        reports=(RecordReport(article=story, outlet=row["Publisher"], sentence=at),) if story else (),
        source="icews",
        **meaning,
    )


def _party(row: dict[str, str | None], side: str, losses: Losses, record: str) -> tuple[RecordParty, ...]:
    name = row[f"{side} Name"]
    if not name:
        return ()
    table = coding.codes()
    country = row[f"{side} Country"]
    iso3 = table.iso3("icews", country) if country else None
    if country and iso3 is None:
        losses.note(record, "actors.country", "unknown name", country)
    sectors, code = [], iso3
    for text in (part.strip() for part in (row[f"{side} Sectors"] or "").split(",")):
        sector = table.sector_meant("icews", text)
        stateless = table.stateless("icews", text)
        if sector is not None:
            sectors.append(sector)
        elif stateless is not None:
            code = code or stateless
        elif text:
            losses.note(record, "actors.sector", "unknown name", text)
    several = tuple(dict.fromkeys(sectors))
    return (RecordParty(name, code, iso3, sector=several[0] if several else None, name=name, sectors=several),)


def _place(row: dict[str, str | None]) -> RecordPlace | None:
    city, district, province, country = (row[name] for name in ("City", "District", "Province", "Country"))
    name = city or district or province or country
    if not name:
        return None
    return RecordPlace(
        name,
        coding.codes().iso3("icews", country) if country else None,
        coding.number_in(row["Latitude"]),
        coding.number_in(row["Longitude"]),
        city=city,
        district=district,
        province=province,
        feature="PPL" if city else "ADM2" if district else "ADM1" if province else "PCLI",
    )
