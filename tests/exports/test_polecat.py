"""POLECAT: 40 columns with a header, ``None`` for what is missing, one row an event."""

from __future__ import annotations

import io

from rapporteur.exports import exchange, polecat
from rapporteur.exports.event_records import EventRecord
from rapporteur.exports.losses import Losses


def row(record: EventRecord, losses: Losses | None = None) -> dict[str, str]:
    stream = io.BytesIO()
    exchange.Writer("polecat", stream, losses=losses).write(record)
    head, line = stream.getvalue().decode().splitlines()
    return dict(zip(head.split("\t"), line.split("\t"), strict=True))


def test_the_columns_stand_where_the_files_have_them() -> None:
    at = {name: number for number, name in enumerate(polecat.COLUMNS, 1)}
    assert len(polecat.COLUMNS) == len(at) == 40
    wanted = {
        "Event Intensity": 5, "Contexts": 7, "Actor COW": 10, "Primary Actor Sector": 11, "Wikipedia Actor ID": 15,
        "Recipient Name": 16, "Primary Recipient Sector": 19, "Wikipedia Recipient ID": 23, "Placename": 24,
        "Feature Type": 33, "Version": 40,
    }  # fmt: skip
    assert {name: at[name] for name in wanted} == wanted


def test_parties_stand_in_lists_in_which_first_belongs_to_first(visit: EventRecord) -> None:
    found = row(visit)
    assert (found["Event Type"], found["Event Mode"], found["Quad Code"]) == ("CONSULT", "visit", "VERBAL COOPERATION")
    assert (found["Event Intensity"], found["Contexts"]) == ("4", "diplomatic")
    assert (found["Actor Country"], found["Primary Actor Sector"]) == ("KOS", "GOV")
    assert found["Recipient Name"] == "United Nations;Romania's army"
    assert (found["Recipient Country"], found["Primary Recipient Sector"]) == ("UNO;ROU", "None;MIL")
    assert (found["City"], found["Country"], found["Feature Type"]) == ("Geneva", "CHE", "PPL")
    assert found["Wikipedia Actor ID"] == found["Story People"] == "None"


def test_a_dependent_territory_becomes_its_state_and_that_is_said(raid: EventRecord) -> None:
    losses = Losses()
    assert row(raid, losses)["Recipient Country"] == "NLD"
    assert {loss.field: loss.example for loss in losses}["recipients.country"] == "ABW as NLD"


def test_weekly_files_with_another_name_and_cells_too_many_are_read(visit: EventRecord) -> None:
    stream = io.BytesIO()
    exchange.Writer("polecat", stream).write(visit)
    head, line, _ = stream.getvalue().split(b"\n")
    content = head.replace(b"Event Intensity", b"Intensity") + b"\tHeadline\n" + line + b"\tTalks held\t\t\n"
    (record,) = exchange.read("polecat", io.BytesIO(content), Losses(), "weekly.txt")
    assert isinstance(record, EventRecord)
    assert (record.intensity, record.headline) == (4.0, "Talks held")
    assert [party.code for party in record.recipients] == ["IGO", "ROU"]
