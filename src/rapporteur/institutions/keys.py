"""The keys of an answer, from what the solver concluded."""

from __future__ import annotations

from typing import Any

from rapporteur.institutions import times
from rapporteur.institutions.atoms import Program
from rapporteur.institutions.solve import Conclusion

_DAYS = ("effective", "until", "effective_end", "would_be_effective", "default_date", "clock_start")
_TIMES = ("deadline", "deadline_before_extension")
_LISTS = ("blocked_by", "not_obliged", "suspended_by", "scope_open")
_NUMBERS = ("days", "needed")
_WORDS = ("default", "reason", "effect")


def keys_of(program: Program, conclusion: Conclusion) -> dict[str, Any]:
    """The keys that one conclusion gives, as text and numbers; those without a value are left out."""
    found = conclusion.keys
    result: dict[str, Any] = {}
    for key in _DAYS:
        if key in found:
            result[key] = times.day_text(int(found[key][0]))
    for key in _TIMES:
        if key in found:
            result[key] = times.text(int(found[key][0]))
    for key in _LISTS:
        if key in found:
            result[key] = [str(value) for value in found[key]]
    for key in _WORDS:
        if key in found:
            result[key] = str(found[key][0])
    for key in _NUMBERS:
        if key in found:
            result[key] = int(found[key][0])
    hour = next((int(v) for v in found.get("effective", ()) if times.has_hour(int(v))), None)
    if hour is not None:
        result["effective_utc"] = times.instant(hour)
    if conclusion.outcomes and conclusion.outcomes[0] in ("adopted", "blocked", "not_adopted", "no_opinion"):
        result.setdefault("blocked_by", [])
    if "vote" in found:
        result.update(_vote(program, int(found["vote"][0])))
    return result


def _vote(program: Program, number: int) -> dict[str, Any]:
    """What the count was."""
    ballot = program.ballots.get(number)
    if ballot is None:
        return {}
    voting = ballot.yes + ballot.no
    result: dict[str, Any] = {"tally": [ballot.yes, ballot.no, ballot.abstained]}
    if program.holds("pattern", number, "threshold"):
        result["veto_applies"] = not ballot.procedural
    elif program.holds("pattern", number, "majority"):
        result |= {"majority_of": "present_and_voting", "veto_applies": False}
        result["yes_share_of_voting"] = round(ballot.yes / voting, 3) if voting else None
    elif program.holds("pattern", number, "qualified"):
        result["veto_applies"] = False
    return result
