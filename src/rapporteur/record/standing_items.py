"""Measures, series of talks and claims as groups of mentions: which a query may mean, and what belongs to each.

Items stand in the order of (first published, id), where the first mention is the one that gives the id: later reports
move none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.record.days import on_days
from rapporteur.record.handing import handed, ids
from rapporteur.record.mention_links import items_judged_by
from rapporteur.record.query import Query
from rapporteur.record.said import said_by
from rapporteur.record.tellings import Telling, decoded

PREFIX = {"measure": "m-", "talks": "t-", "claim": "c-"}
#: Mentions that count, with the items that they belong to; takes ``$what`` and ``$known_by``.
COUNTED = """
SELECT l.mention, l.reading, l.published, {item} AS item, l.first_day, l.last_day FROM mention_links l {moved}
WHERE l.what = $what AND ($known_by IS NULL OR l.published <= $known_by)
"""
_CHOSEN = """
WITH counted AS ({counted}),
first_told AS (SELECT item, published AS first FROM counted WHERE mention = item)
SELECT item FROM first_told WHERE {tests} ORDER BY first, item
"""
_TOLD = "item IN (SELECT item FROM counted SEMI JOIN (SELECT mention FROM mentions m WHERE {test}) USING (mention))"
_IN_DAYS = "item IN (SELECT item FROM counted GROUP BY item HAVING {test})"
#: What the days of an item's mentions must be for it to have been there on one from ``$since`` to ``$until``.
_BEGUN = "min(first_day) <= $until"
_OVER_LATE = "max(last_day) >= $since"
_NOT_OVER = {
    # A measure has ended before if nothing has it end later, nor begin or stand behind its last end.
    "measure": f"""coalesce({_OVER_LATE}, true) OR max(first_day) > max(last_day)
        OR max(published) FILTER (first_day IS NOT NULL) > max(last_day)""",
    "talks": _OVER_LATE,
    "claim": _OVER_LATE,
}
_OF_ITEMS = """
SELECT c.item, c.mention, c.reading, c.published FROM ({counted}) c SEMI JOIN asked ON id = c.item
"""
#: Wide tables are searched on the days of publication alone, and read by the places found.
_PLACES = """
SELECT f.item, m.mention, m.rowid AS place FROM asked_mentions f
JOIN (SELECT rowid, mention, reading FROM mentions WHERE {days}) m ON m.mention = f.mention AND m.reading = f.reading
"""
_MEMBERS = """
SELECT m.mention, m.reading, m.article, m.published, m.evidence_start, m.evidence_end, m.event, m.content
FROM mentions m WHERE m.rowid IN (SELECT place FROM places)
ORDER BY m.published, m.article, m.evidence_start, m.evidence_end, m.mention
"""
_ARTICLES = """
SELECT a.reading, a.outlet, a.agency, coalesce(copies.original, a.duplicate_of)
FROM (SELECT reading, article, outlet, agency, duplicate_of FROM articles WHERE {days}) a
SEMI JOIN asked ON id = a.reading LEFT JOIN copies ON copies.article = a.article
"""
#: What persons said last of each mention: whether it is right (``of`` "truth"), and of what kind it is ("kind").
_SAID = """
SELECT target, CASE verdict WHEN 'retype' THEN 'kind' ELSE 'truth' END AS of,
    CASE verdict WHEN 'retype' THEN value ELSE verdict END FROM _said
WHERE level = 'mention' AND verdict IN ('accept', 'reject', 'retype')
QUALIFY row_number() OVER (PARTITION BY target, of ORDER BY made DESC, place DESC) = 1
"""


@dataclass(frozen=True, slots=True)
class Item:
    """What some mentions tell of.

    Attributes:
        root: id of the mention that names it.
        tellings: the mentions, in their order.
        readings: of each of them, the reading.
        reports: the same, as ``shapes.REPORT`` has them.
        kind: the kind that a person has given it, or None.
        judgement: ``accept`` or ``reject`` where a person has judged it, or None.
    """

    root: str
    tellings: list[Telling[Any]]
    readings: list[str]
    reports: list[dict[str, Any]]
    kind: str | None
    judgement: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What persons said: of mentions, their truth and kind; and how the rows that count are selected by it."""

    said: Mapping[tuple[str, str], str]
    counted: str


@contextmanager
def judged(con: duckdb.DuckDBPyConnection, query: Query) -> Iterator[Judged]:
    """What persons said up to ``query.judged_by``; within this, mentions belong to items as they judged until then."""
    moved = items_judged_by(con, query.judged_by)
    said_by(con, query.judged_by)
    rows = con.execute(_SAID).fetchall()
    said = {(target, of): value for target, of, value in rows}
    if not moved:
        yield Judged(said, COUNTED.format(item="l.item", moved=""))
        return
    text = pa.string()
    table = pa.table({"mention": pa.array(moved.keys(), text), "item": pa.array(moved.values(), text)})
    with handed(con, "moved_items", table):
        join = "LEFT JOIN moved_items o ON o.mention = l.mention"
        yield Judged(said, COUNTED.format(item="coalesce(o.item, l.item)", moved=join))


def chosen(con: duckdb.DuckDBPyConnection, what: str, query: Query, words: Judged) -> list[str]:
    """The roots of the items that may be asked for, in the view's order, as far as rows tell without folding."""
    tests = ["true"]
    values: dict[str, Any] = {"what": what, "known_by": query.known_by}
    partners = query.partners if what != "claim" else ()  # of a claim they are those whom it answers
    for name, keys in (("actors", query.actors), ("partners", partners), ("country", (query.country or "",))):
        if any(keys):
            tests.append(_TOLD.format(test=f"m.what = $what AND list_has_any(m.keys, ${name})"))
            values[name] = list(keys)
    if query.types and what == "measure" and not any(of == "kind" for _, of in words.said):
        tests.append(_TOLD.format(test="m.what = $what AND list_contains($kinds, m.kind)"))
        values["kinds"] = list(query.types)
    for name, day, test in (("until", query.until, _BEGUN), ("since", query.since, _NOT_OVER[what])):
        if day is not None:
            tests.append(_IN_DAYS.format(test=test))
            values[name] = day
    if what == "measure" and query.statuses and not {"ended", "threatened"} & set(query.statuses):
        tests.append(_IN_DAYS.format(test=_NOT_OVER[what].replace("$since", "$as_of")))
        values["as_of"] = query.as_of
    if query.ids is not None:
        tests.append("item IN (SELECT item FROM counted WHERE mention IN (SELECT unnest($ids::TEXT[])))")
        values["ids"] = [id.removeprefix(PREFIX[what]) for id in query.ids]
    if query.after is not None:
        tests.append("(first, item) > (SELECT (first, item) FROM first_told WHERE item = $after)")
        values["after"] = query.after.removeprefix(PREFIX[what])
    asked = _CHOSEN.format(counted=words.counted, tests=" AND ".join(f"({test})" for test in tests))
    return [item for (item,) in con.execute(asked, values).fetchall()]


def items(con: duckdb.DuckDBPyConnection, what: str, query: Query, roots: Sequence[str], words: Judged) -> list[Item]:
    """These items with the mentions that count, in the order asked for; without those that were judged wrong."""
    with handed(con, "asked", ids("id", roots)):
        values = {"what": what, "known_by": query.known_by}
        found = con.sql(_OF_ITEMS.format(counted=words.counted), params=values).to_arrow_table()
    days = on_days("published", found["published"].unique().to_pylist())
    with handed(con, "asked_mentions", found):
        places = con.execute(_PLACES.format(days=days)).fetchall()
    of = {
        mention: (root, place)
        for root, mention, place in places
        if query.rejected or words.said.get((mention, "truth")) != "reject"
    }
    with handed(con, "places", pa.table({"place": pa.array([place for _, place in of.values()], pa.int64())})):
        rows = con.execute(_MEMBERS).fetchall()
    with handed(con, "asked", ids("id", sorted({row[1] for row in rows}))):
        articles = {reading: tuple(rest) for reading, *rest in con.execute(_ARTICLES.format(days=days)).fetchall()}
    members: dict[str, list[Any]] = {}
    for mention, reading, *rest in rows:
        members.setdefault(of[mention][0], []).append((mention, reading, *rest, *articles[reading]))
    return [_item(root, what, members[root], words.said) for root in roots if root in members]


def _item(root: str, what: str, rows: Sequence[Any], said: Mapping[tuple[str, str], str]) -> Item:
    tellings, reports = [], []
    for id, _, article, published, start, end, event, content, outlet, agency, duplicate in rows:
        telling: Telling[Any] = Telling(id, article, published, (start, end), event, decoded(what, content))
        tellings.append(telling)
        reports.append(
            {
                "article": article,
                "event": event,
                "attributed_to": list(telling.said.attributed_to),
                "evidence": [start, end],
                "published": published,
                "outlet": outlet,
                "agency": agency,
                "status": getattr(telling.said, "status", None),
                "duplicate_of": duplicate,
                "mention": id,
            }
        )
    kind, truth = (
        next((said[telling.id, of] for telling in tellings if (telling.id, of) in said), None)
        for of in ("kind", "truth")
    )
    return Item(root, tellings, [row[1] for row in rows], reports, kind, truth)
