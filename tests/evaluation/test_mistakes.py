"""What went wrong is named for what it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rapporteur import Reader
from rapporteur.evaluation import mistakes
from rapporteur.evaluation.candidates import CandidateLog, Proposal
from rapporteur.evaluation.differences import attribution_mistakes, gsr_mistakes
from rapporteur.evaluation.gold import AttributionDocument, GsrSentence
from rapporteur.evaluation.mistakes import CLASSES, event_mistakes
from rapporteur.evaluation.readings import Reading

from .conftest import TEXT, as_document, as_reading, at, gold_event, gold_line, parties, read_event, read_line

USERS = ("mistakes", "differences", "against_gold")  # modules that name classes
WARNED = gold_event("warned", "THREATEN", "PER", "CHL")
READ = read_event("warned", "THREATEN", "PER", "CHL")
BY_ENVOYS = gold_event("met", "CONSULT", "CHL PER", according_to="envoys")


def proposal(words: str, type: str, nominal: bool = False) -> Proposal:
    start, end = at(words)
    return Proposal(type, (start, end), 0.2, nominal)


@pytest.mark.parametrize(
    ("gold", "read", "proposals", "kinds"),
    [
        ([WARNED], [READ], [], []),
        ([WARNED], [], [], ["lexicon gap: no candidate"]),
        ([WARNED], [], [proposal("Monday", "THREATEN")], ["lexicon gap: no candidate"]),
        ([WARNED], [], [proposal("warned Chile", "ACCUSE")], ["candidate let go"]),
        ([WARNED], [], None, ["missed"]),
        ([WARNED], [read_event("warned", "ACCUSE", "PER", "CHL")], [], ["wrong type"]),
        ([WARNED, gold_event("Monday", "THREATEN")], [READ], [], ["merged with another"]),
        ([WARNED], [READ, read_event("Monday", "THREATEN")], [], ["told twice"]),
        ([], [READ], [proposal("warned", "THREATEN")], ["spurious verb"]),
        ([], [READ], [proposal("warned", "THREATEN", nominal=True)], ["spurious noun"]),
        ([], [READ], None, ["spurious"]),
        ([WARNED], [{**READ, "status": "future"}], [], ["wrong status"]),
        ([WARNED], [{**READ, "actors": parties("BOL"), "recipients": []}], [], ["actor code", "recipient code"]),
        ([WARNED], [{**READ, "attributed_to": [0]}], [], ["source spurious"]),
        ([BY_ENVOYS], [read_event("met", "CONSULT", "CHL PER")], [], ["source missed"]),
        ([BY_ENVOYS], [read_event("met", "CONSULT", "CHL PER", attributed_to=[1])], [], ["source wrong"]),
        ([BY_ENVOYS], [read_event("met", "CONSULT", "CHL PER", attributed_to=[0])], [], []),
    ],
)
def test_mistakes_of_events(
    gold: list[dict[str, Any]], read: list[dict[str, Any]], proposals: Sequence[Proposal] | None, kinds: list[str]
) -> None:
    document, reading = as_document(gold_line(*gold)), as_reading(read_line(*read, credits=["envoys", "Peru"]))
    assert [mistake.kind for mistake in event_mistakes(document, reading, proposals)] == kinds


def test_a_mistake_shows_sentence_gold_and_reading() -> None:
    reading = as_reading(read_line({**READ, "recipients": []}))
    (mistake,) = event_mistakes(as_document(gold_line(WARNED)), reading)
    assert mistake.text == "Peru warned Chile on Monday."
    assert mistake.gold == 'THREATEN "warned" PER [PER] > CHL [CHL]'
    assert mistake.read == 'THREATEN "warned" PER [PER] > -'


@pytest.mark.parametrize(
    ("read", "kinds"),
    [
        ([read_event("warned", "THREATEN", "PER BOL", "CHL")], []),
        ([read_event("warned", "THREATEN", "", "CHL")], ["actor code"]),
        ([read_event("warned", "THREATEN", "PER", "")], ["recipient code"]),
        ([read_event("met", "CONSULT")], ["wrong type"]),
        ([], ["missed"]),
    ],
)
def test_mistakes_of_single_sentences(read: list[dict[str, Any]], kinds: list[str]) -> None:
    line = {"id": "a", "text": TEXT, "type": "THREATEN", "actors": parties("PER"), "recipients": parties("CHL")}
    sentence = msgspec.convert(line, GsrSentence)
    assert [mistake.kind for mistake in gsr_mistakes(sentence, as_reading(read_line(*read)))] == kinds


@pytest.mark.parametrize(
    ("read", "kinds"),
    [
        ([("envoys", "said", "Peru thanked Chile")], []),
        ([("Peru", "said", "Peru thanked Chile")], ["source wrong"]),
        ([], ["attribution missed"]),
        ([("envoys", "said", "It rained")], ["attribution missed", "attribution spurious"]),
    ],
)
def test_mistakes_of_attributions(read: list[tuple[str, str, str]], kinds: list[str]) -> None:
    def credit(source: str, cue: str, content: str) -> dict[str, Any]:
        return {"source": [at(source)], "cue": [at(cue)], "content": [at(content)]}

    gold = [credit("envoys", "said", "Peru thanked Chile")]
    document = msgspec.convert({"id": "a", "text": TEXT, "attributions": gold}, AttributionDocument)
    reading = msgspec.convert({"id": "a", "attributions": [credit(*words) for words in read]}, Reading)
    assert [mistake.kind for mistake in attribution_mistakes(document, reading)] == kinds


def test_listening_changes_nothing() -> None:
    log = CandidateLog()
    text = (
        "Peru's president met the king of Norway on Monday after talks with Chile. Chile might sanction Peru. "
        "Officials said that Brazil had not attacked anybody, but its attack on Bolivia was condemned."
    )
    record = {"id": "a", "text": text, "date": "2024-05-06"}
    listened_to = Reader()
    listened_to.watch = log
    assert listened_to.read_document(record) == Reader().read_document(record)
    assert {p.type for p in log.take()} >= {"CONSULT"}
    assert log.take() == ()


def test_the_classes_shown_are_those_that_there_are() -> None:
    rooms = Path(mistakes.__file__).parent
    source = "".join((rooms / f"{name}.py").read_text(encoding="utf-8") for name in USERS)
    assert all(source.count(f'"{kind}"') > CLASSES.count(kind) for kind in CLASSES)
