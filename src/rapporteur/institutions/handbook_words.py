"""Words of the handbook: names of states, dates, lengths, citations, tables, as a reader of a page wants them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from rapporteur.institutions.naming import party
from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.institutions import Catalogue, Cited, Institution, Known

#: Where the words for the page lie.
TEXT = Path(str(resources.files("rapporteur.institutions") / "handbook_text"))
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_FRACTIONS = {33: "a third", 67: "two thirds", 50: "half"}


@dataclass(frozen=True, slots=True)
class Told:
    """An institution as a section tells of it, on a day (ISO)."""

    known: Catalogue
    institution: Institution
    day: str

    def rule(self, id: str | None) -> Cited | None:
        """The rule of that name; None where there is none."""
        return next((rule for rule in self.institution.rules if rule.id == id), None)

    def says(self, id: str | None) -> str:
        """What a rule says, with its citation; empty where there is none."""
        rule = self.rule(id)
        return f"{sentence(rule.text)} *({rule.citation})*" if rule else ""

    def cite(self, *ids: str | None) -> str:
        """The citations of rules in brackets, each once, after a blank; empty where there is none."""
        found = dict.fromkeys(rule.citation for rule in map(self.rule, ids) if rule)
        return f" *({'; '.join(found)})*" if found else ""

    def history(self) -> tuple[Known, ...]:
        """Moves of history that are known of it."""
        return self.known.history.get(self.institution.id, ())


def state(code: str) -> str:
    """The name of a state or organ for its code, without the article; other codes as they are."""
    return party(code).removeprefix("the ")


def states(codes: Iterable[str]) -> list[str]:
    """Names of states, in order of the alphabet."""
    return sorted(map(state, codes))


def day_in_words(text: str) -> str:
    """``28 November 2026`` for an ISO day; a month, a year, an instant likewise; other text as it is."""
    day, _, hour = text.partition("T")
    try:
        parts = [int(part) for part in day.split("-")]
        words = [str(n) for n in parts[2:]] + [_MONTHS[n - 1] for n in parts[1:2]] + [str(parts[0])]
    except (ValueError, IndexError):
        return text
    return " ".join(words) + (f", {hour[:5]} UTC" if hour else "")


def length(number: int, unit: str) -> str:
    """``three months``, ``one year``, ``150 days``."""
    told = str(number) if unit == "days" else _number(number)
    return f"{told} {unit if number != 1 else unit.removesuffix('s')}"


def times_over(number: int) -> str:
    """``once``, ``twice``, ``three times``."""
    return {1: "once", 2: "twice"}.get(number, f"{_number(number)} times")


def share(per_cent: float) -> str:
    """``a third``, ``65 per cent``."""
    return _FRACTIONS.get(round(per_cent), f"{per_cent:g} per cent") if per_cent % 1 else f"{per_cent:g} per cent"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def code(name: str) -> str:
    """A name as cases spell it."""
    return f"`{name}`"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """``a, b and c``."""
    return f" {joint} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def actors(names: Iterable[str]) -> str:
    """Those who act, as cases spell them, states with their names."""
    return listed([code(name) if party(name) == name else _named(name) for name in names], "or")


def _named(name: str) -> str:
    return party(name) if name in country_codes() else f"{party(name)} ({code(name)})"


def sentence(text: str) -> str:
    """Text with a capital at its beginning and a stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """A table's lines; none where it has no rows."""
    body = [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |", *body, ""] if body else []


def _cell(value: Any) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
