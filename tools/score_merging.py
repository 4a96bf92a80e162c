"""Score how reports are merged: ``python tools/score_merging.py [--rule NAME] [--shared FOLDER] [--errors]``.

Reads the articles that hold the labelled pairs of ``tests/gold/merging.jsonl``, records them into a fresh ledger, and
counts the pairs that the ledger takes for one act against the labels. A pair of which the reader doesn't find both
events is counted apart. The articles lie beside the repository (``--shared``); the labels hold none of their text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapporteur import Reader
from rapporteur.model import Article, Event
from rapporteur.record.ledger import Ledger

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "tests" / "gold" / "merging.jsonl"


def documents(path: Path, wanted: set[str]) -> Iterator[dict[str, Any]]:
    """The documents of one file of development data that are wanted, as records for the reader."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in content.decode().split("\n"):
        held = json.loads(line) if line else {}
        for document in held.get("documents", [held]):
            if document.get("id") in wanted:
                source = document.get("publisher") or document.get("source")
                yield {**{key: document.get(key) for key in ("id", "text", "date")}, "source": source}


def event_at(article: Article, side: dict[str, Any], type: str) -> Event | None:
    """The event of this type that was read at the labelled words."""
    start, end = side["trigger"]
    met = [e for e in article.events if e.trigger.start < end and start < e.trigger.end]
    return next((e for e in met if e.type == type), None)


def figures(counts: Counter[str]) -> str:
    """Precision and recall of the pairs, with the counts behind them."""
    both, taken, same = counts["both"], counts["both"] + counts["wrong"], counts["both"] + counts["missed"]
    precision, recall = both / taken if taken else 0.0, both / same if same else 0.0
    return f"precision {precision:.3f} ({both} of {taken})  recall {recall:.3f} ({both} of {same})  " + ", ".join(
        f"{name} {counts[name]}" for name in ("right apart", "not read")
    )


def main() -> None:
    """Print the figures of each set and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rule", default="standard")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--errors", action="store_true", help="list the pairs that are taken otherwise than labelled")
    options = parser.parse_args()
    pairs = [json.loads(line) for line in options.labels.read_text(encoding="utf-8").splitlines()]
    wanted: dict[str, set[str]] = {}
    for pair in pairs:
        for side in (pair["a"], pair["b"]):
            wanted.setdefault(side["file"], set()).add(side["id"])
    reader = Reader()
    articles = {
        record["id"]: reader.read_document(record)
        for file, ids in sorted(wanted.items())
        for record in documents(options.shared / file, ids)
    }
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "merging.duckdb")
        ledger.record(articles.values())
        if options.rule != "standard":
            ledger.relink(options.rule)
        event_of = {r["event"]: row["id"] for row in ledger.view("events").to_pylist() for r in row["reports"]}
    counts: dict[str, Counter[str]] = {}
    for pair in pairs:
        read = [event_at(articles[pair[side]["id"]], pair[side], pair["type"]) for side in ("a", "b")]
        if None in read:
            result = "not read"
        else:
            one, other = (event_of[event.id] for event in read if event)
            names = {
                (True, True): "both",
                (True, False): "wrong",
                (False, True): "missed",
                (False, False): "right apart",
            }
            result = names[(one == other, pair["same"])]
        for name in (f"set {pair['set']}", "all"):
            counts.setdefault(name, Counter())[result] += 1
        if options.errors and result in ("wrong", "missed"):
            print(f"{result}: {pair['type']} {pair['a']['id']} / {pair['b']['id']}: {pair['why']}")
    for name, counted in sorted(counts.items(), reverse=True):
        print(f"{name}: {figures(counted)}")


if __name__ == "__main__":
    main()
