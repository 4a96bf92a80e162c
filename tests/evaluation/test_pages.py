"""Figures of pages: by hand, and equal to the reference scorer's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rapporteur.errors import InputError
from rapporteur.evaluation.pages import GoldPage, compare_page, gold_pages, page_figures
from rapporteur.evaluation.readings import ReadStory

LINES = [
    "News | Sport | Weather",
    "Peru reopens its embassy",
    "LIMA (Wire) - Peru opened its embassy in Suva again on Monday after nine years.",
    "The flag went up at noon before a small crowd of fishermen and schoolchildren.",
    "Photo: a flag",
    "Fiji thanked the visitors with a feast on the beach, its foreign office said. By A. Writer",
    "Read more",
    "A road washed away near the capital after three days of rain, and the ferry stopped.",
]


def label(n: int, article: int | None, role: str, **more: Any) -> dict[str, Any]:
    return {"n": n, "article": article, "role": role, **more}


LABELS = {
    "set": "made",
    "family": "hand",
    "n_articles": 3,
    "optional_articles": [2],
    "lines": [
        label(1, None, "widget"),
        label(2, 0, "headline"),
        label(3, 0, "body", dateline_to=14),
        label(4, 0, "body"),
        label(5, 0, "caption"),
        label(6, 1, "body", body_to=LINES[5].index("By A.")),
        label(8, 2, "body"),
    ],
}
FIRST = ReadStory(LINES[1], f"{LINES[2][14:]}\n{LINES[3]}")
SECOND = ReadStory(None, LINES[5])
TEASER = ReadStory(None, LINES[7])
READINGS = {
    "as labelled": [FIRST, SECOND],
    "with dateline and teaser": [ReadStory(LINES[1], f"{LINES[2]}\n{LINES[3]}"), SECOND, TEASER],
    "in one piece": [ReadStory(LINES[1], "\n".join(LINES[2:6]))],
    "with a caption": [ReadStory(LINES[0], f"{LINES[2]}\n{LINES[3]}\n{LINES[4]}"), ReadStory(LINES[6], LINES[5])],
    "nothing": [],
    "the wrong way round": [SECOND, ReadStory(None, LINES[3])],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_bytes("\r\n".join(LINES).encode())
    (tmp_path / "one.json").write_text(json.dumps(LABELS), encoding="utf-8")
    return tmp_path


def page_of(folder: Path) -> GoldPage:
    (page,) = gold_pages(folder)
    assert isinstance(page, GoldPage)
    return page


def test_what_is_labelled_is_found(folder: Path) -> None:
    found = page_figures([compare_page(page_of(folder), READINGS["as labelled"])])
    assert set(found.values()) == {1, 2}


@pytest.mark.parametrize(
    ("reading", "figure", "value"),
    [
        ("with dateline and teaser", "art_F1", 1.0),
        ("with dateline and teaser", "pages_n", 1.0),
        ("in one piece", "pages_n", 0.0),
        ("in one piece", "bounds", 0.0),
        ("in one piece", "edges", 0.25),
        ("with a caption", "head", 0.0),
        ("with a caption", "nohead", 0.0),
        ("nothing", "tok_R", 0.0),
        ("nothing", "tok_P", None),
    ],
)
def test_what_is_wrong_shows(folder: Path, reading: str, figure: str, value: float | None) -> None:
    assert page_figures([compare_page(page_of(folder), READINGS[reading])])[figure] == value


@pytest.mark.parametrize("name", READINGS)
def test_the_reference_scorer_counts_the_same(scorer: Callable[[str], ModuleType], folder: Path, name: str) -> None:
    reference = scorer("score_pages")
    gold, extra, _ = reference.gold_page(str(folder / "one.json"))
    read = [{"headline": story.headline, "body": story.body} for story in READINGS[name]]
    theirs: Counter[str] = reference.score_page(gold, extra, read)
    ours = Counter(compare_page(page_of(folder), READINGS[name]).counts)
    ours["pred"] = ours.pop("read", 0)
    assert {k: int(v) for k, v in ours.items()} == {k: int(v) for k, v in theirs.items()}


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        ('{"n_articles": 1', "valid is"),
        ('{"n_articles": 1, "lines": [{"n": 1}]}', "valid is"),
        ('{"n_articles": 1, "lines": [{"n": 99, "article": 0, "role": "body"}]}', "doesn't have"),
        ('{"n_articles": 1, "lines": [{"n": 1, "article": 3, "role": "body"}]}', "doesn't have"),
    ],
)
def test_broken_labels_are_told_and_the_rest_goes_on(folder: Path, labels: str, problem: str) -> None:
    (folder / "a.json").write_text(labels, encoding="utf-8")
    (folder / "a.txt").write_text("one line", encoding="utf-8")
    broken, good = gold_pages(folder)
    assert isinstance(broken, InputError) and problem in str(broken) and "a.json" in str(broken)
    assert isinstance(good, GoldPage)


def test_labels_without_a_page_are_told(folder: Path) -> None:
    (folder / "b.json").write_text(json.dumps(LABELS), encoding="utf-8")
    broken = next(page for page in gold_pages(folder) if isinstance(page, InputError))
    assert "b.txt" in str(broken)
