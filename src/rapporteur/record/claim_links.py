"""What claims have to do with others: which they answer, which answer them, and the events that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from rapporteur.model import Party
from rapporteur.record.handing import handed, ids
from rapporteur.record.query import Query
from rapporteur.record.standing_items import COUNTED, Item
from rapporteur.record.tellings import Claim, decoded

_ANSWERED = f"""
WITH counted AS ({COUNTED})
SELECT mention, item, content FROM counted SEMI JOIN asked ON id = mention
JOIN mentions m USING (mention) SEMI JOIN current USING (reading) ORDER BY mention
"""
_ANSWERS = f"""
WITH counted AS ({COUNTED})
SELECT DISTINCT other.item, own.item FROM counted own
JOIN mentions m USING (mention) SEMI JOIN current USING (reading)
JOIN counted other ON other.mention = json_extract_string(m.content, '$.answers')
SEMI JOIN asked ON id = other.item WHERE own.item <> other.item ORDER BY ALL
"""
_EVENTS = "SELECT id, coalesce(event, id) FROM asked LEFT JOIN report_links ON report = id"


@dataclass(frozen=True, slots=True)
class ClaimLinks:
    """For some claims.

    Attributes:
        items: of the mentions that they answer, the items.
        claimants: of these items, who claims them.
        answered_by: of these claims' roots, the items that answer them.
        events: of the reports that they are about, the events' ids.
    """

    items: Mapping[str, str]
    claimants: Mapping[str, Sequence[Party]]
    answered_by: Mapping[str, Sequence[str]]
    events: Mapping[str, str]


def claim_links(con: duckdb.DuckDBPyConnection, query: Query, claims: Sequence[Item]) -> ClaimLinks:
    """The links of these claims, by the mentions that count. Needs ``standing_items.judged``."""
    values = {"what": "claim", "known_by": query.known_by}
    said: list[Claim] = [telling.said for item in claims for telling in item.tellings]
    answered = _rows(con, _ANSWERED, {claim.answers for claim in said if claim.answers}, values)
    claimants: dict[str, list[Party]] = {}
    for _, item, content in answered:
        other = decoded("claim", content)
        if isinstance(other, Claim) and other.claimant:
            claimants.setdefault(item, []).append(other.claimant)
    answered_by: dict[str, list[str]] = {}
    for item, answer in _rows(con, _ANSWERS, {item.root for item in claims}, values):
        answered_by.setdefault(item, []).append(answer)
    events = _rows(con, _EVENTS, {report for claim in said for report in claim.about}, {})
    return ClaimLinks(
        {mention: item for mention, item, _ in answered},
        claimants,
        answered_by,
        {report: f"e-{event}" for report, event in events},
    )


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, asked: Iterable[str], values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    with handed(con, "asked", ids("id", sorted(set(asked)))):
        return con.execute(query, dict(values)).fetchall()
