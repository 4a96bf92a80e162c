"""Checks of an institution's parts, each for itself: bodies and their thresholds, texts and their sides, clocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapporteur.knowledge.institutions import After, Body, Clock, Institution, Text

Problem = tuple[str, str]
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_UNITS = ("days", "months", "years")


def part_problems(institution: Institution) -> Iterator[Problem]:
    """What is wrong with bodies, days, texts, clocks, disputes and history, with the place of each."""
    for number, body in enumerate(institution.bodies):
        yield from _body(f"$.bodies[{number}]", body)
    for number, day in enumerate(institution.days):
        if day.after is not None:
            yield from _after(f"$.days[{number}].after", day.after)
    for number, text in enumerate(institution.texts):
        yield from _text(f"$.texts[{number}]", text)
    for number, clock in enumerate(institution.clocks):
        yield from _clock(f"$.clocks[{number}]", clock, institution)
    for number, dispute in enumerate(institution.disputes):
        names = [name for name, _ in dispute.readings]
        if len(set(names)) < 2 or len(set(names)) < len(names):
            yield f"$.disputes[{number}].readings", "rival readings are two or more, each with a name of its own"
    for number, known in enumerate(institution.history):
        if not known.by:
            yield f"$.history[{number}].by", "say who acted: a list of codes"


def _after(where: str, after: After) -> Iterator[Problem]:
    if (after.days is None) == (after.years is None) or (after.days or after.years or 0) < 1:
        yield where, "a day that is reckoned needs either `days` or `years`, of 1 or more"
    if (after.day is None) == (after.adoption is None):
        yield where, "say after what: either `day`, a named day, or `adoption`, of a text"


# -- bodies ----------------------------------------------------------------------------------------------------


def _body(where: str, body: Body) -> Iterator[Problem]:
    if body.silence is not None and not body.silence.by:
        yield f"{where}.silence.by", "say who may put a text under silence"
    if body.chair is not None and not body.chair.by:
        yield f"{where}.chair.by", "say who may convene"
    for number, effect in enumerate(body.effects):
        if not effect.words:
            yield f"{where}.effects[{number}].words", "say by which words of the object the effect is known"
    yield from _decision(f"{where}.decision", body.decision)


def _decision(where: str, decision: Any) -> Iterator[Problem]:
    """The bounds of each pattern's numbers."""
    for key in ("members", "population"):
        yield from _share(f"{where}.{key}", getattr(decision, key, None))
        yield from _share(f"{where}.declared.{key}", getattr(getattr(decision, "declared", None), key, None))
    if getattr(decision, "blocking", 1) < 1:
        yield f"{where}.blocking", f"{decision.blocking} members can't block; valid: 1 or more"
    needed = getattr(decision, "needed", None)
    if needed is not None:
        yield from _needed(where, needed)


def _share(where: str, share: float | None) -> Iterator[Problem]:
    if share is not None and not 0 < share <= 100:
        yield where, f"{share:g} is no share; valid: per cent, above 0 and up to 100"


def _needed(where: str, rows: Any) -> Iterator[Problem]:
    for number, row in enumerate(rows):
        place = f"{where}.needed[{number}]"
        if not 0 < row.yes <= row.of:
            yield f"{place}.yes", f"{row.yes} of {row.of} can't be needed; valid: 1 to {row.of}"
        last = number == len(rows) - 1
        if last != (row.until is None):
            yield place, "all rows but the last need `until`, the last day on which they hold; the last has none"
        elif not last and number and row.until <= (rows[number - 1].until or ""):
            yield f"{place}.until", f"`{row.until}` is no later than the row before; put the rows in order"
    if not rows:
        yield f"{where}.needed", "say how many Yes votes are needed of how many"


# -- texts -----------------------------------------------------------------------------------------------------


def _text(where: str, text: Text) -> Iterator[Problem]:
    if text.until is not None and text.term is None:
        yield f"{where}.until", f"text `{text.id}` ends, by no rule; name it under `term`"
    if text.until is not None and text.ends is not None:
        yield f"{where}.ends", f"text `{text.id}` has both `until` and `ends`; one of them says when it ends"
    if text.ends is not None and text.ends.years < 0:
        yield f"{where}.ends.years", f"{text.ends.years} years is before the day; valid: 0 or more"
    yield from _extension(where, text.extension, sides=bool(text.sides))
    if not text.sides:
        return
    members = [member for side in text.sides for member in side]
    if len(text.sides) < 2 or not all(text.sides):
        yield f"{where}.sides", "sides are two or more, each with a member at least"
    if len(set(members)) < len(members):
        twice = next(member for member in members if members.count(member) > 1)
        yield f"{where}.sides", f"`{twice}` stands on two sides, or twice on one"
    if text.sides_rule is None:
        yield f"{where}.sides", f"text `{text.id}` has sides, by no rule; name it under `sides_rule`"
    if text.parties is None:
        yield f"{where}.sides", f"text `{text.id}` has sides but no `parties`; name their group"


def _extension(where: str, extension: Any, *, sides: bool) -> Iterator[Problem]:
    if extension is None:
        return
    if not extension.by:
        yield f"{where}.extension.by", "say who may extend: a body, or `sides`, for all sides together"
    if "sides" in extension.by and (not sides or len(extension.by) > 1):
        yield f"{where}.extension.by", "`sides` stands for all sides of a text that has `sides`, and stands alone"
    for key in ("times", "years"):
        value = getattr(extension, key)
        if value is not None and value < 1:
            yield f"{where}.extension.{key}", f"{value} is too few; valid: 1 or more"


# -- clocks ----------------------------------------------------------------------------------------------------


def _clock(where: str, clock: Clock, institution: Institution) -> Iterator[Problem]:
    if not clock.stages:
        yield f"{where}.stages", f"clock `{clock.id}` has no stage; say how long it runs: - {{days: 30, rule: ...}}"
    for number, stage in enumerate(clock.stages):
        lengths = [unit for unit in _UNITS if getattr(stage, unit) is not None]
        place = f"{where}.stages[{number}]"
        if len(lengths) != 1:
            yield place, f"a stage needs one of days, months and years; this has {', '.join(lengths) or 'none'}"
        elif getattr(stage, lengths[0]) < 1:
            yield f"{place}.{lengths[0]}", f"{getattr(stage, lengths[0])} {lengths[0]} is no length; valid: 1 or more"
    if clock.hour is not None and not _HOUR.fullmatch(clock.hour):
        yield f"{where}.hour", f"`{clock.hour}` is no hour; valid: 00:00 to 23:59, in quotes"
    yield from _standing(where, clock, institution)
    yield from _outcome(where, clock)
    yield from _extension(where, clock.extension, sides=False)


def _standing(where: str, clock: Clock, institution: Institution) -> Iterator[Problem]:
    """Somebody must be able to start it: parties of a text."""
    with_parties = {text.id for text in institution.texts if text.parties is not None}
    if clock.standing is not None and clock.standing not in with_parties:
        yield f"{where}.standing", f"`{clock.standing}` has no `parties`, so nobody could start clock `{clock.id}`"
    elif clock.standing is None and clock.text not in with_parties:
        yield f"{where}.text", f"`{clock.text}` has no `parties`; say under `standing` whose parties may start it"
    elif clock.then == "leave" and clock.text not in with_parties:
        yield f"{where}.text", f"`{clock.text}` has no `parties`, so nobody can leave it"


def _outcome(where: str, clock: Clock) -> Iterator[Problem]:
    """What comes at the end must fit."""
    if clock.then == "apply" and not (clock.applies or clock.ends):
        yield f"{where}.then", "`then: apply` needs `applies`, what stands again, or `ends`, what ends"
    for key in ("applies", "ends"):
        if clock.then != "apply" and getattr(clock, key):
            yield f"{where}.{key}", f"`{key}` goes with `then: apply`, not with `then: {clock.then}`"
    if clock.next is not None and clock.then != "open":
        yield f"{where}.next", f"`next` goes with `then: open`, not with `then: {clock.then}`"
    chained = (clock.chain is not None, clock.chain_days > 0, clock.chain_rule is not None)
    if any(chained) and not all(chained):
        yield where, "`chain`, `chain_days` (1 or more) and `chain_rule` stand together or not at all"
    if clock.standing_rule is None and clock.standing is not None:
        yield f"{where}.standing", f"clock `{clock.id}` says who may start it, by no rule; name it: `standing_rule`"
    if clock.resume is not None and clock.take_back is None:
        yield f"{where}.resume", "only a notice that can be taken back can be resumed; add `take_back`"
    if clock.together is not None and clock.take_back is None:
        yield f"{where}.together", "only a notice that can be taken back can be so by one of several; add `take_back`"
