"""The form that supposes a move: who, what, when, on what; written as ``institutions.supposing`` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapporteur.errors import AskError
from rapporteur.institutions import houses, naming
from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.institutions import Catalogue, Institution

_PARLIAMENT = "-parliament"
_FIELDS = ("who", "what", "when", "tally", "object")
_LONGEST = 500  # characters of a field


@dataclass(frozen=True, slots=True)
class Form:
    """What was put in the form's fields; ``sent``: was it sent at all?"""

    who: str = ""
    what: str = ""
    when: str = ""
    tally: str = ""
    object: str = ""
    sent: bool = False

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Form:
        """From the address."""
        fields = {name: " ".join(told.get(name, "").split())[:_LONGEST] for name in _FIELDS}
        return cls(**fields, sent=any(name in told for name in ("who", "what")))


def written(form: Form, known: Catalogue, institution: Institution, as_of: str) -> str:
    """The supposition in one line.

    Raises:
        AskError: a field is missing, or names nobody; ``where`` is the field.
    """
    if not form.who:
        raise AskError("who", "say who makes the move: a state, a body or a chair")
    if not form.what:
        raise AskError("what", "choose what is done")
    who = ",".join(_code(part.strip(), known, institution, as_of) for part in form.who.split(",") if part.strip())
    if form.tally and form.what != "vote":
        raise AskError("tally", "a count goes with a vote alone; leave it empty")
    return " ".join(filter(None, (who, form.what, form.when or as_of, form.tally, form.object)))


def _code(text: str, known: Catalogue, institution: Institution, as_of: str) -> str:
    """The code of a party that is named by its code or its name, in any case."""
    acting = houses.actors(known, institution, as_of)
    states = [country.iso3 for country in country_codes()]
    named: dict[str, str] = {}
    for code in (*acting, *states):
        for called in (code, naming.party(code), naming.party(code).removeprefix("the ")):
            named.setdefault(called.lower(), code)
    base = text.lower().removesuffix(_PARLIAMENT)
    found = named.get(text.lower())
    if found is None and base != text.lower() and base in named:
        found = named[base] + _PARLIAMENT
    if found is None:
        raise AskError("who", f"nobody here is called “{text}”; write a name of the list or a code such as FRA")
    return found
