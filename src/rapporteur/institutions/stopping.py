"""Who can still stop a clock: the question is put anew for each move that might, and what changes the answer counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapporteur.institutions import times
from rapporteur.institutions.atoms import Program
from rapporteur.institutions.cases import Case, Fact
from rapporteur.institutions.houses import house
from rapporteur.institutions.objects import Names
from rapporteur.institutions.solve import Conclusion
from rapporteur.knowledge.institutions import Body, Catalogue, Threshold


def ways_to_stop(known: Catalogue, case: Case, names: Names) -> list[Fact]:
    """Moves on the day that is asked about, that by some rule may stop a clock or break a silence."""
    found: list[Fact] = []
    home = house(known, known.institutions[case.institution])
    for clock in home.institution.clocks:
        about = {clock.object, clock.text, *clock.on}
        authors = [m for f in case.facts if f.type == clock.starts and names.of(f.object) in about for m in f.by]
        if authors and clock.take_back is not None:
            found += [_fact(case, "suspend_notice", m, clock.object) for m in dict.fromkeys(authors)]
        if authors and clock.stopped_by is not None:
            body = next(body for _, body in home.bodies if body.id == clock.stopped_by.by)
            seats = _seats(body)
            found.append(_fact(case, "vote", body.id, _draft(clock.object), stops=clock.object, tally=[seats, 0, 0]))
    objectors = [
        m for f in case.facts if f.type == "object" and names.of(f.object) == names.of(case.object) for m in f.by
    ]
    if objectors:
        lift = _fact(case, "lift", objectors[0], case.object)
        found.append(replace(lift, by=tuple(dict.fromkeys(objectors))))
    silences = (f for f in case.facts if f.type == "set_silence" and home.bodies)
    for silent in {names.of(f.object): f for f in silences}.values():
        found += [_fact(case, "object", m, silent.object) for m in _members(known, case)[:1]]
    return found


def _fact(case: Case, kind: str, by: str, object: str, **more: object) -> Fact:
    return Fact(index=-1, time=case.as_of, type=kind, by=(by,), object=object, more=more, supposed=True)


def _draft(object: str) -> str:
    return f"draft that stops {object}"


def _seats(body: Body) -> int:
    return body.decision.needed[-1].of if isinstance(body.decision, Threshold) else 1


def _members(known: Catalogue, case: Case) -> list[str]:
    """All members of the first body on the day that is asked about; what one of them may do, each may."""
    home = house(known, known.institutions[case.institution])
    owner, body = home.bodies[0]
    return sorted(home.members(owner, body.members, str(times.day_text(case.as_of))) or ())


def stoppers(
    known: Catalogue, case: Case, program: Program, now: Sequence[Conclusion], supposed: Iterable[Conclusion]
) -> list[str]:
    """Those whose own move makes another thing of a clock that runs, by one reading at least."""
    before = {_state(conclusion) for conclusion in now}
    if not any("running" in conclusion.keys for conclusion in now):
        return []
    found: list[str] = []
    for conclusion in supposed:
        move = program.facts[conclusion.chosen]
        if _state(conclusion) not in before:
            found += _members(known, case) if move.type == "object" else move.by
    bodies = {body.id for _, body in house(known, program.institution).bodies}
    return sorted(dict.fromkeys(found), key=lambda actor: actor not in bodies)


def what_ends_it(program: Program, now: Sequence[Conclusion], supposed: Iterable[Conclusion]) -> list[str]:
    """How a block would end: those who must lift what stands in the way; empty where lifting ends nothing."""
    if any(conclusion.outcomes[0] != "blocked" for conclusion in now):
        return []
    for conclusion in supposed:
        move = program.facts[conclusion.chosen]
        if move.type == "lift" and conclusion.outcomes[0] != "blocked":
            return [str(member) for member in now[0].keys.get("blocked_by", ())]
    return []


def _state(conclusion: Conclusion) -> tuple[str, tuple[int | str, ...]]:
    """What is compared: the outcome, and when a running clock would take effect."""
    return conclusion.outcomes[0], conclusion.keys.get("effective_end", ())
