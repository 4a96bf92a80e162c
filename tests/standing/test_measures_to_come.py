"""Measures: when what is threatened is to begin, and sides told by other words of the article."""

from __future__ import annotations

import pytest

from rapporteur.reader import Reader

from .reading import PUBLISHED, Read, article_of, codes


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    return lambda text: article_of(reader, text).measures


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Norway will impose tariffs on Chadian cotton from Monday.", ("2019-05-20", "inferred")),
        ("Kenya said it would suspend aid to Uganda from 3 July.", ("2019-07-03", "stated")),
        ("A ban on imports from Chile, announced by Bolivia, will take effect on 1 August.", ("2019-08-01", "stated")),
        ("Israel announced a daily pause in fighting with Hamas from tomorrow.", ("2019-05-16", "inferred")),
        ("Norway suspends aid to Uganda from 1 July.", ("2019-07-01", "stated")),
        ("Norway threatened to impose tariffs on Chadian cotton.", None),
        ("Norway threatened on Monday to impose tariffs on Chadian cotton.", None),  # when it was threatened
    ],
)
def test_a_threat_has_the_day_on_which_it_is_to_begin(read: Read, text: str, start: tuple[str, str] | None) -> None:
    (mention,) = read(text)
    found = (mention.since.value, mention.since.basis) if mention.since is not None else None
    assert (mention.status, found) == ("threatened", start)


@pytest.mark.parametrize(
    ("text", "kind", "by", "on", "status"),
    [
        ("Lina Petrova, a Bulgarian writer, was banned from leaving Turkey.", "travel ban", "TUR", "BGR", "in force"),
        ("Two Danish engineers were barred from travelling abroad by Qatar.", "travel ban", "QAT", "DNK", "in force"),
        ("Ten of the Togolese activists are banned from travelling.", "travel ban", "TGO", "TGO", "in force"),
        ("Sudan's former prime minister is under house arrest.", "detention", "SDN", "SDN", "in force"),
        ("The former Georgian president was released from house arrest.", "detention", "GEO", "GEO", "ended"),
        ("Canada is examining whether to continue aid to Colombia.", "suspension", "CAN", "COL", "threatened"),
        (
            "The cabinet is weighing whether Estonia will continue to honour some $80m in aid for Sudan.",
            "suspension", "EST", "SDN", "threatened",
        ),
        ("Chad's decision to re-open relations with Kenya angered Niger.", "suspension", "TCD", "KEN", "ended"),
        ("Japan agreed to halve imports of oil from Iran.", "restriction", "JPN", "IRN", "threatened"),
        (
            "The US Congress passed a package of bills to tighten sanctions on Cuba.",
            "sanction", "USA", "CUB", "threatened",
        ),
    ],
)  # fmt: skip
def test_a_measure_is_told_of(read: Read, text: str, kind: str, by: str, on: str, status: str) -> None:
    (mention,) = read(text)
    assert (mention.kind, *codes(mention), mention.status) == (kind, [by], [on], status)


@pytest.mark.parametrize(
    "text",
    [
        "Two Bolivian ministers were banned from travelling to Peru.",  # not by Bolivia; by whom isn't told
        "The senator proposed to ban all Muslims from entering.",
        "Canada is examining how to continue aid to Colombia.",  # it isn't in doubt
        "Canada asked whether Peru continued aid to Colombia.",
    ],
)
def test_no_measure_is_told_of(read: Read, text: str) -> None:
    assert read(text) == ()


def test_two_who_are_held_are_held_one_by_one(read: Read) -> None:
    found = [codes(m) for m in read("Iran has jailed a Finnish pilot and a Peruvian nurse.")]
    assert found == [(["IRN"], ["FIN"]), (["IRN"], ["PER"])]


def test_a_relative_is_of_her_own_country(read: Read) -> None:
    text = (
        "Pekka Aho, a Finnish sailor, was on holiday when police arrested him in Oran with his Peruvian wife. "
        "Algerian authorities released his wife, Rosa Paz, after six days."
    )
    assert codes(read(text)[-1]) == (["DZA"], ["PER"])
    assert codes(read(text.replace("Rosa Paz,", "Rosa Paz, and her mother"))[-1]) == (["DZA"], ["PER", "PER"])


def test_a_bare_chamber_is_of_the_state_whose_chamber_was_named(read: Read) -> None:
    text = (
        "The US Congress condemned Cuba over trade. "
        "In the House, lawmakers passed a package of bills to tighten sanctions on Cuba."
    )
    (mention,) = read(text)
    assert (*codes(mention), mention.status) == (["USA"], ["CUB"], "threatened")


def test_the_expiry_of_its_act_is_its_end(read: Read) -> None:
    (mention,) = read("The EU renewed its arms embargo on Chad, which expires in December 2020.")
    assert mention.until is not None
    assert (mention.until.value, mention.status) == ("2020-12", "in force")


def test_who_considers_it_is_no_source_of_it(read: Read) -> None:
    (mention,) = read("The French parliament is considering sanctions on Mali.")
    assert mention.attributed_to == ()


def test_what_it_bears_on_has_no_pronoun_before_it(read: Read) -> None:
    (mention,) = read("Turkey kept its trade ban on Armenia.")
    assert mention.object == "trade ban on Armenia"


def test_what_was_done_after_a_dated_announcement_has_its_month(read: Read) -> None:
    (mention,) = read("Norway imposed sanctions on Chad after announcing in March that it would do so.")
    assert mention.since is not None
    assert (mention.since.value, mention.since.basis) == ("2019-03", "inferred")


def test_what_follows_on_an_older_act_is_no_news(read: Read) -> None:
    (mention,) = read("In 2015 Norway recalled its envoy. It then banned imports of Chadian cotton.")
    assert mention.since is None


@pytest.mark.parametrize(
    ("first", "onset"),
    [
        ("In 2011 Chad said enough and stopped aid to Kenya.", ("2011", "inferred")),
        ("In 2011 Chad stopped aid to Kenya. Niger protested.", None),  # not the sentence before
        ("Chad stopped aid to Kenya on Monday.", (PUBLISHED, "report")),  # news, no story of the past
    ],
)
def test_a_story_of_the_past_goes_on_in_its_year(read: Read, first: str, onset: tuple[str, str] | None) -> None:
    since = read(f"{first} Chad slapped tariffs on Kenyan tea.")[-1].since
    assert (since and (since.value, since.basis)) == onset


def test_what_somebody_had_spent_under_arrest_is_over(read: Read) -> None:
    (mention,) = read("Sudan's former prime minister, who had spent two years under house arrest, met the envoy.")
    assert mention.status == "ended"


@pytest.mark.parametrize(
    ("text", "status", "until"),
    [
        ("Norway's sanctions on Belarus expire on 3 June unless parliament extends them.", "in force", "2019-06-03"),
        ("The embargo on Eritrea ends on 12 July, the Security Council said.", "in force", "2019-07-12"),
        ("The European Union's sanctions on Mali lapse next month.", "in force", None),
        ("The sanctions on Mali expired on 3 May.", "ended", "2019-05-03"),
    ],
)
def test_what_expires_on_a_day_to_come_stands(read: Read, text: str, status: str, until: str | None) -> None:
    (mention,) = read(text)
    assert (mention.status, mention.until.value if mention.until else None) == (status, until)


def test_who_holds_up_a_renewal_blocks_it_and_the_measure_stands(read: Read) -> None:
    block, sanction = read("Slovakia is blocking the renewal of the European Union's sanctions on Belarus.")
    assert (block.kind, *codes(block), block.through) == ("block", ["SVK"], ["BLR"], "European Union")
    assert (sanction.kind, sanction.status) == ("sanction", "in force")
