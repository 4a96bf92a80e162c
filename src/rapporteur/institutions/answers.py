"""The answer to a case: outcome, keys, rival readings, what else the same facts give, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapporteur.institutions import moves, times
from rapporteur.institutions.cases import Case, Problem, read_case
from rapporteur.institutions.explain import because
from rapporteur.institutions.keys import KEYS, keys_of
from rapporteur.institutions.program import Program, write
from rapporteur.institutions.readings import merged
from rapporteur.institutions.solve import Conclusion, solve
from rapporteur.knowledge.institutions import Catalogue, catalogue

_MOST_ALSO = 8


def ask(case: Mapping[str, Any], known: Catalogue | None = None) -> dict[str, Any]:
    """Answer one case.

    Args:
        case: ``institution, ask, facts, as_of``, and ``id`` and ``question`` if there are (docs/institutions.md).
        known: the institutions; default the shipped ones.

    Returns:
        ``id``, ``outcome``, every key of the vocabulary (null where it has no use), ``readings``, ``also``, ``because``
        and ``problems``.

    Raises:
        CaseError: it can't be answered at all.
    """
    table = known if known is not None else catalogue()
    return answer(table, read_case(case, table.institutions))


def answer(known: Catalogue, case: Case) -> dict[str, Any]:
    """Answer a case that has been read."""
    program, conclusions = _solved(known, case, case.object, case.party, case.kind)
    result: dict[str, Any] = {"id": case.id, **dict.fromkeys(KEYS)}
    result.update(merged(program, case, conclusions))
    result["can_stop"] = moves.who_can_stop(known, case, program, result) or None
    result["also"] = _also(known, case, program)
    result["because"] = because(program, case, conclusions)
    result["problems"] = [_problem(known, program, problem) for problem in _once(program.problems)]
    return result


def _solved(
    known: Catalogue, case: Case, object: str, party: str | None, kind: str
) -> tuple[Program, list[Conclusion]]:
    program = write(known, case, object, party, kind)
    return program, solve(program)


def _also(known: Catalogue, case: Case, program: Program) -> list[dict[str, Any]]:
    """Brief answers on the other objects that the facts, or what the clock works on, name."""
    found = []
    for target, party, kind in _others(case, program)[:_MOST_ALSO]:
        other, conclusions = _solved(known, case, target, party, kind)
        brief = merged(other, case, conclusions)
        entry = {"object": target, **({"party": party} if party else {}), **brief}
        found.append({key: value for key, value in entry.items() if value not in (None, []) or key == "until"})
    return found


def _others(case: Case, program: Program) -> list[tuple[str, str | None, str]]:
    """Objects besides the one asked about, with the party and the kind of question that fit them."""
    asked = program.names.of(case.object)
    texts = {text.id: text for text in program.institution.texts}
    clocks = {clock.object: clock for clock in program.institution.clocks}
    wanted: dict[tuple[str, str | None], str] = {}
    if case.party and asked in texts:
        wanted[asked, None] = "status"
    for clock in clocks.values():
        if clock.then == "apply" and asked in (clock.object, *clock.applies):
            wanted.update({(other, None): "status" for other in (*clock.applies, *clock.ends)})
    for fact in case.facts:
        names = [fact.object, *(fact.more[k] for k in ("renews", "stops") if k in fact.more)]
        for name in map(program.names.of, names):
            party = fact.by[0] if fact.type in ("join", "deposit") and name in texts and texts[name].parties else None
            decided = fact.type in ("vote", "decide", "propose", "object", "lift", "set_silence", "convene")
            known = name in texts or name in clocks or name != program.names.of(fact.object)
            wanted.setdefault((name, party), "decision" if decided and not known else "status")
    return [(name, party, kind) for (name, party), kind in wanted.items() if (name, party) != (asked, case.party)]


def _problem(known: Catalogue, program: Program, problem: Problem) -> dict[str, Any]:
    rules = {rule.id: rule for rule in program.institution.rules}
    for owner in program.institution.uses:
        rules.update({rule.id: rule for rule in known.institutions[owner].rules})
    rule = rules.get(problem.rule or "")
    return {
        "rule": problem.rule if rule else None,
        "citation": rule.citation if rule else None,
        "text": problem.text,
        "facts": list(problem.facts),
    }


def _once(problems: Iterable[Problem]) -> Sequence[Problem]:
    return list(dict.fromkeys(problems))


__all__ = ["answer", "ask", "keys_of", "times"]
