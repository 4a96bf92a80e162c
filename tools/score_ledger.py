"""Record labelled passages and chronologies, and score the views of measures and talks on each labelled day.

    python tools/score_ledger.py [GOLD.jsonl] [--scorer SCORE.py] [--list] [--show ID]

GOLD holds one passage a line ({"id", "text", "date", "measures", "talks"}) or one matter a line ({"id", "documents":
[{"id", "date", "text"}], "expected": [{"as_of", "measures", "talks"}]}). Each has a ledger of its own; a day's rows are
those of ``as_of`` known by that day, a passage's those of its date. The defaults stand in ../shared, which belongs to
its publishers and is not part of the repository.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rapporteur.reader import Reader
from rapporteur.record.ledger import Ledger

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> int:
    """Run; the exit status is 1 where a file is missing."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="?", default=SHARED / "gold" / "ledger" / "passages_dev.jsonl")
    options.add_argument("--scorer", type=Path, default=SHARED / "score" / "score_ledger.py")
    options.add_argument("--list", action="store_true", help="print each miss and false alarm")
    options.add_argument("--show", help="print the rows of this passage or matter, or of all")
    chosen = options.parse_args()
    for path in (chosen.gold, chosen.scorer):
        if not path.is_file():
            print(f"{path}: no such file; the labelled texts are not part of the repository", file=sys.stderr)
            return 1
    gold = [json.loads(line) for line in chosen.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    reader = Reader()
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        with predicted.open("w", encoding="utf-8") as out:
            for unit in gold:
                seen = predicted_of(unit, reader, Path(folder) / f"{unit['id']}.duckdb")
                if chosen.show in (unit["id"], "all"):
                    show(seen)
                out.write(json.dumps(seen, ensure_ascii=False, default=str) + "\n")
        command = [sys.executable, str(chosen.scorer), str(chosen.gold), str(predicted)]
        return subprocess.run([*command, *(["--list"] if chosen.list else [])], check=False).returncode


def predicted_of(unit: dict[str, Any], reader: Reader, path: Path) -> dict[str, Any]:
    """What a ledger of the unit's documents holds on each labelled day, in the scorer's shape."""
    with Ledger(path) as ledger:
        ledger.record(
            reader.read_document({key: row[key] for key in ("id", "text", "date")})
            for row in unit.get("documents", [unit])
        )
        if "text" in unit:
            return {"id": unit["id"], **rows(ledger, unit["date"])}
        days = [labelled["as_of"] for labelled in unit["expected"]]
        return {"id": unit["id"], "expected": [{"as_of": day, **rows(ledger, day)} for day in days]}


def rows(ledger: Ledger, day: str) -> dict[str, list[dict[str, Any]]]:
    """The day's rows, with the evidence of the last report, and rounds' dates as text."""
    found = {}
    for name in ("measures", "talks"):
        found[name] = ledger.view(name, as_of=day, known_by=day).to_pylist()
        for row in found[name]:
            row |= {"evidence": row["reports"][-1]["evidence"], "document": row["reports"][-1]["article"]}
            if "rounds" in row:
                row["rounds"] = [{**r, "date": (r["date"] or {}).get("value")} for r in row["rounds"]]
    return found


def show(seen: dict[str, Any]) -> None:
    """Print the rows for a person to read."""
    for day in seen.get("expected", [seen]):
        print(f"== {seen['id']} {day.get('as_of', '')}")
        for row in day["measures"]:
            by, on = (", ".join(f"{p['text']} {p['code']}" for p in row[side]) for side in ("imposers", "targets"))
            since, until = ((row[when] or {}).get("value") for when in ("since", "until"))
            print(f"{row['kind']} | {by} -> {on} | {row['object']} | {since} to {until} | {row['status']}")
            print(f"    {[(r['article'], r['status'], r['evidence']) for r in row['reports']]}")
        for row in day["talks"]:
            between = ", ".join(f"{p['text']} {p['code']}" for p in row["participants"])
            rounds = [r["date"] for r in row["rounds"]]
            print(f"talks | {between} | {row['subject']} | {row['place']} | {rounds} | {row['status']}")
            print(f"    {[(r['article'], r['status'], r['evidence']) for r in row['reports']]}")


if __name__ == "__main__":
    sys.exit(main())
