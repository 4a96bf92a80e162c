"""What was read, in the few fields that are compared; from a file of ``rapporteur read`` or from the reader itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from rapporteur.errors import LineError
from rapporteur.evaluation.gold import decoded, numbered_lines
from rapporteur.model import Article, Span


class ReadParty(msgspec.Struct, frozen=True):
    """An actor or recipient as read."""

    text: str = ""
    code: str | None = None


class ReadTrigger(msgspec.Struct, frozen=True):
    """The words that state an event."""

    start: int
    end: int
    text: str = ""


class ReadPlace(msgspec.Struct, frozen=True):
    """Where an event was, as read."""

    name: str
    country: str | None = None


class ReadSize(msgspec.Struct, frozen=True):
    """A number of people, as read."""

    min: int | None = None
    max: int | None = None
    text: str = ""


class ReadEvent(msgspec.Struct, frozen=True):
    """An event as read; ``attributed_to`` indexes the article's attributions."""

    type: str
    trigger: ReadTrigger
    status: str
    actors: tuple[ReadParty, ...] = ()
    recipients: tuple[ReadParty, ...] = ()
    mode: str | None = None
    attributed_to: tuple[int, ...] = ()
    place: ReadPlace | None = None
    magnitude: dict[str, ReadSize | None] | None = None

    @property
    def span(self) -> Span:
        """Of the trigger."""
        return self.trigger.start, self.trigger.end


class ReadAttribution(msgspec.Struct, frozen=True):
    """An attribution as read; ``parent`` is the one that encloses it."""

    source: tuple[Span, ...] | None = None
    cue: tuple[Span, ...] | None = None
    content: tuple[Span, ...] | None = None
    parent: int | None = None


class Reading(msgspec.Struct, frozen=True):
    """One article as read."""

    id: str
    body: str | None = None
    events: tuple[ReadEvent, ...] = ()
    attributions: tuple[ReadAttribution, ...] = ()

    def sources(self, event: ReadEvent) -> list[str]:
        """The words of everybody on whose word the event is told."""
        body = self.body or ""
        return [
            body[start:end]
            for index in event.attributed_to
            if index < len(self.attributions)
            for start, end in self.attributions[index].source or ()
        ]


class ReadStory(msgspec.Struct, frozen=True):
    """Headline and body of one article of a page."""

    headline: str | None = None
    body: str | None = None


class ReadPage(msgspec.Struct, frozen=True):
    """One line of a file of pages' readings: all the articles of a page, or, as ``rapporteur read`` prints, one."""

    id: str
    articles: tuple[ReadStory, ...] | None = None
    page: str | None = None
    headline: str | None = None
    body: str | None = None


_VALID = "what rapporteur read --format jsonl prints"


def reading_of(article: Article) -> Reading:
    """The article's compared fields."""
    plain: dict[str, Any] = article.to_dict()
    return msgspec.convert(plain, Reading)


def load_readings(path: Path) -> Iterator[Reading | LineError]:
    """The articles of a file of readings, in order; a line that is none comes as a ``LineError``.

    Raises:
        InputError: the file can't be read.
    """
    for number, line in numbered_lines(path):
        try:
            yield decoded(line, Reading, f"{path}:{number}", _VALID)
        except LineError as error:
            yield error


def load_pages(path: Path) -> Iterator[tuple[str, tuple[ReadStory, ...]] | LineError]:
    """Pages and their stories from a file of readings: a page is named by the stem of its file (``page``), or, where
    the line holds a whole page (``{"id", "articles": [{"headline", "body"}]}``), by ``id``."""
    pages: dict[str, tuple[ReadStory, ...]] = {}
    for number, line in numbered_lines(path):
        try:
            read = decoded(line, ReadPage, f"{path}:{number}", _VALID)
        except LineError as error:
            yield error
            continue
        name = Path(read.page).stem if read.page is not None else read.id
        stories = read.articles if read.articles is not None else (ReadStory(read.headline, read.body),)
        pages[name] = pages.get(name, ()) + stories
    yield from pages.items()
