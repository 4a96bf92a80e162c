"""A question with its facts: read, checked, put in order.

The form is the closed vocabulary of ``docs/institutions.md``: moves with their day, never results. What can't be
used is said in ``problems`` and left aside; the rest is answered.
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
_SHARES = ("yes_population_pct", "no_population_pct", "population_pct")
_COUNTS = ("participating", "not_voting", "council_size")
_MOST_VOTES = 10_000
MOST_FACTS = 500
LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Fact:
    """One move.

    Attributes:
        index: its place in the list that was given, from 0.
        time: ``times``.
        type, by, object: as in the vocabulary; ``by`` who acts.
        more: its further fields, checked; ``until`` and ``deadline`` as times.
        precision: of the date as told: ``day``, ``month`` or ``year``; an instant counts as a day.
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
    precision: str = "day"
    supposed: bool = False
    source: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a fact, and what was done about it; ``facts`` are indices, ``rule`` is the one it offends."""

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
    if not isinstance(case, Mapping):
        raise CaseError("case", "a case is an object with institution, ask, facts and as_of")
    name = case["id"] if _is_name(case.get("id")) else "case"
    institution = case.get("institution")
    known = sorted(institutions)
    if not isinstance(institution, str) or institution not in known:
        raise CaseError(name, f"no institution {_shown(institution)}; known: {', '.join(known)}")
    ask = case.get("ask")
    if not isinstance(ask, Mapping) or not isinstance(ask.get("kind"), str) or ask["kind"] not in KINDS:
        raise CaseError(name, f"`ask.kind` must be one of {', '.join(KINDS)}")
    target, party = ask.get("object"), ask.get("party")
    if not isinstance(target, str) or not _is_name(target):
        raise CaseError(name, "`ask.object` must name what is asked about, in at most 500 printable characters")
    if party is not None and not _is_name(party):
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
        return times.parse(value)
    except (ValueError, TypeError, AttributeError, OverflowError):
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
        event=item["event"] if isinstance(item.get("event"), str) else "",
        more=more,
        precision={4: "year", 7: "month"}.get(len(item["date"]), "day"),
        supposed=bool(item.get("supposed")),
        source=item.get("source") if isinstance(item.get("source"), Mapping) else None,
    )


def _wrong(index: int, item: Any) -> str | None:
    """What makes a fact unusable."""
    if not isinstance(item, Mapping):
        return "no object with date, type, by and object"
    if not isinstance(item.get("type"), str) or item["type"] not in FACT_TYPES:
        return f"unknown type {_shown(item.get('type'))}; known: {', '.join(FACT_TYPES)}"
    if not _is_time(item.get("date")):
        return f"`date` {_shown(item.get('date'))} is no day, month or instant in UTC"
    by = item.get("by")
    if not by or not _are_names(by):
        return "`by` must be a list of those who act"
    if not _is_name(item.get("object")):
        return "`object` must name what it is about, in at most 500 printable characters"
    return next(filter(None, (_wrong_field(str(key), item[key]) for key in item)), None)


def _wrong_field(key: str, value: Any) -> str | None:
    if key in _TIMES and value is not None and not _is_time(value):
        return f"`{key}` {_shown(value)} is no day or instant in UTC"
    if key in _LISTS and not _are_names(value):
        return f"`{key}` must be a list of codes"
    if key in _SHARES and value is not None and not _is_number(value, most=100):
        return f"`{key}` {_shown(value)} must be per cent"
    if key in _COUNTS and value is not None and not _is_count(value):
        return f"`{key}` {_shown(value)} must be a whole number of 0 or more"
    if key == "tally" and not (isinstance(value, list | tuple) and len(value) == 3 and all(map(_is_count, value))):
        return "`tally` must be three whole numbers: Yes, No, abstentions"
    if key in ("renews", "stops", "name") and not _is_name(value):
        return f"`{key}` must be a text"
    if key == "scope" and not (_is_name(value) or _are_names(value)):
        return "`scope` must be a text or a list of texts"
    return None


def _is_name(value: Any) -> bool:
    """A text that can stand for something: not empty, not endless, without control characters or half characters."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable() and bool(value.strip())


def _are_names(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) <= MOST_FACTS and all(map(_is_name, value))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and _is_number(value, most=_MOST_VOTES)


def _is_number(value: Any, most: int) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value <= most


def _is_time(value: Any) -> bool:
    try:
        times.parse(value)
    except (ValueError, TypeError, AttributeError, OverflowError):
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
    """A value as a message shows it: short, on one line; of what holds others only the kind."""
    if value is not None and not isinstance(value, str | int | float):
        return f"a {type(value).__name__}"
    text = str(value) if not isinstance(value, int) or abs(value) < 10**18 else "a huge number"
    return "`" + "".join(c if c.isprintable() else "?" for c in text[:60]) + "`"
