"""Figures of events' places against labels.

A label is matched to the read event whose trigger shares most characters with its own; labels of events that were not
read are counted as not found, and tell nothing of places. A country stands for a place; a sea or a disputed area, which
is of no country, for itself by its name.

    found      share of labels whose event was read
    right      of those, the same country, or rightly no place
    precision  of places read, those of the labelled country
    recall     of places labelled, those read with their country
    country    of events with a place both labelled and read, the share with the same country
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from rapporteur.errors import InputError
from rapporteur.evaluation.counts import Figures, share
from rapporteur.evaluation.events import common
from rapporteur.evaluation.gold import decoded, numbered_lines
from rapporteur.model import Article, Event, Place, Span


class LabelledPlace(msgspec.Struct, frozen=True):
    """Where an event happened: ``name`` None where the text leaves it nameless, ``country`` where it is of none."""

    name: str | None
    country: str | None

    @property
    def where(self) -> str | None:
        """What has to agree: the country, else the name."""
        return self.country or self.name


class PlaceLabel(msgspec.Struct, frozen=True):
    """One event's place. ``trigger`` are offsets into the text of the document ``id``, which is ``text`` or stands in
    another file; ``place`` is None where the text doesn't tell."""

    id: str
    trigger: Span
    place: LabelledPlace | None
    text: str | None = None
    set: int = 1


class _Text(msgspec.Struct, frozen=True):
    id: str
    text: str
    date: str | None = None


_LABEL = '{"id", "trigger": [start, end], "place": {"name", "country"} | null, "text"?, "set"?}'
_TEXT = '{"id", "text", "date"?}'


def load_labels(path: Path) -> list[PlaceLabel]:
    """The labels of a file.

    Raises:
        InputError: the file can't be read, or a line is wrong; with its line.
    """
    return [decoded(line, PlaceLabel, f"{path}:{number}", _LABEL) for number, line in numbered_lines(path)]


def documents(labels: Iterable[PlaceLabel], texts: Path | None = None) -> Iterator[dict[str, str | None]]:
    """What there is to read for the labels, as ``Reader.read_document`` takes it: each text once.

    Raises:
        InputError: a label has neither a text nor one in ``texts``.
    """
    known: dict[str, _Text] = {}
    for number, line in numbered_lines(texts) if texts is not None else ():
        document = decoded(line, _Text, f"{texts}:{number}", _TEXT)
        known[document.id] = document
    seen: set[str] = set()
    for label in labels:
        if label.id in seen:
            continue
        seen.add(label.id)
        found = _Text(label.id, label.text) if label.text is not None else known.get(label.id)
        if found is None:
            raise InputError(label.id, "no text for this label; give the file that holds it")
        yield {"id": found.id, "text": found.text, "date": found.date}


def place_figures(labels: Iterable[PlaceLabel], articles: Mapping[str, Article]) -> Figures:
    """All figures; the module's text defines them."""
    n: Counter[str] = Counter()
    for label in labels:
        event = _event_at(articles[label.id].events, label.trigger)
        n["labels"] += 1
        if event is None:
            continue
        wanted, read = label.place, event.place
        same = _same(wanted, read)
        n["found"] += 1
        n["right"] += same
        n["wanted"] += wanted is not None
        n["read"] += read is not None
        n["both"] += wanted is not None and read is not None
        n["hits"] += same and wanted is not None
    return {
        "labels": n["labels"],
        "found": share(n["found"], n["labels"]),
        "right": share(n["right"], n["found"]),
        "precision": share(n["hits"], n["read"]),
        "recall": share(n["hits"], n["wanted"]),
        "country": share(n["hits"], n["both"]),
    }


def place_mistakes(labels: Iterable[PlaceLabel], articles: Mapping[str, Article]) -> Iterator[str]:
    """A line for each event whose place is wrong, missing or not in the text."""
    for label in labels:
        article = articles[label.id]
        event = _event_at(article.events, label.trigger)
        if event is not None and not _same(label.place, event.place):
            start, end = label.trigger
            wanted = f"{label.place.name} {label.place.country}" if label.place else "none"
            read = f"{event.place.name} {event.place.country}" if event.place else "none"
            yield f"{label.id} {event.type} {article.body[start:end]!r}: labelled {wanted}, read {read}"


def _event_at(events: Iterable[Event], trigger: Span) -> Event | None:
    best = max(events, key=lambda e: common(trigger, (e.trigger.start, e.trigger.end)), default=None)
    return best if best is not None and common(trigger, (best.trigger.start, best.trigger.end)) else None


def _same(wanted: LabelledPlace | None, read: Place | None) -> bool:
    if wanted is None or read is None:
        return wanted is None and read is None
    return wanted.where == (read.country or read.name)
