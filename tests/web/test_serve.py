"""The true server: started as a user starts it, asked once, ended; and what it says when it can't start."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from ..conftest import Run
from .conftest import TOKEN, Make


def test_it_serves_until_it_is_interrupted(news: Path) -> None:
    command = [sys.executable, "-m", "rapporteur", "serve", str(news), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        line = server.stderr.readline()
        found = re.fullmatch(
            rf"rapporteur: {re.escape(str(news))} is at (http://127\.0\.0\.1:\d+/) \(read only\); Ctrl-C ends it\n",
            line,
        )
        assert found, line
        answer = httpx.get(f"{found[1]}api/v1/articles", trust_env=False)
        assert [row["id"] for row in answer.json()["items"]] == ["a", "b", "c", "d"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
        forged = httpx.get(f"{found[1]}api/v1/articles", headers={"host": "evil.example"}, trust_env=False)
        assert forged.status_code == 400
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
        assert server.stderr.read() == ""
    finally:
        server.kill()
        server.wait()


def test_a_port_that_is_taken_is_one_line(run: Run, news: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, out, err = run("serve", news, "--port", port)
    assert (status, out) == (1, "")
    assert err.startswith(f"rapporteur: 127.0.0.1:{port}: can't be listened at: Address already in use; choose another")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--host", "0.0.0.0"], 2, "host: 0.0.0.0 can be reached from other machines"),
        (["--host", "::"], 2, "host: :: can be reached from other machines"),
        (["--host", ""], 2, "host:  can be reached"),
        (["--host", "no such host", "--name", "x"], 2, "host: 'no such host' is no address"),
        (["--allow-write"], 2, "token: writing needs one"),
        (["--allow-write", "--token", "short"], 2, "token: must be 16 printable ASCII characters or more"),
    ],
)
def test_what_was_not_meant_is_one_line(run: Run, news: Path, arguments: list[str], status: int, told: str) -> None:
    found = run("serve", news, *arguments)
    assert found[0] == status
    assert found[1] == ""
    assert found[2].startswith(f"rapporteur: {' '.join(told.split())}")
    assert found[2].count("\n") == 1


def test_what_is_no_ledger_is_one_line(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "missing.duckdb"
    assert run("serve", missing)[::2] == (1, f"rapporteur: {missing}: no such ledger; rapporteur record makes one\n")
    assert not missing.exists()


def test_a_token_without_leave_to_write_gives_none(visit: Make, news: Path) -> None:
    shown = {"authorization": f"Bearer {TOKEN}"}
    given = {"id": "a-1", "verdict": "accept", "who": "A. Reader", "why": "I was there"}
    assert visit(news, token=TOKEN).post("/api/v1/judgements", json=given, headers=shown).status_code == 403
