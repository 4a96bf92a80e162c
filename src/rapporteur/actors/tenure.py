"""Whether a title fits a person on a date."""

from __future__ import annotations

import re

from rapporteur.knowledge.registry import HEAD, Entity, Term, fold, holds

# Whether a title is a woman's.
GENDERED = {
    "mr": False, "sir": False, "lord": False, "king": False,
    "mrs": True, "ms": True, "miss": True, "madame": True, "queen": True,
}  # fmt: skip


def countries_of(person: Entity) -> set[str]:
    """Alpha-3 codes (or IGO, NSA) of the person's country and of those whose offices the person held."""
    return {term.country for term in person.terms} | ({person.country} if person.country else set())


def title_fit(title: str, person: Entity, date: str | None, neutral: frozenset[str]) -> int:
    """How well the title before a surname fits the person.

    Returns:
        30 where the person holds such an office on the date, 15 where at another time, 5 for Mr or Leader, 0 without a
        title, -1 where the person held none such.
    """
    if not title:
        return 0
    if title.capitalize() in neutral or title.title() in neutral:
        return 5
    matching = [term for term in person.terms if _same_office(title, term)]
    if not matching:
        return -1
    return 30 if any(holds(term.since, term.until, date) for term in matching) else 15


_EFFECTIVE = "effective leader"  # REIGN's term for who governs
_ABBREVIATED = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "pres": "president"}


def _same_office(title: str, term: Term) -> bool:
    office = fold(term.office).lower()
    title = _ABBREVIATED.get(title.rstrip("."), title).removeprefix("former ")
    if office == _EFFECTIVE:  # whatever the office was called
        return HEAD.match(title.title()) is not None
    if title == "president":
        return re.search(r"(?<!vice )(?<!vice-)\bpresident\b", office) is not None
    words = set(re.findall(r"\w+", office.replace("defence", "defense").replace("affairs", "")))
    return set(re.findall(r"\w+", title.replace("defence", "defense"))) <= words
