"""Ask the cases of a file and score the answers against what each expects.

    python tools/score_institutions.py GOLD.jsonl [--list]

Prints for each institution and for all: right outcomes; right keys that are compared exactly (``blocked_by, effective,
deadline, until``) where a case gives them; right other keys. Lists are compared as sets, a tally in its order; of
``also`` and ``readings`` an entry is right where the answer has one with all that the expected one gives.
``--list`` shows each miss. The exit status is 1 where a case can't be answered at all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rapporteur.errors import CaseError
from rapporteur.institutions.answers import ask

EXACT = ("blocked_by", "effective", "deadline", "until")
_NESTED = ("also", "readings")


def main() -> int:
    """Run; the exit status is 1 where a case has no answer."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    options.add_argument("--list", action="store_true", help="show each miss")
    chosen = options.parse_args()
    figures: dict[str, Counter[str]] = {}
    failed = False
    for line in chosen.gold.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        case = json.loads(line)
        try:
            answer = ask(case)
        except CaseError as error:
            print(error, file=sys.stderr)
            failed, answer = True, {}
        missed = list(misses(case["expected"], answer))
        figures.setdefault(case["institution"], Counter()).update(counts(case["expected"], missed))
        if chosen.list and missed:
            print(f"{case['id']}:", "; ".join(f"{key} {expected!r}, not {found!r}" for key, expected, found in missed))
    print("\n".join(table(figures)))
    return int(failed)


def misses(expected: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    """Key, expected and found value of each key that is wrong; of a nested one, each entry."""
    for key, value in expected.items():
        found = answer.get(key)
        if key in _NESTED:
            yield from ((key, entry, found) for entry in value if not any(fits(entry, other) for other in found or ()))
        elif not same(key, value, found):
            yield key, value, found


def fits(expected: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Does an entry say all that the expected one says?"""
    return all(same(key, value, found.get(key)) for key, value in expected.items())


def same(key: str, expected: Any, found: Any) -> bool:
    """Lists as sets, but for the tally; no list is an empty one."""
    if isinstance(expected, list) and key != "tally":
        return sorted(map(str, expected)) == sorted(map(str, found or []))
    return bool(expected == found)


def counts(expected: Mapping[str, Any], missed: Iterable[tuple[str, Any, Any]]) -> Counter[str]:
    """Asked and right, by the kind of key (``outcome``, ``exact``, ``other``); nested entries one by one."""
    found: Counter[str] = Counter()
    for key, value in expected.items():
        found[f"{kind(key)} asked"] += len(value) if key in _NESTED else 1
    found.subtract(f"{kind(key)} missed" for key, _, _ in missed)
    for name in ("outcome", "exact", "other"):
        found[f"{name} right"] = found[f"{name} asked"] + found.pop(f"{name} missed", 0)
    return found


def kind(key: str) -> str:
    """Which of the three figures a key counts in."""
    return "outcome" if key == "outcome" else "exact" if key in EXACT else "other"


def table(figures: Mapping[str, Counter[str]]) -> Iterable[str]:
    """A line for each institution, and one for all."""
    yield f"{'':18}{'outcomes':>12}{'exact keys':>12}{'other keys':>12}"
    total = sum(figures.values(), Counter[str]())
    for name, figure in (*sorted(figures.items()), ("all", total)):
        columns = (f"{figure[f'{k} right']}/{figure[f'{k} asked']}" for k in ("outcome", "exact", "other"))
        yield f"{name:18}" + "".join(f"{column:>12}" for column in columns)


if __name__ == "__main__":
    sys.exit(main())
