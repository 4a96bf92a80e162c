"""The linked tables: events, reports, parties, places and what stands, each its own table, joined by id.

``report.row``, ``party.row``, ``figure.event`` and ``round.talks`` are ids of the rows they belong to;
``report.article`` is an id of ``article``, ``attribution.report`` one of ``report``, ``event.place`` one of ``place``,
``party.actor`` one of ``actor``. Rows of views of a ledger go in (``record.shapes``), rows of tables come out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from rapporteur.exports.columns import COUNT, DAY, NUMBER, TEXT, TEXTS, WHOLE, column
from rapporteur.exports.precision import precision
from rapporteur.knowledge.places import gazetteer
from rapporteur.record.days import period

Row = Mapping[str, Any]
Placed = tuple[str, dict[str, Any]]  # a table's name and a row of it

_ID = column("id", TEXT, "id of the row", always=True)
_JUDGEMENT = column("judgement", TEXT, "what persons judged of it")


def _texts(**columns: str) -> list[pa.Field]:
    return [column(name, TEXT, told) for name, told in columns.items()]


TABLES: dict[str, pa.Schema] = {
    "article": pa.schema(
        [
            _ID,
            *_texts(page="path or address", headline="headline", date="when published, ISO of the precision known",
                    date_basis="how the date is known"),
            column("published", DAY, "the day on which it counts as published"),
            *_texts(outlet="who published it", agency="the news agency that wrote it",
                    dateline_place="place of the dateline", duplicate_of="id of the article that it repeats"),
        ]
    ),
    "event": pa.schema(
        [
            _ID,
            *_texts(type="PLOVER event type", mode="PLOVER mode"),
            column("contexts", TEXTS, "PLOVER contexts"),
            *_texts(status="actual, negated, future or hypothetical", date="when it happened, ISO",
                    date_basis="how the date is known"),
            column("first_day", DAY, "first day of the date"),
            column("last_day", DAY, "last day of the date"),
            *_texts(place="id of the place", cameo="CAMEO code"),
            column("quad", WHOLE, "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"),
            column("goldstein", NUMBER, "score on the scale"),
            column("scale", TEXT, "name of the scale"),
            column("confidence", NUMBER, "0 to 1"),
            column("trigger", TEXT, "the words that state it"),
            column("articles", WHOLE, "articles that tell of it, copies counted once"),
            _JUDGEMENT,
        ]
    ),
    "report": pa.schema(
        [
            _ID,
            column("row", TEXT, "id of the event, measure, talks or claim that it tells of", always=True),
            column("kind", TEXT, "event, measure, talks or claim", always=True),
            *_texts(article="id of the article", event_report="id of the report of the act that it rests on"),
            column("start", WHOLE, "first character of the words in the article's body"),
            column("end", WHOLE, "the character behind them"),
            column("published", DAY, "the day on which the article counts as published"),
            *_texts(status="status by this report", duplicate_of="id of the article that this one repeats"),
        ]
    ),
    "attribution": pa.schema(
        [
            column("report", TEXT, "id of the report", always=True),
            column("level", WHOLE, "0 is the outermost source", always=True),
            column("source", TEXT, "the words that name the source"),
        ]
    ),
    "actor": pa.schema(
        [
            _ID,
            *_texts(name="canonical name", text="the text's words, of one without a name",
                    code="alpha-3, IGO or NSA", country="alpha-3", sector="PLOVER sector", entity="id in the registry"),
        ]
    ),
    "party": pa.schema(
        [
            column("row", TEXT, "id of the event, measure, talks or claim", always=True),
            column("role", TEXT, "actor, recipient, imposer, target, participant or claimant", always=True),
            column("position", WHOLE, "place among those of the role, from 0", always=True),
            column("actor", TEXT, "id of the actor", always=True),
            column("text", TEXT, "the words that name it"),
            column("members", TEXTS, "alpha-3 codes of a group's members on the day"),
        ]
    ),
    "place": pa.schema(
        [
            _ID,
            *_texts(name="the text's words", country="alpha-3"),
            column("lat", NUMBER, "degrees, north positive"),
            column("lon", NUMBER, "degrees, east positive"),
            column("precision", TEXT, "what the coordinates stand for: town, area, country, point"),
        ]
    ),
    "figure": pa.schema(
        [
            column("event", TEXT, "id of the event", always=True),
            *_texts(report="id of the report that gives it", what="killed, injured, arrested or size"),
            column("min", COUNT, "at least"),
            column("max", COUNT, "at most"),
            column("text", TEXT, "the text's words"),
        ]
    ),
    "measure": pa.schema(
        [
            _ID,
            *_texts(kind="kind of measure", object="what it bears on", through="institution by which it works",
                    since="onset, ISO", since_basis="how the onset is known", until="end, ISO",
                    ends_when="condition of its end, in the text's words", status="state on the day"),
            _JUDGEMENT,
        ]
    ),
    "talks": pa.schema(
        [
            _ID,
            *_texts(subject="what is talked of", place="where", next_date="the round to come, ISO",
                    next_place="where it will be", status="state on the day"),
            column("agreed", TEXTS, "what was agreed, in the text's words"),
            _JUDGEMENT,
        ]
    ),
    "round": pa.schema(
        [
            column("talks", TEXT, "id of the talks", always=True),
            column("position", WHOLE, "oldest first, from 0", always=True),
            *_texts(date="when, ISO", date_basis="how the date is known", place="where"),
        ]
    ),
    "claim": pa.schema(
        [
            _ID,
            *_texts(source="words that name the claimant", force="assert, deny ...", content="the claim's words"),
            column("about", TEXTS, "ids of the events it is about"),
            *_texts(answers="id of the claim that it answers", answer="rejects or confirms"),
            _JUDGEMENT,
        ]
    ),
}  # fmt: skip
#: Columns of a table that are ids of another one's rows.
LINKS = {
    "event": {"place": "place"},
    "report": {"article": "article"},
    "attribution": {"report": "report"},
    "party": {"actor": "actor"},
    "figure": {"event": "event"},
    "round": {"talks": "talks"},
}
KINDS = {"events": "event", "measures": "measure", "talks": "talks", "claims": "claim", "articles": "article"}
_ROLES = {
    "event": {"actors": "actor", "recipients": "recipient"},
    "measure": {"imposers": "imposer", "targets": "target"},
    "talks": {"participants": "participant"},
    "claim": {"claimant": "claimant"},
}


class Linker:
    """Takes views' rows apart; an actor or place is given once, when it is first met."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def rows(self, view: str, row: Row) -> Iterator[Placed]:
        """The tables' rows that a row of a view becomes."""
        kind = KINDS[view]
        own = {name: row.get(name) for name in TABLES[kind].names}
        for name in ("date", "since", "next"):
            if isinstance(told := row.get(name), Mapping):
                own |= {f"{name}_{part}": value for part, value in told.items() if f"{name}_{part}" in own}
                if name in own:
                    own[name] = told.get("value")
        if isinstance(until := row.get("until"), Mapping):
            own["until"] = until["value"]
        if kind == "event":
            days = period(own["date"])
            own["first_day"], own["last_day"] = days or (None, None)
            own["place"] = None
            if row["place"]:
                yield from self._place(row["place"])
                own["place"] = _id("p", *(row["place"][part] for part in ("name", "country", "lat", "lon")))
        yield kind, own
        yield from self._parties(kind, row)
        yield from self._reports(kind, row)
        yield from ((("figure", {**figure, "event": row["id"]})) for figure in row.get("figures") or ())
        for position, held in enumerate(row.get("rounds") or ()):
            when = held["date"] or {}
            told = {"date": when.get("value"), "date_basis": when.get("basis"), "place": held["place"]}
            yield "round", {"talks": row["id"], "position": position, **told}

    def _place(self, place: Row) -> Iterator[Placed]:
        values = tuple(place[part] for part in ("name", "country", "lat", "lon"))
        id = _id("p", *values)
        if id not in self._met:
            self._met.add(id)
            held = dict(zip(("name", "country", "lat", "lon"), values, strict=True))
            yield "place", {"id": id, **held, "precision": precision(gazetteer(), *values)}

    def _parties(self, kind: str, row: Row) -> Iterator[Placed]:
        for name, role in _ROLES.get(kind, {}).items():
            told = row[name] if isinstance(row[name], (list, tuple)) else [row[name]] if row[name] else []
            for position, party in enumerate(told):
                actor = {part: party[part] for part in ("name", "code", "country", "sector", "entity")}
                actor["text"] = None if party["name"] else party["text"]
                id = _id("a", *(actor[part] for part in sorted(actor)))
                if id not in self._met:
                    self._met.add(id)
                    yield "actor", {"id": id, **actor}
                held = {"text": party["text"], "members": list(party["members"] or ())}
                yield "party", {"row": row["id"], "role": role, "position": position, "actor": id, **held}

    def _reports(self, kind: str, row: Row) -> Iterator[Placed]:
        for report in row.get("reports") or ():
            id = report["event"] if kind == "event" else report["mention"]
            start, end = report["evidence"] or (None, None)
            same = {name: report[name] for name in ("article", "published", "status", "duplicate_of")}
            resting = None if kind == "event" else report["event"]
            yield "report", {"id": id, "row": row["id"], "kind": kind, "event_report": resting, "start": start,
                             "end": end, **same}  # fmt: skip
            for level, source in enumerate(report["attributed_to"] or ()):
                yield "attribution", {"report": id, "level": level, "source": source}


def _id(prefix: str, *values: object) -> str:
    """An id made from what is told."""
    return f"{prefix}-{hashlib.blake2b(repr(values).encode('utf-8', 'replace'), digest_size=8).hexdigest()}"
