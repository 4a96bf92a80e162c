"""How quick are the pages and the API, on a ledger of a million reports?

    python benchmarks/web.py LEDGER [--requests 15] [--only WORDS] [--wrk SECONDS]

Starts ``rapporteur serve`` as a user does, on a ledger that ``benchmarks/ledger.py --ledger LEDGER`` made, and asks for
each kind of page with other actors, days, types and rows each time. A page that has one address alone is asked for
again and again: then ``first`` tells what it takes when nothing is kept of it yet. Times are of whole answers, over
the loopback, one request after the other. ``cpu`` is the processor time that the server took for one of them, all its
threads together (Linux, to 10 ms): what other programs on the machine do makes the times worse, but not that.
With ``--wrk`` and the program wrk, also how many are answered a second when eight ask at once.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx

TARGET = 250  # ms at the median
BIG = ("AFG", "ALB", "DZA", "AND", "AGO", "ARG", "ARM", "AUS", "AUT", "AZE", "BHS", "BHR", "BGD")
SMALL = ("group:synthetic-31", "group:synthetic-33", "group:synthetic-35", "group:synthetic-37", "group:synthetic-39")
TYPES = ("CONSULT", "SANCTION", "ASSAULT", "AID", "THREATEN", "PROTEST", "AGREE", "COERCE")
PLACES = ("Albania", "Algeria", "Angola", "Argentina", "Armenia", "Australia")
DAYS = [date(2006, 1, 15) + timedelta(days=241 * n) for n in range(28)]
Addresses = dict[str, list[str]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ledger", type=Path)
    options.add_argument("--requests", type=int, default=15, help="of each kind of page")
    options.add_argument("--only", default="", help="pages whose name has these words")
    options.add_argument("--wrk", type=int, default=0, metavar="SECONDS", help="load it for so long")
    chosen = options.parse_args()
    with server(chosen.ledger) as (base, process), httpx.Client(base_url=base, timeout=120, trust_env=False) as client:
        addresses = {k: v for k, v in all_addresses(client).items() if chosen.only.lower() in k.lower()}
        print(f"{'page':<44}{'first':>9}{'median':>9}{'p95':>9}{'cpu':>9}{'bytes':>10}")
        slow = [n for n, paths in addresses.items() if not measured(client, process, n, paths, chosen.requests)]
        print(f"over {TARGET} ms at the median: {', '.join(slow) or 'none'}")
        if chosen.wrk:
            load(base, [path for paths in addresses.values() for path in paths], chosen.wrk)


@contextmanager
def server(ledger: Path) -> Iterator[tuple[str, int]]:
    """The server's address, and its process's id, while it runs."""
    command = [sys.executable, "-m", "rapporteur", "serve", str(ledger), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        if "http://" not in line:
            raise SystemExit(line)
        yield next(word for word in line.split() if word.startswith("http://")).rstrip("/"), process.pid
    finally:
        process.terminate()
        process.wait(20)


def all_addresses(client: httpx.Client) -> Addresses:
    """By the kind of page, the addresses that are asked for."""
    found = pages()
    items: dict[str, Any] = {
        view: client.get(f"/api/v1/{view}", params={"limit": 15, "since": "2014-01-01"}).json()["items"]
        for view in ("events", "measures", "articles")
    }
    found["Events, later page"] = [
        "/events?" + urlencode({"after": row["id"], **more})
        for row, more in zip(items["events"], itertools.cycle(({}, {"type": "AID"}, {"actor": "DZA"})), strict=False)
    ]
    ids = {view: [quote(str(row["id"]), safe="") for row in rows] for view, rows in items.items()}
    found["Event"] = [f"/events/{id}" for id in ids["events"]]
    found["Why of an event"] = [f"/why/{id}" for id in ids["events"]]
    found["Why of a measure"] = [f"/why/{id}" for id in ids["measures"]]
    found["Article"] = [f"/articles/{id}" for id in ids["articles"]]
    for view in ("events", "measures", "talks", "claims", "articles"):
        found[f"API {view}, by actor"] = [f"/api/v1/{view}?{urlencode({'actor': key})}" for key in BIG]
        found[f"API {view}, first page"] = [f"/api/v1/{view}?{urlencode({'as_of': day})}" for day in DAYS]
        found[f"API {view}, later page"] = cursors(client, view)
    found["API events, by place"] = [f"/api/v1/events?{urlencode({'place': name})}" for name in PLACES]
    found["API events, by source"] = [f"/api/v1/events?{urlencode({'source': f'outlet {n}'})}" for n in range(10, 30)]
    found["API measures in force"] = [f"/api/v1/measures?status=in+force&as_of={day}" for day in DAYS]
    found["API one event"] = [f"/api/v1/events/{id}" for id in ids["events"]]
    listed = {page: client.get(page).status_code for page in ("/map", "/review", "/institutions")}
    found |= {page[1:].title(): [page] for page, status in listed.items() if status == 200}
    known = [one["id"] for one in client.get("/api/v1/institutions").json()["items"]]
    found["Institution, one of them"] = [f"/institutions/{id}?as_of={DAYS[15]}" for id in known]
    return found


def pages() -> Addresses:
    """Those that need no look at the ledger first."""
    days = list(zip(DAYS, reversed(DAYS), strict=True))
    filters: dict[str, list[dict[str, Any]]] = {
        "": [{}],
        ", by actor": [{"actor": key} for key in BIG],
        ", by two actors": [{"actor": one, "with": other} for one, other in itertools.pairwise(BIG)],
        ", by type": [{"type": type} for type in TYPES],
        ", by class": [{"quad": quad} for quad in (1, 2, 3, 4)],
        ", by status": [{"status": status} for status in ("actual", "negated", "future", "hypothetical")],
        ", by place": [{"place": place} for place in PLACES],
        ", by source": [{"source": f"outlet {n}"} for n in range(10, 30)],
        ", by days": [{"since": day, "until": day + timedelta(days=90)} for day in DAYS],
        ", as known then": [{"known_by": day} for day in DAYS],
    }
    found: Addresses = {
        "Now, today": ["/"],
        "Now, of a day": [f"/?as_of={day}" for day in DAYS],
        "Now, of a day, as known on a day": [f"/?as_of={max(a, b)}&known_by={max(a, b)}" for a, b in days],
        "Actors": ["/actors", "/actors?page=2", "/actors?page=3"],
        "Actor, a big one": [f"/actors/{key}" for key in BIG],
        "Actor, a small one": [f"/actors/{quote(key, safe='')}" for key in SMALL],
        "Actor, counterparts": [f"/actors/{key}?part=counterparts" for key in BIG],
        "Actor, measures": [f"/actors/{key}?part=measures" for key in BIG],
        "Read (form)": ["/read"],
    }
    for page, path in (("Events", "/events"), ("Counts", "/events/counts")):
        found |= {page + name: [f"{path}?{urlencode(one)}" for one in several] for name, several in filters.items()}
    return found


def cursors(client: httpx.Client, view: str) -> list[str]:
    """The second to the eleventh page of a list."""
    found: list[str] = []
    path = f"/api/v1/{view}"
    for _ in range(10):
        following = client.get(path).json()["next"]
        if following is None:
            break
        path = f"/api/v1/{view}?{urlencode({'cursor': following})}"
        found.append(path)
    return found


def processor_time(process: int) -> float:
    """Milliseconds that a process has taken of all processors; 0 where the system doesn't tell so."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(client: httpx.Client, process: int, name: str, paths: list[str], requests: int) -> bool:
    """Print how long a kind of page takes; is it quick enough?"""
    took, worked, size = [], [], 0
    for path in itertools.islice(itertools.cycle(paths), requests):
        begun, used = time.perf_counter(), processor_time(process)
        answer = client.get(path)
        took.append(1000 * (time.perf_counter() - begun))
        worked.append(processor_time(process) - used)
        size = max(size, len(answer.content))
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code} {answer.text[:300]}")
    median, p95 = statistics.median(took), sorted(took)[max(0, round(0.95 * len(took)) - 1)]
    print(f"{name:<44}{took[0]:>9.0f}{median:>9.0f}{p95:>9.0f}{statistics.median(worked):>9.0f}{size:>10,}", flush=True)
    return median <= TARGET


def load(base: str, paths: list[str], seconds: int) -> None:
    """Ask for all the addresses in turn, eight at once."""
    program = shutil.which("wrk")
    if program is None:
        print("wrk is not installed: no throughput is measured", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "cycle.lua")
        script.write_text(cycling(paths))
        command = [program, "-t1", "-c8", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), base]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def cycling(paths: list[str]) -> str:
    """wrk's script that asks for one address after the other."""
    listed = ", ".join(f'"{path}"' for path in paths)  # no address has a quotation mark: they are percent-encoded
    return (
        f"local paths, at = {{{listed}}}, 0\n"
        "request = function() at = at % #paths + 1 return wrk.format('GET', paths[at]) end\n"
    )


if __name__ == "__main__":
    main()
