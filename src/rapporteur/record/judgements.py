"""A person's word on what the ledger holds: rows that are added, and that later ones may overrule.

A judgement is bound to reports and mentions, whose ids are made from what they say: it survives that an article is read
again, and that other reports join an event or leave it. One on an event or a measure is bound to all its reports or
mentions of that moment. The latest of those that count does; which count is told by ``said``.

    accept, reject   it is right; it is wrong, and left out of views and panels
    retype           it is of another type (events) or kind (measures): ``value``
    recode           other parties (events): ``value``, as ``recoding`` says
    merge            it and ``value`` are one: the later row becomes a child of the earlier one
    split            it stands by itself: it has no parent
    undo             an earlier judgement counts no longer; on a row, ``value``, else the latest one
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from rapporteur.errors import AskError
from rapporteur.knowledge.ontology import Ontology
from rapporteur.knowledge.standing import KINDS
from rapporteur.record import mention_links, recoding, report_links, undoing
from rapporteur.record.actor_names import known_key
from rapporteur.record.finding import Found, find, in_order
from rapporteur.record.handing import handed, ids
from rapporteur.record.recoded_reports import judged_sides, own_party
from rapporteur.record.said import UNDO, said_by

VERDICTS = ("accept", "reject", "retype", "recode", "merge", "split", UNDO)
_NEEDED = {
    "retype": "the new type or kind",
    "recode": f"who is who: {recoding.SYNTAX}",
    "merge": "the id to merge with",
}
_WITHOUT = ("accept", "reject", "split")
_LINKING = ("merge", "split")
_REJECTED = """
SELECT target FROM _said WHERE verdict IN ('accept', 'reject') AND list_contains(?, target)
QUALIFY row_number() OVER (PARTITION BY target ORDER BY made DESC, place DESC) = 1 AND verdict = 'reject'
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says: on the row of the view with this id, what, by whom and why; an undo is on a judgement."""

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
        AskError: an unknown verdict, id, type, kind or party; a value too many or too few; nobody says it, or without
            a reason; what can't be merged, split or undone.
    """
    _check(said)
    if said.verdict == UNDO:
        undone = undoing.meant(con, said.target, said.value)
        id = _enter(con, said, now, undone.level, [(row, undone.judgement) for row in undone.rows])
        _decide_anew(con, undone.level, undone.relinked)
        return id
    found = find(con, said.target)
    if found.level == "article":
        raise AskError("id", f"'{said.target}' is an article; judge its reports: rapporteur why shows their ids")
    if said.verdict == "merge":
        bound = _merged(con, said, found)
    elif said.verdict == "split":
        bound = [(row, None) for row in _split(con, said, found)]
    elif said.verdict == "recode":
        bound = _recoded(con, str(said.value), found)
    else:
        if said.verdict == "retype":
            _check_type(con, str(said.value), found)
        bound = [(row, said.value) for row in found.rows]
    id = _enter(con, said, now, found.level, bound)
    if said.verdict in _LINKING:
        _decide_anew(con, found.level, [row for row, _ in bound])
    return id


def _enter(
    con: duckdb.DuckDBPyConnection, said: Verdict, now: datetime, level: str, bound: Sequence[tuple[str, str | None]]
) -> str:
    """Add the judgement's rows; return its id."""
    (entered,) = con.execute("SELECT count(*) FROM judgements WHERE made = ?", [now]).fetchall()[0]
    parts = (now.isoformat(), said.who, said.why, said.target, said.verdict, said.value or "")
    key = "\0".join((*parts, str(entered)) if entered else parts)  # the same may be said twice under one time
    id = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()
    con.executemany(
        "INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [[id, now, said.who, said.why, row, level, said.verdict, value] for row, value in bound],
    )
    return id


def _check(said: Verdict) -> None:
    if said.verdict not in VERDICTS:
        near = difflib.get_close_matches(said.verdict, VERDICTS, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise AskError("verdict", f"'{said.verdict}' is none; valid: {', '.join(VERDICTS)}{meant}")
    if said.verdict in _NEEDED and not said.value:
        raise AskError("value", f"{said.verdict} needs {_NEEDED[said.verdict]}")
    if said.verdict in _WITHOUT and said.value:
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


def _recoded(con: duckdb.DuckDBPyConnection, value: str, found: Found) -> list[tuple[str, str | None]]:
    """What is said of the parties of each report that is shown, of all where all were judged wrong."""
    if found.level != "report":
        raise AskError("verdict", "the parties of events alone are recoded; of measures, talks and claims they are not")
    changes = recoding.parsed(value, lambda key: known_key(key, lambda id: own_party(con, id) is not None))
    said_by(con, None)
    wrong = {row for (row,) in con.execute(_REJECTED, [list(found.rows)]).fetchall()}
    sides: Mapping[str, Mapping[str, Sequence[recoding.Judged]]]
    sides = judged_sides(con, [row for row in found.rows if row not in wrong] or found.rows)
    bound = recoding.bound(changes, sides, as_event=found.what == "event")
    return [(row, "; ".join(map(str, said))) for row, said in bound.items()]


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
    if not rows:
        return
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
