"""Places against labels."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rapporteur.errors import InputError, LineError
from rapporteur.evaluation.places import documents, load_labels, place_figures, place_mistakes
from rapporteur.model import Article, Place

from ..conftest import event
from .conftest import write_lines

BODY = "Peru met Chile. Chile warned Peru. Peru bombed Chile."


def article_with(build: Callable[..., Article], **places: Place | None) -> Article:
    """An article whose events have these places, by their trigger."""
    return build(BODY, events=[replace(event(BODY, word), place=place) for word, place in places.items()])


def label(word: str, name: str | None = None, country: str | None = None, **more: Any) -> dict[str, Any]:
    start = BODY.index(word)
    place = {"name": name, "country": country} if name or country else None
    return {"id": "a1", "trigger": [start, start + len(word)], "place": place, **more}


def test_figures_tell_precision_from_recall(build: Callable[..., Article], tmp_path: Path) -> None:
    labels = load_labels(
        write_lines(tmp_path / "l.jsonl", label("met", "Lima", "PER"), label("warned"), label("bombed", None, "CHL"))
    )
    read = article_with(build, met=Place("Lima", "PER"), warned=Place("Quito", "ECU"), bombed=None)
    figures = place_figures(labels, {"a1": read})
    assert figures == {"labels": 3, "found": 1.0, "right": 0.333, "precision": 0.5, "recall": 0.5, "country": 1.0}
    assert list(place_mistakes(labels, {"a1": read})) == [
        "a1 CONSULT 'warned': labelled none, read Quito ECU",
        "a1 CONSULT 'bombed': labelled None CHL, read none",
    ]


def test_a_sea_is_told_by_its_name(build: Callable[..., Article], tmp_path: Path) -> None:
    labels = load_labels(write_lines(tmp_path / "l.jsonl", label("met", "Black Sea")))
    for name, right in (("Black Sea", 1.0), ("Red Sea", 0.0)):
        assert place_figures(labels, {"a1": article_with(build, met=Place(name))})["right"] == right


def test_an_event_that_was_not_read_tells_nothing_of_places(build: Callable[..., Article], tmp_path: Path) -> None:
    labels = load_labels(write_lines(tmp_path / "l.jsonl", label("met", "Lima", "PER")))
    figures = place_figures(labels, {"a1": article_with(build)})
    assert (figures["found"], figures["recall"]) == (0.0, None)


def test_texts_stand_in_the_label_or_in_another_file(tmp_path: Path) -> None:
    labels = load_labels(
        write_lines(tmp_path / "l.jsonl", label("met"), label("warned"), label("met", id="b", text="x"))
    )
    texts = write_lines(tmp_path / "t.jsonl", {"id": "a1", "text": BODY, "date": "2024-01-01", "events": []})
    assert list(documents(labels, texts)) == [
        {"id": "a1", "text": BODY, "date": "2024-01-01"},
        {"id": "b", "text": "x", "date": None},
    ]
    with pytest.raises(InputError, match="no text"):
        list(documents(labels))


def test_a_wrong_line_is_told_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(LineError, match=r"l\.jsonl:2"):
        load_labels(write_lines(tmp_path / "l.jsonl", label("met"), {"id": "b", "place": None}))


def test_the_labels_of_the_repository_are_whole() -> None:
    gold = Path(__file__).parents[1] / "gold"
    assert len(load_labels(gold / "places.jsonl")) == 200
    for own in load_labels(gold / "place-sentences.jsonl"):
        assert own.text is not None and own.text[own.trigger[0] : own.trigger[1]].strip()
    assert all("text" not in json.loads(line) for line in (gold / "places.jsonl").read_text().splitlines())
