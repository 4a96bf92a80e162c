"""A question with its facts: read, checked, put in order.

The form is the closed vocabulary of ``docs/institutions.md``: moves with their day, never results. What can't be used is
said in ``problems`` and left aside; the rest is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapporteur.errors import CaseError
from rapporteur.institutions import times
from rapporteur.knowledge.case_words import FACT_TYPES, KINDS

_LISTS = ("yes", "no", "abstain", "absent", "sponsors")
_TIMES = ("until", "deadline")
_NUMBERS = ("yes_population_pct", "no_population_pct", "population_pct", "participating", "not_voting", "council_size")
MOST_FACTS = 500


@dataclass(frozen=True, slots=True)
class Fact:
    """One move.

    Attributes:
        index: its place in the list that was given, from 0.
        time: ``times``.
        type, by, object: as in the vocabulary; ``by`` who acts.
        more: its further fields, checked; ``until`` and ``deadline`` as times.
        supposed: not told but supposed (``--what-if``).
        source: where in a ledger it comes from, if it does.
    """

    index: int
    time: int
    type: str
    by: tuple[str, ...]
    object: str
    event: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    supposed: bool = False
    source: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a fact, and what was done about it; ``facts`` are indices. ``rule``: the rule that it offends."""

    text: str
    facts: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One question. ``facts`` are those that had happened by ``as_of``, in order; ``told`` all that could be read."""

    id: str
    institution: str
    kind: str
    object: str
    party: str | None
    as_of: int
    facts: tuple[Fact, ...]
    told: tuple[Fact, ...]
    problems: tuple[Problem, ...] = ()


def read_case(case: Mapping[str, Any], institutions: Iterable[str]) -> Case:
    """Check a case and order its facts.

    Raises:
        CaseError: it can't be answered at all: no such institution, nothing asked, no day.
    """
    name = str(case.get("id") or "case")
    institution = case.get("institution")
    known = sorted(institutions)
    if institution not in known:
        raise CaseError(name, f"no institution {_shown(institution)}; known: {', '.join(known)}")
    ask = case.get("ask")
    if not isinstance(ask, Mapping) or ask.get("kind") not in KINDS:
        raise CaseError(name, f"`ask.kind` must be one of {', '.join(KINDS)}")
    target, party = ask.get("object"), ask.get("party")
    if not isinstance(target, str) or not target.strip():
        raise CaseError(name, "`ask.object` must name what is asked about")
    if party is not None and (not isinstance(party, str) or not party):
        raise CaseError(name, "`ask.party` must be a code such as FRA, or null")
    as_of = _as_of(name, case.get("as_of"))
    told, problems = read_facts(case.get("facts"), name)
    return Case(
        id=name,
        institution=str(institution),
        kind=str(ask["kind"]),
        object=target,
        party=party,
        as_of=as_of,
        facts=tuple(fact for fact in told if times.not_after(fact.time, as_of)),
        told=told,
        problems=problems,
    )


def _as_of(name: str, value: Any) -> int:
    try:
        return times.parse(str(value))
    except ValueError:
        raise CaseError(name, f"`as_of` {_shown(value)} is no day; write 2025-01-31 or 2025-01-31T09:00:00Z") from None


def read_facts(given: Any, name: str = "case") -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    """The facts in the order in which they happened, and what is wrong with others.

    Raises:
        CaseError: it is no list, or longer than ``MOST_FACTS``.
    """
    if not isinstance(given, list | tuple):
        raise CaseError(name, "`facts` must be a list of moves; it may be empty")
    if len(given) > MOST_FACTS:
        raise CaseError(name, f"{len(given)} facts; at most {MOST_FACTS} can be weighed at once")
    facts, problems = [], []
    for index, item in enumerate(given):
        read = _fact(index, item)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            facts.append(read)
    return in_order(facts), tuple(problems)


def _fact(index: int, item: Any) -> Fact | Problem:
    problem = _wrong(index, item)
    if problem is not None:
        return Problem(f"fact {index + 1}: {problem}; it is left aside", (index,))
    more: dict[str, Any] = {}
    for key, value in item.items():
        if key in ("date", "type", "by", "object", "event", "source", "supposed"):
            continue
        more[key] = times.OPEN if key in _TIMES and value is None else times.parse(value) if key in _TIMES else value
    return Fact(
        index=index,
        time=times.parse(item["date"]),
        type=item["type"],
        by=tuple(item["by"]),
        object=item["object"],
        event=str(item.get("event") or ""),
        more=more,
        supposed=bool(item.get("supposed")),
        source=item.get("source") if isinstance(item.get("source"), Mapping) else None,
    )


def _wrong(index: int, item: Any) -> str | None:
    """What makes a fact unusable."""
    if not isinstance(item, Mapping):
        return "no object with date, type, by and object"
    if item.get("type") not in FACT_TYPES:
        return f"unknown type {_shown(item.get('type'))}; known: {', '.join(FACT_TYPES)}"
    if not _is_time(item.get("date")):
        return f"`date` {_shown(item.get('date'))} is no day, month or instant in UTC"
    by = item.get("by")
    if not isinstance(by, list | tuple) or not by or not all(isinstance(b, str) and b for b in by):
        return "`by` must be a list of those who act"
    if not isinstance(item.get("object"), str) or not item["object"]:
        return "`object` must name what it is about"
    return next(filter(None, (_wrong_field(key, item[key]) for key in item)), None)


def _wrong_field(key: str, value: Any) -> str | None:
    if key in _TIMES and value is not None and not _is_time(value):
        return f"`{key}` {_shown(value)} is no day or instant in UTC"
    if key in _LISTS and not (isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)):
        return f"`{key}` must be a list of codes"
    if key in _NUMBERS and value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
        return f"`{key}` {_shown(value)} must be a number of 0 or more"
    whole = isinstance(value, list | tuple) and all(isinstance(v, int) and not isinstance(v, bool) and v >= 0 for v in value)
    if key == "tally" and not (whole and len(value) == 3):
        return "`tally` must be three whole numbers: Yes, No, abstentions"
    if key in ("renews", "stops", "name") and not isinstance(value, str):
        return f"`{key}` must be a text"
    return None


def _is_time(value: Any) -> bool:
    try:
        times.parse(value)
    except (ValueError, TypeError):
        return False
    return True


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """By day, facts of one day in the order of the list; those with an hour change places among themselves by it."""
    days: dict[Any, list[Fact]] = {}
    for fact in facts:
        days.setdefault(times.day_of(fact.time), []).append(fact)
    ordered: list[Fact] = []
    for day in sorted(days):
        timed = iter(sorted((f for f in days[day] if times.has_hour(f.time)), key=lambda f: f.time))
        ordered += [next(timed) if times.has_hour(fact.time) else fact for fact in days[day]]
    return tuple(ordered)


def _shown(value: Any) -> str:
    text = str(value)
    return f"`{text[:60]}`"
