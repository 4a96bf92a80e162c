"""Exchange formats on the command line: files, losses on standard error, conversion, exit statuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rapporteur import cli
from rapporteur.exports import exchange
from rapporteur.exports.event_records import EventRecord, RecordParty
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
