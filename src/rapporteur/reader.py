"""The whole reading, from bytes to articles with their events, on one page of code.

intake -> segment -> screen -> parse -> actors -> sourcing -> events -> standing
"""

from __future__ import annotations

import dataclasses
import functools
import logging
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, TypeVar

from rapporteur import intake
from rapporteur.actors import ActorTables, ArticleActors
from rapporteur.errors import InputError, PageError
from rapporteur.events import Coder, Decision, Ranker, RuleRanker, Screen, shipped_ranker
from rapporteur.knowledge.frames import load_frames
from rapporteur.knowledge.ontology import Ontology
from rapporteur.language import Parser, Syntax, cased, foreign_language, segment
from rapporteur.model import Article, Attribution, Event, Span
from rapporteur.sourcing import Credits, attribute, quotation_credited, speakers
from rapporteur.standing import Standing

_log = logging.getLogger("rapporteur")
_BATCH = 8  # articles handed to a worker at a time
_LONGEST = 2000  # characters; what is longer is a table or a list, not a sentence, and is not parsed
T = TypeVar("T")

#: Told of each sentence with candidates: its article (as read so far), its syntax, what was decided, its events.
Watch = Callable[[Article, Syntax, Sequence[Decision], Sequence[Event]], None]


class Reader:
    """Reads news and keeps the models loaded between calls. One instance serves one thread."""

    def __init__(
        self,
        model: str | None = None,
        *,
        ranker: Ranker | None = None,
        actors: Iterable[str | Path] = (),
        frames: Iterable[str | Path] = (),
    ) -> None:
        """Load models and tables.

        Args:
            model: an installed spaCy pipeline; default the one that Rapporteur depends on.
            ranker: decides which candidates are events; default the shipped model, or the rules alone (``RuleRanker``)
                where the package carries none. It must be picklable to read with several workers.
            actors: files of one's own actors, on top of the registry (``docs/actors.md``).
            frames: folders or files of one's own frames, on top of the shipped ones (``docs/frames.md``).

        Raises:
            ModelError: the pipeline or the ranking model is missing or unfit.
            KnowledgeError: a data file is wrong; with file and line.
        """
        self.model = model
        self.actors = tuple(Path(path) for path in actors)
        self.frames = tuple(Path(path) for path in frames)
        self.ranker = ranker if ranker is not None else shipped_ranker() or RuleRanker()
        self.watch: Watch | None = None
        tables = load_frames(*self.frames)  # knowledge first: a mistake in a user's file is told at once
        self._actors = ActorTables.load(*self.actors)
        self._parser = Parser(model)
        self._screen = Screen(tables, self._parser.lemmas_of, self._actors.common_words())
        self._credits = quotation_credited()
        self._coder = Coder(tables, Ontology.load(), self.ranker)
        self._standing = Standing(self._parser.lemmas_of)

    # -- one thing at a time -----------------------------------------------------------------------------------

    def read(self, content: str | bytes, date: str | None = None, *, page: str | None = None) -> list[Article]:
        """Read one page, which may hold several articles.

        Args:
            content: the page, as text or as bytes of any usual encoding.
            date: publication date (ISO) for articles that carry none.
            page: what to call the page in the articles and in errors.

        Returns:
            Its articles in page order. Text that is not English comes back without events, with a logged warning.

        Raises:
            PageError: there is nothing to read (empty, binary, too large, no article).
        """
        return [self._logged(article) for article in intake.read_page(content, page=page, date=date)]

    def read_document(self, record: Mapping[str, object]) -> Article:
        """Read one article as it is: ``{"id", "text", "title"?, "date"?, "url"?, "source"?}``; body is exactly text.

        Raises:
            LineError: the record has not that shape.
        """
        return self._logged(intake.read_document(record))

    # -- streams -----------------------------------------------------------------------------------------------

    def read_documents(self, records: Iterable[Mapping[str, object]], workers: int = 1) -> Iterator[Article]:
        """Read a stream of documents, in order, in ``workers`` processes; the result does not depend on their number.

        Raises:
            LineError: at a record that has not the shape of ``read_document``.
        """
        for item in self._stream((intake.read_document(r) for r in records), workers):
            if isinstance(item, Article):
                yield item
            else:
                _log.warning("%s", item)

    def read_paths(
        self, paths: Sequence[str], *, date: str | None = None, workers: int = 1, stdin: BinaryIO | None = None
    ) -> Iterator[Article | InputError]:
        """Read files, folders, globs and "-" in order. What can't be read is yielded as an ``InputError`` in its place;
        the rest goes on."""
        return self._stream(intake.read_paths(paths, date=date, stdin=stdin), workers)

    def _stream(self, items: Iterable[Article | InputError], workers: int) -> Iterator[Article | InputError]:
        stream = iter(items)
        # What fits in one batch is read here: starting workers takes longer than that.
        here = stream if workers <= 1 else islice(stream, _BATCH)
        for item in here:
            yield from self._enriched([item])
        more = next(stream, None)
        if more is not None:
            yield from self._shared_out(chain([more], stream), workers)

    def _shared_out(self, items: Iterable[Article | InputError], workers: int) -> Iterator[Article | InputError]:
        """The same in several processes; at most two batches a worker are waiting, so memory stays bounded."""
        context = get_context("spawn")
        loaded = (self.model, self.actors, self.frames, self.ranker)
        with ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=loaded) as pool:
            waiting: deque[Future[list[Article | InputError]]] = deque()
            for batch in _batches(items, _BATCH):
                waiting.append(pool.submit(_work, batch))
                if len(waiting) > 2 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

    def _enriched(self, items: Iterable[Article | InputError]) -> Iterator[Article | InputError]:
        for item in items:
            if isinstance(item, InputError):
                yield item
                continue
            article, problem = self._read_article(item)
            if problem is not None:
                yield problem
            yield article

    def _logged(self, article: Article) -> Article:
        article, problem = self._read_article(article)
        if problem is not None:
            _log.warning("%s", problem)
        return article

    # -- one article -------------------------------------------------------------------------------------------

    def _read_article(self, article: Article) -> tuple[Article, PageError | None]:
        sentences = _from(intake.story_start(article.body), segment(article.body))
        language = foreign_language(article.body)
        if language is not None:
            where = article.page or article.id
            problem = PageError(where, f"the text is not English ({language}); only English is coded: no events given")
            return dataclasses.replace(article, sentences=sentences), problem
        return self._coded(dataclasses.replace(article, sentences=sentences)), None

    def _coded(self, article: Article) -> Article:
        body, sentences, date = article.body, article.sentences, article.date.value
        people = ArticleActors(self._actors, body=body, sentences=sentences, date=date, headline=article.headline)
        syntax, holding = self._parse(body, sentences, people)
        for index in range(len(sentences)):
            if index in syntax:
                people.enter(syntax[index])
            else:
                people.enter_text(index)
        attributions = attribute(body, sentences, syntax, people)
        people.speaker_at = speakers(attributions)
        sources = Credits(attributions)
        credited = tuple(_unguessed(attribution, people) for attribution in attributions)
        article = dataclasses.replace(article, attributions=credited)
        watch = functools.partial(self.watch, article) if self.watch is not None else None
        events = [
            event
            for index, parsed in syntax.items()
            if index in holding
            for event in self._coder.code(article.id, body, date, parsed, people, sources, watch)
        ]
        article = dataclasses.replace(article, events=tuple(events))
        return self._standing.read(article, syntax, people)

    def _parse(
        self, body: str, sentences: Sequence[Span], people: ArticleActors
    ) -> tuple[dict[int, Syntax], frozenset[int]]:
        """Syntax of the sentences that can matter, by index; and which of them can hold an event, not only a credit."""
        holding: set[int] = set()
        chosen: list[tuple[int, int, str]] = []
        for index, (start, end) in enumerate(sentences):
            text, names = body[start:end], people.names_in(index)
            if end - start > _LONGEST:
                continue
            if self._screen.passes(text, bool(names)):
                holding.add(index)
            elif not (self._credits(text) or self._standing.passes(text)):
                continue
            chosen.append((index, start, cased(text, names, start)))
        return {parsed.sentence: parsed for parsed in self._parser.parse(chosen)}, frozenset(holding)


def _unguessed(attribution: Attribution, people: ArticleActors) -> Attribution:
    """The attribution without a country for a source that nobody names: where "three people" are from isn't told."""
    party = attribution.party
    if party is None or attribution.kind != "anonymous" or not people.is_surmised(party):
        return attribution
    return dataclasses.replace(attribution, party=dataclasses.replace(party, code=None, country=None))


def _from(start: int, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences from an offset on: a dateline is nobody's act ("UNITED NATIONS - Russia vetoed ...")."""
    return tuple((max(s, start), e) for s, e in sentences if e > start)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


_reader: Reader | None = None


def _start_worker(model: str | None, actors: tuple[Path, ...], frames: tuple[Path, ...], ranker: Ranker) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its workers
    _reader = Reader(model, ranker=ranker, actors=actors, frames=frames)


def _work(batch: list[Article | InputError]) -> list[Article | InputError]:
    assert _reader is not None
    return list(_reader._enriched(batch))
