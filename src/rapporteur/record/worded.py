"""Which rows may say certain phrases, found before anything of them is read whole.

Coarse and safe: what is left out says none of the phrases, in the sentences that it rests on or in its own words; what
is found may still say none: what is no ASCII letter or digit stands for any space. Whoever asks then looks closely.

``Spots`` remembers which articles hold which words. Articles and reports are only ever added to, so that only those are
looked through that came since.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.record.handing import handed
from rapporteur.record.sentences import TOLD, told

Phrases = tuple[str, ...]

#: Letters that are no ASCII, and are or begin with such when capitals don't matter ("ß" is "ss"): a text that has one
#: may say anything.
UNSURE = "\u00df\u0130\u0149\u017f\u01f0\u1e96\u1e97\u1e98\u1e99\u1e9a\u1e9e\u212a\ufb00-\ufb06"
#: Where a report's own words stand, besides its sentence.
_NAMES = "list_transform(recipients, lambda p: concat_ws(' ', p.name, p.text))"
_TEXTS = {"articles": "body", "reports": f"concat_ws(' ', trigger_text, array_to_string({_NAMES}, ' '))"}
#: Most texts hold nothing that anybody looks for: one pass over all texts finds those that do.
_LOOK = """
WITH holding AS MATERIALIZED (
    SELECT rowid AS place, said FROM (SELECT rowid, {text} AS said FROM {table} WHERE rowid >= $start) WHERE {any}
)
SELECT place, {tests} FROM holding ORDER BY place
"""
_MEASURES = f"""
WITH kinds AS (
    SELECT DISTINCT l.item FROM mention_links l JOIN mentions m ON m.mention = l.mention AND m.reading = l.reading
    WHERE l.what = 'measure' AND ($kinds IS NULL OR list_contains($kinds, m.kind)
        OR EXISTS (FROM judgements WHERE verdict = 'retype' AND level = 'mention'))
),
members AS (
    SELECT l.item, m.content, m.reading, m.event, m.evidence_start AS first, m.evidence_end AS last
    FROM mention_links l SEMI JOIN kinds ON kinds.item = l.item
    JOIN mentions m ON m.mention = l.mention AND m.reading = l.reading
),
near AS (
    SELECT m.item, a.body, m.first, m.last, {TOLD.format(first="m.first", last="m.last")} AS told
    FROM members m JOIN (SELECT reading, body, sentences FROM articles WHERE rowid IN (SELECT place FROM spotted)) a
    ON a.reading = m.reading
),
found AS (
    SELECT item FROM members WHERE {{own}}
    UNION SELECT item FROM (SELECT item, {told("near")} AS said FROM near) WHERE {{said}}
)
SELECT item, list(DISTINCT event) FILTER (event IS NOT NULL) FROM members SEMI JOIN found USING (item) GROUP BY item
"""
_EVENTS = f"""
WITH near AS (
    SELECT r.report, a.body, r.first, r.last, {TOLD.format(first="r.first", last="r.last")} AS told
    FROM (SELECT report, reading, sentence_start AS first, sentence_end AS last FROM reports) r
    JOIN (SELECT reading, body, sentences FROM articles WHERE rowid IN (SELECT place FROM spotted)) a
    ON a.reading = r.reading
)
SELECT report FROM (SELECT report, {told("near")} AS said FROM near) WHERE {{said}}
UNION SELECT report FROM reports WHERE rowid IN (SELECT place FROM named)
"""


class Spots:
    """Which articles, and which reports, may hold which phrases. May be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: Any = None
        self._found: dict[tuple[str, Phrases], tuple[int, list[int]]] = {}  # up to which row, and the rows

    def at(
        self, con: duckdb.DuckDBPyConnection, file: Any, table: str, phrases: Phrases, besides: Iterable[Phrases]
    ) -> list[int]:
        """The places of rows of a table (``articles``, ``reports``) that may hold one of the phrases.

        Args:
            con: a connection to the ledger.
            file: what tells its file from another one of the same name.
            table, phrases: what is looked for.
            besides: other phrases that may be asked for next; they are looked for in the same pass.
        """
        with self._lock:
            if file != self._file:
                self._file = file
                self._found.clear()
            ((last,),) = con.execute(f"SELECT coalesce(max(rowid) + 1, 0) FROM {table}").fetchall()
            wanted = dict.fromkeys([phrases, *besides])
            starts: dict[int, list[Phrases]] = {}
            for one in wanted:
                upto = self._found.get((table, one), (0, []))[0]
                if upto < last:
                    starts.setdefault(upto, []).append(one)
            for start, several in sorted(starts.items()):
                self._look(con, table, start, last, several)
            return self._found.get((table, phrases), (0, []))[1]

    def _look(
        self, con: duckdb.DuckDBPyConnection, table: str, start: int, last: int, several: Sequence[Phrases]
    ) -> None:
        """Look through the rows from ``start`` on."""
        tests = ", ".join(f"{holds(one, 'said')} AS t{n}" for n, one in enumerate(several))
        any_of = holds([phrase for one in several for phrase in one], "said")
        query = _LOOK.format(tests=tests, any=any_of, text=_TEXTS[table], table=table)
        rows = con.sql(query, params={"start": start}).to_arrow_table()
        for n, one in enumerate(several):
            places = rows["place"].filter(rows[f"t{n}"]).to_pylist()
            self._found[table, one] = last, [*self._found.get((table, one), (0, []))[1], *places]


def holds(phrases: Iterable[str], text: str) -> str:
    """SQL that tests whether a text may say one of the phrases: never false where it does. ``text``: a column."""
    found = dict.fromkeys(filter(None, map(_pattern, phrases)))
    if not found:
        return "false"
    # Were capitals passed over in the unsure letters, "s" and "k" would be among them.
    said = f"(?:^|[^a-z0-9])(?:{'|'.join(found)})(?:$|[^a-z0-9])|(?-i:[{UNSURE}])"
    return f"coalesce(regexp_matches({text}, '(?i){said}'), false)"


def _pattern(phrase: str) -> str:
    """A phrase as a pattern that meets at least what ``tellings.Words`` takes for it; what is in capitals alone, so."""
    exact = phrase.isupper()
    words = re.findall("[A-Za-z0-9]+", phrase if exact else phrase.casefold())
    said = "[^A-Za-z0-9]+".join(words)
    if not phrase.isascii():
        said = ".*".join(words) or "."
    return f"(?-i:{said})" if exact and said else said


def measures(
    con: duckdb.DuckDBPyConnection, kinds: Sequence[str] | None, phrases: Phrases, places: Sequence[int]
) -> tuple[list[str], list[str]]:
    """Measures that may say one of the phrases, and the reports of events that they rest on: ids, sorted.

    Args:
        con: a connection to the ledger.
        kinds: of which one of its mentions must be, unless a person gave another kind to any; None: all.
        phrases: what is looked for; ``places``: of the articles that may hold them (``Spots``).
    """
    query = _MEASURES.format(own=holds(phrases, "content"), said=holds(phrases, "said"))
    with handed(con, "spotted", _places(places)):
        rows = con.execute(query, {"kinds": None if kinds is None else list(kinds)}).fetchall()
    return sorted(item for item, _ in rows), sorted({event for _, events in rows for event in events or ()})


def events(con: duckdb.DuckDBPyConnection, phrases: Phrases, places: Sequence[int], named: Sequence[int]) -> list[str]:
    """Reports of events that may say one of the phrases: ids, sorted.

    Args:
        con: a connection to the ledger.
        phrases: what is looked for; ``places``: of the articles that may hold them, ``named``: of the reports that may
            in their own words (``Spots``).
    """
    if not places and not named:
        return []
    with handed(con, "spotted", _places(places)), handed(con, "named", _places(named)):
        rows = con.execute(_EVENTS.format(said=holds(phrases, "said"))).fetchall()
    return sorted(report for (report,) in rows)


def _places(places: Sequence[int]) -> pa.Table:
    return pa.table({"place": pa.array(places, pa.int64())})
