"""What an id of the ledger stands for: an article, a report, a mention, or an event, measure, talks series or claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from rapporteur.errors import AskError
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
    """

    what: str
    level: str
    rows: tuple[str, ...]


def find(con: duckdb.DuckDBPyConnection, id: str) -> Found:
    """What ``id`` stands for in the current readings.

    An id made from a report that another has since come before still finds the event that this report is of.

    Raises:
        AskError: nothing has this id; names the nearest ones.
    """
    prefix, dash, row = id.partition("-")
    if dash and prefix in PREFIXES and row:
        what = PREFIXES[prefix]
        rows = _members(con, row, "report") if what == "event" else _members(con, row, "mention", what)
        if rows:
            return Found(what, "report" if what == "event" else "mention", rows)
    for what, level, query in (
        ("report", "report", "SELECT report FROM reports SEMI JOIN current USING (reading) WHERE report = ?"),
        ("mention", "mention", "SELECT mention FROM mentions SEMI JOIN current USING (reading) WHERE mention = ?"),
        ("article", "article", "SELECT article FROM current WHERE article = ?"),
    ):
        if con.execute(query, [id]).fetchall():
            return Found(what, level, (id,))
    near = nearest(con, id)
    hint = f"; near to it: {', '.join(near)}" if near else "; the views show the ids"
    raise AskError("id", f"nothing in the ledger has the id '{id}'{hint}")


def _members(con: duckdb.DuckDBPyConnection, row: str, level: str, what: str | None = None) -> tuple[str, ...]:
    """The reports or mentions that are linked with this one, in order."""
    root = "event" if level == "report" else "item"
    test, values = ("AND what = ?", [what]) if what else ("", [])
    found = con.execute(
        f"SELECT {level} FROM {level}_links WHERE {root} = (SELECT {root} FROM {level}_links WHERE {level} = ? {test})",
        [row, *values],
    ).fetchall()
    return tuple(in_order(con, level, [member[0] for member in found]))


def in_order(con: duckdb.DuckDBPyConnection, level: str, rows: Sequence[str]) -> list[str]:
    """These reports or mentions of current readings, the earlier first: as links know earlier and later."""
    where = "" if level == "report" else "t.evidence_start, t.evidence_end, "
    with handed(con, "ordered_rows", ids(level, rows)):
        found = con.execute(
            f"SELECT {level} FROM {level}s AS t SEMI JOIN ordered_rows USING ({level}) "
            f"JOIN current AS c USING (reading) ORDER BY c.published, c.article, {where}{level}"
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
