"""Supposed moves: ``FRA notify 2025-08-28`` as a fact."""

from __future__ import annotations

import re
from typing import Any

from rapporteur.errors import CaseError
from rapporteur.institutions import times
from rapporteur.institutions.objects import Names
from rapporteur.knowledge.case_words import FACT_TYPES
from rapporteur.knowledge.institutions import Institution

_TALLY = re.compile(r"(\d{1,3})-(\d{1,3})-(\d{1,3})", re.ASCII)
_NOTICES = ("notify", "suspend_notice", "resume_notice", "refer", "extend")
_FORM = 'write it as "FRA,GBR notify 2025-08-28" with the object behind if it is not clear'


def suppose(text: str, institution: Institution) -> dict[str, Any]:
    """The fact that a supposed move stands for: who, what, when, and on what.

    Args:
        text: parties joined by commas, a type of fact, a day, for a vote its tally (``4-9-2``), and the object, which
            may be left out where the institution has one that the type fits.
        institution: whose rules are asked.

    Raises:
        CaseError: it can't be read, or names no object where several are possible.
    """
    words = text.split()
    place = next((n for n, word in enumerate(words) if n and word in FACT_TYPES), 0)  # names of bodies hold spaces
    if not place or len(words) < place + 2:
        raise CaseError(f"--what-if {text[:80]!r}", f"it must name who, a type of fact and a day; {_FORM}")
    who, (kind, day, *rest) = " ".join(words[:place]), words[place:]
    try:
        times.parse(day)
    except (ValueError, OverflowError):
        raise CaseError(f"--what-if {text[:80]!r}", f"`{day}` is no day; {_FORM}") from None
    fact: dict[str, Any] = {
        "date": day,
        "type": kind,
        "by": [w.strip() for w in who.split(",") if w.strip()],
        "supposed": True,
    }
    tally = _TALLY.fullmatch(rest[0]) if rest else None
    if tally:
        fact["tally"] = [int(number) for number in tally.groups()]
        rest = rest[1:]
    target = " ".join(rest) or _usual(kind, institution)
    if target is None:
        raise CaseError(f"--what-if {text[:80]!r}", f"it must name the object that it is about; {_FORM}")
    fact["object"] = target
    clock = _stopped(target, institution)
    if kind == "vote" and clock is not None:
        fact["stops"] = clock
    fact["event"] = f"supposed: {text}"
    return fact


def _usual(kind: str, institution: Institution) -> str | None:
    """The object that the type of fact has in this institution if none is named."""
    clocks = [
        c for c in institution.clocks if kind in _NOTICES and (kind == c.starts or kind not in ("notify", "refer"))
    ]
    if clocks:
        return clocks[0].object
    texts = [t.id for t in institution.texts if kind == "withdraw" and t.withdraw is not None]
    texts += [t.id for t in institution.texts if kind in ("deposit", "suspend", "withdraw") and t.parties is not None]
    return texts[0] if texts else None


def _stopped(target: str, institution: Institution) -> str | None:
    """The clock that the adoption of this draft would stop: the one that it is tabled under."""
    names = Names(institution, [target])
    tabled = {names.of(clock.object): clock.text for clock in institution.clocks if clock.then == "open"}
    for clock in institution.clocks:
        if clock.stopped_by is not None and clock.object in (names.of(target), tabled.get(names.of(target))):
            return clock.object
    return None
