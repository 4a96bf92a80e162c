"""Where the ledger's links and views are made; loaded when they are first needed."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.record.query import Query

_VIEWS = {
    "events": "events_view",
    "measures": "standing_views",
    "talks": "standing_views",
    "claims": "standing_views",
    "articles": "articles_view",
}


def _module(name: str) -> Any:
    try:
        return importlib.import_module(f"rapporteur.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"rapporteur.{name}":
            raise
        return None


def link(con: duckdb.DuckDBPyConnection, new: Sequence[str], gone: Sequence[str]) -> None:
    """Link the reports and mentions of readings that have become current, drop those of readings that no longer are."""
    for name in ("report_links", "mention_links"):
        links = _module(f"record.{name}")
        if links is not None:
            links.link(con, new, gone)


def rejudge(con: duckdb.DuckDBPyConnection, level: str, rows: Sequence[str]) -> None:
    """Decide anew to what these reports or mentions belong, after a judgement on them."""
    links = _module(f"record.{level}_links")
    if links is not None:
        links.rejudge(con, rows)


def relink(con: duckdb.DuckDBPyConnection, rule: str | None) -> None:
    """Make all links anew."""
    reports, mentions = _module("record.report_links"), _module("record.mention_links")
    if reports is not None:
        reports.relink(con, rule if rule is not None else reports.rule_name(con))
    if mentions is not None:
        mentions.relink(con)


def view(con: duckdb.DuckDBPyConnection, name: str, query: Query) -> pa.Table:
    """The view of this name."""
    return getattr(_module(f"record.{_VIEWS[name]}"), name)(con, query)


def panel(con: duckdb.DuckDBPyConnection, **asked: Any) -> pa.Table:
    """The panel that is asked for."""
    return _module("record.panel").panel(con, **asked)


def measure_kinds() -> Sequence[str]:
    """The kinds that measures have."""
    return tuple(_module("knowledge.standing").KINDS)
