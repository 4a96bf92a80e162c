"""Phoenix: 26 columns, parted by tabs, no header (``docs/formats.md``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rapporteur.exports import coding
from rapporteur.exports.cameo_actors import coded, party_of
from rapporteur.exports.event_records import EventRecord, RecordParty, RecordPlace, RecordReport
from rapporteur.exports.losses import Losses
from rapporteur.exports.tsv import Table, Value
from rapporteur.knowledge.ontology import Ontology

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day",
    *(f"{side}Actor{part}" for side in ("Source", "Target") for part in ("Full", "Entity", "Role", "Attribute")),
    "EventCode", "EventRootCode", "QuadClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName",
    "CountryName", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
TABLE = Table(COLUMNS, heading=False)
_UNHELD = (
    "mode", "date_basis", "magnitude", "confidence", "trigger", "sentence_text", "headline", "agency", "published",
    "attributed_to",
)  # fmt: skip


def cells(record: EventRecord, losses: Losses) -> Iterator[dict[str, Value]]:
    """The rows of a record: one for each pair of actor and recipient; none of what isn't done or has no day or code."""
    held = coding.writable(record, losses)
    if held is None:
        return
    day, cameo = held
    coding.note_unheld(record, losses, _UNHELD, ("text", "members", "title", "wikidata"))
    table = coding.codes()
    shared: dict[str, Value] = {
        "Date": f"{day:%Y%m%d}",
        "Year": f"{day:%Y}",
        "Month": f"{day:%m}",
        "Day": f"{day:%d}",
        "EventCode": cameo,
        "EventRootCode": cameo[:2],
        "QuadClass": table.quad("phoenix", cameo),
        "GoldsteinScore": table.goldstein("goldstein-phoenix", cameo),
        "Issues": ";".join(f"{context.upper()},1" for context in record.contexts),
        "SentenceID": ";".join(_sentence(report) for report in record.reports),
        "URLs": ";".join(report.url for report in record.reports if report.url),
        "NewsSources": ";".join(_listed(report.outlet) for report in record.reports if report.outlet),
        **_where(record),
    }
    version = coding.program().replace(" ", "-")
    for actor, recipient in coding.pairs(record):
        yield {
            "EventID": record.id
            if record.source == "phoenix"
            else f"{coding.pair_number(record, actor, recipient)}_{version}",
            **shared,
            **_who("Source", actor, "actors", losses, record.id),
            **_who("Target", recipient, "recipients", losses, record.id),
        }


def _sentence(report: RecordReport) -> str:
    return _listed(report.article if report.sentence is None else f"{report.article}_{report.sentence}")


def _listed(text: str) -> str:
    """A value as it may stand in a list whose values are parted by semicolons."""
    return text.replace(";", ",")


def _who(side: str, party: RecordParty | None, field: str, losses: Losses, record: str) -> dict[str, Value]:
    if party is None:
        return {}
    found = coded(party, "phoenix", field, losses, record)
    losses.note(record, f"{field}.name", "without a column: Phoenix has codes alone", party.label)
    roles = [role for role in found.roles if _is_role(role)]
    role = roles[0] if roles else None
    others = [role_ for role_ in found.roles if role_ != role]
    return {
        f"{side}ActorFull": found.full,
        f"{side}ActorEntity": found.entity,
        f"{side}ActorRole": role,
        f"{side}ActorAttribute": ";".join([*others, *([found.known] if found.known else [])]),
    }


def _is_role(role: str) -> bool:
    code = coding.codes().sector_meant("phoenix", role)
    return code is not None and coding.codes().sector(code).phoenix_role == role


def _where(record: EventRecord) -> dict[str, Value]:
    place = record.place
    if place is None:
        return {}
    kind, _ = coding.kind_of(place)
    iso3 = place.country
    return {
        "Lat": place.lat,
        "Lon": place.lon,
        "LocationName": place.name if kind not in ("area", "us-state", "country") else None,
        "StateName": place.province or (place.name if kind in ("area", "us-state") else None),
        "CountryName": coding.codes().country("phoenix", iso3) if iso3 else None,
    }


# -- reading ---------------------------------------------------------------------------------------------------


def record_of(row: dict[str, str | None], losses: Losses) -> EventRecord:
    """The record of a row. Issues that are no contexts of PLOVER's have no place."""
    id = row["EventID"] or ""
    contexts = []
    for issue in filter(None, (row["Issues"] or "").split(";")):
        name = issue.partition(",")[0].lower()
        if name in Ontology.load().contexts:
            contexts.append(name)
        else:
            losses.note(id, "Issues", "without a field", issue)
    reports = tuple(_reports(row))
    meaning: dict[str, Any] = coding.by_cameo(row["EventCode"], losses, id)
    if contexts or meaning["type"] is None:
        meaning["contexts"] = tuple(contexts)
    first = reports[0] if reports else None
    return EventRecord(
        id=id,
        date=coding.iso_day(row["Date"]),
        goldstein=coding.number_in(row["GoldsteinScore"]),
        scale="goldstein-phoenix",
        status="actual",
        actors=_party(row, "Source", losses, id),
        recipients=_party(row, "Target", losses, id),
        place=_place(row),
        sentence=first.sentence if first else None,
        article=first.article if first else None,
        url=first.url if first else None,
        outlet=first.outlet if first else None,
        reports=reports,
        source="phoenix",
        **meaning,
    )


def _reports(row: dict[str, str | None]) -> Iterator[RecordReport]:
    sentences, urls, outlets = ((row[name] or "").split(";") for name in ("SentenceID", "URLs", "NewsSources"))
    if sentences == [""]:
        return
    for i, sentence in enumerate(sentences):
        article, _, number = sentence.rpartition("_")
        known = bool(article) and number.isdecimal()
        yield RecordReport(
            article=article if known else sentence,
            sentence=int(number) if known else None,
            url=urls[i] or None if len(urls) == len(sentences) else None,
            outlet=outlets[i] or None if len(outlets) == len(sentences) else None,
        )


def _party(row: dict[str, str | None], side: str, losses: Losses, record: str) -> tuple[RecordParty, ...]:
    full = row[f"{side}ActorFull"]
    if not full:
        return ()
    attributes = [part for part in (row[f"{side}ActorAttribute"] or "").split(";") if part]
    known = next((part for part in attributes if coding.codes().entity(part)), None)
    role = row[f"{side}ActorRole"]
    roles = [part for part in ([role] if role else []) + attributes if part != known]
    party = party_of(full, row[f"{side}ActorEntity"], known, roles, "phoenix", losses, record)
    return (party,)


def _place(row: dict[str, str | None]) -> RecordPlace | None:
    name = row["LocationName"] or row["StateName"] or row["CountryName"]
    if not name:
        return None
    country = row["CountryName"]
    return RecordPlace(
        name,
        coding.codes().iso3("phoenix", country) if country else None,
        coding.number_in(row["Lat"]),
        coding.number_in(row["Lon"]),
        city=row["LocationName"],
        province=row["StateName"],
        feature="PPL" if row["LocationName"] else "ADM1" if row["StateName"] else "PCLI",
    )
