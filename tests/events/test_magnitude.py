"""Whom an act killed, hurt or arrested, and how many it moved or gathered."""

from __future__ import annotations

import pytest

from rapporteur.model import Article, Event, Magnitude
from rapporteur.reader import Reader

NUMBERS = ("killed", "injured", "arrested", "size")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str) -> Article:
    return reader.read_document({"id": "a", "text": text})


def at(article: Article, trigger: str) -> Event:
    return next(event for event in article.events if trigger in event.trigger.text)


def told(magnitude: Magnitude | None) -> dict[str, str]:
    """The numbers' own words by what they count."""
    found = {name: getattr(magnitude, name) for name in NUMBERS} if magnitude else {}
    return {name: size.text for name, size in found.items() if size is not None}


# (text, a word of the trigger, words by what they count)
ROWS: list[tuple[str, str, dict[str, str]]] = [
    (
        "A Russian missile killed at least five people and wounded 12.",
        "killed",
        {"killed": "at least five", "injured": "12"},
    ),
    ("The attack on the Kenyan army left 20 soldiers dead.", "attack", {"killed": "20"}),
    (
        "Five people were killed and 12 wounded in an attack in Kabul.",
        "killed",
        {"killed": "Five", "injured": "12"},
    ),
    (
        "Five were killed and 12 wounded in an attack by rebels in Kabul.",
        "attack",
        {"killed": "Five", "injured": "12"},
    ),
    ("Clashes between Kenyan police and a crowd in which 15 people died shook Nairobi.", "Clashes", {"killed": "15"}),
    ("Israeli forces shot dead two Palestinians and injured 30.", "shot", {"killed": "two", "injured": "30"}),
    ("The deaths of 12 Ukrainian soldiers in a Russian missile strike angered Kyiv.", "strike", {"killed": "12"}),
    ("At least 40 people were hurt when Sudanese troops opened fire on a crowd.", "fire", {"injured": "At least 40"}),
    ("Police in Minsk detained 30 protesters.", "detained", {"arrested": "30"}),
    ("Turkish police arrested more than 100 people.", "arrested", {"arrested": "more than 100"}),
    ("Some 3,000 teachers went on strike in Tunisia.", "strike", {"size": "Some 3,000"}),
    ("Russia deployed 2,000 troops to Belarus.", "deployed", {"size": "2,000"}),
    ("Israel released 90 Palestinian prisoners.", "released", {"size": "90"}),
    ("Russia expelled 60 American diplomats.", "expelled", {"size": "60"}),
    ("A rebel killed a soldier in Mogadishu.", "killed", {"killed": "a soldier"}),
]

NOT_ITS_OWN = [
    ("Ukraine accused Russia of killing 1,000 civilians.", "accused"),  # the killing's, not the accusation's
    ("The Kenyan army attacked three villages.", "attacked"),
    ("Islamic State killed or wounded at least 20 people in Mosul.", "killed"),  # which of the two isn't told
    ("Seven Zambian unions went on strike.", "strike"),  # how many people they are isn't told
    ("The French president met 12 Senegalese ministers.", "met"),
    ("Rebels attacked a base, and in another province 20 people died in a flood.", "attacked"),
]


@pytest.mark.parametrize(("text", "trigger", "numbers"), ROWS)
def test_an_act_has_the_numbers_that_stand_with_it(
    reader: Reader, text: str, trigger: str, numbers: dict[str, str]
) -> None:
    assert told(at(read(reader, text), trigger).magnitude) == numbers


@pytest.mark.parametrize(("text", "trigger"), NOT_ITS_OWN)
def test_numbers_of_something_else_are_left_alone(reader: Reader, text: str, trigger: str) -> None:
    assert at(read(reader, text), trigger).magnitude is None


def test_those_named_together_are_summed(reader: Reader) -> None:
    article = read(reader, "Two Indian soldiers and three militants were killed in a battle in Kashmir.")
    magnitude = at(article, "killed").magnitude
    assert magnitude is not None and magnitude.killed is not None
    assert (magnitude.killed.min, magnitude.killed.max) == (5, 5)
    assert magnitude.killed.text == "Two Indian soldiers and three"


def test_whoever_is_not_counted_leaves_the_sum_open(reader: Reader) -> None:
    article = read(reader, "Rebels killed six Kenyan soldiers and their commander.")
    magnitude = at(article, "killed").magnitude
    assert magnitude is not None and magnitude.killed is not None
    assert (magnitude.killed.min, magnitude.killed.max) == (6, None)


def test_hundreds_and_possibly_thousands_are_no_sum(reader: Reader) -> None:
    magnitude = at(read(reader, "Police detained hundreds and possibly thousands of people."), "detained").magnitude
    assert magnitude is not None and magnitude.arrested is not None
    assert (magnitude.arrested.min, magnitude.arrested.text) == (200, "hundreds")
