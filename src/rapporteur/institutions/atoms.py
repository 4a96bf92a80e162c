"""The atoms of a case: what the solver is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapporteur.institutions import times
from rapporteur.institutions.cases import Fact, Problem
from rapporteur.institutions.objects import Names
from rapporteur.institutions.tallies import Ballot
from rapporteur.knowledge.institutions import Institution


@dataclass(slots=True)
class Program:
    """The atoms of a case, and what was noticed while writing them.

    Attributes:
        atoms: name and arguments of each, in the order in which they were added.
        facts: the case's facts by their number in the program, from 1.
        ballots: votes as counted, by that number.
        problems: what is wrong with facts.
        names: of objects; ``told``: by its one name, what the case calls an object first.
        possible: number of the first move that is only possible; 0 for none.
    """

    institution: Institution
    names: Names
    now: int
    atoms: dict[tuple[str, tuple[str | int, ...]], None] = field(default_factory=dict)
    facts: dict[int, Fact] = field(default_factory=dict)
    ballots: dict[int, Ballot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    possible: int = 0

    @property
    def last_told(self) -> int:
        """The number of the last fact that is not only possible."""
        return self.possible - 1 if self.possible else len(self.facts)

    def add(self, name: str, *arguments: str | int) -> None:
        """Add one atom."""
        self.atoms[name, arguments] = None

    def holds(self, name: str, *arguments: str | int) -> bool:
        """Was the atom added?"""
        return (name, arguments) in self.atoms


class _Raw(str):
    """Text that is a term already."""


NOW, OPEN = _Raw("now"), _Raw("open")


def term(value: str | int) -> str:
    """A number or a quoted text, as the solver reads it."""
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def time_term(value: int) -> str | int:
    """A time as a term."""
    return OPEN if value >= times.OPEN else value


def add_rules(program: Program, scope: str, owner: Institution, roles: dict[str, str | None]) -> None:
    """The rules that a body, text or clock (``scope``) of ``owner`` rests on, by the part that each plays."""
    for role, rule in roles.items():
        if rule is not None:
            program.add("rule", scope, role, f"{owner.id}.{rule}")


def lines(program: Program) -> Iterator[str]:
    """The program's atoms as the solver reads them; text is quoted."""
    for name, arguments in program.atoms:
        yield f"{name}({','.join(a if isinstance(a, _Raw) else term(a) for a in arguments)})."
