"""Who does what, in every form a clause can take."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapporteur.events.clause import Clauses

# (sentence, verb as it stands, who does it, to whom)
ROWS = [
    ("Egypt expelled two diplomats.", "expelled", ["Egypt"], ["diplomats"]),
    ("Two diplomats were expelled by Egypt.", "expelled", ["Egypt"], ["diplomats"]),
    ("Two diplomats were arrested on Monday.", "arrested", [], ["diplomats"]),
    ("The men arrested by police were released.", "arrested", ["police"], ["men"]),
    ("Rebels who attacked the town fled.", "attacked", ["Rebels"], ["town"]),
    ("The treaty that Iran signed has lapsed.", "signed", ["Iran"], ["treaty"]),
    ("France and Germany condemned the coup.", "condemned", ["France", "Germany"], ["coup"]),
    ("Both sides, Iran and China, signed.", "signed", ["Iran", "China"], []),
    ("Police arrested a lawyer and two students.", "arrested", ["Police"], ["lawyer", "students"]),
    ("Iran agreed to release the sailors.", "release", ["Iran"], ["sailors"]),
    ("China urged Russia to withdraw its troops.", "withdraw", ["Russia"], ["troops"]),
    ("Germany accused Russia of arming rebels.", "arming", ["Russia"], ["rebels"]),
    ("France recalled its envoy and suspended aid.", "suspended", ["France"], ["aid"]),
    ("Troops stormed the palace, killing five guards.", "killing", ["Troops"], ["guards"]),
    ("Soldiers fighting rebels in the north retreated.", "fighting", ["Soldiers"], ["rebels"]),
    ("Ukraine has begun to deport foreigners.", "deport", ["Ukraine"], ["foreigners"]),
    ("Dozens of protesters were wounded by soldiers.", "wounded", ["soldiers"], ["protesters"]),
    ("The activist was tried and jailed.", "jailed", [], ["activist"]),
    ("The men were freed and have since been questioned by police.", "questioned", ["police"], ["men"]),
    ("Iran considers the deal illegal.", "considers", ["Iran"], ["deal", "illegal"]),
    ("The monk is likely to be arrested by police.", "arrested", ["police"], ["monk"]),
    ("Iran is ready to release the sailors.", "release", ["Iran"], ["sailors"]),
    ("France shortened by one hour the curfew.", "shortened", ["France"], ["curfew"]),
    ("A militia trained and armed by Iran fled.", "trained", ["Iran"], ["militia"]),
    ("Two monks had their houses seized by police.", "seized", ["police"], ["houses"]),
    ("The decision of Ukraine to expel envoys was wrong.", "expel", ["Ukraine"], ["envoys"]),
]


@pytest.mark.parametrize(("text", "verb", "agents", "patients"), ROWS, ids=[r[0] for r in ROWS])
def test_arguments(
    clauses: Callable[[str], Clauses], text: str, verb: str, agents: list[str], patients: list[str]
) -> None:
    found = clauses(text)
    v = next(t.i for t in found.tokens if t.text == verb)
    assert [found.tokens[i].text for i in found.agents(v)] == agents
    assert [found.tokens[i].text for i in found.patients(v)] == patients


def test_prepositions_in_a_chain(clauses: Callable[[str], Clauses]) -> None:
    found = clauses("Chad pulled its troops out of the mission.")
    v = next(t.i for t in found.tokens if t.text == "pulled")
    fillers = [found.tokens[f].text for _, f in found.prepositional(v, ("of",))]
    assert fillers == ["mission"]


@pytest.mark.parametrize(
    ("text", "verb", "future"),
    [
        ("We will crush the rebels.", "crush", True),
        ("Iran said it would continue to arm the rebels.", "arm", True),
        ("Iran is going to arm the rebels.", "arm", True),
        ("Iran will train and arm the rebels.", "arm", True),
        ("Iran is trying to arm the rebels.", "arm", False),
        ("Iran armed the rebels.", "armed", False),
    ],
)
def test_what_stands_in_the_future(clauses: Callable[[str], Clauses], text: str, verb: str, future: bool) -> None:
    found = clauses(text)
    assert found.future(next(t.i for t in found.tokens if t.text == verb)) is future
