"""What stands behind a row of a view: reports, their words, whose word it is, rules, links, judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from rapporteur.record import shapes
from rapporteur.record.days import on_days
from rapporteur.record.finding import Found, find
from rapporteur.record.recoded_reports import judged_sides
from rapporteur.record.recoding import SIDES
from rapporteur.record.said import undone

_JUDGEMENT = ("judgement", "made", "who", "why", "verdict", "value")
_TEXTS = pa.list_(pa.string())
#: One row a report or mention behind the id; of an article, one of its own first.
WHY = pa.schema(
    [
        ("id", pa.string()),  # that was asked for
        ("what", pa.string()),  # event, measure, talks, claim, or article
        ("mention", pa.string()),  # the report or mention; of the article's own row its id
        ("type", pa.string()),
        ("status", pa.string()),
        ("article", pa.string()),
        ("published", pa.date32()),
        ("headline", pa.string()),
        ("outlet", pa.string()),
        ("agency", pa.string()),
        ("duplicate_of", pa.string()),
        ("evidence", pa.list_(pa.int32())),
        ("text", pa.string()),  # the body's words at ``evidence``
        ("attributions", pa.list_(pa.struct([(n, pa.string()) for n in ("source", "cue", "kind", "force")]))),
        ("rules", _TEXTS),
        ("confidence", pa.float64()),
        ("parent", pa.string()),  # the earlier row that it is joined to
        ("score", pa.float64()),
        ("because", pa.string()),
        (
            "judgements",
            pa.list_(
                pa.struct(
                    [
                        ("judgement", pa.string()),
                        ("made", pa.timestamp("us")),
                        ("who", pa.string()),
                        ("why", pa.string()),
                        ("verdict", pa.string()),
                        ("value", pa.string()),
                        ("undone_by", pa.string()),  # the judgement by which it counts no longer
                    ]
                )
            ),
        ),
        ("actors", shapes.PARTIES),  # of a report, as judged; in the order in which a recode counts them
        ("recipients", shapes.PARTIES),
    ]
)

_REPORTS = """
SELECT t.report AS mention, 'event' AS what, t.type, t.status, t.reading, t.sentence_start AS start_at,
    t.sentence_end AS end_at, t.attribution_index AS credited, t.rules, t.confidence, NULL AS content,
    l.parent, l.score, l.because, t.actors, t.recipients
FROM reports AS t JOIN current AS c USING (reading)
LEFT JOIN (FROM report_links WHERE {days}) AS l ON l.report = t.report AND l.reading = t.reading
WHERE {where} AND {t_days} AND {c_days}
ORDER BY c.published, c.article, t.sentence_start, t.report
"""
_MENTIONS = """
SELECT t.mention, t.what, t.kind AS type, NULL AS status, t.reading, t.evidence_start AS start_at,
    t.evidence_end AS end_at, NULL AS credited, NULL AS rules, NULL AS confidence, t.content,
    l.parent, l.score, l.because, [] AS actors, [] AS recipients
FROM mentions AS t JOIN current AS c USING (reading)
LEFT JOIN (FROM mention_links WHERE {days}) AS l ON l.mention = t.mention AND l.reading = t.reading
WHERE {where} AND {t_days} AND {c_days}
ORDER BY c.published, c.article, t.evidence_start, t.mention
"""
_ARTICLES = """
SELECT a.reading, a.article, c.published, a.headline, a.outlet, a.agency,
    coalesce(copies.original, a.duplicate_of) AS duplicate_of, a.body, a.attributions, copies.likeness
FROM articles AS a JOIN current AS c USING (reading) LEFT JOIN copies ON copies.article = a.article
WHERE list_contains(?, a.reading) AND {a_days} AND {c_days}
"""
_JUDGEMENTS = """
SELECT target, judgement, made, who, why, verdict, value FROM judgements WHERE list_contains(?, target)
ORDER BY made, rowid
"""


def why(con: duckdb.DuckDBPyConnection, id: str) -> pa.Table:
    """The rows of ``WHY`` behind ``id``: of an event, measure, series of talks, claim, report, mention or article.

    Raises:
        AskError: nothing has this id.
    """
    found = find(con, id)
    rows = _rows(con, found)
    readings = sorted({row["reading"] for row in rows}) or _current(con, found)
    articles = {row["reading"]: row for row in _dicts(con, _on(_ARTICLES, found), [readings])}
    judged = defaultdict(list)
    dead = undone(con)
    for target, *judgement in con.execute(_JUDGEMENTS, [[row["mention"] for row in rows]]).fetchall():
        judged[target].append(dict(zip(_JUDGEMENT, judgement, strict=True)) | {"undone_by": dead.get(judgement[0])})
    told = [
        _told(id, row, articles[row["reading"]], judged[row["mention"]]) | sides
        for row, sides in zip(rows, _sides(con, rows, judged), strict=True)
    ]
    if found.level == "article":
        told = [_of_article(id, articles[readings[0]]), *told]
    return pa.Table.from_pylist(told, schema=WHY)


def _sides(
    con: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, Any]], judged: dict[str, list[dict[str, Any]]]
) -> list[dict[str, list[dict[str, Any]]]]:
    """Of each row the parties of both sides, as judged."""
    recoded = [id for id, said in judged.items() if any(one["verdict"] == "recode" for one in said)]
    parties = judged_sides(con, recoded) if recoded else {}
    return [
        {side: [one.party for one in parties[row["mention"]][side]] for side in SIDES}
        if row["mention"] in parties
        else {side: row[side] or [] for side in SIDES}
        for row in rows
    ]


def _on(query: str, found: Found, **parts: str) -> str:
    """The query for what was published on the days of ``found`` alone: the wide rows of others are not read."""
    tests = {f"{table}_days": on_days(f"{table}.published", found.days) for table in "act"}
    return query.format(days=on_days("published", found.days), **tests, **parts)


def _rows(con: duckdb.DuckDBPyConnection, found: Found) -> list[dict[str, Any]]:
    if found.level == "article":
        asked = [found.rows[0]]
        return [
            *_dicts(con, _on(_REPORTS, found, where="t.article = ?"), asked),
            *_dicts(con, _on(_MENTIONS, found, where="t.article = ?"), asked),
        ]
    query = _REPORTS if found.level == "report" else _MENTIONS
    return _dicts(con, _on(query, found, where=f"list_contains(?, t.{found.level})"), [list(found.rows)])


def _current(con: duckdb.DuckDBPyConnection, found: Found) -> list[str]:
    return [row[0] for row in con.execute("SELECT reading FROM current WHERE article = ?", [found.rows[0]]).fetchall()]


def _told(id: str, row: dict[str, Any], article: dict[str, Any], judgements: list[dict[str, Any]]) -> dict[str, Any]:
    content = msgspec.json.decode(row["content"]) if row["content"] else {}
    credited = row["credited"] if row["credited"] is not None else content.get("attribution_index", [])
    return {
        **{name: row[name] for name in ("what", "mention", "type", "confidence", "parent", "score", "because")},
        **{name: article[name] for name in ("article", "published", "headline", "outlet", "agency", "duplicate_of")},
        "id": id,
        "status": row["status"] or content.get("status") or content.get("answer"),
        "evidence": [row["start_at"], row["end_at"]],
        "text": article["body"][row["start_at"] : row["end_at"]],
        "attributions": _chain(article, credited),
        "rules": row["rules"] if row["rules"] is not None else content.get("rules", []),
        "judgements": judgements,
    }


def _of_article(id: str, article: dict[str, Any]) -> dict[str, Any]:
    copied = article["likeness"] is not None
    return {
        **{name: article[name] for name in ("article", "published", "headline", "outlet", "agency", "duplicate_of")},
        "id": id,
        "what": "article",
        "mention": article["article"],
        "attributions": [],
        "rules": [],
        "parent": article["duplicate_of"] if copied else None,
        "score": article["likeness"],
        "because": "repeats it nearly word by word" if copied else None,
        "judgements": [],
        **{side: [] for side in SIDES},
    }


def _chain(article: dict[str, Any], indices: Sequence[int]) -> list[dict[str, str]]:
    """The attributions of these numbers, outermost first, in the body's words."""
    known = msgspec.json.decode(article["attributions"])
    body = article["body"]
    return [
        {
            "source": " ".join(body[s:e] for s, e in known[i]["source"]),
            "cue": " ".join(body[s:e] for s, e in known[i]["cue"]),
            "kind": known[i]["kind"],
            "force": known[i]["force"],
        }
        for i in indices
        if 0 <= i < len(known)
    ]


def _dicts(con: duckdb.DuckDBPyConnection, query: str, values: Sequence[object]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.sql(query, params=list(values)).to_arrow_table().to_pylist()
    return rows
