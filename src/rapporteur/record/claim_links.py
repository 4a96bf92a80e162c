"""What claims have to do with others: which they answer, which answer them, and the events that they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from rapporteur.model import Party
from rapporteur.record.days import on_days
from rapporteur.record.handing import handed, ids
from rapporteur.record.query import Query
from rapporteur.record.standing_items import Item, Judged
from rapporteur.record.tellings import Claim, decoded

#: The claims of some readings: a claim answers one of its own article.
_CLAIMS = """
SELECT c.mention, c.item, m.rowid AS place FROM ({counted}) c SEMI JOIN asked ON id = c.reading
JOIN (SELECT rowid, mention, reading FROM mentions WHERE {days}) m ON m.mention = c.mention AND m.reading = c.reading
"""
_CONTENTS = "SELECT rowid, content FROM mentions WHERE rowid IN (SELECT place FROM places)"
_EVENTS = """
SELECT id, coalesce(event, id) FROM asked LEFT JOIN (SELECT report, event FROM report_links WHERE {days}) ON report = id
"""


@dataclass(frozen=True, slots=True)
class ClaimLinks:
    """For some claims.

    Attributes:
        items: of all claims of the same articles, the items.
        claimants: of these items, who claims them.
        answered_by: of these claims' roots, the items that answer them.
        events: of the reports that they are about, the events' ids.
    """

    items: Mapping[str, str]
    claimants: Mapping[str, Sequence[Party]]
    answered_by: Mapping[str, Sequence[str]]
    events: Mapping[str, str]


def claim_links(con: duckdb.DuckDBPyConnection, query: Query, claims: Sequence[Item], words: Judged) -> ClaimLinks:
    """The links of these claims, by the mentions that count."""
    days = on_days("published", (telling.published for item in claims for telling in item.tellings))
    with handed(con, "asked", ids("id", sorted({reading for item in claims for reading in item.readings}))):
        values = {"what": "claim", "known_by": query.known_by}
        rows = con.execute(_CLAIMS.format(counted=words.counted, days=days), values).fetchall()
    with handed(con, "places", pa.table({"place": pa.array([place for _, _, place in rows], pa.int64())})):
        contents = {place: decoded("claim", content) for place, content in con.execute(_CONTENTS).fetchall()}
    items = {mention: item for mention, item, _ in rows}
    claimants: dict[str, list[Party]] = {}
    answered_by: dict[str, set[str]] = {}
    for mention, item, place in sorted(rows):
        claim = contents[place]
        assert isinstance(claim, Claim)
        if claim.claimant:
            claimants.setdefault(item, []).append(claim.claimant)
        answered = items.get(claim.answers or "")
        wrong = words.said.get((mention, "truth")) == "reject" and not query.rejected
        if answered is not None and answered != item and not wrong:
            answered_by.setdefault(answered, set()).add(item)
    about = {report for item in claims for telling in item.tellings for report in telling.said.about}
    with handed(con, "asked", ids("id", sorted(about))):
        events = con.execute(_EVENTS.format(days=days)).fetchall()
    return ClaimLinks(
        items,
        claimants,
        {item: sorted(answers) for item, answers in answered_by.items()},
        {report: f"e-{event}" for report, event in events},
    )
