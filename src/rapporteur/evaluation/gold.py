"""Gold files: what people coded by reading, checked line by line.

Four kinds, told by their content:

    events       a document a line, its sentences and the events that they state
    gsr          a sentence a line, and the one event that it states
    attribution  an article a line, and who is credited with what in it
    pages        a folder of pages ``ID.txt``, each with its lines' labels ``ID.json``

A line that is wrong is given as a ``LineError`` in its place; the rest goes on. Offsets are code points into ``text``,
end exclusive.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec

from rapporteur.errors import InputError, LineError
from rapporteur.knowledge.ontology import Ontology
from rapporteur.model import Span, Status


class Part(StrEnum):
    """How a gold file is divided: what mistakes are read in, and what is looked at only for the figure."""

    TUNING = "tuning"
    HELD_OUT = "held-out"


def part_of(document: str) -> Part:
    """The part of a document by its id: one in five is held out, the same ones everywhere."""
    number = int.from_bytes(hashlib.blake2b(document.encode(), digest_size=8).digest(), "big")
    return Part.HELD_OUT if number % 5 == 0 else Part.TUNING


class GoldKind(StrEnum):
    """What a gold file is about."""

    EVENTS = "events"
    GSR = "gsr"
    PAGES = "pages"
    ATTRIBUTION = "attribution"


class GoldParty(msgspec.Struct, frozen=True):
    """An actor or recipient: its words as they stand in the sentence, and its code (None: the text doesn't tell)."""

    text: str
    code: str | None = None


class GoldEvent(msgspec.Struct, frozen=True):
    """One event. ``sentence`` indexes the document's sentences; ``according_to`` is the words of the source."""

    sentence: int
    type: str
    trigger: Span
    actors: tuple[GoldParty, ...]
    recipients: tuple[GoldParty, ...]
    status: Status
    mode: str | None = None
    according_to: str | None = None


class EventDocument(msgspec.Struct, frozen=True):
    """A window of consecutive sentences; ``source`` is where it comes from, "synthetic" if a machine wrote it."""

    id: str
    text: str
    sentences: tuple[Span, ...]
    events: tuple[GoldEvent, ...]
    date: str | None = None
    source: str | None = None


class GsrSentence(msgspec.Struct, frozen=True):
    """One sentence with one event."""

    id: str
    text: str
    type: str
    actors: tuple[GoldParty, ...]
    recipients: tuple[GoldParty, ...]
    date: str | None = None


class GoldAttribution(msgspec.Struct, frozen=True):
    """Who is credited with what; ``head`` is the source's head word, ``type`` direct, mixed or indirect."""

    source: tuple[Span, ...] | None = None
    cue: tuple[Span, ...] | None = None
    content: tuple[Span, ...] | None = None
    type: str | None = None
    head: Span | None = None


class AttributionDocument(msgspec.Struct, frozen=True):
    """An article with its outermost attributions."""

    id: str
    text: str
    attributions: tuple[GoldAttribution, ...]
    date: str | None = None


Document = EventDocument | GsrSentence | AttributionDocument
G = TypeVar("G", EventDocument, GsrSentence, AttributionDocument)

_SHAPES = {
    EventDocument: '{"id", "date"?, "text", "sentences": [[start, end], ...], "events": [{"sentence", "type", '
    '"trigger": [start, end], "actors": [{"text", "code"}], "recipients", '
    '"status": "actual" | "negated" | "future" | "hypothetical", "mode"?, "according_to"?}]}',
    GsrSentence: '{"id", "date"?, "text", "type", "actors": [{"text", "code"}], "recipients"}',
    AttributionDocument: '{"id", "date"?, "text", "attributions": [{"source": [[start, end], ...], "cue", "content"}]}',
}


def kind_of(path: Path) -> GoldKind:
    """The kind of a gold file, told by its first line that is a JSON object.

    Raises:
        InputError: there is no such file, or no line tells what it is.
    """
    if path.is_dir():
        return GoldKind.PAGES
    for _, line in numbered_lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            for key, kind in (
                ("attributions", GoldKind.ATTRIBUTION),
                ("events", GoldKind.EVENTS),
                ("type", GoldKind.GSR),
            ):
                if key in record:
                    return kind
    raise InputError(
        str(path), 'no line has "events", "type" or "attributions"; give a gold file, or say what it is with --kind'
    )


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file (``.gz``: packed) that are not blank, each with its number from 1.

    Raises:
        InputError: the file can't be read.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if text.strip():
                    yield number, text
    except (OSError, EOFError, zlib.error) as error:  # the latter two: a packed file that is cut short or damaged
        raise InputError(str(path), f"can't be read: {getattr(error, 'strerror', None) or error}") from None


def event_documents(path: Path) -> Iterator[EventDocument | LineError]:
    """The documents of a gold file of events."""
    return _documents(path, EventDocument, _event_problem)


def gsr_sentences(path: Path) -> Iterator[GsrSentence | LineError]:
    """The sentences of a gold file of single events."""
    return _documents(path, GsrSentence, lambda sentence: _type_problem(sentence.type))


def attribution_documents(path: Path) -> Iterator[AttributionDocument | LineError]:
    """The articles of a gold file of attributions."""
    return _documents(path, AttributionDocument, _attribution_problem)


def decoded(line: bytes, shape: type[T], where: str, valid: str) -> T:
    """One line of JSON as ``shape``.

    Raises:
        LineError: with what is wrong and what would be valid.
    """
    try:
        return msgspec.json.decode(line, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        problem = str(error).replace(" - at `$", " at `")
        raise LineError(where, f"{problem[:1].lower()}{problem[1:]}; valid is {valid}") from None


T = TypeVar("T")


def _documents(path: Path, shape: type[G], problem_of: Callable[[G], str | None]) -> Iterator[G | LineError]:
    seen: set[str] = set()
    for number, line in numbered_lines(path):
        where = f"{path}:{number}"
        try:
            document: G = decoded(line, shape, where, _SHAPES[shape])
        except LineError as error:
            yield error
            continue
        problem = problem_of(document)
        if document.id in seen:
            problem = f'the id "{document.id}" stands in an earlier line; ids must differ'
        if not document.text.strip():
            problem = '"text" is empty; give the text or leave the line out'
        if problem is not None:
            yield LineError(where, problem)
            continue
        seen.add(document.id)
        yield document


def _type_problem(type: str) -> str | None:
    types = Ontology.load().types
    return None if type in types else f'"type" is "{type}"; valid are {", ".join(types)}'


def _event_problem(document: EventDocument) -> str | None:
    wrong = _span_problem(document.sentences, len(document.text), "sentences")
    if wrong:
        return wrong
    if any(a[1] > b[0] for a, b in zip(document.sentences, document.sentences[1:], strict=False)):
        return '"sentences" overlap or are out of order; they must follow each other'
    for number, event in enumerate(document.events):
        name = f"events[{number}]"
        if not 0 <= event.sentence < len(document.sentences):
            return f'{name}: "sentence" is {event.sentence}; there are {len(document.sentences)}, counted from 0'
        wrong = _type_problem(event.type) or _span_problem((event.trigger,), len(document.text), "trigger")
        if wrong:
            return f"{name}: {wrong}"
        start, end = document.sentences[event.sentence]
        if not start <= event.trigger[0] < event.trigger[1] <= end:
            return f'{name}: "trigger" {list(event.trigger)} is not within its sentence [{start}, {end}]'
    return None


def _attribution_problem(document: AttributionDocument) -> str | None:
    for number, credit in enumerate(document.attributions):
        for name in ("source", "cue", "content"):
            wrong = _span_problem(getattr(credit, name) or (), len(document.text), name)
            if wrong:
                return f"attributions[{number}]: {wrong}"
    return None


def _span_problem(spans: Iterable[Span], length: int, name: str) -> str | None:
    for start, end in spans:
        if not 0 <= start < end <= length:
            return f'"{name}" has [{start}, {end}]; a span has 0 <= start < end <= {length}, the length of the text'
    return None
