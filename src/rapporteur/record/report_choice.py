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
from rapporteur.record.query import Query

_STATE = "state:"  # registry ids of states; the rest is the country's code
#: Keys of one party, as ``rows.keys_of`` makes them of all.
_PARTY_KEYS = "[p.code, p.country, p.entity]"


@dataclass(slots=True)
class Choice:
    """SQL of the reports that a query chooses.

    Attributes:
        rows: a relation like ``report_index``, as of the judgements that count.
        tests: what a row must meet, with ``$`` parameters.
        values: those.
    """

    rows: str
    tests: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def test(self, sql: str, **values: Any) -> None:
        """Add a test."""
        self.tests.append(sql)
        self.values |= values

    @property
    def where(self) -> str:
        """All tests in one."""
        return " AND ".join(self.tests) or "true"

    def given(self, *more: str, **values: Any) -> dict[str, Any]:
        """The parameters that a statement with these tests (and ``more`` SQL) has, and no others."""
        text = " ".join((self.where, *more))
        held = {**self.values, **values}
        return {name: value for name, value in held.items() if f"${name}" in text or name in values}


def choose(con: duckdb.DuckDBPyConnection, query: Query) -> Choice:
    """The reports that ``query`` chooses; makes ``_rejected`` and ``_retyped`` of the judgements that count."""
    choice = Choice(_rows(con, query))
    visible(choice, query)
    type_now = _judged(con, choice, query)
    if query.actors:
        choice.test("list_has_any(keys, $actors)", actors=list(query.actors))
    if query.partners:
        choice.test("list_has_any(keys, $partners)", partners=list(query.partners))
    if query.actors and query.partners and _may_be_one(query.actors, query.partners):
        choice.test(_TWO_PARTIES)
    if query.types:
        choice.test(f"list_contains($types, {type_now})", types=list(query.types))
    if query.since is not None:
        choice.test("last_day >= $since", since=query.since)
    if query.until is not None:
        choice.test("first_day <= $until", until=query.until)
    if query.country is not None:
        choice.test("(country = $country OR list_contains(keys, $country))", country=query.country)
    return choice


def visible(choice: Choice, query: Query) -> None:
    """Test that a report was published by the day that the query knows."""
    if query.known_by is not None:
        choice.test("published <= $known_by", known_by=query.known_by)


def page_of_events(con: duckdb.DuckDBPyConnection, choice: Choice, query: Query) -> None:
    """Make ``_page(place, event)``: the events that are chosen, in the view's order.

    Raises:
        AskError: ``after`` is no id of the view.
    """
    if query.after is not None:
        choice.test("(event_day, event) > ($after_day, $after)", **_after(con, choice.rows, query.after))
    wanted = query.limit
    taken = None if wanted is None else 2 * wanted + 64
    while True:
        limit = "" if taken is None else f"LIMIT {taken:d}"
        hits = f"SELECT event_day, event FROM {choice.rows} WHERE {choice.where} ORDER BY event_day, event {limit}"
        con.execute(
            "CREATE OR REPLACE TEMP TABLE _page AS SELECT row_number() OVER (ORDER BY event_day, event) AS place, "
            f"event FROM (SELECT DISTINCT event_day, event FROM ({hits}))",
            choice.given(),
        )
        found, all_hits = _counts(con, f"SELECT count(*) FROM ({hits})", choice)
        if taken is None or wanted is None or found >= wanted or all_hits < taken:
            break
        taken *= 4
    if wanted is not None:
        con.execute("DELETE FROM _page WHERE place > ?", [wanted])


def _counts(con: duckdb.DuckDBPyConnection, hits: str, choice: Choice) -> tuple[int, int]:
    """How many events are on the page, and how many reports were looked at for it."""
    row = con.execute("SELECT count(*) FROM _page").fetchone()
    looked = con.execute(hits, choice.given()).fetchone()
    return (row[0] if row else 0), (looked[0] if looked else 0)


def _after(con: duckdb.DuckDBPyConnection, rows: str, id: str) -> dict[str, Any]:
    event = id.removeprefix("e-")
    row = con.execute(f"SELECT event_day FROM {rows} WHERE event = ? LIMIT 1", [event]).fetchone()
    if row is None:
        raise AskError("after", f"'{id}' is no id of an event; take that of the last row of the page before")
    return {"after_day": row[0], "after": event}


def _rows(con: duckdb.DuckDBPyConnection, query: Query) -> str:
    """The index, with the events that stood before judgements that don't count."""
    if not report_links.links_judged_by(con, query.judged_by):
        return "report_index"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _moved_index AS "
        "SELECT w.event, d.event_day, i.* EXCLUDE (event, event_day) FROM report_index i JOIN _work w USING (report) "
        "JOIN _event_days d ON d.event = w.event"
    )
    return (
        "(SELECT * FROM report_index ANTI JOIN _moved_index USING (report) "
        "UNION ALL SELECT * FROM _moved_index) AS rows"
    )


def _judged(con: duckdb.DuckDBPyConnection, choice: Choice, query: Query) -> str:
    """Leave out what was judged wrong; return the SQL of a report's type as it was judged."""
    for table, verdicts in (("_right_or_wrong", ("accept", "reject")), ("_retyped", ("retype",))):
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT target AS report, verdict, value FROM judgements "
            "WHERE list_contains($verdicts, verdict) AND ($day IS NULL OR made::DATE <= $day) "
            "QUALIFY row_number() OVER (PARTITION BY target ORDER BY made DESC, judgement DESC) = 1",
            {"verdicts": list(verdicts), "day": query.judged_by},
        )
    if not query.rejected and con.execute("SELECT 1 FROM _right_or_wrong WHERE verdict = 'reject' LIMIT 1").fetchone():
        choice.test("report NOT IN (SELECT report FROM _right_or_wrong WHERE verdict = 'reject')")
    if con.execute("SELECT 1 FROM _retyped LIMIT 1").fetchone() is None:
        return "type"
    return f"coalesce((SELECT t.value FROM _retyped t WHERE t.report = {choice.rows.split()[-1]}.report), type)"


def _may_be_one(actors: Sequence[str], partners: Sequence[str]) -> bool:
    """Whether one party alone can have a key of both: not where all are countries, unlike one another."""
    both = [{key.removeprefix(_STATE) for key in keys} for keys in (actors, partners)]
    return bool(both[0] & both[1]) or not all(len(key) == 3 and key.isupper() for keys in both for key in keys)


#: One party has a key of the actors and another one of the partners.
_TWO_PARTIES = f"""
report IN (
    SELECT report FROM reports WHERE list_has_any(keys, $actors) AND list_has_any(keys, $partners)
    AND list_bool_or([
        list_has_any([k for k in {_PARTY_KEYS} if k IS NOT NULL], $actors) AND list_bool_or([
            list_has_any([k for k in {_PARTY_KEYS.replace("p.", "q.")} if k IS NOT NULL], $partners) AND i <> j
            for q, j in list_concat(actors, recipients)])
        for p, i in list_concat(actors, recipients)])
)
"""
