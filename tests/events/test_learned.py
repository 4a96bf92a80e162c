"""The ranking that learns: what it decides, that it is the same everywhere, and what is said of a broken model."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur import ModelError, Reader
from rapporteur.events import Decision, LearnedRanker, RuleRanker, shipped_ranker
from rapporteur.events.learned import FORESTS, SHIPPED, load_settings, ranker_named, standing
from rapporteur.explain import Explainer
from rapporteur.model import Article
from rapporteur.training.dataset import Collector

TEXT = (
    "Peru accused Chile of breaking the treaty on Monday. Two days later the Chilean foreign minister flew to Lima and "
    "lambasted his hosts. The actor plays a general who attacks a city in the film's second half."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str = TEXT) -> Article:
    return reader.read_document({"id": "a", "text": text, "date": "2024-05-08"})


def test_the_package_ships_a_model_and_reads_with_it(reader: Reader) -> None:
    assert shipped_ranker() is not None
    assert isinstance(reader.ranker, LearnedRanker)
    assert "ACCUSE" in {event.type for event in read(reader).events}


def test_what_it_ships_stays_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 40_000_000


def test_it_may_take_a_word_that_no_frame_knows_for_an_act(reader: Reader) -> None:
    explainer = Explainer()
    reader.watch = explainer
    article = read(reader, "The Kenyan president lambasted Uganda on Friday over the dam.")
    reader.watch = None
    frames = {e.event.type: e.frame for e in explainer.explanations(article)}
    assert frames.keys() == {"ACCUSE"}
    actors, recipients = ({p.code for p in side} for side in (article.events[0].actors, article.events[0].recipients))
    assert (actors, recipients) == ({"KEN"}, {"UGA"})


def test_a_noun_that_no_frame_knows_is_not_the_act_of_its_clauses_subject() -> None:
    collector = Collector()
    read(Reader(ranker=collector), "Following the disappearances, Kenyan lawmakers asked Uganda for answers.")
    (view,) = collector.take()
    opened = view.proposals.opened(view.words().index("disappearances"), "COERCE")
    assert opened is not None and opened.actors == ()


def test_a_copula_or_auxiliary_is_no_act() -> None:
    collector = Collector()
    read(Reader(ranker=collector), "Kenya has blamed Uganda, and there is shame in the deal.")
    (view,) = collector.take()
    words = view.words()
    taken = {word: view.proposals.opened(words.index(word), "ACCUSE") for word in ("has", "blamed", "is", "shame")}
    assert taken["has"] is None and taken["is"] is None
    assert taken["blamed"] is not None and taken["shame"] is not None


def test_confidence_is_a_probability_and_alike_on_every_run(reader: Reader) -> None:
    first = read(reader)
    assert all(0 <= event.confidence <= 1 for event in first.events)
    assert first == read(reader) == read(Reader(ranker=LearnedRanker(threads=1)))


def test_a_copy_for_a_worker_decides_the_same(reader: Reader) -> None:
    copy = pickle.loads(pickle.dumps(LearnedRanker()))
    assert copy.threads == 1
    assert read(Reader(ranker=copy)) == read(reader)


def test_events_are_kept_from_the_threshold_on(reader: Reader) -> None:
    heard: list[Decision] = []
    reader.watch = lambda article, syntax, decisions, events: heard.extend(decisions)
    read(reader)
    reader.watch = None
    least = load_settings(SHIPPED).threshold
    assert all(d.confidence >= least for d in heard if d.kept)
    assert all(d.reason in ("overlap", "repeat", "weaker") for d in heard if not d.kept and d.confidence >= least)


def test_what_is_kept_although_it_is_only_wanted_counts_as_an_act_of_wanting(reader: Reader) -> None:
    heard: list[Decision] = []
    reader.watch = lambda article, syntax, decisions, events: heard.extend(decisions)
    read(reader)
    reader.watch = None
    assert all(standing(d.candidate) == d.candidate.status for d in heard if d.kept)


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    yield folder


def test_rules_can_be_asked_for_by_name() -> None:
    assert isinstance(ranker_named("rules"), RuleRanker)


@pytest.mark.parametrize("name", ["model.json", "encoder.onnx", "tokenizer.json", *(f"{f}.onnx" for f in FORESTS)])
@pytest.mark.parametrize("content", [None, b"not a model"])
def test_a_missing_or_broken_file_is_named_with_what_would_be_valid(
    model: Path, name: str, content: bytes | None
) -> None:
    (model / name).unlink()
    if content is not None:
        (model / name).write_bytes(content)
    with pytest.raises(ModelError, match="rapporteur train wrote") as problem:
        ranker_named(str(model))
    assert str(model / name) in str(problem.value) and "\n" not in str(problem.value)


def test_a_model_of_another_version_is_refused(model: Path) -> None:
    settings = model / "model.json"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"light verb"', '"heavy verb"', 1), "utf-8")
    with pytest.raises(ModelError, match="its figures are not this version's; train it again"):
        ranker_named(str(model))
