"""A queue of reports for people to judge, and what they judged as gold.

A report is one mention of an event, in one sentence. What a person judged right, wrong, of another type or with
other parties leaves the queue: ``judged`` shows it again. Only the latest judgement of each kind counts.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from rapporteur.errors import AskError
from rapporteur.knowledge.ontology import Ontology
from rapporteur.record.asking import row_of
from rapporteur.record.recoded_reports import recode
from rapporteur.record.said import said_by

Order = Literal["unsure", "newest"]
ORDERS: tuple[Order, ...] = ("unsure", "newest")
#: How each order sorts, how it sorts backwards, by which column, and how what stands behind a report compares to it.
_SORTED = {
    "unsure": ("r.confidence, r.report", "r.confidence DESC, r.report DESC", "confidence", ">"),
    "newest": ("r.published DESC, r.report DESC", "r.published, r.report", "published", "<"),
}
_FLIPPED = {"<": ">", ">": "<"}
_JUDGED = """
judged AS (
    SELECT target, arg_max(verdict, {'made': made, 'place': place})
            FILTER (WHERE verdict IN ('accept', 'reject')) AS verdict,
        arg_max(value, {'made': made, 'place': place}) FILTER (WHERE verdict = 'retype') AS type
    FROM _said WHERE verdict IN ('accept', 'reject', 'retype', 'recode') GROUP BY target
)"""
#: Copies of other articles say nothing new.
_QUEUE = """
WITH {judged},
page AS (
    SELECT r.report, r.reading, r.published FROM reports r SEMI JOIN current n ON n.reading = r.reading
    ANTI JOIN (SELECT article FROM copies WHERE original IS NOT NULL) c ON c.article = r.article
    WHERE {test} AND {seen} (SELECT 1 FROM judged j WHERE j.target = r.report)
    ORDER BY {order} LIMIT $limit
)
SELECT {columns}
FROM page p JOIN reports r ON r.report = p.report AND r.reading = p.reading AND r.published = p.published
JOIN articles a ON a.reading = p.reading LEFT JOIN judged j ON j.target = r.report
LEFT JOIN _recoded k ON k.report = r.report
ORDER BY {order}
"""
_COLUMNS = """r.report, 'e-' || r.report AS event, r.article, a.headline, r.published, a.outlet, r.type AS told_type,
coalesce(j.type, r.type) AS type, j.verdict, j.type IS NOT NULL AS retyped, r.mode, r.status, r.confidence,
CASE WHEN k.report IS NULL THEN r.actors ELSE k.actors END AS actors,
CASE WHEN k.report IS NULL THEN r.recipients ELSE k.recipients END AS recipients, k.report IS NOT NULL AS recoded,
r.attributed_to, r.rules, r.date_value, r.place.name AS place, r.sentence_start, r.sentence_end,
r.trigger_start, r.trigger_end,
substring(a.body, r.sentence_start + 1, r.sentence_end - r.sentence_start) AS sentence"""
_ONE = """
WITH {judged}
SELECT {columns}
FROM reports r SEMI JOIN current n ON n.reading = r.reading JOIN articles a ON a.reading = r.reading
LEFT JOIN judged j ON j.target = r.report LEFT JOIN _recoded k ON k.report = r.report WHERE r.report = $report
"""
#: Sentences of which each report was judged, with those that are right. Whoever judged one and left another open has
#: not said what the sentence holds.
_GOLD = """
WITH {judged},
known AS (
    SELECT r.* REPLACE (
            CASE WHEN o.report IS NULL THEN r.actors ELSE o.actors END AS actors,
            CASE WHEN o.report IS NULL THEN r.recipients ELSE o.recipients END AS recipients),
        j.target IS NOT NULL AS seen, j.verdict AS said, coalesce(j.type, r.type) AS right_type,
        j.type IS NOT NULL AS retyped
    FROM reports r SEMI JOIN current n ON n.reading = r.reading LEFT JOIN judged j ON j.target = r.report
    LEFT JOIN _recoded o ON o.report = r.report
    WHERE (r.reading, r.sentence) IN (
        SELECT (reading, sentence) FROM reports SEMI JOIN judged ON judged.target = reports.report)
),
whole AS (SELECT reading, sentence FROM known GROUP BY ALL HAVING bool_and(seen))
SELECT k.article, k.sentence, k.sentence_start, k.published, a.date_value AS dated, a.outlet, k.right_type, k.retyped,
    k.said, k.mode, k.status, k.trigger_start, k.trigger_end, k.actors, k.recipients, k.attributed_to,
    substring(a.body, k.sentence_start + 1, k.sentence_end - k.sentence_start) AS text
FROM known k SEMI JOIN whole w ON w.reading = k.reading AND w.sentence = k.sentence
JOIN articles a ON a.reading = k.reading
ORDER BY k.article, k.sentence, k.trigger_start, k.report
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue.

    Attributes:
        order: which come first.
        after, before: the report behind which it goes on, or before which it ends; one of them at most.
        limit: how many reports; before a report, those that are nearest to it.
        judged: those that were judged, not those to be judged.
        type: an event type; only reports that were read as one.
    """

    order: Order = "unsure"
    after: str | None = None
    limit: int = 20
    judged: bool = False
    before: str | None = None
    type: str | None = None


FIRST = Asked()


def queue(con: duckdb.DuckDBPyConnection, asked: Asked) -> list[dict[str, Any]]:
    """Reports to judge, with their sentences.

    Returns:
        Rows with the report's id (``report``), its article, ``sentence`` and its span of the body, the trigger's span,
        the parties as judged (``recoded``: whether a person said who they are), ``type`` as judged and ``told_type``
        as read, ``verdict`` (``accept``, ``reject`` or None).

    Raises:
        AskError: ``after`` or ``before`` is no id of a report; both are given; there is no such type.
    """
    forwards, backwards, column, behind = _SORTED[asked.order]
    values: dict[str, Any] = {"limit": asked.limit}
    tests = ["true"]
    if asked.after is not None and asked.before is not None:
        raise AskError("before", "goes with no `after`; say behind which report the queue is to go on, or before which")
    if asked.type is not None:
        _check_type(asked.type)
        tests.append("r.type = $type")
        values["type"] = asked.type
    at = asked.after if asked.before is None else asked.before
    if at is not None:
        name = "after" if asked.before is None else "before"
        sign = behind if asked.before is None else _FLIPPED[behind]
        tests.append(f"(r.{column}, r.report) {sign} ($at, $id)")
        values |= {"at": _place(con, column, at, name), "id": at}
    sql = _QUEUE.format(
        judged=_JUDGED,
        test=" AND ".join(tests),
        seen="EXISTS" if asked.judged else "NOT EXISTS",
        order=forwards if asked.before is None else backwards,
        columns=_COLUMNS,
    )
    rows = _rows(con, sql, values)
    return rows if asked.before is None else rows[::-1]


def _place(con: duckdb.DuckDBPyConnection, column: str, report: str, name: str) -> Any:
    """By what a report is sorted."""
    row = row_of(con, f"SELECT {column} FROM reports SEMI JOIN current USING (reading) WHERE report = ?", [report])
    if row is None:
        raise AskError(name, f"'{report}' is no id of a report; take that of one that was shown")
    return row[0]


def _check_type(type: str) -> None:
    valid = Ontology.load().types
    if type not in valid:
        near = difflib.get_close_matches(type.upper(), valid, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise AskError("type", f"'{type}' is no event type; valid: {', '.join(valid)}{meant}")


def one(con: duckdb.DuckDBPyConnection, report: str) -> dict[str, Any]:
    """A report as the queue has it, judged or not.

    Raises:
        AskError: there is none of this id.
    """
    found = _rows(con, _ONE.format(judged=_JUDGED, columns=_COLUMNS), {"report": report})
    if not found:
        raise AskError("id", f"'{report}' is no id of a report; the queue shows them")
    return found[0]


def gold(con: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """The sentences whose reports were all judged, as documents of ``evaluation.gold`` (kind ``events``).

    A document is one sentence: ``text``, and the events that were judged right, of the types and with the parties that
    they were judged to have. The mode of one that was retyped is left out: nobody said it.
    """
    held: list[dict[str, Any]] = []
    for row in _rows(con, _GOLD.format(judged=_JUDGED), {}):
        if held and (held[0]["article"], held[0]["sentence"]) != (row["article"], row["sentence"]):
            yield _document(held)
            held = []
        held.append(row)
    if held:
        yield _document(held)


def _document(rows: list[dict[str, Any]]) -> dict[str, Any]:
    first = rows[0]
    return {
        "id": f"{first['article']}/{first['sentence']}",
        "date": first["dated"],
        "source": first["outlet"],
        "text": first["text"],
        "sentences": [[0, len(first["text"])]],
        "events": [_event(row) for row in rows if row["said"] != "reject"],
    }


def _event(row: dict[str, Any]) -> dict[str, Any]:
    start = row["sentence_start"]
    return {
        "sentence": 0,
        "type": row["right_type"],
        "mode": None if row["retyped"] else row["mode"],
        "trigger": [row["trigger_start"] - start, row["trigger_end"] - start],
        "actors": [{"text": p["text"], "code": p["code"]} for p in row["actors"] or ()],
        "recipients": [{"text": p["text"], "code": p["code"]} for p in row["recipients"] or ()],
        "status": row["status"],
        "according_to": (row["attributed_to"] or [None])[-1],
    }


def _rows(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    said_by(con, None)
    recode(con)
    found: list[dict[str, Any]] = con.sql(sql, params=values).to_arrow_table().to_pylist()
    return found
