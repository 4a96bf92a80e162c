"""What a page shows of an institution: answers, facts, moves and members in words, with where each is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from rapporteur.exports import answers as words
from rapporteur.institutions import houses, ledger_case, naming
from rapporteur.knowledge.answer_words import answer_words
from rapporteur.knowledge.institutions import Catalogue, Institution
from rapporteur.web import telling
from rapporteur.web.inquiries import Inquiry

_TONES = {
    "adopted": "good", "in_force": "good", "lifted": "good", "held": "good", "blocked": "bad", "not_adopted": "bad",
    "disputed": "warn", "pending": "warn", "extended": "warn", "withdrawn": "warn", "terminated": "warn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an explanation: what it says, the rule with where it is written, the numbers of its facts (from 1)."""

    text: str
    citation: str
    rule: str
    facts: tuple[int, ...]


def brief(inquiry: Inquiry) -> dict[str, Any]:
    """How many facts there are, and what runs or is blocked."""
    found = [(case["ask"], answer) for case, answer in inquiry.found]
    facts = [fact for fact in inquiry.facts if not fact.get("supposed")]
    history = sum(1 for fact in facts if is_history(fact))
    return {
        "told": len(facts) - history,
        "history": history,
        "running": [words.brief({**ask, **answer}) for ask, answer in found if ledger_case.running(answer)],
        "blocked": [words.brief({**ask, **answer}) for ask, answer in found if ledger_case.blocked(answer)],
    }


def answer(ask: Mapping[str, Any], answer: Mapping[str, Any], as_of: str) -> dict[str, Any]:
    """An answer as a page shows it."""
    outcome = str(answer["outcome"] or "open")
    head, *more = words.told(answer, ask.get("party"))
    return {
        "asked": words.asked(ask, as_of),
        "outcome": outcome.replace("_", " "),
        "tone": _TONES.get(outcome, ""),
        "head": head,
        "more": more,
        "readings": [words.reading(one) for one in answer.get("readings") or ()],
        "because": [
            Step(
                str(one["text"]),
                str(one["citation"] or ""),
                str(one["rule"] or ""),
                tuple(n + 1 for n in one.get("facts") or ()),
            )
            for one in answer.get("because") or ()
        ],
        "problems": [str(one["text"]) for one in answer.get("problems") or ()],
    }


def compared(one: ledger_case.Compared, as_of: str) -> dict[str, Any]:
    """A question before and after something is supposed."""
    return {
        "asked": words.asked(one.ask, as_of),
        "before": answer(one.ask, one.before, as_of) if one.before is not None else None,
        "after": answer(one.ask, one.after, as_of),
        "changed": one.changed,
    }


def is_history(fact: Mapping[str, Any]) -> bool:
    """Whether the fact is known without being told by the ledger."""
    return bool((fact.get("source") or {}).get("view") == "history")


def fact(one: Mapping[str, Any]) -> dict[str, Any]:
    """A fact in words, its quote, and the pages of the row and the report that tell of it."""
    source = one.get("source") or {}
    history = is_history(one)
    id = None if history else source.get("id")
    page = "events" if source.get("view") == "events" else "why"
    return {
        "text": next(words.fact_told(one)),
        "history": answer_words().labels["history"] if history else None,
        "event": one.get("event") if history else None,
        "supposed": bool(one.get("supposed")),
        "quote": None if history else source.get("text"),
        "ends_when": source.get("ends_when"),
        "credited": tuple(source.get("attributed_to") or ()),
        "row": telling.address(page, id) if id else None,
        "also": [(other, telling.address("why", other)) for other in source.get("also") or ()],
        "article": telling.address("articles", source["article"]) if source.get("article") else None,
        "published": source.get("published"),
    }


def aside(inquiry: Inquiry) -> list[dict[str, Any]]:
    """Rows that were left aside, with why."""
    return [
        {"href": telling.address("why", one.id), "view": one.view, "id": one.id, "why": one.why, "text": one.text}
        for one in inquiry.aside
    ]


def moves(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Moves as a page shows them: what is allowed first."""
    shown = [
        {"text": one["text"], "allowed": one["allowed"], "citation": one["citation"], "rule": one["rule"] or ""}
        for one in found
    ]
    return sorted(shown, key=lambda one: not one["allowed"])


def name(code: str) -> str:
    """What a state or organ is called, as a heading begins."""
    called = naming.party(code)
    return called[:1].upper() + called[1:]


def circles(known: Catalogue, institution: Institution, day: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Members of bodies and parties to texts on a day, with the pages of the states."""
    return [
        (circle.title, sorted((name(code), state_page(code)) for code in circle.members))
        for circle in houses.circles(known, institution, day)
    ]


def state_page(code: str) -> str | None:
    """The page of a state; None of what is no state."""
    known = f"state:{code}" in telling.shipped_registry()
    return telling.address("actors", code) if known else None


def rules(known: Catalogue, institution: Institution) -> list[dict[str, str]]:
    """The rules of an institution and of those whose bodies it uses."""
    owners = [institution, *(known.institutions[id] for id in institution.uses)]
    return [
        {"id": f"{owner.id}.{rule.id}", "text": rule.text, "citation": rule.citation}
        for owner in owners
        for rule in owner.rules
    ]


def address(id: str, days: Mapping[str, str], what_if: Sequence[str] = (), **more: str | None) -> str:
    """The page of an institution with its whole state in the address."""
    pairs = [*days.items(), *(("what_if", text) for text in what_if), *((k, v) for k, v in more.items() if v)]
    return telling.address("institutions", id) + (f"?{urlencode(pairs)}" if pairs else "")
