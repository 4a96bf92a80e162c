"""What holds of every question to every institution, on made moves."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.institutions.answers import ask
from rapporteur.institutions.cases import FACT_TYPES, KINDS, read_case
from rapporteur.institutions.objects import Names
from rapporteur.institutions.program import write
from rapporteur.institutions.solve import solve
from rapporteur.institutions.stopping import ways_to_stop
from rapporteur.knowledge.case_words import KEYS
from rapporteur.knowledge.institutions import Consensus, Majority, Qualified, Threshold
from tests.institutions.made import ballots, cases, days, era, fact, few, ids, known, later, members

MATTERS = {"adopted", "not_adopted", "blocked", "no_opinion", "pending", "extended", "held", "lifted", "disputed"}
STATES = {"in_force", "terminated", "withdrawn", "not_effective"} | MATTERS - {"adopted"}
OUTCOMES = {"decision": MATTERS, "status": STATES, "deadline": {"deadline"}}
JOINING = ("apply", "sign", "ratify", "invite", "deposit", "join")
#: From worst to best for those in favour.
RANK = {"blocked": 0, "not_adopted": 0, "no_opinion": 1, "adopted": 2}


def with_decision(*kinds: type) -> list[str]:
    return [id for id in ids() if any(isinstance(b.decision, kinds) for b in known().institutions[id].bodies)]


def state(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer but for what counts facts by their place in the list."""
    return {key: value for key, value in answer.items() if key not in ("because", "problems")}


def last_day(case: dict[str, Any]) -> str:
    return max([f["date"][:10] for f in case["facts"]] + [case["as_of"][:10]])


# -- one answer, always --------------------------------------------------------------------------------------


@pytest.mark.parametrize("institution", ids())
def test_every_reading_has_exactly_one_outcome(institution: str) -> None:
    @few(8)
    @given(cases(institution))
    def holds(case: dict[str, Any]) -> None:
        read = read_case(case, known().institutions)
        names = Names(known().institutions[institution], [*(f.object for f in read.told), read.object])
        told = sorted({read.object, *(f.object for f in read.told)})
        asks = list(dict.fromkeys((kind, names.of(o), p) for o in told for kind in KINDS for p in (None, read.party)))
        conclusions = solve(write(known(), read, asks, ways_to_stop(known(), read, names)))
        assert {c.ask for c in conclusions} == {(kind, object, party or "") for kind, object, party in asks}
        assert [c for c in conclusions if len(c.outcomes) != 1] == []

    holds()


@pytest.mark.parametrize("institution", ids())
def test_an_answer_keeps_to_the_vocabulary(institution: str) -> None:
    @few(5)
    @given(cases(institution))
    def holds(case: dict[str, Any]) -> None:
        answer = ask(case)
        assert answer["outcome"] in OUTCOMES[case["ask"]["kind"]]
        assert set(answer) == {"id", *KEYS, "because", "problems"}
        for key in ("effective", "until", "effective_end", "would_be_effective", "default_date", "clock_start"):
            assert answer[key] is None or date.fromisoformat(answer[key])
        for entry in (*answer["readings"], *answer["also"]):
            assert entry["outcome"] in MATTERS | STATES

    holds()


@few(30)
@given(cases())
def test_the_same_question_has_the_same_answer_and_it_can_be_written_down(case: dict[str, Any]) -> None:
    before = json.dumps(case)
    first = json.dumps(ask(case), allow_nan=False)
    assert first == json.dumps(ask(json.loads(before)), allow_nan=False)
    assert json.dumps(case) == before, "asking changes nothing in what was given"


# -- what bears on an answer and what doesn't ----------------------------------------------------------------


@few(40)
@given(st.data())
def test_what_happens_after_the_day_asked_about_changes_nothing(data: st.DataObject) -> None:
    case = data.draw(cases())
    # A beginning that is told goes before the one that the institution knows by itself, whenever it is.
    types = tuple(t for t in FACT_TYPES if t not in ("adopt", "enter_into_force", "milestone", *JOINING))
    more = data.draw(st.lists(fact(case["institution"], types), min_size=1, max_size=3))
    for later_fact in more:
        later_fact["date"] = later(case["as_of"], data.draw(st.integers(1, 400)))
    assert ask({**case, "facts": case["facts"] + more}) == ask(case)


@few(40)
@given(st.data())
def test_moves_on_something_else_change_nothing(data: st.DataObject) -> None:
    case = data.draw(cases())
    more = data.draw(st.lists(fact(case["institution"]), min_size=1, max_size=3))
    more = [f for f in more if f["type"] != "milestone"]  # names a day of the institution, whatever its object
    for other in more:
        other["object"] = "something else altogether"
        other.pop("renews", None)
        other.pop("stops", None)
    alone, among = ask(case), ask({**case, "facts": case["facts"] + more})
    for answer in (alone, among):
        answer["also"] = [entry for entry in answer["also"] if entry["object"] != "something else altogether"]
        # named for the case as a whole, so that they may take their turn among more
        answer["last_ratifier"] = None
    assert state(among) | {"also": None} == state(alone) | {"also": None}


@few(40)
@given(st.data())
def test_the_order_in_which_facts_of_different_days_are_told_is_irrelevant(data: st.DataObject) -> None:
    case = data.draw(cases())
    days_told = sorted({f["date"][:10] for f in case["facts"]})
    shuffled = data.draw(st.permutations(days_told))
    facts = [f for day in shuffled for f in case["facts"] if f["date"][:10] == day]
    assert state(ask({**case, "facts": facts})) == state(ask(case))


@few(30)
@given(cases())
def test_a_matter_may_have_any_name(case: dict[str, Any]) -> None:
    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return 'the "Žižkov" text; x(Y) :- not z.' if value == "a matter" else value

    assert ask(renamed(case)) == renamed(ask(case))


# -- time goes one way ---------------------------------------------------------------------------------------


@few(60)
@given(st.data())
def test_what_has_come_about_stays_while_nobody_acts(data: st.DataObject) -> None:
    case = data.draw(cases())
    case["as_of"] = last_day(case)
    then, now = (
        ask(case)["outcome"],
        ask({**case, "as_of": later(case["as_of"], data.draw(st.integers(1, 800)))})["outcome"],
    )
    if then in ("adopted", "held", "lifted"):
        assert now == then
    if then == "withdrawn":
        # the whole may still end for the others
        assert now in ("withdrawn", "terminated")
    institution = known().institutions[case["institution"]]
    restores = any(clock.then == "apply" for clock in institution.clocks)
    still_to_come = restores or any(f["type"] == "set_silence" for f in case["facts"])
    if then == "terminated" and not still_to_come:
        assert now == "terminated"


@few(40)
@given(st.data())
def test_a_clock_that_ran_out_stays_run_out(data: st.DataObject) -> None:
    """A notice that took effect isn't undone by its author's second thoughts."""
    institution = data.draw(st.sampled_from([i for i in ids() if leaving(i)]))
    clock = leaving(institution)[0]
    giver = data.draw(st.sampled_from(members(institution)))
    day = data.draw(days(institution))
    notice = {"date": day, "type": "notify", "by": [giver], "object": clock.object}
    question = {"kind": "status", "object": clock.text, "party": giver}
    case = {"institution": institution, "ask": question, "facts": [notice], "as_of": later(day, 1500)}
    gone = ask(case)
    if gone["outcome"] not in ("withdrawn", "terminated"):
        return
    regret = {**notice, "type": "suspend_notice", "date": later(gone["effective"], data.draw(st.integers(1, 300)))}
    assert ask({**case, "facts": [notice, regret]})["outcome"] == gone["outcome"]


def leaving(institution: str) -> list[Any]:
    return [clock for clock in known().institutions[institution].clocks if clock.then == "leave"]


# -- votes and objections ------------------------------------------------------------------------------------


@few(30)
@given(st.data())
def test_one_more_objection_never_frees_what_is_blocked(data: st.DataObject) -> None:
    institution = data.draw(st.sampled_from(with_decision(Consensus)))
    types = ("decide", "object", "lift", "abstain", "set_silence", "extend", "vote")
    facts = data.draw(st.lists(fact(institution, types), max_size=6))
    facts.insert(0, {"date": data.draw(days(institution)), "type": "object", "by": [members(institution)[0]]})
    for told in facts:
        told["object"] = "a matter"
    question = {"kind": "decision", "object": "a matter", "party": None}
    case = {"institution": institution, "ask": question, "facts": facts, "as_of": data.draw(days(institution))}
    objector = data.draw(st.sampled_from(members(institution)))
    objection = {"date": data.draw(days(institution)), "type": "object", "by": [objector], "object": "a matter"}
    place = data.draw(st.integers(0, len(facts)))
    more = {**case, "facts": [*facts[:place], objection, *facts[place:]]}
    if ask(case)["outcome"] == "blocked":
        assert ask(more)["outcome"] == "blocked"


def vote(institution: str, **cast: Any) -> dict[str, Any]:
    body = known().institutions[institution].bodies[0].id
    told = {"date": era(institution).isoformat(), "type": "vote", "by": [body], "object": "a text", **cast}
    question = {"kind": "decision", "object": "a text", "party": None}
    return {"institution": institution, "ask": question, "facts": [told], "as_of": told["date"]}


@pytest.mark.parametrize("institution", with_decision(Threshold, Majority, Qualified, Consensus))
def test_a_yes_that_turns_into_a_no_never_helps(institution: str) -> None:
    group = known().institutions[institution].bodies[0].members
    assert group is not None
    everybody = sorted(known().membership(institution, group).on(era(institution).isoformat()))

    @few(6)
    @given(st.permutations(everybody), st.integers(1, len(everybody)), st.data())
    def holds(voters: list[str], yes: int, data: st.DataObject) -> None:
        no = data.draw(st.integers(yes, len(voters)))
        more = {"majority": "two_thirds"} if data.draw(st.booleans()) else {}
        for_, against, rest = voters[:yes], voters[yes:no], voters[no:]
        before = ask(vote(institution, yes=for_, no=against, abstain=rest, **more))["outcome"]
        after = ask(vote(institution, yes=for_[1:], no=[for_[0], *against], abstain=rest, **more))["outcome"]
        assert RANK[after] <= RANK[before]
        shy = ask(vote(institution, yes=for_[1:], no=against, abstain=[for_[0], *rest], **more))["outcome"]
        if not isinstance(known().institutions[institution].bodies[0].decision, Consensus):
            assert RANK[shy] <= RANK[before]

    holds()


@few(60)
@given(
    st.permutations(sorted(known().membership("UNSC", "council").on(era("UNSC").isoformat()))),
    st.integers(0, 15),
    st.data(),
)
def test_who_abstains_or_stays_away_never_vetoes(voters: list[str], yes: int, data: st.DataObject) -> None:
    permanent = {"CHN", "FRA", "GBR", "RUS", "USA"}
    no = [v for v in voters[yes:] if v not in permanent and data.draw(st.booleans())]
    rest = [v for v in voters[yes:] if v not in no]
    cut = data.draw(st.integers(0, len(rest)))
    answer = ask(vote("UNSC", yes=voters[:yes], no=no, abstain=rest[:cut], absent=rest[cut:]))
    assert answer["outcome"] == ("adopted" if yes >= 9 else "not_adopted")
    assert answer["blocked_by"] == []


@few(60)
@given(st.data())
def test_a_veto_needs_a_no_of_a_permanent_member_and_enough_yes(data: st.DataObject) -> None:
    told = data.draw(ballots("UNSC"))
    answer = ask(vote("UNSC", **{k: v for k, v in told.items() if k != "by"}))
    blockers = set(answer["blocked_by"] or [])
    assert blockers <= set(told.get("no", [])) & {"CHN", "FRA", "GBR", "RUS", "USA"}
    assert bool(blockers) == (answer["outcome"] == "blocked")
    if blockers:
        assert answer["tally"][0] >= answer["needed"]
        assert not told.get("procedural")
