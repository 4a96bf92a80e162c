"""Rows of a ledger become facts of an institution: what was done, by whom, since when, and on whose word."""

from __future__ import annotations

from typing import Any

import pytest

from rapporteur.institutions.asking import questions
from rapporteur.institutions.from_ledger import facts, gathered, without_implied
from rapporteur.knowledge.institutions import Catalogue, catalogue
from tests.institutions.ledger_rows import COUNCIL, E3, NATO, UNION, event, measure, outcome, report, told


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue()


# -- blocks ----------------------------------------------------------------------------------------------------


def a_block(**more: Any) -> dict[str, Any]:
    said = report("Hungary has held up NATO's work with Jordan since March.", "2031-05-02", "in force")
    return measure("block", ["HUN"], ["JOR"], "NATO's work with Jordan", said, through=NATO, **more)


def test_a_member_s_block_of_a_partner_is_an_objection_since_its_month(known: Catalogue) -> None:
    found = gathered(known, "NATO", [a_block(since="2031-03")], [], "2031-06-01")
    assert told(found.facts) == [("2031-03", "object", ["HUN"], "NATO-Jordan activities")]
    answer = outcome(known, "NATO", found, "NATO-Jordan activities", "2031-06-01")
    assert (answer["outcome"], answer["blocked_by"]) == ("blocked", ["HUN"])
    assert ("status", "MD", "JOR") in questions(known, "NATO", found.facts, "2031-06-01")


def test_its_end_is_the_lifting_of_the_objection(known: Catalogue) -> None:
    row = a_block(since="2031-03", until="2031-05-20", status="ended")
    found = gathered(known, "NATO", [row], [], "2031-06-01")
    assert [f[:2] for f in told(found.facts)] == [("2031-03", "object"), ("2031-05-20", "lift")]
    assert outcome(known, "NATO", found, "NATO-Jordan activities", "2031-06-01")["outcome"] == "lifted"


def test_a_block_of_which_only_the_end_is_told_stood_until_then(known: Catalogue) -> None:
    said = report("Hungary gave up its block on Jordan's part in NATO exercises on Monday.", "2031-05-21", "ended")
    row = measure("block", ["HUN"], ["JOR"], "block", said, until="2031-05-19", status="ended")
    found = gathered(known, "NATO", [row], [], "2031-06-01").facts
    assert [f[:2] for f in told(found)] == [("2031-05-19", "object"), ("2031-05-19", "lift")]
    assert found[0]["date_basis"] == "end"


def test_a_block_of_a_candidate_is_of_its_accession(known: Catalogue) -> None:
    said = report("Hungary blocked Sweden's accession to the alliance.", "2023-02-02", "in force")
    row = measure("block", ["HUN"], ["SWE"], "Sweden's accession to NATO", said, through=NATO, since="2023-02-01")
    assert told(facts(known, "NATO", [row], [], "2023-03-01")) == [
        ("2023-02-01", "object", ["HUN"], "accession of Sweden")
    ]


def test_a_block_elsewhere_is_none_in_the_alliance(known: Catalogue) -> None:
    said = report("Hungary, a NATO member, blocked the Union's statement.", "2031-05-02", "in force")
    row = measure("block", ["HUN"], ["JOR"], "statement", said, through=UNION, since="2031-05-01")
    assert not told(facts(known, "NATO", [row], [], "2031-06-01"))
    assert told(facts(known, "EU-CFSP", [row], [], "2031-06-01")) == [("2031-05-01", "object", ["HUN"], "statement")]


def test_who_is_no_member_can_not_block(known: Catalogue) -> None:
    said = report("Serbia blocked NATO's work with Jordan.", "2031-05-02", "in force")
    row = measure("block", ["SRB"], ["JOR"], "work with Jordan", said, through=NATO, since="2031-05-01")
    found = gathered(known, "NATO", [row], [], "2031-06-01")
    assert not told(found.facts)
    assert [(a.id, a.why) for a in found.aside] == [
        ("m-1", "it tells it of SRB: nobody who could do it under the institution's rules")
    ]


def test_a_block_of_leaders_is_the_european_council_s_and_is_lifted_by_what_is_told_of_it(known: Catalogue) -> None:
    said = report("Slovakia blocked a loan for Moldova at a summit of EU leaders on Friday.", "2031-12-13", "in force")
    row = measure("block", ["SVK"], ["MDA"], "loan for Moldova", said)
    later = report("Slovakia dropped its veto on Thursday and EU leaders agreed on the loan.", "2032-02-06", "actual")
    end = event("CONCEDE", ["SVK"], "dropped its veto", later, day="2032-02-05")
    found = facts(known, "European-Council", [row], [end], "2032-03-01")
    assert told(found) == [
        ("2031-12-12", "object", ["SVK"], "loan for Moldova"),
        ("2032-02-05", "lift", ["SVK"], "loan for Moldova"),
    ]
    assert not told(facts(known, "EU-CFSP", [row], [end], "2032-03-01"))


def test_what_is_taken_back_among_several_is_the_one_that_is_named_or_none(known: Catalogue) -> None:
    first = measure("block", ["SVK"], [], "loan for Moldova", report("EU leaders.", "2031-12-13", "in force"), id="m-1")
    other = measure("block", ["SVK"], [], "ports package", report("EU leaders.", "2031-12-14", "in force"), id="m-2")
    named = report("Slovakia dropped its veto of the ports package, EU leaders said.", "2032-02-06", "actual")
    end = event("CONCEDE", ["SVK"], "dropped its veto", named)
    found = told(facts(known, "European-Council", [first, other], [end], "2032-03-01"))
    assert [f[3] for f in found if f[1] == "lift"] == ["ports package"]
    unnamed = event("CONCEDE", ["SVK"], "dropped", report("Slovakia dropped its veto, EU leaders said.", "2032-02-06"))
    aside = gathered(known, "European-Council", [first, other], [unnamed], "2032-03-01").aside
    assert [a.why for a in aside] == ["which objection it takes back is not told"]


def test_a_veto_in_the_council_is_a_no_to_a_draft_that_had_the_votes(known: Catalogue) -> None:
    said = report("Russia vetoed a Security Council draft on water on Wednesday.", "2031-04-03", "in force")
    row = measure("veto", ["RUS"], [], "draft on water", said, through=COUNCIL, since="2031-04-02")
    found = gathered(known, "UNSC", [row], [], "2031-05-01")
    assert told(found.facts) == [("2031-04-02", "vote", ["UNSC"], "draft of 2031-04-02: draft on water")]
    answer = outcome(known, "UNSC", found, "draft of 2031-04-02: draft on water", "2031-05-01")
    assert (answer["outcome"], answer["blocked_by"], answer["reason"]) == ("blocked", ["RUS"], "veto")
    said_so = without_implied(found.facts, answer)
    assert said_so["tally"] is None
    assert said_so["problems"][-1]["facts"] == [0]


def test_several_vetoes_told_at_once_are_no_vote(known: Catalogue) -> None:
    said = report("Russia has used its Security Council veto nine times since May 2030.", "2031-04-03", "in force")
    row = measure("veto", ["RUS"], [], "Security Council veto", said, through=COUNCIL, since="2030-05")
    assert not facts(known, "UNSC", [row], [], "2031-05-01")


# -- leaving ---------------------------------------------------------------------------------------------------


def leaving(by: str, object: str, *reports: dict[str, Any], **more: Any) -> dict[str, Any]:
    return measure("withdrawal", [by], [], object, *reports, **more)


def test_leaving_the_plan_of_2015_is_leaving_at_once(known: Catalogue) -> None:
    row = leaving(
        "RUS", "2015 nuclear deal", report("Russia left the 2015 nuclear deal.", "2024-02-01"), since="2024-01"
    )
    for institution in ("JCPOA", "UNSCR2231"):
        assert told(facts(known, institution, [row], [], "2024-03-01")) == [("2024-01", "withdraw", ["RUS"], "JCPOA")]


def test_a_pact_with_iran_is_the_plan_but_an_older_treaty_is_not(known: Catalogue) -> None:
    plan = measure("withdrawal", ["CHN"], ["IRN"], "accord", report("China quit the accord.", "2024-02-01"))
    older = measure("withdrawal", ["CHN"], ["IRN"], "trade deal", report("China quit the trade deal.", "2024-02-01"))
    assert told(facts(known, "JCPOA", [plan], [], "2024-03-01"))
    assert not told(facts(known, "JCPOA", [older], [], "2024-03-01"))


TREATIES = {
    "OpenSkies": ("GBR", "Open Skies Treaty", "Treaty on Open Skies Art. XV(2)"),
    "ParisAgreement": ("GBR", "Paris climate agreement", "Paris Agreement Art. 28(2)"),
    "WHO": ("GBR", "World Health Organization", "withdrawal from the WHO"),
    "RomeStatute": ("GBR", "Rome Statute", "Rome Statute Art. 127(1)"),
    "OttawaConvention": ("GBR", "Ottawa Convention", "Ottawa Convention Art. 20(3)"),
    "NPT": ("GBR", "Nuclear Non-Proliferation Treaty", "NPT Art. X(1)"),
    "CFE": ("GBR", "CFE Treaty", "CFE Treaty Art. XIX(2)"),
    "INF": ("RUS", "INF treaty", "INF Treaty Art. XV(2)"),
    "NewSTART": ("RUS", "New START", "New START Art. XIV(3)"),
}


@pytest.mark.parametrize("id", TREATIES)
def test_a_notice_of_leaving_a_treaty_starts_its_clock(known: Catalogue, id: str) -> None:
    by, name, object = TREATIES[id]
    said = report(f"They notified the depositary on Tuesday of leaving the {name}.", "2018-03-08", "threatened")
    row = leaving(by, name, said, status="threatened")
    found = gathered(known, id, [row], [], "2018-03-31", history=False)
    assert told(found.facts) == [("2018-03-06", "notify", [by], object)]
    assert found.facts[0]["date_basis"] == "inferred"


@pytest.mark.parametrize("id", TREATIES)
def test_an_exit_that_is_only_announced_or_told_without_a_notice_is_no_notice(known: Catalogue, id: str) -> None:
    by, name, _ = TREATIES[id]
    for status, words in (
        ("threatened", "They said on Tuesday that they would leave"),
        ("threatened", "They have not notified anybody that they would leave"),
        ("in force", "They withdrew from"),
    ):
        row = leaving(by, name, report(f"{words} the {name}.", "2018-03-08", status), status=status)
        found = told(facts(known, id, [row], [], "2018-03-31"))
        assert [f[1] for f in found] == ["announce"], words


def test_who_is_no_party_can_not_leave(known: Catalogue) -> None:
    said = report("Russia notified the depositary of leaving the Rome Statute.", "2018-03-08")
    found = gathered(known, "RomeStatute", [leaving("RUS", "Rome Statute", said)], [], "2018-03-31", history=False)
    assert (found.facts, len(found.aside)) == ([], 1)


def test_each_report_of_a_row_tells_its_own_step(known: Catalogue) -> None:
    row = leaving(
        "NLD",
        "Open Skies Treaty",
        report("The Netherlands would quit the Open Skies Treaty, it said on Monday.", "2030-01-08", "threatened"),
        report("The Netherlands gave formal notice on Friday of leaving the pact.", "2030-05-25", "threatened"),
        report("The Netherlands has left the Open Skies Treaty.", "2030-11-26", "in force"),
        since="2030-11-24",
    )
    found = gathered(known, "OpenSkies", [row], [], "2030-12-01", history=False)
    assert [f[:2] for f in told(found.facts)] == [("2030-01-08", "announce"), ("2030-05-24", "notify")]
    answer = outcome(known, "OpenSkies", found, "OpenSkies", "2030-12-01", "NLD")
    assert (answer["outcome"], answer["effective"]) == ("withdrawn", "2030-11-24")


def test_a_notice_that_was_taken_back_is_stopped(known: Catalogue) -> None:
    said = report("Gambia notified the United Nations that it was leaving the Rome Statute.", "2030-01-10", "in force")
    row = leaving("GMB", "Rome Statute", said, until="2030-06-01", status="ended")
    found = gathered(known, "RomeStatute", [row], [], "2031-03-01", history=False)
    assert [f[1] for f in told(found.facts)] == ["notify", "suspend_notice"]
    assert outcome(known, "RomeStatute", found, "RomeStatute", "2031-03-01", "GMB")["outcome"] == "in_force"


def test_a_suspended_treaty_is_suspended_and_left_by_a_notice_in_the_same_sentence(known: Catalogue) -> None:
    text = "The United States suspended its obligations under the INF treaty and gave six months' notice."
    said = report(text, "2019-02-03", "in force", event="r-2019-02-03")
    row = measure("suspension", ["USA"], [], "obligations", said, since="2019-02-02")
    act = event("SANCTION", ["USA"], "suspended", said, day="2019-02-02")
    assert told(facts(known, "INF", [row], [act], "2019-03-01")) == [
        ("2019-02-02", "suspend", ["USA"], "INF"),
        ("2019-02-02", "notify", ["USA"], "INF Treaty Art. XV(2)"),
    ]


def test_article_50_is_triggered_by_an_event(known: Catalogue) -> None:
    said = report("Denmark triggered Article 50 by notifying the Union.", "2031-03-30", "actual")
    row = event("REJECT", ["DNK"], "notifying", said, day="2031-03-29")
    assert told(facts(known, "EU", [], [row], "2031-04-01")) == [("2031-03-29", "notify", ["DNK"], "TEU Art. 50")]


# -- the snapback ----------------------------------------------------------------------------------------------


def test_a_group_s_threat_is_announced_by_each_member_and_no_act(known: Catalogue) -> None:
    said = report("The E3 threatened on Tuesday to trigger the snapback of sanctions.", "2024-06-06", "threatened")
    row = measure("sanction", [E3], ["IRN"], "snapback of sanctions", said, through=COUNCIL, status="threatened")
    found = gathered(known, "UNSCR2231", [row], [], "2024-07-01", history=False)
    assert told(found.facts) == [("2024-06-06", "announce", ["DEU", "FRA", "GBR"], "S/RES/2231 para. 11")]
    answer = outcome(known, "UNSCR2231", found, "S/RES/2231 para. 11", "2024-07-01")
    assert (answer["outcome"], answer["deadline"]) == ("not_effective", None)


def test_a_notification_is_one(known: Catalogue) -> None:
    said = report("France has triggered the snapback of sanctions.", "2024-06-06", "in force")
    row = measure("sanction", ["FRA"], ["IRN"], "snapback of sanctions", said, through=COUNCIL, since="2024-06-05")
    found = gathered(known, "UNSCR2231", [row], [], "2024-06-20", history=False)
    assert outcome(known, "UNSCR2231", found, "S/RES/2231 para. 11", "2024-06-20")["outcome"] == "pending"


def test_a_larger_group_is_not_taken_for_those_of_its_members_who_may(known: Catalogue) -> None:
    union = {"code": "IGO", "name": "European Union", "members": ["DEU", "FRA", "ITA"]}
    said = report("The EU threatened the snapback.", "2024-06-06", "threatened")
    row = measure("sanction", [union], ["IRN"], "snapback", said, status="threatened")
    found = gathered(known, "UNSCR2231", [row], [], "2024-07-01", history=False)
    assert not found.facts
    assert "European Union" in found.aside[0].why


# -- what is not used, what is added ---------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "of_report"), [("disputed", "in force"), ("in force", "disputed")])
def test_what_is_disputed_is_left_aside(known: Catalogue, status: str, of_report: str) -> None:
    said = report("Hungary held up NATO's work with Jordan.", "2031-05-02", of_report)
    row = measure("block", ["HUN"], ["JOR"], "work with Jordan", said, through=NATO, since="2031-03", status=status)
    found = gathered(known, "NATO", [row], [], "2031-06-01")
    assert not told(found.facts)
    assert [(a.view, a.id, a.why, a.text) for a in found.aside] == [
        ("measures", "m-1", "it is denied or disputed", "Hungary held up NATO's work with Jordan.")
    ]


def test_a_denied_event_is_left_aside(known: Catalogue) -> None:
    said = report("Denmark denied that it had triggered Article 50.", "2031-03-30", "negated")
    row = event("REJECT", ["DNK"], "triggered", said, status="negated")
    found = gathered(known, "EU", [], [row], "2031-04-01", history=False)
    assert (found.facts, [a.why for a in found.aside]) == ([], ["it is denied or disputed"])


def test_a_sentence_that_denies_gives_no_act(known: Catalogue) -> None:
    said = report("France denied that it had given notice of leaving the Open Skies Treaty.", "2022-09-28", "in force")
    found = gathered(known, "OpenSkies", [leaving("FRA", "Open Skies Treaty", said)], [], "2022-10-01", history=False)
    assert (found.facts, [a.why for a in found.aside]) == (
        [],
        ["the sentence that tells of it denies it, or something else"],
    )


def test_of_a_row_of_several_a_report_is_of_those_whom_its_own_event_names(known: Catalogue) -> None:
    plan = report("Poland and Estonia plan to leave the Ottawa Convention.", "2025-03-19", "threatened")
    done = report("Poland has notified the depositary of leaving the Ottawa Convention.", "2025-08-20", "in force", "x")
    row = measure("withdrawal", ["POL", "EST"], [], "Ottawa Convention", plan, done)
    act = {**event("SANCTION", ["POL"], "leaving", done), "id": "e-x"}
    found = gathered(known, "OttawaConvention", [row], [act], "2025-09-01", history=False).facts
    assert [(f["type"], f["by"]) for f in found] == [("announce", ["EST", "POL"]), ("notify", ["POL"])]


def test_a_veto_of_which_nothing_else_is_told_is_of_a_draft_of_its_day(known: Catalogue) -> None:
    said = report("China used its veto in the Security Council on Wednesday.", "2031-04-03", "in force")
    row = measure("veto", ["CHN"], [], "its veto", said, through=COUNCIL)
    assert told(facts(known, "UNSC", [row], [], "2031-05-01")) == [
        ("2031-04-02", "vote", ["UNSC"], "draft of 2031-04-02")
    ]


@pytest.mark.parametrize(
    ("id", "through"),
    [("OSCE", "Organization for Security and Co-operation in Europe"), ("WTO-DSB", "World Trade Organization")],
)
def test_a_block_elsewhere_by_consensus_is_an_objection_too(known: Catalogue, id: str, through: str) -> None:
    said = report("Russia has blocked the budget.", "2024-03-01", "in force")
    row = measure("block", ["RUS"], [], "budget", said, through=through, since="2024-02")
    assert told(facts(known, id, [row], [], "2024-04-01")) == [("2024-02", "object", ["RUS"], "budget")]


def test_a_fact_says_where_it_comes_from(known: Catalogue) -> None:
    block = a_block(since="2031-03") | {"ends_when": "until the talks are over"}
    source = gathered(known, "NATO", [block], [], "2031-06-01").facts[-1]["source"]
    assert source == {
        "view": "measures",
        "id": "m-1",
        "article": "a-2031-05-02",
        "published": "2031-05-02",
        "evidence": [0, 56],
        "text": "Hungary has held up NATO's work with Jordan since March.",
        "attributed_to": ["two diplomats"],
        "ends_when": "until the talks are over",
        "targets": ["JOR"],
        "target": "JOR",
    }


def test_a_block_named_with_its_matter_is_about_the_matter(known: Catalogue) -> None:
    said = report("Hungary kept up its veto on the Union's loan to Chad.", "2031-05-02", "in force")
    row = measure("veto", ["HUN"], ["TCD"], "veto on the loan to Chad", said, through=UNION, since="2031-05-01")
    assert [f[3] for f in told(facts(known, "EU-CFSP", [row], [], "2031-06-01"))] == ["loan to Chad"]


def test_what_is_told_again_is_one_fact_with_its_earliest_day(known: Catalogue) -> None:
    again = a_block(since="2031-03-14", id="m-2")
    undated = a_block(id="m-3")
    found = told(facts(known, "NATO", [undated, a_block(since="2031-03"), again], [], "2031-06-01"))
    assert found == [("2031-03-14", "object", ["HUN"], "NATO-Jordan activities")]
    source = facts(known, "NATO", [undated, a_block(since="2031-03"), again], [], "2031-06-01")[-1]["source"]
    assert [source["id"], *source["also"]] == ["m-1", "m-2", "m-3"]


def test_a_block_that_comes_back_after_its_end_is_another(known: Catalogue) -> None:
    first = a_block(since="2031-03", until="2031-05-20", status="ended")
    second = a_block(since="2031-07-01", id="m-2")
    kinds = [f[1] for f in told(facts(known, "NATO", [first, second], [], "2031-08-01"))]
    assert kinds == ["object", "lift", "object"]


def test_a_row_without_a_date_counts_from_its_first_report(known: Catalogue) -> None:
    found = facts(known, "NATO", [a_block()], [], "2031-06-01")
    assert (found[-1]["date"], found[-1]["date_basis"]) == ("2031-05-02", "report")


def test_what_comes_after_the_day_is_left_out(known: Catalogue) -> None:
    assert not told(facts(known, "NATO", [a_block(since="2031-03")], [], "2031-02-28"))
