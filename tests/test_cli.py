"""The command line, with a reader that says what each case needs."""

from __future__ import annotations

import datetime
import json
import os
import pickle
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from rapporteur import cli
from rapporteur.errors import KnowledgeError, LineError, ModelError, PageError
from rapporteur.model import Article

SECRET = "words of an article that no report may repeat"


class FakeReader:
    """Yields ``results`` and keeps what it was asked; an exception among the results is raised, an error yielded."""

    def __init__(self, *results: Any) -> None:
        self.results = results
        self.asked: dict[str, Any] = {}

    def read_paths(
        self, paths: Sequence[str], *, date: str | None = None, workers: int = 1, stdin: BinaryIO | None = None
    ) -> Iterator[Any]:
        self.asked = {"paths": paths, "date": date, "workers": workers}
        for result in self.results:
            if isinstance(result, BaseException) and not isinstance(result, PageError):
                raise result
            yield result


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Any]:
    """Run ``rapporteur`` on arguments with a fake reader; returns status, standard output and standard error."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(reader: FakeReader, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "load_reader", lambda *loaded: reader)
        monkeypatch.setattr(sys, "argv", ["rapporteur", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main(list(arguments))
        out, err = capfd.readouterr()
        code = end.value.code
        assert isinstance(code, int)
        return code, out, err

    return run


Run = Callable[..., tuple[int, str, str]]


def test_piped_output_is_one_line_an_article(run: Run, harbour: Article) -> None:
    status, out, err = run(FakeReader(harbour, harbour), "read", "page.txt")
    assert (status, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [harbour.to_dict()] * 2


def test_the_table_when_asked_for(run: Run, harbour: Article) -> None:
    status, out, _ = run(FakeReader(harbour), "read", "--format", "table", "page.txt")
    assert status == 0
    assert out.startswith("Norland shuts its ports\n2025-04-01 · The Herald (Wire)")


def test_what_is_asked_reaches_the_reader(run: Run) -> None:
    reader = FakeReader()
    run(reader, "read", "--date", "2025-01-31", "--workers", "3", "a.txt", "-")
    assert reader.asked == {"paths": ["a.txt", "-"], "date": "2025-01-31", "workers": 3}


def test_workers_are_the_cores_unless_said(run: Run) -> None:
    reader = FakeReader()
    run(reader, "read", "a.txt")
    assert 1 <= reader.asked["workers"] <= (os.cpu_count() or 1)


@pytest.mark.parametrize(("least", "kept"), [("0", 4), ("0.9", 4), ("0.91", 0)])
def test_events_below_the_least_confidence_are_left_out(run: Run, harbour: Article, least: str, kept: int) -> None:
    _, out, _ = run(FakeReader(harbour), "read", "--min-confidence", least, "a.txt")
    assert len(json.loads(out)["events"]) == kept


def test_what_can_not_be_read_is_said_once_and_the_rest_goes_on(run: Run, harbour: Article) -> None:
    error = PageError("empty.txt", "is empty; nothing to read")
    status, out, err = run(FakeReader(harbour, error, harbour), "read", "a.txt", "empty.txt")
    assert status == 1
    assert out.count("\n") == 2
    assert err == "rapporteur: empty.txt: is empty; nothing to read\n"


def test_a_message_is_one_line_whatever_the_file_is_called(run: Run) -> None:
    _, _, err = run(FakeReader(PageError("a\nb\x1b[2J\x07.txt", "is binary")), "read", "a")
    assert err == "rapporteur: a b [2J .txt: is binary\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "--date", "31.1.2025", "a.txt"],
        ["read", "--date", "2025-02-30", "a.txt"],
        ["read", "--date", "20250131", "a.txt"],
        ["read", "--workers", "0", "a.txt"],
        ["read", "--min-confidence", "2", "a.txt"],
        ["read", "--format", "xml", "a.txt"],
        ["read", "--colour", "a.txt"],
        ["reed", "a.txt"],
    ],
)
def test_a_wrong_command_line_is_status_2_and_reads_nothing(run: Run, arguments: list[str]) -> None:
    status, out, err = run(FakeReader(RuntimeError("must not be read")), *arguments)
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    assert err


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ModelError("language pipeline 'xx' is not installed; pip install it"), 2),
        (KnowledgeError("frames/AID.yaml", 12, "no such mode"), 2),
        (LineError("a.jsonl:3", "is no JSON"), 1),
    ],
)
def test_errors_raised_on_purpose_are_one_line(run: Run, error: Exception, status: int) -> None:
    assert run(FakeReader(error), "read", "a.txt") == (status, "", f"rapporteur: {error}\n")


def test_a_bug_is_one_line_and_a_saved_report_without_the_text(run: Run, harbour: Article, tmp_path: Path) -> None:
    def fail() -> Exception:
        try:
            try:
                raise KeyError(SECRET)
            except KeyError as cause:
                raise ValueError(SECRET) from cause
        except ValueError as error:
            return error

    status, out, err = run(FakeReader(harbour, fail()), "read", "page.txt")
    assert status == 1
    assert json.loads(out) == harbour.to_dict()  # what was read before is not lost
    assert err.count("\n") == 1
    assert err.startswith("rapporteur: internal error (ValueError); please send the report saved in ")
    report = Path(err.strip().rpartition(" in ")[2])
    assert report.is_relative_to(tmp_path)
    text = report.read_text(encoding="utf-8")
    assert SECRET not in text
    for expected in (
        "Python 3.",
        "arguments: ['read', 'page.txt']",
        "builtins.KeyError",
        "builtins.ValueError",
        "in fail",
    ):
        assert expected in text


def test_a_report_tells_where_a_worker_failed(run: Run) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        error = pool.submit(int, SECRET).exception()
        late = pool.submit(datetime.date.fromisoformat, SECRET).exception()
        deep = pool.submit(json.loads, SECRET).exception()
    for failure in (error, late, deep):
        _, _, err = run(FakeReader(failure), "read", "a")
        text = Path(err.strip().rpartition(" in ")[2]).read_text(encoding="utf-8")
        assert SECRET not in text
    assert re.search(r'File ".*json/decoder.py", line \d+, in raw_decode', text)


def test_a_report_names_what_code_lacked(run: Run) -> None:
    _, _, err = run(FakeReader(AttributeError("'NoneType' object has no attribute 'spans'")), "read", "a")
    assert "no attribute 'spans'" in Path(err.strip().rpartition(" in ")[2]).read_text(encoding="utf-8")


def test_an_interrupt_is_quiet(run: Run) -> None:
    assert run(FakeReader(KeyboardInterrupt()), "read", "a.txt") == (130, "", "")


def test_out_writes_the_file_and_nothing_else(run: Run, harbour: Article, tmp_path: Path) -> None:
    target = tmp_path / "events.jsonl"
    assert run(FakeReader(harbour), "read", "--out", str(target), "a.txt") == (0, "", "")
    assert json.loads(target.read_text(encoding="utf-8")) == harbour.to_dict()
    assert [p.name for p in tmp_path.iterdir()] == ["events.jsonl"]


def test_out_keeps_the_permissions_of_what_it_replaces(run: Run, harbour: Article, tmp_path: Path) -> None:
    target = tmp_path / "events.jsonl"
    target.write_text("old")
    target.chmod(0o640)
    run(FakeReader(harbour), "read", "--out", str(target), "a.txt")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("failure", [RuntimeError("bug"), KeyboardInterrupt()])
def test_out_leaves_the_old_file_whole_when_the_reading_fails(
    run: Run, harbour: Article, tmp_path: Path, failure: BaseException
) -> None:
    target = tmp_path / "events.jsonl"
    target.write_text("old")
    run(FakeReader(harbour, failure), "read", "--out", str(target), "a.txt")
    assert target.read_text() == "old"
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize(
    ("place", "problem"),
    [("", "is a folder; --out takes a file"), ("none/such.jsonl", "can't be written: No such file")],
)
def test_out_that_can_not_be_written_is_status_2(run: Run, tmp_path: Path, place: str, problem: str) -> None:
    status, _, err = run(FakeReader(), "read", "--out", str(tmp_path / place), "a.txt")
    assert status == 2
    assert problem in err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
def test_a_full_disk_is_no_bug(run: Run, harbour: Article) -> None:
    status, _, err = run(FakeReader(harbour), "read", "--out", "/dev/full", "a.txt")
    assert (status, err) == (1, "rapporteur: the output can't be written: No space left on device\n")


WITH_FAKE = """
import itertools, pickle, sys, types
from rapporteur import cli
article = pickle.loads(bytes.fromhex(sys.argv.pop(1)))
reader = types.SimpleNamespace(read_paths=lambda *a, **k: itertools.repeat(article, 100_000))
cli.load_reader = lambda *loaded: reader
cli.main()
"""


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_reader_of_the_output_that_goes_away_is_quiet(harbour: Article, form: str) -> None:
    packed = pickle.dumps(replace(harbour, page=None)).hex()
    command = [sys.executable, "-c", WITH_FAKE, packed, "read", "--format", form, "a.txt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 141


def test_help_does_not_wait_for_the_language_pipeline() -> None:
    code = (
        "import sys, contextlib\nfrom rapporteur import cli\n"
        "with contextlib.suppress(SystemExit): cli.main(['read', '--help'])\n"
        "sys.exit(bool({'spacy', 'numpy', 'yaml', 'rapporteur.reader'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--min-confidence" in done.stdout


def test_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rapporteur", "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("rapporteur ")
