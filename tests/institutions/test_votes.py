"""Voting: a number of Yes with a veto, a majority of those voting, a qualified majority with a population."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.institutions.files import Asker, brief, institution, move, question

COUNCIL = """
id: League
title: League of seven towns
summary: Four Yes of seven decide; the two harbours may stop what has them.
origin: made for a test
rules:
  - {id: four, citation: League Charter Art. 1, text: Four Yes of seven decide.}
  - {id: harbours, citation: League Charter Art. 2, text: A harbour's No stops it.}
  - {id: silent, citation: League Charter Art. 3, text: Who abstains stops nothing.}
  - {id: order, citation: League Charter Art. 4, text: On order there is no veto.}
groups:
  towns: {members: [AAA, BBB, CCC, DDD, EEE, FFF, GGG]}
  harbours: {group: towns, only: [AAA, BBB]}
bodies:
  - id: League
    title: Council of the League
    members: towns
    decision:
      pattern: threshold and veto
      needed: [{yes: 3, of: 5, until: "1950-12-31"}, {yes: 4, of: 7}]
      veto: harbours
      rule: four
      veto_rule: harbours
      abstention: silent
      procedural: order
"""
ASSEMBLY = """
id: League
title: Assembly of towns
summary: More than half of those voting decide.
origin: made for a test
rules:
  - {id: half, citation: Assembly Rules 1, text: More than half of Yes and No.}
  - {id: third, citation: Assembly Rules 2, text: Two thirds where the vote says so.}
groups:
  towns: {members: [AAA, BBB, CCC, DDD, EEE, FFF, GGG]}
bodies:
  - id: League
    title: Assembly
    members: towns
    decision: {pattern: majority, rule: half, two_thirds: third}
"""
DAY = "2001-05-01"


@pytest.fixture
def council(tmp_path: Path) -> Asker:
    return institution(tmp_path, COUNCIL)


@pytest.fixture
def assembly(tmp_path: Path) -> Asker:
    return institution(tmp_path, ASSEMBLY)


def ballot(yes: str = "", no: str = "", abstain: str = "", day: str = DAY, **more: Any) -> dict[str, Any]:
    """A vote on the bridge, by name."""
    return move(day, "vote", "League", "the bridge", yes=yes.split(), no=no.split(), abstain=abstain.split(), **more)


def outcome(ask: Asker, *facts: dict[str, Any], on: str = DAY) -> tuple[Any, ...]:
    return brief(ask(*facts, about="the bridge", on=on), "blocked_by", "reason")


# -- a number of Yes, and a veto -----------------------------------------------------------------------------


def test_enough_yes_decide(council: Asker) -> None:
    answer = council(ballot("AAA BBB CCC DDD", "EEE", "FFF"), about="the bridge", on=DAY)
    assert brief(answer, "blocked_by", "effective", "tally", "needed", "veto_applies") == (
        "adopted", [], DAY, [4, 1, 1], 4, True,
    )  # fmt: skip


def test_one_yes_short_fails_and_nobody_stopped_it(council: Asker) -> None:
    assert outcome(council, ballot("AAA BBB CCC", "", "DDD EEE FFF GGG")) == ("not_adopted", [], "too_few_yes")


def test_a_no_of_a_veto_holder_stops_what_has_enough_yes(council: Asker) -> None:
    assert outcome(council, ballot("BBB CCC DDD EEE", "AAA")) == ("blocked", ["AAA"], "veto")


def test_a_no_of_a_veto_holder_is_no_veto_where_the_yes_are_too_few(council: Asker) -> None:
    assert outcome(council, ballot("BBB CCC DDD", "AAA")) == ("not_adopted", [], "too_few_yes")


def test_a_no_of_anybody_else_stops_nothing(council: Asker) -> None:
    assert outcome(council, ballot("AAA BBB CCC DDD", "EEE FFF GGG"))[0] == "adopted"


def test_both_veto_holders_are_named(council: Asker) -> None:
    assert outcome(council, ballot("CCC DDD EEE FFF GGG", "BBB AAA")) == ("blocked", ["AAA", "BBB"], "veto")


@pytest.mark.parametrize("how", ["abstain", "absent"])
def test_a_veto_holder_that_abstains_or_is_absent_stops_nothing(council: Asker, how: str) -> None:
    told = move(DAY, "vote", "League", "the bridge", yes="BBB CCC DDD EEE".split(), no=[], **{how: ["AAA"]})
    assert outcome(council, told)[0] == "adopted"


def test_on_procedure_there_is_no_veto(council: Asker) -> None:
    answer = council(ballot("BBB CCC DDD EEE", "AAA", procedural=True), about="the bridge", on=DAY)
    assert brief(answer, "blocked_by", "veto_applies") == ("adopted", [], False)


def test_an_earlier_day_has_an_earlier_threshold(council: Asker) -> None:
    assert outcome(council, ballot("AAA BBB CCC", day="1950-12-31"))[0] == "adopted"
    assert outcome(council, ballot("AAA BBB CCC", day="1951-01-01"), on="1951-01-01")[0] == "not_adopted"


def test_before_the_vote_nothing_is_decided(council: Asker) -> None:
    assert outcome(council, ballot("AAA BBB CCC DDD"), on="2001-04-30")[0] == "not_adopted"


def test_a_count_without_names_is_taken_as_told(council: Asker) -> None:
    assert outcome(council, move(DAY, "vote", "League", "the bridge", tally=[4, 3, 0]))[0] == "adopted"
    assert outcome(council, move(DAY, "vote", "League", "the bridge", tally=[3, 4, 0]))[0] == "not_adopted"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (ballot("AAA BBB CCC XXX"), "XXX was no member of League on 2001-05-01: its vote is not counted"),
        (ballot("AAA BBB CCC DDD", "DDD"), "DDD is told as yes and no: a member has one vote; neither is counted"),
        (ballot("AAA BBB CCC CCC"), "CCC is named twice under `yes`: it is counted once"),
    ],
)
def test_a_vote_that_may_not_count_is_said_and_left_out(council: Asker, told: dict[str, Any], said: str) -> None:
    answer = council(told, about="the bridge", on=DAY)
    assert answer["outcome"] == "not_adopted"
    (problem,) = answer["problems"]
    assert (problem["text"], problem["facts"], problem["citation"]) == (said, [0], "League Charter Art. 1")


def test_a_count_that_contradicts_the_names_is_said(council: Asker) -> None:
    answer = council(ballot("AAA BBB CCC", tally=[4, 0, 0]), about="the bridge", on=DAY)
    assert answer["outcome"] == "not_adopted", "the names are counted"
    assert ["the tally says 4 for `yes` but 3 are named" in p["text"] for p in answer["problems"]] == [True]


def test_the_vote_that_was_taken_last_counts(council: Asker) -> None:
    first, second = ballot("BBB CCC DDD EEE", "AAA"), ballot("BBB CCC DDD EEE", "", "AAA", day="2001-06-01")
    assert outcome(council, first, second, on="2001-05-31") == ("blocked", ["AAA"], "veto")
    assert outcome(council, first, second, on="2001-06-01")[0] == "adopted"


# -- a majority of those voting ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tally", "majority", "expected"),
    [
        ([2, 1, 4], None, "adopted"),  # abstentions don't count
        ([2, 2, 3], None, "not_adopted"),  # half is not more than half
        ([0, 0, 7], None, "not_adopted"),
        ([4, 2, 1], "two_thirds", "adopted"),  # exactly two thirds
        ([3, 2, 2], "two_thirds", "not_adopted"),
        ([1, 0, 6], "two_thirds", "adopted"),
        ([0, 0, 7], "two_thirds", "not_adopted"),
    ],
)
def test_yes_are_weighed_against_no_alone(
    assembly: Asker, tally: Sequence[int], majority: str | None, expected: str
) -> None:
    more = {"majority": majority} if majority else {}
    answer = assembly(move(DAY, "vote", "League", "the bridge", tally=tally, **more), about="the bridge", on=DAY)
    assert brief(answer, "blocked_by", "majority_of", "veto_applies") == (expected, [], "present_and_voting", False)
    assert answer["tally"] == tally


def test_the_share_of_those_voting_is_given(assembly: Asker) -> None:
    answer = assembly(move(DAY, "vote", "League", "the bridge", tally=[4, 2, 1]), about="the bridge", on=DAY)
    assert (answer["yes_share_of_voting"], answer["needed"]) == (0.667, 4)


# -- members and population: the Union's own figures ---------------------------------------------------------


def union(yes: int, share: float, *, of: int = 27, no: float = 0, against: int = 0, who: str = "EU-QMV") -> str:
    body = "EU Council" if who == "EU-QMV" else "EU committee"
    rest = of - yes - against
    shares = {"participating": of, "yes_population_pct": share, "no_population_pct": no}
    told = move("2022-03-01", "vote", [body], "the bridge", tally=[yes, against, rest], **shares)
    return str(question(who, told, about="the bridge", on="2022-03-01")["outcome"])


def test_a_qualified_majority_needs_both_shares() -> None:
    assert union(15, 65) == "adopted"
    assert union(14, 80) == "not_adopted"
    assert union(15, 64.99) == "not_adopted"


def test_fewer_than_four_cannot_block_by_their_population() -> None:
    assert union(24, 60) == "adopted"
    assert union(23, 60) == "not_adopted"


def test_where_not_all_take_part_the_share_is_of_those_that_do() -> None:
    assert union(14, 65, of=25) == "adopted"
    assert union(13, 65, of=25) == "not_adopted"
    assert union(22, 60, of=25) == "not_adopted", "three may block where not all take part"


UPLANDS = """
id: Uplands
title: Assembly of the uplands
summary: Half of the valleys with half of the people decide.
origin: made for a test
rules:
  - {id: half, citation: Upland Charter Art. 1, text: Half of the valleys with half of the people decide.}
  - {id: two, citation: Upland Charter Art. 2, text: One valley alone stops nothing.}
  - {id: silent, citation: Upland Charter Art. 3, text: Who abstains is not in favour.}
groups: {valleys: {members: [AAA, BBB, CCC]}}
bodies:
  - id: Uplands
    title: Assembly
    members: valleys
    decision: {pattern: qualified majority, members: 50, population: 50, blocking: 1, rule: half, blocking_rule: two,
               abstention: silent, populations: people}
"""


def test_an_institution_counts_by_its_own_shares_and_its_own_people(tmp_path: Path) -> None:
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "people.csv").write_text("member,share_2016\nAAA,70\nBBB,20\nCCC,10\n", encoding="utf-8")
    uplands = institution(tmp_path, UPLANDS, id="Uplands")

    def put(yes: list[str], no: list[str]) -> dict[str, Any]:
        told = move("2022-03-01", "vote", "Uplands", "the road", yes=yes, no=no, abstain=[])
        return uplands(told, about="the road", on="2022-03-01")

    assert brief(put(["AAA", "BBB"], ["CCC"]), "needed") == ("adopted", 2)
    failed = put(["BBB", "CCC"], ["AAA"])
    assert brief(failed, "needed") == ("not_adopted", 2)
    assert "2 of 3 members with 30.00 % of the population" in failed["because"][0]["text"]
    assert "2 members and 50 % were needed" in failed["because"][0]["text"]


def test_a_committee_without_a_majority_either_way_gives_no_opinion() -> None:
    assert union(15, 66, who="EU-comitology") == "adopted"
    assert union(10, 40, against=10, no=40, who="EU-comitology") == "no_opinion"
    assert union(3, 10, against=15, no=65, who="EU-comitology") == "blocked"
    assert union(3, 10, against=15, no=64, who="EU-comitology") == "no_opinion"


def test_without_shares_told_the_populations_of_the_table_count() -> None:
    large = "DEU FRA ITA ESP POL ROU NLD BEL GRC CZE PRT SWE HUN AUT BGR".split()
    small = "MLT LUX CYP EST LVA SVN LTU HRV IRL SVK FIN DNK BGR AUT HUN".split()
    for yes, expected in ((large, "adopted"), (small, "not_adopted")):
        told = move("2022-03-01", "vote", ["EU Council"], "the bridge", yes=yes, no=[])
        assert question("EU-QMV", told, about="the bridge", on="2022-03-01")["outcome"] == expected


# -- the real Council ----------------------------------------------------------------------------------------


def test_the_soviet_seat_had_a_veto_and_its_heir_has_it_since() -> None:
    for day, heir in (("1985-03-01", "SUN"), ("1995-03-01", "RUS")):
        told = move(day, "vote", "UNSC", "the bridge", tally=[11, 1, 3], no=[heir])
        assert brief(question("UNSC", told, about="the bridge", on=day), "blocked_by") == ("blocked", [heir])


def test_a_council_of_eleven_needed_seven() -> None:
    told = move("1960-03-01", "vote", "UNSC", "the bridge", tally=[7, 0, 4], council_size=11)
    assert brief(question("UNSC", told, about="the bridge", on="1960-03-01"), "needed") == ("adopted", 7)
