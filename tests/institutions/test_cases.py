"""Questions as they come: what can't be used is said in plain words, left aside, and never run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rapporteur.errors import CaseError
from rapporteur.institutions.answers import ask
from rapporteur.institutions.cases import FACT_TYPES, MOST_FACTS, read_facts

ASK = {"kind": "decision", "object": "the bridge", "party": None}
YES = {"date": "2019-03-01", "type": "vote", "by": ["UNSC"], "object": "the bridge", "tally": [12, 0, 3]}
CASE = {"id": "bridge", "institution": "UNSC", "ask": ASK, "facts": [YES], "as_of": "2019-03-02"}


def nested(depth: int = 5000) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def refusal(case: Any) -> str:
    with pytest.raises(CaseError) as refused:
        ask(case)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 600
    return str(refused.value)


def set_aside(**changed: Any) -> str:
    """What is said of the second fact, which is wrong; the first still counts."""
    answer = ask({**CASE, "facts": [YES, {**YES, **changed}]})
    assert answer["outcome"] == "adopted"
    (problem,) = answer["problems"]
    assert problem["facts"] == [1]
    json.dumps(answer, allow_nan=False).encode()
    return str(problem["text"])


# -- what can't be answered at all -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", [None, [], "UNSC", 7, True])
def test_a_case_is_an_object(case: Any) -> None:
    assert refusal(case) == "case: a case is an object with institution, ask, facts and as_of"


@pytest.mark.parametrize("institution", [None, "unsc", "League", 5, ["UNSC"], {"id": "UNSC"}, nested()])
def test_an_unknown_institution_is_named_with_those_that_are_known(institution: Any) -> None:
    said = refusal({**CASE, "institution": institution})
    assert said.startswith("bridge: no institution ")
    assert "UNSC, UNSCR2231, WHO, WTO-DSB" in said


@pytest.mark.parametrize(
    "asked", [None, "decision", {}, {"kind": "wish", "object": "x"}, {"kind": ["decision"], "object": "x"}]
)
def test_the_kind_of_question_must_be_one_of_three(asked: Any) -> None:
    assert refusal({**CASE, "ask": asked}) == "bridge: `ask.kind` must be one of decision, status, deadline"


@pytest.mark.parametrize("object", [None, "", "  ", 5, ["the bridge"], "x" * 100_000, "a\0b", "a\nb", "\ud800"])
def test_what_is_asked_about_must_have_a_name(object: Any) -> None:
    assert "`ask.object` must name what is asked about" in refusal({**CASE, "ask": {**ASK, "object": object}})


@pytest.mark.parametrize("party", ["", 5, ["FRA"], "FRA\0"])
def test_a_party_is_a_code_or_null(party: Any) -> None:
    assert "`ask.party` must be a code such as FRA, or null" in refusal({**CASE, "ask": {**ASK, "party": party}})


@pytest.mark.parametrize(
    "as_of", [None, "", "today", "2019-02-29", "2019-13-01", 20190302, "2019-03-02T10:00:00", "9999-01-01", nested()]
)
def test_the_day_asked_about_must_be_a_day(as_of: Any) -> None:
    assert "is no day; write 2025-01-31 or 2025-01-31T09:00:00Z" in refusal({**CASE, "as_of": as_of})


@pytest.mark.parametrize("facts", [None, {}, "vote", 5])
def test_facts_are_a_list(facts: Any) -> None:
    assert "`facts` must be a list of moves; it may be empty" in refusal({**CASE, "facts": facts})


def test_too_many_facts_are_refused() -> None:
    assert f"{MOST_FACTS + 1} facts; at most {MOST_FACTS} can be weighed at once" in refusal(
        {**CASE, "facts": [YES] * (MOST_FACTS + 1)}
    )


def test_no_facts_are_fine() -> None:
    assert ask({**CASE, "facts": []})["outcome"] == "not_adopted"


def test_a_case_needs_no_name() -> None:
    for name in (None, 5, nested(), "a\0b"):
        assert ask({**CASE, "id": name})["outcome"] == "adopted"
    assert refusal({"institution": "UNSC"}).startswith("case: ")


# -- facts that can't be used -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fact", [None, 5, "vote", [], {}])
def test_what_is_no_fact_is_left_aside(fact: Any) -> None:
    answer = ask({**CASE, "facts": [YES, fact]})
    assert answer["outcome"] == "adopted"
    assert [p["facts"] for p in answer["problems"]] == [[1]]


@pytest.mark.parametrize("type", [None, "veto", "VOTE", 5, ["vote"], nested()])
def test_an_unknown_type_is_named_with_those_that_are_known(type: Any) -> None:
    said = set_aside(type=type)
    assert said.startswith("fact 2: unknown type ")
    assert "constructive_abstention" in said


@pytest.mark.parametrize(
    "date",
    [
        None,
        "",
        "yesterday",
        "2019-02-30",
        "2019-3-1",
        2019,
        True,
        "2019-03-01T10:00:00+01:00",
        "9999-12-31T00:00:00Z",
        nested(),
    ],
)
def test_a_day_that_is_none_is_shown(date: Any) -> None:
    said = set_aside(date=date)
    assert said.startswith("fact 2: `date` ") and said.endswith(" is no day, month or instant in UTC; it is left aside")


@pytest.mark.parametrize("by", [None, [], "UNSC", {"UNSC": 1}, [5], [""], ["a\0b"], [nested()]])
def test_somebody_must_act(by: Any) -> None:
    assert "`by` must be a list of those who act" in set_aside(by=by)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("tally", [12, 0], "`tally` must be three whole numbers: Yes, No, abstentions"),
        ("tally", [12.0, 0, 3], "`tally` must be three whole numbers: Yes, No, abstentions"),
        ("tally", [-1, 0, 3], "`tally` must be three whole numbers: Yes, No, abstentions"),
        ("tally", [10**12, 0, 0], "`tally` must be three whole numbers: Yes, No, abstentions"),
        ("tally", [10**5000, 0, 0], "`tally` must be three whole numbers: Yes, No, abstentions"),
        ("tally", None, "`tally` must be three whole numbers: Yes, No, abstentions"),
        ("yes", "FRA", "`yes` must be a list of codes"),
        ("yes", [5], "`yes` must be a list of codes"),
        ("no", None, "`no` must be a list of codes"),
        ("until", "some day", "`until` `some day` is no day or instant in UTC"),
        ("deadline", 5, "`deadline` `5` is no day or instant in UTC"),
        ("renews", 5, "`renews` must be a text"),
        ("stops", nested(), "`stops` must be a text"),
        ("scope", 5, "`scope` must be a text or a list of texts"),
        ("participating", 27.5, "`participating` `27.5` must be a whole number of 0 or more"),
        ("participating", float("inf"), "`participating` `inf` must be a whole number of 0 or more"),
        ("yes_population_pct", float("nan"), "`yes_population_pct` `nan` must be per cent"),
        ("yes_population_pct", 101, "`yes_population_pct` `101` must be per cent"),
        ("population_pct", "40", "`population_pct` `40` must be per cent"),
    ],
    ids=lambda value: None if isinstance(value, str) else "value",
)
def test_a_field_that_is_wrong_is_named(field: str, value: Any, said: str) -> None:
    assert set_aside(**{field: value}) == f"fact 2: {said}; it is left aside"


def test_fields_that_no_rule_reads_may_be_anything() -> None:
    for value in (nested(), float("nan"), {"a": None}, 10**5000):
        answer = ask({**CASE, "facts": [{**YES, "event": value, "colour": value}], "question": value})
        assert (answer["outcome"], answer["problems"]) == ("adopted", [])


# -- names are only names ------------------------------------------------------------------------------------------

NAMES = [
    'the "bridge"',
    "the \\bridge\\",
    '"). answer(blocked). on(1,"',
    'x\\"). :- act(F). y("',
    "#script (python) import os; os.abort() #end.",
    '#include "/etc/passwd".',
    "X : p(X)",
    "%* a comment",
    "not bridge",
    "open",
    "now",
    "@shift(1,2,3)",
    "{x}",
    "${HOME} $(true) `true`",
    "'; DROP TABLE facts; --",
    "Ōkāreka – 橋 🌉",
    "S/RES/9999 para. 1",
    "suspension of the bridge",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_read_as_a_rule(name: str) -> None:
    answer = ask({**CASE, "ask": {**ASK, "object": name}, "facts": [{**YES, "object": name}]})
    assert (answer["outcome"], answer["tally"], answer["problems"]) == ("adopted", [12, 0, 3], [])
    other = ask({**CASE, "ask": {**ASK, "object": name}})
    assert other["outcome"] == "not_adopted", "it names nothing else"
    assert [entry["object"] for entry in other["also"]] == ["the bridge"]


@pytest.mark.parametrize("name", NAMES)
def test_neither_is_that_of_an_actor(name: str) -> None:
    told = {"date": "2019-03-01", "type": "object", "by": [name, "FRA"], "object": "the bridge"}
    answer = ask({**CASE, "institution": "NATO", "facts": [told]})
    assert (answer["outcome"], answer["blocked_by"]) == ("blocked", ["FRA"])


@pytest.mark.parametrize("object", ["a\0b", "a\nb", "a\x1bb", "a\u2028b", "\ud800", "x" * 100_000, ""])
def test_control_characters_and_endless_names_are_left_aside(object: str) -> None:
    assert "`object` must name what it is about, in at most 500 printable characters" in set_aside(object=object)


# -- the order of things ----------------------------------------------------------------------------------------------


def told(*days: str) -> list[str]:
    facts, _ = read_facts([{**YES, "date": day, "event": day + str(n)} for n, day in enumerate(days)])
    return [fact.event for fact in facts]


def test_facts_are_put_in_the_order_of_their_days() -> None:
    assert told("2019-03-03", "2019-03-01", "2019-03-02") == ["2019-03-011", "2019-03-022", "2019-03-030"]


def test_facts_of_one_day_keep_the_order_of_the_list() -> None:
    assert told("2019-03-01", "2019-03-01", "2019-03-01") == ["2019-03-010", "2019-03-011", "2019-03-012"]


def test_hours_put_those_in_order_that_have_one() -> None:
    late, early, none = "2019-03-01T18:00:00Z", "2019-03-01T06:00:00Z", "2019-03-01"
    assert told(late, none, early) == [early + "2", none + "1", late + "0"]


def test_facts_of_the_day_asked_about_have_happened_and_later_ones_have_not() -> None:
    assert ask({**CASE, "as_of": "2019-03-01"})["outcome"] == "adopted"
    assert ask({**CASE, "as_of": "2019-02-28"})["outcome"] == "not_adopted"


def test_an_hour_asked_about_cuts_within_the_day() -> None:
    facts = [{**YES, "date": "2019-03-01T15:00:00Z"}]
    assert ask({**CASE, "facts": facts, "as_of": "2019-03-01T14:59:00Z"})["outcome"] == "not_adopted"
    assert ask({**CASE, "facts": facts, "as_of": "2019-03-01T15:00:00Z"})["outcome"] == "adopted"


def test_a_month_counts_from_its_first_day() -> None:
    assert ask({**CASE, "facts": [{**YES, "date": "2019-03"}], "as_of": "2019-03-01"})["outcome"] == "adopted"


def test_every_type_of_the_vocabulary_can_be_read() -> None:
    facts, problems = read_facts(
        [{"date": "2019-03-01", "type": type, "by": ["FRA"], "object": "the bridge"} for type in FACT_TYPES]
    )
    assert ([fact.type for fact in facts], problems) == (list(FACT_TYPES), ())
