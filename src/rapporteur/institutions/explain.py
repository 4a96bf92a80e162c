"""Why: each step of an answer with its rule, the rule's citation, the facts used, and a sentence."""

from __future__ import annotations

import string
from collections.abc import Collection, Sequence
from typing import Any

from rapporteur.institutions import naming
from rapporteur.institutions.atoms import Program
from rapporteur.institutions.solve import Conclusion
from rapporteur.knowledge.institution_words import Sentences, sentences
from rapporteur.knowledge.institutions import Catalogue, Cited

Step = tuple[str, str, tuple[int, ...], tuple[tuple[str | int, ...], ...]]


def because(known: Catalogue, program: Program, conclusions: Sequence[Conclusion]) -> list[dict[str, Any]]:
    """The steps of all readings, each once, in the order in which they are told.

    Returns:
        For each ``rule`` (institution and id), ``citation``, ``text`` (the rule where it is first named, then what
        follows from it here), ``facts`` (indices into the case's list).
    """
    words = sentences()
    months = {fact.time for fact in program.facts.values() if fact.precision == "month"}
    rules = rules_of(known, program)
    named: set[str] = set()
    told = []
    for step, rule, numbers, arguments in _steps(conclusions, words):
        applied = _say(words, step, arguments, months)
        text = applied if rule in named else f"{rules[rule].text} {applied}"
        named.add(rule)
        facts = sorted({program.facts[n].index for n in numbers if n and program.facts[n].index >= 0})
        told.append({"rule": rule, "citation": rules[rule].citation, "text": text, "facts": facts})
    return told


def rules_of(known: Catalogue, program: Program) -> dict[str, Cited]:
    """The rules that may be cited, by their full ids (``UNSC.veto``)."""
    owners = (program.institution, *(known.institutions[id] for id in program.institution.uses))
    return {f"{owner.id}.{rule.id}": rule for owner in owners for rule in owner.rules}


def _steps(conclusions: Sequence[Conclusion], words: Sentences) -> list[Step]:
    """Steps of one kind by one rule, put together where they differ in one party alone."""
    order = {step: place for place, step in enumerate(words.steps)}
    found: dict[tuple[str, str, tuple[str | int, ...]], tuple[set[int], list[tuple[str | int, ...]]]] = {}
    for conclusion in conclusions:
        for step, rule, fact, arguments in conclusion.because:
            rest = arguments[1:] if arguments and isinstance(arguments[0], str) else (*arguments, fact)
            facts, values = found.setdefault((step, rule, rest), (set(), []))
            facts.add(fact)
            if arguments not in values:
                values.append(arguments)
    steps = [(step, rule, tuple(sorted(facts)), tuple(values)) for (step, rule, _), (facts, values) in found.items()]
    return sorted(steps, key=lambda s: (order[s[0]], s[2], s[1]))


def _say(words: Sentences, step: str, arguments: Sequence[Sequence[str | int]], months: Collection[int]) -> str:
    """The step's sentence with its arguments filled in."""
    said = []
    for literal, name, kind, _ in string.Formatter().parse(words.steps[step]):
        said.append(literal)
        if name is not None:
            values = list(dict.fromkeys(row[int(name)] for row in arguments))
            said.append(_value(words, values, kind or "", months))
    text = "".join(said)
    return text[:1].upper() + text[1:]


def _value(words: Sentences, values: Sequence[str | int], kind: str, months: Collection[int]) -> str:
    if kind in ("day", "on"):
        month = int(values[0]) in months
        told = naming.day(int(values[0]), month=month)
        return told if kind == "day" else f"in {told}" if month else f"on {told}"
    if kind == "share":
        return f"{int(values[0]) / 100:.2f} %"
    if kind == "word":
        return words.words.get(str(values[0]), str(values[0]))
    if kind == "list":
        return naming.joined([naming.party(str(value)) for value in values])
    return str(values[0])
