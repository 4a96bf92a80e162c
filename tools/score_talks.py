"""Score the talks of this version against passages with known talks.

    python tools/score_talks.py PASSAGES.jsonl SCORER.py [--list]

Each line of PASSAGES holds ``{"id", "text", "date", "talks": [...]}``; SCORER is called as ``SCORER GOLD PREDICTIONS``
and prints the figures. Neither file is part of the project.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapporteur import Reader


def flattened(talks: dict[str, Any]) -> dict[str, Any]:
    """A mention in the scorer's shape: dates of rounds are plain strings."""
    rounds = [{**r, "date": r["date"]["value"] if r["date"] else None} for r in talks["rounds"]]
    return {**talks, "rounds": rounds, "evidence": list(talks["evidence"])}


def predictions(passages: Path) -> Iterator[dict[str, Any]]:
    """What is read in each passage."""
    reader = Reader()
    for line in passages.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        article = reader.read_document({"id": passage["id"], "text": passage["text"], "date": passage["date"]})
        talks = [flattened(t) for t in article.to_dict()["talks"]]
        yield {"id": passage["id"], "measures": [], "talks": talks}


def main() -> int:
    """Read, score, print; 2 where a file is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--list", action="store_true", help="print each miss and false alarm")
    given = parser.parse_args()
    for path in (given.passages, given.scorer):
        if not path.is_file():
            print(f"{path}: no such file; nothing was scored", file=sys.stderr)
            return 2
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for row in predictions(given.passages):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        out.flush()
        extra = ["--list"] if given.list else []
        return subprocess.call([sys.executable, str(given.scorer), str(given.passages), out.name, *extra])


if __name__ == "__main__":
    sys.exit(main())
