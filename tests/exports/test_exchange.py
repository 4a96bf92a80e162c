"""What holds of every exchange format: text breaks no row, nothing undone is told as done, losses are counted."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.exports import exchange
from rapporteur.exports.event_records import EventRecord, RecordParty, RecordPlace, RecordReport
from rapporteur.exports.losses import Losses

FORMATS = sorted(exchange.FORMATS)
TABULAR = [name for name in FORMATS if name != "plover"]
SHOWN = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=25).filter(
    lambda text: text.strip() not in ("", "NA", "None")
)
COUNTRIES = st.sampled_from(["FRA", "XKX", "ROU", "PSE", "IGO", "NSA", None])
SECTORS = st.sampled_from(["GOV", "JRN", "MED", None])
PARTIES = st.lists(
    st.builds(
        lambda name, code, sector: RecordParty(
            name, code, code if code not in ("IGO", "NSA", None) else None, sector=sector, name=name,
            sectors=(sector,) if sector else (),
        ),
        SHOWN, COUNTRIES, SECTORS,
    ),
    max_size=3,
)  # fmt: skip
RECORDS = st.builds(
    lambda actors, recipients, place, outlet, day: EventRecord(
        id="e-1", type="ACCUSE", mode="allege", cameo="112", quad=3, status="actual", date=day, actors=tuple(actors),
        recipients=tuple(recipients), place=place, outlet=outlet, published="2031-01-09", article="a1", sentence=1,
        reports=(RecordReport("a1", outlet=outlet, published="2031-01-09", sentence=1),),
    ),
    PARTIES, PARTIES, st.none() | st.builds(RecordPlace, SHOWN, st.just("FRA"), st.just(48.5), st.just(2.25)), SHOWN,
    st.sampled_from(["2031-01-07", "2031-01", None]),
)  # fmt: skip


def written(name: str, *records: EventRecord) -> tuple[bytes, Losses]:
    stream = io.BytesIO()
    writer = exchange.Writer(name, stream)
    for record in records:
        writer.write(record)
    return stream.getvalue(), writer.losses


def read(name: str, content: bytes) -> list[EventRecord]:
    found = list(exchange.read(name, io.BytesIO(content), Losses(), "file"))
    wrong = [item for item in found if not isinstance(item, EventRecord)]
    assert not wrong, wrong
    return [item for item in found if isinstance(item, EventRecord)]


@pytest.mark.parametrize("name", TABULAR)
@settings(max_examples=60, deadline=None)
@given(record=RECORDS)
def test_text_of_any_kind_stays_in_its_row(name: str, record: EventRecord) -> None:
    """Tabs, quotation marks and ends of lines in names neither part rows nor cells."""
    content, _ = written(name, record)
    back = read(name, content)
    actors, recipients = len(record.actors), len(record.recipients)
    assert len(back) == (1 if name == "polecat" else max(1, actors) * max(1, recipients))
    assert {found.date for found in back} == {record.date if record.date == "2031-01-07" else "2031-01-09"}
    if name == "polecat":
        assert (len(back[0].actors), len(back[0].recipients)) == (actors, recipients)
        assert [p.code for p in back[0].actors] == [p.code for p in record.actors]
    else:
        assert {found.cameo for found in back} == {"112"}
        sides = {p.country for found in back for p in found.actors}
        assert sides >= {p.country for p in record.actors if p.country}


@settings(max_examples=80, deadline=None)
@given(record=RECORDS)
def test_plover_gives_back_all_that_it_was_given(record: EventRecord) -> None:
    content, losses = written("plover", record)
    assert read("plover", content) == [record]
    assert not list(losses)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_again_is_the_same(name: str, visit: EventRecord, raid: EventRecord) -> None:
    """What a format holds survives it: the second copy says what the first said."""
    first, _ = written(name, visit, raid)
    second, _ = written(name, *read(name, first))
    again = read(name, second)
    held = [(r.type, r.date, r.cameo, r.actors, r.recipients, r.place, r.outlet) for r in again]
    assert held == [(r.type, r.date, r.cameo, r.actors, r.recipients, r.place, r.outlet) for r in read(name, first)]


@pytest.mark.parametrize("name", TABULAR)
@pytest.mark.parametrize("status", ["negated", "future", "hypothetical"])
def test_what_is_not_done_is_left_out_and_said(name: str, status: str, visit: EventRecord) -> None:
    content, losses = written(name, replace(visit, status=status))
    assert content == exchange.FORMATS[name].head
    assert losses.count("status") == 1
    assert status in str(next(iter(losses)))


@pytest.mark.parametrize("name", FORMATS)
def test_without_any_day_a_record_is_left_out_and_said(name: str, raid: EventRecord) -> None:
    content, losses = written(name, replace(raid, published=None))
    assert content == exchange.FORMATS[name].head
    assert losses.count("date") == 1


@pytest.mark.parametrize("name", TABULAR)
def test_losses_are_counted_with_the_first_as_example(name: str, visit: EventRecord, raid: EventRecord) -> None:
    _, losses = written(name, visit, raid)
    found = {loss.field: loss for loss in losses}
    assert (found["confidence"].count, found["confidence"].example, found["confidence"].record) == (2, "0.93", "e-1")
    assert found["attributed_to"].count == 1
    assert found["magnitude"].example == "killed three"


@pytest.mark.parametrize("name", TABULAR)
def test_a_row_of_another_width_is_reported_and_the_rest_read(name: str, visit: EventRecord) -> None:
    content, _ = written(name, visit)
    broken = exchange.FORMATS[name].head + b"one\ttwo\n" + content.removeprefix(exchange.FORMATS[name].head)
    if name == "gdelt":  # whose first line tells the version
        broken = content + b"one\ttwo\n"
    found = list(exchange.read(name, io.BytesIO(broken), Losses(), "some.tsv"))
    problems = [str(item) for item in found if not isinstance(item, EventRecord)]
    assert len(problems) == 1
    assert problems[0].startswith("some.tsv:")
    assert len(found) > 1


@pytest.mark.parametrize("name", ["icews", "polecat"])
def test_a_file_without_its_columns_is_refused(name: str) -> None:
    found = list(exchange.read(name, io.BytesIO(b"a\tb\n1\t2\n"), Losses(), "x.tsv"))
    assert len(found) == 1
    assert "lacks the columns Event ID" in str(found[0])


def test_latin_1_is_read_where_it_is_no_utf_8(visit: EventRecord) -> None:
    content, _ = written("icews", replace(visit, outlet="Gazette"))
    latin = content.replace(b"Gazette", "Dépêche".encode("latin-1"))
    assert {record.outlet for record in read("icews", latin)} == {"Dépêche"}


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("source", FORMATS)
def test_any_format_can_become_any_other(source: str, target: str, visit: EventRecord) -> None:
    records = read(source, written(source, visit)[0])
    back = read(target, written(target, *records)[0])
    assert {record.type for record in back} == {"CONSULT"}
    assert {record.date for record in back} == {"2031-03-04"}
    assert {party.code for record in back for party in record.actors} == {"XKX"}


def rewritten(name: str, content: bytes) -> bytes:
    return written(name, *read(name, content))[0]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(record=RECORDS)
def test_what_was_read_is_written_as_the_same_bytes(name: str, record: EventRecord) -> None:
    """Write, read, write: nothing moves, whatever stands in names."""
    first, _ = written(name, record)
    assert rewritten(name, first) == first
