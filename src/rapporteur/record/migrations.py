"""From an older ledger to one of this version, by named steps.

A step takes a ledger of one version to the next and is never changed once a release has it: a ledger of any older
version is brought up by all the steps behind its own, in one transaction. ``meta`` keeps which steps were taken, and
when. Whoever changes ``schema.TABLES`` raises ``schema.VERSION``, adds a step here, and stores a ledger of the version
that is left behind under ``tests/record/ledgers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from rapporteur.record.schema import VERSION


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from version ``start`` to the next. ``name`` says what it does; ``statements`` are run in order."""

    start: int
    name: str
    statements: tuple[str, ...]


#: The steps, oldest first. Version 1 is the first; no step leads to it.
STEPS: tuple[Step, ...] = (
    Step(
        1,
        "keep an article's address and the lines of its page that are in no article",
        ("ALTER TABLE articles ADD COLUMN url TEXT", "ALTER TABLE articles ADD COLUMN dropped TEXT[]"),
    ),
)


def missing(found: int, steps: Sequence[Step] = STEPS, target: int = VERSION) -> int | None:
    """The first version between ``found`` and ``target`` from which no step leads on, or None."""
    starts = {step.start for step in steps}
    return next((version for version in range(found, target) if version not in starts), None)


def migrate(
    con: duckdb.DuckDBPyConnection,
    found: int,
    now: datetime,
    *,
    steps: Sequence[Step] = STEPS,
    target: int = VERSION,
) -> list[str]:
    """Take the steps from version ``found`` to ``target`` within the caller's transaction.

    Returns:
        The names of the steps taken, in order.
    """
    taken = []
    for step in sorted(steps, key=lambda step: step.start):
        if not found <= step.start < target:
            continue
        for statement in step.statements:
            con.execute(statement)
        con.execute(
            "INSERT INTO meta VALUES (?, ?)",
            [f"step {step.start + 1}", f"{step.name} ({now.isoformat(timespec='seconds')})"],
        )
        taken.append(step.name)
    con.execute("UPDATE meta SET value = ? WHERE key = 'version'", [str(target)])
    return taken
