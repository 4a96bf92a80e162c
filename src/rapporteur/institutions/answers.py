"""The answer to a case: outcome, keys, rival readings, what else the same facts give, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapporteur.institutions.atoms import Program
from rapporteur.institutions.cases import Case, Problem, read_case
from rapporteur.institutions.explain import because, rules_of
from rapporteur.institutions.objects import Names
from rapporteur.institutions.program import write
from rapporteur.institutions.readings import merged
from rapporteur.institutions.solve import Conclusion, solve
from rapporteur.institutions.stopping import stoppers, ways_to_stop, what_ends_it
from rapporteur.knowledge.case_words import KEYS
from rapporteur.knowledge.institutions import Catalogue, catalogue

Ask = tuple[str, str, str | None]
_MOST_ALSO = 8
_DECIDED = ("vote", "decide", "propose", "object", "lift", "set_silence", "convene")


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
    names = Names(known.institutions[case.institution], [*(f.object for f in case.told), case.object])
    main = (case.kind, names.of(case.object), case.party)
    asks = [main, *_others(known, case, names)[:_MOST_ALSO]]
    program = write(known, case, asks, ways_to_stop(known, case, names))
    found: dict[tuple[str, str, str], list[Conclusion]] = {}
    supposed = []
    for conclusion in solve(program):
        if conclusion.chosen:
            supposed.append(conclusion)
        else:
            found.setdefault(conclusion.ask, []).append(conclusion)
    conclusions = found[_key(main)]
    result: dict[str, Any] = {"id": case.id, **dict.fromkeys(KEYS)}
    result.update(merged(program, case, conclusions))
    result["can_stop"] = stoppers(known, case, program, conclusions, supposed) or None
    result["would_end"] = what_ends_it(program, conclusions, supposed) or None
    result["also"] = [_brief(program, case, one, found[_key(one)]) for one in asks[1:]]
    result["because"] = because(known, program, conclusions)
    result["problems"] = [_problem(known, program, problem) for problem in dict.fromkeys(program.problems)]
    return result


def _key(one: Ask) -> tuple[str, str, str]:
    kind, object, party = one
    return kind, object, party or ""


def _brief(program: Program, case: Case, one: Ask, conclusions: list[Conclusion]) -> dict[str, Any]:
    """A further answer, without the keys that have no use."""
    _, object, party = one
    entry = {"object": program.told.get(object, object), "party": party, **merged(program, case, conclusions)}
    entry.pop("last_ratifier", None)
    return {k: v for k, v in entry.items() if v not in (None, []) or k in ("until", "blocked_by")}


def _others(known: Catalogue, case: Case, names: Names) -> list[Ask]:
    """Questions besides the one that is put: on what the facts name, and what the clock works on."""
    institution = known.institutions[case.institution]
    asked = names.of(case.object)
    texts = {text.id for text in institution.texts}
    wanted: dict[tuple[str, str | None], str] = {}
    if case.party and asked in texts:
        wanted[asked, None] = "status"
    for clock in institution.clocks:
        if clock.then == "apply" and asked in (clock.object, clock.text, *clock.applies, *clock.ends):
            wanted.update({(other, None): "status" for other in (*clock.applies, *clock.ends)})
    for fact in case.facts:
        own = names.of(fact.object)
        party = fact.by[0] if fact.type in ("join", "deposit", "withdraw") else None
        if fact.type in _DECIDED and own not in texts:
            wanted[own, party] = "decision"
        for name in (own, *(names.of(fact.more[k]) for k in ("renews", "stops") if k in fact.more)):
            wanted.setdefault((name, party if name == own else None), "status")
    return [(kind, name, party) for (name, party), kind in wanted.items() if (name, party) != (asked, case.party)]


def _problem(known: Catalogue, program: Program, problem: Problem) -> dict[str, Any]:
    """What is wrong with facts, with the rule that they offend."""
    rule = rules_of(known, program).get(problem.rule or "")
    return {
        "rule": problem.rule if rule else None,
        "citation": rule.citation if rule else None,
        "text": problem.text,
        "facts": list(problem.facts),
    }
