"""The views ``measures``, ``talks`` and ``claims``: mentions, folded into what they tell of, on a day.

Rows stand in the order of ``standing_items``. A page's rows are chosen by what the database can tell (mentions' kinds
and parties, days of publication); those alone are folded, and tested by what only folding tells; where that leaves too
few, more are chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from operator import attrgetter
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.model import Party
from rapporteur.record import shapes
from rapporteur.record.claim_links import ClaimLinks, claim_links
from rapporteur.record.fold_claims import fold_claim
from rapporteur.record.fold_measures import fold_measure, stood
from rapporteur.record.fold_talks import RoundState, fold_talks
from rapporteur.record.periods import first_day, last_day
from rapporteur.record.query import Query
from rapporteur.record.standing_items import PREFIX, Item, Judged, chosen, items, judged

_SMALLEST, _LARGEST = 200, 20_000  # items that are folded at a time
_SIFTED = 8  # times as many items as rows are folded at first where a status is asked for: many have another

_PARTY = tuple(shapes.PARTY.field(i).name for i in range(shapes.PARTY.num_fields))
_party = attrgetter(*_PARTY)  # far quicker than ``asdict``, which copies what can't change

Row = dict[str, Any]
Sides = tuple[Sequence[Party], Sequence[Party]]
Folded = tuple[Row, Sides]


def measures(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The measures that ``query`` asks for, by ``shapes.MEASURES``.

    ``actors`` and ``partners`` are parties of either side, ``since`` and ``until`` days on which it stood.
    """
    return _view(con, "measure", query, shapes.MEASURES, lambda found, _: (_measure(item, query) for item in found))


def talks(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The series of talks that ``query`` asks for, by ``shapes.TALKS``.

    ``since`` and ``until`` are days on which a round was held; an undated round counts on the day of its first report.
    """
    return _view(con, "talks", query, shapes.TALKS, lambda found, _: (_talks(item, query) for item in found))


def claims(con: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The claims that ``query`` asks for, by ``shapes.CLAIMS``.

    ``actors`` and ``country`` are the claimant's, ``partners`` those whose claim it answers, ``types`` forces;
    ``since`` and ``until`` are days on which it was reported.
    """

    def fold(found: Sequence[Item], words: Judged) -> Iterator[Folded | None]:
        links = claim_links(con, query, found, words)
        return (_claim(item, query, links) for item in found)

    return _view(con, "claim", query, shapes.CLAIMS, fold)


def _view(
    con: duckdb.DuckDBPyConnection,
    what: str,
    query: Query,
    shape: pa.Schema,
    fold: Callable[[Sequence[Item], Judged], Iterable[Folded | None]],
) -> pa.Table:
    """The rows that are asked for: ``fold`` gives None for an item that isn't."""
    rows: list[Row] = []
    asked_for = _answering if what == "claim" else _asked_for
    with judged(con, query) as words:
        for roots in _chunks(chosen(con, what, query, words), query.limit, _SIFTED if query.statuses else 1):
            found = items(con, what, query, roots, words)
            for item, folded in zip(found, fold(found, words), strict=True):
                if folded is None or not asked_for(query, *folded[1]):
                    continue
                rows.append(
                    {
                        "id": PREFIX[what] + item.root,
                        **folded[0],
                        "judgement": item.judgement,
                        "reports": item.reports,
                    }
                )
                if len(rows) == query.limit:
                    return pa.Table.from_pylist(rows, schema=shape)
    return pa.Table.from_pylist(rows, schema=shape)


def _chunks(roots: Sequence[str], limit: int | None, share: int = 1) -> Iterator[Sequence[str]]:
    size, start = min(_LARGEST if limit is None else limit * share, _LARGEST), 0
    while start < len(roots) and size:
        yield roots[start : start + size]
        start += size
        size = min(max(2 * size, _SMALLEST), _LARGEST)


# -- folding -----------------------------------------------------------------------------------------------------


def _measure(item: Item, query: Query) -> Folded | None:
    if (query.since or query.until) and not stood(item.tellings, query.since, query.until, query.as_of):
        return None
    state = fold_measure(item.tellings, query.as_of, item.kind)
    if (query.types and state.kind not in query.types) or (query.statuses and state.status not in query.statuses):
        return None
    row = {
        "kind": state.kind,
        "imposers": _parties(state.imposers),
        "targets": _parties(state.targets),
        "object": state.object,
        "through": state.through,
        "since": asdict(state.since) if state.since else None,
        "until": {"value": state.until} if state.until else None,
        "ends_when": state.ends_when,
        "status": state.status,
    }
    return row, (state.imposers, state.targets)


def _talks(item: Item, query: Query) -> Folded | None:
    state = fold_talks(item.tellings, query.as_of)
    if query.statuses and state.status not in query.statuses:
        return None
    published = {telling.id: telling.published for telling in item.tellings}
    held = [_days(round, published[round.reports[0]]) for round in state.rounds]
    if (query.since or query.until) and not any(_within(days, query) for days in held):
        return None
    following = state.next
    row = {
        "participants": _parties(state.participants),
        "subject": state.subject,
        "place": state.place,
        "rounds": [
            {"date": asdict(r.date) if r.date else None, "place": r.place, "reports": list(r.reports)}
            for r in state.rounds
        ],
        "next": {"date": following.date, "place": following.place} if following else None,
        "status": state.status,
        "agreed": list(state.agreed),
        "called": [
            {"by": (words.by.name or words.by.text) if words.by else None, "words": words.words, "mention": id}
            for words, id in state.called
        ],
    }
    return row, (state.participants, ())


def _claim(item: Item, query: Query, links: ClaimLinks) -> Folded | None:
    if not any(_within((telling.published, telling.published), query) for telling in item.tellings):
        return None
    state = fold_claim(item.tellings, links.items, links.events)
    if query.types and state.force not in query.types:
        return None
    row = {
        "claimant": asdict(state.claimant) if state.claimant else None,
        "source": state.source,
        "force": state.force,
        "content": state.content,
        "about": list(state.about),
        "answers": PREFIX["claim"] + state.answers if state.answers else None,
        "answer": state.answer,
        "answered_by": [PREFIX["claim"] + other for other in links.answered_by.get(item.root, ())],
    }
    return row, ([state.claimant] if state.claimant else [], links.claimants.get(state.answers or "", ()))


def _parties(parties: Sequence[Party]) -> list[Row]:
    return [dict(zip(_PARTY, _party(party), strict=True)) for party in parties]


# -- asking ------------------------------------------------------------------------------------------------------


def _asked_for(query: Query, one: Sequence[Party], other: Sequence[Party]) -> bool:
    """Is one of ``actors`` a party, one of ``partners`` another one, and the country a party's?"""
    parties = [*one, *other]
    acting = [place for place, party in enumerate(parties) if _one_of(party, query.actors)]
    partners = [place for place, party in enumerate(parties) if _one_of(party, query.partners)]
    if query.actors and not acting:
        return False
    if query.partners and not any(place != actor for place in partners for actor in acting or [-1]):
        return False
    return not query.country or any(_one_of(party, [query.country]) for party in parties)


def _answering(query: Query, claimants: Sequence[Party], answered: Sequence[Party]) -> bool:
    """Is the claimant one of ``actors`` and of the country, and does he answer one of ``partners``?"""
    return all(
        not keys or any(_one_of(party, keys) for party in parties)
        for keys, parties in (
            (query.actors, claimants),
            ((query.country,) if query.country else (), claimants),
            (query.partners, answered),
        )
    )


def _one_of(party: Party, keys: Sequence[str]) -> bool:
    return any(key in keys for key in (party.code, party.country, party.entity) if key)


def _days(round: RoundState, reported: date) -> tuple[date, date]:
    value = round.date.value if round.date else ""
    return first_day(value) or reported, last_day(value) or reported


def _within(days: tuple[date, date], query: Query) -> bool:
    first, last = days
    return (query.since is None or last >= query.since) and (query.until is None or first <= query.until)
