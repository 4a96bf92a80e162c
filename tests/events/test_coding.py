"""From syntax to events, with a handful of frames and parties known by word alone (see conftest)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rapporteur.events import Coder
from rapporteur.knowledge.frames import FRAMES, compile_frames
from rapporteur.knowledge.ontology import Ontology
from rapporteur.language import Syntax
from rapporteur.model import Event

from .conftest import WordParties

HERE = Path(__file__).parent / "frames"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(compile_frames([FRAMES / "classes.yaml", *sorted(HERE.glob("*.yaml"))]), Ontology.load())


def code(coder: Coder, parse: Callable[[str], Syntax], text: str) -> list[Event]:
    syntax = parse(text)
    return coder.code("article", text, "2024-05-15", syntax, WordParties(syntax), lambda start, end, performers: ())


# (sentence, [(type, trigger, actors, recipients, status)]), most central event first
ROWS: list[tuple[str, list[tuple[str, str, str, str, str]]]] = [
    ("Russia attacked Ukraine.", [("ASSAULT", "attacked", "RUS", "UKR", "actual")]),
    ("Ukraine was attacked by Russia.", [("ASSAULT", "attacked", "RUS", "UKR", "actual")]),
    ("Russia has not attacked Ukraine.", [("ASSAULT", "attacked", "RUS", "UKR", "negated")]),
    ("Russia will not attack Ukraine.", [("CONCEDE", "attack", "RUS", "UKR", "actual")]),
    ("Russia plans to attack Ukraine.", [("ASSAULT", "attack", "RUS", "UKR", "future")]),
    ("Ukraine was attacked overnight.", [("ASSAULT", "attacked", "", "UKR", "actual")]),
    ("The storm attacked the coast.", []),
    ("Israel carried out a raid on Egypt.", [("ASSAULT", "carried out a raid", "ISR", "EGY", "actual")]),
    ("Israel launched an attack on Egypt.", [("ASSAULT", "launched an attack", "ISR", "EGY", "actual")]),
    ("The Israeli attack on Egypt went on.", [("ASSAULT", "attack", "ISR", "EGY", "actual")]),
    ("Russia's attack on Ukraine went on.", [("ASSAULT", "attack", "RUS", "UKR", "actual")]),
    ("An attack by Russia on Ukraine went on.", [("ASSAULT", "attack", "RUS", "UKR", "actual")]),
    ("The attack went on.", []),
    ("Russia was involved in an attack on Ukraine.", [("ASSAULT", "involved in an attack", "RUS", "UKR", "actual")]),
    ("Russia responded with an attack on Ukraine.", [("ASSAULT", "attack", "RUS", "UKR", "actual")]),
    ("The Russian attack on Monday on Ukraine went on.", [("ASSAULT", "attack", "RUS", "UKR", "actual")]),
    ("Talks in Oslo on Monday between France and Iran went well.", [("CONSULT", "Talks", "FRA IRN", "", "actual")]),
    ('France saw Russia\'s "attack" on Ukraine.', []),
    ("France and Germany met.", [("CONSULT", "met", "FRA DEU", "", "actual")]),
    ("France met with Germany.", [("CONSULT", "met", "FRA DEU", "", "actual")]),
    ("France met the deadline.", []),
    ("France held talks with Iran.", [("CONSULT", "held talks", "FRA IRN", "", "actual")]),
    ("Talks between France and Iran went well.", [("CONSULT", "Talks", "FRA IRN", "", "actual")]),
    ("China urged Russia to attack Ukraine.", [("REQUEST", "urged", "CHN", "RUS", "actual")]),
    (
        "China urged calm after Russia attacked Ukraine.",
        [("REQUEST", "urged", "CHN", "", "actual"), ("ASSAULT", "attacked", "RUS", "UKR", "actual")],
    ),
    (
        "France accused Russia of attacking Ukraine.",
        [("ACCUSE", "accused", "FRA", "RUS", "actual")],
    ),
    ("Russia came under fire from France.", [("ACCUSE", "came under fire", "FRA", "RUS", "actual")]),
    ("France called on Friday.", []),
    ("France accused the Russian army of theft.", [("ACCUSE", "accused", "FRA", "RUS", "actual")]),
    ("Iran has been critical of Russia.", [("ACCUSE", "critical", "IRN", "RUS", "actual")]),
    ("China pulled its troops out of Iran.", [("RETREAT", "pulled its troops out", "CHN", "IRN", "actual")]),
    ("China will withdraw troops from Iran.", [("AGREE", "withdraw troops", "CHN", "IRN", "actual")]),
    ("China will attack Iran.", [("THREATEN", "attack", "CHN", "IRN", "actual")]),
    ("China may attack Iran.", [("ASSAULT", "attack", "CHN", "IRN", "hypothetical")]),
    ("China wants to attack Iran.", []),
    ("China pulled troops from Iran.", [("RETREAT", "pulled troops", "CHN", "IRN", "actual")]),
    ("China withdrew cash from the bank.", []),
    ("A Russian drone attack hit Ukraine.", [("ASSAULT", "hit", "RUS", "UKR", "actual")]),
    ("A Russian music festival hit Ukraine.", []),
    ("Russia will crush Ukraine.", [("THREATEN", "crush", "RUS", "UKR", "actual")]),
    ("Russia crushed Ukraine.", []),
    ("Russia battled Ukraine.", [("ASSAULT", "battled", "RUS", "UKR", "actual")]),
    ("The Russian troops battling Ukraine sang.", []),
    ("Russia, still battling Ukraine, sang.", [("ASSAULT", "battling", "RUS", "UKR", "actual")]),
    ("France said Russia would face consequences.", [("THREATEN", "said Russia would face", "FRA", "RUS", "actual")]),
    ("France said Russia would face elections.", []),
    ("France made a threat to leave NATO.", [("THREATEN", "made a threat to leave", "FRA", "IGO", "actual")]),
    ("France said the Russian move was illegal.", [("ACCUSE", "said the Russian move was", "FRA", "RUS", "actual")]),
    (
        "France said the Russian move was not illegal.",
        [("ACCUSE", "said the Russian move was", "FRA", "RUS", "actual")],
    ),
    ("France said the Russian move was wise.", []),
    (
        "Russia attacked Ukraine and met Iran.",
        [("ASSAULT", "attacked", "RUS", "UKR", "actual"), ("CONSULT", "met", "RUS IRN", "", "actual")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[r[0] for r in ROWS])
def test_coding(
    coder: Coder, parse: Callable[[str], Syntax], text: str, expected: list[tuple[str, str, str, str, str]]
) -> None:
    events = code(coder, parse, text)
    assert [
        (
            e.type,
            e.trigger.text,
            " ".join(str(p.code) for p in e.actors),
            " ".join(str(p.code) for p in e.recipients),
            e.status,
        )
        for e in events
    ] == expected
    for event in events:
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text


def test_event_carries_its_rule_and_scores(coder: Coder, parse: Callable[[str], Syntax]) -> None:
    (event,) = code(coder, parse, "Germany accused Russia of spying on Monday.")
    assert event.rules == ("ACCUSE.accuse", "accuse R (of X)")
    assert (event.mode, event.quad, event.scale) == ("allege", 3, "goldstein-gdelt")
    assert event.date is not None and event.date.value == "2024-05-13"
