"""Several processes use one ledger in turn, and one that is killed loses and doubles nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rapporteur.errors import LedgerError
from rapporteur.record.ledger import Ledger

from .made import all_views, noon, stories, story
from .test_recording import derived

ROOT = Path(__file__).parents[2]
KILLS = 12

RECORDING = """
import sys
from tests.record.made import noon, stories
from rapporteur.record.ledger import Ledger
print("begun", flush=True)
done = Ledger(sys.argv[1], clock=noon, wait=60).record(stories(int(sys.argv[2]), 3, sys.argv[3]), batch=5)
print("done", done.new, flush=True)
"""
HOLDING = """
import sys
from rapporteur.record.ledger import Ledger
with Ledger(sys.argv[1])._store.writing() as con:
    print("held", flush=True)
    sys.stdin.readline()
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process of its own that runs ``script``; returns when it has printed its first line."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def finish(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.strip()


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the ledger open for writing until it is told to go on."""
    process = start(HOLDING, path)
    try:
        yield process
    finally:
        process.communicate("\n", timeout=60)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


def test_a_run_killed_at_any_point_is_run_again_and_nothing_is_lost_or_doubled(path: Path) -> None:
    unbroken = Ledger(path.with_name("unbroken.duckdb"), clock=noon)
    started = time.monotonic()
    unbroken.record(stories(60, 3, "k"), batch=5)
    whole_run = time.monotonic() - started
    chance = random.Random(2025)
    for _ in range(KILLS):
        process = start(RECORDING, path, 60, "k")
        time.sleep(chance.uniform(0, whole_run / 3))
        process.kill()
        process.communicate()
        if path.exists():  # killed before there was a ledger, the next run makes it
            assert Ledger(path).view("articles").num_rows % 5 == 0
    finish(start(RECORDING, path, 60, "k"))
    again = Ledger(path, clock=noon)
    assert all_views(again) == all_views(unbroken)
    assert derived(again) == derived(unbroken)
    with again._store.reading() as con:
        counts = con.execute("SELECT count(*), count(DISTINCT reading) FROM readings").fetchall()
    assert counts == [(60, 60)]


def test_one_reads_while_another_records(path: Path) -> None:
    reader = Ledger(path, wait=60)
    process = start(RECORDING, path, 60, "r")
    seen = []
    while process.poll() is None:
        seen.append(reader.view("articles").num_rows)
    assert finish(process) == "done 60"
    assert reader.view("articles").num_rows == 60
    assert seen == sorted(seen)
    assert all(count % 5 == 0 for count in seen)  # whole batches
    assert len(set(seen)) > 2  # it looked in between, and did not wait for the end


def test_two_that_record_take_turns(path: Path) -> None:
    Ledger(path)
    one, other = start(RECORDING, path, 30, "one"), start(RECORDING, path, 30, "two")
    assert {finish(one), finish(other)} == {"done 30"}
    assert Ledger(path).view("articles").num_rows == 60


def test_two_that_make_a_ledger_at_once_make_one(path: Path) -> None:
    one, other = start(RECORDING, path, 10, "one"), start(RECORDING, path, 10, "two")
    finish(one), finish(other)
    assert Ledger(path).view("articles").num_rows == 20


@pytest.mark.parametrize("waits", [0.0, 0.3])
def test_who_waits_too_long_gets_one_line_that_names_the_other(path: Path, waits: float) -> None:
    ledger = Ledger(path, wait=waits)
    with held(path) as other:
        started = time.monotonic()
        with pytest.raises(LedgerError) as refusal:
            ledger.record([story("a")])
        assert time.monotonic() - started >= waits
        with pytest.raises(LedgerError):
            ledger.view("articles")
    assert str(refusal.value) == (
        f"{path}: another process ({other.pid}) is using the ledger and did not let go within {waits:g} s; "
        "try again when it is done"
    )
    assert ledger.record([story("a")]).new == 1


def test_who_waits_long_enough_gets_his_turn(path: Path) -> None:
    ledger = Ledger(path, wait=30)
    process = start(HOLDING, path)
    later = threading.Timer(0.5, process.communicate, ["\n"])
    later.start()
    assert ledger.record([story("a")]).new == 1
    later.join()


def test_threads_of_one_process_take_turns_too(path: Path) -> None:
    ledger = Ledger(path, clock=noon, wait=60)
    failed: list[BaseException] = []

    def guarded(work: object, *arguments: object, **more: object) -> None:
        try:
            for _ in range(3):
                work(*arguments, **more)  # type: ignore[operator]
        except BaseException as error:
            failed.append(error)

    threads = [
        *(threading.Thread(target=guarded, args=(ledger.view, "articles")) for _ in range(3)),
        *(
            threading.Thread(target=guarded, args=(ledger.record, stories(10, 1, mark)), kwargs={"batch": 4})
            for mark in ("x", "y", "z")
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    alone = Ledger(path.with_name("alone.duckdb"), clock=noon)
    for mark in ("x", "y", "z"):
        alone.record(stories(10, 1, mark))
    assert all_views(ledger) == all_views(alone)


def test_a_thread_that_waits_too_long_gets_the_line_too(path: Path) -> None:
    ledger = Ledger(path, wait=0.1)
    with ledger._store.writing():
        for ask in (lambda: ledger.record([story("a")]), lambda: ledger.view("articles")):
            with pytest.raises(LedgerError, match="another process or thread is using the ledger"):
                ask()


SERVING = """
import sys, threading, time
from rapporteur.record.ledger import Ledger
ledger = Ledger(sys.argv[1], wait=60)
over = threading.Event()
def serve():
    while not over.is_set():
        with ledger._store.reading():
            time.sleep(0.2)  # as long as a large view takes
threads = [threading.Thread(target=serve) for _ in range(4)]
for thread in threads:
    thread.start()
print("serving", flush=True)
sys.stdin.readline()
over.set()
for thread in threads:
    thread.join()
"""


def test_readings_that_overlap_without_end_don_t_keep_a_writer_out(path: Path) -> None:
    ledger = Ledger(path, wait=20)
    ledger.record(stories(20, 1))
    server = start(SERVING, path)
    try:
        assert ledger.record(stories(10, 2, "w"), batch=5).new == 10
    finally:
        server.communicate("\n", timeout=60)
    assert server.returncode == 0
