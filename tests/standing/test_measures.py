"""Measures: what puts them in force, keeps, ends or merely threatens them, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.knowledge.standing import KINDS
from rapporteur.model import Article, MeasureMention
from rapporteur.reader import Reader

PUBLISHED = "2019-05-15"  # a Wednesday
Read = Callable[[str], tuple[MeasureMention, ...]]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    return lambda text: _article(reader, text).measures


def _article(reader: Reader, text: str) -> Article:
    return reader.read_document({"id": "a", "text": text, "date": PUBLISHED})


def codes(mention: MeasureMention) -> tuple[list[str | None], list[str | None]]:
    return [p.code for p in mention.imposers], [p.code for p in mention.targets]


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
    ("Ghana declared a state of emergency in the north.", "state of emergency", ["GHA"], [], "in force"),
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
        "Many Muslims in the region feel under siege.",  # a manner of speaking
        "The minister left the meeting.",
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
        ("Iran freed in April a Swede it had held for two years.", "2017", "inferred"),
    ],
)
def test_since(read: Read, text: str, value: str, basis: str) -> None:
    found = [m.since for m in read(text) if m.since is not None]
    assert [(w.value, w.basis) for w in found] == [(value, basis)]


def test_a_sentence_of_prison_is_no_time_that_has_passed(read: Read) -> None:
    (mention,) = read("Iran has jailed a Swedish tourist for eight years.")
    assert mention.since is None


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


def test_a_truce_is_between_those_who_fight(read: Read) -> None:
    (mention,) = read("Fighting between Chad and Sudan went on for weeks. A ceasefire was signed on Monday.")
    assert [p.code for p in mention.imposers] == ["TCD", "SDN"]


def test_a_group_stands_with_its_members(read: Read) -> None:
    (mention,) = read("The E3 threatened to use snapback against Iran.")
    assert (mention.status, mention.through) == ("threatened", "UN Security Council")
    assert {"GBR", "FRA", "DEU"} <= {p.code for p in mention.imposers}


def test_a_mention_knows_its_event_and_its_source(reader: Reader) -> None:
    article = _article(reader, "Norway has imposed sanctions on Chad, two diplomats told Reuters.")
    (mention,) = article.measures
    assert mention.event in {e.id for e in article.events}
    assert mention.attributed_to


def test_the_word_screen_lets_a_sentence_pass_for_its_words_alone(reader: Reader) -> None:
    finder = reader._standing._measures
    assert finder.passes("The siege has been lifted.")
    assert not finder.passes("The harvest was good.")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([t[0] for t in TOLD]), min_size=1, max_size=4))
def test_every_mention_points_into_the_article(reader: Reader, sentences: list[str]) -> None:
    article = _article(reader, " ".join(sentences))
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
