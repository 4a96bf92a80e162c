"""What the page Events is asked for: all of it stands in the address, so that every state has a link. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from rapporteur.errors import AskError
from rapporteur.knowledge.ontology import QUADS, Ontology

_ONE = ("actor", "with", "since", "until", "country", "place", "source", "known_by", "after")
_SEVERAL = ("type", "quad", "status")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters: ``one`` by name (those that are given), ``several`` by name (those with a value)."""

    one: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: list[tuple[str, str]]) -> Asked:
        """From an address's pairs; unknown names and empty values are nothing."""
        told = [(name, value.strip()) for name, value in pairs if value.strip()]
        several = {n: tuple(dict.fromkeys(v for name, v in told if name == n)) for n in _SEVERAL}
        one = {name: value for name, value in told if name in _ONE}
        return cls(one, {name: values for name, values in several.items() if values})

    def __getitem__(self, name: str) -> str:
        return self.one.get(name, "")

    def has(self, name: str, value: object) -> bool:
        """Is the value asked for?"""
        return str(value) in self.several.get(name, ()) or self.one.get(name) == value

    def href(self, path: str = "/events", /, **changes: str | None) -> str:
        """The address with some filters changed (None: taken out), at the first page unless ``after`` is told."""
        one = {name: value for name, value in self.one.items() if name != "after"}
        several = dict(self.several)
        for name, value in changes.items():
            name = name.rstrip("_")
            if name in _SEVERAL:
                several[name] = () if value is None else (value,)
            elif value is None:
                one.pop(name, None)
            else:
                one[name] = value
        pairs = [(n, one[n]) for n in _ONE if n in one] + [(n, v) for n in _SEVERAL for v in several.get(n, ())]
        return path + ("?" + urlencode(pairs) if pairs else "")

    def without(self, *names: str) -> Asked:
        """The same less some filters."""
        return replace(self, one={n: v for n, v in self.one.items() if n not in names})

    def question(self) -> dict[str, Any] | None:
        """As ``Ledger.facets`` takes it, less paging; None where the filters leave no event type.

        Raises:
            AskError: a quad class that is none.
        """
        asked: dict[str, Any] = {n: v for n, v in self.one.items() if n not in ("after", "with")}
        if "with" in self.one:
            asked["with_"] = self.one["with"]
        if "status" in self.several:
            asked["status"] = self.several["status"]
        types = self.several.get("type", ())
        if "quad" in self.several:
            of_quads = _types_of(self.several["quad"])
            types = tuple(t for t in types if t in of_quads) if types else of_quads
            if not types:
                return None
        if types:
            asked["type"] = types
        return asked


def _types_of(quads: tuple[str, ...]) -> tuple[str, ...]:
    for quad in quads:
        if quad not in {str(number) for number in QUADS}:
            names = ", ".join(f"{number} {name}" for number, name in QUADS.items())
            raise AskError("quad", f"there is no quad class '{quad}'; valid: {names}")
    ontology = Ontology.load()
    return tuple(name for name in ontology.types if str(ontology.quad(name)) in quads)
