"""The plain record of an event that every exchange format is written from and read into.

A record is one event with what stands around it: the sentence, the article, whose word it is. It is made from a reading
(``from_article``: one record an event of the article), from rows of a ledger's view ``events`` (``from_rows``: one
record an act, with all its reports), or by the reader of a format, which then fills what that format holds and leaves
the rest None.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rapporteur.model import Article, Event, Magnitude, Party, Size, Span
from rapporteur.record.days import period
from rapporteur.record.report_spots import Spot

#: What is counted, in the order of ``Magnitude``.
FIGURES = ("killed", "injured", "arrested", "size")
_AT_ONCE = 2000  # rows whose sentences are asked for together

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordParty:
    """An actor, recipient or source.

    The fields are those of ``model.Party``. Offsets are into the ``body`` of the first report's article; they are None
    where a format has none, and of a ledger's rows where the first report doesn't name the party. ``sectors`` are all
    that a format gives (``sector`` is the first of them), ``wikidata`` its page or item, ``title`` an office.
    """

    text: str
    code: str | None = None
    country: str | None = None
    members: tuple[str, ...] = ()
    sector: str | None = None
    entity: str | None = None
    name: str | None = None
    start: int | None = None
    end: int | None = None
    sectors: tuple[str, ...] = ()
    title: str | None = None
    wikidata: str | None = None

    @property
    def label(self) -> str:
        """What to call it: the canonical name, else the text's own words."""
        return self.name or self.text


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """A place. ``name`` is the text's; ``country`` alpha-3; degrees, north and east positive.

    ``city``, ``district``, ``province``, ``geonameid`` and ``feature`` (GeoNames: PCLI, ADM1, PPL ...) are what a
    format read gave; readings and ledgers give none of them.
    """

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    city: str | None = None
    district: str | None = None
    province: str | None = None
    geonameid: str | None = None
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class RecordFigure:
    """A figure as one report gives it: ``what`` is one of ``FIGURES``; ``report`` the id of the mention."""

    what: str
    min: int | None
    max: int | None
    text: str
    report: str | None = None
    attributed_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordReport:
    """One article's mention of the event.

    Attributes:
        article: the article's id.
        event: the mention's id, None where untold.
        published: ISO date of whatever precision is known, or None.
        evidence: the sentence's span in the article's ``body``, or None.
        sentence: the sentence's number in the article, from 0, or None.
        text: the sentence, or None.
        attributed_to: the words that name each source, outermost first.
        url: where the article stands on the web, or None.
        trigger_span: where its own words state the event, offsets in the article's ``body``, or None.
    """

    article: str
    event: str | None = None
    published: str | None = None
    outlet: str | None = None
    agency: str | None = None
    status: str | None = None
    attributed_to: tuple[str, ...] = ()
    evidence: Span | None = None
    duplicate_of: str | None = None
    sentence: int | None = None
    text: str | None = None
    headline: str | None = None
    url: str | None = None
    trigger_span: Span | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event, in the words of the contract (``model.Event``), with its sentence and article.

    Attributes:
        date, date_basis: when it happened, ISO of the precision that the text gives; None where it gives none.
        magnitude: figures of the report that was published last of those that give one; ``figures`` are all.
        sentence_text, sentence, article, headline, url, outlet, agency, published, attributed_to: of the first report.
        reports: all, at least one where they are known, by day of publication.
        trigger: the words that state the event; ``trigger_span`` their offsets in the article's ``body``, where known.
        intensity: a score that a format read gives beside ``goldstein``, or None.
        lead: whether the first report's first sentence states it, where a format read tells that alone; else None.
        source: the format that it was read from (``plover``, ``gdelt`` ...), None for Rapporteur's own reading.
    """

    id: str
    type: str | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    date: str | None = None
    date_basis: str | None = None
    cameo: str | None = None
    quad: int | None = None
    goldstein: float | None = None
    scale: str | None = None
    status: str | None = None
    actors: tuple[RecordParty, ...] = ()
    recipients: tuple[RecordParty, ...] = ()
    place: RecordPlace | None = None
    magnitude: Magnitude | None = None
    figures: tuple[RecordFigure, ...] = ()
    confidence: float | None = None
    trigger: str | None = None
    trigger_span: Span | None = None
    sentence: int | None = None
    sentence_text: str | None = None
    article: str | None = None
    headline: str | None = None
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    attributed_to: tuple[str, ...] = ()
    reports: tuple[RecordReport, ...] = ()
    articles: int | None = None
    intensity: float | None = None
    lead: bool | None = None
    source: str | None = None

    @property
    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """First and last day on which it may have happened: of its date, else of the report's; None where neither is
        known."""
        return period(self.date) or period(self.published)


# -- from readings ---------------------------------------------------------------------------------------------


def from_article(article: Article) -> Iterator[EventRecord]:
    """The records of an article's events, in its order."""
    return (_of_event(article, event) for event in article.events)


def _of_event(article: Article, event: Event) -> EventRecord:
    first, last = article.sentences[event.sentence]
    sources = tuple(_words(article, index) for index in event.attributed_to)
    report = RecordReport(
        article=article.id,
        event=event.id,
        published=article.date.value,
        outlet=article.outlet,
        agency=article.agency,
        status=event.status,
        attributed_to=sources,
        evidence=(first, last),
        duplicate_of=article.duplicate_of,
        sentence=event.sentence,
        text=article.body[first:last],
        headline=article.headline,
        url=_web(article.url) or _web(article.page),
        trigger_span=(event.trigger.start, event.trigger.end),
    )
    return EventRecord(
        id=event.id,
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        date=event.date.value if event.date else None,
        date_basis=event.date.basis if event.date else None,
        cameo=event.cameo,
        quad=event.quad,
        goldstein=event.goldstein,
        scale=event.scale,
        status=event.status,
        actors=tuple(map(_of_party, event.actors)),
        recipients=tuple(map(_of_party, event.recipients)),
        place=RecordPlace(event.place.name, event.place.country, event.place.lat, event.place.lon)
        if event.place
        else None,
        magnitude=event.magnitude,
        figures=tuple(_figures_of(event.magnitude, event.id, sources)),
        confidence=event.confidence,
        trigger=event.trigger.text,
        trigger_span=(event.trigger.start, event.trigger.end),
        reports=(report,),
        articles=1,
        **_of_report(report),
    )


def _of_report(report: RecordReport | None) -> dict[str, Any]:
    """What a record takes from its first report."""
    if report is None:
        return {}
    return {
        "sentence": report.sentence,
        "sentence_text": report.text,
        "article": report.article,
        "headline": report.headline,
        "url": report.url,
        "outlet": report.outlet,
        "agency": report.agency,
        "published": report.published,
        "attributed_to": report.attributed_to,
    }


def _words(article: Article, index: int) -> str:
    """The words that name a source."""
    return " ... ".join(article.body[start:end] for start, end in article.attributions[index].source)


def _of_party(party: Party) -> RecordParty:
    return RecordParty(
        text=party.text,
        code=party.code,
        country=party.country,
        members=party.members,
        sector=party.sector,
        entity=party.entity,
        name=party.name,
        start=party.start,
        end=party.end,
        sectors=(party.sector,) if party.sector else (),
    )


def _figures_of(magnitude: Magnitude | None, report: str, sources: tuple[str, ...]) -> Iterator[RecordFigure]:
    for what in FIGURES if magnitude else ():
        size: Size | None = getattr(magnitude, what)
        if size is not None:
            yield RecordFigure(what, size.min, size.max, size.text, report, sources)


def _web(page: str | None) -> str | None:
    """A path or address where it is one on the web."""
    return page if page is not None and page.partition("://")[0].lower() in ("http", "https") else None


# -- from a ledger ---------------------------------------------------------------------------------------------


def from_rows(
    rows: Iterable[Row],
    *,
    sentences: Callable[[Sequence[Row]], Sequence[str | None]] | None = None,
    spots: Callable[[Sequence[Row]], Sequence[Spot | None]] | None = None,
) -> Iterator[EventRecord]:
    """The records of rows of a ledger's view ``events``, in their order.

    Args:
        rows: by ``record.shapes.EVENTS``, as dicts (``table.to_pylist()``, or batch by batch).
        sentences: gives the sentence of each report (``Ledger.sentences``); without it records have no sentence.
        spots: tells where each report stands, and in which article (``Ledger.spots``); without it records have no
            number of the sentence, no offsets, no headlines and addresses.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        reports = [report for row in some for report in row["reports"]]
        texts = iter(sentences(reports) if sentences is not None else [None] * len(reports))
        places = iter(spots(reports) if spots is not None else [None] * len(reports))
        for row in some:
            where = [next(places) for _ in row["reports"]]
            told = [_told(report, next(texts), spot) for report, spot in zip(row["reports"], where, strict=True)]
            yield _of_row(row, told, where[0] if where else None)


def _of_row(row: Row, reports: list[RecordReport], first: Spot | None) -> EventRecord:
    place, when = row["place"], row["date"]
    figures = tuple(_figure(figure) for figure in row["figures"])
    return EventRecord(
        id=row["id"],
        type=row["type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"] or ()),
        date=when["value"] if when else None,
        date_basis=when["basis"] if when else None,
        cameo=row["cameo"],
        quad=row["quad"],
        goldstein=row["goldstein"],
        scale=row["scale"],
        status=row["status"],
        actors=tuple(_of_party_row(party, first) for party in row["actors"]),
        recipients=tuple(_of_party_row(party, first) for party in row["recipients"]),
        place=RecordPlace(place["name"], place["country"], place["lat"], place["lon"]) if place else None,
        magnitude=_last_told(figures, reports),
        figures=figures,
        confidence=row["confidence"],
        trigger=row["trigger"],
        trigger_span=first.trigger_span if first is not None and first.trigger == row["trigger"] else None,
        reports=tuple(reports),
        articles=row["articles"],
        **_of_report(reports[0] if reports else None),
    )


def _told(report: Row, text: str | None, spot: Spot | None) -> RecordReport:
    published = report["published"]
    return RecordReport(
        article=report["article"],
        event=report["event"],
        published=published.isoformat() if isinstance(published, datetime.date) else published,
        outlet=report["outlet"],
        agency=report["agency"],
        status=report["status"],
        attributed_to=tuple(report["attributed_to"] or ()),
        evidence=(report["evidence"][0], report["evidence"][1]) if report["evidence"] else None,
        duplicate_of=report["duplicate_of"],
        sentence=spot.sentence if spot else None,
        text=text,
        headline=spot.headline if spot else None,
        url=(_web(spot.url) or _web(spot.page)) if spot else None,
        trigger_span=spot.trigger_span if spot else None,
    )


def _of_party_row(party: Row, first: Spot | None) -> RecordParty:
    found = first.party(party["entity"], party["code"], party["sector"], party["text"]) if first else None
    start, end = found or (None, None)
    return RecordParty(
        text=party["text"],
        code=party["code"],
        country=party["country"],
        members=tuple(party["members"] or ()),
        sector=party["sector"],
        entity=party["entity"],
        name=party["name"],
        start=start,
        end=end,
        sectors=(party["sector"],) if party["sector"] else (),
    )


def _figure(figure: Row) -> RecordFigure:
    return RecordFigure(
        figure["what"],
        figure["min"],
        figure["max"],
        figure["text"],
        figure["report"],
        tuple(figure["attributed_to"] or ()),
    )


def _last_told(figures: Sequence[RecordFigure], reports: Sequence[RecordReport]) -> Magnitude | None:
    """Of each kind of figure the one that was told last; tolls grow, and the last word is the one to give."""
    order = {report.event: place for place, report in enumerate(reports)}
    last: dict[str, Size] = {}
    for figure in sorted(figures, key=lambda f: order.get(f.report, -1)):
        last[figure.what] = Size(figure.min, figure.max, figure.text)
    return Magnitude(**last) if last else None
