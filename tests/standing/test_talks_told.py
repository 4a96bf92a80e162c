"""The many ways in which news tells of talks without saying "they held talks"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapporteur import Reader
from rapporteur.model import Article, TalksMention

Read = Callable[..., Article]


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    def read_text(text: str, date: str | None = "2021-04-16") -> Article:
        return reader.read_document({"id": "a", "text": text, "date": date})

    return read_text


def only(article: Article) -> TalksMention:
    """The article's one mention."""
    (mention,) = article.talks
    return mention


def codes(mention: TalksMention) -> list[str | None]:
    return sorted(party.code or "" for party in mention.participants)


@pytest.mark.parametrize(
    ("text", "who", "status"),
    [
        # what delegates do
        (
            "Peru's maritime negotiators and those of Chile went home on Friday with nothing to show.",
            ["CHL", "PER"],
            "failed",
        ),
        ("Chadian and Libyan envoys will be back at the table in Tunis next week.", ["LBY", "TCD"], "under way"),
        ("Peru and Chile are back at the negotiating table over the fishing grounds.", ["CHL", "PER"], "under way"),
        ("Peru walked away from the negotiating table with Chile on Friday.", ["CHL", "PER"], "suspended"),
        # talks that came to nothing, or did not come about
        (
            "The prime minister of Ethiopia declared the negotiations with Eritrea dead.",
            ["ERI", "ETH"],
            "failed",
        ),
        (
            "Nothing came of the conference on cod quotas between Norway and Iceland, which broke up on Sunday.",
            ["ISL", "NOR"],
            "failed",
        ),
        ("The dialogue between Serbia and Kosovo on number plates went nowhere on Monday.", ["SRB", "XKX"], "failed"),
        ("Zambia suspended its dialogue with Malawi in Lusaka on Monday.", ["MWI", "ZMB"], "suspended"),
        (
            "A third session of negotiations between Chad and Niger, due to open on Monday, did not take place.",
            ["NER", "TCD"],
            "suspended",
        ),
        (
            "Formal border negotiations between Chad and Niger, announced in March, have yet to open.",
            ["NER", "TCD"],
            "planned",
        ),
        # talks told beside what came of them
        (
            "Chad and Niger will share the lake, they said on Monday after a weekend of talks in a villa.",
            ["NER", "TCD"],
            "concluded",
        ),
        (
            "Chad's president will receive his Libyan counterpart in Tunis on May 3 for talks on the border.",
            ["LBY", "TCD"],
            "planned",
        ),
    ],
)
def test_ways_of_telling(read: Read, text: str, who: list[str], status: str) -> None:
    mention = only(read(text))
    assert (codes(mention), mention.status) == (who, status)


@pytest.mark.parametrize(
    "text",
    [
        "Peru's negotiators went home on Friday.",  # from whom?
        "Envoys of Chad and of Niger visited the cathedral.",
        "Chad and Niger are back in the cup.",
        "Norway opened its membership negotiations file at the European Union's archive.",
        "They are to discuss the harvest.",
        "The law of Chad and Niger did not take place among the best.",
    ],
)
def test_what_tells_of_none(read: Read, text: str) -> None:
    assert read(text).talks == ()


def test_the_next_sentence_tells_of_what(read: Read) -> None:
    article = read(
        "Vladimir Putin will sit down with Narendra Modi in Goa on May 12. The two are to discuss fish quotas."
    )
    mention = only(article)
    assert (mention.subject, mention.place, mention.status) == ("fish quotas", "Goa", "planned")


def test_an_island_is_where_they_meet_and_not_of_what(read: Read) -> None:
    mention = only(read("Chad and Niger held talks on the island about grazing on Monday."))
    assert mention.subject == "grazing"


def test_rounds_of_the_sides_named_before(read: Read) -> None:
    article = read("The president of Chad has pronounced the talks with Niger dead. The two sides had held seven "
                   "rounds in Lima since May.")  # fmt: skip
    mention = only(article)
    assert (codes(mention), mention.place, mention.status) == (["NER", "TCD"], "Lima", "failed")


# -- where -------------------------------------------------------------------------------------------------------------


def test_in_the_dateline_where_no_side_is_at_home(read: Read) -> None:
    article = read("LIMA, April 15 (Reuters) - Envoys of Chad and of Niger packed their bags on Friday.")
    assert only(article).place == "Lima"


def test_where_they_were_goes_before_where_they_will_be(read: Read) -> None:
    article = read("Chadian and Libyan envoys will be back at the table in Tunis next week, after two days in Oslo.")
    mention = only(article)
    assert mention.place == "Oslo"
    assert mention.next is not None
    assert mention.next.place == "Tunis"


def test_not_in_the_dateline_where_a_side_has_its_capital(read: Read) -> None:
    article = read("LIMA, April 15 (Reuters) - Peru's negotiators and those of Chile went home on Friday.")
    assert only(article).place is None


def test_this_town_is_the_datelines(read: Read) -> None:
    article = read(
        "LIMA, April 15 (Reuters) - Delegates of Chad and of Niger have sat in this Peruvian city since Monday."
    )
    assert only(article).place == "Lima"


def test_rebels_abroad_are_of_their_governments_country(read: Read) -> None:
    article = read("Talks in Tunis between Chad's government and the rebels have been put off until June.")
    assert codes(only(article)) == ["TCD", "TCD"]


def test_where_the_envoys_are_is_no_side(read: Read) -> None:
    article = read("Nepal's government and the Maoist rebels laid down their guns, five days after their envoys in "
                   "Oslo had ended two years of peace talks.")  # fmt: skip
    mention = only(article)
    assert (set(codes(mention)), mention.place) == ({"NPL"}, "Oslo")


def test_a_round_ends_when_the_delegates_leave(read: Read) -> None:
    article = read("Envoys of Chad and of Niger packed their bags on Friday after five days in Lima.", "2021-04-18")
    (held,) = only(article).rounds
    assert held.date is not None
    assert held.date.value == "2021-04-16"
