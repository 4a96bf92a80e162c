"""Which mentions tell of one measure, one series of talks, one claim: each mention's link to an earlier one.

The link of a mention is decided among the mentions before it in the total order (``tellings.Telling.order``), by
``joining``; so the links among the mentions up to a day are the same whatever else is in the ledger, in whatever order
it came. A person's word (``judgements``) comes before: ``merge`` gives a mention its parent, ``split`` takes it away.

All functions work within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.knowledge.folding import folding
from rapporteur.record.fold_talks import held
from rapporteur.record.handing import handed, ids
from rapporteur.record.joining import Aspects, Joiner, Link
from rapporteur.record.said import relinked_since, said_by
from rapporteur.record.same_claim import Deed, claim_aspects
from rapporteur.record.same_measure import measure_aspects
from rapporteur.record.same_talks import talks_aspects
from rapporteur.record.sameness import sameness
from rapporteur.record.tellings import Claim, Measure, Telling, decoded
from rapporteur.record.timeline import bounds

_BATCH = 2_000  # readings that are linked at a time when all are linked anew

#: The rows of mentions that are looked for by their places: wide columns are read for these alone.
_ROWS = """
SELECT m.mention, m.reading, m.article, m.published, m.what, m.evidence_start, m.evidence_end, m.event, m.content
FROM mentions m WHERE m.rowid IN (SELECT place FROM places)
ORDER BY m.published, m.article, m.evidence_start, m.evidence_end, m.mention
"""
_PLACES = """
SELECT m.mention, m.reading, m.published, m.rowid AS place FROM mentions m SEMI JOIN current c USING (reading)
WHERE m.{column} IN (SELECT id FROM asked)
"""
#: Mentions that one of those asked for may be joined to (``sought`` keys asked for), or that may be joined to one.
_EARLIER = """
SELECT DISTINCT b.mention FROM mention_blocks b JOIN asked_blocks a ON a.block = b.block
WHERE NOT b.sought AND b.published BETWEEN a.published - ?::INTEGER AND a.published
"""
_LATER = """
SELECT DISTINCT b.mention FROM mention_blocks b JOIN asked_blocks a ON a.block = b.block
WHERE b.sought AND b.published BETWEEN a.published AND a.published + ?::INTEGER
"""
_FORCED = """
SELECT target, verdict, value, who, why FROM _said WHERE level = 'mention' AND verdict IN ('merge', 'split')
QUALIFY row_number() OVER (PARTITION BY target ORDER BY made DESC, place DESC) = 1
ORDER BY target
"""
_MERGED_WITH = """
SELECT DISTINCT target FROM judgements SEMI JOIN asked ON id = value WHERE level = 'mention' AND verdict = 'merge'
"""
_LINKS = pa.schema(
    [
        ("mention", pa.string()), ("reading", pa.string()), ("article", pa.string()), ("published", pa.date32()),
        ("what", pa.string()), ("parent", pa.string()), ("item", pa.string()), ("score", pa.float64()),
        ("because", pa.string()), ("first_day", pa.date32()), ("last_day", pa.date32()),
    ]
)  # fmt: skip
_BLOCKS = pa.schema(
    [("block", pa.uint64()), ("mention", pa.string()), ("published", pa.date32()), ("sought", pa.bool_())]
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A mention of a reading, and its days (``schema``)."""

    reading: str
    what: str
    aspects: Aspects
    first_day: date | None
    last_day: date | None

    @property
    def telling(self) -> Telling[Any]:
        return self.aspects.telling


#: Mentions that were compared lately, by (mention, reading, day of publication): what a reading holds never changes.
_KNOWN: dict[tuple[str, str, date], _Row] = {}
_MOST_KNOWN = 40_000


def link(con: duckdb.DuckDBPyConnection, new: Sequence[str], gone: Sequence[str]) -> None:
    """Link the mentions of readings that have become current (``new``), and drop the links of those that are no longer
    (``gone``); what was joined to a dropped mention, or fits a new one better, is joined anew."""
    orphans = _drop(con, [*new, *gone])
    fresh = _rows(con, "reading", new)
    _store_blocks(con, fresh)
    later = _near(con, _LATER, fresh, sought=False)
    known = {row.telling.id for row in fresh}
    todo = [*fresh, *_rows(con, "mention", (orphans | later | _merged_with(con, known)) - known)]
    _write(con, todo, _decide(con, todo, None))


def relink(con: duckdb.DuckDBPyConnection) -> None:
    """Make all links anew."""
    con.execute("DELETE FROM mention_links")
    con.execute("DELETE FROM mention_blocks")
    readings = con.execute("SELECT reading FROM current ORDER BY published, article").fetchall()
    for start in range(0, len(readings), _BATCH):
        link(con, [reading for (reading,) in readings[start : start + _BATCH]], ())


def items_judged_by(con: duckdb.DuckDBPyConnection, day: date | None) -> dict[str, str]:
    """The items of the mentions that belonged elsewhere by the judgements that counted on ``day``.

    Empty where the same merges and splits count now. The ledger is not changed.
    """
    if day is None:
        return {}
    touched = {target for target, _ in relinked_since(con, "mention", day)}
    todo = _rows(con, "mention", touched)
    if not todo:
        return {}
    parents = {id: found.parent for id, found in _decide(con, todo, day).items()}
    return _items(con, todo, parents)


# -- taking in ---------------------------------------------------------------------------------------------------


def _drop(con: duckdb.DuckDBPyConnection, readings: Sequence[str]) -> set[str]:
    """Take out the links of these readings; return the mentions of others that were joined to them."""
    with handed(con, "asked", ids("id", sorted(set(readings)))):
        linked = con.execute("SELECT mention FROM mention_links WHERE reading IN (SELECT id FROM asked)").fetchall()
    if not linked:
        return set()
    with handed(con, "asked", ids("id", sorted(mention for (mention,) in linked))):
        orphans = con.execute(
            "SELECT mention FROM mention_links "
            "WHERE parent IN (SELECT id FROM asked) AND mention NOT IN (SELECT id FROM asked)"
        ).fetchall()
        for table in ("mention_blocks", "mention_links"):
            con.execute(f"DELETE FROM {table} WHERE mention IN (SELECT id FROM asked)")
    return {mention for (mention,) in orphans}


def _rows(con: duckdb.DuckDBPyConnection, column: str, asked: Iterable[str]) -> list[_Row]:
    """The mentions of current readings whose ``column`` (``mention`` or ``reading``) is asked for, in their order."""
    wanted = ids("id", sorted(set(asked)))
    if not wanted.num_rows:
        return []
    with handed(con, "asked", wanted):
        places = con.execute(_PLACES.format(column=column)).fetchall()
    found = [row for *key, _ in places if (row := _KNOWN.get(tuple(key)))]
    missing = [place for *key, place in places if tuple(key) not in _KNOWN]
    if missing:
        read = _read(con, missing)
        if len(_KNOWN) + len(read) > _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN.update({(row.telling.id, row.reading, row.telling.published): row for row in read})
        found += read
    return sorted(found, key=lambda row: row.aspects.order)


def _read(con: duckdb.DuckDBPyConnection, places: Sequence[int]) -> list[_Row]:
    """The mentions at these places of their table."""
    with handed(con, "places", pa.table({"place": pa.array(places, pa.int64())})):
        found = con.execute(_ROWS).fetchall()
    tellings = [
        (reading, what, Telling(id, article, published, (start, end), event, decoded(what, content)))
        for id, reading, article, published, what, start, end, event, content in found
    ]
    deeds = _deeds(con, [telling.said for _, _, telling in tellings if isinstance(telling.said, Claim)])
    return [
        _Row(reading, what, _aspects(telling, reading, deeds), *_days(telling)) for reading, what, telling in tellings
    ]


def _days(telling: Telling[Any]) -> tuple[date | None, date | None]:
    """What ``mention_links`` keeps of the days of a mention."""
    if isinstance(telling.said, Measure):
        return bounds(telling)
    return (telling.published, telling.published) if isinstance(telling.said, Claim) else held(telling)


def _aspects(telling: Telling[Any], reading: str, deeds: Mapping[tuple[str, str], Deed]) -> Aspects:
    if isinstance(telling.said, Measure):
        return measure_aspects(telling)
    if isinstance(telling.said, Claim):
        about = [(reading, report) for report in telling.said.about]
        return claim_aspects(telling, frozenset(deeds[key] for key in about if key in deeds))
    return talks_aspects(telling)


def _deeds(con: duckdb.DuckDBPyConnection, claims: Iterable[Claim]) -> dict[tuple[str, str], Deed]:
    """The events that claims are about, by reading and report: their types and their parties."""
    about = {report for claim in claims for report in claim.about}
    if not about:
        return {}
    with handed(con, "asked", ids("id", sorted(about))):
        rows = con.execute("SELECT reading, report, type, keys FROM reports SEMI JOIN asked ON id = report").fetchall()
    return {(reading, report): (kind, frozenset(keys)) for reading, report, kind, keys in rows}


# -- deciding ----------------------------------------------------------------------------------------------------


def _near(con: duckdb.DuckDBPyConnection, query: str, rows: Sequence[_Row], *, sought: bool) -> set[str]:
    if not rows:
        return set()
    rules = folding()
    reach = max(rules.measures.reach_days, rules.talks.reach_days, rules.claims.reach_days)
    table = _distinct(rows, sought)
    with handed(con, "asked_blocks", table):
        return {mention for (mention,) in con.execute(query, [reach]).fetchall()}


def _decide(con: duckdb.DuckDBPyConnection, todo: Sequence[_Row], judged_by: date | None) -> dict[str, Link]:
    """The links of these mentions."""
    known = {row.telling.id: row for row in todo}
    candidates = _near(con, _EARLIER, todo, sought=True)
    known |= {row.telling.id: row for row in _rows(con, "mention", candidates - known.keys())}
    joiners = {
        what: Joiner([row.aspects for row in known.values() if row.what == what], same)
        for what, same in sameness().items()
    }
    links = {row.telling.id: joiners[row.what].link(row.aspects) for row in todo}
    return links | _forced(con, todo, judged_by)


def _forced(con: duckdb.DuckDBPyConnection, todo: Sequence[_Row], judged_by: date | None) -> dict[str, Link]:
    """What persons said last of who belongs to whom, where the other is there, and earlier."""
    rows = {row.telling.id: row for row in todo}
    said_by(con, judged_by)
    said = [row for row in con.execute(_FORCED).fetchall() if row[0] in rows]
    merged = [value for _, verdict, value, *_ in said if verdict == "merge"]
    others = {row.telling.id: row for row in _rows(con, "mention", merged)}
    found: dict[str, Link] = {}
    for target, verdict, value, who, why in said:
        because = f"{verdict} by {who}: {why}" if why else f"{verdict} by {who}"
        if verdict == "split":
            found[target] = Link(None, None, because)
        elif value in others and others[value].telling.order < rows[target].telling.order:
            found[target] = Link(value, None, because)
    return found


def _merged_with(con: duckdb.DuckDBPyConnection, mentions: Iterable[str]) -> set[str]:
    """The mentions that persons have joined to one of these."""
    with handed(con, "asked", ids("id", sorted(set(mentions)))):
        return {target for (target,) in con.execute(_MERGED_WITH).fetchall()}


# -- keeping -----------------------------------------------------------------------------------------------------


def _distinct(rows: Iterable[_Row], sought: bool) -> pa.Table:
    """The keys of these mentions, each with each day of publication once."""
    found: set[tuple[int, date]] = set()
    for row in rows:
        day = row.telling.published
        found.update((key, day) for key in (row.aspects.sought if sought else row.aspects.own))
    blocks, days = zip(*found, strict=True) if found else ((), ())
    return pa.table({"block": pa.array(blocks, pa.uint64()), "published": pa.array(days, pa.date32())})


def _blocks(rows: Iterable[_Row]) -> pa.Table:
    """The rows of ``mention_blocks`` for these mentions."""
    found: list[tuple[int, str, date, bool]] = []
    for row in rows:
        id, day = row.telling.id, row.telling.published
        for sought, keys in ((False, row.aspects.own), (True, row.aspects.sought)):
            found.extend((key, id, day, sought) for key in sorted(keys))
    columns = list(zip(*found, strict=True)) if found else [()] * len(_BLOCKS)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _BLOCKS, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_BLOCKS)


def _store_blocks(con: duckdb.DuckDBPyConnection, rows: Sequence[_Row]) -> None:
    with handed(con, "new_blocks", _blocks(rows)):
        con.execute("INSERT INTO mention_blocks SELECT * FROM new_blocks")


def _write(con: duckdb.DuckDBPyConnection, todo: Sequence[_Row], links: Mapping[str, Link]) -> None:
    """Keep the links, and the items of all mentions that they move."""
    items = _items(con, todo, {id: found.parent for id, found in links.items()})
    rows = [
        (
            row.telling.id, row.reading, row.telling.article, row.telling.published, row.what,
            links[row.telling.id].parent, items[row.telling.id], links[row.telling.id].score,
            links[row.telling.id].because, row.first_day, row.last_day,
        )
        for row in todo
    ]  # fmt: skip
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_LINKS)
    table = pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, _LINKS, strict=True)], schema=_LINKS
    )
    with handed(con, "new_links", table):
        con.execute("DELETE FROM mention_links WHERE mention IN (SELECT mention FROM new_links)")
        con.execute("INSERT INTO mention_links SELECT * FROM new_links")
    moved = [(id, item) for id, item in sorted(items.items()) if id not in links]
    if moved:
        table = pa.table({"mention": [id for id, _ in moved], "item": [item for _, item in moved]})
        with handed(con, "moved_items", table):
            con.execute(
                "UPDATE mention_links SET item = m.item FROM moved_items m WHERE m.mention = mention_links.mention"
            )


def _items(con: duckdb.DuckDBPyConnection, todo: Sequence[_Row], parents: Mapping[str, str | None]) -> dict[str, str]:
    """The items of these mentions under their new parents, and of all that are moved with them."""
    asked = {*parents, *(parent for parent in parents.values() if parent)}
    with handed(con, "asked", ids("id", sorted(set(asked)))):
        rows = con.execute(
            "SELECT mention, parent, item FROM mention_links "
            "WHERE item IN (SELECT item FROM mention_links SEMI JOIN asked ON id = mention)"
        ).fetchall()
    up = {mention: parent for mention, parent, _ in rows} | dict(parents)
    before = {mention: item for mention, _, item in rows}
    root: dict[str, str] = {}
    for mention in up:
        path = []
        while mention not in root:
            path.append(mention)
            parent = up.get(mention)
            if parent is None:
                root[mention] = mention
            mention = parent or mention
        root.update(dict.fromkeys(path, root[mention]))
    return {mention: item for mention, item in root.items() if mention in parents or before.get(mention) != item}
