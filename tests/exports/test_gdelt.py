"""GDELT's tables: 61 and 16 columns, in order, and what stands in them."""

from __future__ import annotations

import io

from rapporteur.exports import exchange, gdelt
from rapporteur.exports.event_records import EventRecord
from rapporteur.exports.losses import Losses


def rows(record: EventRecord) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    events, mentions = io.BytesIO(), io.BytesIO()
    exchange.Writer("gdelt", events, mentions).write(record)
    parts = ((events, gdelt.COLUMNS), (mentions, gdelt.MENTION_COLUMNS))
    return tuple(  # type: ignore[return-value]
        [dict(zip(names, line.split("\t"), strict=True)) for line in stream.getvalue().decode().splitlines()]
        for stream, names in parts
    )


def test_the_columns_stand_where_the_codebook_has_them() -> None:
    at = {name: number for number, name in enumerate(gdelt.COLUMNS, 1)}
    assert len(gdelt.COLUMNS) == len(at) == 61
    assert [at[n] for n in ("GLOBALEVENTID", "Actor1Type1Code", "Actor2Code", "IsRootEvent", "EventCode")] == [
        1,
        13,
        16,
        26,
        27,
    ]
    assert [at[n] for n in ("Actor1Geo_ADM2Code", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED")] == [40, 44, 52, 60]
    assert len(gdelt.MENTION_COLUMNS) == 16
    assert gdelt.MENTION_COLUMNS[5:12:6] == ("MentionIdentifier", "Confidence")


def test_a_row_for_each_pair(visit: EventRecord) -> None:
    events, mentions = rows(visit)
    filled = [{k: v for k, v in row.items() if v and k != "GLOBALEVENTID"} for row in events]
    shared = {
        "SQLDATE": "20310304", "MonthYear": "203103", "Year": "2031", "FractionDate": "2031.2575",
        "Actor1Code": "KSVGOV", "Actor1Name": "THE PRESIDENT", "Actor1CountryCode": "KSV", "Actor1Type1Code": "GOV",
        "IsRootEvent": "1", "EventCode": "042", "EventBaseCode": "042", "EventRootCode": "04", "QuadClass": "1",
        "GoldsteinScale": "1.9", "NumMentions": "2", "NumSources": "2", "NumArticles": "2", "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Geneva", "ActionGeo_CountryCode": "SZ", "ActionGeo_Lat": "46.2",
        "ActionGeo_Long": "6.15", "DATEADDED": "20310305000000", "SOURCEURL": "https://news.example/1",
    }  # fmt: skip
    assert filled == [
        shared
        | {
            "Actor2Code": "IGOUNO",
            "Actor2Name": "UNITED NATIONS",
            "Actor2KnownGroupCode": "UNO",
            "Actor2Type1Code": "IGO",
        },
        shared
        | {
            "Actor2Code": "ROMMIL",
            "Actor2Name": "ROMANIA'S ARMY",
            "Actor2CountryCode": "ROM",
            "Actor2Type1Code": "MIL",
        },
    ]
    assert len({row["GLOBALEVENTID"] for row in events}) == 2
    assert [m["GLOBALEVENTID"] for m in mentions] == [events[0]["GLOBALEVENTID"]] * 2 + [events[1]["GLOBALEVENTID"]] * 2
    assert {k: v for k, v in mentions[0].items() if v and k != "GLOBALEVENTID"} == {
        "EventTimeDate": "20310304000000", "MentionTimeDate": "20310305000000", "MentionType": "1",
        "MentionSourceName": "Alpine Wire", "MentionIdentifier": "https://news.example/1", "SentenceID": "1",
        "Actor1CharOffset": "4", "Actor2CharOffset": "30", "ActionCharOffset": "20", "InRawText": "1",
        "Confidence": "90",
    }  # fmt: skip
    assert (mentions[1]["MentionType"], mentions[1]["MentionIdentifier"], mentions[1]["ActionCharOffset"]) == (
        "2",
        "wire-2",
        "-1",
    )


def test_media_and_health_change_places(raid: EventRecord) -> None:
    """PLOVER's MED is health, CAMEO's is media."""
    (row,), _ = rows(raid)
    assert (row["Actor1Code"], row["Actor2Code"], row["Actor2Type1Code"]) == ("IMGREB", "ABWHLH", "HLH")


def test_version_1_has_no_adm2_and_at_first_no_address(visit: EventRecord) -> None:
    stream = io.BytesIO()
    exchange.Writer("gdelt", stream).write(visit)
    cells = stream.getvalue().decode().splitlines()[0].split("\t")
    keep = [cell for cell, name in zip(cells, gdelt.COLUMNS, strict=True) if "ADM2" not in name]
    for old in (keep, keep[:-1]):
        (record,) = gdelt.read(io.BytesIO("\t".join(old).encode() + b"\n"), Losses(), "old.csv")
        assert isinstance(record, EventRecord)
        assert (record.date, record.cameo, record.actors[0].country) == ("2031-03-04", "042", "XKX")


def test_mentions_are_read_back(visit: EventRecord) -> None:
    events, mentions = io.BytesIO(), io.BytesIO()
    exchange.Writer("gdelt", events, mentions).write(visit)
    mentions.seek(0)
    reports = [item[1] for item in gdelt.read_mentions(mentions, "m") if isinstance(item, tuple)]
    assert [(r.article, r.published, r.sentence, r.url) for r in reports[:2]] == [
        ("https://news.example/1", "2031-03-05", 0, "https://news.example/1"),
        ("wire-2", "2031-03-06", 4, None),
    ]
