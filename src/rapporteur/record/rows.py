"""Articles to rows of the first layer, as Arrow tables whose columns are those of ``schema.TABLES``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import msgspec
import pyarrow as pa

from rapporteur.model import Article, ClaimMention, Event, MeasureMention, Party, Size, TalksMention
from rapporteur.record import shapes
from rapporteur.record.copies import signatures
from rapporteur.record.days import period
from rapporteur.record.wordhash import hashed

_TEXT, _INT, _DAY = pa.string(), pa.int32(), pa.date32()
_TEXTS, _HASHES = pa.list_(_TEXT), pa.list_(pa.uint64())
_PARTY = shapes.PARTY
_SIZE = pa.struct([("min", pa.int64()), ("max", pa.int64()), ("text", _TEXT)])
_PLACE = pa.struct([("name", _TEXT), ("country", _TEXT), ("lat", pa.float64()), ("lon", pa.float64())])
_MAGNITUDE = pa.struct([(name, _SIZE) for name in ("killed", "injured", "arrested", "size")])
_party_row = attrgetter(*(_PARTY.field(i).name for i in range(_PARTY.num_fields)))

_BESIDE = b',"url":null,"dropped":[]}'  # what is no part of an article's line

READINGS = pa.schema([("reading", _TEXT), ("article", _TEXT), ("recorded", pa.timestamp("us")), ("version", _TEXT)])
ARTICLES = pa.schema(
    [
        ("reading", _TEXT), ("article", _TEXT), ("published", _DAY), ("page", _TEXT), ("headline", _TEXT),
        ("body", _TEXT), ("date_value", _TEXT), ("date_basis", _TEXT), ("outlet", _TEXT), ("agency", _TEXT),
        ("dateline_place", _TEXT), ("duplicate_of", _TEXT), ("sentences", pa.list_(pa.list_(_INT))),
        ("attributions", _TEXT), ("signature", _HASHES), ("url", _TEXT), ("dropped", _TEXTS),
    ]
)  # fmt: skip
REPORTS = pa.schema(
    [
        ("report", _TEXT), ("reading", _TEXT), ("article", _TEXT), ("published", _DAY), ("sentence", _INT),
        ("sentence_start", _INT), ("sentence_end", _INT), ("type", _TEXT), ("mode", _TEXT), ("contexts", _TEXTS),
        ("trigger_text", _TEXT), ("trigger_start", _INT), ("trigger_end", _INT), ("actors", shapes.PARTIES),
        ("recipients", shapes.PARTIES), ("status", _TEXT), ("date_value", _TEXT), ("date_basis", _TEXT),
        ("first_day", _DAY), ("last_day", _DAY), ("dated", pa.bool_()), ("place", _PLACE), ("magnitude", _MAGNITUDE),
        ("attributed_to", _TEXTS), ("attribution_index", pa.list_(_INT)), ("cameo", _TEXT), ("quad", _INT),
        ("goldstein", pa.float64()), ("scale", _TEXT), ("confidence", pa.float64()), ("rules", _TEXTS),
        ("keys", _TEXTS), ("words", _HASHES),
    ]
)  # fmt: skip
MENTIONS = pa.schema(
    [
        ("mention", _TEXT), ("reading", _TEXT), ("article", _TEXT), ("published", _DAY), ("what", _TEXT),
        ("kind", _TEXT), ("evidence_start", _INT), ("evidence_end", _INT), ("event", _TEXT), ("keys", _TEXTS),
        ("content", _TEXT),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as it is to be stored.

    Attributes:
        id: of the reading: made from all that was read, but for the path of the page.
        article: the article.
        published: the last day of its date, or the day on which it was first recorded.
    """

    id: str
    article: Article
    published: date


def reading_id(article: Article) -> str:
    """A name made from the article's line, but for ``page``: the same page under another path is the same reading."""
    plain = replace(article, page=None, url=None, dropped=())
    line = msgspec.json.encode(plain).removesuffix(_BESIDE) + b"}"
    return hashlib.blake2b(line, digest_size=8).hexdigest()


def mention_id(article: str, what: str, kind: str, start: int, end: int, ordinal: int) -> str:
    """The id of a mention; ``ordinal`` tells apart those of one kind with the same evidence, in text order."""
    key = "\0".join((article, what, kind, str(start), str(end), str(ordinal)))
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()


def tables(readings: Sequence[Reading], recorded: datetime, version: str) -> dict[str, pa.Table]:
    """The rows of ``readings``, by table name.

    Args:
        readings: what was read; ids unlike one another.
        recorded: when, in UTC without a zone.
        version: of the program that read.
    """
    noted = pa.Table.from_pydict(
        {
            "reading": [r.id for r in readings],
            "article": [r.article.id for r in readings],
            "recorded": [recorded] * len(readings),
            "version": [version] * len(readings),
        },
        schema=READINGS,
    )
    return {
        "readings": noted,
        "articles": _articles(readings),
        "reports": _reports(readings),
        "mentions": _mentions(readings),
    }


# -- articles --------------------------------------------------------------------------------------------------


def _articles(readings: Sequence[Reading]) -> pa.Table:
    signed = signatures([r.article.body for r in readings])
    offsets = pa.array(range(0, signed.size + 1, signed.shape[1]), pa.int32())
    rows = [
        (
            r.id, a.id, r.published, a.page, a.headline, a.body, a.date.value, a.date.basis, a.outlet, a.agency,
            a.dateline_place, a.duplicate_of, [list(span) for span in a.sentences],
            msgspec.json.encode(a.attributions).decode(), a.url, list(a.dropped) or None,
        )
        for r in readings
        for a in (r.article,)
    ]  # fmt: skip
    table = _table(rows, pa.schema([f for f in ARTICLES if f.name != "signature"]))
    signature = pa.ListArray.from_arrays(offsets, pa.array(signed.ravel(), pa.uint64()))
    return table.append_column(ARTICLES.field("signature"), signature).select(ARTICLES.names)


# -- reports ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Parties:
    """A column of lists of parties, built flat: far quicker than from dictionaries."""

    offsets: list[int] = field(default_factory=lambda: [0])
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, parties: Iterable[Party]) -> None:
        self.rows.extend(map(_party_row, parties))
        self.offsets.append(len(self.rows))

    def array(self) -> pa.Array:
        values = list(zip(*self.rows, strict=True)) or [()] * _PARTY.num_fields
        columns = [pa.array(column, _PARTY.field(i).type) for i, column in enumerate(values)]
        struct = pa.StructArray.from_arrays(columns, fields=list(_PARTY))
        return pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), struct)


def _reports(readings: Sequence[Reading]) -> pa.Table:
    actors, recipients = _Parties(), _Parties()
    rows: list[tuple[Any, ...]] = []
    for reading in readings:
        sources = source_texts(reading.article)
        words: dict[int, list[int]] = {}
        for event in reading.article.events:
            actors.add(event.actors)
            recipients.add(event.recipients)
            rows.append(_report(reading, event, sources, words))
    table = _table(rows, pa.schema([f for f in REPORTS if f.name not in ("actors", "recipients")]))
    place = REPORTS.get_field_index("actors")
    table = table.add_column(place, REPORTS.field("actors"), actors.array())
    return table.add_column(place + 1, REPORTS.field("recipients"), recipients.array())


def _report(reading: Reading, event: Event, sources: Sequence[str], words: dict[int, list[int]]) -> tuple[Any, ...]:
    article = reading.article
    start, end = _sentence(article, event)
    if start not in words:
        words[start] = hashed(article.body[start:end])
    own = period(event.date.value) if event.date else None
    first, last = own or (reading.published, reading.published)
    place, counts = event.place, event.magnitude
    return (
        event.id, reading.id, article.id, reading.published, event.sentence, start, end, event.type, event.mode,
        event.contexts, event.trigger.text, event.trigger.start, event.trigger.end, event.status,
        event.date.value if event.date else None, event.date.basis if event.date else None, first, last,
        own is not None,
        None if place is None else {"name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon},
        None if counts is None else {name: _size(getattr(counts, name)) for name in _MAGNITUDE_FIELDS},
        _of(sources, event.attributed_to), event.attributed_to, event.cameo, event.quad, event.goldstein, event.scale,
        event.confidence, event.rules, keys_of((*event.actors, *event.recipients)), words[start],
    )  # fmt: skip


_MAGNITUDE_FIELDS = ("killed", "injured", "arrested", "size")


def _size(size: Size | None) -> dict[str, Any] | None:
    return None if size is None else {"min": size.min, "max": size.max, "text": size.text}


def _sentence(article: Article, event: Event) -> tuple[int, int]:
    if 0 <= event.sentence < len(article.sentences):
        return article.sentences[event.sentence]
    return event.trigger.start, event.trigger.end


def keys_of(parties: Iterable[Party]) -> list[str]:
    """Codes, countries and registry ids of the parties, sorted: what they are asked for by."""
    return sorted({key for party in parties for key in (party.code, party.country, party.entity) if key})


def source_texts(article: Article) -> list[str]:
    """The words that name the source of each of the article's attributions."""
    return [" ".join(article.body[start:end] for start, end in a.source) for a in article.attributions]


def _of(sources: Sequence[str], indices: Iterable[int]) -> list[str]:
    return [sources[i] for i in indices if 0 <= i < len(sources)]


# -- mentions --------------------------------------------------------------------------------------------------


def _mentions(readings: Sequence[Reading]) -> pa.Table:
    return _table([row for reading in readings for row in _of_article(reading)], MENTIONS)


def _of_article(reading: Reading) -> list[tuple[Any, ...]]:
    article = reading.article
    sources = source_texts(article)
    told = _mentioned(article)
    ids = mention_ids(article)
    claims = [id for id, (what, _, _) in zip(ids, told, strict=True) if what == "claim"]
    rows = []
    for id, (what, kind, mention) in zip(ids, told, strict=True):
        content = msgspec.to_builtins(mention)
        if isinstance(mention, ClaimMention):
            answers = mention.answers
            content["answers"] = claims[answers] if answers is not None and 0 <= answers < len(claims) else None
            chain = _chain(article, mention.attribution)
            parties: tuple[Party, ...] = (mention.claimant,) if mention.claimant else ()
            event = mention.about[0] if mention.about else None
        else:
            chain = mention.attributed_to
            event = mention.event
            parties = (
                (*mention.imposers, *mention.targets) if isinstance(mention, MeasureMention) else mention.participants
            )
        content["attributed_to"], content["attribution_index"] = _of(sources, chain), list(chain)
        rows.append(
            (
                id, reading.id, article.id, reading.published, what, kind, *mention.evidence, event, keys_of(parties),
                msgspec.json.encode(content).decode(),
            )
        )  # fmt: skip
    return rows


def _mentioned(article: Article) -> list[tuple[str, str, MeasureMention | TalksMention | ClaimMention]]:
    """The article's mentions of what lasts, each with what it is and of which kind: measures, talks, claims."""
    return [
        *(("measure", m.kind, m) for m in article.measures),
        *(("talks", "talks", t) for t in article.talks),
        *(("claim", c.force, c) for c in article.claims),
    ]


def mention_ids(article: Article) -> list[str]:
    """The ids of the article's mentions: of its measures, then talks, then claims."""
    seen: dict[tuple[str, str, int, int], int] = {}
    ids = []
    for what, kind, mention in _mentioned(article):
        key = (what, kind, *mention.evidence)
        ordinal = seen[key] = seen.get(key, -1) + 1
        ids.append(mention_id(article.id, *key, ordinal))
    return ids


def _chain(article: Article, index: int | None) -> tuple[int, ...]:
    """The attributions that hold the one of this index, outermost first, and itself."""
    chain: list[int] = []
    while index is not None and 0 <= index < len(article.attributions) and index not in chain:
        chain.append(index)
        index = article.attributions[index].parent
    return tuple(reversed(chain))


def _table(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in schema]
    arrays = [pa.array(column, column_type.type) for column, column_type in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
