"""Rival readings: one conclusion each, put together into one answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapporteur.institutions.atoms import Program
from rapporteur.institutions.cases import Case
from rapporteur.institutions.keys import keys_of
from rapporteur.institutions.solve import Conclusion

_NOTICES = ("notify", "refer", "resume_notice")


def merged(program: Program, case: Case, conclusions: Sequence[Conclusion]) -> dict[str, Any]:
    """The outcome and keys of all readings together; ``disputed`` where they differ."""
    first = conclusions[0]
    result: dict[str, Any] = {"outcome": first.outcomes[0], **keys_of(program, first), "readings": []}
    result["last_ratifier"] = next((f.by[-1] for f in reversed(case.facts) if f.type == "ratify"), None)
    told = [_reading(program, case, conclusion) for conclusion in conclusions]
    if len({(entry["outcome"], entry.get("effective")) for entry in told}) > 1:
        result["readings"] = _distinct(told)
    if len({entry["outcome"] for entry in told}) > 1:
        result["outcome"] = "disputed"
        claimed = next(
            (e["effective"] for e in told if e["holders"] and "effective" in e and _by_author(program, e)), None
        )
        result["effective"] = claimed if claimed is not None else result.get("effective")
    return result


def _by_author(program: Program, entry: dict[str, Any]) -> bool:
    """Is the reading that of somebody who gave notice?"""
    authors = {m for f in program.facts.values() if f.type in (*_NOTICES, "suspend") for m in f.by}
    return bool(authors.intersection(entry["holders"]))


def _distinct(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for entry in told:
        if entry not in found:
            found.append(entry)
    return found


def _reading(program: Program, case: Case, conclusion: Conclusion) -> dict[str, Any]:
    name, holders = _named(program, conclusion)
    keys = keys_of(program, conclusion)
    entry: dict[str, Any] = {"reading": name, "holders": holders, "outcome": conclusion.outcomes[0]}
    told = [text for dispute in program.institution.disputes for id, text in dispute.readings if id == name]
    entry |= {"text": told[0]} if told else {}
    return entry | ({"effective": keys["effective"]} if keys.get("effective") else {})


def _named(program: Program, conclusion: Conclusion) -> tuple[str, list[str]]:
    """What a reading is called, and who of those in the facts holds it."""
    facts = [fact for number, fact in program.facts.items() if number <= program.last_told]
    rejected = conclusion.reading.get("dispute") == "rejected"
    disputants = [m for number in conclusion.disputes for m in program.facts[number].by]
    authors = [m for f in facts if f.type in (*_NOTICES, "suspend", "withdraw") for m in f.by if m not in disputants]
    parts, holders = [], []
    if "dispute" in conclusion.reading:
        kind = "notice" if any(f.type in _NOTICES for f in facts) else "act"
        own = any(m in disputants for f in facts if f.type in _NOTICES for m in f.by)
        void = rejected != own
        parts.append(f"{kind}_{'void' if void else 'valid'}")
        holders = disputants if rejected else authors
    if "resume" in conclusion.reading and not rejected:
        left = conclusion.reading["resume"] == "left"
        parts.append("days_left_run" if left else "counted_anew")
        holders = [m for f in facts if f.type == "resume_notice" for m in f.by] if left else []
    if "together" in conclusion.reading:
        parts.append("one_suffices" if conclusion.reading["together"] == "one" else "all_needed")
    return "_".join(parts) or "rules", list(dict.fromkeys(holders))
