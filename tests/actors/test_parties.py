"""Whom phrases denote: rows of a text, a phrase of it (its last occurrence) and the codes that it must get."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.actors.parties import ActorTables, ArticleActors
from rapporteur.language import Parser, Syntax, segment
from rapporteur.model import Party

Codes = Callable[..., list[str | None]]
Read = Callable[..., tuple[ArticleActors, list[Syntax]]]

NAMES = [
    ("Japan signed the treaty on Monday.", "Japan", ["JPN"]),
    ("The Chinese rejected the offer.", "The Chinese", ["CHN"]),
    ("Beijing summoned the ambassador of Japan.", "Beijing", ["CHN"]),
    ("The envoys agreed with Moscow on a truce.", "Moscow", ["RUS"]),
    ("The envoys met in Moscow on Friday.", "Moscow", []),
    ("NATO condemned the attack on Poland.", "NATO", ["IGO"]),
    ("The European Union imposed sanctions on Belarus.", "The European Union", ["IGO"]),
    ("Hamas released two captives on Sunday.", "Hamas", ["PSE"]),
]

TITLES = [
    ("The German foreign ministry summoned the Russian ambassador.", "The German foreign ministry", ["DEU"]),
    ("The German foreign ministry summoned the Russian ambassador.", "the Russian ambassador", ["RUS"]),
    ("Norway's foreign minister arrived in Cairo.", "Norway's foreign minister", ["NOR"]),
    ("The Polish president, Jan Wielki, criticised the plan.", "Wielki", ["POL"]),
    ("Polish deputy ministers Jan Wielki and Adam Malinski criticised the plan.", "Malinski", ["POL"]),
    ("Ewa Kot, the Polish trade minister, criticised the plan.", "Ewa Kot", ["POL"]),
    ("A spokesman for the Chinese foreign ministry rejected the report.", "A spokesman", ["CHN"]),
    ("The head of the Libyan coast guard accused the smugglers.", "The head", ["LBY"]),
    ("EU diplomat Piet Vries met the delegation.", "EU diplomat Piet Vries", ["IGO"]),
    ("A UN inquiry blamed both armies.", "A UN inquiry", ["IGO"]),
    ("A White House spokeswoman praised the deal.", "A White House spokeswoman", ["USA"]),
    ("Sen. Walter Quill of Ohio opposed the bill.", "Walter Quill", ["USA"]),
    ("Government officials in Nairobi rejected the claim.", "Government officials", ["KEN"]),
]

MODIFIERS = [
    ("Jan Wielki, the Polish minister, met Ewa Berg, the Norwegian envoy, and her team.", "her team", ["NOR"]),
    ("The Albanians of southern Serbia demanded a vote.", "The Albanians of southern Serbia", ["SRB"]),
    ("Mali fought Chad. Japan urged both countries to stop.", "both countries", ["MLI", "TCD"]),
    (
        "Mali met Chad. The envoy received the two Iranian deputy ministers.",
        "the two Iranian deputy ministers",
        ["IRN"],
    ),
    ("Kenya halted trade with Israel. It accused the Israeli army of looting.", "It", ["KEN"]),
    ("Iraqi troops shelled the town.", "Iraqi troops", ["IRQ"]),
    ("Troops loyal to Bashar al-Assad shelled the town.", "Troops", ["SYR"]),
    ("Bashar al-Assad spoke. Pro-Assad militiamen shelled the town.", "Pro-Assad militiamen", ["SYR"]),
    ("In Syria, US-backed fighters seized the dam.", "US-backed fighters", ["SYR"]),
    ("A US-led coalition bombed the depot in Syria.", "A US-led coalition", ["USA"]),
    ("The Saudi-led coalition bombed a port in Yemen.", "The Saudi-led coalition", ["SAU"]),
    ("Turkish-backed rebels in Syria took the village.", "Turkish-backed rebels", ["SYR"]),
    ("Rebels in eastern Congo attacked the camp.", "Rebels", ["COD"]),
    ("Houthi rebels fired a missile at the ship.", "Houthi rebels", ["YEM"]),
    ("Thousands of Sudanese protesters blocked the road.", "Thousands", ["SDN"]),
    ("Members of the Kenyan parliament rejected the tax.", "Members", ["KEN"]),
    ("Supporters of Recep Tayyip Erdogan applauded.", "Supporters", ["TUR"]),
    ("The foreign ministers of Turkey, Russia and Iran met.", "ministers", ["TUR", "RUS", "IRN"]),
    ("Troops loyal to the Syrian army and a rebel group of Iraqis left.", "Troops", ["SYR"]),
    ("Both the Turkish army and rebels in Syria left.", "army", ["TUR"]),
    ("Kurdish-led forces took the town in Syria.", "forces", ["SYR"]),
    ("Kurdish activists in Turkey marched.", "activists", ["TUR"]),
    ("An aid group in Norway closed. Relief groups protested in Chad.", "Relief groups", ["NSA"]),
    ("The terrorist group seized the road.", "The terrorist group", ["NSA"]),
    ("Turkish jets struck jihadists in the city of Homs.", "jihadists", ["NSA"]),
    ("Turkish jets struck foreign mercenaries in Syria.", "mercenaries", ["NSA"]),
    ("Militants in Mali left.", "Militants", ["MLI"]),
    ("Mali's army fought al-Qaeda and met rebels. The terrorist group in Mali fled.", "The terrorist group", ["NSA"]),
    ("The international tribunal for Rwanda convicted two men.", "tribunal", ["IGO"]),
    ("British and French forces struck the depot.", "forces", ["GBR", "FRA"]),
    ("Many Western allies criticised the law.", "Western allies", ["IGO"]),
    ("European countries urged restraint.", "European countries", ["IGO"]),
    ("World powers signed the accord.", "World powers", ["IGO"]),
    ("The Ghanaian minister met his Kenyan counterpart.", "counterpart", ["KEN"]),
    ("In Libya, Spain met the heads of EU trade policy.", "the heads", ["IGO"]),
    ("The deal came after mediation by east African neighbours.", "neighbours", ["IGO"]),
    ("Kenyan dockers met the International Trade Union Confederation. The unions left.", "The unions", ["KEN"]),
    ("Syria is at war. The envoys in Geneva met the opposition groups.", "groups", ["SYR"]),
    ("The British minister and Foreign Office officials left.", "officials", ["GBR"]),
    ("Jets hit al Qaeda and Taliban leaders.", "leaders", ["NSA", "AFG"]),
    ("The blogger met the Dutch skipper Jan Smit in Egypt.", "Jan Smit", ["NLD"]),
    ("Peru left the West.", "the West", [None]),
    ("In France an Ohio militia leader was tried.", "leader", ["USA"]),
    ("Turkey and its Syrian allies shelled the town.", "its Syrian allies", ["SYR"]),
    ("Germany and its Turkish residents mourned.", "its Turkish residents", ["DEU"]),
    ("Syria spoke. Jan Smit was stripped of Dutch citizenship.", "Jan Smit", ["NLD"]),
    ("In Syria and Iraq they discussed the Dutch passport of Jan Smit.", "Jan Smit", ["NLD"]),
    ("Iran met its proxy and its armed wing, Hezbollah.", "its armed wing", ["LBN"]),
    ("Turkey warned Kurdish lawyers in Iraq against it.", "lawyers", ["IRQ"]),
    (
        "An envoy met the International Union of Bakers. The international union left.",
        "The international union",
        ["NSA"],
    ),
    ("Dozens of Hamas members left Egypt.", "members", ["PSE"]),
    ("A commander for the Serbian side in Kosovo was shot.", "A commander", ["SRB"]),
    ("In Iran lawmakers met. Most Democrats in Washington opposed the nuclear deal.", "Most Democrats", ["USA"]),
]

CONTEXT = [
    ("Voters in Kenya went to the polls. Police fired on the crowd.", "Police", ["KEN"]),
    ("Protests shook Thailand for a third day. The government declared an emergency.", "The government", ["THA"]),
    ("Police in Ghana arrested two activists. They accuse the government of Togo.", "government", ["TGO"]),
]

TAKEN_UP = [
    ("Ewa Kot, the Polish trade minister, arrived. Ms. Kot rejected the plan.", "Kot", ["POL"]),
    ("Polish minister Jan Tracz-Bogdanski spoke. Tracz-Bogdanski left.", "Bogdanski", ["POL"]),
    ("A Kenyan inquiry found that Rwanda had broken the law. It demanded a reply from Rwanda.", "It", ["KEN"]),
    ("The officer works for the Norwegian Labour Party (NLP) in Oslo. The NLP left.", "The NLP", ["NOR"]),
    ("Ewa Kot, the Polish trade minister, arrived. She rejected the plan.", "She", ["POL"]),
    ("Polish President Jan Wielki met the king of Jordan. The president rejected the plan.", "The president", ["POL"]),
    ("Israel halted the talks. It also expelled two envoys.", "It", ["ISR"]),
    ("Hamas seized the post. The group freed two captives.", "The group", ["PSE"]),
    ("In Mali a small group of fighters met. Hamas fired a rocket. The group fled.", "The group", ["PSE"]),
    ("Kenyan troops in Gaza met Hamas. Kenyan forces left. The group fled.", "The group", ["PSE"]),
    ("The Malian army fought Chad's rebels. The rebels vowed to defeat them.", "them", ["MLI"]),
    ("Voters in Kenya waited. He urged Uganda to wait too.", "He", ["KEN"]),
    ("A Dutch sailor was freed in Ghana. Jan Smit, 31, was held for a year.", "Jan Smit", ["NLD"]),
    (
        "The UN Security Council met on Gambia. In Banjul many heard Council members condemn it.",
        "Council members",
        ["IGO"],
    ),
    ("The World Bank met in the West Bank. The Bank lent money.", "The Bank", ["IGO"]),
    ("The African Development Bank lent Chad money. The Bank wants it back.", "The Bank", ["IGO"]),
    ("Bernie Sanders spoke in Ohio. His backers marched.", "His backers", ["USA"]),
    ("NATO met in July. Turkey told the alliance to wait.", "the alliance", ["IGO"]),
    ("Egypt and Sudan signed the accord. Both countries praised it.", "Both countries", ["EGY", "SDN"]),
    (
        "Iran and the three European powers, Britain, France and Germany, known as the E3, met. They agreed.",
        "They",
        ["IRN", "GBR", "FRA", "DEU"],
    ),
    ("The UN envoy for Yemen, Jan Smid, arrived. Smid left again.", "Smid", ["IGO"]),
    ("Egypt held talks with Sudan. The two sides agreed to meet again.", "The two sides", ["EGY", "SDN"]),
    ("Egypt and Sudan signed the accord. They praised it.", "They", ["EGY", "SDN"]),
    ("The Malian minister, who visited Rome, rejected the plan.", "who", ["MLI"]),
    ("In his speech, Recep Tayyip Erdogan rejected the plan.", "his", ["TUR"]),
    ("Recep Tayyip Erdogan met Vladimir Putin on Monday and told him to leave.", "him", ["RUS"]),
    ("“We reject the plan,” Recep Tayyip Erdogan said.", "We", ["TUR"]),
]

NOBODY = [
    ("Norway is weak. It is clear that the plan failed.", "It"),
    ("Norway is weak. It is believed that the plan failed.", "It"),
    ("Norway showed its growing power.", "growing power"),
    ("The man from Oslo works as a teacher.", "a teacher"),
    ("The lawyer ran for president in Norway.", "president"),
    ("The Year of the Horse began in Norway.", "The Year"),
    ("The storm destroyed the bridge.", "The storm"),
    ("The film won a prize in Germany.", "The film"),
    ("The talks failed on Monday.", "The talks"),
    ("The prices rose in France.", "The prices"),
]


@pytest.mark.parametrize(("text", "phrase", "expected"), NAMES + TITLES + MODIFIERS + CONTEXT + TAKEN_UP)
def test_whom_a_phrase_denotes(codes: Codes, text: str, phrase: str, expected: list[str | None]) -> None:
    assert codes(text, phrase) == expected


@pytest.mark.parametrize(("text", "phrase"), NOBODY)
def test_what_is_no_party(codes: Codes, text: str, phrase: str) -> None:
    assert codes(text, phrase) == []


WITHIN = [
    ("Israel's operation in Gaza went on.", "operation", ["ISR", "PSE"]),
    ("Turkish objections delayed the plan.", "objections", ["TUR"]),
    ("The Gaza operation went on.", "operation", ["PSE"]),
    ("The actions of Israel broke the law.", "actions", ["ISR"]),
    ("The end of the war in Gaza is near.", "end", ["PSE"]),
    ("Recep Tayyip Erdogan explained his decision.", "decision", ["TUR"]),
    ("A ban by Norway took effect.", "ban", ["NOR"]),
    ("The talks between Egypt and Sudan went on.", "talks", ["EGY", "SDN"]),
]


@pytest.mark.parametrize(("text", "phrase", "expected"), WITHIN)
def test_whose_a_thing_is(read: Read, text: str, phrase: str, expected: list[str]) -> None:
    actors, syntaxes = read(text)
    head = next(t.i for t in syntaxes[0].tokens if t.text == phrase)
    assert [party.code for party in actors.party_within(0, head)] == expected


POLITICAL = [
    ("The German foreign ministry objected.", "ministry", True),
    ("Police fired on the crowd in Kenya.", "Police", True),
    ("Amnesty International objected.", "International", True),
    ("Protesters blocked the road in Kenya.", "Protesters", True),
    ("The court in Madrid annulled the law.", "court", True),
    ("The company in Madrid cut jobs.", "company", False),
    ("The striker from Brazil left the club.", "striker", False),
    ("The storm in France felled trees.", "storm", False),
    ("The town in France was quiet.", "town", False),
    ("A woman from Norway sold her house.", "woman", False),
]


@pytest.mark.parametrize(("text", "word", "political"), POLITICAL)
def test_who_can_act_in_politics(read: Read, text: str, word: str, political: bool) -> None:
    actors, syntaxes = read(text)
    head = next(t.i for t in syntaxes[0].tokens if t.text == word)
    assert actors.is_political(0, head) is political


WORDED = [
    ("The Russian president, Vladimir Putin, left on Monday.", "president", "The Russian president, Vladimir Putin"),
    ("The two Iranian diplomats, who had come by train, left.", "diplomats", "The two Iranian diplomats"),
    ("The government of Gibraltar objected.", "government", "The government of Gibraltar"),
    ("US President Joe Biden’s administration objected.", "administration", "US President Joe Biden’s administration"),
    ("Israel's foreign minister objected.", "Israel", "Israel"),
    ("The African Union on Monday objected.", "Union", "The African Union"),
    ("A UN inquiry in June blamed both armies.", "inquiry", "A UN inquiry"),
    ("Prior to Mali's raid on the camp, member Chad had objected.", "Chad", "member Chad"),
]


@pytest.mark.parametrize(("text", "word", "words"), WORDED)
def test_a_party_is_worded_as_a_reader_would_name_it(read: Read, text: str, word: str, words: str) -> None:
    actors, syntaxes = read(text)
    head = next(t.i for t in syntaxes[0].tokens if t.text == word)
    assert [party.text for party in actors.parties(0, head)] == [words]


def test_a_capital_after_a_preposition_of_place_counts_only_on_demand(codes: Codes) -> None:
    text = "A bomb went off in Kabul on Friday."
    assert codes(text, "Kabul") == []
    assert codes(text, "Kabul", place=True) == ["AFG"]


def test_speakers_own_their_we(read: Read) -> None:
    actors, syntaxes = read("“We reject the plan,” the letter says.")
    norway = Party("Norway", 0, 0, "NOR", "NOR")
    actors.speaker_at = lambda offset: (norway,) if offset < 20 else None
    we = next(t for t in syntaxes[0].tokens if t.text == "We")
    assert [(p.text, p.start, p.code) for p in actors.parties(0, we.i)] == [("We", we.start, "NOR")]
    actors.speaker_at = None
    assert "NOR" not in [p.code for p in actors.parties(0, we.i)]


def test_sentences_that_were_not_parsed_hold_antecedents(tables: ActorTables, parser: Parser) -> None:
    text = "Norway closed the border. It also expelled two envoys."
    sentences = segment(text)
    actors = ArticleActors(tables, body=text, sentences=sentences)
    actors.enter_text(0)
    start, end = sentences[1]
    (syntax,) = parser.parse([(1, start, text[start:end])])
    actors.enter(syntax)
    assert [party.code for party in actors.parties(1, 0)] == ["NOR"]


WORDS = st.sampled_from(
    "Turkey Israel the two Macron his She they NATO and of in met said President Jan Wielki Polish ministers both"
    " countries , “ ” rebels US-backed Hamas who police Gaza Mr. we".split()
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=14))
def test_parties_point_at_their_words_whatever_the_text(read: Read, words: list[str]) -> None:
    text = " ".join(words) + "."
    actors, syntaxes = read(text)
    for syntax in syntaxes:
        for token in syntax.tokens:
            found = actors.parties(syntax.sentence, token.i, place=True) + actors.party_within(syntax.sentence, token.i)
            for party in found:
                assert text[party.start : party.end] == party.text != ""
                assert party.country is None or party.country == party.code
            again = actors.parties(syntax.sentence, token.i, place=True)
            assert again == actors.parties(syntax.sentence, token.i, place=True)
