"""Who is bound: joining by a deposit, leaving at once or after a notice, two sides, ceasing to perform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.institutions.files import Asker, brief, institution, move, question

COMPACT = """
id: League
title: Compact of towns
summary: Who deposits is a party; who gives three months' notice is out.
origin: made for a test
rules:
  - {id: force, citation: Compact Art. 7, text: In force since 1 March 1990.}
  - {id: deposit, citation: Compact Art. 8, text: A town is a party from the deposit of its instrument.}
  - {id: notice, citation: Compact Art. 9, text: A party is out three months after its notice.}
  - {id: pause, citation: Compact Art. 10, text: Who stops performing remains a party.}
  - {id: club, citation: Club Rules 1, text: One leaves the club at once.}
  - {id: pair, citation: Pair Treaty Art. 1, text: Two sides.}
groups:
  founders: {members: [AAA, BBB, CCC]}
  table: {file: towns}
texts:
  - id: Compact
    title: Compact of towns
    names: [the Compact]
    rule: force
    parties: table
    begins: "1990-03-01"
    accession: deposit
    suspend: pause
  - {id: Club, title: Club, rule: club, parties: founders, begins: "1990-03-01", withdraw: club}
  - id: Pair
    title: Pair treaty
    rule: pair
    parties: founders
    begins: "1990-03-01"
    sides: [[AAA], [BBB, CCC]]
    sides_rule: pair
clocks:
  - id: out
    title: notice
    object: Compact Art. 9
    text: Compact
    rule: notice
    stages: [{months: 3, rule: notice}]
    then: leave
  - id: end
    title: notice
    object: Pair Art. 2
    text: Pair
    rule: pair
    stages: [{months: 6, rule: pair}]
    then: leave
"""
TABLE = """member,from,until,note
AAA,,,
BBB,1995-06-01,,
CCC,1995,,
"""


@pytest.fixture
def compact(tmp_path: Path) -> Asker:
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "towns.csv").write_text(TABLE, encoding="utf-8")
    return institution(tmp_path, COMPACT)


def bound(ask: Asker, party: str, on: str, *facts: dict[str, Any], about: str = "Compact") -> tuple[Any, ...]:
    return brief(ask(*facts, about=about, on=on, kind="status", party=party), "effective")


# -- the table, and what is told -----------------------------------------------------------------------------


def test_a_party_of_the_table_is_bound_from_its_day(compact: Asker) -> None:
    assert bound(compact, "AAA", "2001-01-01") == ("in_force", "1990-03-01")
    assert bound(compact, "BBB", "1995-06-01") == ("in_force", "1995-06-01")
    assert bound(compact, "BBB", "1995-05-31")[0] == "not_effective"
    assert bound(compact, "CCC", "1995-01-01") == ("in_force", "1995-01-01")


def test_who_is_in_no_table_is_not_bound(compact: Asker) -> None:
    answer = compact(about="Compact", on="2001-01-01", kind="status", party="ZZZ")
    assert brief(answer, "reason", "effective") == ("not_effective", "step_missing", None)


def test_a_deposit_binds_from_its_day_and_nothing_before_it_does(compact: Asker) -> None:
    steps = [
        move("2001-01-10", "apply", "ZZZ", "Compact"),
        move("2001-02-10", "sign", "ZZZ", "Compact"),
        move("2001-03-10", "ratify", "ZZZ-parliament", "Compact"),
        move("2001-04-10", "invite", "AAA", "Compact"),
        move("2001-05-10", "deposit", "ZZZ", "Compact"),
    ]
    assert bound(compact, "ZZZ", "2001-05-09", *steps)[0] == "not_effective"
    assert bound(compact, "ZZZ", "2001-05-10", *steps) == ("in_force", "2001-05-10")


def test_a_second_deposit_changes_nothing(compact: Asker) -> None:
    steps = [move("2001-05-10", "deposit", "ZZZ", "Compact"), move("2002-05-10", "deposit", "ZZZ", "Compact")]
    assert bound(compact, "ZZZ", "2003-01-01", *steps) == ("in_force", "2001-05-10")


def test_other_names_of_a_text_mean_the_text(compact: Asker) -> None:
    assert bound(compact, "ZZZ", "2002-01-01", move("2001-05-10", "deposit", "ZZZ", "the compact"))[0] == "in_force"


# -- leaving -------------------------------------------------------------------------------------------------


def test_who_gives_notice_is_bound_until_it_takes_effect(compact: Asker) -> None:
    notice = move("2001-11-30", "notify", "BBB", "Compact")
    answer = compact(notice, about="Compact", on="2002-02-27", kind="status", party="BBB")
    assert brief(answer, "effective_end") == ("in_force", "2002-02-28")
    assert bound(compact, "BBB", "2002-02-28", notice) == ("withdrawn", "2002-02-28")


def test_the_others_stay_bound_and_so_does_the_text(compact: Asker) -> None:
    notice = move("2001-11-30", "notify", "BBB", "Compact")
    assert bound(compact, "AAA", "2003-01-01", notice)[0] == "in_force"
    assert compact(notice, about="Compact", on="2003-01-01", kind="status")["outcome"] == "in_force"


def test_where_a_notice_is_asked_leaving_at_once_does_nothing(compact: Asker) -> None:
    assert bound(compact, "BBB", "2002-01-01", move("2001-11-30", "withdraw", "BBB", "Compact"))[0] == "in_force"


def test_where_none_is_asked_one_is_out_the_same_day(compact: Asker) -> None:
    told = move("2001-11-30", "withdraw", "BBB", "Club")
    assert bound(compact, "BBB", "2001-11-29", told, about="Club")[0] == "in_force"
    assert bound(compact, "BBB", "2001-11-30", told, about="Club") == ("withdrawn", "2001-11-30")
    assert bound(compact, "AAA", "2001-12-01", told, about="Club")[0] == "in_force"


def test_an_announcement_or_a_bill_is_no_notice(compact: Asker) -> None:
    told = [move("2001-01-01", "announce", "BBB", "Compact"), move("2001-02-01", "bill", "BBB-parliament", "Compact")]
    assert bound(compact, "BBB", "2003-01-01", *told)[0] == "in_force"


# -- two sides -----------------------------------------------------------------------------------------------


def test_the_exit_of_one_of_two_sides_ends_the_text_for_everybody(compact: Asker) -> None:
    notice = move("2001-08-31", "notify", "AAA", "Pair")
    assert brief(compact(notice, about="Pair", on="2002-02-27", kind="status")) == ("in_force",)
    for party in (None, "AAA", "BBB"):
        answer = compact(notice, about="Pair", on="2002-02-28", kind="status", party=party)
        assert brief(answer, "effective") == ("terminated", "2002-02-28")


def test_of_a_side_of_several_the_first_speaks_for_it(compact: Asker) -> None:
    answer = compact(move("2001-08-31", "notify", "CCC", "Pair"), about="Pair", on="2003-01-01", kind="status")
    assert answer["outcome"] == "in_force"
    answer = compact(move("2001-08-31", "notify", "BBB", "Pair"), about="Pair", on="2003-01-01", kind="status")
    assert answer["outcome"] == "terminated"


# -- ceasing to perform --------------------------------------------------------------------------------------


def test_who_stops_performing_stays_a_party(compact: Asker) -> None:
    told = move("2001-05-01", "suspend", "BBB", "Compact")
    assert bound(compact, "BBB", "2002-01-01", told)[0] == "in_force"
    answer = compact(told, about="Compact", on="2002-01-01", kind="status")
    assert brief(answer, "suspended_by") == ("in_force", ["BBB"])


def test_a_suspension_can_be_asked_about_by_itself(compact: Asker) -> None:
    told = move("2001-05-01", "suspend", "BBB", "Compact")
    answer = compact(told, about="suspension of Compact", on="2002-01-01", kind="status")
    assert brief(answer, "effective") == ("in_force", "2001-05-01")
    answer = compact(told, about="suspension of Compact", on="2001-04-30", kind="status")
    assert answer["outcome"] == "not_effective"


# -- real ones -----------------------------------------------------------------------------------------------


def test_a_parliaments_approval_makes_no_ally() -> None:
    told = [
        move("2030-01-10", "apply", "ARM", "North Atlantic Treaty"),
        move("2030-09-10", "ratify", "USA", "protocol on ARM"),
        move("2031-02-01", "invite", "NATO-SG", "North Atlantic Treaty"),
    ]
    asked = {"about": "North Atlantic Treaty", "kind": "status", "party": "ARM"}
    assert question("NATO", *told, on="2031-03-01", **asked)["outcome"] == "not_effective"
    told.append(move("2031-03-15", "deposit", "ARM", "North Atlantic Treaty"))
    assert brief(question("NATO", *told, on="2031-03-15", **asked), "effective") == ("in_force", "2031-03-15")


def test_who_joined_the_nonproliferation_treaty_late_is_bound_from_then() -> None:
    asked = {"about": "NPT", "kind": "status"}
    assert question("NPT", on="1991-01-01", party="CUB", **asked)["outcome"] == "not_effective"
    assert question("NPT", on="2003-01-01", party="CUB", **asked)["outcome"] == "in_force"
    assert question("NPT", on="2003-01-01", party="ISR", **asked)["outcome"] == "not_effective"


def test_a_deposit_elsewhere_changes_nothing(compact: Asker) -> None:
    assert bound(compact, "BBB", "2001-01-01", move("1993-01-01", "deposit", "BBB", "another compact"))[0] == "in_force"


def test_who_is_out_may_come_back_by_a_deposit(compact: Asker) -> None:
    told = [move("2001-11-30", "notify", "BBB", "Compact"), move("2005-01-01", "deposit", "BBB", "Compact")]
    assert bound(compact, "BBB", "2004-12-31", *told)[0] == "withdrawn"
    assert bound(compact, "BBB", "2005-01-01", *told) == ("in_force", "2005-01-01")
