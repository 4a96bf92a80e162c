"""What an actor may do now, supposed moves, and who can stop a clock: each is told, and true when it is tried."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rapporteur.errors import CaseError
from rapporteur.institutions.answers import ask
from rapporteur.institutions.moves import can, suppose
from rapporteur.knowledge.institutions import Catalogue, catalogue

GOLD = Path(__file__).parents[1] / "gold"
LEFT = {"date": "2018-05-08", "type": "withdraw", "by": ["USA"], "object": "JCPOA"}
CLOCK = "S/RES/2231 para. 11"


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue()


def told(
    known: Catalogue, institution: str, actor: str, *facts: dict[str, Any], as_of: str = "2025-01-14"
) -> dict[tuple[str, str], dict[str, Any]]:
    """What the actor may do, by move and object."""
    found = can(known, {"institution": institution, "facts": list(facts), "as_of": as_of}, actor)
    return {(move["move"], move["object"]): move for move in found}


# -- may do ------------------------------------------------------------------------------------------------------


def test_a_participant_may_start_the_snapback_and_one_who_left_may_not(known: Catalogue) -> None:
    france = told(known, "UNSCR2231", "FRA", LEFT)["notify", CLOCK]
    assert (france["allowed"], france["effective"], france["deadline"]) == (True, "2025-02-14", "2025-02-13")
    assert france["citation"] == "S/RES/2231 para. 11"
    america = told(known, "UNSCR2231", "USA", LEFT)["notify", CLOCK]
    assert (america["allowed"], america["outcome"]) == (False, "not_effective")
    assert america["text"] == "The United States may not give notice under S/RES/2231 para. 11: it has no standing."


def test_whose_own_clock_runs_may_take_it_back_and_others_may_not_start_it_again(known: Catalogue) -> None:
    notice = {"date": "2025-08-28", "type": "notify", "by": ["FRA"], "object": CLOCK}
    moves = told(known, "UNSCR2231", "FRA", LEFT, notice, as_of="2025-09-01")
    assert moves["suspend_notice", CLOCK]["outcome"] == "not_effective"
    assert ("notify", CLOCK) not in moves
    iran = told(known, "UNSCR2231", "IRN", LEFT, notice, as_of="2025-09-01")
    assert not {move for move, _ in iran} & {"notify", "suspend_notice"}


def test_that_one_of_several_takes_a_joint_notice_back_is_doubtful(known: Catalogue) -> None:
    notice = {"date": "2025-08-28", "type": "notify", "by": ["FRA", "GBR"], "object": CLOCK}
    move = told(known, "UNSCR2231", "FRA", LEFT, notice, as_of="2025-09-01")["suspend_notice", CLOCK]
    assert move["outcome"] == "disputed"
    assert "is disputed" in move["text"]


def test_a_permanent_member_may_veto_what_would_stop_the_clock(known: Catalogue) -> None:
    notice = {"date": "2025-08-28", "type": "notify", "by": ["FRA"], "object": CLOCK}
    vetoes = [m for m, _ in told(known, "UNSCR2231", "USA", LEFT, notice, as_of="2025-09-01")]
    assert vetoes.count("veto") == 2
    assert "veto" not in [m for m, _ in told(known, "UNSCR2231", "DEU", LEFT, notice, as_of="2025-09-01")]


def test_who_objects_may_lift_others_may_object_and_outsiders_may_neither(known: Catalogue) -> None:
    block = {"date": "2031-03", "type": "object", "by": ["HUN"], "object": "NATO-Jordan activities"}
    moves = {code: told(known, "NATO", code, block, as_of="2031-06-01") for code in ("HUN", "FRA", "JOR")}
    assert moves["HUN"]["lift", "NATO-Jordan activities"]["outcome"] == "lifted"
    assert moves["FRA"]["object", "NATO-Jordan activities"]["outcome"] == "blocked"
    assert not any(object == "NATO-Jordan activities" for _, object in moves["JOR"])
    assert ("convene", "North Atlantic Council") in told(known, "NATO", "NATO-SG", block, as_of="2031-06-01")


def test_a_lift_that_leaves_others_standing_says_so(known: Catalogue) -> None:
    block = {"date": "2031-03", "type": "object", "by": ["HUN", "SVK"], "object": "loan"}
    move = told(known, "EU-CFSP", "HUN", block, as_of="2031-06-01")["lift", "loan"]
    assert (move["outcome"], move["text"].endswith("it would stay blocked by Slovakia.")) == ("blocked", True)


def test_who_is_bound_may_leave_and_with_what_notice(known: Catalogue) -> None:
    move = told(known, "NPT", "IRN", as_of="2025-11-30")["notify", "NPT Art. X(1)"]
    assert (move["allowed"], move["effective"]) == (True, "2026-02-28")
    assert told(known, "NPT", "IND")["notify", "NPT Art. X(1)"]["allowed"] is False
    assert told(known, "JCPOA", "CHN")["withdraw", "JCPOA"]["effective"] == "2025-01-14"


# -- supposed moves ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("institution", "text", "by", "object"),
    [
        ("UNSCR2231", "DEU,FRA,GBR notify 2025-08-28", ["DEU", "FRA", "GBR"], CLOCK),
        ("NPT", "IRN notify 2025-01-14", ["IRN"], "NPT Art. X(1)"),
        ("JCPOA", "IRN refer 2020-07-03", ["IRN"], "JCPOA DRM"),
        ("JCPOA", "CHN withdraw 2025-01-14", ["CHN"], "JCPOA"),
        ("NATO", "TUR object 2025-01-14 NATO-Israel activities", ["TUR"], "NATO-Israel activities"),
    ],
)
def test_a_supposed_move_is_a_fact(known: Catalogue, institution: str, text: str, by: list[str], object: str) -> None:
    fact = suppose(text, known.institutions[institution])
    assert (fact["by"], fact["object"], fact["supposed"]) == (by, object, True)


def test_a_supposed_vote_has_its_tally_and_stops_the_clock_that_its_draft_is_tabled_under(known: Catalogue) -> None:
    fact = suppose("UNSC vote 2025-09-19 9-0-6 draft under para. 11", known.institutions["UNSCR2231"])
    assert (fact["tally"], fact["stops"]) == ([9, 0, 6], CLOCK)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FRA notify", "who, a type of fact and a day"),
        ("FRA shouts 2025-01-01", "who, a type of fact and a day"),
        ("FRA notify 2025-13-01", "`2025-13-01` is no day"),
        ("TUR object 2025-01-01", "must name the object"),
    ],
)
def test_what_cant_be_supposed_is_said(known: Catalogue, text: str, words: str) -> None:
    with pytest.raises(CaseError, match=words):
        suppose(text, known.institutions["NATO"])


# -- who can stop it ---------------------------------------------------------------------------------------------


def running() -> list[dict[str, Any]]:
    """Own cases in which a clock runs on the object that is asked about."""
    lines = (GOLD / "institutions_second.jsonl").read_text(encoding="utf-8").splitlines()
    lines += (GOLD / "institutions.jsonl").read_text(encoding="utf-8").splitlines()
    cases = map(json.loads, lines)
    return [c for c in cases if c["expected"]["outcome"] in ("pending", "extended") and c["ask"]["kind"] == "status"]


@pytest.mark.parametrize("case", running(), ids=lambda case: case["id"])
def test_whoever_can_stop_a_clock_does_when_he_acts(case: dict[str, Any], known: Catalogue) -> None:
    before = ask(case)
    bodies = {body.id for i in known.institutions.values() for body in i.bodies}
    for actor in before["can_stop"] or ():
        if actor in bodies:
            continue  # it decides by votes or consensus, which other tests try
        kind = (
            "object"
            if case["ask"]["object"] in {f["object"] for f in case["facts"] if f["type"] == "set_silence"}
            else ""
        )
        move = {"date": case["as_of"], "type": kind or "suspend_notice", "by": [actor], "object": case["ask"]["object"]}
        assert ask({**case, "facts": [*case["facts"], move]})["outcome"] not in ("pending", "extended"), actor


def test_nobody_can_stop_what_is_over() -> None:
    notice = {"date": "2001-12-13", "type": "notify", "by": ["USA"], "object": "ABM"}
    asked = {"institution": "ABM", "ask": {"kind": "status", "object": "ABM"}, "facts": [notice], "as_of": "2003-01-01"}
    assert ask(asked)["can_stop"] is None


def test_what_would_end_a_block_is_told_and_ends_it() -> None:
    block = {"date": "2031-03-01", "type": "object", "by": ["HUN", "SVK"], "object": "loan"}
    asked = {
        "institution": "EU-CFSP",
        "ask": {"kind": "decision", "object": "loan", "party": None},
        "facts": [block],
        "as_of": "2031-06-01",
    }
    answer = ask(asked)
    assert answer["would_end"] == answer["blocked_by"] == ["HUN", "SVK"]
    lift = {**block, "date": "2031-05-01", "type": "lift", "by": answer["would_end"]}
    assert ask({**asked, "facts": [block, lift]})["outcome"] == "lifted"
