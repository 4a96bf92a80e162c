"""The true server under load: wrk asks for pages and API lists, many at once, and none of ten thousand fails."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur.record.ledger import Ledger

from ..record.made import noon, stories

WRK = shutil.which("wrk")
ENOUGH = 10_000  # answers
SECONDS = 5  # of one run
RUNS = 60  # at most: on a busy machine answers come slowly, and that is no failure
VIEWS = ("events", "measures", "talks", "claims", "articles")
PATHS = (
    "/", "/?as_of=2025-01-03", "/events", "/events?actor=NOR&type=AID", "/events/counts", "/actors", "/actors/NOR",
    "/read", "/articles/a0001", "/why/a0001", "/api/v1/openapi.json", "/static/rapporteur.css",
    *(f"/api/v1/{view}" for view in VIEWS), *(f"/api/v1/{view}?limit=5" for view in VIEWS),
)  # fmt: skip
SCRIPT = """
local paths, at = {%s}, 0
request = function()
    at = at %% #paths + 1
    return wrk.format("GET", paths[at])
end
done = function(summary)
    local e = summary.errors
    io.write(string.format("answered=%%d refused=%%d connect=%%d read=%%d write=%%d timeout=%%d\\n",
        summary.requests, e.status, e.connect, e.read, e.write, e.timeout))
end
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server over a small archive."""
    ledger = tmp_path / "archive.duckdb"
    Ledger(ledger, clock=noon).record(stories(60))
    command = [sys.executable, "-m", "rapporteur", "serve", str(ledger), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
        assert found
        yield found[0]
    finally:
        server.kill()
        server.wait(20)


@pytest.mark.skipif(WRK is None, reason="wrk is not installed; Debian's package is called wrk")
def test_none_of_ten_thousand_requests_fails(address: str, tmp_path: Path) -> None:
    script = tmp_path / "cycle.lua"
    script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in PATHS))
    answered = 0
    for _ in range(RUNS):
        command = [str(WRK), "-t1", "-c8", f"-d{SECONDS}s", "--timeout", "20s", "-s", str(script), address]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        counts = {name: int(n) for name, n in re.findall(r"(\w+)=(\d+)", told)}
        failed = {name: n for name, n in counts.items() if name != "answered" and n}
        assert not failed, told
        answered += counts["answered"]
        if answered >= ENOUGH:
            break
    print(f"{answered} answers")  # shown with -s
    assert answered >= ENOUGH
