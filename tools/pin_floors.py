"""Measure the figures that have floors, and pin the floors anew.

    python tools/pin_floors.py                                  raise floors that are exceeded, write the hashes
    python tools/pin_floors.py --check                          only show
    python tools/pin_floors.py --lower --reason "why"           let floors fall, and say why in the file

A gold file that is not there is left as it stands. Nothing is written if a floor would fall and --lower isn't given.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from rapporteur.errors import InputError
from rapporteur.evaluation.floors import FloorsFile, Lowering, Measured, gold_hash, load_floors, measure
from rapporteur.reader import Reader

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "tests" / "gold" / "floors.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; the exit status is 1 where floors would fall and may not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only show")
    parser.add_argument("--lower", action="store_true", help="let floors fall")
    parser.add_argument("--reason", default="", help="why they may")
    options = parser.parse_args(arguments)
    if options.lower and not options.reason.strip():
        parser.error('--lower needs --reason "..."')
    try:
        file = load_floors(FLOORS)
        measured = measure_all(file)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    show(measured)
    falling = [m for m in measured if not m.holds]
    if options.check:
        return int(bool(falling))
    if falling and not options.lower:
        print(
            f'{len(falling)} floors would fall; nothing written. With --lower --reason "..." they may.', file=sys.stderr
        )
        return 1
    pin(file, measured, options.reason.strip())
    FLOORS.write_bytes(msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")
    return 0


def measure_all(file: FloorsFile) -> list[Measured]:
    """Everything whose gold is there, with one reader."""
    reader = Reader()
    measured: list[Measured] = []
    for gold in file.sets:
        if (ROOT / gold.gold).exists():
            measured += measure(gold, ROOT, reader)
        else:
            print(f"{gold.gold}: not here, left as it stands", file=sys.stderr)
    return measured


def show(measured: Sequence[Measured]) -> None:
    """One line a figure: measured, floor, and the floor that it would get."""
    for m in measured:
        value = "-" if m.value is None else f"{m.value:.3f}"
        falls = "" if m.holds else "  FALLS"
        print(f"{m.gold:36} {m.name:20} {value:>6}  floor {m.floor:.3f}{falls}  -> {m.pinned:.3f}")


def pin(file: FloorsFile, measured: Sequence[Measured], reason: str) -> None:
    """Raise what is exceeded; lower what is not held, with the reason."""
    fallen: dict[str, str] = {}
    by_gold = {gold.gold: gold for gold in file.sets}
    for gold in {m.gold for m in measured}:
        by_gold[gold].sha256 = gold_hash(ROOT / gold)
    for m in measured:
        new = m.pinned
        if not m.holds:
            fallen[f"{m.gold} {m.name}"] = f"{m.floor:.3f} -> {new:.3f}"
            by_gold[m.gold].floors[m.name] = new
        elif new > m.floor:
            by_gold[m.gold].floors[m.name] = new
    if fallen:
        file.lowered.append(Lowering(reason, fallen))


if __name__ == "__main__":
    sys.exit(main())
