"""A person's word on what the ledger holds: rows that are added, and that later ones may overrule.

A judgement is bound to reports and mentions, whose ids are made from what they say: it survives that an article is read
again, and that other reports join an event or leave it. One on an event or a measure is bound to all its reports or
mentions of that moment. The latest counts.

    accept, reject   it is right; it is wrong, and left out of views and panels
    retype           it is of another type (events) or kind (measures): ``value``
    merge            it and ``value`` are one: the later row becomes a child of the earlier one
    split            it stands by itself: it has no parent
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from rapporteur.errors import AskError
from rapporteur.knowledge.ontology import Ontology
from rapporteur.knowledge.standing import KINDS
from rapporteur.record import mention_links, report_links
from rapporteur.record.finding import Found, find, in_order
from rapporteur.record.handing import handed, ids

VERDICTS = ("accept", "reject", "retype", "merge", "split")
_WITH_VALUE = ("retype", "merge")
_LINKING = ("merge", "split")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says: on the row of the view with this id, what, by whom and why."""

    target: str
    verdict: str
    value: str | None
    who: str
    why: str


def judge(con: duckdb.DuckDBPyConnection, said: Verdict, now: datetime) -> str:
    """Enter a judgement and what follows from it.

    Args:
        con: in a transaction.
        said: the judgement.
        now: in UTC without a zone.

    Returns:
        The judgement's id.

    Raises:
        AskError: an unknown verdict, id, type or kind; a value too many or too few; nobody says it, or without a
            reason; what can't be merged or split.
    """
    _check(said)
    found = find(con, said.target)
    if found.level == "article":
        raise AskError("id", f"'{said.target}' is an article; judge its reports: rapporteur why shows their ids")
    if said.verdict == "merge":
        bound = _merged(con, said, found)
    elif said.verdict == "split":
        bound = [(row, None) for row in _split(con, said, found)]
    else:
        if said.verdict == "retype":
            _check_type(con, str(said.value), found)
        bound = [(row, said.value) for row in found.rows]
    key = "\0".join((now.isoformat(), said.who, said.why, said.target, said.verdict, said.value or ""))
    id = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()
    con.executemany(
        "INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [[id, now, said.who, said.why, row, found.level, said.verdict, value] for row, value in bound],
    )
    if said.verdict in _LINKING:
        _decide_anew(con, found.level, [row for row, _ in bound])
    return id


def _check(said: Verdict) -> None:
    if said.verdict not in VERDICTS:
        near = difflib.get_close_matches(said.verdict, VERDICTS, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise AskError("verdict", f"'{said.verdict}' is none; valid: {', '.join(VERDICTS)}{meant}")
    if said.verdict in _WITH_VALUE and not said.value:
        needed = "the new type or kind" if said.verdict == "retype" else "the id to merge with"
        raise AskError("value", f"{said.verdict} needs {needed}")
    if said.verdict not in _WITH_VALUE and said.value:
        raise AskError("value", f"{said.verdict} takes none; leave '{said.value}' out")
    for name, text in (("who", said.who), ("why", said.why)):
        if not text.strip():
            raise AskError(name, "is empty; a judgement says who makes it and why")


def _check_type(con: duckdb.DuckDBPyConnection, value: str, found: Found) -> None:
    if found.level == "report":
        valid: Sequence[str] = list(Ontology.load().types)
        name = "event type"
    elif _what(con, found.rows[0]) == "measure":
        valid, name = KINDS, "kind of measure"
    else:
        raise AskError("verdict", "talks and claims have no type; valid: accept, reject, merge, split")
    if value not in valid:
        near = difflib.get_close_matches(value, valid, 1) or difflib.get_close_matches(value.upper(), valid, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise AskError("value", f"'{value}' is no {name}; valid: {', '.join(valid)}{meant}")


def _merged(con: duckdb.DuckDBPyConnection, said: Verdict, found: Found) -> list[tuple[str, str | None]]:
    """The later row, and the earlier one that it is to be joined to."""
    other = find(con, str(said.value))
    same = found.level == other.level and (
        found.level == "report" or _what(con, found.rows[0]) == _what(con, other.rows[0])
    )
    if not same:
        raise AskError("value", f"'{said.value}' is of another kind than '{said.target}'; only like can be merged")
    if set(found.rows) & set(other.rows):
        raise AskError("value", f"'{said.target}' and '{said.value}' are one already")
    earlier, later = in_order(con, found.level, [found.rows[0], other.rows[0]])
    return [(later, earlier)]


def _split(con: duckdb.DuckDBPyConnection, said: Verdict, found: Found) -> Sequence[str]:
    """The rows that are to have no parent: of an event or measure all but its first."""
    if found.what not in ("report", "mention"):
        if len(found.rows) == 1:
            raise AskError("id", f"'{said.target}' is one {found.level} alone; there is nothing to split")
        return found.rows[1:]
    query = f"SELECT 1 FROM {found.level}_links WHERE {found.level} = ? AND parent IS NOT NULL"
    if not con.execute(query, [found.rows[0]]).fetchall():
        raise AskError("id", f"'{said.target}' is the first of its kind; split those off that were joined to it")
    return found.rows


def _what(con: duckdb.DuckDBPyConnection, mention: str) -> str:
    return str(con.execute("SELECT DISTINCT what FROM mentions WHERE mention = ?", [mention]).fetchall()[0][0])


def _decide_anew(con: duckdb.DuckDBPyConnection, level: str, rows: Sequence[str]) -> None:
    if level == "report":
        report_links.rejudge(con, rows)
        return
    with handed(con, "judged_rows", ids("mention", rows)):
        found = con.execute(
            "SELECT DISTINCT reading FROM mentions SEMI JOIN judged_rows USING (mention) "
            "SEMI JOIN current USING (reading) ORDER BY reading"
        ).fetchall()
    readings = [reading for (reading,) in found]
    mention_links.link(con, readings, readings)
