"""GDELT's event and mention tables, version 2.0: 61 and 16 columns, parted by tabs, no header (``docs/formats.md``).

Events of version 1.0 (57 or 58 columns) are read as well. Codes are text: ``010`` is not ``10``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO

from rapporteur.errors import LineError
from rapporteur.exports import coding
from rapporteur.exports.cameo_actors import coded, party_of
from rapporteur.exports.event_records import EventRecord, RecordParty, RecordPlace, RecordReport
from rapporteur.exports.losses import Losses
from rapporteur.exports.tsv import Table, Value

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{what}Geo_{part}" for what in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
TABLE = Table(COLUMNS, heading=False)
MENTIONS = Table(MENTION_COLUMNS, heading=False)
#: Columns that a record has no field for.
_UNREAD = (
    "AvgTone", "ActionGeo_FeatureID", "ActionGeo_ADM2Code", "Actor1EthnicCode", "Actor2EthnicCode",
    "Actor1Religion1Code", "Actor2Religion1Code", "Actor1Religion2Code", "Actor2Religion2Code", "Actor1Geo_FullName",
    "Actor2Geo_FullName",
)  # fmt: skip
_UNREAD_MENTION = (
    "Actor1CharOffset", "Actor2CharOffset", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_V1 = tuple(name for name in COLUMNS if "ADM2" not in name)
_OLD = {len(_V1): Table(_V1, heading=False), len(_V1) - 1: Table(_V1[:-1], heading=False)}
_WEB, _CITATION = 1, 2  # MentionType
_LEAD = {"0": False, "1": True}
_COUNTS = ("NumMentions", "NumSources")  # that a record has of its reports; of one report alone they are 1
_NONE = -1  # an offset that isn't known
_UNHELD = (
    "mode", "contexts", "date_basis", "magnitude", "confidence", "trigger", "sentence_text", "headline", "agency",
    "attributed_to",
)  # fmt: skip


def cells(record: EventRecord, losses: Losses) -> Iterator[dict[str, Value]]:
    """The rows of a record: one for each pair of actor and recipient; none of what isn't done or has no day or code."""
    held = coding.writable(record, losses)
    if held is None:
        return
    day, cameo = held
    coding.note_unheld(record, losses, _UNHELD, ("text", "members", "title", "wikidata"))
    shared = _when(day) | _what(record, cameo) | _how_often(record) | _where(record, losses)
    added = coding.report_day(record) or day
    for actor, recipient in coding.pairs(record):
        yield {
            "GLOBALEVENTID": _number(record, actor, recipient),
            **shared,
            **_who(1, actor, "actors", losses, record.id),
            **_who(2, recipient, "recipients", losses, record.id),
            "DATEADDED": f"{added:%Y%m%d}000000",
            "SOURCEURL": record.url,
        }


def mention_cells(record: EventRecord) -> Iterator[dict[str, Value]]:
    """The mentions of a record: one for each report and row of ``cells``. Losses are told by that."""
    silent = Losses()
    held = coding.writable(record, silent)
    if held is None:
        return
    day, _ = held
    for actor, recipient in coding.pairs(record):
        for place, report in enumerate(record.reports):
            seen = coding.iso_day(report.published)
            first = place == 0  # the parties' offsets are those of the first report
            yield {
                "GLOBALEVENTID": _number(record, actor, recipient),
                "EventTimeDate": f"{day:%Y%m%d}000000",
                "MentionTimeDate": f"{seen.replace('-', '')}000000" if seen else f"{day:%Y%m%d}000000",
                "MentionType": _WEB if report.url else _CITATION,
                "MentionSourceName": report.outlet,
                "MentionIdentifier": report.url or report.article,
                "SentenceID": None if report.sentence is None else report.sentence + 1,
                "Actor1CharOffset": _offset(actor) if first else _NONE,
                "Actor2CharOffset": _offset(recipient) if first else _NONE,
                "ActionCharOffset": report.trigger_span[0] if report.trigger_span else _NONE,
                "InRawText": 1,
                "Confidence": _tens(record.confidence),
            }


def _number(record: EventRecord, actor: RecordParty | None, recipient: RecordParty | None) -> int:
    """The id of a row: that of the file it was read from, else made from the record and the pair."""
    if record.source == "gdelt" and record.id.isdecimal():
        return int(record.id)
    return coding.pair_number(record, actor, recipient)


def _when(day: date) -> dict[str, Value]:
    fraction = round((day.month * 30 + day.day) / 365 * 10000)
    return {
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": f"{day:%Y}",
        "FractionDate": f"{day.year + fraction / 10000:.4f}",
    }


def _who(n: int, party: RecordParty | None, side: str, losses: Losses, record: str) -> dict[str, Value]:
    if party is None:
        return {}
    found = coded(party, "gdelt", side, losses, record)
    types = [t for t in (found.kind, *found.roles) if t]
    if len(types) > 3:
        losses.note(record, f"{side}.sector", "beyond three types", " ".join(types))
    return {
        f"Actor{n}Code": found.full,
        f"Actor{n}Name": party.label.upper(),
        f"Actor{n}CountryCode": found.country,
        f"Actor{n}KnownGroupCode": found.known,
        **{f"Actor{n}Type{i}Code": role for i, role in enumerate(types[:3], 1)},
    }


def _what(record: EventRecord, cameo: str) -> dict[str, Value]:
    table = coding.codes()
    lead = record.lead if record.sentence is None else record.sentence == 0
    return {
        "IsRootEvent": None if lead is None else int(lead),
        "EventCode": cameo,
        "EventBaseCode": cameo[:3],
        "EventRootCode": cameo[:2],
        "QuadClass": table.quad("gdelt", cameo),
        "GoldsteinScale": table.goldstein("goldstein-gdelt", cameo),
    }


def _how_often(record: EventRecord) -> dict[str, Value]:
    articles = {report.article for report in record.reports}
    outlets = {report.outlet for report in record.reports if report.outlet}
    return {
        "NumMentions": len(record.reports) or 1,
        "NumSources": len(outlets) or 1,
        "NumArticles": record.articles or len(articles) or 1,
    }


def _where(record: EventRecord, losses: Losses) -> dict[str, Value]:
    place = record.place
    if place is None:
        return {}
    kind, state = coding.kind_of(place)
    table = coding.codes()
    fips = table.country("fips", place.country) if place.country else None
    if place.country and fips is None:
        losses.note(record.id, "place.country", "without a FIPS code", place.country)
    if kind is None:
        losses.note(record.id, "place", "of a kind that isn't known: without ActionGeo_Type", place.name)
    return {
        "ActionGeo_Type": table.place(kind).gdelt if kind else None,
        "ActionGeo_FullName": place.name,
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": f"{fips}{state or ''}" if kind == "country" or state else None,
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
    }


def _offset(party: RecordParty | None) -> int:
    return party.start if party is not None and party.start is not None else _NONE


def _tens(confidence: float | None) -> int | None:
    """GDELT's confidence: 10 to 100, by tens."""
    return None if confidence is None else min(100, max(10, round(confidence * 10) * 10))


# -- reading ---------------------------------------------------------------------------------------------------


def table_of(stream: BinaryIO) -> tuple[Table, Iterator[bytes]]:
    """The table that a file's first line fits, and its lines: version 2.0's, or one of version 1.0's."""
    first = stream.readline()
    table = _OLD.get(first.count(b"\t") + 1, TABLE)

    def lines() -> Iterator[bytes]:
        if first:
            yield first
        yield from stream

    return table, lines()


def read(stream: BinaryIO, losses: Losses, where: str) -> Iterator[EventRecord | LineError]:
    """The records of an events file, one a row."""
    table, lines = table_of(stream)
    for row in table.rows(lines, where):
        yield row if isinstance(row, LineError) else record_of(row[1], losses)


def record_of(row: dict[str, str | None], losses: Losses) -> EventRecord:
    """The record of a row."""
    id = row["GLOBALEVENTID"] or ""
    for name in _UNREAD:
        if row.get(name):
            losses.note(id, name, "without a field", row[name])
    for name in _COUNTS:
        if row[name] not in (None, "1"):
            losses.note(id, name, "without a field: only reports that are there are counted", row[name])
    cameo = row["EventCode"]
    added = coding.iso_day(row["DATEADDED"])
    url = row.get("SOURCEURL")
    meaning: dict[str, Any] = coding.by_cameo(cameo, losses, id)
    return EventRecord(
        id=id,
        date=coding.iso_day(row["SQLDATE"]),
        goldstein=coding.number_in(row["GoldsteinScale"]),
        scale="goldstein-gdelt",
        status="actual",
        actors=_party(row, 1, losses, id),
        recipients=_party(row, 2, losses, id),
        place=_place(row),
        sentence=0 if row["IsRootEvent"] == "1" else None,
        lead=_LEAD.get(row["IsRootEvent"] or ""),
        url=url,
        article=url,
        published=added,
        reports=(RecordReport(article=url, published=added, url=url),) if url else (),
        articles=int(coding.number_in(row["NumArticles"]) or 0) or None,
        source="gdelt",
        **meaning,
    )


def _party(row: dict[str, str | None], n: int, losses: Losses, record: str) -> tuple[RecordParty, ...]:
    if not row[f"Actor{n}Code"] and not row[f"Actor{n}Name"]:
        return ()
    roles = [role for i in (1, 2, 3) if (role := row[f"Actor{n}Type{i}Code"])]
    entity = row[f"Actor{n}CountryCode"] or next((r for r in roles if coding.codes().meant(r)), None)
    name = row[f"Actor{n}Name"] or row[f"Actor{n}Code"] or ""
    return (party_of(name, entity, row[f"Actor{n}KnownGroupCode"], roles, "gdelt", losses, record),)


def _place(row: dict[str, str | None]) -> RecordPlace | None:
    name = row["ActionGeo_FullName"]
    if not name:
        return None
    kind = coding.codes().place_kind(int(coding.number_in(row["ActionGeo_Type"]) or 0))
    fips = row["ActionGeo_CountryCode"]
    return RecordPlace(
        name,
        coding.codes().iso3("fips", fips) if fips else None,
        coding.number_in(row["ActionGeo_Lat"]),
        coding.number_in(row["ActionGeo_Long"]),
        feature=coding.codes().place(kind).feature or "ADM1" if kind else None,
    )


def read_mentions(
    stream: BinaryIO, where: str, losses: Losses | None = None
) -> Iterator[tuple[str, RecordReport] | LineError]:
    """The reports of a mentions file, each with the id of its event's row. Of the action's words only the start is
    told: their span is empty."""
    for row in MENTIONS.rows(stream, where):
        if isinstance(row, LineError):
            yield row
            continue
        cells_ = row[1]
        for name in _UNREAD_MENTION:
            if losses is not None and cells_[name] not in (None, str(_NONE)):
                losses.note(cells_["GLOBALEVENTID"] or "", name, "without a field", cells_[name])
        sentence = coding.number_in(cells_["SentenceID"])
        at = coding.number_in(cells_["ActionCharOffset"])
        web = cells_["MentionType"] == str(_WEB)
        yield (
            cells_["GLOBALEVENTID"] or "",
            RecordReport(
                article=cells_["MentionIdentifier"] or "",
                published=coding.iso_day(cells_["MentionTimeDate"]),
                outlet=cells_["MentionSourceName"],
                sentence=None if sentence is None else int(sentence) - 1,
                url=cells_["MentionIdentifier"] if web else None,
                trigger_span=None if at is None or at < 0 else (int(at), int(at)),
            ),
        )


def with_reports(record: EventRecord, reports: Sequence[RecordReport]) -> EventRecord:
    """The record with the reports that mentions tell of. Sentence, outlet and words' place are those of the first;
    its day is the event's row's, which says when it was added."""
    first = reports[0]
    return replace(
        record,
        reports=tuple(reports),
        sentence=record.sentence if first.sentence is None else first.sentence,
        article=first.article,
        url=record.url or first.url,
        outlet=first.outlet,
        published=record.published or first.published,
        trigger_span=first.trigger_span,
    )
