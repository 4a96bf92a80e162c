"""A wire story that several outlets print is one story; two stories of one matter are two."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.copy_rules import FILE, copy_rules
from rapporteur.model import Article
from rapporteur.record.copies import likeness, signatures
from rapporteur.record.ledger import Ledger

from ..conftest import article
from .made import long_text, noon
from .test_recording import derived

STORY = long_text(1)
RULES = copy_rules()


def alike(one: str, other: str) -> bool:
    return likeness(*signatures([one, other]), RULES) is not None


def sentences(text: str) -> list[str]:
    return re.findall(r"[^.]+\. ?", text)


def printed(id: str, date: str, body: str, **more: object) -> Article:
    return article(body, id=id, date=date, **more)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "news.duckdb", clock=noon)


def originals(ledger: Ledger) -> dict[str, str | None]:
    rows = ledger.view("articles").select(["id", "duplicate_of"]).to_pylist()
    return {row["id"]: row["duplicate_of"] for row in rows}


# -- two texts -------------------------------------------------------------------------------------------------


def test_the_same_words_whatever_the_capitals_accents_and_breaks() -> None:
    assert alike(STORY, STORY.upper().replace("E", "É").replace(". ", ".\n\n"))


@pytest.mark.parametrize("kept", [0.9, 0.7, 0.55])
def test_its_end_is_cut_off(kept: float) -> None:
    parts = sentences(STORY)
    assert alike(STORY, "".join(parts[: round(len(parts) * kept)]))


def test_a_desk_puts_its_own_paragraphs_behind_it() -> None:
    assert alike(STORY, STORY + " " + long_text(2, 200))


def test_a_desk_changes_a_word_here_and_there() -> None:
    chance = random.Random(7)
    words = [f"other{chance.randint(1, 99)}" if chance.random() < 0.04 else word for word in STORY.split()]
    assert alike(STORY, " ".join(words))


@pytest.mark.parametrize("shared", [0.0, 0.2, 0.4])
def test_two_stories_of_one_matter_that_share_their_background(shared: float) -> None:
    background = "".join(sentences(STORY)[: round(len(sentences(STORY)) * shared)])
    assert not alike(background + long_text(3, 300), background + long_text(4, 300))


def test_a_short_text_is_a_copy_of_the_same_words_only() -> None:
    told = "The envoys of Norland and Sudria met in the old mill on Monday and agreed on the fishing grounds."
    assert alike(told, told.replace("in the", "in  the"))
    assert not alike(told, told.replace("Monday", "Tuesday"))
    assert not alike(told, told + " " + STORY)


def test_a_text_without_words_is_no_copy_of_another() -> None:
    assert not alike("...", "!!!")
    assert not alike("", STORY)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.integers(1, 90).map(lambda n: long_text(n, n))), max_size=4))
def test_a_signature_rests_on_its_own_text_alone(texts: list[str]) -> None:
    together = signatures(texts)
    assert together.shape == (len(texts), RULES.bands * RULES.rows + 1)
    assert together.tolist() == [signatures([text])[0].tolist() for text in texts]


def test_signatures_are_the_same_in_every_version() -> None:
    """Those that are stored are compared with new ones: should this fail, all that are stored must be made anew."""
    assert signatures(["one two three four five six"])[0][:3].tolist() == PINNED


PINNED = [4181981045, 3984572560, 3348801312]


# -- in the ledger ---------------------------------------------------------------------------------------------


def test_a_copy_names_the_earliest_article_that_it_is_like(ledger: Ledger) -> None:
    ledger.record(
        [
            printed("third", "2025-01-12", STORY + " More tomorrow.", headline="Mill burns", outlet="The Evening Post"),
            printed("other", "2025-01-11", long_text(9)),
            printed("second", "2025-01-11", "".join(sentences(STORY)[:-4]), outlet="The Courier"),
        ]
    )
    assert originals(ledger) == {"other": None, "second": None, "third": "second"}
    ledger.record([printed("first", "2025-01-10", STORY, headline="Fire in mill", agency="Wire")])
    assert originals(ledger) == {"first": None, "other": None, "second": "first", "third": "first"}


def test_of_one_day_the_first_by_id_is_the_original(ledger: Ledger) -> None:
    ledger.record([printed(id, "2025-01-10", STORY) for id in ("c", "a", "b")])
    assert originals(ledger) == {"a": None, "b": "a", "c": "a"}


def test_weeks_later_it_is_another_story(ledger: Ledger) -> None:
    ledger.record([printed("a", "2025-01-10", STORY), printed("b", "2025-02-10", STORY)])
    assert originals(ledger) == {"a": None, "b": "a"}
    ledger.record([printed("c", "2025-03-15", STORY)])
    assert originals(ledger)["c"] is None


def test_an_original_that_is_read_again_with_other_words_has_no_copies(ledger: Ledger) -> None:
    first = printed("first", "2025-01-10", STORY)
    ledger.record([first, printed("second", "2025-01-11", STORY), printed("third", "2025-01-12", STORY)])
    ledger.record([replace(first, body=long_text(8), sentences=())])
    assert originals(ledger) == {"first": None, "second": None, "third": "second"}


def test_an_original_that_turns_out_to_be_later_is_the_copy(ledger: Ledger) -> None:
    first = printed("first", "2025-01-10", STORY)
    ledger.record([first, printed("second", "2025-01-11", STORY)])
    ledger.record([printed("first", "2025-01-12", STORY)])
    assert originals(ledger) == {"first": "second", "second": None}


def test_what_a_reader_named_as_original_stands_where_nothing_else_is_known(ledger: Ledger) -> None:
    ledger.record([printed("a", "2025-01-10", STORY, duplicate_of="elsewhere")])
    assert originals(ledger) == {"a": "elsewhere"}


def test_all_made_anew_is_the_same(ledger: Ledger) -> None:
    ledger.record([printed(f"a{n}", f"2025-01-{10 + n}", STORY + long_text(n, 20)) for n in range(6)])
    before = derived(ledger)
    ledger.relink()
    assert derived(ledger) == before
    assert len(before["copies"]) == 5


# -- the rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("alike: 0.60", "alike: 1.60", "`alike` is a share; valid: above 0, up to 1"),
        ("run: 4", "run: 0", "`run` is a count; valid: 1 and more"),
        ("run: 4", "runs: 4", "unknown field `runs`"),
        ("days: 31", "days: month", "Expected `int`, got `str`"),
    ],
)
def test_a_wrong_rule_is_told_with_its_file(tmp_path: Path, right: str, wrong: str, problem: str) -> None:
    file = tmp_path / "copies.yaml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(problem)) as refusal:
        copy_rules(file)
    assert refusal.value.file == str(file)
