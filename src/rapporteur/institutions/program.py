"""An institution and a case, said as atoms for the solver (``rules/*.lp`` says what follows from them)."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.institutions import times
from rapporteur.institutions.atoms import Program, time_term
from rapporteur.institutions.bodies import add_bodies, add_votes
from rapporteur.institutions.cases import Case, Fact, Problem
from rapporteur.institutions.houses import House, body_of, house
from rapporteur.institutions.objects import Names
from rapporteur.institutions.texts import add_clock, add_extensions, add_suspension, add_text
from rapporteur.knowledge.institutions import Catalogue

_OF_BODIES = ("vote", "decide", "set_silence")


def write(
    catalogue: Catalogue, case: Case, asks: Sequence[tuple[str, str, str | None]], possible: Sequence[Fact] = ()
) -> Program:
    """The program that puts each of ``asks`` (kind, object, party; the first is the main one) on the case's facts.

    ``possible``: moves not made, of which the main question is put for each by itself too; they come after all facts.
    """
    institution = catalogue.institutions[case.institution]
    home = house(catalogue, institution)
    names = Names(institution, [*(f.object for f in (*case.told, *possible)), *(object for _, object, _ in asks)])
    program = Program(institution, names, case.as_of)
    program.problems += case.problems
    for name in (case.object, *(fact.object for fact in case.told)):
        program.told.setdefault(names.of(name), name)
    program.add("now", case.as_of)
    for place, (kind, object, party) in enumerate(asks):
        program.add("wanted", kind, names.of(object), party or "")
        if place == 0:
            program.add("main", kind, names.of(object), party or "")
        add_suspension(program, names.of(object))
    usable = []
    for fact in case.facts:
        problem = _without_body(home, fact)
        if problem is None:
            usable.append(fact)
        else:
            program.problems.append(Problem(f"{problem}: `{fact.type}` is left aside", (fact.index,)))
    program.facts = dict(enumerate((*usable, *possible), 1))
    for number, fact in program.facts.items():
        _fact(program, number, fact)
        if number > len(usable):
            program.possible = program.possible or number
            program.add("possible", number)
    add_bodies(program, home)
    add_votes(program, home)
    add_extensions(program, home)
    for text in institution.texts:
        add_text(program, home, text, case)
    for clock in institution.clocks:
        add_clock(program, clock)
    return program


def _without_body(home: House, fact: Fact) -> str | None:
    """Why nobody can have taken the decision that a fact tells; None where somebody can."""
    if fact.type not in _OF_BODIES:
        return None
    if not home.bodies:
        return f"{home.institution.id} has no body that decides"
    _, body = body_of(home, fact)
    if body.until is not None and str(times.day_text(fact.time)) > body.until:
        return f"{body.id} ended with {body.until}"
    return None


def _fact(program: Program, number: int, fact: Fact) -> None:
    """A fact with all that it says."""
    program.add("type", number, fact.type)
    program.add("at", number, fact.time)
    program.add("on", number, program.names.of(fact.object))
    for actor in fact.by:
        program.add("by", number, actor)
        state, dash, _ = actor.partition("-")
        if dash:
            program.add("organ", actor, state)
    if "until" in fact.more:
        program.add("new_end", number, time_term(fact.more["until"]))
        program.add("states_end", number)
    if "deadline" in fact.more:
        program.add("deadline", number, time_term(fact.more["deadline"]))
    for key in ("renews", "stops"):
        if key in fact.more:
            program.add(key, number, program.names.of(fact.more[key]))
    scope = fact.more.get("scope")
    if fact.type == "lift" and scope:
        program.add("partial", number)
        for part in [scope] if isinstance(scope, str) else scope:
            program.add("scope", number, str(part))
