"""What stands for a term: set up, prolonged before its end, ended; and what ends without anybody's doing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.institutions.files import Asker, brief, institution, move, question

GUILD = """
id: League
title: Guild of four
summary: What the guild sets up for a term ends with it.
origin: made for a test
rules:
  - {id: half, citation: Guild Rules 1, text: More than half decide.}
  - {id: sunset, citation: Guild Rules 2, text: A toll ends with its last day.}
  - {id: pact, citation: Guild Pact Art. 9, text: The pact is in force for ten years.}
  - {id: longer, citation: Guild Pact Art. 10, text: Both sides may prolong it once by up to five years.}
  - {id: sides, citation: Guild Pact Art. 11, text: It has two sides.}
  - {id: limits, citation: Guild Pact Art. 12, text: Its limits last until three years after Opening Day.}
groups:
  four: {members: [AAA, BBB, CCC, DDD]}
days:
  - {name: Opening Day, date: "2002-02-28", after: {days: 30, adoption: the pact}}
bodies:
  - {id: League, title: Guild, members: four, term: sunset, decision: {pattern: majority, rule: half}}
texts:
  - id: the pact
    title: pact of the guild
    rule: pact
    parties: four
    begins: "2001-03-01"
    until: "2011-02-28"
    term: pact
    sides: [[AAA], [BBB]]
    sides_rule: sides
    extension: {by: [sides], rule: longer, times: 1, years: 5}
  - {id: the limits, title: limits, rule: limits, begins: Opening Day, ends: {rule: limits, day: Opening Day, years: 3}}
"""


@pytest.fixture
def guild(tmp_path: Path) -> Asker:
    return institution(tmp_path, GUILD)


def status(ask: Asker, about: str, on: str, *facts: dict[str, Any], party: str | None = None) -> tuple[Any, ...]:
    return brief(ask(*facts, about=about, on=on, kind="status", party=party), "effective", "until")


def adopt(day: str, **more: Any) -> dict[str, Any]:
    return move(day, "adopt", "League", "the toll", **more)


def renewal(day: str, until: str | None, *, yes: int = 4) -> dict[str, Any]:
    return move(day, "vote", "League", "draft on the toll", tally=[yes, 4 - yes, 0], renews="the toll", until=until)


# -- measures that facts set up ------------------------------------------------------------------------------


def test_what_is_set_up_without_an_end_goes_on(guild: Asker) -> None:
    assert status(guild, "the toll", "2050-01-01", adopt("2001-01-01", until=None)) == ("in_force", "2001-01-01", None)


def test_a_term_includes_its_last_day(guild: Asker) -> None:
    told = adopt("2001-01-01", until="2001-12-31")
    assert status(guild, "the toll", "2001-12-31", told) == ("in_force", "2001-01-01", "2001-12-31")
    assert status(guild, "the toll", "2002-01-01", told) == ("terminated", "2002-01-01", "2001-12-31")


def test_why_it_ended_and_until_when_it_will_stand(guild: Asker) -> None:
    told = adopt("2001-01-01", until="2001-12-31")
    assert guild(told, about="the toll", on="2002-01-01", kind="status")["reason"] == "expiry"
    assert guild(told, about="the toll", on="2001-06-01", kind="status")["effective_end"] == "2002-01-01"


def test_before_it_is_set_up_it_does_not_stand(guild: Asker) -> None:
    assert status(guild, "the toll", "2000-12-31", adopt("2001-01-01"))[0] == "not_effective"


def test_a_vote_in_time_prolongs_it_without_a_break(guild: Asker) -> None:
    told = [adopt("2001-01-01", until="2001-12-31"), renewal("2001-12-31", "2002-06-30")]
    assert status(guild, "the toll", "2002-03-01", *told) == ("in_force", "2001-01-01", "2002-06-30")
    assert status(guild, "the toll", "2002-07-01", *told) == ("terminated", "2002-07-01", "2002-06-30")


def test_a_vote_that_fails_prolongs_nothing(guild: Asker) -> None:
    told = [adopt("2001-01-01", until="2001-12-31"), renewal("2001-12-31", "2002-06-30", yes=2)]
    assert status(guild, "the toll", "2002-03-01", *told) == ("terminated", "2002-01-01", "2001-12-31")


def test_it_may_be_prolonged_without_an_end(guild: Asker) -> None:
    told = [adopt("2001-01-01", until="2001-12-31"), renewal("2001-12-01", None)]
    assert status(guild, "the toll", "2040-01-01", *told) == ("in_force", "2001-01-01", None)


def test_one_things_end_is_not_anothers(guild: Asker) -> None:
    told = [
        adopt("2001-01-01", until="2001-12-31"),
        move("2001-01-01", "adopt", "League", "the toll office", until=None),
    ]
    assert status(guild, "the toll office", "2002-03-01", *told)[0] == "in_force"


def test_what_was_adopted_by_vote_stands_for_the_term_that_the_vote_gives(guild: Asker) -> None:
    told = move("2001-01-01", "vote", "League", "the levy", tally=[3, 1, 0], until="2001-06-30")
    assert status(guild, "the levy", "2001-06-30", told) == ("in_force", "2001-01-01", "2001-06-30")
    assert status(guild, "the levy", "2001-07-01", told)[0] == "terminated"


def test_the_last_day_is_the_deadline_of_its_renewal(guild: Asker) -> None:
    told = adopt("2001-01-01", until="2001-12-31")
    assert guild(told, about="the toll", on="2001-06-01", kind="deadline")["deadline"] == "2001-12-31"


# -- texts that are known without a fact ---------------------------------------------------------------------


def test_a_text_with_a_term_stands_through_its_last_day(guild: Asker) -> None:
    assert status(guild, "the pact", "2011-02-28") == ("in_force", "2001-03-01", "2011-02-28")
    assert status(guild, "the pact", "2011-03-01")[:2] == ("terminated", "2011-03-01")


def test_both_sides_prolong_it_together_and_neither_alone(guild: Asker) -> None:
    both = move("2010-12-01", "extend", "AAA BBB", "the pact", until="2016-02-28")
    assert status(guild, "the pact", "2015-01-01", both) == ("in_force", "2001-03-01", "2016-02-28")
    assert status(guild, "the pact", "2015-01-01", {**both, "by": ["AAA"]})[0] == "terminated"


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2011-03-01", "2016-02-28"),  # the day after its last
        ("2010-12-01", "2016-02-29"),  # a day more than five years
    ],
)
def test_an_extension_that_the_text_does_not_allow_changes_nothing(guild: Asker, day: str, until: str) -> None:
    told = move(day, "extend", "AAA BBB", "the pact", until=until)
    assert status(guild, "the pact", "2015-01-01", told)[:2] == ("terminated", "2011-03-01")


def test_a_second_extension_is_one_too_many(guild: Asker) -> None:
    first = move("2010-12-01", "extend", "AAA BBB", "the pact", until="2014-02-28")
    second = move("2013-12-01", "extend", "AAA BBB", "the pact", until="2018-02-28")
    assert status(guild, "the pact", "2014-02-28", first, second)[0] == "in_force"
    assert status(guild, "the pact", "2014-03-01", first, second)[:2] == ("terminated", "2014-03-01")


def test_what_ends_years_after_a_named_day_ends_on_the_anniversary(guild: Asker) -> None:
    assert status(guild, "the limits", "2005-02-27") == ("in_force", "2002-02-28", "2005-02-27")
    assert status(guild, "the limits", "2005-02-28")[:2] == ("terminated", "2005-02-28")


def test_a_named_day_that_is_told_goes_before_the_one_in_the_file(guild: Asker) -> None:
    told = move("2004-02-29", "milestone", "League", "the pact", name="Opening Day")
    assert status(guild, "the limits", "2005-03-01", told) == ("in_force", "2004-02-29", "2007-02-27")


def test_a_named_day_is_reckoned_from_an_adoption_that_is_told(guild: Asker) -> None:
    told = move("2003-01-30", "adopt", "League", "the pact")
    assert status(guild, "the limits", "2003-03-01", told) == ("in_force", "2003-03-01", "2006-02-28")


# -- real ones -----------------------------------------------------------------------------------------------


def test_a_veto_of_a_renewal_ends_what_it_would_have_prolonged() -> None:
    told = [
        move("2001-01-01", "adopt", "UNSC", "the mission", until="2001-12-31"),
        move(
            "2001-12-20",
            "vote",
            "UNSC",
            "draft",
            tally=[14, 1, 0],
            no=["CHN"],
            renews="the mission",
            until="2002-12-31",
        ),
    ]
    answer = question("UNSC", *told, about="the mission", on="2002-01-01", kind="status")
    assert brief(answer, "effective", "until") == ("terminated", "2002-01-01", "2001-12-31")
    assert question("UNSC", *told, about="draft", on="2002-01-01")["blocked_by"] == ["CHN"]


def test_sanctions_of_the_union_end_where_one_member_holds_back_the_renewal() -> None:
    told = [
        move("2001-01-01", "adopt", ["EU Council"], "asset freeze", until="2001-12-31"),
        move("2001-12-01", "object", "FIN", "renewal of the freeze"),
        move(
            "2001-12-15", "decide", ["EU Council"], "renewal of the freeze", renews="asset freeze", until="2002-12-31"
        ),
    ]
    freed = [*told[:2], move("2001-12-10", "lift", "FIN", "renewal of the freeze"), told[2]]
    for facts, expected in ((told, "terminated"), (freed, "in_force")):
        assert question("EU-CFSP", *facts, about="asset freeze", on="2002-02-01", kind="status")["outcome"] == expected


def test_set_up_anew_after_its_end_it_begins_anew(guild: Asker) -> None:
    told = [adopt("2001-01-01", until="2001-12-31"), adopt("2003-01-01", until="2003-12-31")]
    assert status(guild, "the toll", "2002-06-01", *told)[0] == "terminated"
    assert status(guild, "the toll", "2003-06-01", *told) == ("in_force", "2003-01-01", "2003-12-31")
