"""Exchange formats on the command line: files, losses on standard error, conversion, exit statuses."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import networkx
import pyarrow.parquet
import pytest

from rapporteur import cli
from rapporteur.exports import exchange
from rapporteur.exports.event_records import EventRecord, RecordParty
from rapporteur.exports.event_table import EVENT_ROWS
from rapporteur.exports.forms import Form
from rapporteur.exports.losses import Losses
from rapporteur.record.ledger import Ledger

RECORD = EventRecord(
    id="e-1",
    type="ACCUSE",
    mode="allege",
    cameo="112",
    date="2031-01-07",
    status="actual",
    confidence=0.8,
    actors=(RecordParty("Oslo", "NOR", "NOR", name="Norway"),),
)


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def polecat(tmp_path: Path) -> Path:
    path = tmp_path / "events.tab"
    with path.open("wb") as stream:
        writer = exchange.Writer("polecat", stream)
        writer.write(RECORD)
        writer.write(replace(RECORD, id="e-2"))
    return path


def test_a_file_is_turned_into_another_and_losses_are_told(
    polecat: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", polecat, "--from", "polecat", "--to", "icews", "--out", tmp_path / "i.tab") == 0
    lines = (tmp_path / "i.tab").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert lines[1].split("\t")[1:7] == ["2031-01-07", "Norway", "", "Norway", "Accuse", "112"]
    told = capfd.readouterr().err.splitlines()
    assert "rapporteur: icews format: mode: 2 without a column (first: allege, of e-1)" in told


def test_gdelt_has_two_files(polecat: Path, tmp_path: Path) -> None:
    assert run("convert", polecat, "--from", "polecat", "--to", "gdelt", "--out", tmp_path / "day") == 0
    for part, columns in (("export", 61), ("mentions", 16)):
        lines = (tmp_path / f"day.{part}.CSV").read_text(encoding="utf-8").splitlines()
        assert [line.count("\t") + 1 for line in lines] == [columns, columns]


def test_a_row_that_can_not_be_read_is_said_and_the_rest_goes_on(
    polecat: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    polecat.write_bytes(polecat.read_bytes() + b"half\ta row\n")
    assert run("convert", polecat, "--from", "polecat", "--to", "plover") == 1
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 2
    assert f"{polecat}:4: 2 cells, 40 columns" in err


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("convert", tmp_path / "no.tab", "--from", "icews", "--to", "plover") == 1
    assert capfd.readouterr().err.strip().endswith("no.tab: can't be read: No such file or directory; check the path")


def test_a_ledger_without_events_gives_a_header_and_other_views_none(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Ledger(tmp_path / "l.duckdb").record([])
    assert run("ledger", tmp_path / "l.duckdb", "events", "--format", "icews") == 0
    assert capfd.readouterr().out.encode() == exchange.FORMATS["icews"].head
    assert run("ledger", tmp_path / "l.duckdb", "talks", "--format", "icews") == 2
    assert "icews holds events, not talks" in capfd.readouterr().err


# -- every format, from pages and from a ledger ----------------------------------------------------------------

PAGE = (
    "OSLO, March 3, 2031 - Norway's foreign minister visited Kenya on Monday.\n\n"
    "Soldiers of Chad shot dead three farmers in Nairobi on Sunday, police said. Kenya condemned Chad.\n"
)
EXCHANGE = [form for form in Form if form.is_exchange]
COLUMNS = {"gdelt": 61, "icews": 20, "polecat": 40, "phoenix": 26}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "news.jsonl"
    lines = [
        {"id": "n1", "text": PAGE, "date": "2031-03-04", "source": "Fjord Wire", "url": "https://fjord.example/1"},
        {"id": "n2", "text": "Opening.\n\n" + PAGE, "date": "2031-03-05", "source": "Hill Post"},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ledger(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "news.duckdb"
    assert run("record", path, pages, "--workers", "1") == 0
    return path


def from_pages(pages: Path, ledger: Path, form: str, out: Path, *more: str | Path) -> int:
    return run("read", pages, "--workers", "1", "--format", form, "--out", out, *more)


def from_ledger(pages: Path, ledger: Path, form: str, out: Path, *more: str | Path) -> int:
    return run("ledger", ledger, "events", "--as-of", "2031-06-01", "--format", form, "--out", out, *more)


WAYS = pytest.mark.parametrize("write", [from_pages, from_ledger])


def file_of(form: str, out: Path) -> Path:
    return out.with_name(f"{out.name}.export.CSV") if form == "gdelt" else out


def records_of(form: str, path: Path) -> Iterator[EventRecord]:
    with path.open("rb") as stream:
        for record in exchange.read(form, stream, Losses(), str(path)):
            assert isinstance(record, EventRecord), record
            yield record


@WAYS
@pytest.mark.parametrize("form", EXCHANGE)
def test_every_exchange_format_is_written_and_read(write, form, pages: Path, ledger: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Of pages and of a ledger alike; each row has the format's columns and says what happened."""
    assert write(pages, ledger, form, tmp_path / "out") == 0
    path = file_of(form, tmp_path / "out")
    if form in COLUMNS:
        with path.open(encoding="utf-8", newline="") as text:
            widths = {len(row) for row in csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)}
        assert widths == {COLUMNS[form]}
    found = list(records_of(form, path))
    assert {"CONSULT", "ASSAULT"} <= {record.type for record in found}
    raid = next(record for record in found if record.type == "ASSAULT")
    assert (raid.date, raid.actors[0].country, raid.status) == ("2031-03-02", "TCD", "actual")


@WAYS
def test_gdelts_mentions_have_sentence_and_offsets_of_every_report(write, pages, ledger, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert write(pages, ledger, "gdelt", tmp_path / "out") == 0
    rows = [line.split("\t") for line in (tmp_path / "out.mentions.CSV").read_text(encoding="utf-8").splitlines()]
    events = [line.split("\t") for line in (tmp_path / "out.export.CSV").read_text(encoding="utf-8").splitlines()]
    roots = {row[0]: row[25] for row in events}
    texts = {"n1": PAGE, "n2": "Opening.\n\n" + PAGE}
    address = "https://fjord.example/1"
    assert {row[5] for row in rows} == {address, "n2"}
    texts[address] = texts["n1"]
    assert all(int(row[6]) >= 1 for row in rows)
    words = {texts[row[5]][int(row[9]) :].split()[0] for row in rows}
    assert {"visited", "shot", "condemned"} <= words
    firsts = {row[0]: row[6] for row in reversed(rows)}
    assert {id: str(int(number == "1")) for id, number in firsts.items()} == roots


@WAYS
def test_flat_files_maps_and_graphs_are_what_their_readers_expect(write, pages, ledger, tmp_path) -> None:  # type: ignore[no-untyped-def]
    for form in ("csv", "parquet", "geojson", "gexf"):
        assert write(pages, ledger, form, tmp_path / f"out.{form}") == 0
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    counted = duckdb.sql(f"SELECT count(*) FROM read_csv('{tmp_path / 'out.csv'}', all_varchar = true)").fetchall()
    assert counted == [(table.num_rows,)]
    if write is from_pages:
        assert table.column_names == EVENT_ROWS.names
    features = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    assert all(len(feature["geometry"]["coordinates"]) == 2 for feature in features)
    graph = networkx.read_gexf(tmp_path / "out.gexf")
    assert graph.number_of_edges() >= 2


@WAYS
def test_the_losses_are_a_file_for_programs_too(write, pages, ledger, tmp_path, capfd) -> None:  # type: ignore[no-untyped-def]
    assert write(pages, ledger, "icews", tmp_path / "i.tab", "--losses", tmp_path / "lost.jsonl") == 0
    lost = [json.loads(line) for line in (tmp_path / "lost.jsonl").read_text(encoding="utf-8").splitlines()]
    said = [line for line in capfd.readouterr().err.splitlines() if "icews format:" in line]
    assert len(lost) == len(said) > 0
    assert set(lost[0]) == {"format", "step", "field", "why", "count", "example", "record"}
    assert {(loss["format"], loss["step"]) for loss in lost} == {("icews", "write")}


def test_what_loses_nothing_has_an_empty_report(ledger: Path, tmp_path: Path) -> None:
    assert (
        run("ledger", ledger, "events", "--format", "jsonl", "--losses", tmp_path / "l", "--out", tmp_path / "o") == 0
    )
    assert (tmp_path / "l").read_bytes() == b""


@pytest.mark.parametrize("form", ["gexf", "geojson", "gdelt"])
def test_a_format_of_events_takes_no_other_view(form: str, ledger: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("ledger", ledger, "claims", "--format", form) == 2
    assert f"{form} holds events, not claims" in capfd.readouterr().err


def test_conversion_joins_gdelts_mentions(pages: Path, ledger: Path, tmp_path: Path) -> None:
    """With them every report comes through; without, the first where it has an address."""
    assert from_ledger(pages, ledger, "gdelt", tmp_path / "day") == 0
    events, mentions = tmp_path / "day.export.CSV", tmp_path / "day.mentions.CSV"
    to = ("--from", "gdelt", "--to", "plover", "--out", tmp_path / "p.jsonl")
    assert run("convert", events, "--mentions", mentions, *to, "--losses", tmp_path / "lost.jsonl") == 0
    record = next(record for record in records_of("plover", tmp_path / "p.jsonl") if record.type == "CONSULT")
    assert {(report.article, report.outlet) for report in record.reports} == {
        ("https://fjord.example/1", "Fjord Wire"),
        ("n2", "Hill Post"),
    }
    lost = [json.loads(line) for line in (tmp_path / "lost.jsonl").read_text(encoding="utf-8").splitlines()]
    assert ("gdelt", "read", "Confidence") in {(loss["format"], loss["step"], loss["field"]) for loss in lost}
    assert run("convert", events, *to) == 0
    alone = [report.article for record in records_of("plover", tmp_path / "p.jsonl") for report in record.reports]
    assert set(alone) == {"https://fjord.example/1"}


def test_mentions_of_no_event_are_said_and_other_formats_have_none(
    polecat: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", polecat, "--from", "polecat", "--to", "gdelt", "--out", tmp_path / "day") == 0
    events, mentions = tmp_path / "day.export.CSV", tmp_path / "day.mentions.CSV"
    events.write_bytes(events.read_bytes().splitlines(keepends=True)[0])
    assert run("convert", events, "--from", "gdelt", "--to", "plover", "--mentions", mentions) == 0
    assert "gdelt file: reports: 1 of an event that the file has not" in capfd.readouterr().err
    assert run("convert", polecat, "--from", "polecat", "--to", "plover", "--mentions", mentions) == 2
    assert "polecat has no file of mentions" in capfd.readouterr().err


@pytest.mark.parametrize("target", EXCHANGE)
@pytest.mark.parametrize("source", EXCHANGE)
def test_conversion_goes_from_each_format_to_each(
    source: str, target: str, pages: Path, ledger: Path, tmp_path: Path
) -> None:
    assert from_ledger(pages, ledger, source, tmp_path / "a") == 0
    assert (
        run("convert", file_of(source, tmp_path / "a"), "--from", source, "--to", target, "--out", tmp_path / "b") == 0
    )
    found = list(records_of(target, file_of(target, tmp_path / "b")))
    assert {"CONSULT", "ASSAULT"} <= {record.type for record in found}


def test_the_lists_of_formats_are_one() -> None:
    """What the command line offers is what the writers know."""
    from rapporteur.cli_exchange import ExchangeFormat
    from rapporteur.exports import event_files

    assert {form.value for form in Form if form.is_exchange} == set(exchange.FORMATS) == set(ExchangeFormat)
    assert set(event_files.FORMATS) == set(Form) - {Form.TABLE, Form.JSONL}
