"""How long does a question to an institution take?

    python benchmarks/institutions.py [CASES.jsonl] [--rounds 3]

Asks every case of a file ``--rounds`` times after one round that isn't counted (it loads the tables and the solver),
and prints the median, the 95th percentile and the slowest question, with its id.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

from rapporteur.institutions.answers import ask

GOLD = Path(__file__).parents[1] / "tests" / "gold" / "institutions.jsonl"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cases", nargs="?", type=Path, default=GOLD)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()

    cases = [json.loads(line) for line in chosen.cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    started = time.perf_counter()
    ask(cases[0])
    print(f"first question, with the tables: {time.perf_counter() - started:.2f} s")
    for case in cases:
        ask(case)
    taken = [(seconds(case), str(case["id"])) for _ in range(chosen.rounds) for case in cases]
    times = sorted(time for time, _ in taken)
    slowest, whose = max(taken)
    print(f"{len(cases)} questions, {chosen.rounds} rounds: median {1000 * statistics.median(times):.1f} ms,", end=" ")
    print(f"95 % within {1000 * times[int(0.95 * len(times))]:.1f} ms, slowest {1000 * slowest:.1f} ms ({whose})")


def seconds(case: dict[str, Any]) -> float:
    """How long one question takes."""
    started = time.perf_counter()
    ask(case)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
