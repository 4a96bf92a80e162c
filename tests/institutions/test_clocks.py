"""Clocks: a notice starts one, and at its end something comes by itself unless somebody acts in time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.institutions.files import Asker, brief, institution, move, question

ORDER = """
id: League
title: Order of houses
summary: A house leaves ninety days after its notice; a complaint brings the old levy back.
origin: made for a test
rules:
  - {id: order, citation: Order Statute 1, text: In force since 1990.}
  - {id: notice, citation: Order Statute 2, text: Out on the day after the ninetieth day.}
  - {id: back, citation: Order Statute 3, text: A notice may be taken back before its end.}
  - {id: again, citation: Order Statute 4, text: It doesn't say how a stopped notice runs on.}
  - {id: longer, citation: Order Statute 5, text: The council may prolong the ninety days.}
  - {id: deal, citation: Order Statute 6, text: Out sooner when the parting deal enters into force.}
  - {id: war, citation: Order Statute 7, text: Not before the end of a feud.}
  - {id: complaint, citation: Order Statute 8, text: Twenty days after a complaint the old levy is back.}
  - {id: vote, citation: Order Statute 9, text: The council may decide otherwise.}
  - {id: joint, citation: Order Statute 10, text: It speaks of one author.}
  - {id: first, citation: Order Statute 11, text: The elders have ten days.}
  - {id: second, citation: Order Statute 12, text: The masters have five more.}
  - {id: chain, citation: Order Statute 13, text: Then the council has thirty.}
groups:
  houses: {members: [AAA, BBB, CCC]}
bodies:
  - {id: League, title: Council, members: houses, decision: {pattern: majority, rule: vote}}
days:
  - {name: Levy Day, date: "2000-01-01"}
texts:
  - {id: Order, title: Order, rule: order, parties: houses, begins: "1990-01-01"}
  - {id: old levy, title: old levy, rule: complaint, begins: "1995-01-01", ends: {rule: complaint, day: Levy Day}}
  - {id: new levy, title: new levy, rule: complaint, begins: "2000-01-01"}
  - {id: bench, title: bench of elders, rule: first, begins: "1990-01-01"}
clocks:
  - id: out
    title: notice
    object: Order Statute 2
    text: Order
    rule: notice
    stages: [{days: 90, rule: notice}]
    effect: after
    then: leave
    take_back: back
    resume: again
    extension: {by: [League], rule: longer}
    sooner: {object: parting deal, rule: deal}
    postponed: {begins: feud, ends: end of feud, rule: war}
  - id: complaint
    title: complaint
    object: Complaint
    text: new levy
    rule: complaint
    standing: Order
    standing_rule: complaint
    stages: [{days: 20, rule: complaint}]
    effect: after
    hour: "00:00"
    then: apply
    applies: [old levy]
    ends: [new levy]
    take_back: back
    together: joint
    stopped_by: {by: League, rule: vote}
  - id: elders
    title: dispute
    object: Elders
    text: bench
    starts: refer
    rule: first
    standing: Order
    standing_rule: first
    stages: [{days: 10, rule: first}, {days: 5, rule: second}]
    effect: after
    then: open
    next: chain
    chain: whole dispute
    chain_days: 30
    chain_rule: chain
    take_back: back
    extension: {by: [League], rule: longer}
"""


@pytest.fixture
def order(tmp_path: Path) -> Asker:
    return institution(tmp_path, ORDER)


def notice(day: str = "2001-01-01", who: str = "BBB", about: str = "Order Statute 2") -> dict[str, Any]:
    return move(day, "notify", who, about)


def procedure(
    ask: Asker, on: str, *facts: dict[str, Any], about: str = "Order Statute 2", keys: str = "effective deadline"
) -> Any:
    return brief(ask(*facts, about=about, on=on, kind="status"), *keys.split())


# -- a notice and its end ------------------------------------------------------------------------------------


def test_a_notice_is_pending_through_its_last_day_and_then_takes_effect(order: Asker) -> None:
    """Day 0 is the day of the notice, day 90 the last; the effect is on the day after."""
    assert procedure(order, "2001-04-01", notice()) == ("pending", "2001-04-02", "2001-04-01")
    assert procedure(order, "2001-04-02", notice())[:2] == ("withdrawn", "2001-04-02")


def test_what_a_running_clock_tells(order: Asker) -> None:
    told = "clock_start days default default_date"
    assert procedure(order, "2001-02-01", notice(), keys=told) == (
        "pending",
        "2001-01-01",
        90,
        "withdrawn",
        "2001-04-01",
    )


def test_the_deadline_can_be_asked_for(order: Asker) -> None:
    assert order(notice(), about="Order Statute 2", on="2001-02-01", kind="deadline")["deadline"] == "2001-04-01"
    assert order(about="Order Statute 2", on="2001-02-01", kind="deadline")["deadline"] is None


def test_who_is_no_party_starts_no_clock(order: Asker) -> None:
    answer = procedure(order, "2001-02-01", notice(who="ZZZ"), keys="reason would_be_effective deadline")
    assert answer == ("not_effective", "no_standing", "2001-04-02", None)


def test_standing_is_judged_on_the_day_of_the_notice(order: Asker) -> None:
    joined = move("2001-01-02", "deposit", "ZZZ", "Order")
    assert procedure(order, "2001-02-01", notice(who="ZZZ"), joined)[0] == "not_effective"
    assert procedure(order, "2001-02-01", {**joined, "date": "2001-01-01"}, notice(who="ZZZ"))[0] == "pending"


def test_without_a_notice_nothing_runs(order: Asker) -> None:
    told = move("2001-01-01", "announce", "BBB", "Order Statute 2")
    assert procedure(order, "2001-02-01", told, keys="reason clock_start") == ("not_effective", "step_missing", None)


# -- taking it back ------------------------------------------------------------------------------------------


def test_taken_back_in_time_it_has_no_effect(order: Asker) -> None:
    stop = move("2001-04-01", "suspend_notice", "BBB", "Order Statute 2")
    assert procedure(order, "2001-06-01", notice(), stop, keys="reason would_be_effective") == (
        "not_effective", "notice_stopped", "2001-04-02",
    )  # fmt: skip


def test_a_day_later_it_is_too_late(order: Asker) -> None:
    stop = move("2001-04-02", "suspend_notice", "BBB", "Order Statute 2")
    assert procedure(order, "2001-06-01", notice(), stop)[0] == "withdrawn"


def test_nobody_takes_back_anothers_notice(order: Asker) -> None:
    stop = move("2001-02-01", "suspend_notice", "AAA", "Order Statute 2")
    assert procedure(order, "2001-06-01", notice(), stop)[0] == "withdrawn"


def test_a_new_notice_after_a_stop_counts_from_its_own_day(order: Asker) -> None:
    stop = move("2001-02-01", "suspend_notice", "BBB", "Order Statute 2")
    told = [notice(), stop, notice("2001-03-01")]
    assert procedure(order, "2001-05-01", *told) == ("pending", "2001-05-31", "2001-05-30")


def test_a_resumed_clock_has_two_readings(order: Asker) -> None:
    """Stopped with one day left: either that day is left, or ninety begin anew."""
    told = [
        notice(),
        move("2001-03-31", "suspend_notice", "BBB", "Order Statute 2"),
        move("2005-01-10", "resume_notice", "BBB", "Order Statute 2"),
    ]
    asked = {"about": "Order", "kind": "status", "party": "BBB"}
    assert order(*told, on="2005-01-11", **asked)["outcome"] == "in_force", "by both"
    answer = order(*told, on="2005-02-01", **asked)
    assert answer["outcome"] == "disputed"
    assert {(r["reading"], r["outcome"]) for r in answer["readings"]} == {
        ("days_left_run", "withdrawn"), ("counted_anew", "in_force"),
    }  # fmt: skip
    assert order(*told, on="2005-04-11", **asked)["outcome"] == "withdrawn", "by both"


# -- making it longer, bringing it forward, holding it up ----------------------------------------------------


def extension(day: str, until: str | None, who: str = "League") -> dict[str, Any]:
    return move(day, "extend", who, "Order Statute 2", until=until)


def test_an_extension_in_time_moves_the_end(order: Asker) -> None:
    told = [notice(), extension("2001-04-01", "2001-06-30")]
    keys = "effective deadline deadline_before_extension"
    assert procedure(order, "2001-05-01", *told, keys=keys) == ("extended", "2001-07-01", "2001-06-30", "2001-04-01")
    assert procedure(order, "2001-07-01", *told)[:2] == ("withdrawn", "2001-07-01")


def test_the_extension_given_last_counts(order: Asker) -> None:
    told = [notice(), extension("2001-03-01", "2001-06-30"), extension("2001-06-30", "2001-12-31")]
    assert procedure(order, "2001-09-01", *told) == ("extended", "2002-01-01", "2001-12-31")


def test_an_extension_too_late_or_by_somebody_else_moves_nothing(order: Asker) -> None:
    for told in (extension("2001-04-02", "2001-06-30"), extension("2001-03-01", "2001-06-30", "BBB")):
        assert procedure(order, "2001-05-01", notice(), told)[:2] == ("withdrawn", "2001-04-02")


def test_the_deal_brings_it_forward(order: Asker) -> None:
    deal = move("2001-02-15", "enter_into_force", "League", "parting deal")
    assert procedure(order, "2001-02-14", notice(), deal)[0] == "pending"
    assert procedure(order, "2001-02-15", notice(), deal)[:2] == ("withdrawn", "2001-02-15")


def test_a_deal_on_the_day_of_the_notice_takes_effect_at_once(order: Asker) -> None:
    deal = move("2001-01-01", "enter_into_force", "League", "parting deal")
    assert procedure(order, "2001-01-01", notice(), deal)[:2] == ("withdrawn", "2001-01-01")


def test_it_waits_for_the_end_of_a_feud(order: Asker) -> None:
    told = [
        notice(),
        move("2001-03-01", "milestone", "BBB", "feud with AAA", name="feud"),
        move("2001-09-01", "milestone", "BBB", "feud with AAA", name="end of feud"),
    ]
    asked = {"about": "Order", "kind": "status", "party": "BBB"}
    assert order(*told, on="2001-08-31", **asked)["outcome"] == "in_force"
    assert brief(order(*told, on="2001-09-01", **asked), "effective") == ("withdrawn", "2001-09-01")


def test_a_feud_of_somebody_else_or_after_the_end_holds_nothing_up(order: Asker) -> None:
    asked = {"about": "Order", "kind": "status", "party": "BBB", "on": "2001-05-01"}
    for day, who in (("2001-03-01", "CCC"), ("2001-04-15", "BBB")):
        told = [notice(), move(day, "milestone", who, "feud", name="feud")]
        assert order(*told, **asked)["outcome"] == "withdrawn"


# -- what comes back and what ends ---------------------------------------------------------------------------


def complaint(day: str = "2001-01-01", who: str = "AAA") -> dict[str, Any]:
    return notice(day, who, "Complaint")


def draft(day: str, yes: int) -> dict[str, Any]:
    return move(day, "vote", "League", "draft", tally=[yes, 3 - yes, 0], stops="Complaint")


def test_the_old_comes_back_at_midnight_after_the_last_day(order: Asker) -> None:
    answer = procedure(order, "2001-01-22", complaint(), about="old levy", keys="effective effective_utc until")
    assert answer == ("in_force", "2001-01-22", "2001-01-22T00:00:00Z", None)
    assert procedure(order, "2001-01-21", complaint(), about="old levy")[:2] == ("terminated", "2000-01-01")
    assert procedure(order, "2001-01-22", complaint(), about="new levy")[:2] == ("terminated", "2001-01-22")


def test_a_decision_adopted_in_time_stops_it(order: Asker) -> None:
    told = [complaint(), draft("2001-01-21", 3)]
    assert procedure(order, "2001-03-01", *told, about="Complaint", keys="reason") == (
        "not_effective",
        "notice_stopped",
    )
    assert procedure(order, "2001-03-01", *told, about="old levy")[0] == "terminated"
    assert procedure(order, "2001-03-01", *told, about="new levy")[0] == "in_force"


def test_a_draft_that_fails_or_comes_too_late_does_not(order: Asker) -> None:
    for told in (draft("2001-01-10", 1), draft("2001-01-22", 3)):
        assert procedure(order, "2001-03-01", complaint(), told, about="old levy")[0] == "in_force"


def test_author_and_council_can_still_stop_it(order: Asker) -> None:
    answer = order(complaint(), about="Complaint", on="2001-01-10", kind="status")
    assert sorted(answer["can_stop"]) == ["AAA", "League"]
    assert order(complaint(), about="Complaint", on="2001-01-22", kind="status")["can_stop"] is None


def test_whether_one_of_two_authors_may_take_it_back_is_open(order: Asker) -> None:
    told = [complaint(who="AAA BBB"), move("2001-01-05", "suspend_notice", "AAA", "Complaint")]
    answer = order(*told, about="old levy", on="2001-02-01", kind="status")
    assert answer["outcome"] == "disputed"
    assert {(r["reading"], r["outcome"]) for r in answer["readings"]} == {
        ("one_suffices", "terminated"), ("all_needed", "in_force"),
    }  # fmt: skip
    both = [*told, move("2001-01-06", "suspend_notice", "BBB", "Complaint")]
    assert order(*both, about="old levy", on="2001-02-01", kind="status")["outcome"] == "terminated"


def test_who_denies_the_effect_makes_it_disputed(order: Asker) -> None:
    told = [complaint(), move("2001-01-30", "dispute", "CCC", "old levy")]
    answer = order(*told, about="old levy", on="2001-02-01", kind="status")
    assert brief(answer, "effective") == ("disputed", "2001-01-22")
    assert {(*r["holders"], r["outcome"]) for r in answer["readings"]} == {("AAA", "in_force"), ("CCC", "terminated")}


def test_a_dispute_that_agrees_or_is_about_something_else_changes_nothing(order: Asker) -> None:
    elsewhere = move("2001-01-30", "dispute", "CCC", "the weather")
    assert procedure(order, "2001-02-01", complaint(), elsewhere, about="old levy")[0] == "in_force"
    agreeing = move("2001-01-30", "dispute", "CCC", "old levy")
    stopped = [complaint(), draft("2001-01-10", 3), agreeing]
    assert procedure(order, "2001-02-01", *stopped, about="old levy")[0] == "terminated"


# -- stages --------------------------------------------------------------------------------------------------


def referral(day: str = "2001-01-01") -> dict[str, Any]:
    return move(day, "refer", "AAA", "Elders")


def test_stages_run_one_after_the_other(order: Asker) -> None:
    assert procedure(order, "2001-01-11", referral(), about="Elders", keys="deadline days") == (
        "pending",
        "2001-01-11",
        10,
    )
    assert procedure(order, "2001-01-12", referral(), about="Elders", keys="deadline days") == (
        "pending",
        "2001-01-16",
        5,
    )
    assert procedure(order, "2001-01-17", referral(), about="Elders")[0] == "not_effective"


def test_the_whole_chain_has_its_own_last_day(order: Asker) -> None:
    answer = order(referral(), about="whole dispute", on="2001-01-05", kind="deadline")
    assert answer["deadline"] == "2001-02-15"


def test_a_longer_stage_moves_those_after_it(order: Asker) -> None:
    told = [referral(), move("2001-01-11", "extend", "League", "Elders", until="2001-01-20")]
    assert procedure(order, "2001-01-15", *told, about="Elders", keys="deadline") == ("extended", "2001-01-20")
    assert procedure(order, "2001-01-21", *told, about="Elders", keys="deadline") == ("pending", "2001-01-25")


# -- real ones -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("institution", "about", "party", "day", "out"),
    [
        ("NPT", "NPT", "CHE", "2021-11-30", "2022-02-28"),  # three months, the last day of February
        ("OPCW", "Chemical Weapons Convention", "CHE", "2021-01-01", "2021-04-02"),  # after ninety days
        ("CFE", "CFE", "ITA", "2019-01-01", "2019-06-01"),  # after 150 days
        ("OpenSkies", "OpenSkies", "ITA", "2019-08-31", "2020-02-29"),
        ("OttawaConvention", "OttawaConvention", "CHE", "2018-08-31", "2019-02-28"),
        ("RomeStatute", "Rome Statute", "CHE", "2020-02-29", "2021-02-28"),
        ("ParisAgreement", "ParisAgreement", "CHE", "2021-05-05", "2022-05-05"),
        ("WHO", "WHO", "CHE", "2021-05-05", "2022-05-05"),
        ("NATO", "North Atlantic Treaty", "PRT", "2021-05-05", "2022-05-05"),
        ("EU", "EU Treaties", "PRT", "2020-02-29", "2022-02-28"),
    ],
)
def test_how_long_a_notice_runs(institution: str, about: str, party: str, day: str, out: str) -> None:
    told = move(day, "notify", party, about)
    answer = question(institution, told, about=about, on=out, kind="status", party=party)
    assert brief(answer, "effective") == ("withdrawn", out)
    before = question(institution, told, about=about, on=day, kind="status", party=party)
    assert brief(before, "effective_end") == ("in_force", out)
