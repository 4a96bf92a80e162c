"""PLOVER's JSON records, one a line (``docs/formats.md``).

The fields are those of the codebook's tables. What they have no place for (status, CAMEO code, whose word it is ...)
stands in the object ``rapporteur`` of an event and of an entity, so that what is written is read back whole. Read are
also records with the older names of fields and categories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from rapporteur.errors import LineError
from rapporteur.exports import coding, plover_actors
from rapporteur.exports.event_records import (
    EventRecord,
    RecordFigure,
    RecordParty,
    RecordPlace,
    RecordReport,
)
from rapporteur.exports.losses import Losses
from rapporteur.knowledge.ontology import Ontology
from rapporteur.model import Magnitude

CODEBOOK = "plover-base-2024-02"
_ENCODER = msgspec.json.Encoder()
_SIZES = {"dead": "killed", "injured": "injured", "arrested": "arrested"}
_OWN = (
    "cameo", "goldstein", "scale", "status", "confidence", "date", "date_basis", "trigger", "trigger_span", "magnitude",
    "figures", "agency", "article", "published", "attributed_to", "reports", "articles", "source", "sentence",
    "lead",
)  # fmt: skip
_OWN_PARTY = ("code", "country", "members", "entity", "start", "end", "sectors", "sector", "name")


class _Own(msgspec.Struct, frozen=True):
    """The object ``rapporteur`` of an event: fields of ``EventRecord``."""

    cameo: str | None = None
    goldstein: float | None = None
    scale: str | None = None
    status: str | None = None
    confidence: float | None = None
    date: str | None = None
    date_basis: str | None = None
    trigger: str | None = None
    trigger_span: tuple[int, int] | None = None
    magnitude: Magnitude | None = None
    figures: tuple[RecordFigure, ...] = ()
    agency: str | None = None
    article: str | None = None
    published: str | None = None
    attributed_to: tuple[str, ...] = ()
    reports: tuple[RecordReport, ...] = ()
    articles: int | None = None
    source: str | None = None
    sentence: int | None = None
    lead: bool | None = None


def line(record: EventRecord, losses: Losses) -> Iterator[bytes]:
    """The line of a record; none of one without a day or a type, which PLOVER requires."""
    if record.type is None:
        losses.note(record.id, "type", "left out: no PLOVER type", record.cameo)
        return
    span = record.span
    if span is None:
        losses.note(record.id, "date", "left out: neither the event nor the report has a day", record.trigger)
        return
    ontology = Ontology.load()
    plain: dict[str, Any] = {
        "id": record.id,
        "date": span[0].isoformat(),
        "enddate": span[1].isoformat() if span[1] != span[0] else None,
        "actor": [_entity(party, "actors", losses, record.id) for party in record.actors],
        "recipient": [_entity(party, "recipients", losses, record.id) for party in record.recipients],
        "event": [record.type],
        "event_loc": _location(record.place, losses, record.id),
        "event_text": [record.trigger] if record.trigger else None,
        "quad_code": ontology.types[record.type].quad if record.type in ontology.types else record.quad,
        "event_scale": coding.score_of(record),
        "mode": [record.mode] if record.mode else [],
        "context": list(record.contexts),
        "size": _size(record.magnitude),
        "text": record.sentence_text,
        "text_info": None if record.sentence is None else {"sequence": record.sentence},
        "cite_info": _filled(
            {
                "url": record.url,
                "title": record.headline,
                "language": "en",
                "publication": record.outlet,
                "coder": coding.program(),
                "codebook": CODEBOOK,
            }
        ),
        "coder": coding.program(),
        "rapporteur": _filled({name: getattr(record, name) for name in _OWN}),
    }
    yield _ENCODER.encode(_filled(plain)) + b"\n"


def _filled(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that hold something; required lists stay although they are empty."""
    return {name: v for name, v in plain.items() if v not in (None, ()) and (v != [] or name in ("actor", "recipient"))}


def _entity(party: RecordParty, side: str, losses: Losses, record: str) -> dict[str, Any]:
    silent = Losses()  # nothing is lost: the code of our own stands beside
    return _filled(
        {
            "code": plover_actors.code(party, side, silent, record),
            "sector": party.sector,
            "entity_text": party.text,
            "identifier_id": party.wikidata,
            "identifier_text": party.name,
            "office": party.title,
            "rapporteur": _filled({name: getattr(party, name) for name in _OWN_PARTY}),
        }
    )


def _location(place: RecordPlace | None, losses: Losses, record: str) -> dict[str, Any] | None:
    if place is None:
        return None
    kind, _ = coding.kind_of(place)
    coded = coding.codes().place(kind) if kind else None
    return _filled(
        {
            "extracted_place": place.name,
            "resolved_place": place.city or place.name,
            "geonameid": place.geonameid,
            "lat": place.lat,
            "lon": place.lon,
            "city": place.city,
            "district": place.district,
            "province": place.province,
            "country_code": plover_actors.country(place.country, "place.country", losses, record),
            "feature_code": place.feature or (coded.feature if coded else None),
            "resolution": coded.resolution if coded else None,
            "rapporteur": _filled({"country": place.country, "feature": place.feature}),
        }
    )


def _size(magnitude: Magnitude | None) -> dict[str, Any] | None:
    """Numbers of dead, injured and arrested: a whole number, or the words where it is a range or none."""
    if magnitude is None:
        return None
    told = {name: getattr(magnitude, ours) for name, ours in _SIZES.items()}
    return _filled({name: s.min if s.min == s.max and s.min is not None else s.text for name, s in told.items() if s})


# -- reading ---------------------------------------------------------------------------------------------------


def read(stream: BinaryIO, losses: Losses, where: str) -> Iterator[EventRecord | LineError]:
    """The records of a file: one object a line, or one list of objects (older gold records)."""
    start = stream.read(1)
    if start == b"[":
        try:
            listed = msgspec.json.decode(start + stream.read())
        except msgspec.DecodeError as error:
            yield LineError(where, f"not valid JSON: {error}")
            return
        yield from (_record(item, losses, f"{where}, record {n}") for n, item in enumerate(listed, 1))
        return
    for n, raw in enumerate(_joined(start, stream), 1):
        if not raw.strip():
            continue
        try:
            item = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield LineError(f"{where}:{n}", f"not valid JSON: {error}")
            continue
        yield _record(item, losses, f"{where}:{n}")


def _joined(start: bytes, stream: Iterable[bytes]) -> Iterator[bytes]:
    for i, raw in enumerate(stream):
        yield start + raw if i == 0 and start != b"\n" else raw


def _record(item: Any, losses: Losses, where: str) -> EventRecord | LineError:
    if not isinstance(item, dict) or "id" not in item:
        return LineError(where, "is no event of PLOVER's: an object with id, date, actor and event")
    table = coding.codes()
    plain = {table.new_name(name): value for name, value in item.items()}
    try:
        return _told(plain, losses)
    except (msgspec.ValidationError, TypeError, ValueError, AttributeError, KeyError) as error:
        return LineError(where, f"is no event of PLOVER's: {error}")


def _told(plain: Mapping[str, Any], losses: Losses) -> EventRecord:
    id = str(plain["id"])
    own = msgspec.convert(plain.get("rapporteur") or {}, _Own)
    type, mode = _type(plain, losses, id)
    cite = plain.get("cite_info") or {}
    kept = {name: getattr(own, name) for name in _OWN}
    if "rapporteur" not in plain:
        kept |= {"date": str(plain["date"]) if plain.get("date") else None, "status": "actual"}
        texts = _several(plain.get("event_text"))
        kept["trigger"] = str(texts[0]) if texts else None
        sequence = (plain.get("text_info") or {}).get("sequence")
        kept["sentence"] = sequence if isinstance(sequence, int) else None
        kept["source"] = "plover"
    ontology = Ontology.load()
    return EventRecord(
        id=id,
        type=type,
        mode=mode,
        contexts=tuple(str(context) for context in _several(plain.get("context"))),
        quad=plain.get("quad_code") or (ontology.types[type].quad if type in ontology.types else None),
        actors=tuple(_party(entity, losses, id) for entity in _several(plain.get("actor"))),
        recipients=tuple(_party(entity, losses, id) for entity in _several(plain.get("recipient"))),
        place=_place(plain.get("event_loc")),
        sentence_text=plain.get("text"),
        headline=cite.get("title"),
        url=cite.get("url"),
        outlet=cite.get("publication"),
        intensity=plain.get("event_scale") if "rapporteur" not in plain else None,
        **kept,
    )


def _several(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _type(plain: Mapping[str, Any], losses: Losses, id: str) -> tuple[str, str | None]:
    names, modes = _several(plain.get("event")), _several(plain.get("mode"))
    if not names:
        raise ValueError("it has no event")
    for what, several in (("type", names), ("mode", modes)):
        for other in several[1:]:
            losses.note(id, what, "beyond the first", other)
    name, mode = str(names[0]).upper(), str(modes[0]) if modes else None
    old = coding.codes().old_type(name)
    return (old.type, mode or old.mode) if old else (name, mode)


def _party(entity: Any, losses: Losses, id: str) -> RecordParty:
    if not isinstance(entity, dict):
        entity = {"code": str(entity)}
    own = entity.get("rapporteur")
    name = entity.get("identifier_text") or entity.get("entity_name")
    text = entity.get("entity_text") or entity.get("raw_text") or name or entity.get("code") or ""
    title, wikidata = entity.get("office"), entity.get("identifier_id") or entity.get("wikidata_id")
    if own is not None:
        fields = {**own, "members": tuple(own.get("members", ())), "sectors": tuple(own.get("sectors", ()))}
        return RecordParty(text, title=title, wikidata=wikidata, **fields)
    sector = entity.get("sector") or entity.get("sector_code")
    sectors = str(sector or "").replace(";", " ").split()
    code = entity.get("code")
    return plover_actors.named(
        plover_actors.party_of(text, code[:3] if code else None, sectors, losses, id), name, title, wikidata
    )


def _place(location: Any) -> RecordPlace | None:
    if not location:
        return None
    own = location.get("rapporteur") or {}
    code = location.get("country_code")
    geonameid = location.get("geonameid")
    return RecordPlace(
        location.get("extracted_place") or location.get("resolved_place") or "",
        own.get("country") or (coding.codes().iso3("plover", code) if code else None),
        location.get("lat"),
        location.get("lon"),
        location.get("city"),
        location.get("district"),
        location.get("province"),
        None if geonameid is None else str(geonameid),
        own.get("feature") if "rapporteur" in location else location.get("feature_code"),
    )
