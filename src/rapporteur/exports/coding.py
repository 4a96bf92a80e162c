"""What the exchange formats have in common: which records they take, days, codes, pairs, places.

The older formats know one actor and one recipient a row, a CAMEO code and a day, and nothing that is not done: there
a record becomes a row for each pair, and what was denied, planned or only possible is left out: it would read as done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import metadata
from typing import Any

from rapporteur.exports.event_records import EventRecord, RecordParty, RecordPlace
from rapporteur.exports.losses import Losses
from rapporteur.knowledge.exchange_codes import ExchangeCodes, Kind, exchange_codes
from rapporteur.knowledge.ontology import Ontology
from rapporteur.knowledge.places import Gazetteer, gazetteer

#: Bits of a number made from an id: every program that reads JSON or floats holds so many exactly.
_BITS = 53
_NEAR = 0.02  # degrees by which a place may lie off the gazetteer's point and still be it

Pair = tuple[RecordParty | None, RecordParty | None]


def codes() -> ExchangeCodes:
    """The tables of codes."""
    return exchange_codes()


def program() -> str:
    """The program and its version, as formats name who coded."""
    try:
        return f"rapporteur {metadata.version('rapporteur')}"
    except metadata.PackageNotFoundError:
        return "rapporteur"


def number_of(*ids: str) -> int:
    """A whole number made from ids: the same for the same, of at most 53 bits, never 0."""
    digest = hashlib.blake2b("\0".join(ids).encode("utf-8", "replace"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> (64 - _BITS)) or 1


def done(record: EventRecord, losses: Losses) -> bool:
    """Whether a format without a status may have the record."""
    if record.status in (None, "actual"):
        return True
    losses.note(record.id, "status", f"{record.status}, left out: the format would tell it as done", record.trigger)
    return False


def writable(record: EventRecord, losses: Losses) -> tuple[date, str] | None:
    """The day and the CAMEO code under which a format without statuses has the record; None: it can't have it."""
    if not done(record, losses):
        return None
    cameo = cameo_of(record)
    if cameo is None:
        losses.note(record.id, "cameo", "left out: no CAMEO code", record.type)
        return None
    day = day_of(record, losses)
    return None if day is None else (day, cameo)


def pair_number(record: EventRecord, actor: RecordParty | None, recipient: RecordParty | None) -> int:
    """A row's id, made from the record and the pair that it is of."""
    return number_of(record.id, *(f"{p.code}|{p.entity}|{p.label}" if p else "" for p in (actor, recipient)))


def day_of(record: EventRecord, losses: Losses) -> date | None:
    """The day to write. Of a month or year it is the day of the report where that lies within, else the first; without
    a date the day of the report. None where neither is known: then the record can't be written.
    """
    span = record.span
    if span is None:
        losses.note(record.id, "date", "left out: neither the event nor the report has a day", record.trigger)
        return None
    if span[0] == span[1]:
        if record.date is None:
            losses.note(record.id, "date", "not told, now the day of the report", record.published)
        return span[0]
    report = replace(record, date=None).span
    within = report is not None and report[0] == report[1] and span[0] <= report[0] <= span[1]
    losses.note(record.id, "date", "of a month or year, now a day of it", record.date or record.published)
    return report[0] if within and report is not None else span[0]


def report_day(record: EventRecord) -> date | None:
    """The first day on which the article may have appeared."""
    span = replace(record, date=None).span
    return span[0] if span else None


def cameo_of(record: EventRecord) -> str | None:
    """The CAMEO code, of at least three digits: the record's own, else the usual one of its type, mode and contexts."""
    code = record.cameo
    if code is None and record.type is not None and record.type in Ontology.load().types:
        ontology = Ontology.load()
        mode = record.mode if record.mode in ontology.modes(record.type) else None
        code = ontology.cameo(record.type, mode, record.contexts)
    return f"{code}0" if code is not None and len(code) == 2 else code


def title_of(cameo: str) -> str | None:
    """CAMEO's title of a code."""
    entry = Ontology.load().cameo_codes.get(cameo)
    return entry.title if entry else None


def score_of(record: EventRecord) -> float | None:
    """The score on PLOVER's scale: one that was read, else that of type and mode."""
    ontology = Ontology.load()
    if record.intensity is not None or record.type is None or record.type not in ontology.types:
        return record.intensity
    return ontology.score(record.type, record.mode if record.mode in ontology.modes(record.type) else None)


def by_cameo(cameo: str | None, losses: Losses, record: str) -> dict[str, Any]:
    """Type, mode, contexts and PLOVER's quad class by a CAMEO code, as fields of a record; a code that stands for no
    event of ours has none of them."""
    ontology = Ontology.load()
    entry = ontology.cameo_codes.get(cameo or "")
    if entry is None and cameo and cameo.endswith("0"):
        entry = ontology.cameo_codes.get(cameo[:-1])
    if cameo and (entry is None or entry.type is None):
        losses.note(record, "type", "without a type: PLOVER has none for the CAMEO code", cameo)
    if entry is None or entry.type is None:
        return {"type": None, "cameo": cameo}
    return {
        "type": entry.type,
        "mode": entry.mode,
        "contexts": entry.contexts,
        "quad": ontology.quad(entry.type),
        "cameo": cameo,
    }


def pairs(record: EventRecord) -> Iterator[Pair]:
    """Each actor with each recipient; None stands for a side that nobody is known on.

    What several do with each other without a recipient (to meet, to agree) is a row for each of them with each other
    one, both ways.
    """
    actors, recipients = record.actors, record.recipients
    if len(actors) > 1 and not recipients and _mutual(record.type):
        yield from ((one, other) for one in actors for other in actors if one is not other)
        return
    for actor in actors or (None,):
        for recipient in recipients or (None,):
            yield actor, recipient


def _mutual(type: str | None) -> bool:
    entry = Ontology.load().types.get(type or "")
    return entry is not None and entry.mutual


# -- places ----------------------------------------------------------------------------------------------------


def kind_of(place: RecordPlace) -> tuple[Kind | None, str | None]:
    """What kind of place it is, and of a town in the United States its state's postal code; None where unknown."""
    if place.feature is not None:
        kind = _by_feature(place)
        if kind is not None:
            return kind, None
    known = gazetteer()
    if place.country and _at(place, known.country(place.country)):
        return "country", None
    for town in known.towns(place.name):
        if town.country == place.country and _at(place, (town.lat, town.lon)):
            return ("us-town", town.state) if town.country == "USA" else ("town", None)
    return _area(place, known)


def _area(place: RecordPlace, known: Gazetteer) -> tuple[Kind | None, str | None]:
    area = known.area(place.name)
    if area is None or area.country != place.country:
        return None, None
    return ("us-state" if area.country == "USA" else "area"), None


def _by_feature(place: RecordPlace) -> Kind | None:
    feature = place.feature or ""
    american = place.country == "USA"
    if feature.startswith("PCL"):
        return "country"
    if feature.startswith("PPL"):
        return "us-town" if american else "town"
    if feature.startswith("ADM"):
        return "us-state" if american and feature == "ADM1" else "area"
    return None


def _at(place: RecordPlace, point: tuple[float | None, float | None] | None) -> bool:
    if point is None or place.lat is None or place.lon is None or point[0] is None or point[1] is None:
        return False
    return abs(place.lat - point[0]) <= _NEAR and abs(place.lon - point[1]) <= _NEAR


# -- what a format has no column for ---------------------------------------------------------------------------

_PARTS: Mapping[str, Callable[[EventRecord], Any]] = {
    "type": lambda r: r.type,
    "mode": lambda r: r.mode,
    "contexts": lambda r: ", ".join(r.contexts),
    "date_basis": lambda r: r.date_basis,
    "cameo": lambda r: r.cameo,
    "goldstein": lambda r: r.goldstein,
    "status": lambda r: r.status,
    "magnitude": lambda r: ", ".join(f"{f.what} {f.text}" for f in r.figures) or _told(r),
    "confidence": lambda r: r.confidence,
    "trigger": lambda r: r.trigger,
    "sentence": lambda r: r.sentence,
    "sentence_text": lambda r: r.sentence_text,
    "article": lambda r: r.article,
    "headline": lambda r: r.headline,
    "url": lambda r: r.url,
    "outlet": lambda r: r.outlet,
    "agency": lambda r: r.agency,
    "published": lambda r: r.published,
    "attributed_to": lambda r: "; ".join(r.attributed_to),
    "reports": lambda r: f"{len(r.reports) - 1} more" if len(r.reports) > 1 else None,
    "place": lambda r: r.place.name if r.place else None,
}
_PARTY_PARTS: Mapping[str, Callable[[RecordParty], Any]] = {
    "text": lambda p: p.text if p.name and p.name != p.text else None,
    "members": lambda p: " ".join(p.members),
    "entity": lambda p: p.entity,
    "sectors": lambda p: ", ".join(p.sectors[1:]),
    "title": lambda p: p.title,
    "wikidata": lambda p: p.wikidata,
}


def note_unheld(record: EventRecord, losses: Losses, fields: Sequence[str], of_parties: Sequence[str] = ()) -> None:
    """Note what of the record stands in fields that the format has no column for."""
    for field in fields:
        _note(record, losses, field, _PARTS[field](record))
    for side in ("actors", "recipients"):
        for party in getattr(record, side):
            for field in of_parties:
                _note(record, losses, f"{side}.{field}", _PARTY_PARTS[field](party))


def _note(record: EventRecord, losses: Losses, field: str, value: Any) -> None:
    if value is not None and value != "":
        losses.note(record.id, field, "without a column", value)


def _told(record: EventRecord) -> str | None:
    told = record.magnitude
    return None if told is None else ", ".join(f"{w} {getattr(told, w).text}" for w in _FIGURES if getattr(told, w))


_FIGURES = ("killed", "injured", "arrested", "size")


# -- reading ---------------------------------------------------------------------------------------------------


def iso_day(text: str | None) -> str | None:
    """An ISO day from ``20240105``, ``20240105123000`` or ``2024-01-05``; None of what is no day."""
    plain = (text or "").replace("-", "")[:8]
    try:
        return date.fromisoformat(plain).isoformat() if len(plain) == 8 and plain.isdecimal() else None
    except ValueError:
        return None


def number_in(text: str | None) -> float | None:
    """The number that a cell holds, None where it holds none."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
