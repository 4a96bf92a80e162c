"""From a gold file to figures and mistakes: what ``rapporteur evaluate`` runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rapporteur import intake
from rapporteur.errors import InputError, LineError, PageError
from rapporteur.evaluation import attribution, gold, gsr, pages
from rapporteur.evaluation.counts import Figures
from rapporteur.evaluation.differences import attribution_mistakes, gsr_mistakes, page_mistakes
from rapporteur.evaluation.events import event_figures
from rapporteur.evaluation.gold import AttributionDocument, EventDocument, GoldKind, GsrSentence, Part, part_of
from rapporteur.evaluation.mistakes import Mistake, event_mistakes
from rapporteur.evaluation.readings import Reading, ReadStory, load_pages, load_readings, reading_of

if TYPE_CHECKING:
    from rapporteur.evaluation.candidates import Proposal
    from rapporteur.events import Ranker
    from rapporteur.reader import Reader

D = TypeVar("D", EventDocument, GsrSentence, AttributionDocument)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Options:
    """How to evaluate.

    Attributes:
        kind: what the gold is; None: told by its content.
        predictions: a file of readings to compare; None: gold's texts are read here.
        part: of gold events only the documents of this part (``gold.Part``); None: all.
        real: leave out documents whose source is "synthetic".
        mistakes: gather mistakes too.
        parties: ask for gold's parties one by one (only where the texts are read here).
        model: an installed spaCy pipeline.
        ranker: what decides; default as of ``Reader``.
        reader: what reads, where it is loaded already; without it one is loaded.
    """

    kind: GoldKind | None = None
    predictions: Path | None = None
    part: Part | None = None
    real: bool = False
    mistakes: bool = False
    parties: bool = True
    model: str | None = None
    ranker: Ranker | None = None
    reader: Reader | None = None


@dataclass(slots=True)
class Evaluation:
    """What came out: figures by name, mistakes if asked for, and what of the input could not be used."""

    kind: GoldKind
    figures: Figures
    mistakes: list[Mistake] = field(default_factory=list)
    problems: list[InputError] = field(default_factory=list)


def evaluate(path: Path, options: Options | None = None) -> Evaluation:
    """Compare readings with the gold at ``path``.

    Raises:
        InputError: a file can't be read, or nothing in it is gold.
    """
    options = options or Options()
    kind = options.kind or gold.kind_of(path)
    runs: Mapping[GoldKind, Callable[[Path, Options], Evaluation]] = {
        GoldKind.EVENTS: _events,
        GoldKind.GSR: _gsr,
        GoldKind.ATTRIBUTION: _attribution,
        GoldKind.PAGES: _pages,
    }
    return runs[kind](path, options)


def _events(path: Path, options: Options) -> Evaluation:
    documents, problems = _sorted_out(gold.event_documents(path))
    if options.part is not None:
        documents = [d for d in documents if part_of(d.id) is options.part]
    if options.real:
        documents = [d for d in documents if d.source != "synthetic"]
    _need(documents, path, problems)
    readings, proposals = _readings(documents, options, problems)
    evaluation = Evaluation(GoldKind.EVENTS, event_figures(documents, readings), [], problems)
    if options.mistakes:
        for document in documents:
            reading = readings.get(document.id, Reading(document.id, document.text))
            evaluation.mistakes += event_mistakes(document, reading, proposals.get(document.id))
    if options.parties and options.predictions is None:
        from rapporteur.evaluation.parties import PartyProbe, party_figures  # late: comparing files needs no pipeline

        probe = PartyProbe(options.model)
        answers = [answer for document in documents for answer in probe.answers(document)]
        evaluation.figures["parties"] = party_figures(answers)
        if options.mistakes:
            evaluation.mistakes += [
                Mistake("party code", a.document, a.sentence, f"{a.text} [{a.wanted}]", f"{a.kind}: {_codes(a.found)}")
                for a in answers
                if not a.right
            ]
    return evaluation


def _gsr(path: Path, options: Options) -> Evaluation:
    sentences, problems = _sorted_out(gold.gsr_sentences(path))
    _need(sentences, path, problems)
    readings, proposals = _readings(sentences, options, problems)
    evaluation = Evaluation(GoldKind.GSR, gsr.gsr_figures(sentences, readings), [], problems)
    if options.mistakes:
        for sentence in sentences:
            reading = readings.get(sentence.id, Reading(sentence.id, sentence.text))
            evaluation.mistakes += gsr_mistakes(sentence, reading, proposals.get(sentence.id))
    return evaluation


def _attribution(path: Path, options: Options) -> Evaluation:
    documents, problems = _sorted_out(gold.attribution_documents(path))
    _need(documents, path, problems)
    readings, _ = _readings(documents, options, problems)
    evaluation = Evaluation(GoldKind.ATTRIBUTION, attribution.attribution_figures(documents, readings), [], problems)
    if options.mistakes:
        for document in documents:
            evaluation.mistakes += attribution_mistakes(document, readings.get(document.id))
    return evaluation


def _pages(path: Path, options: Options) -> Evaluation:
    labelled, problems = _sorted_out(_labelled(path))
    _need(labelled, path, problems)
    read: dict[str, tuple[ReadStory, ...]] = {}
    if options.predictions is not None:
        lines, wrong = _sorted_out(load_pages(options.predictions))
        problems += wrong
        read = dict(lines)
    else:
        read = {page.id: _stories(page.path) for page in labelled}
    results = [pages.compare_page(page, read.get(page.id, ())) for page in labelled]
    evaluation = Evaluation(GoldKind.PAGES, pages.page_figures(results), [], problems)
    if options.mistakes:
        for page, result in zip(labelled, results, strict=True):
            evaluation.mistakes += page_mistakes(page, result)
    return evaluation


def _labelled(path: Path) -> Iterator[pages.GoldPage | InputError]:
    """The labelled pages of a folder.

    Raises:
        InputError: it is no folder, or holds none.
    """
    if not path.is_dir():
        raise InputError(str(path), "is no folder; gold of pages is a folder of ID.txt and ID.json")
    return pages.gold_pages(path)


def _stories(path: Path) -> tuple[ReadStory, ...]:
    """The page's stories; the splitting needs no language model. A page in which nothing is found has none."""
    try:
        articles = intake.read_page(path.read_bytes(), page=str(path))
    except PageError:
        return ()
    return tuple(ReadStory(article.headline, article.body) for article in articles)


def _sorted_out(items: Iterable[T | InputError]) -> tuple[list[T], list[InputError]]:
    good: list[T] = []
    problems: list[InputError] = []
    for item in items:
        if isinstance(item, InputError):
            problems.append(item)
        else:
            good.append(item)
    return good, problems


def _need(documents: list[T], path: Path, problems: list[InputError]) -> None:
    if not documents:
        raise problems[0] if problems else InputError(str(path), "holds nothing to evaluate by")


def _readings(
    documents: list[D], options: Options, problems: list[InputError]
) -> tuple[dict[str, Reading], dict[str, tuple[Proposal, ...]]]:
    """Readings by document id, and what the coder weighed (where mistakes are gathered and the texts read here)."""
    if options.predictions is not None:
        return _from_file(documents, options.predictions, problems), {}
    from rapporteur.evaluation.candidates import CandidateLog  # late: comparing files needs no language pipeline
    from rapporteur.reader import Reader

    log = CandidateLog() if options.mistakes else None
    reader = options.reader or Reader(options.model, ranker=options.ranker)
    reader.watch = log
    readings: dict[str, Reading] = {}
    proposals: dict[str, tuple[Proposal, ...]] = {}
    for document in documents:
        record = {"id": document.id, "text": document.text, "date": document.date}
        try:
            readings[document.id] = reading_of(reader.read_document(record))
        except LineError as error:
            problems.append(InputError(f'the gold of id "{document.id}"', error.problem))
        if log is not None:
            proposals[document.id] = log.take()
    return readings, proposals


def _from_file(documents: list[D], path: Path, problems: list[InputError]) -> dict[str, Reading]:
    texts = {document.id: document.text for document in documents}
    readings: dict[str, Reading] = {}
    for reading in load_readings(path):
        if isinstance(reading, InputError):
            problems.append(reading)
        elif reading.id not in texts:
            continue
        elif reading.body is not None and reading.body != texts[reading.id]:
            where = f"{path}: {reading.id}"
            problems.append(
                InputError(where, "body is not gold's text, so offsets can't be compared; read gold's text")
            )
        elif reading.id in readings:
            problems.append(InputError(f"{path}: {reading.id}", "read twice; the first is compared"))
        else:
            readings[reading.id] = reading
    return readings


def _codes(found: tuple[str | None, ...]) -> str:
    return ", ".join(code or "?" for code in found) or "nobody"
