"""How long does a person wait for the first table?

    python benchmarks/cold.py [PAGE] [--rounds 5] [--workers N]

Starts ``rapporteur read --format table PAGE`` anew each round and prints the times to the first line and to the end.
The first round also fills the operating system's file cache (and makes the compiled tables, where they are not yet
there), so it is shown apart from the median of the others.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "gaza-and-geneva.txt"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("page", nargs="?", type=Path, default=EXAMPLE)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--workers", help="passed on; default rapporteur's own")
    chosen = options.parse_args()

    command = [sys.executable, "-m", "rapporteur", "read", "--format", "table", str(chosen.page)]
    if chosen.workers:
        command += ["--workers", chosen.workers]
    times = [once(command) for _ in range(chosen.rounds)]
    print(f"first start: first line after {times[0][0]:.2f} s, done after {times[0][1]:.2f} s")
    if times[1:]:
        first, done = (statistics.median(column) for column in zip(*times[1:], strict=True))
        print(f"median of {len(times) - 1} more: first line after {first:.2f} s, done after {done:.2f} s")


def once(command: list[str]) -> tuple[float, float]:
    """Seconds to the first line of output and to the end."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        first = time.perf_counter() - started
        process.stdout.read()
    done = time.perf_counter() - started
    if process.returncode:
        sys.exit(f"{' '.join(command)}: ended with status {process.returncode}")
    return first, done


if __name__ == "__main__":
    main()
