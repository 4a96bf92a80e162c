"""Done, denied, planned, possible: read off auxiliaries and governors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapporteur.events.clause import Clauses
from rapporteur.events.status import StatusReader
from rapporteur.knowledge.files import load_yaml
from rapporteur.knowledge.frames import CLASSES, FRAMES, ClassFile

WORDS = {k: frozenset(v) for k, v in load_yaml(FRAMES / CLASSES, ClassFile).classes.items()}

# (sentence, trigger word, status)
ROWS = [
    ("Kenya expelled the envoy.", "expelled", "actual"),
    ("Kenya did not expel the envoy.", "expel", "negated"),
    ("Kenya never expelled the envoy.", "expelled", "negated"),
    ("Kenya will expel the envoy on Friday.", "expel", "future"),
    ("Kenya plans to expel the envoy.", "expel", "future"),
    ("Kenya is expected to expel the envoy.", "expel", "future"),
    ("Kenya is going to expel the envoy.", "expel", "future"),
    ("Officials said Kenya would expel the envoy.", "expel", "future"),
    ("Kenya would expel the envoy if asked.", "expel", "hypothetical"),
    ("Kenya may expel the envoy.", "expel", "hypothetical"),
    ("Kenya appeared to expel the envoy.", "expel", "hypothetical"),
    ("If Kenya expels the envoy, talks will end.", "expels", "hypothetical"),
    ("Kenya failed to expel the envoy.", "expel", "negated"),
    ("Kenya denied it had expelled the envoy.", "expelled", "negated"),
    ("Kenya began to expel foreigners.", "expel", "actual"),
    ("Kenya has managed to expel the rebels.", "expel", "actual"),
    ("Kenya has a plan to expel the envoy.", "expel", "future"),
    ("Kenya left without expelling the envoy.", "expelling", "negated"),
    ("The army launched an attack on the rebels.", "attack", "actual"),
    ("The army may launch an attack on the rebels.", "attack", "hypothetical"),
    ("The army planned an attack on the rebels.", "attack", "future"),
    ("A planned attack on the rebels was discussed.", "attack", "future"),
    ("There was no attack on the rebels.", "attack", "negated"),
    ("The army called off its attack on the rebels.", "attack", "actual"),
    ("Chad warned that rebels could attack and seize the town.", "seize", "hypothetical"),
    ("Chad and Niger will meet and sign a pact.", "sign", "future"),
    ("Niger will vote on Monday and expelled the envoy.", "expelled", "actual"),
    ("Chad neither recognised nor armed the rebels.", "armed", "negated"),
    ("Chad said it had signed a deal that would ban fishing.", "ban", "hypothetical"),
    ("There were reports that Chad would expel the envoy.", "expel", "future"),
    ("The envoy fled before police could arrest him.", "arrest", "hypothetical"),
    ("The minister's decision to leave the party stunned Chad.", "leave", "actual"),
    ("Chad spoke on the eve of the first day of the strike.", "strike", "future"),
    ("Neither the truce nor the vote was preceded by any talks.", "talks", "negated"),
    ("Kenya did not refuse to expel the envoy.", "expel", "actual"),
]

# (sentence, trigger word, merely wanted or supposed?, how)
SHADES = [
    ("Kenya will not sign the treaty.", "sign", False, "refused"),
    ("Kenya is not going to sign the treaty.", "sign", False, "refused"),
    ("Kenya is not planning to sign the treaty.", "sign", False, "refused"),
    ("Kenya has no intention to sign the treaty.", "sign", False, "refused"),
    ("Kenya declined to sign the treaty.", "sign", False, "refused"),
    ("The treaty will not be signed.", "signed", False, ""),
    ("Kenya has not signed the treaty.", "signed", False, "lacking"),
    ("Kenya did not sign the treaty.", "sign", False, ""),
    ("Kenya should not sign the treaty.", "sign", True, ""),
    ("Kenya left without signing the treaty.", "signing", True, ""),
    ("Kenya refrained from signing the treaty.", "signing", False, ""),
    ("The court barred Kenya from signing the treaty.", "signing", True, ""),
    ("Kenya hopes that Chad will sign the treaty.", "sign", True, ""),
    ("Kenya plans to sign the treaty.", "sign", False, "planned"),
    ("Kenya vowed to sign the treaty.", "sign", False, ""),
]


@pytest.mark.parametrize(("text", "word", "status"), ROWS, ids=[r[0] for r in ROWS])
def test_status(clauses: Callable[[str], Clauses], text: str, word: str, status: str) -> None:
    found = clauses(text)
    head = next(t.i for t in found.tokens if t.text == word)
    assert StatusReader(found, WORDS).status(head)[0] == status


@pytest.mark.parametrize(("text", "word", "unreal", "how"), SHADES, ids=[r[0] for r in SHADES])
def test_shades_of_not_done_and_not_yet(
    clauses: Callable[[str], Clauses], text: str, word: str, unreal: bool, how: str
) -> None:
    found = clauses(text)
    head = next(t.i for t in found.tokens if t.text == word)
    standing = StatusReader(found, WORDS).status(head)
    assert (standing.unreal, standing.how) == (unreal, how)
