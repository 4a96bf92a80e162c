"""Checks of the examples in an institution's file: their words are of the closed vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rapporteur.knowledge.case_words import FACT_FIELDS, FACT_TYPES, KEYS, KINDS, OUTCOMES
from rapporteur.knowledge.institution_names import is_date

if TYPE_CHECKING:
    from rapporteur.knowledge.institutions import Example, Institution

Problem = tuple[str, str]
_ALWAYS = ("date", "type", "by", "object")


def example_problems(institution: Institution) -> Iterator[Problem]:
    """What is wrong with the examples' form, with the place of each."""
    for number, example in enumerate(institution.examples):
        where = f"$.examples[{number}]"
        if not example.question.strip():
            yield f"{where}.question", f"example `{example.id}` has no question"
        yield from _asked(where, example)
        for place, fact in enumerate(example.facts):
            yield from _fact(f"{where}.facts[{place}]", fact)


def _asked(where: str, example: Example) -> Iterator[Problem]:
    for key in example.ask:
        if key not in ("kind", "object", "party"):
            yield f"{where}.ask.{key}", f"unknown key `{key}`; valid: kind, object, party"
    kind = example.ask.get("kind")
    if kind not in KINDS:
        yield f"{where}.ask.kind", f"no kind of question `{kind}`; valid: {', '.join(KINDS)}"
        return
    if not example.ask.get("object"):
        yield f"{where}.ask", "say under `object` what is asked about"
    outcome = example.expected.get("outcome")
    if outcome not in OUTCOMES[kind]:
        yield f"{where}.expected.outcome", f"no outcome `{outcome}` of a {kind}; valid: {', '.join(OUTCOMES[kind])}"
    for key in example.expected:
        if key not in KEYS:
            yield f"{where}.expected.{key}", f"unknown key `{key}`; valid: {', '.join(sorted(KEYS))}"


def _fact(where: str, fact: Mapping[str, Any]) -> Iterator[Problem]:
    for key in _ALWAYS:
        if not fact.get(key):
            yield where, f"the fact lacks `{key}`; a fact has {', '.join(_ALWAYS)}"
            return
    if fact["type"] not in FACT_TYPES:
        yield f"{where}.type", f"no type of fact `{fact['type']}`; valid: {', '.join(FACT_TYPES)}"
    for key in ("date", "until", "deadline"):
        if fact.get(key) is not None and not is_date(str(fact[key])):
            yield f"{where}.{key}", f"`{fact[key]}` is no date; valid: 2004-05-01, 2004-05 or 2004-05-01T09:00:00Z"
    if not isinstance(fact["by"], list | tuple):
        yield f"{where}.by", "`by` must be a list of those who act"
    for key in fact:
        if key not in (*_ALWAYS, "event") and key not in FACT_FIELDS:
            hint = (
                "put a text with a comma in quotes" if fact[key] is None else f"valid: {', '.join(sorted(FACT_FIELDS))}"
            )
            yield f"{where}.{key}", f"unknown field `{key}`; {hint}"
