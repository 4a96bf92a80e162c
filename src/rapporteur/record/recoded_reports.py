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
from rapporteur.record.said import said_by

TABLE = "_recoded"
_SHAPE = pa.schema(
    [
        ("report", pa.string()),
        ("actors", shapes.PARTIES),
        ("recipients", shapes.PARTIES),
        ("keys", pa.list_(pa.string())),
    ]
)
_FEW = 200  # reports that are looked for one by one; of more, a join is quicker
#: Every reading of these reports; then when each was recorded, and whether it is current.
_REPORTS = "SELECT report, reading, published, rowid FROM reports WHERE {test} ORDER BY report, reading"
_READINGS = """
SELECT n.reading, n.recorded, c.reading IS NOT NULL AS current
FROM (SELECT * FROM readings WHERE reading IN (SELECT reading FROM asked_readings)) n
LEFT JOIN (SELECT * FROM current WHERE reading IN (SELECT reading FROM asked_readings)) c ON c.reading = n.reading
"""
#: Wide rows are read by their places alone.
_READ = """
SELECT report, reading, published, actors, recipients, trigger_start FROM reports
WHERE rowid IN (SELECT place FROM asked_places)
"""
_SAID = "SELECT target, judgement, made, value FROM _said WHERE verdict = 'recode' AND level = 'report' ORDER BY place"
_OWN = """
SELECT party FROM (
    SELECT unnest(actors || recipients) AS party, published, report FROM reports WHERE list_contains(keys, $key)
) WHERE party.entity = $key ORDER BY published, report LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reading has of a report: its parties by side, where the trigger begins, the day of publication."""

    sides: Mapping[str, Sequence[Mapping[str, Any]]]
    trigger: int
    published: date


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a report: when it was recorded, whether it is the current one, and what was read."""

    recorded: datetime
    current: bool
    read: _Read


_Key = tuple[str, str, date]
#: Reports that were looked at lately, by (report, reading, day of publication): what a reading holds never changes.
_KNOWN: dict[_Key, _Read] = {}
_MOST_KNOWN = 40_000


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
    said_by(con, None)
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
            found[report] = recoded(now.read.sides, by_report[report], _maker(con, now.read))
    return found


def _readings(con: duckdb.DuckDBPyConnection, reports: set[str]) -> dict[str, list[_Reading]]:
    """All readings of each report, the earlier first, the current one last."""
    asked = sorted(reports)
    if len(asked) <= _FEW:
        rows = con.execute(_REPORTS.format(test="list_contains(?, report)"), [asked]).fetchall()
    else:
        with handed(con, "asked_reports", ids("report", asked)):
            rows = con.execute(_REPORTS.format(test="report IN (SELECT report FROM asked_reports)")).fetchall()
    with handed(con, "asked_readings", ids("reading", sorted({reading for _, reading, *_ in rows}))):
        of_reading = {reading: rest for reading, *rest in con.execute(_READINGS).fetchall()}
    read = _read(con, rows)
    found: dict[str, list[_Reading]] = defaultdict(list)
    for report, reading, published, _ in rows:
        recorded, current = of_reading[reading]
        found[report].append(_Reading(recorded, current, read[report, reading, published]))
    for readings in found.values():
        readings.sort(key=lambda reading: (reading.current, reading.recorded))
    return found


def _read(con: duckdb.DuckDBPyConnection, rows: Sequence[tuple[Any, ...]]) -> dict[_Key, _Read]:
    """What stands in these rows of ``_REPORTS``."""
    found: dict[_Key, _Read] = {}
    missing = []
    for report, reading, published, place in rows:
        known = _KNOWN.get((report, reading, published))
        if known is None:
            missing.append(place)
        else:
            found[report, reading, published] = known
    if not missing:
        return found
    with handed(con, "asked_places", pa.table({"place": pa.array(missing, pa.int64())})):
        wide = con.execute(_READ).fetchall()
    fresh: dict[_Key, _Read] = {}
    for report, reading, published, actors, recipients, trigger in wide:
        sides = {"actors": actors or [], "recipients": recipients or []}
        fresh[report, reading, published] = _Read(sides, trigger, published)
    if len(_KNOWN) + len(fresh) > _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN.update(fresh)
    return found | fresh


def _read_then(readings: Sequence[_Reading], made: datetime) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The parties that whoever said something at that time was shown."""
    until_then = [reading for reading in readings if reading.recorded <= made] or readings
    latest = max(reading.recorded for reading in until_then)
    return [reading for reading in until_then if reading.recorded == latest][-1].read.sides


def _maker(con: duckdb.DuckDBPyConnection, reading: _Read) -> Callable[[str, Mapping[str, Any] | None], Any]:
    own = functools.partial(own_party, con)
    day = reading.published.isoformat()
    return lambda key, instead: party_of(key, instead, at=reading.trigger, day=day, own=own)


def own_party(con: duckdb.DuckDBPyConnection, key: str) -> dict[str, Any] | None:
    """A party with this id as some reading has it: of a user's own actors, that no shipped file knows."""
    rows = con.execute(_OWN, {"key": key}).fetchall()
    return dict(rows[0][0]) if rows else None
