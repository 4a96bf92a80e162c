"""Credits without quotation marks: "source | cue | content", in text order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Read

ROWS = [
    # said, with and without "that"
    ("Ana Ruiz said that the port was closed.", ["Ana Ruiz | said | that the port was closed"]),
    ("Ruiz said the port was closed.", ["Ruiz | said | the port was closed"]),
    ("Officials told the press that the army had left.", ["Officials | told | that the army had left"]),
    ("The general asked whether the bridge would hold.", ["The general | asked | whether the bridge would hold"]),
    # when and where it was said is no content
    ("Norland said on Monday it would not sign the pact.", ["Norland | said | it would not sign the pact"]),
    ("Norland said late on Monday in a statement that it was over.", ["Norland | said | that it was over"]),
    # behind, between, inverted
    ("The port was closed, Ruiz said.", ["Ruiz | said | The port was closed"]),
    (
        "Norland, the minister said, will withdraw its troops.",
        ["the minister | said | Norland + will withdraw its troops"],
    ),
    ("The talks, said Ruiz, were useful.", ["Ruiz | said | The talks + were useful"]),
    ("As the ministry has said, the border is closed.", ["the ministry | has said | the border is closed"]),
    # whatever the parser makes of "frank, high level diplomats"
    (
        "Talks between Norland and Sudria in Oslo were serious and frank, high level Sudrian diplomats said, "
        "just a week before the president takes office.",
        ["high level Sudrian diplomats | said | Talks between Norland and Sudria in Oslo were serious and frank"],
    ),
    # according to, in the words of, in X's view
    ("According to two diplomats, the envoy will leave.", ["two diplomats | According to | the envoy will leave"]),
    ("The envoy will leave, according to two diplomats.", ["two diplomats | according to | The envoy will leave"]),
    ("In the words of one diplomat, the plan is dead.", ["one diplomat | In the words of | the plan is dead"]),
    (
        "In Moscow's view, the alliance has broken its promise.",
        ["Moscow | In + view | the alliance has broken its promise"],
    ),
    # nouns and adjectives
    ("The clerk typed Sudria's claim that the vote was stolen.", ["Sudria | claim | that the vote was stolen"]),
    (
        "The ministry voiced concern about the strikes.",
        ["The ministry | voiced concern about | the strikes"],
    ),
    ("Ruiz is confident that talks will resume.", ["Ruiz | is confident | that talks will resume"]),
    # infinitives, objects, of-phrases, gerunds, predicates
    ("Rebels claimed to have hit a ship.", ["Rebels | claimed | to have hit a ship"]),
    ("The ministry vowed to respond.", ["The ministry | vowed | to respond"]),
    ("The ministry denied any role in the attack.", ["The ministry | denied | any role in the attack"]),
    (
        "The minister accused the army of bombing the camp.",
        ["The minister | accused | the army of bombing the camp"],
    ),
    ("Ruiz urged the alliance to expel the envoy.", ["Ruiz | urged | the alliance to expel the envoy"]),
    ("Ministers called on Sudria to stop.", ["Ministers | called on | Sudria to stop"]),
    ("The envoy warned of a wider war.", ["The envoy | warned of | a wider war"]),
    ("Ruiz called the vote a farce.", ["Ruiz | called | the vote a farce"]),
    ("She sees the plan as a threat.", ["She | sees | the plan as a threat"]),
    # passives
    ("Ruiz was quoted as saying that talks had failed.", ["Ruiz | was quoted as saying | that talks had failed"]),
    ("Sudria is reported to be ready.", [" | is reported | Sudria + to be ready"]),
    ("It was announced that talks would resume.", [" | was announced | that talks would resume"]),
    ("The plan was criticised by the council as unfair.", ["the council | was criticised by | The plan + as unfair"]),
    (
        "The army had been accused by South Africa of genocide.",
        ["South Africa | had been accused by | The army + of genocide"],
    ),
    # relatives and participles
    ("The minister, who said he was ready, left.", ["who | said | he was ready"]),
    ("The plan, which officials said had failed, is dead.", ["officials | said | which + had failed"]),
    # raising verbs only colour
    ("Erdem appeared to threaten to cut the link.", ["Erdem | appeared to threaten | to cut the link"]),
    # "the state news agency X" may parse as two subjects
    (
        "Norland denied it had left, the state news agency NINA reported.",
        ["Norland | denied | it had left", "the state news agency NINA | reported | Norland denied it had left"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_one_credit(read: Callable[..., Read], text: str, expected: list[str]) -> None:
    assert read(text).rows == expected


SHARED = [
    (
        "The minister accused the army of arson, adding that the city would not stay silent.",
        ["The minister | accused | the army of arson", "The minister | adding | that the city would not stay silent"],
    ),
    (
        "The ministry denied any role in the attack and vowed to respond.",
        ["The ministry | denied | any role in the attack", "The ministry | vowed | to respond"],
    ),
    (
        "Norland confirmed and repeated that it would not join.",
        ["Norland | confirmed | that it would not join", "Norland | repeated | that it would not join"],
    ),
    (
        "He said talks failed while Sudria said they went well.",
        ["He | said | talks failed", "Sudria | said | they went well"],
    ),
    (
        "Kyiv said the army had fired missiles and accused Moscow of a war crime.",
        ["Kyiv | said | the army had fired missiles", "Kyiv | accused | Moscow of a war crime"],
    ),
    (
        "Sudria rejects this and says its operation in the valley, which has killed many people, aims to end the war.",
        [
            "Sudria | rejects | this",
            "Sudria | says | its operation in the valley, which has killed many people, aims to end the war",
            "Sudria | aims | to end the war",
        ],
    ),
    (
        "She left, saying it was over and vowing to come back.",
        ["She | saying | it was over", "She | vowing | to come back"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SHARED, ids=[text for text, _ in SHARED])
def test_credits_that_share_a_subject_or_a_sentence(read: Callable[..., Read], text: str, expected: list[str]) -> None:
    assert read(text).rows == expected


NO_CREDIT = [
    "The army crossed the river on Monday.",
    "They had committed crimes.",
    "The army attacked the base at dawn.",
    "The army shot down two drones.",
    "The president called a meeting.",
    "The council called off the vote.",
    "It began efforts to promote peace.",
    "Speaking in Oslo, the envoy opened the fair.",
    "That prompted the army to leave.",
]


@pytest.mark.parametrize("text", NO_CREDIT)
def test_no_credit(read: Callable[..., Read], text: str) -> None:
    assert read(text).rows == []


FORCES = [
    ("Ruiz said the port was closed.", "said", "assert"),
    ("Ruiz did not say that the port was closed.", "did not say", "withhold"),
    ("Ruiz declined to say whether the port was closed.", "declined", "withhold"),
    ("Ruiz refused to sign the treaty.", "refused", "refuse"),
    ("Ruiz confirmed that the port was closed.", "confirmed", "confirm"),
    ("Ruiz denied any role.", "denied", "deny"),
    ("Ruiz rejected the plan.", "rejected", "reject"),
    ("Ruiz told the army to leave.", "told", "demand"),
    ("Ruiz asked whether it would leave.", "asked", "ask"),
    ("Ruiz asked the army to leave.", "asked", "demand"),
    ("Ruiz promised to return.", "promised", "promise"),
    ("Ruiz threatened to quit the pact.", "threatened", "threaten"),
    ("Ruiz warned that the truce was over.", "warned", "warn"),
    ("Ruiz plans to return.", "plans", "intend"),
    ("Ruiz decided to return.", "decided", "decide"),
    ("Ruiz believes that the truce is over.", "believes", "believe"),
    ("Ruiz does not believe that the truce is over.", "does not believe", "doubt"),
    ("Ruiz doubts that the truce is over.", "doubts", "doubt"),
    ("Officials fear that war will return.", "fear", "fear"),
    ("Ruiz hopes to return.", "hopes", "hope"),
    ("Ruiz praised the army for its patience.", "praised", "praise"),
    ("Ruiz condemned the raid.", "condemned", "criticise"),
    ("Ruiz accused the army of arson.", "accused", "accuse"),
    ("Ruiz opposes the plan.", "opposes", "oppose"),
    ("Ruiz supports the plan.", "supports", "support"),
    ("Ruiz agreed to leave.", "agreed", "agree"),
    ("Ruiz proposed a truce.", "proposed", "propose"),
]


@pytest.mark.parametrize(("text", "cue", "force"), FORCES, ids=[text for text, _, _ in FORCES])
def test_force(read: Callable[..., Read], text: str, cue: str, force: str) -> None:
    assert read(text).by_cue(cue).force == force
