"""Read labelled passages and score the measures that are found in them.

    python tools/score_ledger.py [GOLD.jsonl] [--scorer SCORE.py] [--list] [--show ID]

GOLD holds one passage a line: {"id", "text", "date", "measures", "talks"}. The defaults stand in ../shared, which
belongs to its publishers and is not part of the repository. Mentions of the same measure within a passage are joined
here in a simple way: the last one tells its state.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rapporteur.knowledge.standing import FAMILIES
from rapporteur.model import Article
from rapporteur.reader import Reader

SHARED = Path(__file__).resolve().parents[2] / "shared"
if not SHARED.is_dir():  # a worktree stands one folder deeper
    SHARED = SHARED.parents[1] / "shared"


def main() -> int:
    """Run; the exit status is 1 where a file is missing."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="?", default=SHARED / "gold" / "ledger" / "passages_dev.jsonl")
    options.add_argument("--scorer", type=Path, default=SHARED / "score" / "score_ledger.py")
    options.add_argument("--list", action="store_true", help="print each miss and false alarm")
    options.add_argument("--show", help="print the mentions of this passage, or of all")
    chosen = options.parse_args()
    for path in (chosen.gold, chosen.scorer):
        if not path.is_file():
            print(f"{path}: no such file; the labelled passages are not part of the repository", file=sys.stderr)
            return 1
    rows = [json.loads(line) for line in chosen.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    reader = Reader()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for row in rows:
            article = reader.read_document({key: row[key] for key in ("id", "text", "date")})
            if chosen.show in (row["id"], "all"):
                show(article)
            out.write(json.dumps(predicted(article), ensure_ascii=False) + "\n")
        out.flush()
        command = [sys.executable, str(chosen.scorer), str(chosen.gold), out.name, *(["--list"] if chosen.list else [])]
        return subprocess.run(command, check=False).returncode


def predicted(article: Article) -> dict[str, Any]:
    """The article in the scorer's shape."""
    plain = article.to_dict()
    joined: dict[tuple[Any, ...], dict[str, Any]] = {}
    for measure in plain["measures"]:
        key = (_family(measure["kind"]), _codes(measure["imposers"]), _codes(measure["targets"]))
        joined[key] = _joined(joined[key], measure) if key in joined else measure
    talks = [
        {**talk, "rounds": [{**r, "date": (r["date"] or {}).get("value")} for r in talk["rounds"]]}
        for talk in plain["talks"]
    ]
    return {"id": plain["id"], "measures": list(joined.values()), "talks": talks}


def _family(kind: str) -> frozenset[str]:
    return next((family for family in FAMILIES if kind in family), frozenset((kind,)))


def _codes(parties: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted(p["code"] or "" for p in parties))


def _joined(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """The later mention, with what only the earlier one tells."""
    kept = ("since", "until", "ends_when", "object", "through")
    return {**later, **{name: earlier[name] if earlier[name] is not None else later[name] for name in kept}}


def show(article: Article) -> None:
    """Print the article's mentions for a person to read."""
    print(f"== {article.id} {article.date.value}")
    for m in article.measures:
        sides = " -> ".join(", ".join(f"{p.text} {p.code}" for p in side) or "-" for side in (m.imposers, m.targets))
        times = [f"{t.value} ({t.basis})" if t else None for t in (m.since, m.until)]
        print(f"{m.kind} | {sides} | {m.status} | since {times[0]} until {times[1]} | ends {m.ends_when}")
        print(f"    object {m.object} | through {m.through} | {m.rules} | {article.body[slice(*m.evidence)]}")


if __name__ == "__main__":
    sys.exit(main())
