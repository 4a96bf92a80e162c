"""How fast is the ledger, at a million reports?

    python benchmarks/ledger.py [--share 1.0] [--ledger FILE] [--cores 1] [--queries 20] [--views events,measures]

Records a made-up archive (``synthetic``) as ``rapporteur record`` does, then asks for pages of each view on days and
for actors by chance, and for a panel of all states over all days. Runs on one core unless told otherwise, so that the
figures are those of a small machine; other programs on the same core only ever make them worse. Making up the articles
doesn't count. A ledger given with ``--ledger`` is kept, and if it is there already the recording is left out.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

PAGE = 100  # rows
BATCH = 4000  # articles a transaction, as for an archive that nobody waits for
VIEWS = ("events", "measures", "talks", "claims", "articles")


@dataclass
class Watch:
    """Seconds that each pass through ``running`` took: by the clock, and of the processor.

    The second is what the first would be on a machine that does nothing else and has its files in memory.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--share", type=float, default=1.0, help="of a million reports in 100,000 articles")
    options.add_argument("--ledger", type=Path, help="keep the ledger in this file, or ask this one")
    options.add_argument("--cores", type=int, default=1)
    options.add_argument("--queries", type=int, default=20, help="of each view")
    options.add_argument("--batch", type=int, default=BATCH, help="articles recorded in one transaction")
    options.add_argument("--views", default=",".join(VIEWS))
    chosen = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: chosen.cores])
    with tempfile.TemporaryDirectory(prefix="rapporteur-benchmark-") as folder:
        run(chosen, chosen.ledger or Path(folder) / "ledger.duckdb")


def run(chosen: argparse.Namespace, path: Path) -> None:
    from rapporteur.record.ledger import Ledger  # not before the cores are chosen: DuckDB counts them when it is loaded

    tell("", "by the clock", "processor time", "target")
    there = path.exists()
    ledger = Ledger(path)
    if not there:
        load(ledger, chosen.share, chosen.batch)
    for view in chosen.views.split(","):
        ask(ledger, view, chosen.queries)
    count(ledger)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    tell("peak memory, all of it", f"{peak / 1e9:.2f} GB", target="<= 1.5 GB")
    tell("the file", f"{path.stat().st_size / 1e6:,.0f} MB")


def load(ledger: Any, share: float, batch: int) -> None:
    from synthetic import Archive, Volume

    archive = Archive(Volume().scaled(share))
    watch, reports = Watch(), 0
    for start in range(0, archive.size.articles, batch):
        articles = list(archive.articles(start, start + batch))
        with watch.running():
            reports += ledger.record(articles, batch=batch).reports
    tell(
        f"recording {reports:,} reports",
        f"{reports / sum(watch.wall):,.0f} rows/s",
        f"{reports / sum(watch.cpu):,.0f} rows/s",
        ">= 20,000 rows/s",
    )
    tell(f"  slowest batch of {batch:,} articles", f"{max(watch.wall):.2f} s", f"{max(watch.cpu):.2f} s")


def ask(ledger: Any, view: str, queries: int) -> None:
    """Pages of a view with ``--as-of``: of all, of an actor, of a type, of a country, of some years."""
    chance = random.Random(view)
    watch = Watch()
    rows = 0
    for _ in range(queries):
        asked = question(chance, view)
        with watch.running():
            rows += ledger.view(view, limit=PAGE, **asked).num_rows
    median, slowest = statistics.median, max
    name = f"view {view}, {rows / queries:.0f} of {PAGE} rows"
    tell(name, f"{1000 * median(watch.wall):,.0f} ms", f"{1000 * median(watch.cpu):,.0f} ms", "<= 150 ms")
    tell("  slowest", f"{1000 * slowest(watch.wall):,.0f} ms", f"{1000 * slowest(watch.cpu):,.0f} ms")


def question(chance: random.Random, view: str) -> dict[str, Any]:
    from synthetic import FIRST_DAY, KINDS

    day = FIRST_DAY + timedelta(chance.randrange(365, 20 * 365))
    asked: dict[str, Any] = {"as_of": day}
    if chance.random() < 0.5:
        asked["known_by"] = day
    kind = chance.choice(["all", "actor", "pair", "type", "country", "years"])
    country = chance.choice(["AFG", "ALB", "DZA", "AGO", "ARG", "AUS", "BRA", "CHN", "DEU", "EGY", "IND"])
    if kind == "actor":
        asked["actor"] = country
    elif kind == "pair":
        asked |= {"actor": country, "with_": "ARM"}
    elif kind == "type" and view in ("events", "measures"):
        asked["type"] = chance.choice(["CONSULT", "SANCTION", "ASSAULT"] if view == "events" else list(KINDS))
    elif kind == "country":
        asked["country"] = country
    elif kind == "years":
        asked |= {"since": day - timedelta(730), "until": day}
    return asked


def count(ledger: Any) -> None:
    watch = Watch()
    span = {"since": date(2005, 1, 1), "until": date(2024, 12, 31)}
    for _ in range(3):
        with watch.running():
            table = ledger.panel(unit="country", by="type", period="day", **span)
    name = f"panel, {table.num_rows:,} country-days by type"
    tell(name, f"{min(watch.wall):.2f} s", f"{min(watch.cpu):.2f} s", "<= 2 s")


def tell(what: str, figure: str, cpu: str = "", target: str = "") -> None:
    print(f"{what:<44}{figure:>16}{cpu:>16}   {target}", flush=True)


if __name__ == "__main__":
    main()
