"""Whatever is given: an answer that can be written down, or one clear line."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import CaseError
from rapporteur.institutions.answers import ask
from tests.institutions.made import cases, fact, few, ids, later

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(("2019-08-31", "EU", "vote"))
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def asked_anyhow(case: Any) -> None:
    """An answer that can be written down, or a ``CaseError`` of one line; nothing else."""
    try:
        json.dumps(ask(case), allow_nan=False).encode()
    except CaseError as error:
        assert "\n" not in str(error)


@few(60)
@given(ANYTHING)
def test_anything_may_be_asked(case: Any) -> None:
    asked_anyhow(case)


@few(100)
@given(st.data())
def test_a_broken_case_is_answered_or_refused_in_one_line(data: st.DataObject) -> None:
    case = data.draw(cases(most=4))
    place = data.draw(st.sampled_from([case, case["ask"], *case["facts"], *case["facts"]]))
    fields = (
        *place,
        "until",
        "deadline",
        "tally",
        "yes",
        "scope",
        "participating",
        "yes_population_pct",
        "population_pct",
        "name",
    )
    place[data.draw(st.sampled_from(fields))] = data.draw(ANYTHING)
    asked_anyhow(case)


@few(40)
@given(st.sampled_from(ids()), st.text(min_size=1, max_size=30), st.data())
def test_names_of_objects_are_only_names(institution: str, name: str, data: st.DataObject) -> None:
    """Nothing in a name is understood as a rule."""
    told = data.draw(fact(institution))
    told |= {"object": name}
    question = {"kind": "status", "object": name, "party": None}
    asked_anyhow({"institution": institution, "ask": question, "facts": [told], "as_of": later(told["date"], 3)})
