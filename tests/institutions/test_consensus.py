"""Consensus and silence: any one member may stop it, nobody has to say Yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.institutions.files import Asker, brief, institution, move, question

CIRCLE = """
id: League
title: Circle of four
summary: All agree or nothing is decided.
origin: made for a test
rules:
  - {id: all, citation: Circle Rules 1, text: Any member may object.}
  - {id: shy, citation: Circle Rules 2, text: Who takes no part does not stop it.}
  - {id: declared, citation: Circle Rules 3, text: A third of the members with a third of the people.}
  - {id: quiet, citation: Circle Rules 4, text: A text under silence is adopted at its deadline.}
  - {id: call, citation: Circle Rules 5, text: The chair may call a meeting.}
groups:
  four: {members: [AAA, BBB, CCC, DDD]}
  three: {group: four, without: [DDD]}
bodies:
  - id: League
    title: Circle
    members: four
    decision:
      pattern: consensus
      rule: all
      abstention: shy
      declared: {members: 33.3333, population: 33.3333, rule: declared}
    silence: {by: [Speaker], rule: quiet}
    chair: {by: [Speaker], rule: call}
  - id: Inner-circle
    title: Inner circle
    members: three
    decision: {pattern: consensus, rule: all}
"""


@pytest.fixture
def circle(tmp_path: Path) -> Asker:
    return institution(tmp_path, CIRCLE)


def objection(day: str, who: str, **more: Any) -> dict[str, Any]:
    return move(day, "object", who, "the bridge", **more)


def lift(day: str, who: str, **more: Any) -> dict[str, Any]:
    return move(day, "lift", who, "the bridge", **more)


def decide(day: str, who: str = "League", **more: Any) -> dict[str, Any]:
    return move(day, "decide", who, "the bridge", **more)


def on(ask: Asker, day: str, *facts: dict[str, Any]) -> tuple[Any, ...]:
    return brief(ask(*facts, about="the bridge", on=day), "blocked_by", "effective")


# -- consensus -----------------------------------------------------------------------------------------------


def test_what_nobody_objects_to_is_decided(circle: Asker) -> None:
    assert on(circle, "2001-05-02", decide("2001-05-02")) == ("adopted", [], "2001-05-02")


def test_what_is_put_forward_but_not_to_decision_is_not_decided(circle: Asker) -> None:
    assert on(circle, "2001-05-02", move("2001-05-01", "propose", "AAA", "the bridge"))[0] == "not_adopted"


def test_one_objection_stops_it_before_and_at_the_decision(circle: Asker) -> None:
    told = [objection("2001-05-01", "CCC"), decide("2001-05-02")]
    assert on(circle, "2001-05-01", *told) == ("blocked", ["CCC"], None)
    assert on(circle, "2001-05-02", *told) == ("blocked", ["CCC"], None)


def test_an_objection_after_the_decision_comes_too_late(circle: Asker) -> None:
    assert on(circle, "2001-05-03", decide("2001-05-02"), objection("2001-05-03", "CCC"))[0] == "adopted"


def test_only_members_of_the_body_that_decides_can_stop_it(circle: Asker) -> None:
    told = [objection("2001-05-01", "DDD")]
    assert on(circle, "2001-05-02", *told, decide("2001-05-02", "Inner-circle"))[0] == "adopted"
    assert on(circle, "2001-05-02", *told, decide("2001-05-02", "League"))[0] == "blocked"
    assert on(circle, "2001-05-02", objection("2001-05-01", "XXX"), decide("2001-05-02"))[0] == "adopted"


def test_an_objection_stands_until_it_is_lifted_and_then_the_matter_is_open(circle: Asker) -> None:
    told = [objection("2001-05-01", "CCC"), lift("2001-05-10", "CCC"), decide("2001-05-12")]
    assert on(circle, "2001-05-09", *told) == ("blocked", ["CCC"], None)
    assert on(circle, "2001-05-10", *told)[::2] == ("lifted", "2001-05-10")
    assert on(circle, "2001-05-12", *told) == ("adopted", [], "2001-05-12")


def test_nobody_lifts_another_ones_objection(circle: Asker) -> None:
    told = [objection("2001-05-01", "CCC"), lift("2001-05-10", "BBB")]
    assert on(circle, "2001-05-12", *told) == ("blocked", ["CCC"], None)


def test_all_objections_must_be_lifted(circle: Asker) -> None:
    told = [objection("2001-05-01", "BBB CCC"), lift("2001-05-10", "CCC"), lift("2001-05-20", "BBB")]
    assert on(circle, "2001-05-12", *told) == ("blocked", ["BBB"], None)
    assert on(circle, "2001-05-20", *told)[::2] == ("lifted", "2001-05-20")


def test_an_objection_that_is_made_again_stands_again(circle: Asker) -> None:
    told = [objection("2001-05-01", "CCC"), lift("2001-05-10", "CCC"), objection("2001-05-11", "CCC")]
    assert on(circle, "2001-05-11", *told) == ("blocked", ["CCC"], None)


def test_a_partial_lift_frees_a_part_and_leaves_the_rest_blocked(circle: Asker) -> None:
    told = [objection("2001-05-01", "CCC"), lift("2001-05-10", "CCC", scope=["the northern ramp"])]
    answer = circle(*told, about="the bridge", on="2001-05-12")
    assert brief(answer, "blocked_by", "scope_open") == ("blocked", ["CCC"], ["the northern ramp"])


def test_who_leaves_the_room_no_longer_stands_in_the_way(circle: Asker) -> None:
    told = [objection("2001-05-01", "CCC"), move("2001-05-02", "abstain", "CCC", "the bridge"), decide("2001-05-02")]
    assert on(circle, "2001-05-02", *told) == ("adopted", [], "2001-05-02")


def test_objections_of_one_day_count_in_the_order_in_which_they_are_told(circle: Asker) -> None:
    assert on(circle, "2001-05-02", objection("2001-05-02", "CCC"), decide("2001-05-02"))[0] == "blocked"
    assert on(circle, "2001-05-02", decide("2001-05-02"), objection("2001-05-02", "CCC"))[0] == "adopted"


# -- abstention with a declaration ---------------------------------------------------------------------------


def declare(who: str, share: float) -> dict[str, Any]:
    return move("2001-05-01", "constructive_abstention", who, "the bridge", population_pct=share)


def test_who_abstains_with_a_declaration_is_not_obliged(circle: Asker) -> None:
    answer = circle(declare("CCC", 40), decide("2001-05-02"), about="the bridge", on="2001-05-02")
    assert brief(answer, "not_obliged") == ("adopted", ["CCC"])


@pytest.mark.parametrize(
    ("shares", "expected"), [((20, 20), "not_adopted"), ((10, 10), "adopted"), ((90,), "adopted")]
)  # fmt: skip
def test_a_third_of_the_members_with_a_third_of_the_people_is_too_many(
    circle: Asker, shares: tuple[float, ...], expected: str
) -> None:
    """Two of four are a third; one of four isn't, however many people it has."""
    told = [declare(who, share) for who, share in zip("BBB CCC".split(), shares, strict=False)]
    answer = circle(*told, decide("2001-05-02"), about="the bridge", on="2001-05-02")
    assert brief(answer, "blocked_by") == (expected, [])


# -- silence -------------------------------------------------------------------------------------------------


def silence(deadline: str = "2001-05-10", day: str = "2001-05-01") -> dict[str, Any]:
    return move(day, "set_silence", "Speaker", "the bridge", deadline=deadline)


def test_a_text_under_silence_is_pending_through_its_last_day_and_then_adopted(circle: Asker) -> None:
    answer = circle(silence(), about="the bridge", on="2001-05-10")
    assert brief(answer, "deadline", "effective", "default") == ("pending", "2001-05-10", "2001-05-10", "adopted")
    assert on(circle, "2001-05-11", silence())[0] == "adopted"


def test_an_objection_in_time_breaks_the_silence(circle: Asker) -> None:
    assert on(circle, "2001-05-20", silence(), objection("2001-05-10", "DDD")) == ("blocked", ["DDD"], None)


def test_an_objection_after_the_deadline_does_not(circle: Asker) -> None:
    assert on(circle, "2001-05-20", silence(), objection("2001-05-11", "DDD"))[0] == "adopted"


def test_an_outsiders_objection_breaks_nothing(circle: Asker) -> None:
    assert on(circle, "2001-05-20", silence(), objection("2001-05-05", "XXX"))[0] == "adopted"


def test_a_silence_with_an_hour_ends_when_it_strikes(circle: Asker) -> None:
    told = silence("2001-05-10T12:00:00Z")
    assert on(circle, "2001-05-10T11:59:00Z", told)[0] == "pending"
    assert on(circle, "2001-05-10T12:00:00Z", told)[0] == "adopted"
    assert on(circle, "2001-05-11", told, objection("2001-05-10T11:00:00Z", "AAA"))[0] == "blocked"
    assert on(circle, "2001-05-11", told, objection("2001-05-10T13:00:00Z", "AAA"))[0] == "adopted"


def test_a_silence_that_is_made_longer_in_time_runs_on(circle: Asker) -> None:
    told = [silence(), move("2001-05-09", "extend", "Speaker", "the bridge", until="2001-05-20")]
    answer = circle(*told, about="the bridge", on="2001-05-12")
    assert brief(answer, "deadline", "deadline_before_extension") == ("extended", "2001-05-20", "2001-05-10")
    assert on(circle, "2001-05-21", *told)[0] == "adopted"


def test_once_over_a_silence_is_not_made_longer(circle: Asker) -> None:
    told = [silence(), move("2001-05-11", "extend", "Speaker", "the bridge", until="2001-05-20")]
    assert on(circle, "2001-05-12", *told)[0] == "adopted"


def test_every_member_can_still_break_a_running_silence(circle: Asker) -> None:
    answer = circle(silence(), about="the bridge", on="2001-05-05")
    assert answer["can_stop"] == ["AAA", "BBB", "CCC", "DDD"]


# -- the chair, and meetings ---------------------------------------------------------------------------------


def test_the_chair_convenes_without_consensus(circle: Asker) -> None:
    told = [objection("2001-05-01", "CCC"), move("2001-05-03", "convene", "Speaker", "the bridge")]
    assert on(circle, "2001-05-03", *told)[::2] == ("adopted", "2001-05-03")
    assert on(circle, "2001-05-03", told[0], move("2001-05-03", "convene", "AAA", "the bridge"))[0] == "blocked"


def test_a_meeting_that_took_place_was_held(circle: Asker) -> None:
    met = move("2001-05-03", "meet", "League", "the bridge")
    assert on(circle, "2001-05-03", objection("2001-05-01", "CCC"), met)[::2] == ("held", "2001-05-03")


# -- the real ones -------------------------------------------------------------------------------------------


def test_the_planning_committee_did_not_count_france() -> None:
    told = [objection("1995-03-01", "FRA"), decide("1995-03-02", "NATO-DPC")]
    assert question("NATO", *told, about="the bridge", on="1995-03-02")["outcome"] == "adopted"
    told = [objection("1995-03-01", "FRA"), decide("1995-03-02", "NATO")]
    assert question("NATO", *told, about="the bridge", on="1995-03-02")["outcome"] == "blocked"


def test_who_had_not_joined_yet_could_not_object() -> None:
    told = [objection("2001-03-01", "HRV"), decide("2001-03-02", "NATO")]
    assert question("NATO", *told, about="the bridge", on="2001-03-02")["outcome"] == "adopted"
