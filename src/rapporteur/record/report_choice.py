"""Which reports a query chooses, and the page of events that they tell of, from the narrow ``report_index``.

An event is chosen when one of its visible reports meets the whole query. Events stand in the order of (first day of
the earliest report, id): that report is the same whatever was learnt later, so pages stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from rapporteur.errors import AskError
from rapporteur.record import report_links
from rapporteur.record.asking import any_row, row_of
from rapporteur.record.days import on_days
from rapporteur.record.query import Query
from rapporteur.record.recoded_reports import TABLE, recode
from rapporteur.record.said import said_by

INDEX = "report_index"
_MORE = 16  # times as many rows are looked at where too few were enough
#: Names of places and sources stand in the wide tables alone; whoever asks for them waits a little longer.
_AT_PLACE = "report IN (SELECT r.report FROM reports r WHERE lower(r.place.name) = lower($place))"
_SAID_BY = (
    "report IN (SELECT r.report FROM reports r LEFT JOIN articles a ON a.reading = r.reading "
    "WHERE contains(lower(array_to_string(r.attributed_to, chr(10))), lower($source)) "
    "OR contains(lower(a.outlet), lower($source)))"
)
_STATE = "state:"  # registry ids of states; the rest is the country's code


@dataclass(slots=True)
class Choice:
    """SQL of the reports that a query chooses.

    Attributes:
        rows: a relation like ``report_index``, as of the judgements that count.
        tests: what a row of it must meet, with ``$`` parameters.
        values: those.
        pair: actors and partners of which one party alone may have a key of both; whether there are two is looked up
            in the reports themselves.
        type_now: SQL of a row's type as it was judged.
        few: what is asked for is so narrow that few rows are likely to be chosen.
        told_rows: the same relation with the keys as they were read: quicker, where these are of no matter.
    """

    rows: str
    tests: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    pair: tuple[Sequence[str], Sequence[str]] | None = None
    type_now: str = "type"
    few: bool = False
    told_rows: str = INDEX

    def test(self, sql: str, **values: Any) -> None:
        """Add a test."""
        self.tests.append(sql)
        self.values |= values

    @property
    def where(self) -> str:
        """All tests in one."""
        return " AND ".join(self.tests) or "true"


def choose(con: duckdb.DuckDBPyConnection, query: Query) -> Choice:
    """The reports that ``query`` chooses; makes ``_said``, ``_right_or_wrong``, ``_retyped`` and ``_recoded`` of the
    judgements that count."""
    told = _rows(con, query)
    said_by(con, query.judged_by)
    choice = Choice(_with_parties(told) if recode(con) else told, told_rows=told)
    choice.type_now = _judged(con, choice, query)
    for name, keys in (("actor", query.actors), ("partner", query.partners)):
        if keys:  # one test a key: ``list_has_any`` takes four times as long as ``list_contains``
            named = {f"{name}{i}": key for i, key in enumerate(keys)}
            choice.test("(" + " OR ".join(f"list_contains(keys, ${n})" for n in named) + ")", **named)
    if query.actors and query.partners and _may_be_one(query.actors, query.partners):
        choice.pair = query.actors, query.partners
    if query.types:
        choice.test(f"list_contains($types, {choice.type_now})", types=list(query.types))
    if query.since is not None:
        choice.test("last_day >= $since", since=query.since)
    if query.until is not None:
        choice.test("first_day <= $until", until=query.until)
    if query.ids is not None:
        found = f"SELECT event FROM {choice.rows} WHERE report IN (SELECT unnest($ids::TEXT[]))"
        choice.test(f"event IN ({found})", ids=[id.removeprefix("e-") for id in query.ids])
    if query.country is not None:
        choice.test("(country = $country OR list_contains(keys, $country))", country=query.country)
    if query.statuses:
        choice.test("list_contains($statuses, status)", statuses=list(query.statuses))
    if query.place is not None:
        choice.test(_AT_PLACE, place=query.place.strip())
    if query.source is not None:
        choice.test(_SAID_BY, source=query.source.strip())
    choice.few = bool(query.actors or query.partners or query.country or query.ids or query.place or query.source)
    return choice


def settle_pairs(con: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    """Where one party alone may have a key of both sides, choose only reports in which there are two (``pair``)."""
    if choice.pair is not None:
        _hits(con, choice, "event_day", "event", None)
        choice.test("report IN (SELECT report FROM _hits)")
        choice.pair = None


def gather(con: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    """Put the chosen rows into ``_chosen``, where few are: several counts then need not search all for them."""
    settle_pairs(con, choice)
    if choice.few:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE _chosen AS SELECT * REPLACE ({choice.type_now} AS type) FROM {choice.rows} "
            f"WHERE {choice.where}",
            choice.values,
        )
        choice.rows, choice.type_now, choice.tests, choice.values, choice.few = "_chosen", "type", [], {}, False


def members(con: duckdb.DuckDBPyConnection, choice: Choice, query: Query) -> None:
    """Make ``_members(place, event, report, reading, article, published)``: the visible reports of the events in
    ``_page``."""
    rows = choice.told_rows
    seen = Choice(rows)
    _visible(con, seen, query)
    seen.test(only_days(con, "event_day", "SELECT event_day FROM _page"))
    found = f"{rows} JOIN (SELECT place, event AS id FROM _page) ON event = id WHERE {seen.where}"
    columns = "place, event, report, reading, article, published"
    if rows == INDEX:  # found by the event alone, then read by their place in the table
        found = f"{INDEX} JOIN (SELECT {INDEX}.rowid AS row, place FROM {found}) ON row = {INDEX}.rowid"
    con.execute(f"CREATE OR REPLACE TEMP TABLE _members AS SELECT {columns} FROM {found}", seen.values)


def only_days(con: duckdb.DuckDBPyConnection, column: str, wanted: str) -> str:
    """SQL that tests ``column`` for the days that ``wanted`` selects (``days.on_days``)."""
    return on_days(column, (day for (day,) in con.execute(f"SELECT DISTINCT day FROM ({wanted}) t(day)").fetchall()))


def page(con: duckdb.DuckDBPyConnection, choice: Choice, query: Query, *, day: str, id: str) -> None:
    """Make ``_page(place, event_day, event, report)``: the first ``limit`` ids that are chosen, in the order of
    (day, id); columns of the index say which these are. Of an event's reports any one stands for it."""
    wanted = query.limit
    taken = None if wanted is None else 2 * wanted + 64
    while True:
        hits = _hits(con, choice, day, id, taken)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE _page AS SELECT row_number() OVER (ORDER BY {day}, {id}) AS place, * "
            f"FROM (SELECT {day}, {id}, any_value(COLUMNS(* EXCLUDE ({day}, {id}))) FROM _hits GROUP BY {day}, {id})"
        )
        if (
            taken is None
            or wanted is None
            or hits < taken
            or (row_of(con, "SELECT count(*) FROM _page") or (0,))[0] >= wanted
        ):
            break
        taken *= _MORE
    if wanted is not None:
        con.execute("DELETE FROM _page WHERE place > ?", [wanted])


def _hits(con: duckdb.DuckDBPyConnection, choice: Choice, day: str, id: str, taken: int | None) -> int:
    """Make ``_hits`` of the first ``taken`` rows of the index that are chosen; return how many passed its tests."""
    limit = "" if taken is None else f"LIMIT {taken:d}"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _hits AS SELECT event_day, event, first_day, report, reading, article, published "
        f"FROM {choice.rows} WHERE {choice.where} ORDER BY {day}, {id} {limit}",
        choice.values,
    )
    hits = int((row_of(con, "SELECT count(*) FROM _hits") or (0,))[0])
    if choice.pair is not None:
        actors, partners = choice.pair
        keys = {"actors": list(actors), "partners": list(partners), "either": [*actors, *partners]}
        con.execute(_ONE_PARTY.format(days=only_days(con, "published", "SELECT published FROM _hits")), keys)
    return hits


def events_after(con: duckdb.DuckDBPyConnection, choice: Choice, id: str) -> None:
    """Choose only what stands behind the event of this id.

    Raises:
        AskError: there is no such event.
    """
    event = id.removeprefix("e-")
    row = row_of(con, f"SELECT event_day FROM {choice.rows} WHERE event = ? LIMIT 1", [event])
    if row is None:
        raise AskError("after", f"'{id}' is no id of an event; take that of the last row of the page before")
    choice.test("(event_day, event) > ($after_day, $after)", after_day=row[0], after=event)


def reports_after(con: duckdb.DuckDBPyConnection, choice: Choice, id: str) -> None:
    """Choose only what stands behind the report of this id.

    Raises:
        AskError: there is no such report.
    """
    row = row_of(con, "SELECT first_day FROM report_index WHERE report = ?", [id])
    if row is None:
        raise AskError("after", f"'{id}' is no id of a report; take that of the last row of the page before")
    choice.test("(first_day, report) > ($after_day, $after)", after_day=row[0], after=id)


def _rows(con: duckdb.DuckDBPyConnection, query: Query) -> str:
    """The index, with the events that stood before judgements that don't count."""
    if not report_links.links_judged_by(con, query.judged_by):
        return INDEX
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _moved_index AS "
        "SELECT w.event, d.event_day, i.* EXCLUDE (event, event_day) FROM report_index i JOIN _work w USING (report) "
        "JOIN _event_days d ON d.event = w.event"
    )
    return (
        "(SELECT * FROM report_index ANTI JOIN _moved_index USING (report) "
        "UNION ALL SELECT * FROM _moved_index) AS rows"
    )


def _with_parties(rows: str) -> str:
    """The rows, with the keys of the parties as they were judged."""
    return (
        "(SELECT i.* REPLACE (CASE WHEN k.report IS NULL THEN i.keys ELSE k.keys END AS keys) "
        f"FROM (SELECT * FROM {rows}) i LEFT JOIN {TABLE} k ON k.report = i.report) AS judged_rows"
    )


def _judged(con: duckdb.DuckDBPyConnection, choice: Choice, query: Query) -> str:
    """Leave out what isn't visible; return the SQL of a report's type as it was judged."""
    for table, verdicts in (("_right_or_wrong", ("accept", "reject")), ("_retyped", ("retype",))):
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT target AS report, verdict, value FROM _said "
            "WHERE list_contains($verdicts, verdict) "
            "QUALIFY row_number() OVER (PARTITION BY target ORDER BY made DESC, place DESC) = 1",
            {"verdicts": list(verdicts)},
        )
    _visible(con, choice, query)
    if not any_row(con, "SELECT 1 FROM _retyped"):
        return "type"
    return f"coalesce((SELECT t.value FROM _retyped t WHERE t.report = {choice.rows.split()[-1]}.report), type)"


def _visible(con: duckdb.DuckDBPyConnection, choice: Choice, query: Query) -> None:
    """Test that a report was published by the day that the query knows, and that nobody judged it wrong."""
    if query.known_by is not None:
        choice.test("published <= $known_by", known_by=query.known_by)
    if not query.rejected and any_row(con, "SELECT 1 FROM _right_or_wrong WHERE verdict = 'reject'"):
        choice.test("report NOT IN (SELECT report FROM _right_or_wrong WHERE verdict = 'reject')")


def _may_be_one(actors: Sequence[str], partners: Sequence[str]) -> bool:
    """Whether one party alone can have a key of both: not where all are countries, unlike one another."""
    both = [{key.removeprefix(_STATE) for key in keys} for keys in (actors, partners)]
    return bool(both[0] & both[1]) or not all(len(key) == 3 and key.isupper() for keys in both for key in keys)


_MEETING = "list_filter(r.{side}, lambda p: list_has_any([p.code, p.country, p.entity], {keys}))"
_COUNT = (
    f"len({_MEETING.format(side='actors', keys='{keys}')}) + len({_MEETING.format(side='recipients', keys='{keys}')})"
)
_TWO = f"""{_COUNT.format(keys="$actors")} > 0 AND {_COUNT.format(keys="$partners")} > 0
    AND {_COUNT.format(keys="$either")} > 1"""
#: Takes out where not one party has a key of the actors and another one a key of the partners.
_ONE_PARTY = f"""
DELETE FROM _hits WHERE report NOT IN (
    SELECT r.report FROM (SELECT report, reading, published, actors, recipients FROM reports
                          WHERE len(actors) + len(recipients) > 1 AND {{days}}) r
    JOIN _hits h ON h.published = r.published AND h.report = r.report AND h.reading = r.reading
    WHERE r.report NOT IN (SELECT report FROM {TABLE}) AND {_TWO}
    UNION ALL SELECT r.report FROM {TABLE} r WHERE {_TWO}
)
"""
