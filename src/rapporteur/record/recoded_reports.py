"""The parties of those reports that persons recoded, as a small table that the views lay over the reports.

``_recoded(report, actors, recipients, keys)`` has one row a report of a current reading that a recode is bound to.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.record import shapes
from rapporteur.record.handing import handed, ids
from rapporteur.record.recoding import SIDES, Judged, Recoding, parsed, party_of, recoded
from rapporteur.record.said import counting

TABLE = "_recoded"
_SHAPE = pa.schema(
    [
        ("report", pa.string()),
        ("actors", shapes.PARTIES),
        ("recipients", shapes.PARTIES),
        ("keys", pa.list_(pa.string())),
    ]
)
_PLACES = "SELECT r.rowid AS place FROM reports r WHERE r.report IN (SELECT report FROM asked_reports)"
#: Every reading of these reports; the current one last.
_READINGS = """
SELECT r.report, n.recorded, r.actors, r.recipients, r.trigger_start, r.published,
    c.reading IS NOT NULL AS current
FROM reports r JOIN readings n ON n.reading = r.reading LEFT JOIN current c ON c.reading = r.reading
WHERE r.rowid IN (SELECT place FROM asked_places) ORDER BY current, n.recorded, n.reading
"""
_SAID = "SELECT target, judgement, made, value FROM _said WHERE verdict = 'recode' AND level = 'report' ORDER BY place"
_OWN = """
SELECT party FROM (
    SELECT unnest(actors || recipients) AS party, published, report FROM reports WHERE list_contains(keys, $key)
) WHERE party.entity = $key ORDER BY published, report LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a report."""

    recorded: datetime
    sides: Mapping[str, Sequence[Mapping[str, Any]]]
    trigger: int
    published: date
    current: bool


def recode(con: duckdb.DuckDBPyConnection) -> bool:
    """Make ``_recoded`` of the judgements in ``_said``; return whether it has a row."""
    said = con.execute(_SAID).fetchall()
    rows = []
    if said:
        for report, sides in _judged(con, said, {row[0] for row in said}).items():
            parties = {side: [one.party for one in sides[side]] for side in SIDES}
            keys = {p[name] for side in SIDES for p in parties[side] for name in ("code", "country", "entity")}
            rows.append({"report": report, **parties, "keys": sorted(key for key in keys if key)})
    with handed(con, "recoded_rows", pa.Table.from_pylist(rows, schema=_SHAPE)):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT * FROM recoded_rows")
    return bool(rows)


def judged_sides(con: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> dict[str, dict[str, list[Judged]]]:
    """The parties of these reports of current readings by all that counts now; reports in the order given."""
    wanted = list(reports)
    counting(con, None)
    said = [row for row in con.execute(_SAID).fetchall() if row[0] in set(wanted)]
    found = _judged(con, said, set(wanted))
    return {report: found[report] for report in wanted if report in found}


def _judged(
    con: duckdb.DuckDBPyConnection, said: Sequence[tuple[Any, ...]], reports: set[str]
) -> dict[str, dict[str, list[Judged]]]:
    readings = _readings(con, reports)
    by_report: dict[str, list[Recoding]] = defaultdict(list)
    for report, judgement, made, value in said:
        if report in readings:
            by_report[report].append(Recoding(judgement, parsed(value), _read_then(readings[report], made)))
    found = {}
    for report in sorted(readings):
        now = readings[report][-1]
        if now.current:
            found[report] = recoded(now.sides, by_report[report], _maker(con, now))
    return found


def _readings(con: duckdb.DuckDBPyConnection, reports: set[str]) -> dict[str, list[_Reading]]:
    """All readings of each report, the current one last. Wide rows are read by their places alone."""
    with handed(con, "asked_reports", ids("report", sorted(reports))):
        places = con.sql(_PLACES).to_arrow_table()
    found: dict[str, list[_Reading]] = defaultdict(list)
    with handed(con, "asked_places", places):
        rows = con.execute(_READINGS).fetchall()
    for report, recorded, actors, recipients, trigger, published, current in rows:
        sides = {"actors": actors or [], "recipients": recipients or []}
        found[report].append(_Reading(recorded, sides, trigger, published, current))
    return found


def _read_then(readings: Sequence[_Reading], made: datetime) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The parties that whoever said something at that time was shown."""
    until_then = [reading for reading in readings if reading.recorded <= made] or readings
    latest = max(reading.recorded for reading in until_then)
    return [reading for reading in until_then if reading.recorded == latest][-1].sides


def _maker(con: duckdb.DuckDBPyConnection, reading: _Reading) -> Callable[[str, Mapping[str, Any] | None], Any]:
    own = functools.partial(own_party, con)
    day = reading.published.isoformat()
    return lambda key, instead: party_of(key, instead, at=reading.trigger, day=day, own=own)


def own_party(con: duckdb.DuckDBPyConnection, key: str) -> dict[str, Any] | None:
    """A party with this id as some reading has it: of a user's own actors, that no shipped file knows."""
    rows = con.execute(_OWN, {"key": key}).fetchall()
    return dict(rows[0][0]) if rows else None
