"""Where acts happened, in sentences read as a whole page would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.evaluation.places import documents, load_labels, place_figures
from rapporteur.model import Article, Event, Place
from rapporteur.reader import Reader

OWN = Path(__file__).parents[1] / "gold" / "place-sentences.jsonl"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str) -> Article:
    return reader.read_document({"id": "a", "text": text, "date": "2024-05-15"})


def at(article: Article, trigger: str) -> Event:
    """The event whose trigger has this word."""
    return next(event for event in article.events if trigger in event.trigger.text)


def named(place: Place | None) -> str | None:
    return f"{place.name} {place.country or '-'}" if place else None


# (text, a word of the trigger, place)
STATED = [
    ("Police arrested 20 students in Caracas.", "arrested", "Caracas VEN"),
    ("Gunmen killed two policemen at a checkpoint near Kirkuk.", "killed", "Kirkuk IRQ"),
    ("Teachers went on strike across Zambia.", "strike", "Zambia ZMB"),
    ("Peru's president visited Bolivia.", "visited", "Bolivia BOL"),
    ("Peru's president visited Bolivia and met its opposition leader.", "met", "Bolivia BOL"),
    ("Jordan's king met the U.S. president at the White House.", "met", "White House USA"),
    ("The Kabul bombing by the Taliban killed six.", "killed", "Kabul AFG"),
    ("Saudi jets bombed the Yemeni port of Hodeidah.", "bombed", "Hodeidah YEM"),
    ("Turkish soldiers entered Iraq and shelled villages in the Iraqi province of Dohuk.", "shelled", "Dohuk IRQ"),
    ("Uganda sent 1,000 soldiers to South Sudan.", "sent", "South Sudan SSD"),
    ("France has pulled its troops out of Niger.", "pulled", "Niger NER"),
    ("Iraqi forces ousted Islamic State from Tikrit.", "ousted", "Tikrit IRQ"),
    ("In Aleppo, where Russian jets bombed two schools, the power failed.", "bombed", "Aleppo SYR"),
    ("Ethiopia denounced Egypt's operation in Sudan, which killed 90 people.", "killed", "Sudan SDN"),
    ("A summit in Nairobi ended with an agreement between Kenya and Somalia.", "agreement", "Nairobi KEN"),
    ("The Libyan town of Sirte has fallen to rebel forces.", "fallen", "Sirte LBY"),
]

SAID = [
    ("The Polish president criticised Hungary at a rally in Gdańsk.", "criticised", "Gdańsk POL"),
    ("In Dakar, the French president accused Russia of arrogance.", "accused", "Dakar SEN"),
    ("Sudan and Egypt agreed to share water after a day of talks in Asmara.", "agreed", "Asmara ERI"),
    ("Chile condemned the arrests in Caracas.", "condemned", None),
    ("Japan urged China to free a journalist in Beijing.", "urged", None),
    ("Moscow rejected the offer.", "rejected", None),
    ("The White House rejected the offer.", "rejected", None),
    ("Iraqi officials criticised Turkey.", "criticised", None),
    ("Norway discussed the war in Sudan with Egypt.", "discussed", None),
]

WHICH = [
    ("Soldiers shot two men in Tripoli, Lebanon.", "shot", "Tripoli LBN"),
    ("Lebanese soldiers shot two men in Tripoli.", "shot", "Tripoli LBN"),
    ("Libyan soldiers shot two men in Tripoli.", "shot", "Tripoli LBY"),
    ("The U.S. president met Texan leaders in Paris, Texas.", "met", "Paris USA"),
    ("Russian drones attacked a depot in northern Ukraine.", "attacked", "northern Ukraine UKR"),
    ("A Chinese warship attacked a Philippine vessel in the South China Sea.", "attacked", "South China Sea -"),
]


@pytest.mark.parametrize(("text", "trigger", "place"), STATED)
def test_an_act_is_where_its_clause_says(reader: Reader, text: str, trigger: str, place: str) -> None:
    assert named(at(read(reader, text), trigger).place) == place


@pytest.mark.parametrize(("text", "trigger", "place"), SAID)
def test_what_is_said_is_where_it_was_said_never_what_it_is_about(
    reader: Reader, text: str, trigger: str, place: str | None
) -> None:
    assert named(at(read(reader, text), trigger).place) == place


@pytest.mark.parametrize(("text", "trigger", "place"), WHICH)
def test_of_places_of_one_name_that_is_meant_of_which_the_text_speaks(
    reader: Reader, text: str, trigger: str, place: str
) -> None:
    assert named(at(read(reader, text), trigger).place) == place


def test_a_town_has_coordinates_a_country_its_own_and_a_part_of_it_none(reader: Reader) -> None:
    town = at(read(reader, "Police arrested ten men in Oslo."), "arrested").place
    country = at(read(reader, "Police arrested ten men in Norway."), "arrested").place
    part = at(read(reader, "Police arrested ten men in northern Norway."), "arrested").place
    assert town == Place("Oslo", "NOR", 59.91, 10.75)
    assert country == Place("Norway", "NOR", 62.0, 10.0)
    assert part == Place("northern Norway", "NOR", None, None)


def test_the_city_and_there_take_up_what_was_named(reader: Reader) -> None:
    first = "Malian rebels entered Timbuktu on Sunday."
    article = read(reader, f"{first} They killed six soldiers in the city. Twelve people were arrested there.")
    assert named(at(article, "killed").place) == named(at(article, "arrested").place) == "Timbuktu MLI"


def test_a_capital_that_stands_for_its_government_is_not_taken_up(reader: Reader) -> None:
    text = "Kenya wants to isolate Mogadishu. Kenyan police arrested ten men at a checkpoint."
    assert at(read(reader, text), "arrested").place is None


def test_a_place_without_a_name_is_in_the_town_named_last(reader: Reader) -> None:
    text = "Kenyan shops were shut in Kisumu. Police arrested ten men at a checkpoint."
    assert named(at(read(reader, text), "arrested").place) == "Kisumu KEN"


def test_an_attack_goes_on_where_it_began(reader: Reader) -> None:
    article = read(reader, "Rebels attacked an army base in Maiduguri. Ten Nigerian soldiers were killed.")
    assert named(at(article, "killed").place) == "Maiduguri NGA"


def test_what_is_told_by_the_way_is_not_where_it_goes_on(reader: Reader) -> None:
    first = "Saudi jets bombed Sanaa a week after gunmen had killed two policemen in Jeddah."
    article = read(reader, f"{first} Twelve Yemeni soldiers were killed.")
    assert named(article.events[-1].place) == "Sanaa YEM"


def test_the_dateline_counts_where_its_country_is_concerned(reader: Reader) -> None:
    home = "LIMA, May 14 (Reuters) - Peru's president met the king of Spain on Tuesday."
    away = "LIMA, May 14 (Reuters) - Chile's president met the king of Spain on Tuesday."
    assert named(at(read(reader, home), "met").place) == "Lima PER"
    assert at(read(reader, away), "met").place is None


def test_a_village_that_no_table_knows_is_of_the_country_beside_it(reader: Reader) -> None:
    article = read(reader, "Soldiers shot four men in the Syrian village of Umm Qasabah.")
    assert at(article, "shot").place == Place("Umm Qasabah", "SYR", None, None)


def test_the_shipped_labels_are_met(reader: Reader) -> None:
    labels = load_labels(OWN)
    articles = {article.id: article for article in reader.read_documents(documents(labels))}
    figures = place_figures(labels, articles)
    assert figures["labels"] > 40
    assert figures["precision"] >= 0.95
    assert figures["recall"] >= 0.9
    assert figures["right"] >= 0.9
