"""Measures, series of talks and claims as groups of mentions: which a query may mean, and what belongs to each.

Items stand in the order of (first published, id), where the first mention is the one that gives the id: later reports
move none. All functions need ``moved_items`` to be there (``judged``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.record.handing import handed, ids
from rapporteur.record.mention_links import items_judged_by
from rapporteur.record.query import Query
from rapporteur.record.tellings import Telling, decoded

PREFIX = {"measure": "m-", "talks": "t-", "claim": "c-"}
#: Mentions that count, with the items that they belong to; takes ``$what`` and ``$known_by``.
COUNTED = """
SELECT l.mention, l.published, coalesce(o.item, l.item) AS item FROM mention_links l
LEFT JOIN moved_items o ON o.mention = l.mention
WHERE l.what = $what AND ($known_by IS NULL OR l.published <= $known_by)
"""
_CHOSEN = f"""
WITH counted AS ({COUNTED}),
first_told AS (SELECT item, min(published) AS first FROM counted GROUP BY item)
SELECT item FROM first_told WHERE {{tests}} ORDER BY first, item
"""
_TELLS = "item IN (SELECT item FROM counted JOIN mentions m USING (mention) WHERE {test})"
_MEMBERS = f"""
WITH counted AS ({COUNTED})
SELECT c.item, m.mention, m.article, m.published, m.evidence_start, m.evidence_end, m.event, m.content,
    a.outlet, a.agency, coalesce(copies.original, a.duplicate_of) AS duplicate_of
FROM counted c SEMI JOIN asked ON id = c.item
JOIN mentions m ON m.mention = c.mention SEMI JOIN current ON current.reading = m.reading
JOIN articles a ON a.reading = m.reading LEFT JOIN copies ON copies.article = m.article
ORDER BY c.item, m.published, m.article, m.evidence_start, m.evidence_end, m.mention
"""
#: What persons said last of each mention: whether it is right (``of`` "truth"), and of what kind it is ("kind").
_SAID = """
SELECT target, CASE verdict WHEN 'retype' THEN 'kind' ELSE 'truth' END AS of,
    CASE verdict WHEN 'retype' THEN value ELSE verdict END FROM judgements
WHERE level = 'mention' AND verdict IN ('accept', 'reject', 'retype')
    AND ($judged_by IS NULL OR made::DATE <= $judged_by)
QUALIFY row_number() OVER (PARTITION BY target, of ORDER BY made DESC, judgement DESC) = 1
"""
Said = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Item:
    """What some mentions tell of.

    Attributes:
        root: id of the mention that names it.
        tellings: the mentions, in their order.
        reports: the same, as ``shapes.REPORT`` has them.
        kind: the kind that a person has given it, or None.
        judgement: ``accept`` or ``reject`` where a person has judged it, or None.
    """

    root: str
    tellings: list[Telling[Any]]
    reports: list[dict[str, Any]]
    kind: str | None
    judgement: str | None


@contextmanager
def judged(con: duckdb.DuckDBPyConnection, query: Query) -> Iterator[Said]:
    """What persons said up to ``query.judged_by``; within this, mentions belong to items as they judged until then."""
    moved = items_judged_by(con, query.judged_by)
    text = pa.string()
    table = pa.table({"mention": pa.array(moved.keys(), text), "item": pa.array(moved.values(), text)})
    with handed(con, "moved_items", table):
        rows = con.execute(_SAID, {"judged_by": query.judged_by}).fetchall()
        yield {(target, of): value for target, of, value in rows}


def chosen(con: duckdb.DuckDBPyConnection, what: str, query: Query, said: Said) -> list[str]:
    """The roots of the items that may be asked for, in the view's order, as far as rows tell without folding."""
    tests = ["true"]
    values: dict[str, Any] = {"what": what, "known_by": query.known_by}
    partners = query.partners if what != "claim" else ()  # of a claim they are those whom it answers
    for name, keys in (("actors", query.actors), ("partners", partners), ("country", (query.country or "",))):
        if any(keys):
            tests.append(_TELLS.format(test=f"list_has_any(m.keys, ${name})"))
            values[name] = list(keys)
    if query.types and what == "measure" and not any(of == "kind" for _, of in said):
        tests.append(_TELLS.format(test="list_contains($kinds, m.kind)"))
        values["kinds"] = list(query.types)
    if query.after is not None:
        tests.append("(first, item) > (SELECT (first, item) FROM first_told WHERE item = $after)")
        values["after"] = query.after.removeprefix(PREFIX[what])
    return [item for (item,) in con.execute(_CHOSEN.format(tests=" AND ".join(tests)), values).fetchall()]


def items(con: duckdb.DuckDBPyConnection, what: str, query: Query, roots: Sequence[str], said: Said) -> list[Item]:
    """These items with the mentions that count, in the order asked for; without those that were judged wrong."""
    with handed(con, "asked", ids("id", roots)):
        rows = con.execute(_MEMBERS, {"what": what, "known_by": query.known_by}).fetchall()
    members: dict[str, list[Any]] = {}
    for root, mention, *rest in rows:
        if query.rejected or said.get((mention, "truth")) != "reject":
            members.setdefault(root, []).append((mention, *rest))
    return [_item(root, what, members[root], said) for root in roots if root in members]


def _item(root: str, what: str, rows: Sequence[Any], said: Said) -> Item:
    tellings, reports = [], []
    for id, article, published, start, end, event, content, outlet, agency, duplicate in rows:
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
    return Item(root, tellings, reports, kind, truth)
