"""Panels for statistics: counts of acts by country or pair of countries, over time, with zeros and a denominator.

A row is a country (or a pair) in a period. Every row that could be is there: zeros are counts too. ``articles`` says
how many articles were read of the period, which is what a count is to be weighed with: a ledger that read twice as
much holds twice as many acts. ``docs/record-panels.md`` says exactly what is counted where.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

import duckdb
import numpy as np
import pyarrow as pa

from rapporteur.errors import AskError
from rapporteur.knowledge.country_codes import CountryCodes, country_codes
from rapporteur.knowledge.ontology import QUADS, Ontology
from rapporteur.record.panel_counts import Counting, Counts, Ints, Level, Period, Unit, articles_read, counted

MOST_CELLS = 50_000_000  # rows times classes; about 1 GB with what it takes to make them
STATUSES = ("actual", "negated", "future", "hypothetical")
_FIRST, _LAST = date(1816, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The rows of a panel: its units, each as one or two places in ``countries``, times its periods."""

    countries: tuple[str, ...]
    units: tuple[tuple[int, ...], ...]
    starts: tuple[date, ...]
    ends: tuple[date, ...]
    classes: tuple[str, ...]

    @property
    def cells(self) -> int:
        return len(self.units) * len(self.starts) * len(self.classes)


def panel(
    con: duckdb.DuckDBPyConnection,
    *,
    unit: Unit,
    by: str,
    period: Period,
    since: date,
    until: date,
    known_by: date | None = None,
    judged_by: date | None = None,
    level: Level = "events",
    status: str | Sequence[str] | None = "actual",
    countries: Sequence[str] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    directed: bool = True,
    members: bool = False,
    long: bool = False,
) -> pa.Table:
    """Counts of acts a country or pair of countries, period and class, filled with zeros.

    Args:
        con: an open ledger.
        unit: ``country`` or ``dyad`` (two different countries).
        by: ``type``: a column for each of the event types; ``quad``: for each quad class.
        period: ``day``, ``month`` or ``year``; the first and last may be cut short by ``since`` and ``until``.
        since, until: the days that count, inclusive.
        known_by, judged_by: only reports published, and judgements made, up to then.
        level: ``events``: the same act told by several reports is one; ``reports``: every mention.
        status: of the acts that count, one or several; None: all.
        countries: alpha-3 codes; None: a country panel has all states of the registry (territories are to be asked
            for), a dyad panel all countries and territories. A dyad panel has the pairs of them that occur,
        pairs: or exactly these.
        directed: count what a country does (of a pair, the first to the second); false: what it does or undergoes (of
            a pair, either to the other), each act once.
        members: let an act of a group count for each of its members; else it counts for no country.
        long: one row a class, with ``class`` and ``count``, in place of a column a class.

    Returns:
        Rows by unit, then period (its first day). Columns: ``iso3``, ``cow``, ``gw`` (of a dyad with ``_a`` and
        ``_b``; the numbers of the period's last day, null where the country is in no list then), ``period``, the
        classes, ``total``, ``articles``. The schema's metadata has what was asked and ``left_out``, the number of acts
        that no period could be told of.

    Raises:
        AskError: an argument that can't be, or a panel of more than ``MOST_CELLS`` cells.
    """
    ontology, codes = Ontology.load(), country_codes()
    _one_of("unit", unit, get_args(Unit))
    _one_of("by", by, ("type", "quad"))
    _one_of("period", period, get_args(Period))
    _one_of("level", level, get_args(Level))
    statuses = (status,) if isinstance(status, str) else tuple(status or ())
    for value in statuses:
        _one_of("status", value, STATUSES)
    starts, ends = _periods(period, since, until)
    chosen = _countries(unit, countries, pairs, codes)
    types = tuple(ontology.types)
    what = Counting(
        unit, period, level, since, until, chosen, types, tuple(n for n in types if ontology.types[n].mutual), statuses,
        directed, members, known_by, judged_by,
    )  # fmt: skip
    counts = counted(con, what)
    units = _units(unit, chosen, pairs, directed, counts)
    classes = types if by == "type" else tuple(QUADS[n].replace(" ", "_") for n in sorted(QUADS))
    frame = _Frame(chosen, units, starts, ends, classes)
    _check_size(frame, unit, period)
    quads = sorted(QUADS)
    place = np.array([n if by == "type" else quads.index(ontology.types[t].quad) for n, t in enumerate(types)])
    table = (_long if long else _wide)(frame, _cells(frame, counts, place), codes)
    read = articles_read(con, what, len(starts)).astype(np.int32)
    table = table.append_column("articles", pa.array(np.tile(np.repeat(read, len(classes) if long else 1), len(units))))
    asked = {
        "unit": unit, "by": by, "period": period, "since": since, "until": until, "known_by": known_by,
        "judged_by": judged_by, "level": level, "status": statuses, "directed": directed, "members": members,
        "left_out": counts.left_out,
    }  # fmt: skip
    return table.replace_schema_metadata({"panel": json.dumps(asked, default=str)})


# -- what is asked ----------------------------------------------------------------------------------------------


def _one_of(name: str, value: str, valid: Sequence[str]) -> None:
    if value not in valid:
        raise AskError(name, f"{value!r} is none; valid: {', '.join(valid)}")


def _countries(
    unit: Unit,
    countries: Sequence[str] | None,
    pairs: Sequence[tuple[str, str]] | None,
    codes: CountryCodes,
) -> tuple[str, ...]:
    """The alpha-3 codes that the panel is about, sorted."""
    if pairs is not None:
        if unit != "dyad":
            raise AskError("pairs", "they are for a dyad panel; give countries")
        same = [a for a, b in pairs if a == b]
        if same:
            raise AskError("pairs", f"{same[0]} stands with itself; valid: two different countries")
        countries = [code for pair in pairs for code in pair]
    if countries is None:
        return tuple(c.iso3 for c in codes if unit == "dyad" or c.kind == "state")
    for code in countries:
        if code not in codes:
            raise AskError("countries", _unknown(code, codes))
    if not countries:
        raise AskError("countries", "there is none; give at least one, or leave them out for all")
    return tuple(sorted(set(countries)))


def _unknown(code: str, codes: CountryCodes) -> str:
    names = {country.name.lower(): country.iso3 for country in codes} | {c.iso3.lower(): c.iso3 for c in codes}
    near = dict.fromkeys(names[name] for name in difflib.get_close_matches(code.lower(), sorted(names), 3))
    hint = f"; near it: {', '.join(near)}" if near else ""
    return f"{code!r} is unknown; valid: an ISO 3166 alpha-3 code, as TUR{hint}"


def _periods(period: Period, since: date, until: date) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The first and the last days of the periods from ``since`` to ``until``."""
    if until < since:
        raise AskError("until", f"{until} is before since, {since}; give the earlier first")
    if since < _FIRST or until > _LAST:
        raise AskError("since", f"{since} to {until} can't be; valid: days from {_FIRST} to {_LAST}")
    starts = [_begin(period, since)]
    while (begin := _next(period, starts[-1])) <= until:
        starts.append(begin)
    return tuple(starts), tuple(_next(period, start) - timedelta(1) for start in starts)


def _begin(period: Period, day: date) -> date:
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[period]


def _next(period: Period, start: date) -> date:
    if period == "day":
        return start + timedelta(1)
    return _begin(period, start + timedelta(31 if period == "month" else 366))


def _units(
    unit: Unit, chosen: Sequence[str], pairs: Sequence[tuple[str, str]] | None, directed: bool, counts: Counts
) -> tuple[tuple[int, ...], ...]:
    """The panel's units, sorted, as places in ``chosen``."""
    if unit == "country":
        return tuple((n,) for n in range(len(chosen)))
    if pairs is None:
        found = np.unique(counts.country * len(chosen) + counts.partner)
        return tuple((int(n) // len(chosen), int(n) % len(chosen)) for n in found)
    places = {code: n for n, code in enumerate(chosen)}
    asked = ((places[a], places[b]) for a, b in pairs)
    return tuple(sorted({pair if directed else (min(pair), max(pair)) for pair in asked}))


def _check_size(frame: _Frame, unit: Unit, period: Period) -> None:
    if frame.cells > MOST_CELLS:
        units = "countries" if unit == "country" else "pairs"
        raise AskError(
            "panel",
            f"{len(frame.units):,} {units} in {len(frame.starts):,} {period}s by {len(frame.classes)} classes are "
            f"{frame.cells:,} cells, more than {MOST_CELLS:,}; ask for fewer countries, a shorter time, longer periods "
            "or quad classes",
        )


# -- the table --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cells:
    """The counts that aren't zero: number of the row (by unit, then period), number of the class, count."""

    row: Ints
    place: Ints
    count: Ints


def _cells(frame: _Frame, counts: Counts, place: Ints) -> _Cells:
    """Where each count stands; ``place`` is the class of each type."""
    width = len(frame.countries)
    rank = np.full(width * width, -1)
    for n, unit in enumerate(frame.units):
        rank[unit[0] * width + (unit[1] if len(unit) > 1 else 0)] = n
    units = rank[counts.country * width + counts.partner]
    known = units >= 0  # a dyad panel of given pairs counts others too
    row = units * len(frame.starts) + counts.period
    return _Cells(row[known], place[counts.type][known], counts.count[known].astype(np.int32))


def _filled(cells: Ints, counts: Ints, size: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Zeros with the counts added at their cells."""
    found = np.zeros(size, np.int32)
    np.add.at(found, cells, counts)
    return found


def _wide(frame: _Frame, cells: _Cells, codes: CountryCodes) -> pa.Table:
    columns = _keys(frame, codes, 1)
    rows = len(frame.units) * len(frame.starts)
    counts = _filled(cells.place * rows + cells.row, cells.count, frame.cells).reshape(len(frame.classes), rows)
    for name, column in zip(frame.classes, counts, strict=True):
        columns[name] = pa.array(column)
    columns["total"] = pa.array(_filled(cells.row, cells.count, rows))
    return pa.table(columns)


def _long(frame: _Frame, cells: _Cells, codes: CountryCodes) -> pa.Table:
    kinds = len(frame.classes)
    columns = _keys(frame, codes, kinds)
    classes = np.tile(np.arange(kinds, dtype=np.int8), len(frame.units) * len(frame.starts))
    columns["class"] = pa.DictionaryArray.from_arrays(pa.array(classes), pa.array(frame.classes))
    columns["count"] = pa.array(_filled(cells.row * kinds + cells.place, cells.count, frame.cells))
    return pa.table(columns)


def _keys(frame: _Frame, codes: CountryCodes, times: int) -> dict[str, pa.Array]:
    """The columns that say whose and when a row is; each row of a period stands ``times`` times."""
    columns: dict[str, pa.Array] = {}
    sides = ("",) if not frame.units or len(frame.units[0]) == 1 else ("_a", "_b")
    names = pa.array(frame.countries, pa.string())
    for n, side in enumerate(sides):
        whose = np.array([unit[n] for unit in frame.units], np.int64)
        rows = np.repeat(whose.astype(np.int16), len(frame.starts) * times)
        columns[f"iso3{side}"] = pa.DictionaryArray.from_arrays(pa.array(rows), names)
        for series in ("cow", "gw"):
            numbers = _numbers(frame, codes, series)[whose].reshape(-1).repeat(times)
            columns[f"{series}{side}"] = pa.array(numbers, mask=numbers < 0)
    days = np.array(frame.starts, "datetime64[D]").astype(np.int32)
    columns["period"] = pa.array(np.tile(np.repeat(days, times), len(frame.units))).cast(pa.date32())
    return columns


def _numbers(frame: _Frame, codes: CountryCodes, series: str) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    """The number of each country on each period's last day; -1 where it has none."""
    days = np.array(frame.ends, "datetime64[D]")
    table = np.full((len(frame.countries), len(days)), -1, np.int16)
    for row, code in enumerate(frame.countries):
        for spell in codes.spells(code, series):
            first = np.searchsorted(days, np.datetime64(spell.since))
            last = len(days) if spell.until is None else np.searchsorted(days, np.datetime64(spell.until), "right")
            table[row, first:last] = spell.number
    return table
