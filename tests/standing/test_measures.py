"""Measures: what puts them in force, keeps, ends or merely threatens them, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.knowledge.standing import KINDS
from rapporteur.reader import Reader

from .reading import PUBLISHED, Read, article_of, codes


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    return lambda text: article_of(reader, text).measures


TOLD = [
    # Named by a noun, and a verb tells what becomes of it.
    ("Peru imposed an arms embargo on Bolivia.", "embargo", ["PER"], ["BOL"], "in force"),
    ("The European Union extended its sanctions against Belarus.", "sanction", ["IGO"], ["BLR"], "in force"),
    ("Canada has lifted its arms embargo on Vietnam.", "embargo", ["CAN"], ["VNM"], "ended"),
    ("Norway's embargo on Chad expired on Monday.", "embargo", ["NOR"], ["TCD"], "ended"),
    ("Norway's sanctions on Chad remain in force.", "sanction", ["NOR"], ["TCD"], "in force"),
    ("Ghana is considering sanctions against Togo.", "sanction", ["GHA"], ["TGO"], "threatened"),
    ("Ghana threatened to impose tariffs on rice from Togo.", "tariff", ["GHA"], ["TGO"], "threatened"),
    ("Japan will impose export curbs on South Korea.", "restriction", ["JPN"], ["KOR"], "threatened"),
    ("Serbia's parliament passed a bill imposing tariffs on Croatian milk.", "tariff", ["SRB"], ["HRV"], "threatened"),
    ("The truce between Chad and the rebels collapsed.", "ceasefire", ["TCD", "TCD"], [], "disputed"),
    # Spoken of as known.
    ("The lifting of Norwegian sanctions on Chad brought relief.", "sanction", ["NOR"], ["TCD"], "ended"),
    ("Despite French sanctions on Mali, trade has grown.", "sanction", ["FRA"], ["MLI"], "in force"),
    ("Russia sanctions have hurt Finnish farmers.", "sanction", [], ["RUS"], "in force"),
    ("Qatar has thrived despite a Saudi-led blockade.", "blockade", ["SAU"], ["QAT"], "in force"),
    ("Kenya refused to lift its ban on Ugandan eggs.", "ban", ["KEN"], ["UGA"], "in force"),
    ("Zambia urged Kenya to lift its ban on Zambian maize.", "ban", ["KEN"], ["ZMB"], "in force"),
    # Made or ended by a verb.
    ("Greece has blocked Albania's accession to the European Union.", "block", ["GRC"], ["ALB"], "in force"),
    ("Norway suspended aid to Tanzania.", "suspension", ["NOR"], ["TZA"], "in force"),
    ("Norway restored diplomatic ties with Cuba.", "suspension", ["NOR"], ["CUB"], "ended"),
    ("Germany halted arms exports to Egypt.", "trade halt", ["DEU"], ["EGY"], "in force"),
    ("Burundi withdrew from the International Criminal Court.", "withdrawal", ["BDI"], ["IGO"], "in force"),
    ("Kenya has besieged the Somali town of Kismayo.", "siege", ["KEN"], ["SOM"], "in force"),
    ("Iran arrested two Swedish tourists.", "detention", ["IRN"], ["SWE"], "in force"),
    ("Iran freed a Swedish tourist on Tuesday.", "detention", ["IRN"], ["SWE"], "ended"),
    ("A Swedish engineer has been in custody in Iran since March.", "detention", ["IRN"], ["SWE"], "in force"),
    ("Pakistan reopened its airspace to Indian flights.", "restriction", ["PAK"], ["IND"], "ended"),
    ("Cuba and the United States restored diplomatic relations.", "suspension", ["CUB", "USA"], [], "ended"),
    ("Egypt has banned the Muslim Brotherhood.", "ban", ["EGY"], ["EGY"], "in force"),
    ("Israel has blocked aid from entering Gaza.", "restriction", ["ISR"], ["PSE"], "in force"),
    ("Trump signed an order barring citizens of Chad.", "travel ban", ["USA"], ["TCD"], "in force"),
    ("France ruled out lifting sanctions on Chad.", "sanction", ["FRA"], ["TCD"], "in force"),
    ("The Security Council voted to lift the arms embargo on Eritrea.", "embargo", ["IGO"], ["ERI"], "ended"),
    ("Shells fell despite a truce between Chad and Sudan.", "ceasefire", ["TCD", "SDN"], [], "disputed"),
    ("Norway ordered a truce in Chad to begin on Friday.", "ceasefire", ["NOR"], [], "threatened"),
    ("EU sanctions on Belarus came back into force on Monday.", "sanction", ["IGO"], ["BLR"], "in force"),
    ("EU sanctions on Belarus return on Friday unless ministers object.", "sanction", ["IGO"], ["BLR"], "threatened"),
    ("A Kenyan ban on Somali flights starts next week.", "ban", ["KEN"], ["SOM"], "threatened"),
    ("Ghana's parliament is considering a bill to ban imports from Togo.", "embargo", ["GHA"], ["TGO"], "threatened"),
    ("Kenya said its trade ban on Somalia remained in force.", "trade halt", ["KEN"], ["SOM"], "in force"),
    ("Kenya kept its arms ban on Somalia.", "embargo", ["KEN"], ["SOM"], "in force"),
    ("Norway and Chad discussed the lifting of Norwegian sanctions on fish.", "sanction", ["NOR"], [], "in force"),
    ("Kenya agreed on a ceasefire with Somalia.", "ceasefire", ["KEN", "SOM"], [], "in force"),
    ("Bongor is one of the buffer zones created under a deal brokered by Togo.", "ceasefire", ["TGO"], [], "in force"),
    ("The Security Council voted for a ceasefire in Chad on Saturday.", "ceasefire", ["IGO"], [], "in force"),
    ("A Swedish sailor jailed in Chad has fled the country.", "detention", ["TCD"], ["SWE"], "ended"),
    ("Western sanctions have hurt Chad.", "sanction", [None], ["TCD"], "in force"),
    ("Ghana declared a state of emergency in the north.", "state of emergency", ["GHA"], [], "in force"),
    # The many words of penalties, duties and import bans.
    ("Norway laid penalties on Belarusian banks.", "sanction", ["NOR"], ["BLR"], "in force"),
    ("Canada added three Nicaraguan judges to its blacklist.", "sanction", ["CAN"], ["NIC"], "in force"),
    ("Canada took two Nicaraguan generals off its sanctions list.", "sanction", ["CAN"], ["NIC"], "ended"),
    ("Peru levied 20 per cent on Chilean wine.", "tariff", ["PER"], ["CHL"], "in force"),
    ("Peru will levy 20 percent on Chilean wine.", "tariff", ["PER"], ["CHL"], "threatened"),
    ("Peru slapped import taxes on Chilean wine.", "tariff", ["PER"], ["CHL"], "in force"),
    ("Chile hit back with duties on Peruvian wine.", "tariff", ["CHL"], ["PER"], "in force"),
    ("Kenya forbade imports of milk from Uganda.", "embargo", ["KEN"], ["UGA"], "in force"),
    ("Kenya's ban on Ugandan milk is to begin on June 1.", "ban", ["KEN"], ["UGA"], "threatened"),
    ("Kenya suspended purchases of Ugandan sugar.", "embargo", ["KEN"], ["UGA"], "in force"),
    # What is stopped, refused or no longer opposed.
    ("Norway stopped lending to Malawi.", "suspension", ["NOR"], ["MWI"], "in force"),
    ("Algeria stopped honouring the border treaty with Morocco.", "suspension", ["DZA"], ["MAR"], "in force"),
    ("Algeria grounded flights to Morocco.", "suspension", ["DZA"], ["MAR"], "in force"),
    ("The last of the French troops left Chad on Monday.", "withdrawal", ["FRA"], ["TCD"], "in force"),
    ("Hungary lifted its objection to Serbia's bid to join NATO.", "block", ["HUN"], ["SRB"], "ended"),
    ("Hungary put off ratification of Serbia's accession.", "block", ["HUN"], ["SRB"], "in force"),
    ("Qatar no longer issues visas to Egyptians.", "travel ban", ["QAT"], ["EGY"], "in force"),
    # Who is held, and whose guns fall silent.
    ("A Kenyan pilot is being held in a cell in Iran.", "detention", ["IRN"], ["KEN"], "in force"),
    ("A Belarusian court remanded four Lithuanian drivers.", "detention", ["BLR"], ["LTU"], "in force"),
    ("Chad's rebels are holding two French nurses hostage.", "detention", ["TCD"], ["FRA"], "in force"),
    ("Lima woke to martial law.", "state of emergency", ["PER"], [], "in force"),
    ("A truce between Chad and the rebels is to take hold tonight.", "ceasefire", ["TCD", "TCD"], [], "threatened"),
    ("Chad and the rebels promised to silence their guns.", "ceasefire", ["TCD", "TCD"], [], "threatened"),
    # Ways of putting it.
    ("The IMF stopped paying out its loans to Malawi.", "suspension", ["IGO"], ["MWI"], "in force"),
    ("Norway has put its aid to Chad on hold.", "suspension", ["NOR"], ["TCD"], "in force"),
    ("Ghana became the first state to leave the African Union.", "withdrawal", ["GHA"], ["IGO"], "in force"),
    ("Ghana would be the first state to quit the African Union.", "withdrawal", ["GHA"], ["IGO"], "threatened"),
    ("The Kenyan pilot has sat in an Iranian cell since March.", "detention", ["IRN"], ["KEN"], "in force"),
    ("The peace accord between Chad and the rebels is dead, they said.", "peace deal", ["TCD", "TCD"], [], "disputed"),
    ("Ethiopia's troops are coming home from Somalia.", "withdrawal", ["ETH"], ["SOM"], "in force"),
    ("Guinea was suspended from the African Union after the coup.", "suspension", ["IGO"], ["GIN"], "in force"),
    ("Algeria left the Arab League in 2017.", "withdrawal", ["DZA"], ["IGO"], "in force"),
    ("Algeria tore up the treaty with Morocco.", "withdrawal", ["DZA"], ["MAR"], "in force"),
    ("Kenya refuses to sell arms to Sudan.", "embargo", ["KEN"], ["SDN"], "in force"),
    ("Peru and Chile have piled duties on one another since March.", "tariff", ["PER", "CHL"], [], "in force"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "imposers", "targets", "status"), TOLD, ids=[t[0] for t in TOLD])
def test_a_sentence_tells_of_one_measure(
    read: Read, text: str, kind: str, imposers: list[str], targets: list[str], status: str
) -> None:
    (mention,) = read(text)
    assert (mention.kind, *codes(mention), mention.status) == (kind, imposers, targets, status)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya denied that it had imposed a blockade on Somalia.",  # a denial is none
        "Zambia called for sanctions against Congo.",  # nor is a call
        "Zambia should impose an embargo on Congo.",  # nor an opinion
        "Senator Brown proposed sanctions against Cuba.",  # nor what one lawmaker wants
        "The Dutch parliament rejected sanctions on Israel.",
        "Mexico avoided American tariffs.",
        "The company suspended trade with its suppliers in Ghana.",  # nor what firms and clubs do
        "The league suspended the Brazilian striker for three matches.",
        "The Kenyan president vetoed the budget.",  # nor what stays at home
        "Police in Nairobi arrested three men over a burglary.",
        "A student leader called for banning all Ugandans from entering Kenya.",
        "Many Muslims in the region feel under siege.",  # a manner of speaking
        "The minister left the meeting.",
        "Ghana recalled its ambassador to Togo for consultations.",
        "Norway resumed contact with Chad last month.",
        "They met at a border truce village after Chad had shelled Sudan.",
        "Peru and Chile raised duties on milk.",  # whose milk isn't told
        "Kenya paid duty on Ugandan milk.",  # whoever pays doesn't impose
        "The penalty for theft in Qatar is prison, Egypt said.",
        "Canada's police kept a Kenyan driver waiting in a hotel.",
        "Kenya's lawyers dropped their objection to Uganda's bid.",
        "Troops of the Malian army left the town of Gao.",  # an army moves in its own country
    ],
)
def test_no_measure_is_told_of(read: Read, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("Norway has sanctioned Chad since March 2016.", "2016-03", "stated"),
        ("Norway has blocked the sale of ships to Chad since October.", "2018-10", "stated"),
        ("Norway imposed sanctions on Chad last year.", "2018", "inferred"),
        ("The sanctions that Norway imposed on Chad in 2014 remain in force.", "2014", "stated"),
        ("The Chadian army has besieged the town of Zouar for three years.", "2016", "inferred"),
        ("Norway lifted its ten-year-old embargo on Chad.", "2009", "inferred"),
        ("Norway imposed sanctions on Chad after the army seized power in May 2017.", "2017-05", "inferred"),
        ("Chad has been under a state of emergency since the coup in May 2017.", "2017-05", "inferred"),
        ("Norway quit the pact with Chad in 2016 and restored sanctions on it.", "2016", "stated"),
        ("Norway's siege of the Chadian town of Zouar, now in its third year, has cost lives.", "2017", "inferred"),
        ("Norway has suspended all trade with Chad, its trade ministry said on Monday.", PUBLISHED, "report"),
        ("Iran freed in April a Swede it had held for two years.", "2017", "inferred"),
    ],
)
def test_since(read: Read, text: str, value: str, basis: str) -> None:
    found = [m.since for m in read(text) if m.since is not None]
    assert {(w.value, w.basis) for w in found} == {(value, basis)}


def test_a_sentence_of_prison_is_no_time_that_has_passed(read: Read) -> None:
    (mention,) = read("Iran has jailed a Swedish tourist for eight years.")
    assert mention.since is None


@pytest.mark.parametrize(
    "text",
    [
        "Norway, which had banned trade with Chad, sent aid.",  # background
        "Norway imposed an embargo on Chad long ago, in the 1990s.",
        "Ships waited. Men slept. Norway imposed an embargo on Chad.",  # not what the article opens with
        "Kenya suspended flights to Somalia. The suspension was lifted on Tuesday.",
    ],
)
def test_the_report_is_no_onset_of_what_is_older(read: Read, text: str) -> None:
    assert [m.since for m in read(text) if m.since is not None and m.since.basis == "report"] == []


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Norway on Monday extended its sanctions against Chad until January 31.", "2020-01-31"),
        ("Norway renewed its sanctions against Chad last week until Friday.", "2019-05-17"),
        ("Norway has prolonged its embargo on Chad until March.", "2020-03"),
        ("Norway extended its embargo on Chad until 31 January 2019.", "2019-01-31"),
    ],
)
def test_an_end_without_its_year_is_one_to_come(read: Read, text: str, until: str) -> None:
    end = read(text)[-1].until
    assert end is not None
    assert end.value == until


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Chad and Sudan agreed on Sunday to a 30-day ceasefire.", "2019-06-11"),
        ("A truce between Chad and Sudan began on Monday. It will last four weeks.", "2019-06-10"),
        ("Ghana declared a state of emergency for three months on Monday.", "2019-08"),
    ],
)
def test_a_term_tells_the_end_where_the_onset_is_known(read: Read, text: str, until: str) -> None:
    end = read(text)[-1].until
    assert end is not None
    assert (end.value, end.basis) == (until, "inferred")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norway wants Chad to free the sailors before it lifts its embargo on the country.", "in force"),
        ("Norway lifted its embargo on Chad before the sailors were freed.", "ended"),
        ("Chad freed the sailors before Norway lifted its embargo on the country.", "ended"),
        ("Norway gave Chad a week before it imposes an embargo on the country.", "threatened"),
        ("Chad asked again that Norway's embargo on the country be lifted.", "in force"),
        ("Norway has kept its embargo on Chad, which will expire on May 31 unless it is renewed.", "in force"),
        ("Ghana is blocking the renewal of the Union's embargo on Chad.", "in force"),
        ("The embargo on Chad will expire on May 31 unless the Union renews it.", "in force"),
    ],
)
def test_what_is_still_to_come_before_is_not_done(read: Read, text: str, status: str) -> None:
    assert [m.status for m in read(text) if m.kind == "embargo"] == [status]


def test_without_an_onset_a_term_tells_no_end(read: Read) -> None:
    (mention,) = read("Kenya spoke of its three-month ban on Somali fish.")
    assert mention.until is None


def test_the_end_has_its_date(read: Read) -> None:
    (mention,) = read("Norway lifted its embargo on Chad on Monday.")
    assert mention.until is not None
    assert (mention.until.value, mention.until.basis) == ("2019-05-13", "inferred")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Poland has banned Ukrainian grain until Brussels pays its farmers.", "until Brussels pays its farmers"),
        ("Norway's embargo on Chad will stay as long as the junta holds power.", "as long as the junta holds power"),
        ("Norway could lift its embargo on Chad if the junta resigns.", "if the junta resigns"),
        (
            "Norway has blocked the sale of ships to Chad and will go on doing so until the junta resigns.",
            "until the junta resigns",
        ),
        ("Kenya cut ties with Somalia under a law that bars visits until staff are safe.", "until staff are safe"),
        ("Norway will keep its embargo on Chad until 2021.", None),  # a date is no condition
        ("Norway will impose an embargo on Chad unless the junta resigns.", None),  # of its beginning
    ],
)
def test_the_condition_of_its_end_is_verbatim(read: Read, text: str, condition: str | None) -> None:
    (mention,) = read(text)
    assert mention.ends_when == condition


def test_the_institution_through_which_it_works(read: Read) -> None:
    (mention,) = read("Greece has vetoed NATO cooperation with Serbia.")
    assert (mention.through, *codes(mention)) == ("NATO", ["GRC"], ["SRB"])


def test_what_it_bears_on(read: Read) -> None:
    (mention,) = read("Norway suspended aid to Tanzania in 2018.")
    assert mention.object == "aid to Tanzania"


def test_a_list_is_one_package(read: Read) -> None:
    (mention,) = read("The United Nations imposed sanctions on Togo, including an arms embargo and a travel ban.")
    assert mention.kind == "sanction"


def test_what_one_sentence_says_twice_is_one_measure(read: Read) -> None:
    (mention,) = read("Chad has banned Nigerian cement since 2016 and will keep the ban until Abuja opens the border.")
    assert mention.since is not None
    assert (mention.since.value, mention.ends_when) == ("2016", "until Abuja opens the border")


def test_a_known_measure_is_taken_up(read: Read) -> None:
    first, second = read("Norway imposed an embargo on Chad in 2014. The embargo was lifted on Monday.")
    assert (codes(second), second.status) == (codes(first), "ended")


def test_a_pronoun_takes_it_up_too(read: Read) -> None:
    _, second = read("Norway agreed to a moratorium on drilling. It refused to extend it.")
    assert second.status == "ended"


@pytest.mark.parametrize(
    ("second", "status", "condition"),
    [
        (
            "The suspension covers cargo too and will stay until the junta resigns.",
            "in force",
            "until the junta resigns",
        ),
        ("It will last until the junta resigns.", "in force", "until the junta resigns"),
        ("The measure will be lifted when the junta resigns.", "in force", "when the junta resigns"),
        ("The move was reversed after a week. The suspension was lifted on Tuesday.", "ended", None),
    ],
)
def test_other_words_take_up_the_measure_told_before(
    read: Read, second: str, status: str, condition: str | None
) -> None:
    first, *_, last = read(f"Norway has suspended aid to Chad. {second}")
    assert (last.kind, codes(last), last.status, last.ends_when) == (first.kind, codes(first), status, condition)


def test_a_pronoun_for_somebody_takes_up_no_measure(read: Read) -> None:
    assert len(read("Norway imposed an embargo on Chad. It remains a member of the bloc until its people vote.")) == 1


def test_brokers_stand_beside_the_sides(read: Read) -> None:
    _, second = read("A truce between Chad and Sudan began. The truce, which was mediated by Kenya, has held.")
    assert codes(second) == (["TCD", "SDN", "KEN"], [])


def test_it_may_be_an_agreement_told_before(read: Read) -> None:
    text = "Chad and Norway signed a fishing pact in 2015. Oslo pulled Norway out of it in 2018 and restored sanctions."
    withdrawal, sanctions = read(text)
    assert (withdrawal.kind, *codes(withdrawal), withdrawal.object) == ("withdrawal", ["NOR"], ["TCD"], "fishing pact")
    assert (sanctions.kind, *codes(sanctions)) == ("sanction", ["NOR"], ["TCD"])


def test_without_an_agreement_it_is_none(read: Read) -> None:
    assert read("Chad and Norway share a lake. Oslo pulled Norway out of it in 2018.") == ()


def test_snapback_of_sanctions_is_one_measure(read: Read) -> None:
    (mention,) = read("The E3 is ready to use the snapback of UN sanctions on Chad.")
    assert (mention.status, mention.through) == ("threatened", "UN Security Council")
    assert [p.code for p in mention.targets] == ["TCD"]


def test_who_is_helped_by_the_end_was_hit(read: Read) -> None:
    (mention,) = read("Norway lifted sanctions on Monday, giving Chad access to its funds.")
    assert (codes(mention), mention.status) == ((["NOR"], ["TCD"]), "ended")


def test_police_breaking_in_date_an_arrest_told_before(read: Read) -> None:
    _, mention = read(
        "A Swedish nurse who was arrested in Chad has asked for help. "
        "Anna Berg was on holiday in Bongor on 3 April when police stormed the hotel in which she was staying."
    )
    assert codes(mention) == (["TCD"], ["SWE"])
    assert mention.since is not None
    assert mention.since.value == "2019-04-03"


def test_who_was_named_before_is_given_by_his_name(read: Read) -> None:
    (mention,) = read("Norway and Sweden met on Monday. They threatened to impose sanctions on Chad.")
    assert [p.text for p in mention.imposers] == ["Norway", "Sweden"]


def test_an_attack_tells_who_is_bound_by_the_truce(read: Read) -> None:
    (mention,) = read("Sudan's army shelled Chad on Monday. The truce has collapsed.")
    assert ([p.code for p in mention.imposers], mention.status) == (["SDN", "TCD"], "disputed")


def test_a_truce_is_between_those_who_fight(read: Read) -> None:
    (mention,) = read("Fighting between Chad and Sudan went on for weeks. A ceasefire was signed on Monday.")
    assert [p.code for p in mention.imposers] == ["TCD", "SDN"]


def test_a_group_stands_with_its_members(read: Read) -> None:
    (mention,) = read("The E3 threatened to use snapback against Iran.")
    assert (mention.status, mention.through) == ("threatened", "UN Security Council")
    assert {"GBR", "FRA", "DEU"} <= {p.code for p in mention.imposers}


def test_a_mention_knows_its_event_and_its_source(reader: Reader) -> None:
    article = article_of(reader, "Norway has imposed sanctions on Chad, two diplomats told Reuters.")
    (mention,) = article.measures
    assert mention.event in {e.id for e in article.events}
    assert mention.attributed_to


def test_the_word_screen_lets_a_sentence_pass_for_its_words_alone(reader: Reader) -> None:
    finder = reader._standing._measures
    assert finder.passes("The siege has been lifted.")
    assert not finder.passes("The harvest was good.")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([t[0] for t in TOLD]), min_size=1, max_size=4))
def test_every_mention_points_into_thearticle_of(reader: Reader, sentences: list[str]) -> None:
    article = article_of(reader, " ".join(sentences))
    spans = [m.evidence for m in article.measures]
    assert all(0 <= start < end <= len(article.body) for start, end in spans)
    for mention in article.measures:
        assert mention.kind in KINDS
        assert any(s <= mention.evidence[0] and mention.evidence[1] <= e for s, e in article.sentences)
        for party in (*mention.imposers, *mention.targets):
            assert article.body[party.start : party.end] == party.text
        if mention.object is not None:
            assert mention.object in article.body
        assert all(n < len(article.attributions) for n in mention.attributed_to)
