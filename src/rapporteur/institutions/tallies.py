"""A vote, counted: who may vote, what was cast, what is needed; and what doesn't fit in what was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapporteur.institutions import times
from rapporteur.institutions.cases import Fact, Problem
from rapporteur.institutions.houses import House, population
from rapporteur.knowledge.institutions import Body, Institution, Majority, Qualified, Threshold

_CAST = ("yes", "no", "abstain")


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote as it counts.

    Attributes:
        yes, no, abstained: counts; ``voted_no``, ``abstainers``, ``absent``: names, where told.
        needed_yes: of a threshold; ``seats``: of the body.
        participating, population_for, population_against: of a qualified majority; shares in hundredths of a per cent.
    """

    yes: int
    no: int
    abstained: int
    voted_no: tuple[str, ...]
    abstainers: tuple[str, ...]
    absent: tuple[str, ...]
    veto_holders: tuple[str, ...]
    needed_yes: int | None
    seats: int | None
    procedural: bool
    two_thirds: bool
    participating: int
    all_take_part: bool
    population_for: int
    population_against: int
    problems: tuple[Problem, ...]

    @property
    def vetoes(self) -> tuple[str, ...]:
        """Those whose No would be a veto."""
        return () if self.procedural else tuple(m for m in self.voted_no if m in self.veto_holders)


def count(fact: Fact, body: Body, owner: Institution, home: House) -> Ballot:
    """Count a vote of ``body``; ``owner`` is the institution whose groups the body's are."""
    day = str(times.day_text(fact.time))
    members = home.members(owner, body.members, day)
    names, problems = _names(fact, body, f"{owner.id}.{body.decision.rule}", home, members, day)
    tally = _tally(fact, names, problems)
    decision = body.decision
    veto: set[str] = set()
    needed = seats = None
    if isinstance(decision, Threshold):
        permanent = home.members(owner, decision.veto, day) or set()
        veto = {voter for key in names for voter in names[key] if home.among(voter, permanent)}
        row = next(n for n in decision.needed if n.until is None or day <= n.until)
        size = fact.more.get("council_size")
        row = next((n for n in decision.needed if n.of == size), row)
        needed, seats = row.yes, row.of
    participating, everybody = _participating(fact, members)
    for_, against = _populations(fact, names, members, home.catalogue.populations.get(owner.id, {}), decision)
    if seats is not None and sum(tally) > seats:
        problems.append(
            Problem(f"{sum(tally)} votes are told, of {seats} seats; they are counted as told", (fact.index,))
        )
    return Ballot(
        yes=tally[0],
        no=tally[1],
        abstained=tally[2],
        voted_no=tuple(names["no"]),
        abstainers=tuple(names["abstain"]),
        absent=tuple(names["absent"]),
        veto_holders=tuple(sorted(veto)),
        needed_yes=needed,
        seats=seats,
        procedural=bool(fact.more.get("procedural")),
        two_thirds=isinstance(decision, Majority) and fact.more.get("majority") == "two_thirds",
        participating=participating,
        all_take_part=everybody,
        population_for=for_,
        population_against=against,
        problems=tuple(problems),
    )


def _names(
    fact: Fact, body: Body, rule: str, home: House, members: set[str] | None, day: str
) -> tuple[dict[str, list[str]], list[Problem]]:
    """Who voted how: members only, each once."""
    cast = {key: list(dict.fromkeys(fact.more.get(key, ()))) for key in (*_CAST, "absent")}
    problems: list[Problem] = []

    def note(text: str) -> None:
        problems.append(Problem(text, (fact.index,), rule))

    for voter in sorted({v for key in cast for v in cast[key]}):
        held = [key for key in cast if voter in cast[key]]
        if not home.among(voter, members):
            note(f"{voter} was no member of {body.id} on {day}: its vote is not counted")
        elif len(held) > 1:
            note(f"{voter} is told as {' and '.join(held)}: a member has one vote; neither is counted")
        else:
            continue
        for key in held:
            cast[key].remove(voter)
    for key in cast:
        told = list(fact.more.get(key, ()))
        for voter in sorted({v for v in told if told.count(v) > 1}):
            note(f"{voter} is named twice under `{key}`: it is counted once")
    return cast, problems


def _tally(fact: Fact, names: dict[str, list[str]], problems: list[Problem]) -> tuple[int, int, int]:
    """The count: by names where all (or too many) are told; else by the tally, less votes that don't count."""
    told = fact.more.get("tally")
    whole = all(key in fact.more for key in _CAST)
    counted = []
    for place, key in enumerate(_CAST):
        named = len(set(fact.more.get(key, ())))
        by_name = told is None or whole or named > told[place]
        if told is not None and by_name and named != told[place]:
            text = f"the tally says {told[place]} for `{key}` but {named} are named; the names are counted"
            problems.append(Problem(text, (fact.index,)))
        counted.append(len(names[key]) if told is None or by_name else told[place] - (named - len(names[key])))
    return counted[0], counted[1], counted[2]


def _participating(fact: Fact, members: set[str] | None) -> tuple[int, bool]:
    """How many take part in a vote by qualified majority, and is that all?"""
    everybody = len(members) if members is not None else 0
    told = fact.more.get("participating")
    number = int(told) if told is not None else everybody
    return number, everybody == 0 or number >= everybody


def _populations(
    fact: Fact, names: dict[str, list[str]], members: set[str] | None, shares: Mapping[str, float], decision: object
) -> tuple[int, int]:
    """Shares of the population for and against, told or by the table."""
    if not isinstance(decision, Qualified):
        return 0, 0
    result = []
    for key, told in (("yes", fact.more.get("yes_population_pct")), ("no", fact.more.get("no_population_pct"))):
        share = told if told is not None else population(shares, names[key], members or shares.keys())
        result.append(round(share * 100))
    return result[0], result[1]
