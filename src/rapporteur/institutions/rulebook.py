"""The rules of ``rules/*.lp``, parsed once, and of them those that a program can set off.

A solver spends its time on rules, not on a case's few facts. A rule whose body needs an atom that nothing can give has
no say, so it is left out: what can be given follows from the atoms of the program (also from the texts that stand in
them: without a fact of type ``refer`` a rule on referrals is idle) by going through the rules' heads until nothing is
added.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import clingo
from clingo.ast import AST, ASTType, Sign, parse_string

FILES = (
    "timers", "votes", "consensus", "spans", "clocks", "parties", "readings", "answers", "matters", "procedures",
    "because", "because-votes", "because-consensus", "because-clocks",
)  # fmt: skip
#: An atom that a rule needs: its name and number of arguments, and the texts that must stand in places of it.
Need = tuple[str, int, tuple[tuple[int, frozenset[str]], ...]]
#: A text in a place of an atom: the atom's name and number of arguments, the place, the text.
Place = tuple[str, int, int, str]
_ASKED = {"ask": "wanted"}  # every question is one of those wanted


@dataclass(frozen=True, slots=True)
class Rule:
    """A statement, the atoms that it can give (name and number of arguments) and those that it needs."""

    statement: AST
    gives: tuple[tuple[str, int], ...]
    needs: tuple[Need, ...]


@functools.cache
def rulebook() -> tuple[Rule, ...]:
    """All rules, in the order of the files."""
    folder = resources.files("rapporteur.institutions") / "rules"
    statements: list[AST] = []
    for name in FILES:
        parse_string((folder / f"{name}.lp").read_text(encoding="utf-8"), statements.append)
    return tuple(
        Rule(statement, tuple(_gives(statement)), tuple(_needs(statement)))
        for statement in statements
        if statement.ast_type == ASTType.Rule
    )


def needed(atoms: Iterable[tuple[str, Sequence[Any]]]) -> tuple[AST, ...]:
    """The rules that a program of these atoms (name, arguments) can set off, in their order."""
    told: set[tuple[str, int]] = set()
    texts: set[Place] = set()
    for name, arguments in atoms:
        told.add((name, len(arguments)))
        texts.update((name, len(arguments), i, a) for i, a in enumerate(arguments) if isinstance(a, str))
    return _needed(frozenset(told), frozenset(texts & _texts_that_matter()))


@functools.cache
def _texts_that_matter() -> frozenset[Place]:
    """Texts in places in which a rule asks for one."""
    return frozenset(
        (_ASKED.get(name, name), arity, place, text)
        for rule in rulebook()
        for name, arity, constants in rule.needs
        for place, values in constants
        for text in values
    )


@functools.lru_cache(maxsize=512)
def _needed(told: frozenset[tuple[str, int]], texts: frozenset[Place]) -> tuple[AST, ...]:
    given = set(told)
    waiting = list(rulebook())
    kept: set[int] = set()
    grew = True
    while grew:
        grew = False
        still = []
        for rule in waiting:
            if all(_possible(need, given, told, texts) for need in rule.needs):
                kept.add(id(rule))
                grew = grew or not given.issuperset(rule.gives)
                given.update(rule.gives)
            else:
                still.append(rule)
        waiting = still
    return tuple(rule.statement for rule in rulebook() if id(rule) in kept)


def _possible(
    need: Need, given: set[tuple[str, int]], told: frozenset[tuple[str, int]], texts: frozenset[Place]
) -> bool:
    name, arity, constants = need
    if (name, arity) not in given:
        return False
    source = _ASKED.get(name, name)
    if (source, arity) not in told:
        return True
    return all(any((source, arity, place, text) in texts for text in values) for place, values in constants)


def _gives(statement: AST) -> Iterator[tuple[str, int]]:
    head = statement.head
    atoms = [head] if head.ast_type == ASTType.Literal else [e.literal for e in getattr(head, "elements", ())]
    for literal in atoms:
        for function in _functions(literal):
            yield function.name, len(function.arguments)


def _needs(statement: AST) -> Iterator[Need]:
    for literal in statement.body:
        if literal.ast_type != ASTType.Literal or literal.sign != Sign.NoSign:
            continue
        for function in _functions(literal):
            places = ((place, _texts(argument)) for place, argument in enumerate(function.arguments))
            yield function.name, len(function.arguments), tuple((place, found) for place, found in places if found)


def _functions(literal: AST) -> Iterator[AST]:
    atom = literal.atom
    if atom.ast_type == ASTType.SymbolicAtom and atom.symbol.ast_type == ASTType.Function:
        yield atom.symbol
    elif atom.ast_type == ASTType.SymbolicAtom and atom.symbol.ast_type == ASTType.Pool:
        yield from (term for term in atom.symbol.arguments if term.ast_type == ASTType.Function)


def _texts(argument: AST) -> frozenset[str]:
    """The texts of which one must stand in this place; empty if anything may."""
    terms = argument.arguments if argument.ast_type == ASTType.Pool else [argument]
    symbols = [term.symbol for term in terms if term.ast_type == ASTType.SymbolicTerm]
    strings = [symbol.string for symbol in symbols if symbol.type is clingo.SymbolType.String]
    return frozenset(strings) if len(strings) == len(terms) else frozenset()
