"""Made cases: any institution, any move, days near one another so that clocks, silences and terms meet."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from rapporteur.institutions.cases import FACT_TYPES, KINDS
from rapporteur.knowledge.institutions import Catalogue, Institution, catalogue

#: Days around which an institution's cases are set, where its objects were there and its members known.
ERAS = {
    "IAEA-Board": "2022-06-08",
    "UNSCR2231": "2015-07-20",
    "JCPOA": "2016-01-01",
    "INF": "2018-01-01",
    "ABM": "2000-02-29",
    "NewSTART": "2020-06-01",
}
OUTSIDERS = ("ZZZ", "USA-parliament")


def few(examples: int) -> settings:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=checks)


def later(day: str, number: int) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(days=number)).isoformat()


@functools.cache
def known() -> Catalogue:
    return catalogue()


def ids() -> list[str]:
    return sorted(known().institutions)


@functools.cache
def era(institution: str) -> date:
    return date.fromisoformat(ERAS.get(institution, "2019-08-31"))


@functools.cache
def members(institution: str) -> tuple[str, ...]:
    """Some who belong to the institution's bodies and texts in its era; those with a say of their own first."""
    home = known().institutions[institution]
    owners = [home, *(known().institutions[id] for id in home.uses)]
    day = era(institution).isoformat()
    found: list[str] = []
    for owner in owners:
        wanted = [body.decision.veto for body in owner.bodies if hasattr(body.decision, "veto")]
        wanted += [
            group
            for part in (*owner.bodies, *owner.texts)
            if (group := getattr(part, "parties", None) or getattr(part, "members", None))
        ]
        for group in wanted:
            found += sorted(known().membership(owner.id, group).on(day))[:5]
        found += [member for text in owner.texts for side in text.sides for member in side]
    return tuple(dict.fromkeys(found))


@functools.cache
def bodies(institution: str) -> tuple[str, ...]:
    home = known().institutions[institution]
    owners = [home, *(known().institutions[id] for id in home.uses)]
    found = [name for owner in owners for body in owner.bodies for name in _speakers(body)]
    found += [by for clock in home.clocks if clock.extension for by in clock.extension.by]
    return tuple(dict.fromkeys(found))


def _speakers(body: Any) -> list[str]:
    silence = list(body.silence.by) if body.silence else []
    return [body.id, *silence, *(body.chair.by if body.chair else ())]


@functools.cache
def objects(institution: str) -> tuple[str, ...]:
    """What can be asked about: texts, procedures, what brings a clock forward, a suspension, and matters of the day."""
    home: Institution = known().institutions[institution]
    found = [text.id for text in home.texts] + [clock.object for clock in home.clocks]
    found += [clock.sooner.object for clock in home.clocks if clock.sooner]
    found += [clock.chain for clock in home.clocks if clock.chain]
    found += [f"suspension of {text.id}" for text in home.texts if text.suspend]
    return (*found, "a matter", "another matter")


@st.composite
def days(draw: st.DrawFn, institution: str) -> str:
    """A day of the era; often one that lies a whole term of a clock after another, or a day beside it."""
    start = era(institution)
    near = st.integers(0, 40)
    terms = st.sampled_from((0, 10, 15, 30, 31, 61, 90, 91, 92, 150, 181, 182, 184, 365, 366, 730, 731, 1826))
    return (start + timedelta(days=draw(near) + draw(terms) + draw(st.integers(-1, 1)))).isoformat()


@st.composite
def moments(draw: st.DrawFn, institution: str) -> str:
    """A day, or an instant."""
    day = draw(days(institution))
    return day + draw(st.sampled_from(("", "", "", "T00:00:00Z", "T12:00:00Z", "T23:59:00Z")))


@st.composite
def fact(draw: st.DrawFn, institution: str, types: tuple[str, ...] = FACT_TYPES) -> dict[str, Any]:
    """Any move, with the fields that its type may have."""
    kind = draw(st.sampled_from(types))
    people = (*members(institution), *OUTSIDERS)
    who = st.sampled_from((*people, *bodies(institution)))
    made: dict[str, Any] = {
        "date": draw(moments(institution)),
        "type": kind,
        "by": draw(st.lists(who, min_size=1, max_size=3, unique=True)),
        "object": draw(st.sampled_from(objects(institution))),
        "event": "made",
    }
    ends = st.none() | days(institution)
    if kind in ("adopt", "enter_into_force", "extend", "vote") and draw(st.booleans()):
        made["until"] = draw(ends)
    if kind == "set_silence":
        made["deadline"] = draw(moments(institution))
    if kind == "lift" and draw(st.booleans()):
        made["scope"] = ["one part"]
    if kind == "milestone":
        names = [day.name for day in known().institutions[institution].days]
        made["name"] = draw(st.sampled_from((*names, "armed conflict", "end of armed conflict")))
    if kind == "constructive_abstention" and draw(st.booleans()):
        made["population_pct"] = draw(st.integers(1, 40))
    if kind == "vote":
        made.update(draw(ballots(institution)))
        for key in ("renews", "stops"):
            if draw(st.integers(0, 3)) == 0:
                made[key] = draw(st.sampled_from(objects(institution)))
    return made


@st.composite
def ballots(draw: st.DrawFn, institution: str) -> dict[str, Any]:
    """Who voted how: by name, by number, or both."""
    body = next(iter(bodies(institution)), None)
    voters = draw(st.permutations(members(institution))) if body else []
    cut, end = sorted((draw(st.integers(0, len(voters))), draw(st.integers(0, len(voters)))))
    named = {"yes": voters[:cut], "no": voters[cut:end], "abstain": voters[end:]}
    made: dict[str, Any] = {"by": [body]} if body else {}
    if draw(st.booleans()):
        made |= named
    if draw(st.booleans()):
        made["tally"] = [len(named[key]) + draw(st.integers(0, 8)) for key in ("yes", "no", "abstain")]
    if draw(st.booleans()):
        made |= {"participating": draw(st.integers(0, 28)), "yes_population_pct": draw(st.integers(0, 100))}
    if draw(st.booleans()):
        made["procedural"] = draw(st.booleans())
    if draw(st.booleans()):
        made["majority"] = "two_thirds"
    return made


@st.composite
def cases(draw: st.DrawFn, institution: str | None = None, *, most: int = 7) -> dict[str, Any]:
    """Any question on any moves."""
    chosen = institution or draw(st.sampled_from(ids()))
    told = draw(st.lists(fact(chosen), max_size=most))
    asked = {
        "kind": draw(st.sampled_from(KINDS)),
        "object": draw(st.sampled_from(objects(chosen))),
        "party": draw(st.none() | st.sampled_from((*members(chosen), *OUTSIDERS))),
    }
    return {"id": "made", "institution": chosen, "ask": asked, "facts": told, "as_of": draw(moments(chosen))}
