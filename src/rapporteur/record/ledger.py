"""The ledger, as programs use it: record, view, why, correct."""

from __future__ import annotations

import copy
import functools
import os
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import metadata
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.errors import AskError, LedgerError
from rapporteur.model import Article
from rapporteur.record import (
    activity,
    article_text,
    articles_view,
    copies,
    events_view,
    facets,
    judgements,
    mention_links,
    panel,
    questions,
    recording,
    report_links,
    report_spots,
    review,
    sentences,
    shapes,
    standing_views,
    store,
    worded,
)
from rapporteur.record import why as explaining
from rapporteur.record.days import day_asked
from rapporteur.record.kept import Kept, question_of
from rapporteur.record.query import Query
from rapporteur.record.recording import Recorded
from rapporteur.record.store import Store

Day = str | date | None
#: Seconds for which the file is free between two batches: longer than anybody who waits pauses between two tries.
_GIVING_WAY = 1.7 * store.LONGEST_PAUSE
_SHORT = 101  # rows of a list that is kept: a page, and one more
_VIEWS: dict[str, Callable[[duckdb.DuckDBPyConnection, Query], pa.Table]] = {
    "events": events_view.events,
    "measures": standing_views.measures,
    "talks": standing_views.talks,
    "claims": standing_views.claims,
    "articles": articles_view.articles,
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
        self._kept = Kept()
        self._spots = worded.Spots()
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

    def state(self) -> tuple[int, ...] | None:
        """What changes whenever the ledger is written to (``Store.state``)."""
        return self._store.state()

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
            id: of the row, report or mention; to undo, of the judgement.
            verdict: ``accept``, ``reject``, ``retype``, ``recode``, ``merge``, ``split`` or ``undo``.
            value: the new type or kind (``retype``), who is who (``recode``: ``recoding``), the other id (``merge``).
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
        asked: dict[str, Any] = {
            "as_of": as_of, "known_by": known_by, "judged_by": judged_by, "actor": actor, "with_": with_, "type": type,
            "since": since, "until": until, "country": country, "status": status, "place": place, "source": source,
            "limit": limit, "after": after, "rejected": rejected, "ids": ids,
        }  # fmt: skip
        if limit is None or limit > _SHORT:
            with self._open().reading() as con:
                return _VIEWS[name](con, self._query(con, name, **asked))
        return self._known(name, _VIEWS[name], asked)

    @contextmanager
    def at_once(self) -> Iterator[Ledger]:
        """This ledger for several questions in a row, by one thread: its file is opened once for all of them, and they
        see one state. Nothing can be written meanwhile."""
        with self._open().at_once() as store:
            one = copy.copy(self)
            one._store = store
            yield one

    def saying(
        self,
        wanted: Mapping[str, tuple[Sequence[str] | None, Sequence[str] | None]],
        *,
        as_of: Day = None,
        known_by: Day = None,
        besides: Iterable[Sequence[str]] = (),
    ) -> dict[str, list[dict[str, Any]]]:
        """Rows of ``measures`` and ``events`` that may say certain phrases, all from one state of the ledger.

        Args:
            wanted: by view, the types or kinds (None: all) and the phrases (None: whatever it says). Of ``events``
                also those come that measures found rest on, if they are of these types.
            as_of, known_by: as of ``view``.
            besides: other phrases that may be asked for next (``worded.Spots``).

        Returns:
            By view, in its order: all rows that say one of the phrases in the sentences of a report or in its own
            words, and perhaps more (``worded``). Each report has ``text``, its sentences.
        """
        found: dict[str, list[dict[str, Any]]] = {}
        others = [tuple(phrases) for phrases in besides]
        with self._open().reading() as con:
            file = (self._open().state() or ())[:2]
            rests_on: list[str] = []
            for view in sorted(wanted, reverse=True):  # measures first: they name events
                types, phrases = wanted[view]
                ids = None
                if phrases is not None:
                    said = tuple(phrases)
                    places = self._spots.at(con, file, "articles", said, others)
                    if view == "measures":
                        ids, rests_on = worded.measures(con, types, said, places)
                    else:
                        named = self._spots.at(con, file, "reports", said, others)
                        ids = [*worded.events(con, said, places, named), *rests_on]
                asked = self._query(con, view, as_of=as_of, known_by=known_by, type=types, ids=ids)
                found[view] = [] if ids == [] else _VIEWS[view](con, asked).to_pylist()
            reports = [report for rows in found.values() for row in rows for report in row["reports"]]
            for report, text in zip(reports, sentences.sentences(con, reports), strict=True):
                report["text"] = text
        return found

    # -- a look before a question ------------------------------------------------------------------------------

    def acting(self, *, keys: Sequence[str] | None = None, skip: int = 0, **asked: Any) -> list[activity.Acting]:
        """Parties by number of events (``activity.acting``), of the events that ``view("events", ...)`` would show."""
        wanted = None if keys is None else tuple(keys)
        count = functools.partial(activity.acting, keys=wanted, skip=skip)
        return list(self._known("acting", count, asked, keys=wanted, skip=skip))

    def months(self, **asked: Any) -> list[activity.MonthCount]:
        """Events a month and quad class (``activity.months``), of those that ``view("events", ...)`` would show."""
        return list(self._known("months", activity.months, asked))

    def months_done(self, **asked: Any) -> tuple[list[activity.MonthCount], int]:
        """``months`` of what is told as done, and the number of the other events (``activity.months_done``)."""
        months, undone = self._known("months_done", activity.months_done, asked)
        return list(months), undone

    def counterparts(self, *, actor: str | Sequence[str], **asked: Any) -> list[activity.Counterpart]:
        """Whom an actor acts on, and who acts on it (``activity.counterparts``)."""
        return list(self._known("counterparts", activity.counterparts, {"actor": actor, **asked}))

    def places(self, **asked: Any) -> list[activity.PlaceCount]:
        """Places by number of events (``activity.places``), of the events that ``view("events", ...)`` would show."""
        return list(self._known("places", activity.places, asked))

    def placed(self, **asked: Any) -> activity.Placed:
        """How many of the events that ``view("events", ...)`` would show have a place (``activity.placed``)."""
        with self._open().reading() as con:
            return activity.placed(con, self._query(con, "events", **asked))

    def latest(self, **asked: Any) -> pa.Table:
        """Rows of ``view("events", ...)``, the latest first; ``limit`` of them."""
        return self._known("latest", events_view.latest, asked)

    def facets(self, **asked: Any) -> facets.Facets:
        """Counts of the events that ``view("events", ...)`` would give, by what they could be narrowed with.

        Args:
            asked: as of ``view``, less ``limit``, ``after`` and ``rejected``.
        """
        found: facets.Facets = self._known("facets", facets.facets, asked)
        return found

    def article(self, id: str) -> dict[str, Any]:
        """One article as it was read last: its text with all spans (``article_text``).

        Raises:
            AskError: there is no such article; names the nearest.
        """
        return copy.deepcopy(self._of_id(article_text.article_text, id))

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of publication of its articles; None of an empty ledger."""
        first, last = self._known("days", _first_and_last, {})
        return None if first is None else (first, last)

    # -- judging -----------------------------------------------------------------------------------------------

    def queue(self, asked: review.Asked = review.FIRST) -> list[dict[str, Any]]:
        """Reports for people to judge (``review.queue``)."""
        with self._open().reading() as con:
            return review.queue(con, asked)

    def report(self, id: str) -> dict[str, Any]:
        """One report as ``queue`` has it.

        Raises:
            AskError: there is none of this id.
        """
        with self._open().reading() as con:
            return review.one(con, id)

    def gold(self) -> list[dict[str, Any]]:
        """The sentences that people judged wholly, as gold documents (``review.gold``)."""
        with self._open().reading() as con:
            return list(review.gold(con))

    def why(self, id: str) -> pa.Table:
        """What stands behind a row: its reports with their words, sources, rules, links and judgements (``why.WHY``).

        Raises:
            AskError: nothing has this id; names the nearest.
        """
        return self._of_id(explaining.why, id)

    def sentences(self, reports: Iterable[Mapping[str, Any]]) -> list[str | None]:
        """Of each report of a view's row, the whole sentences in which its evidence stands, or None."""
        with self._open().reading() as con:
            return sentences.sentences(con, reports)

    def spots(self, reports: Iterable[Mapping[str, Any]]) -> list[report_spots.Spot | None]:
        """Of each report of a row of the view ``events``, where in its article it stands, or None."""
        with self._open().reading() as con:
            return report_spots.spots(con, reports)

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

    def _known(
        self,
        name: str,
        count: Callable[[duckdb.DuckDBPyConnection, Query], Any],
        asked: Mapping[str, Any],
        **more: Any,
    ) -> Any:
        """What ``count`` gives of what is asked for; again only when the ledger or the day has changed."""
        view = name if name in _VIEWS else "events"
        question = question_of(name, {**asked, **more, "today": self._clock().date()})
        return self._answer(question, lambda con: count(con, self._query(con, view, **asked)))

    def _of_id(self, find: Callable[[duckdb.DuckDBPyConnection, str], Any], id: str) -> Any:
        """What ``find`` gives of an id; again only when the ledger has changed."""
        return self._answer(question_of(find.__name__, {"id": id}), lambda con: find(con, id))

    def _answer(self, question: Hashable, reckon: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
        store = self._open()

        def work() -> tuple[Hashable, Any]:
            with store.reading() as con:
                return store.state(), reckon(con)

        return self._kept.answer(question, store.state, work)

    def _query(self, con: duckdb.DuckDBPyConnection, view: str, **asked: Any) -> Query:
        return questions.query_of(con, view, self._clock().date(), **asked)


def _first_and_last(con: duckdb.DuckDBPyConnection, _: Query) -> tuple[date | None, date | None]:
    first, last = con.execute("SELECT min(published), max(published) FROM current").fetchall()[0]
    return first, last


@functools.cache
def _version() -> str:
    try:
        return metadata.version("rapporteur")
    except metadata.PackageNotFoundError:
        return "unknown"
