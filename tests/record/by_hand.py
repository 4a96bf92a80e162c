"""Ledger tables filled by hand: what tests of the reports' links and views start from."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.model import Article, Event, Party
from rapporteur.record import report_links, schema
from rapporteur.record.wordhash import hashed

Row = dict[str, Any]


def ledger() -> duckdb.DuckDBPyConnection:
    """An empty ledger in memory."""
    con = duckdb.connect(":memory:")
    con.execute("SET threads = 1")
    for statement in schema.statements():
        con.execute(statement)
    return con


def period(value: str) -> tuple[date, date]:
    """First and last day of an ISO date of any precision."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    month = parts[1:] or [1]
    last = parts[1] if parts[1:] else 12
    return date(parts[0], month[0], 1), date(parts[0], last, calendar.monthrange(parts[0], last)[1])


def party(code: str | None, entity: str | None = None, name: str | None = None, **more: Any) -> Row:
    """A party as it is stored."""
    country = code if code not in ("IGO", "NSA") else None
    return {
        "text": more.pop("text", name or entity or code),
        "start": 0,
        "end": 1,
        "code": code,
        "country": country,
        "members": more.pop("members", []),
        "sector": more.pop("sector", None),
        "entity": entity,
        "name": name,
    }


def report(
    article: str,
    published: str,
    type: str = "ACCUSE",
    actors: Sequence[Row] = (),
    recipients: Sequence[Row] = (),
    words: str = "",
    *,
    number: int = 0,
    sentence: int | None = None,
    reading: str | None = None,
    status: str = "actual",
    on: str | None = None,
    **more: Any,
) -> Row:
    """A row of ``reports``: article, days and parties, the sentence's ``words``, ``on`` the act's own date. ``number``
    tells reports of one article apart."""
    first, last = period(on or published)
    keys = {key for p in (*actors, *recipients) for key in (p["code"], p["country"], p["entity"]) if key}
    return {
        "report": hashlib.blake2b(f"{article}/{number}".encode(), digest_size=8).hexdigest(),
        "reading": reading or f"reading of {article}",
        "article": article,
        "published": date.fromisoformat(published),
        "sentence": number if sentence is None else sentence,
        "sentence_start": 0,
        "sentence_end": len(words),
        "type": type,
        "mode": None,
        "contexts": [],
        "trigger_text": "",
        "trigger_start": 0,
        "trigger_end": 0,
        "actors": list(actors),
        "recipients": list(recipients),
        "status": status,
        "date_value": on,
        "date_basis": "stated" if on else None,
        "first_day": first,
        "last_day": last,
        "dated": on is not None,
        "place": None,
        "magnitude": None,
        "attributed_to": [],
        "attribution_index": [],
        "cameo": "111",
        "quad": 3,
        "goldstein": -2.0,
        "scale": "by hand",
        "confidence": 0.8,
        "rules": [],
        "keys": sorted(keys),
        "words": hashed(words),
        **more,
    }


def place(name: str | None, country: str | None) -> Row:
    """A place as it is stored."""
    return {"name": name, "country": country, "lat": None, "lon": None}


def figures(**counts: int) -> Row:
    """A magnitude as it is stored: ``killed=3, injured=10``."""
    return {
        what: {"min": counts[what], "max": counts[what], "text": str(counts[what])} if what in counts else None
        for what in ("killed", "injured", "arrested", "size")
    }


def add(con: duckdb.DuckDBPyConnection, reports: Iterable[Row], **article_more: Any) -> list[str]:
    """Put reports into the first layer, with an article each that lacks one; return the readings, sorted."""
    rows = list(reports)
    _insert(con, "reports", rows)
    articles = {r["reading"]: r for r in rows}
    outlines = [
        {"reading": reading, "article": r["article"], "published": r["published"], **article_more}
        for reading, r in sorted(articles.items())
    ]
    _insert(con, "articles", outlines)
    for outline in outlines:
        con.execute("DELETE FROM current WHERE article = ?", [outline["article"]])
        con.execute(
            "INSERT INTO current VALUES (?, ?, ?)",
            [outline["article"], outline["reading"], outline["published"]],
        )
    return sorted(articles)


def record(con: duckdb.DuckDBPyConnection, reports: Iterable[Row]) -> None:
    """Add reports and link them, as one batch; a reading that is replaced by another of its article goes."""
    held = dict(con.execute("SELECT article, reading FROM current").fetchall())
    rows = list(reports)
    new = add(con, rows)
    gone = sorted({held[r["article"]] for r in rows if held.get(r["article"], r["reading"]) != r["reading"]})
    report_links.link(con, new, gone)


def judge(
    con: duckdb.DuckDBPyConnection, verdict: str, target: str, value: str | None = None, *, day: str = "2030-01-01"
) -> None:
    """Add a judgement as of that day, and decide anew of what it names."""
    number = con.execute("SELECT count(*) FROM judgements").fetchone()
    con.execute(
        "INSERT INTO judgements VALUES (?, ?, 'Ada', 'she knows', ?, 'report', ?, ?)",
        [f"j{number[0] if number else 0:03}", f"{day} 12:00:00", target, verdict, value],
    )
    if verdict in ("merge", "split"):
        report_links.rejudge(con, [id for id in (target, value) if id])


def groups(con: duckdb.DuckDBPyConnection, known_by: date | None = None) -> set[frozenset[str]]:
    """The reports' ids, event by event."""
    day = known_by or date.max - timedelta(1)
    rows = con.execute(
        "SELECT list(report ORDER BY report) FROM report_links WHERE published <= ? GROUP BY event", [day]
    ).fetchall()
    return {frozenset(ids) for (ids,) in rows}


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    shape = con.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    held = pa.Table.from_pylist(list(rows), schema=shape)
    con.register("_rows", held)
    con.execute(f"INSERT INTO {table} SELECT * FROM _rows")
    con.unregister("_rows")


def report_of(article: Article, event: Event) -> Row:
    """The row of an event that was read."""
    start, end = article.sentences[event.sentence]
    published = article.date.value or "2000-01-01"
    last = period(published)[1]
    own = event.date.value if event.date else None
    row = report(
        article.id,
        last.isoformat(),
        event.type,
        [asdict(p) for p in event.actors],
        [asdict(p) for p in event.recipients],
        article.body[start:end],
        sentence=event.sentence,
        status=event.status,
        on=own,
    )
    row |= {
        "report": event.id,
        "mode": event.mode,
        "trigger_text": event.trigger.text,
        "place": asdict(event.place) if event.place else None,
        "magnitude": asdict(event.magnitude) if event.magnitude else None,
        "confidence": event.confidence,
    }
    return row


def parties_of(*parties: Party) -> list[Row]:
    """Parties of the model as they are stored."""
    return [asdict(p) for p in parties]
