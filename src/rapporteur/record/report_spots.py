"""Where each report of an event stands: its article, and there the sentence's number, the trigger, the parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from rapporteur.model import Span

_SPOTS = """
WITH asked AS (
    SELECT unnest($1::TEXT[]) AS article, unnest($2::TEXT[]) AS report, unnest($3::INTEGER[]) AS number
)
SELECT asked.number, r.sentence, r.trigger_text, r.trigger_start, r.trigger_end,
    list_transform(list_concat(r.actors, r.recipients), lambda p: [coalesce(p.entity, ''), coalesce(p.code, ''),
        coalesce(p.sector, ''), p."text"]),
    list_transform(list_concat(r.actors, r.recipients), lambda p: [p."start", p."end"]),
    a.headline, a.page, a.url
FROM asked JOIN current AS c USING (article) JOIN reports AS r ON r.reading = c.reading AND r.report = asked.report
JOIN articles AS a ON a.reading = c.reading
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a report stands.

    Attributes:
        sentence: the sentence's number in the article, from 0.
        trigger, trigger_span: the words that state the event, and their offsets in the article's ``body``.
        parties: of each actor and recipient (registry id, code, sector, words; empty where there is none) the offsets.
        headline, page, url: of the article.
    """

    sentence: int | None
    trigger: str | None
    trigger_span: Span | None
    parties: tuple[tuple[tuple[str, str, str, str], Span], ...]
    headline: str | None = None
    page: str | None = None
    url: str | None = None

    def party(self, entity: str | None, code: str | None, sector: str | None, text: str) -> Span | None:
        """Where the report names a party: by the same words, else by the same id, code and sector, else, of one that a
        person judged to be another than was read, by the words alone; None: nowhere."""
        who = (entity or "", code or "", sector or "")
        alike = [(known[3] == text, span) for known, span in self.parties if known[:3] == who]
        if alike:
            return next((span for same, span in alike if same), alike[0][1])
        return next((span for known, span in self.parties if known[3] == text), None)


def spots(con: duckdb.DuckDBPyConnection, reports: Iterable[Mapping[str, Any]]) -> list[Spot | None]:
    """Of each report of a view's row (``article``, ``event``) where it stands; None where the ledger has it no more."""
    asked = list(reports)
    result: list[Spot | None] = [None] * len(asked)
    rows = [(report["article"], report["event"], number) for number, report in enumerate(asked) if report.get("event")]
    if rows:
        found = con.execute(_SPOTS, [list(column) for column in zip(*rows, strict=True)]).fetchall()
        for number, sentence, trigger, start, end, names, offsets, headline, page, url in found:
            named = zip(names or (), offsets or (), strict=True)
            parties = tuple((tuple(who), (at[0], at[1])) for who, at in named if None not in at)
            span = None if start is None or end is None else (start, end)
            result[number] = Spot(sentence, trigger, span, parties, headline, page, url)
    return result
