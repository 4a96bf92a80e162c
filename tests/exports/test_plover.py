"""PLOVER's JSON records: its fields by name, nothing lost, older records read."""

from __future__ import annotations

import io
import json

from rapporteur.exports import exchange
from rapporteur.exports.event_records import EventRecord
from rapporteur.exports.losses import Losses


def line(record: EventRecord) -> dict[str, object]:
    stream = io.BytesIO()
    exchange.Writer("plover", stream).write(record)
    found: dict[str, object] = json.loads(stream.getvalue())
    return found


def read(content: str) -> EventRecord:
    (record,) = exchange.read("plover", io.BytesIO(content.encode()), Losses(), "f.jsonl")
    assert isinstance(record, EventRecord), record
    return record


def test_the_fields_are_the_codebooks(visit: EventRecord) -> None:
    found = line(visit)
    assert (found["id"], found["date"], found["event"], found["mode"]) == ("e-1", "2031-03-04", ["CONSULT"], ["visit"])
    assert (found["quad_code"], found["event_scale"], found["context"]) == (1, 4.0, ["diplomatic"])
    actors, recipients = found["actor"], found["recipient"]
    assert isinstance(actors, list)
    assert isinstance(recipients, list)
    assert {k: v for k, v in actors[0].items() if k != "rapporteur"} == {
        "code": "KOS", "sector": "GOV", "entity_text": "the president"
    }  # fmt: skip
    assert [entity["code"] for entity in recipients] == ["UNO", "ROU"]
    place = found["event_loc"]
    assert isinstance(place, dict)
    assert (place["country_code"], place["feature_code"], place["resolution"]) == ("CHE", "PPL", 4)
    assert found["cite_info"]["url"] == "https://news.example/1"  # type: ignore[index]


def test_numbers_of_dead_and_an_end_of_the_time(raid: EventRecord) -> None:
    assert line(raid)["size"] == {"dead": 3}


def test_an_earlier_record_is_read_by_its_older_names() -> None:
    record = read(
        '[{"id": "g1", "date": "2031-02-03", "source": [{"code": "KOS", "sector": "GOV"}], '
        '"target": [{"code": "EUR"}], "event": ["DISAPPROVE"], "eventText": ["scolded"]}]'
    )
    assert (record.type, record.mode, record.date, record.trigger) == ("ACCUSE", "disapprove", "2031-02-03", "scolded")
    assert (record.actors[0].code, record.recipients[0].entity) == ("XKX", "igo:EU")


def test_the_simplest_record_is_enough() -> None:
    record = read(
        '{"id":"x","date":"2031-07-24","actor":[{"code":"USA"}],"recipient":[{"code":"CAN"}],"event":["CONSULT"]}'
    )
    assert (record.actors[0].country, record.recipients[0].country, record.quad) == ("USA", "CAN", 1)


def test_a_line_that_is_none_is_reported_with_its_number(visit: EventRecord) -> None:
    content = json.dumps(line(visit)) + "\n{broken\n[1]\n" + json.dumps(line(visit)) + "\n"
    found = list(exchange.read("plover", io.BytesIO(content.encode()), Losses(), "f.jsonl"))
    assert [str(f).split(": ")[0] for f in found if not isinstance(f, EventRecord)] == ["f.jsonl:2", "f.jsonl:3"]
    assert isinstance(found[3], EventRecord)
