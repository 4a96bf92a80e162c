"""What an article tells of talks: who, of what, where, which rounds, and how they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur import Reader
from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.talks import FATES, FILE, talks_words
from rapporteur.model import Article, NextRound, TalksMention, When

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


def codes(mention: TalksMention) -> set[str | None]:
    return {party.code for party in mention.participants}


# -- how they stand ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Norway and Russia resumed talks on fishing quotas in Tromso on Tuesday after a break of a year.",
            "under way",
        ),
        ("Zambia and Malawi are in talks on a shared power line.", "under way"),
        ("The EU and Britain are negotiating a fisheries deal.", "under way"),
        ("Eritrea and Djibouti have held six rounds of talks over Ras Doumeira.", "under way"),
        ("Russia has threatened to break off talks with Norway on the Arctic.", "under way"),
        ("Negotiations between Sudan and Ethiopia over the Nile dam broke down on Friday.", "failed"),
        ("The collapse of trade talks between Chile and Peru surprised diplomats.", "failed"),
        ("Talks between Chad and Niger on grazing rights ended without an agreement on Sunday.", "failed"),
        ("Japan called off talks with South Korea on wartime labour on Monday.", "suspended"),
        ("Talks between Benin and Togo over the lagoon have reached an impasse.", "suspended"),
        ("Stalled talks between Laos and Thailand on river dams worry fishermen.", "suspended"),
        ("Kenya urged Somalia to resume talks with it on their sea border.", "suspended"),
        ("India and Pakistan have agreed to hold talks on visas next month in New Delhi.", "planned"),
        ("Finland's president will meet his Swedish counterpart in Turku on Friday to discuss rail links.", "planned"),
        (
            "Kenya's president met his Somali counterpart in Mombasa on Thursday to discuss their sea border.",
            "concluded",
        ),
        ("Leaders of Egypt, Jordan and Iraq gathered in Amman for a summit on energy on Sunday.", "concluded"),
    ],
)
def test_the_verb_tells_how_they_stand(read: Read, text: str, status: str) -> None:
    assert only(read(text)).status == status


def test_the_first_word_on_them_is_the_newest(read: Read) -> None:
    article = read(
        "Talks between Chile and Bolivia on sea access collapsed on Thursday. "
        "The talks had resumed in March after a pause of two years."
    )
    assert only(article).status == "failed"


@pytest.mark.parametrize(
    "text",
    [
        "The foreign minister urged Serbia to open negotiations with Kosovo.",  # only wanted
        "Iran rejected talks with Iraq on the marshes.",
        "There were no talks between Chad and Niger on the well.",
        "The Democrats held talks with Republicans about the budget.",  # at home
        "Talks to end the strike between the union and the city broke down.",
        "Executives of a Dutch bank held talks with a steel maker about a loan.",
        "The president gave a talk on trade in Paris.",
        "Ghana's president met Togo's president in Accra on Monday.",  # on nothing that is told
        "After an African Union summit in Addis Ababa, Kenya's president flew home.",  # an organisation's own affair
        "Ghana's president visited Togo on Monday.",
    ],
)
def test_what_is_only_wanted_or_at_home_or_on_nothing_is_no_talks(read: Read, text: str) -> None:
    assert read(text).talks == ()


# -- who, of what, where ----------------------------------------------------------------------------------------------


def test_sides_matter_and_place(read: Read) -> None:
    mention = only(
        read("Officials from Kenya and Ethiopia held talks in Moyale on Wednesday on cross-border cattle raids.")
    )
    assert codes(mention) == {"KEN", "ETH"}
    assert (mention.subject, mention.place) == ("cross-border cattle raids", "Moyale")
    assert [r.date for r in mention.rounds] == [When("2021-04-14", "inferred")]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Peru and Chile began talks aimed at reopening the rail line.", "reopening the rail line"),
        ("Fiji and Tonga held free trade talks on Monday.", "free trade"),
        ("Peru and Chile held three-day talks to settle a fishing dispute.", "settle a fishing dispute"),
        ("Peru's and Chile's presidents met to discuss how to share the water.", "how to share the water"),
    ],
)
def test_the_matter_is_in_the_texts_words(read: Read, text: str, subject: str) -> None:
    mention = only(read(text))
    assert mention.subject == subject
    assert subject in text


def test_a_group_stands_as_itself_and_as_its_members(read: Read) -> None:
    mention = only(read("Russia held talks with the E3 on missile launches in Vienna on Monday."))
    assert codes(mention) == {"RUS", "IGO", "GBR", "FRA", "DEU"}
    group = next(p for p in mention.participants if p.code == "IGO")
    members = [p for p in mention.participants if p.code in group.members]
    assert {(p.start, p.end) for p in members} == {(group.start, group.end)}


def test_an_organisation_of_many_speaks_for_itself(read: Read) -> None:
    mention = only(read("Brazil resumed trade talks with the European Union in Lisbon on Monday."))
    assert codes(mention) == {"BRA", "IGO"}


def test_who_hosts_is_no_side(read: Read) -> None:
    mention = only(read("Qatar hosted talks between Chad and Libya on border posts in February."))
    assert codes(mention) == {"TCD", "LBY"}


def test_where_they_meet_is_no_side(read: Read) -> None:
    article = read("Kenya's president flew to Oman, where he met Yemen's president to discuss shipping lanes.")
    assert codes(only(article)) == {"KEN", "YEM"}


def test_rebels_and_their_government_are_two_sides(read: Read) -> None:
    mention = only(read("Peace talks between the Colombian government and ELN rebels have stalled."))
    assert len(mention.participants) == 2
    assert mention.status == "suspended"


def test_a_list_behind_a_dash_names_the_sides(read: Read) -> None:
    text = (
        "The three states – Mali, Niger and Benin – will meet in Gao on Friday to discuss how to guard their borders."
    )
    assert codes(only(read(text))) == {"MLI", "NER", "BEN"}


# -- rounds -----------------------------------------------------------------------------------------------------------


def test_a_sentence_that_refers_back_is_about_the_same_talks(read: Read) -> None:
    article = read(
        "Negotiators from Armenia and Georgia met in Gyumri on Monday to discuss water rights. "
        "It was the third round of such talks in a year, following a meeting in Batumi in February."
    )
    mention = only(article)
    assert codes(mention) == {"ARM", "GEO"}
    assert [(r.date.value if r.date else None, r.place) for r in mention.rounds] == [
        ("2021-02", "Batumi"),
        ("2021-04-12", "Gyumri"),
    ]
    assert mention.status == "under way"


def test_the_next_round(read: Read) -> None:
    mention = only(read("The third round of talks between Armenia and Georgia is to be held in Batumi on 12 June."))
    assert mention.next == NextRound("2021-06-12", "Batumi")
    assert (mention.rounds, mention.status) == ((), "under way")  # two were held before


def test_a_weekday_to_come_is_in_the_week_to_come(read: Read) -> None:
    mention = only(read("Talks between Ghana and Togo on gas prices will resume in Lome on Monday."))
    assert mention.next == NextRound("2021-04-19", "Lome")


def test_talks_of_others_on_another_matter_are_another_series(read: Read) -> None:
    article = read(
        "Egypt and Sudan held talks on the Nile dam in Khartoum on Tuesday. "
        "Separate negotiations between Libya and Malta on migrants were suspended in March."
    )
    assert [(codes(t), t.status) for t in article.talks] == [
        ({"EGY", "SDN"}, "concluded"),
        ({"LBY", "MLT"}, "suspended"),
    ]


# -- what is said of them ---------------------------------------------------------------------------------------------


def test_what_was_agreed_and_that_it_goes_on(read: Read) -> None:
    article = read(
        "Greece and Turkey held talks on the Aegean in Athens on Wednesday. "
        "They agreed to continue the dialogue in autumn."
    )
    mention = only(article)
    assert mention.agreed == "to continue the dialogue in autumn"
    assert mention.agreed in article.body
    assert mention.status == "under way"


def test_how_each_side_calls_them(read: Read) -> None:
    article = read(
        "Cuba and Spain held talks on debt in Madrid on Monday. "
        "Spain's foreign ministry said the talks were “not negotiations”; Cuba said they were “consultations”."
    )
    called = {(c.by.code if c.by else None, c.words) for c in only(article).called}
    assert called == {("ESP", "not negotiations"), ("CUB", "consultations")}
    assert all(article.body[c.start : c.end] == c.words for c in only(article).called)


@pytest.mark.parametrize(
    ("saying", "words"),
    [
        ("Ghana spoke of consultations", "consultations"),
        ("Ghana preferred to call it an exchange of views", "an exchange of views"),
        ("Ghana described the meeting as a conversation", "a conversation"),
        ("Ghana called the meeting cordial", None),
        ("Ghana spoke of talks with Liberia", None),
    ],
)
def test_a_name_for_them_needs_no_quotation_marks(read: Read, saying: str, words: str | None) -> None:
    article = read(f"Togo and Ghana held talks on their sea border in Abidjan on Monday. {saying}.")
    assert [call.words for call in article.talks[0].called] == ([words] if words else [])


# -- rounds beside rounds, and talks put off ---------------------------------------------------------------------------


def test_a_round_told_by_its_number_alone(read: Read) -> None:
    mention = only(
        read(
            "Norway and Peru held a third round of talks on cod in Quito on Monday, five days after the second "
            "in Lima. "
            "The two sides agreed to meet again in Oslo on 30 April."
        )
    )
    assert [(r.date, r.place) for r in mention.rounds] == [
        (When("2021-04-07", "inferred"), "Lima"),
        (When("2021-04-12", "inferred"), "Quito"),
    ]
    assert mention.next == NextRound("2021-04-30", "Oslo")


@pytest.mark.parametrize(
    ("apart", "dates"),
    [
        ("two months after", ["2021-02", "2021-04-12"]),
        ("a year after", ["2020", "2021-04-12"]),
        ("three days after", ["2021-04-09", "2021-04-12"]),
        ("soon after", ["2021-04-12"]),
    ],
)
def test_the_round_before_is_as_precise_as_the_time_between(read: Read, apart: str, dates: list[str]) -> None:
    mention = only(read(f"Norway and Peru held a third round of talks on cod in Quito on Monday, {apart} the second."))
    assert [r.date.value for r in mention.rounds if r.date] == dates


def test_a_number_after_something_else_is_no_round(read: Read) -> None:
    mention = only(
        read("Norway and Peru held talks on cod in Quito on Monday. Fishermen protested after the first in Lima.")
    )
    assert [r.place for r in mention.rounds] == ["Quito"]


@pytest.mark.parametrize(
    "fate",
    [
        "due to be held in Arusha on Sunday, will not take place",
        "planned for Sunday in Arusha, will not go ahead",
        "scheduled for Sunday in Arusha, has been called off",
        "due to open in Arusha on Sunday, was postponed",
    ],
)
def test_talks_that_were_to_be_and_are_not(read: Read, fate: str) -> None:
    mention = only(read(f"A fourth round of trade talks between Kenya and Uganda, {fate}, Tanzania's envoy said."))
    assert (mention.status, mention.place, mention.next, mention.rounds) == ("suspended", "Arusha", None, ())


def test_who_will_not_talk_puts_no_talks_off(read: Read) -> None:
    assert read("Kenya will not hold talks with Uganda on trade.").talks == ()


def test_talks_adjourned_to_a_day_go_on_then(read: Read) -> None:
    mention = only(read("Talks between Serbia and Kosovo on licence plates were adjourned until 20 May."))
    assert (mention.status, mention.next) == ("under way", NextRound("2021-05-20", None))


def test_talks_adjourned_without_a_day_are_off(read: Read) -> None:
    assert only(read("Talks between Egypt and Sudan on the dam adjourned on Monday.")).status == "suspended"


def test_talks_postponed_to_a_day_are_off_till_then(read: Read) -> None:
    mention = only(read("Talks between Serbia and Kosovo on licence plates were postponed until 20 May."))
    assert (mention.status, mention.next) == ("suspended", NextRound("2021-05-20", None))


def test_talks_without_a_deal_go_on_where_a_new_round_is_to_come(read: Read) -> None:
    told = "Talks between Laos and Thailand on river dams ended without agreement in Vientiane on Monday."
    assert only(read(told)).status == "failed"
    mention = only(read(f"{told} A new round is planned for 3 May."))
    assert (mention.status, mention.next) == ("under way", NextRound("2021-05-03", None))


def test_ministers_who_meet_for_a_third_time_negotiate(read: Read) -> None:
    article = read("The foreign ministers of Egypt and Ethiopia will meet for a third time in Nairobi on Monday.")
    assert only(article).status == "under way"
    assert read("The foreign ministers of Egypt and Ethiopia will meet in Nairobi on Monday.").talks == ()


def test_talks_after_which_sides_agree_are_not_the_next(read: Read) -> None:
    mention = only(read("Chad and Niger agreed to go on discussing their border after a day of talks in Lagos."))
    assert mention.next is None
    assert mention.place == "Lagos"


def test_the_place_behind_a_third_time(read: Read) -> None:
    mention = only(read("Chad and Niger met on Monday for a third time in Geneva to discuss the border."))
    assert (mention.place, mention.status) == ("Geneva", "under way")


def test_for_a_third_time(read: Read) -> None:
    mention = only(
        read("Serbian and Kosovan negotiators will meet for a third time in Vienna on 20 May to discuss visas.")
    )
    assert (mention.status, mention.next) == ("under way", NextRound("2021-05-20", "Vienna"))


# -- talks on a deal ---------------------------------------------------------------------------------------------------


def test_talks_on_a_stage_of_a_deal_are_between_its_sides(read: Read) -> None:
    mention = only(
        read(
            "A truce between Armenia and Azerbaijan took effect on Monday. The truce was brokered by Oslo and Madrid. "
            "Talks on its second phase are due to start on 3 May."
        )
    )
    assert codes(mention) == {"ARM", "AZE"}
    assert (mention.status, mention.next) == ("planned", NextRound("2021-05-03", None))


@pytest.mark.parametrize(
    "before", ["", "A truce between Armenia and Azerbaijan took effect on Monday. Talks on the price of oil started. "]
)
def test_talks_on_a_stage_of_nothing_told_are_nobodys(read: Read, before: str) -> None:
    article = read(
        f"{before}Rain fell. Snow fell. Hail fell. Sleet fell. Talks on the second phase are due to start on 3 May."
    )
    assert article.talks == ()


def test_on_whose_word(read: Read) -> None:
    article = read("Peru and Chile resumed talks on the border in Arica on Monday, a diplomat said.")
    (source,) = only(article).attributed_to
    assert article.attributions[source].kind == "anonymous"


# -- always ------------------------------------------------------------------------------------------------------------

NAMES = ("Peru", "Chad", "Iran", "the United Nations", "Moscow", "the rebels", "ministers")
VERBS = ("held", "will resume", "suspended", "called for", "broke off", "refused", "are in")
NOUNS = ("talks", "a meeting", "the third round of negotiations", "a summit in Geneva", "the peace process")
TAILS = ("with Egypt", "on the border", "last week", "after a meeting in May", "before talks resume")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*map(st.sampled_from, (NAMES, VERBS, NOUNS, TAILS))), min_size=1, max_size=3))
def test_every_mention_points_at_its_words(read: Read, sentences: list[tuple[str, ...]]) -> None:
    article = read(" ".join(f"{' '.join(words).capitalize()}." for words in sentences))
    for mention in article.talks:
        assert mention.evidence in article.sentences
        assert mention.participants
        assert all(article.body[p.start : p.end] == p.text for p in mention.participants)
        dated = [r.date.value for r in mention.rounds if r.date]
        assert dated == sorted(dated)
    assert article.talks == read(article.body).talks


# -- the words ---------------------------------------------------------------------------------------------------------


def test_each_fate_has_words() -> None:
    assert set(talks_words().fates) == set(FATES)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  ended:\n", "  vanished:\n", "no such fate: `vanished`"),
        ("plural_only:", "plurals:", "unknown field `plurals`"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    path = tmp_path / "talks.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(KnowledgeError) as error:
        talks_words(path)
    assert problem in str(error.value)
    assert f"talks.yaml:{line}" in str(error.value)
