"""Ask the solver: a program in, one set of conclusions for each reading out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import clingo
from clingo.ast import ProgramBuilder

from rapporteur.institutions import times
from rapporteur.institutions.atoms import Program, lines
from rapporteur.institutions.rulebook import needed, rulebook
from rapporteur.knowledge.institutions import Clock

_UNKNOWN = times.OPEN - 1
_HEAD = f"#const open={times.OPEN}. #const unknown={_UNKNOWN}."
#: Steps are told of the main question alone, as things are.
_BECAUSE = "#show because(S,R,F,A) : because(S,R,F,A), main_asked, chosen(none)."
_READING = "#show reading(Q,S) : reading(Q,S), open_question(Q)."
_SHOW = f"#show ask/3. #show chosen/1. #show answer/1. #show key/2. #show dispute/1. {_BECAUSE} {_READING}"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What one reading gives.

    Attributes:
        ask: kind, object and party (empty for none) of the question.
        chosen: number of the possible move that is supposed; 0 for none.
        reading: which side is taken in each question that is open (``dispute``, ``resume``, ``together``).
        disputes: numbers of the facts that dispute what is asked about.
        outcomes: the answer; more than one is a mistake of the rules.
        keys: values by key, as numbers (times, facts) and texts, in order.
        because: steps with rule, fact (its number, 0 for none) and arguments.
    """

    ask: tuple[str, str, str]
    chosen: int
    reading: Mapping[str, str]
    disputes: tuple[int, ...]
    outcomes: tuple[str, ...]
    keys: Mapping[str, tuple[int | str, ...]]
    because: tuple[tuple[str, str, int, tuple[str | int, ...]], ...] = field(default=())


class _Calendar:
    """What rules ask Python: the order of times, and the counting of terms."""

    def __init__(self, clocks: Sequence[Clock]) -> None:
        self._clocks = {clock.id: clock for clock in clocks}

    def not_after(self, one: clingo.Symbol, other: clingo.Symbol) -> clingo.Symbol:
        return clingo.Number(int(times.not_after(one.number, other.number)))

    def is_over(self, end: clingo.Symbol, now: clingo.Symbol) -> clingo.Symbol:
        return clingo.Number(int(times.is_over(end.number, now.number)))

    def ends_later(self, one: clingo.Symbol, other: clingo.Symbol) -> clingo.Symbol:
        return clingo.Number(int(one.number > other.number))

    def shift(self, time: clingo.Symbol, number: clingo.Symbol, unit: clingo.Symbol) -> clingo.Symbol:
        return clingo.Number(_known(time.number, lambda t: times.shift(t, number.number, unit.string)))

    def days_between(self, start: clingo.Symbol, end: clingo.Symbol) -> clingo.Symbol:
        return clingo.Number(times.days_between(start.number, end.number))

    def effect(self, end: clingo.Symbol, clock: clingo.Symbol) -> clingo.Symbol:
        return clingo.Number(_known(end.number, lambda t: effect_of(self._clocks[clock.string], t)))

    def total(self, start: clingo.Symbol, clock: clingo.Symbol) -> clingo.Symbol:
        """The end of all stages."""
        end = start.number
        for stage in self._clocks[clock.string].stages:
            end = times.shift(end, *stage.length)
        return clingo.Number(end)


def _known(time: int, reckon: Callable[[int], int]) -> int:
    return time if time <= 0 or time >= _UNKNOWN else reckon(time)


def effect_of(clock: Clock, end: int) -> int:
    """The time at which a clock takes effect that ends on a day (or at an instant)."""
    day = times.shift(end, 1, "days") if clock.effect == "after" else end
    if clock.hour is None or times.has_hour(end):
        return day
    hours, minutes = clock.hour.split(":")
    return times.at_minute(day, int(hours) * 60 + int(minutes))


def solve(program: Program, *, prune: bool = True) -> list[Conclusion]:
    """All conclusions, the reading of the rules first; in a fixed order.

    ``prune``: give the solver only the rules that the program can set off; the conclusions are the same.
    """
    control = clingo.Control(["0", "--warn=none"])
    with ProgramBuilder(control) as builder:
        for rule in needed(program.atoms) if prune else [rule.statement for rule in rulebook()]:
            builder.add(rule)
    control.add("base", [], "\n".join((_HEAD, _SHOW, *lines(program))))
    control.ground([("base", [])], context=_Calendar(program.institution.clocks))
    found: list[Conclusion] = []
    control.solve(on_model=lambda model: found.append(_conclusion(model.symbols(shown=True))))
    return sorted(found, key=lambda c: (c.ask, c.chosen, sorted(c.reading.items())))


def _conclusion(symbols: Iterable[clingo.Symbol]) -> Conclusion:
    told: dict[str, list[list[clingo.Symbol]]] = {}
    for symbol in sorted(symbols):
        told.setdefault(symbol.name, []).append(symbol.arguments)
    (ask,) = told["ask"]
    (chosen,) = told["chosen"][0]
    keys: dict[str, list[int | str]] = {}
    for name, value in told.get("key", ()):
        keys.setdefault(name.name, []).append(_plain(value))
    return Conclusion(
        ask=(ask[0].string, ask[1].string, ask[2].string),
        chosen=chosen.number if chosen.type is clingo.SymbolType.Number else 0,
        reading={question.name: side.name for question, side in told.get("reading", ())},
        disputes=tuple(number.number for (number,) in told.get("dispute", ())),
        outcomes=tuple(outcome.name for (outcome,) in told.get("answer", ())),
        keys={key: tuple(values) for key, values in keys.items()},
        because=tuple(_step(*step) for step in told.get("because", ())),
    )


def _step(
    step: clingo.Symbol, rule: clingo.Symbol, fact: clingo.Symbol, rest: clingo.Symbol
) -> tuple[str, str, int, tuple[str | int, ...]]:
    number = fact.number if fact.type is clingo.SymbolType.Number else 0
    return step.name, rule.string, number, tuple(_plain(a) for a in rest.arguments)


def _plain(symbol: clingo.Symbol) -> int | str:
    if symbol.type is clingo.SymbolType.Number:
        return symbol.number
    return symbol.string if symbol.type is clingo.SymbolType.String else symbol.name
