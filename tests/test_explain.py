"""Why events were coded, and why possible ones were not: in the API and at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rapporteur import Reader
from rapporteur.cli import app
from rapporteur.events import RuleRanker
from rapporteur.explain import Explainer
from rapporteur.model import Article

TEXT = (
    "Peru accused Chile of breaking the treaty on Monday. Norway threatened to expel the ambassador of Peru. "
    "If Bolivia attacked Chile, the pact would end."
)


@pytest.fixture(scope="module")
def heard() -> tuple[Article, Explainer]:
    reader, explainer = Reader(ranker=RuleRanker()), Explainer()
    reader.watch = explainer
    return reader.read_document({"id": "a", "text": TEXT, "date": "2024-05-08"}), explainer


def test_each_event_is_explained_by_frame_pattern_and_parties(heard: tuple[Article, Explainer]) -> None:
    article, explainer = heard
    explanations = list(explainer.explanations(article))
    assert [e.event for e in explanations] == list(article.events)
    first = explanations[0]
    assert first.frame.startswith("ACCUSE.") and first.pattern
    assert first.sentence == "Peru accused Chile of breaking the treaty on Monday."
    assert [(text, part, code) for text, part, code in first.parts] == [
        ("Peru", "actor", "PER"),
        ("Chile", "recipient", "CHL"),
    ]


def test_what_was_let_go_has_a_reason_in_words(heard: tuple[Article, Explainer]) -> None:
    article, explainer = heard
    skips = {skip.text: skip for skip in explainer.skips(article)}
    assert skips["attacked"].reason in ("status", "hypothetical")
    assert all(skip.because for skip in skips.values())
    assert all(article.body[slice(*skip.trigger)] == skip.text for skip in skips.values())


def test_listening_changes_nothing(heard: tuple[Article, Explainer]) -> None:
    article, _ = heard
    assert article == Reader(ranker=RuleRanker()).read_document({"id": "a", "text": TEXT, "date": "2024-05-08"})


def test_what_is_read_twice_is_explained_once() -> None:
    reader, explainer = Reader(ranker=RuleRanker()), Explainer()
    reader.watch = explainer
    for _ in range(2):
        article = reader.read_document({"id": "a", "text": TEXT})
    assert [e.event for e in explainer.explanations(article)] == list(article.events)


def test_an_article_without_candidates_has_nothing_of_the_one_before() -> None:
    reader, explainer = Reader(ranker=RuleRanker()), Explainer()
    reader.watch = explainer
    reader.read_document({"id": "a", "text": TEXT})
    empty = reader.read_document({"id": "b", "text": "The sky was blue over the hills."})
    assert list(explainer.explanations(empty)) == [] and list(explainer.skips(empty)) == []


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "date": "2024-05-08"}) + "\n", encoding="utf-8")
    return path


def test_explain_prints_one_event_or_all(page: Path) -> None:
    everything = run("explain", str(page), "--ranker", "rules")
    assert everything.exit_code == 0 and "frame: ACCUSE." in everything.output
    identifier = everything.output.split()[0]
    one = run("explain", str(page), "--ranker", "rules", "--event", identifier, "--format", "json")
    told = json.loads(one.output)
    assert told["event"]["id"] == identifier and told["article"] == "a"


def test_an_unknown_event_is_said_in_one_line(page: Path) -> None:
    result = run("explain", str(page), "--event", "nobody")
    assert result.exit_code == 1
    assert "no event has the id 'nobody'" in result.stderr and len(result.stderr.splitlines()) == 1


def read_to_file(page: Path, *arguments: str) -> str:
    out = page.with_suffix(".out")
    assert run("read", str(page), "--out", str(out), "--ranker", "rules", *arguments).exit_code == 0
    return out.read_text(encoding="utf-8")


def test_skips_are_printed_with_the_reading(page: Path) -> None:
    skips = json.loads(read_to_file(page, "--explain-skips", "--format", "jsonl"))["skips"]
    assert {"type", "text", "reason", "because", "confidence", "sentence", "trigger", "frame"} == set(skips[0])
    assert "Let go:" in read_to_file(page, "--explain-skips", "--format", "table")


def test_without_being_asked_for_there_are_no_skips(page: Path) -> None:
    assert "skips" not in json.loads(read_to_file(page, "--format", "jsonl"))
