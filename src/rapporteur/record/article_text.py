"""One article as it was read: its text, and every span that something was read from."""

from __future__ import annotations

from typing import Any

import duckdb
import msgspec

from rapporteur.errors import AskError
from rapporteur.record.finding import nearest

_ARTICLE = """
SELECT a.reading, a.article AS id, a.page, a.headline, a.body, a.date_value, a.date_basis, c.published, a.outlet,
    a.agency, a.dateline_place, coalesce(copies.original, a.duplicate_of) AS duplicate_of, a.sentences, a.attributions,
    a.url, coalesce(a.dropped, []) AS dropped
FROM current AS c JOIN articles AS a USING (reading) LEFT JOIN copies ON copies.article = c.article
WHERE c.article = ?
"""
_EVENTS = """
SELECT r.report AS id, 'e-' || l.event AS event, r.sentence_start, r.sentence_end, r.type, r.mode, r.contexts,
    r.trigger_text, r.trigger_start, r.trigger_end, r.actors, r.recipients, r.status, r.date_value, r.date_basis,
    r.place, r.magnitude, r.attribution_index, r.cameo, r.quad, r.goldstein, r.confidence, r.rules
FROM reports AS r LEFT JOIN report_links AS l ON l.report = r.report AND l.reading = r.reading
WHERE r.reading = ? ORDER BY r.sentence_start, r.confidence DESC, r.report
"""
_MENTIONS = """
SELECT m.mention AS id, m.what, left(m.what, 1) || '-' || l.item AS item, m.kind, m.evidence_start, m.evidence_end,
    m.content
FROM mentions AS m LEFT JOIN mention_links AS l ON l.mention = m.mention AND l.reading = m.reading
WHERE m.reading = ? ORDER BY m.evidence_start, m.mention
"""


def article_text(con: duckdb.DuckDBPyConnection, id: str) -> dict[str, Any]:
    """The article's current reading.

    Returns:
        The columns of ``articles`` with ``body``, ``url`` and ``dropped`` (lines of its page that are in no article);
        ``sentences`` (spans); ``attributions`` as the contract has them; ``events``, one a report, with ``event`` (id
        of the view's row), the spans of sentence, trigger and parties, and ``attribution_index``, outermost first;
        ``mentions`` of measures, talks and claims, with ``item`` (id of the view's row). Offsets are code points into
        ``body``, end exclusive.

    Raises:
        AskError: there is no such article; names the nearest.
    """
    found = _dicts(con, _ARTICLE, id)
    if not found:
        near = nearest(con, id)
        raise AskError("id", f"there is no article '{id}'" + (f"; near to it: {', '.join(near)}" if near else ""))
    article = found[0]
    reading = article.pop("reading")
    mentions = _dicts(con, _MENTIONS, reading)
    for mention in mentions:
        mention["content"] = msgspec.json.decode(mention["content"])
    return {
        **article,
        "attributions": msgspec.json.decode(article["attributions"]),
        "events": _dicts(con, _EVENTS, reading),
        "mentions": mentions,
    }


def _dicts(con: duckdb.DuckDBPyConnection, query: str, value: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.sql(query, params=[value]).to_arrow_table().to_pylist()
    return rows
