"""The ledger, as programs use it: record, view, why, correct."""

from __future__ import annotations

import difflib
import functools
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import metadata
from typing import Any, get_args

import duckdb
import pyarrow as pa

from rapporteur.errors import AskError, LedgerError
from rapporteur.knowledge.ontology import Ontology
from rapporteur.knowledge.registry import Registry
from rapporteur.knowledge.standing import KINDS
from rapporteur.model import Article, MeasureStatus, TalksStatus
from rapporteur.record import (
    article_text,
    articles_view,
    copies,
    events_view,
    facets,
    judgements,
    mention_links,
    panel,
    recording,
    report_links,
    sentences,
    shapes,
    standing_views,
    store,
)
from rapporteur.record import why as explaining
from rapporteur.record.actor_names import ActorNames, unknown
from rapporteur.record.days import day_asked
from rapporteur.record.query import Query
from rapporteur.record.recording import Recorded
from rapporteur.record.store import Store

Day = str | date | None
#: Seconds for which the file is free between two batches: longer than anybody who waits pauses between two tries.
_GIVING_WAY = 1.7 * store.LONGEST_PAUSE
_VIEWS: dict[str, Callable[[duckdb.DuckDBPyConnection, Query], pa.Table]] = {
    "events": events_view.events,
    "measures": standing_views.measures,
    "talks": standing_views.talks,
    "claims": standing_views.claims,
    "articles": articles_view.articles,
}
_STATUSES = {
    "events": panel.STATUSES,
    "measures": get_args(MeasureStatus),
    "talks": get_args(TalksStatus),
}


def _utc() -> datetime:
    """Now, in UTC without a zone, as the ledger keeps times."""
    return datetime.now(UTC).replace(tzinfo=None)


class Ledger:
    """One ledger of events, measures, talks and claims, in one file.

    The file is open only while something is read or written, so several processes may use it in turn. Everything
    that is written is written whole or not at all. May be used by several threads.

    Args:
        path: the file; made where there is none.
        wait: seconds to wait while another process writes.
        create: make the file where there is none; else that is an error.
        clock: tells the time, in UTC without a zone; for tests and for loading an archive under its own dates.

    Raises:
        LedgerError: the file can't be used as a ledger (``Store``).
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        wait: float = 10.0,
        create: bool = True,
        clock: Callable[[], datetime] = _utc,
    ) -> None:
        self._clock = clock
        self._store = Store(path, wait=wait, create=create, now=clock)
        self._closed = False

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End its use; what it is asked for after is an error. No connection is open between calls anyway."""
        self._closed = True

    @property
    def path(self) -> str:
        """The file, as it was named."""
        return self._store.name

    # -- recording ---------------------------------------------------------------------------------------------

    def record(self, articles: Iterable[Article | Mapping[str, Any]], *, batch: int = recording.BATCH) -> Recorded:
        """Add what was read; what the ledger holds already changes nothing.

        Args:
            articles: readings, as objects or as parsed lines of ``rapporteur read --format jsonl``. The stream is
                read while the file is closed.
            batch: articles that are kept together, in one transaction, at most (``recording.batches``). Who loads an
                archive that nobody waits for is quicker with 4,000; 10,000 take 2 GB of memory.

        Returns:
            How many articles were new, unchanged, or read otherwise before.

        Raises:
            LineError: an item is no article; the batches before it are kept.
            LedgerError: the file can't be written; the batches before are kept.
        """
        total = Recorded()
        free_since = time.monotonic() - _GIVING_WAY
        for articles_now in recording.batches(articles, batch):
            time.sleep(max(0.0, _GIVING_WAY - (time.monotonic() - free_since)))
            with self._open().writing() as con:
                done = recording.record(con, articles_now, self._clock(), _version())
            free_since = time.monotonic()
            total += done
        return total

    def relink(self, rule: str | None = None) -> None:
        """Decide anew which rows belong together, by the merging rule of this name (default: the ledger's own).

        Raises:
            KnowledgeError: there is no such rule.
        """
        with self._open().writing() as con:
            copies.relink(con)
            report_links.relink(con, rule if rule is not None else report_links.rule_name(con))
            mention_links.relink(con)

    def correct(self, id: str, verdict: str, value: str | None = None, *, who: str, why: str) -> str:
        """Enter a person's judgement on a row of a view, or on a report or mention (``judgements``).

        Args:
            id: of the row, report or mention.
            verdict: ``accept``, ``reject``, ``retype``, ``merge`` or ``split``.
            value: the new type or kind (``retype``), the other id (``merge``).
            who, why: by whom, and for what reason.

        Returns:
            The judgement's id.

        Raises:
            AskError: one of them can't be; the ledger is as it was.
        """
        with self._open().writing() as con:
            return judgements.judge(con, judgements.Verdict(id, verdict, value, who, why), self._clock())

    # -- asking ------------------------------------------------------------------------------------------------

    def view(
        self,
        name: str,
        *,
        as_of: Day = None,
        known_by: Day = None,
        judged_by: Day = None,
        actor: str | Sequence[str] | None = None,
        with_: str | Sequence[str] | None = None,
        type: str | Sequence[str] | None = None,
        since: Day = None,
        until: Day = None,
        country: str | None = None,
        status: str | Sequence[str] | None = None,
        place: str | None = None,
        source: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        rejected: bool = False,
        ids: str | Sequence[str] | None = None,
    ) -> pa.Table:
        """A view of the ledger.

        Args:
            name: ``events``, ``measures``, ``talks``, ``claims``, ``articles``.
            as_of: the day of the world at which states are told; default ``known_by``, else today.
            known_by: only reports published up to that day; default all.
            judged_by: only judgements made up to that day; default all.
            actor: who must be a party: a code, a name or a registry id; of several, one.
            with_: who must be another party.
            type: event type, or kind of measure; of several, one.
            since, until: only what happened, stood or was held between these days, inclusive.
            country: of a party or of the place: alpha-3 or a name.
            status: of events as a report tells them, of measures and talks as they are told; of several, one.
            place, source: of events: the place's name; words in the name of a source or an outlet.
            limit, after: at most so many rows, from behind the row of this id.
            rejected: with the rows that were judged wrong.
            ids: only the rows of these ids; a row that another has since come before is found by its old id too.

        Returns:
            Rows by ``shapes.VIEWS[name]``, in the view's own order.

        Raises:
            AskError: there is no such view, day, actor or country.
            LedgerError: the file can't be read.
        """
        if name not in shapes.VIEWS:
            raise AskError("view", f"there is no view '{name}'; valid: {', '.join(shapes.VIEWS)}")
        if limit is not None and limit < 0:
            raise AskError("limit", f"{limit} is no count of rows; valid: 0 and more")
        with self._open().reading() as con:
            query = self._query(
                con, name, as_of=as_of, known_by=known_by, judged_by=judged_by, actor=actor, with_=with_, type=type,
                since=since, until=until, country=country, status=status, place=place, source=source,
            )  # fmt: skip
            wanted = None if ids is None else _several(ids)
            return _VIEWS[name](con, replace(query, limit=limit, after=after, rejected=rejected, ids=wanted))

    def facets(self, **asked: Any) -> facets.Facets:
        """Counts of the events that ``view("events", ...)`` would give, by what they could be narrowed with.

        Args:
            asked: as of ``view``, less ``limit``, ``after`` and ``rejected``.
        """
        with self._open().reading() as con:
            return facets.facets(con, self._query(con, "events", **asked))

    def article(self, id: str) -> dict[str, Any]:
        """One article as it was read last: its text with all spans (``article_text``).

        Raises:
            AskError: there is no such article; names the nearest.
        """
        with self._open().reading() as con:
            return article_text.article_text(con, id)

    def why(self, id: str) -> pa.Table:
        """What stands behind a row: its reports with their words, sources, rules, links and judgements (``why.WHY``).

        Raises:
            AskError: nothing has this id; names the nearest.
        """
        with self._open().reading() as con:
            return explaining.why(con, id)

    def sentences(self, reports: Iterable[Mapping[str, Any]]) -> list[str | None]:
        """Of each report of a view's row, the whole sentences in which its evidence stands, or None."""
        with self._open().reading() as con:
            return sentences.sentences(con, reports)

    def judgements(self) -> pa.Table:
        """All judgements, oldest first: one row a report or mention that each is bound to."""
        with self._open().reading() as con:
            return con.sql("SELECT * FROM judgements ORDER BY made, judgement, target").to_arrow_table()

    def panel(self, *, since: Day, until: Day, known_by: Day = None, judged_by: Day = None, **asked: Any) -> pa.Table:
        """Counts for statistics; see ``panel.panel`` for the rest of the arguments.

        Raises:
            AskError: a day that is none, or another argument that can't be.
        """
        for name, day in (("since", since), ("until", until), ("known_by", known_by), ("judged_by", judged_by)):
            asked[name] = day_asked(day, name)
            if asked[name] is None and name in ("since", "until"):
                raise AskError(name, "a panel needs its first and its last day; write them as 2025-01-31")
        with self._open().reading() as con:
            return panel.panel(con, **asked)

    # -- what callers mean -------------------------------------------------------------------------------------

    def _open(self) -> Store:
        if self._closed:
            raise LedgerError(self.path, "this ledger was closed; open it again")
        return self._store

    def _query(
        self,
        con: duckdb.DuckDBPyConnection,
        view: str,
        *,
        as_of: Day = None,
        known_by: Day = None,
        judged_by: Day = None,
        actor: str | Sequence[str] | None = None,
        with_: str | Sequence[str] | None = None,
        type: str | Sequence[str] | None = None,
        since: Day = None,
        until: Day = None,
        country: str | None = None,
        status: str | Sequence[str] | None = None,
        place: str | None = None,
        source: str | None = None,
    ) -> Query:
        known, first, last = day_asked(known_by, "known_by"), day_asked(since, "since"), day_asked(until, "until")
        if first and last and first > last:
            raise AskError("since", f"{first} is behind until, {last}; turn them round")
        return Query(
            as_of=day_asked(as_of, "as_of") or known or self._clock().date(),
            known_by=known,
            judged_by=day_asked(judged_by, "judged_by"),
            actors=self._keys(con, actor, "actor"),
            partners=self._keys(con, with_, "with"),
            types=_types(type, view),
            since=first,
            until=last,
            country=self._country(country),
            statuses=_statuses(status, view),
            place=place,
            source=source,
        )

    def _keys(
        self, con: duckdb.DuckDBPyConnection, actors: str | Sequence[str] | None, argument: str
    ) -> tuple[str, ...]:
        keys: list[str] = []
        for actor in _several(actors):
            found = _names().keys(actor) or _own_key(con, actor)
            if not found:
                raise unknown(argument, actor, _names().nearest(actor))
            keys.extend(found)
        return tuple(dict.fromkeys(keys))

    def _country(self, country: str | None) -> str | None:
        if country is None:
            return None
        found = _names().country(country)
        if found is None:
            raise unknown("country", country, [n for n in _names().nearest(country, 9) if _names().country(n)][:3])
        return found


@functools.cache
def _names() -> ActorNames:
    return ActorNames(Registry.load())


def _own_key(con: duckdb.DuckDBPyConnection, actor: str) -> tuple[str, ...]:
    """An id that no shipped file has, but that was read with a user's own actors and stands in the ledger."""
    met = con.execute(
        "SELECT 1 FROM reports WHERE list_contains(keys, $1) UNION ALL "
        "SELECT 1 FROM mentions WHERE list_contains(keys, $1) LIMIT 1",
        [actor],
    ).fetchall()
    return (actor,) if met else ()


def _several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _types(asked: str | Sequence[str] | None, view: str) -> tuple[str, ...]:
    """The types or kinds asked for.

    Raises:
        AskError: the view knows no such; names the nearest.
    """
    events, measures = tuple(Ontology.load().types), KINDS
    valid = {"events": events, "measures": measures, "articles": (*events, *measures)}.get(view)
    types = _several(asked)
    for unknown_one in [one for one in types if valid is not None and one not in valid]:
        near = difflib.get_close_matches(unknown_one.lower(), [one.lower() for one in valid or ()], 1)
        meant = "".join(f"; did you mean {one}?" for one in valid or () if one.lower() in near)
        raise AskError("type", f"{view} have no type '{unknown_one}'; valid: {', '.join(valid or ())}{meant}")
    return types


def _statuses(asked: str | Sequence[str] | None, view: str) -> tuple[str, ...]:
    """The statuses asked for.

    Raises:
        AskError: the view has no such status.
    """
    valid, statuses = _STATUSES.get(view, ()), _several(asked)
    for unknown_one in [one for one in statuses if one not in valid]:
        raise AskError("status", f"{view} have no status '{unknown_one}'; valid: {', '.join(valid) or 'none'}")
    return statuses


@functools.cache
def _version() -> str:
    try:
        return metadata.version("rapporteur")
    except metadata.PackageNotFoundError:
        return "unknown"
