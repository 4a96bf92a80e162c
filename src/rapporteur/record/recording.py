"""Readings into the ledger: one transaction a batch, nothing twice.

A reading's id is made from what was read, so a batch that is recorded again adds nothing, and a run that was killed is
run again: the batches that were kept are skipped, the one that was not is recorded. An article that was read otherwise
before (by an older version, with another text) is *read again*: the new reading becomes the current one, the old one
stays in the first layer.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from rapporteur.errors import LineError
from rapporteur.model import Article
from rapporteur.record import copies, mention_links, report_links
from rapporteur.record.days import period
from rapporteur.record.handing import handed, ids
from rapporteur.record.rows import Reading, reading_id, tables

BATCH = 2000  # articles
PATIENCE = 10.0  # seconds
_MANY = 1000  # articles of a batch that is written as it is


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of the articles that were handed over: how many were ``new``, ``unchanged``, ``reread``; and how
    many ``reports`` of events and ``mentions`` of measures, talks and claims the new readings brought."""

    new: int = 0
    unchanged: int = 0
    reread: int = 0
    reports: int = 0
    mentions: int = 0

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(
            self.new + other.new,
            self.unchanged + other.unchanged,
            self.reread + other.reread,
            self.reports + other.reports,
            self.mentions + other.mentions,
        )


def article_of(line: Article | Mapping[str, Any], where: str) -> Article:
    """An article as it is, or from a line of ``rapporteur read --format jsonl`` (parsed).

    Raises:
        LineError: the line has not that shape; ``where`` names it.
    """
    if isinstance(line, Article):
        return line
    try:
        return msgspec.convert(line, Article)
    except msgspec.ValidationError as error:
        problem = f"no article: {error}; it takes what rapporteur read --format jsonl writes"
        raise LineError(where, problem) from None


def batches(
    articles: Iterable[Article | Mapping[str, Any]], size: int = BATCH, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[list[Article]]:
    """The articles in lists of at most ``size``; a list of those that took ``PATIENCE`` seconds to come is full too.

    Pages that are read come slowly and are kept often; lines of a file come quickly and are kept many at a time, which
    costs far less.

    Raises:
        LineError: as of ``article_of``, naming the item's number, from 1.
    """
    held: list[Article] = []
    began = clock()
    for number, item in enumerate(articles, 1):
        held.append(article_of(item, f"article {number}"))
        if len(held) >= size or clock() - began >= PATIENCE:
            yield held
            held = []
            began = clock()
    if held:
        yield held


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within this, Python doesn't look for rubbish: a batch makes some hundred thousand values, none of them in
    circles, and to look through them again and again takes half as long as making them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def record(con: duckdb.DuckDBPyConnection, articles: Sequence[Article], now: datetime, version: str) -> Recorded:
    """Record one batch.

    Args:
        con: in a transaction of its own.
        articles: in the order in which they were read; the last reading of an article becomes the current one.
        now: the time of recording, in UTC without a zone.
        version: of the program that read.
    """
    read = {reading_id(article): article for article in articles}
    with handed(con, "read_now", ids("reading", list(read))):
        known = {
            row[0] for row in con.execute("SELECT reading FROM readings SEMI JOIN read_now USING (reading)").fetchall()
        }
    fresh = {id: article for id, article in read.items() if id not in known}
    if not fresh:
        return Recorded(unchanged=len(articles))
    before = _before(con, {article.id for article in fresh.values()})
    if len(fresh) >= _MANY:
        # Rows would be put together with those of the batch before, and those written once more.
        con.execute("SET max_vacuum_tasks = 0")
    readings = [
        Reading(id, article, _published(article, before.get(article.id, (now, None))[0]))
        for id, article in fresh.items()
    ]
    added = tables(readings, now, version)
    for name, table in added.items():
        with handed(con, "added_rows", table):
            con.execute(f"INSERT INTO {name} SELECT * FROM added_rows")
    latest = {reading.article.id: reading for reading in readings}
    gone = sorted(current for article in latest if (current := before.get(article, (now, None))[1]) is not None)
    _make_current(con, latest)
    linked = [reading.id for reading in latest.values()]
    copies.link(con, linked, gone)
    report_links.link(con, linked, gone)
    mention_links.link(con, linked, gone)
    new = sum(article not in before for article in latest)
    return Recorded(
        new,
        len(articles) - len(fresh),
        len(fresh) - new,
        added["reports"].num_rows,
        added["mentions"].num_rows,
    )


def _published(article: Article, first: datetime) -> date:
    known = period(article.date.value)
    return known[1] if known else first.date()


def _before(con: duckdb.DuckDBPyConnection, articles: set[str]) -> dict[str, tuple[datetime, str | None]]:
    """Of the articles that the ledger has: when each was first recorded, and its current reading."""
    with handed(con, "asked", ids("article", sorted(articles))):
        rows = con.execute(
            "SELECT article, min(recorded), any_value(current.reading) FROM readings SEMI JOIN asked USING (article) "
            "LEFT JOIN current USING (article) GROUP BY article"
        ).fetchall()
    return {article: (recorded, reading) for article, recorded, reading in rows}


def _make_current(con: duckdb.DuckDBPyConnection, latest: Mapping[str, Reading]) -> None:
    table = pa.table(
        {
            "article": pa.array(list(latest), pa.string()),
            "reading": pa.array([reading.id for reading in latest.values()], pa.string()),
            "published": pa.array([reading.published for reading in latest.values()], pa.date32()),
        }
    )
    with handed(con, "now_current", table):
        con.execute("DELETE FROM current WHERE article IN (SELECT article FROM now_current)")
        con.execute("INSERT INTO current SELECT article, reading, published FROM now_current")
