"""Stores a small ledger of the present version, for the tests of later versions: tests/record/ledgers/vN.duckdb.

    python tools/store_ledger.py

Run it once before ``record.schema.VERSION`` is raised; what is stored is never made anew. The articles are made up.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.record.made import noon, story, with_mentions  # noqa: E402

from rapporteur.record.ledger import Ledger  # noqa: E402
from rapporteur.record.schema import MARK, VERSION, statements  # noqa: E402

_BLOCK = 16384  # bytes; the smallest that DuckDB takes, to keep the file small


def main() -> None:
    """Write the file; refuse where it is there."""
    path = ROOT / "tests" / "record" / "ledgers" / f"v{VERSION}.duckdb"
    if path.exists():
        sys.exit(f"{path} is there already; a stored ledger is never made anew")
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS stored (BLOCK_SIZE {_BLOCK})")
        con.execute("USE stored")
        for statement in statements():
            con.execute(statement)
        con.executemany("INSERT INTO meta VALUES (?, ?)", [("format", MARK), ("version", str(VERSION))])
        con.execute("USE memory")
        con.execute("DETACH stored")
    ledger = Ledger(path, clock=noon)
    ledger.record([with_mentions(story("first", "2025-01-10")), story("second", "2025-01-12", "Ostmark")])
    ledger.correct("second-1", "accept", who="a tester", why="to have a judgement stored")
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
