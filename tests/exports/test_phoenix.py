"""Phoenix: 26 columns without a header; actors are codes."""

from __future__ import annotations

import io

from rapporteur.exports import exchange, phoenix
from rapporteur.exports.event_records import EventRecord


def rows(record: EventRecord) -> list[dict[str, str]]:
    stream = io.BytesIO()
    exchange.Writer("phoenix", stream).write(record)
    lines = stream.getvalue().decode().splitlines()
    return [dict(zip(phoenix.COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_the_columns_are_26_and_places_are_ordered_as_the_pipeline_writes_them() -> None:
    assert len(phoenix.COLUMNS) == len(set(phoenix.COLUMNS)) == 26
    assert phoenix.COLUMNS[20:23] == ("LocationName", "StateName", "CountryName")
    assert phoenix.COLUMNS[13:17] == ("EventCode", "EventRootCode", "QuadClass", "GoldsteinScore")


def test_a_row_for_each_pair(visit: EventRecord) -> None:
    first, second = rows(visit)
    assert {k: v for k, v in first.items() if v and k != "EventID"} == {
        "Date": "20310304", "Year": "2031", "Month": "03", "Day": "04", "SourceActorFull": "KSVGOV",
        "SourceActorEntity": "KSV", "SourceActorRole": "GOV", "TargetActorFull": "IGOUNO", "TargetActorEntity": "IGO",
        "TargetActorAttribute": "UNO", "EventCode": "042", "EventRootCode": "04", "QuadClass": "1",
        "GoldsteinScore": "1.9", "Issues": "DIPLOMATIC,1", "Lat": "46.2", "Lon": "6.15", "LocationName": "Geneva",
        "CountryName": "CHE", "SentenceID": "wire-1_0;wire-2_4", "URLs": "https://news.example/1",
        "NewsSources": "Alpine Wire;Lake Post",
    }  # fmt: skip
    assert second["TargetActorFull"] == "ROUMIL"
    assert first["EventID"].partition("_")[0].isdecimal()


def test_health_is_an_attribute_and_no_role(raid: EventRecord) -> None:
    (row,) = rows(raid)
    assert (row["TargetActorRole"], row["TargetActorAttribute"], row["QuadClass"]) == ("", "HLH", "4")
