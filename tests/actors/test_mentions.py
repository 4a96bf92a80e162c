"""Which names the finder sees in ordinary news phrases, and whom they mean on the date."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.actors.mentions import NameFinder
from rapporteur.knowledge.registry import Registry

REGISTRY = Registry.load()


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(REGISTRY)


def found(finder: NameFinder, text: str, date: str | None = "2018-06-01") -> list[tuple[str, str]]:
    return [(mention.text, mention.entities[0]) for mention in finder.find(text, 0, date)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Türkiye's envoy left Tel Aviv.", [("Türkiye", "state:TUR"), ("Tel Aviv", "state:ISR")]),
        ("U.S. and Iranian officials met in Oman.",
         [("U.S.", "state:USA"), ("Iranian", "state:IRN"), ("Oman", "state:OMN")]),
        ("The French and the Danes agreed.", [("French", "state:FRA"), ("Danes", "state:DNK")]),
        ("South Korea and South Sudan, not Korea Bay.", [("South Korea", "state:KOR"), ("South Sudan", "state:SSD")]),
        ("Guinea-Bissau borders Guinea.", [("Guinea-Bissau", "state:GNB"), ("Guinea", "state:GIN")]),
        ("Niger and Nigeria closed the border.", [("Niger", "state:NER"), ("Nigeria", "state:NGA")]),
        ("Nato ministers met at NATO headquarters.", [("Nato", "igo:NATO"), ("NATO", "igo:NATO")]),
        ("Isis fighters fled Raqqa.", [("Isis", "armed:isis"), ("Raqqa", "state:SYR")]),
        ("Fighting reached Bakhmut and Kharkov.", [("Bakhmut", "state:UKR"), ("Kharkov", "state:UKR")]),
        ("Syrian envoys left Syria for talks at the Security Council.",
         [("Syrian", "state:SYR"), ("Syria", "state:SYR"), ("Security Council", "igo:UNSC")]),
        ("Troops left the West Bank, and the West agreed.", [("West Bank", "place:west-bank")]),
        ("Talks in The Hague followed those in Geneva.", [("The Hague", "state:NLD"), ("Geneva", "state:CHE")]),
        ("Hezbollah and the Houthis thanked Tehran.",
         [("Hezbollah", "armed:hezbollah"), ("Houthis", "armed:houthis"), ("Tehran", "state:IRN")]),
        ("Tehran’s answer reached the E3.", [("Tehran", "state:IRN"), ("E3", "group:E3")]),
        ("SANCTIONS ON IRAN: MERKEL IN WASHINGTON",
         [("IRAN", "state:IRN"), ("MERKEL", "person:angela-merkel"), ("WASHINGTON", "state:USA")]),
        ("Cote d'Ivoire, the Ivory Coast", [("Cote d'Ivoire", "state:CIV"), ("Ivory Coast", "state:CIV")]),
    ],
)  # fmt: skip
def test_names_of_states_places_and_organisations(
    text: str, mentions: list[tuple[str, str]], finder: NameFinder
) -> None:
    seen = found(finder, text)
    assert [m for m in seen if m in mentions] == mentions
    assert len(seen) <= len(mentions) + 1


@pytest.mark.parametrize(
    ("date", "text", "mentions"),
    [
        ("2018-03-01", "Merkel said on Monday that she would not yield.", [("Merkel", "person:angela-merkel")]),
        ("2018", "Erdogan spoke.", [("Erdogan", "person:recep-tayyip-erdogan")]),
        ("2018", "Erdoğan spoke.", [("Erdoğan", "person:recep-tayyip-erdogan")]),
        ("2018", "It fell to the government. Erdogan spoke.", [("Erdogan", "person:recep-tayyip-erdogan")]),
        ("2018", "Few like James Mattis. Mattis shrugged.",
         [("James Mattis", "person:jim-mattis"), ("Mattis", "person:jim-mattis")]),
        ("2016", "De Mistura left.", [("De Mistura", "person:staffan-de-mistura")]),
        ("2003-02", "Bush warned him.", [("Bush", "person:george-w-bush")]),
        ("1990-08", "President Bush warned him.", [("Bush", "person:george-h-w-bush")]),
        ("1990-08", "George Bush warned him.", [("George Bush", "person:george-h-w-bush")]),
        ("2003", "George Bush warned him.", [("George Bush", "person:george-w-bush")]),
        ("2017", "Prime Minister Theresa May left. May later denied it.",
         [("Theresa May", "person:theresa-may"), ("May", "person:theresa-may")]),
        ("2017", "In London Ms. May denied it.", [("London", "state:GBR"), ("May", "person:theresa-may")]),
        ("2017", "Mr. May denied it in London.", [("London", "state:GBR")]),
        ("2018", "Barrow denied it.", []),  # a president of the Gambia, and many others
        ("2018", "The Gambia's President Barrow denied it.",
         [("Gambia", "state:GMB"), ("Barrow", "person:adama-barrow")]),
        ("2018", "President Hassan Rouhani left; Rouhani said why.",
         [("Hassan Rouhani", "person:hassan-rouhani"), ("Rouhani", "person:hassan-rouhani")]),
        ("2018", "Kim Jong-un met Moon Jae-in.",
         [("Kim Jong-un", "person:kim-jong-un"), ("Moon Jae-in", "person:moon-jae-in")]),
    ],
)  # fmt: skip
def test_surnames_mean_who_held_office_on_the_date(
    date: str, text: str, mentions: list[tuple[str, str]], finder: NameFinder
) -> None:
    seen = found(finder, text, date)
    seen = [(name.removeprefix("The "), id) for name, id in seen]
    assert seen == mentions


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2016", "The singer Dylan Carter and Susan Cameron, a manager, met; Cameron paid."),
        ("2019", "His mother, Sharon, said in Israel that she knew."),
        ("2018", "President John F. Kennedy was long dead."),
        ("2018", "Foreign Minister David Quimby of Dominica left."),
        ("2018", "The driver of the second car, Charlotte Quimby, was hurt, as was Austin S. Quimby."),
    ],
)
def test_strangers_are_not_taken_for_those_whom_we_know(date: str, text: str, finder: NameFinder) -> None:
    wrong = ("person:david-cameron", "person:ariel-sharon", "person:bernard", "person:peter", "state:USA")
    assert not [id for _, id in found(finder, text, date) if id.startswith(wrong)]


def test_a_head_of_state_or_government_is_known_by_surname_while_in_office(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "# origin: drawn up for a test\n"
        "name,country,sector,office,from,to,names,surnames,fame\n"
        "Zeb Quillfeather,CHL,GOV,President,2015-03,2019-03,,,\n"
        "Ida Thistlewick,CHL,GOV,Transport Minister,2015-03,2019-03,,,\n"
    )
    finder = NameFinder(Registry.load(table))
    assert found(finder, "Quillfeather spoke; Thistlewick did not.", "2016") == [
        ("Quillfeather", "person:zeb-quillfeather")
    ]
    assert found(finder, "Quillfeather spoke.", "2014") == []
    assert found(finder, "President Quillfeather spoke.", "2016") == [("Quillfeather", "person:zeb-quillfeather")]
    assert found(finder, "Prime Minister Quillfeather spoke.", "2016") == []
    assert found(finder, "Ida Thistlewick spoke; Thistlewick left.", "2016") == [
        ("Ida Thistlewick", "person:ida-thistlewick"),
        ("Thistlewick", "person:ida-thistlewick"),
    ]


def test_a_relative_named_in_full_does_not_take_the_presidents_surname(finder: NameFinder) -> None:
    seen = found(finder, "Ivanka Trump spoke in Iowa. Trump said nothing.")
    assert [id for _, id in seen if id.startswith("person")] == ["person:ivanka-trump", "person:donald-trump"]


def test_a_relative_is_not_the_president(finder: NameFinder) -> None:
    seen = found(finder, "Ivanka Trump praised the plan. Mr. Trump did not, and Ms. Trump left.")
    assert [id for _, id in seen] == ["person:ivanka-trump", "person:donald-trump", "person:ivanka-trump"]
    assert found(finder, "Gertrude Trump, a baker, praised the plan.") == []


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Georgia and Russia signed in Tbilisi.", "state:GEO"),
        ("Voters in Georgia chose the Republican senator in the runoff near Atlanta.", "place:georgia-us"),
        ("Jordan reopened its border with Syria.", "state:JOR"),
        ("Chad sent troops to the lake.", "state:TCD"),
        ("Turkey shut its airspace.", "state:TUR"),
        ("The US struck first.", "state:USA"),
        ("The WHO warned of an outbreak.", "igo:WHO"),
        ("The AU suspended the junta.", "igo:AU"),
        ("The Polish minister objected.", "state:POL"),
        ("The vote split Congress.", "office:us-congress"),
        ("He left the Labour party in London.", "party:labour-uk"),
        ("The UN security council met; the refugee agency warned it.", "igo:UNHCR"),
        ("Pakistan's Supreme Court freed him; Islamabad, Pakistan, was calm.", "state:PAK"),
    ],
)
def test_an_ambiguous_word_is_the_name_where_it_is_one(text: str, id: str, finder: NameFinder) -> None:
    assert id in [entity for _, entity in found(finder, text)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The committee heard that Jim Jordan would resign.", "state:JOR"),
        ("The players said that Michael Jordan would retire from the game.", "state:JOR"),
        ("The novelist Jack London wrote about the gold rush.", "state:GBR"),
        ("He told us that it hurt us.", "state:USA"),
        ("The man who called asked who did it.", "igo:WHO"),
        ("They plan to march in March.", "person:"),
        ("Talks begin in May in the capital.", "person:theresa-may"),
        ("He may go; the others may not.", "person:theresa-may"),
        ("They polish the silver and ate turkey from china.", "state:"),
        ("The bush burned for days.", "person:"),
        ("In Pakistan the Supreme Court freed him.", "office:us-supreme-court"),
        ("In Oslo the Labour Court freed him.", "party:labour-uk"),
        ("The Norwegian Labour party left.", "party:labour-uk"),
        ("Jamaica lent US$500m.", "state:USA"),
        ("Students of Boston University cheered Manchester United.", "state:"),
        ("The key players and the black market suffered; Price controls failed.", "person:"),
        ("WHO PAID AND WHO KNEW: THE FULL STORY OF IT", "igo:WHO"),
        ("Reading the Nice book, Mobile users of Bath salts split.", "state:"),
    ],
)
def test_an_ambiguous_word_is_no_name_where_it_is_none(text: str, word: str, finder: NameFinder) -> None:
    assert not [entity for _, entity in found(finder, text) if entity.startswith(word)]


def test_a_possessive_is_outside_the_name(finder: NameFinder) -> None:
    text = "Iran's reply angered France’s premier."
    assert [text[m.start : m.end] for m in finder.find(text)] == ["Iran", "France"]


@pytest.mark.parametrize("text", ["Ottawa Convention", "Istanbul Convention", "Doha Agreement", "Minsk agreements"])
def test_a_text_named_after_a_city_is_not_the_government_in_it(text: str, finder: NameFinder) -> None:
    assert not [id for _, id in found(finder, f"Chad left the {text} last year.") if id.startswith("state:")][1:]


def test_the_longest_name_is_taken(finder: NameFinder) -> None:
    assert found(finder, "The Democratic Republic of Congo protested.") == [
        ("Democratic Republic of Congo", "state:COD")
    ]


def test_offsets_are_moved_by_the_one_given(finder: NameFinder) -> None:
    assert [(m.start, m.end) for m in finder.find("In Paris", 100)] == [(103, 108)]


PIECES = st.sampled_from(
    [
        *(
            "Trump|Mr. Trump|Ivanka|Donald J. Trump|Georgia|Jordan|Jim|the|President|U.S.|US|us|May|in|Kim Jong-un|"
            "al-Nusra Front|Côte d’Ivoire|IRAN|Iran's|United|Nations|UN|New York|South|Korea|Congress|"
            "Supreme Court|Washington|D.C.|Democratic|Republic of Congo|Abu|said|Isis|Ben|Bush|.|,|—|“|”|(NATO)|"
            "İzmir|Straße|ﬁ|🇫🇷|São Tomé"
        ).split("|"),
        "\n",
        "  ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=12).map("".join), st.text(max_size=60)
    ),
    st.sampled_from([None, "1990", "2018-06", "2025-03-01"]),
)
def test_mentions_stand_in_order_apart_and_where_they_say(text: str, date: str | None) -> None:
    finder = NameFinder(REGISTRY)
    mentions = finder.find(text, 0, date)
    assert mentions == NameFinder(REGISTRY).find(text, 0, date)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.entities
        assert all(id in REGISTRY for id in mention.entities)
        end = mention.end
