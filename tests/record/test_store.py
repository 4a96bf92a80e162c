"""The file: made whole, told from other files, upgraded, and never harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from rapporteur.errors import AskError, LedgerError
from rapporteur.record import migrations, store
from rapporteur.record.ledger import Ledger
from rapporteur.record.migrations import Step, migrate, missing
from rapporteur.record.schema import VERSION

from .made import NOON, noon, stories, story

STORED = Path(__file__).parent / "ledgers"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


def said(path: Path, **how: object) -> str:
    """The one line that opening this file is refused with."""
    with pytest.raises(LedgerError) as refusal:
        Ledger(path, clock=noon, **how)  # type: ignore[arg-type]
    message = str(refusal.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


# -- made ------------------------------------------------------------------------------------------------------


def test_a_new_ledger_is_one_file_and_nothing_beside_it(path: Path) -> None:
    assert Ledger(path).view("articles").num_rows == 0
    assert os.listdir(path.parent) == ["news.duckdb"]


def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    path.touch()
    assert Ledger(path).view("articles").num_rows == 0


def test_who_only_reads_makes_none(path: Path) -> None:
    assert said(path, create=False) == "no such ledger; rapporteur record makes one"
    assert not path.exists()


def test_a_draft_that_somebody_was_killed_over_is_taken_away_an_hour_later(path: Path) -> None:
    old, young = (path.with_name(f".{path.name}.{n}-0badcafe.new") for n in (1, 2))
    for draft in (old, young):
        draft.touch()
    os.utime(old, (1, 1))
    Ledger(path)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_ledger_that_was_closed_says_so(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.record([story("a")])
    with pytest.raises(LedgerError, match="was closed"):
        ledger.view("articles")


# -- what is no ledger -----------------------------------------------------------------------------------------


def test_a_file_of_another_kind(path: Path) -> None:
    path.write_text("Not a ledger at all.\n" * 400)
    assert said(path).startswith("is not a ledger")
    assert path.read_text() == "Not a ledger at all.\n" * 400


def test_a_database_of_another_program(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE accounts (owner TEXT, balance INTEGER)")
    assert said(path).startswith("is a DuckDB file of another program")


def test_a_database_that_has_a_table_of_that_name(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        con.execute("INSERT INTO meta VALUES ('version', '7')")
    assert said(path).startswith("is a DuckDB file of another program")


def test_a_folder(tmp_path: Path) -> None:
    assert said(tmp_path) == "is a folder; a ledger is a file"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "make it first" in said(tmp_path / "nowhere" / "news.duckdb")


def test_a_place_where_nothing_can_be_made() -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("this system has no folder in which nobody can make a file")
    assert said(Path("/proc/self/news.duckdb")).startswith("can't be ")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read(path: Path) -> None:
    Ledger(path)
    path.chmod(0)
    assert said(path).startswith("can't be read; check its permissions")


def test_a_damaged_ledger(path: Path) -> None:
    Ledger(path).record(stories(5))
    content = bytearray(path.read_bytes())
    content[4096 : 3 * 4096] = bytes(8192)
    path.write_bytes(content)
    said(path)


# -- versions --------------------------------------------------------------------------------------------------


def test_a_newer_ledger_is_left_alone(path: Path) -> None:
    Ledger(path)
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE meta SET value = ? WHERE key = 'version'", [str(VERSION + 1)])
    before = path.read_bytes()
    assert said(path) == (
        f"is a ledger of version {VERSION + 1}; this program knows up to version {VERSION}: install a newer one"
    )
    assert path.read_bytes() == before


def test_a_ledger_of_each_version_is_stored() -> None:
    assert sorted(file.name for file in STORED.glob("*.duckdb")) == [f"v{n}.duckdb" for n in range(1, VERSION + 1)]


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_stored_ledger_is_read_and_goes_on(path: Path, version: int) -> None:
    shutil.copy(STORED / f"v{version}.duckdb", path)
    ledger = Ledger(path, clock=noon)
    assert ledger.view("articles")["id"].to_pylist() == ["first", "second"]
    assert ledger.record([story("third", "2025-04-01")]).new == 1
    assert ledger.view("articles")["id"].to_pylist() == ["first", "second", "third"]


STEPS = (
    Step(VERSION + 1, "keep the reader's name", ("ALTER TABLE readings ADD COLUMN reader TEXT",)),
    Step(
        VERSION,
        "keep the language",
        ("ALTER TABLE articles ADD COLUMN language TEXT", "UPDATE articles SET language = 'en'"),
    ),
)


def test_steps_are_taken_in_order_from_where_the_ledger_is(path: Path) -> None:
    Ledger(path, clock=noon).record([story("a")])
    with duckdb.connect(str(path)) as con:
        assert migrate(con, VERSION + 1, NOON, steps=STEPS, target=VERSION + 2) == ["keep the reader's name"]
        assert migrate(con, VERSION, NOON, steps=STEPS, target=VERSION + 1) == ["keep the language"]
        assert con.execute("SELECT language FROM articles").fetchall() == [("en",)]
        assert con.execute("SELECT value FROM meta WHERE key LIKE 'step%' ORDER BY key").fetchall() == [
            ("keep the language (2025-06-01T12:00:00)",),
            ("keep the reader's name (2025-06-01T12:00:00)",),
        ]


def test_opening_takes_the_steps_that_are_missing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(path, clock=noon).record([story("a")])
    newer(monkeypatch, STEPS)
    Ledger(path, clock=noon)
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT value FROM meta WHERE key = 'version'").fetchall() == [(str(VERSION + 2),)]
        assert con.execute("SELECT language, reader FROM articles JOIN readings USING (reading)").fetchall() == [
            ("en", None)
        ]


def test_a_step_that_fails_leaves_the_older_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(path, clock=noon).record([story("a")])
    newer(monkeypatch, (STEPS[1], Step(VERSION + 1, "fail", ("ALTER TABLE nowhere ADD COLUMN reader TEXT",))))
    with pytest.raises(duckdb.CatalogException):
        Ledger(path, clock=noon)
    monkeypatch.undo()
    assert Ledger(path, clock=noon).view("articles").num_rows == 1


def test_a_version_that_no_step_leads_on_from(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(path)
    newer(monkeypatch, STEPS[1:])
    assert said(path) == f"is a ledger of version {VERSION}; no step is known on from version {VERSION + 1}"


def newer(monkeypatch: pytest.MonkeyPatch, steps: tuple[Step, ...]) -> None:
    """As if this program were two versions newer, with these steps."""
    monkeypatch.setattr(store, "VERSION", VERSION + 2)
    monkeypatch.setattr(store.migrations, "missing", lambda found: missing(found, steps, VERSION + 2))
    monkeypatch.setattr(
        store.migrations, "migrate", lambda con, found, now: migrate(con, found, now, steps=steps, target=VERSION + 2)
    )


def test_no_two_steps_start_from_one_version() -> None:
    starts = [step.start for step in migrations.STEPS]
    assert starts == sorted(set(starts))


# -- a full disk -----------------------------------------------------------------------------------------------

FULL = """
import resource, signal, sys
from tests.record.made import noon, stories
from rapporteur.errors import LedgerError
from rapporteur.record.ledger import Ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing on fails, as on a full disk, and doesn't kill
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    Ledger(sys.argv[1], clock=noon).record(stories(400, 1, "b"), batch=50)
except LedgerError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="only there can the size of files be limited")
def test_a_full_disk_is_told_and_the_ledger_is_as_it_was(path: Path) -> None:
    Ledger(path, clock=noon).record(stories(50, 2))
    line = fill_up(path, 1_000_000)
    assert line.startswith(f"{path}: can't be written: ")
    assert "the ledger is as it was" in line
    kept = Ledger(path).view("articles").num_rows - 50
    assert 0 <= kept < 400
    assert kept % 50 == 0  # whole batches
    assert Ledger(path, clock=noon).record(stories(400, 1, "b")).new == 400 - kept


@pytest.mark.skipif(os.name != "posix", reason="only there can the size of files be limited")
def test_a_disk_that_is_full_at_once_leaves_no_file(path: Path) -> None:
    assert fill_up(path, 1000).startswith(f"{path}: can't be ")
    assert os.listdir(path.parent) == []


def fill_up(path: Path, size: int) -> str:
    """Record in a process whose files can't grow over ``size`` bytes; its one line."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    command = [sys.executable, "-c", FULL, str(path), str(size)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True)
    lines = result.stdout.splitlines()
    assert len(lines) == 1, result
    return lines[0]


# -- what is asked ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"since": "last week"}, "since: 'last week' is no day of the calendar; write it as 2025-01-31"),
        ({"known_by": "2025-02-30"}, "known_by: '2025-02-30' is no day of the calendar; write it as 2025-01-31"),
        ({"as_of": "2025-1-1"}, "as_of: '2025-1-1' is no day of the calendar; write it as 2025-01-31"),
        ({"actor": "Norwey"}, "did you mean Norway?"),
        ({"country": "Grance"}, "did you mean France"),
        ({"country": "NATO"}, "country: nobody called 'NATO'"),
        ({"since": "2025-02-01", "until": "2025-01-31"}, "since: 2025-02-01 is behind until, 2025-01-31"),
        ({"type": "sanktion"}, "type: articles have no type 'sanktion'; valid: AGREE, "),
        ({"type": "Travel Ban"}, "; did you mean travel ban?"),
        ({"limit": -1}, "limit: -1 is no count of rows"),
    ],
)
def test_what_can_t_be_asked_is_said_in_one_line(path: Path, asked: dict[str, object], line: str) -> None:
    with pytest.raises(AskError) as refusal:
        Ledger(path).view("articles", **asked)  # type: ignore[arg-type]
    assert line in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_view_that_there_is_none_of(path: Path) -> None:
    with pytest.raises(
        AskError, match="view: there is no view 'wars'; valid: events, measures, talks, claims, articles"
    ):
        Ledger(path).view("wars")


def test_days_may_be_given_as_days(path: Path) -> None:
    ledger = Ledger(path, clock=noon)
    ledger.record([story("a", "2025-01-10")])
    assert ledger.view("articles", since=datetime(2025, 1, 10, 23), until=datetime(2025, 1, 10).date()).num_rows == 1
