"""What a panel counts, counted in the ledger: how many acts of each type, by whom, in which period.

An act is one merged event, or one report. Everything is one query, so that a million reports cost a second: acts told
by one report are taken as they are, and only those told by several are brought together first (``_MERGED``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb
import numpy as np
import numpy.typing as npt

from rapporteur.record.recoded_reports import TABLE, recode
from rapporteur.record.report_links import links_judged_by
from rapporteur.record.said import said_by

Unit = Literal["country", "dyad"]
Period = Literal["day", "month", "year"]
Level = Literal["events", "reports"]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted.

    Attributes:
        unit, period, level: as of ``panel.panel``.
        since, until: the days, inclusive; ``period`` number 0 is the one that ``since`` lies in.
        countries: alpha-3 codes; a count refers to a country by its place in this list.
        types, mutual: event types, referred to by place; those in which several actors act on each other.
        statuses: those that count; empty: all.
        directed, members: as of ``panel.panel``.
        known_by, judged_by: None: all.
    """

    unit: Unit
    period: Period
    level: Level
    since: date
    until: date
    countries: tuple[str, ...]
    types: tuple[str, ...]
    mutual: tuple[str, ...]
    statuses: tuple[str, ...] = ("actual",)
    directed: bool = True
    members: bool = False
    known_by: date | None = None
    judged_by: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts as parallel arrays: places of the country and of its partner (0 where the unit is no dyad), number of
    the period, place of the type, and how many. ``left_out``: acts that no period can be told
    of, their date being vaguer."""

    country: Ints
    partner: Ints
    period: Ints
    type: Ints
    count: Ints
    left_out: int


#: A person's last word on each report.
_JUDGED = """
judged AS (SELECT * FROM _said WHERE level = 'report'),
kept AS (
    SELECT target, arg_max(verdict, {'made': made, 'place': place}) AS verdict
    FROM judged WHERE verdict IN ('accept', 'reject') GROUP BY target
),
retyped AS (
    SELECT target, arg_max(value, {'made': made, 'place': place}) AS value
    FROM judged WHERE verdict = 'retype' GROUP BY target
)"""

#: The reports of current readings that count, with the codes of both sides, as ``name``; ``event``: of which event,
#: where it has several reports; ``joined`` and ``only``: what else they are joined to and must be.
_REPORTS = """
%(name)s AS %(kept)s (
    SELECT
        %(event)s AS event, r.report, r.article, r.published, r.status, r.first_day, r.last_day, r.dated,
        coalesce(retyped.value, r.type) AS type, %(actors)s AS actors, %(recipients)s AS recipients
    FROM reports r JOIN current n ON n.reading = r.reading %(joined)s
    LEFT JOIN kept ON kept.target = r.report
    LEFT JOIN retyped ON retyped.target = r.report %(recoded)s
    WHERE ($known_by IS NULL OR r.published <= $known_by)
        AND coalesce(kept.verdict, 'accept') = 'accept'
        AND (%(only)s r.first_day <= $until AND r.last_day >= $since)
)"""
_COPIES = "(SELECT article FROM copies WHERE original IS NOT NULL)"
#: Each mention is an act; those in a copy of another article are its mentions once more.
_EACH = {
    "name": "acts",
    "kept": "",
    "event": "r.report",
    "joined": f"ANTI JOIN {_COPIES} c ON c.article = r.article",
    "only": "",
}
#: The reports of events that have several, and which event each is of. ``_work`` (``links_judged_by``) has those of
#: which later judgements say otherwise.
_SHARED = """
joined AS (SELECT report, event FROM report_links WHERE parent IS NOT NULL),
shared AS MATERIALIZED (SELECT report, event FROM joined UNION ALL SELECT DISTINCT event, event FROM joined)"""
_SHARED_EARLIER = """
links AS (SELECT report, coalesce(w.event, l.event) AS event FROM report_links l LEFT JOIN _work w USING (report)),
several AS (SELECT event FROM links GROUP BY event HAVING count(*) > 1),
shared AS MATERIALIZED (SELECT report, event FROM links SEMI JOIN several USING (event))"""
_TOLD = {
    "name": "told",
    "kept": "MATERIALIZED",
    "event": "s.event",
    "joined": "LEFT JOIN shared s ON s.report = r.report",
    "only": "s.event IS NOT NULL OR",  # an event of several may have its date from another report
}

#: An act that several reports tell has the type that most give it, both sides' parties of all, and the narrowest date;
#: it was done if any says so. Among equals the earliest report's word goes.
_MERGED = """
parts AS (SELECT * FROM told WHERE event IS NOT NULL),
typed AS (
    SELECT event, arg_min(type, {'n': -n, 'first': first}) AS type
    FROM (
        SELECT event, type, count(*) AS n, min({'p': published, 'a': article, 'r': report}) AS first
        FROM parts GROUP BY event, type
    ) GROUP BY event
),
merged AS (
    SELECT
        event,
        arg_min(status, list_position(['actual', 'negated', 'future', 'hypothetical'], status)) AS status,
        arg_min({'first_day': first_day, 'last_day': last_day}, {
            'undated': NOT dated, 'length': last_day - first_day, 'p': published, 'a': article, 'r': report
        }) AS days,
        min(published) AS published,
        list_distinct(flatten(list(actors))) AS actors,
        list_distinct(flatten(list(recipients))) AS recipients
    FROM parts GROUP BY event
),
acts AS (
    SELECT type, status, first_day, last_day, published, actors, recipients FROM told WHERE event IS NULL
    UNION ALL
    SELECT type, status, days.first_day, days.last_day, published, actors, recipients
    FROM merged JOIN typed USING (event)
)"""

#: An act stands in the period that holds its whole date; one dated more vaguely where it was first told, if that lies
#: within its date; else nowhere.
_PLACED = """
placed AS (
    SELECT
        list_position($types, type) - 1 AS type, actors, recipients, type IN (SELECT unnest($mutual)) AS mutual,
        CASE
            WHEN date_trunc('{period}', first_day) = date_trunc('{period}', last_day) THEN first_day
            WHEN published BETWEEN first_day AND last_day THEN published
        END AS day,
        first_day <= $until AND last_day >= $since AS touches
    FROM acts
    WHERE (len($statuses) = 0 OR list_contains($statuses, status)) AND list_contains($types, type)
),
asked AS (SELECT unnest($countries) AS code, generate_subscripts($countries, 1) - 1 AS place),
standing AS (
    SELECT type, actors, recipients, mutual, date_diff('{period}', $since, day) AS period
    FROM placed WHERE day BETWEEN $since AND $until
)"""

_SIDES = {
    ("country", True): "SELECT unnest(actors) AS a, NULL::TEXT AS b, period, type FROM standing",
    ("country", False): (
        "SELECT unnest(list_distinct(actors || recipients)) AS a, NULL::TEXT AS b, period, type FROM standing"
    ),
    ("dyad", True): "SELECT a, b, period, type FROM pairs WHERE a <> b",
    ("dyad", False): "SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b, period, type, act FROM pairs WHERE a <> b",
}
#: Each actor with each recipient; those who do it with each other, each with each.
_PAIRS = """
whole AS (
    SELECT
        row_number() OVER () AS act, period, type, actors,
        CASE WHEN mutual AND len(recipients) = 0 THEN actors ELSE recipients END AS recipients
    FROM standing
),
by_actor AS (SELECT act, period, type, unnest(actors) AS a, recipients FROM whole),
pairs AS (SELECT act, period, type, a, unnest(recipients) AS b FROM by_actor)"""

_COUNT = """
SELECT x.place AS country, coalesce(y.place, 0) AS partner, period, type, count(*) AS n
FROM sides JOIN asked x ON x.code = a LEFT JOIN asked y ON y.code = b
WHERE b IS NULL OR y.code IS NOT NULL
GROUP BY ALL
UNION ALL
SELECT -1, 0, 0, 0, count(*) FROM placed WHERE day IS NULL AND touches
"""

_READ = """
SELECT date_diff('{period}', $since, published) AS period, count(*) AS n
FROM current ANTI JOIN {copies} c USING (article)
WHERE published BETWEEN $since AND $until AND ($known_by IS NULL OR published <= $known_by)
GROUP BY period
"""


def counted(con: duckdb.DuckDBPyConnection, what: Counting) -> Counts:
    """The counts that aren't zero, in no order."""
    moved = what.level == "events" and links_judged_by(con, what.judged_by)
    said_by(con, what.judged_by)
    recoded = recode(con)
    if what.level == "reports":
        steps = [_JUDGED, _reports(what, _EACH, recoded), _PLACED]
    else:
        shared = _SHARED_EARLIER if moved else _SHARED
        steps = [_JUDGED, shared, _reports(what, _TOLD, recoded), _MERGED, _PLACED]
    if what.unit == "dyad":
        steps.append(_PAIRS)
    steps.append(f"\nsides AS ({_SIDES[what.unit, what.directed]})")
    columns = _asked(con, f"WITH {','.join(steps)}{_COUNT}", what)
    outside = columns["country"] < 0
    kept = {name: column[~outside] for name, column in columns.items()}
    return Counts(
        kept["country"], kept["partner"], kept["period"], kept["type"], kept["n"], int(columns["n"][outside].sum())
    )


def articles_read(con: duckdb.DuckDBPyConnection, what: Counting, periods: int) -> Ints:
    """How many articles were read of each of the ``periods``; a copy of another article is not counted."""
    columns = _asked(con, _READ.replace("{copies}", _COPIES), what)
    read = np.zeros(periods, np.int64)
    read[columns["period"]] = columns["n"]
    return read


def _asked(con: duckdb.DuckDBPyConnection, query: str, what: Counting) -> dict[str, Ints]:
    """The query's answer as one array a column."""
    parameters = {
        "since": what.since,
        "until": what.until,
        "known_by": what.known_by,
        "countries": list(what.countries),
        "types": list(what.types),
        "mutual": list(what.mutual),
        "statuses": list(what.statuses),
    }
    query = query.replace("{period}", what.period)
    used = {name: value for name, value in parameters.items() if f"${name}" in query}
    table = con.sql(query, params=used).to_arrow_table()
    return {name: table[name].to_numpy().astype(np.int64) for name in table.column_names}


def _reports(what: Counting, source: dict[str, str], recoded: bool) -> str:
    sides = {side: _codes(f"r.{side}", what.members) for side in ("actors", "recipients")}
    if recoded:
        sides = {
            side: f"CASE WHEN k.report IS NULL THEN {codes} ELSE {_codes(f'k.{side}', what.members)} END"
            for side, codes in sides.items()
        }
    joined = f"LEFT JOIN {TABLE} k ON k.report = r.report" if recoded else ""
    return _REPORTS % {**source, **sides, "recoded": joined}


def _codes(side: str, members: bool) -> str:
    """SQL for the codes of a side's parties, each once; with ``members``, also those of groups' members."""
    codes = f"list_transform({side}, lambda p: p.code)"
    if members:
        codes = f"flatten(list_transform({side}, lambda p: list_prepend(p.code, coalesce(p.members, []))))"
    return f"CASE WHEN len({codes}) < 2 THEN {codes} ELSE list_distinct({codes}) END"  # hardly ever more than one
