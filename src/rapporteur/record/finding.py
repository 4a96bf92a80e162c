"""What an id of the ledger stands for: an article, a report, a mention, or an event, measure, talks series or claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from rapporteur.errors import AskError
from rapporteur.record.days import on_days
from rapporteur.record.handing import handed, ids

PREFIXES = {"e": "event", "m": "measure", "t": "talks", "c": "claim"}  # of what is made of reports and mentions
_ALL = (
    "SELECT report AS id FROM report_links UNION ALL SELECT mention FROM mention_links "
    "UNION ALL SELECT article FROM current"
)
_NAMED = {
    "e": "SELECT event AS id FROM report_links",
    **{key: f"SELECT item AS id FROM mention_links WHERE what = '{PREFIXES[key]}'" for key in "mtc"},
}  # by the first letter of what is asked for
_FARTHEST = 4  # changed letters in an id that may have been meant
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What stands behind an id.

    Attributes:
        what: ``article``, ``event``, ``report``, ``measure``, ``talks``, ``claim``, or ``mention`` where the id is
            that of one mention of the latter three.
        level: ``article``, ``report`` or ``mention``: of which kind ``rows`` are.
        rows: the article's id, or those of the reports or mentions, the earlier first.
        days: on which they were published: whoever reads their rows passes over those of other days.
    """

    what: str
    level: str
    rows: tuple[str, ...]
    days: tuple[date, ...] = ()


def find(con: duckdb.DuckDBPyConnection, id: str) -> Found:
    """What ``id`` stands for in the current readings.

    An id made from a report that another has since come before still finds the event that this report is of.

    Raises:
        AskError: nothing has this id; names the nearest ones.
    """
    prefix, dash, row = id.partition("-")
    if dash and prefix in PREFIXES and row:
        what = PREFIXES[prefix]
        rows, days = _members(con, row, "report") if what == "event" else _members(con, row, "mention", what)
        if rows:
            return Found(what, "report" if what == "event" else "mention", rows, days)
    for what, level, query in (
        ("report", "report", "SELECT DISTINCT published FROM report_links WHERE report = ?"),
        ("mention", "mention", "SELECT DISTINCT published FROM mention_links WHERE mention = ?"),
        ("article", "article", "SELECT DISTINCT published FROM current WHERE article = ?"),
    ):
        published = con.execute(query, [id]).fetchall()
        if published:
            return Found(what, level, (id,), tuple(day for (day,) in published))
    near = nearest(con, id)
    hint = f"; near to it: {', '.join(near)}" if near else "; the views show the ids"
    raise AskError("id", f"nothing in the ledger has the id '{id}'{hint}")


def _members(
    con: duckdb.DuckDBPyConnection, row: str, level: str, what: str | None = None
) -> tuple[tuple[str, ...], tuple[date, ...]]:
    """The reports or mentions that are linked with this one, in order, and the days on which they were published."""
    root = "event" if level == "report" else "item"
    test, values = ("AND what = ?", [what]) if what else ("", [])
    found = con.execute(
        f"SELECT {level}, published FROM {level}_links "
        f"WHERE {root} = (SELECT {root} FROM {level}_links WHERE {level} = ? {test})",
        [row, *values],
    ).fetchall()
    days = tuple(sorted({day for _, day in found}))
    return tuple(in_order(con, level, [member for member, _ in found], days)), days


def in_order(
    con: duckdb.DuckDBPyConnection, level: str, rows: Sequence[str], days: Sequence[date] | None = None
) -> list[str]:
    """These reports or mentions of current readings, the earlier first: as links know earlier and later.

    ``days``: those on which they were published, where they are known; it is quicker then.
    """
    only = "true" if days is None else on_days("t.published", days)
    where = "" if level == "report" else "t.evidence_start, t.evidence_end, "
    with handed(con, "ordered_rows", ids(level, rows)):
        found = con.execute(
            f"SELECT {level} FROM {level}s AS t SEMI JOIN ordered_rows USING ({level}) "
            f"JOIN current AS c USING (reading) WHERE {only} ORDER BY c.published, c.article, {where}{level}"
        ).fetchall()
    return [row[0] for row in found]


def nearest(con: duckdb.DuckDBPyConnection, id: str) -> list[str]:
    """Ids that differ from this one by few letters, nearest first; such as begin like it (``e-``), where it does."""
    prefix = id[:2] if id[1:2] == "-" and id[:1] in PREFIXES else ""
    rows = con.execute(
        f"SELECT DISTINCT id, levenshtein(id, $1) AS far FROM ({_NAMED.get(prefix[:1], _ALL)}) WHERE far <= $2 "
        "ORDER BY far, id LIMIT $3",
        [id[len(prefix) :], _FARTHEST, _SHOWN],
    ).fetchall()
    return [prefix + row[0] for row in rows]
