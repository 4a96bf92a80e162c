"""Clocks of an institution, its texts, and how one joins and leaves, in plain sentences for the handbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rapporteur.institutions import times
from rapporteur.institutions.handbook_bodies import membership
from rapporteur.institutions.handbook_states import last_day, may_stand_longer, standing
from rapporteur.institutions.handbook_words import (
    Told,
    actors,
    code,
    day_in_words,
    length,
    listed,
    sentence,
    states,
    table,
    times_over,
)
from rapporteur.institutions.naming import party
from rapporteur.institutions.solve import effect_of
from rapporteur.knowledge.institutions import Clock, Extension, NamedDay, Text

#: The day of the year on which the notice of each reckoned example is given: a month's end, where counting is hardest.
_NOTICE = "03-31"
_STATES = {
    "in_force": "In force on",
    "terminated": "No longer in force on",
    "pending": "Not yet in force on",
}


def clock_lines(told: Told, clock: Clock) -> Iterator[str]:
    """One clock: who may start it, how long it is, what comes, who may stop it."""
    names = f", also {listed([code(n) for n in clock.names])}" if clock.names else ""
    yield f"**{sentence(clock.title).removesuffix('.')}**: {code(clock.object)}{names}"
    yield ""
    rows = [
        ("Who may start it", _starters(told, clock)),
        ("How long", _stages(told, clock)),
        ("How it counts", _counted(told, clock)),
        ("If nobody acts", _default(told, clock)),
        ("Who can stop it", _stoppers(told, clock)),
        ("Who can extend it", _extenders(told, clock.extension)),
        *_further(told, clock),
    ]
    yield from table(("", ""), rows)


def _text_name(told: Told, id: str) -> str:
    """A text as a sentence names it: by its title, with the article where it takes one."""
    title = next((text.title for text in told.institution.texts if text.id == id), None)
    if title is None:
        return code(id)
    return title if title.startswith("the ") or title[-1].isdigit() else f"the {title}"


def _starters(told: Told, clock: Clock) -> str:
    text = clock.standing or clock.text
    but = f", but not {listed(states(clock.without), 'or')}" if clock.without else ""
    deed = "by formal notice (`notify`)" if clock.starts == "notify" else "by bringing a dispute (`refer`)"
    more = f" A notice under {listed([code(o) for o in clock.on], 'or')} starts it too." if clock.on else ""
    who = f"Any party to {_text_name(told, text)} on the day of its notice{but}, {deed}."
    return f"{who}{more}{told.cite(clock.rule, clock.standing_rule)}"


def _stages(told: Told, clock: Clock) -> str:
    if len(clock.stages) == 1:
        stage = clock.stages[0]
        return f"{sentence(length(*stage.length))}{told.cite(stage.rule)}"
    steps = [
        f"{number}. {length(*stage.length)}{f' ({stage.title})' if stage.title else ''}{told.cite(stage.rule)}"
        for number, stage in enumerate(clock.stages, 1)
    ]
    chain = (
        f"; for {code(clock.chain)}, {clock.chain_days} days more{told.cite(clock.chain_rule)}" if clock.chain else ""
    )
    return "; ".join(steps) + chain


def _counted(told: Told, clock: Clock) -> str:
    """A reckoned example, by the same arithmetic as answers."""
    start = end = times.parse(f"{told.day[:4]}-{_NOTICE}")
    for stage in clock.stages:
        end = times.shift(end, *stage.length)
    begun, last = day_in_words(str(times.day_text(start))), day_in_words(str(times.day_text(end)))
    deed = "A notice" if clock.starts == "notify" else "A referral"
    if clock.then == "open":
        return f"{deed} on {begun}: the last day is {last}."
    effect = day_in_words(str(times.text(effect_of(clock, end))))
    if effect == last:
        return f"{deed} on {begun} takes effect on {last}, which is also the last day to stop it."
    return f"{deed} on {begun}: the last day is {last}, the effect comes on {effect}."


def _default(told: Told, clock: Clock) -> str:
    if clock.then == "leave":
        text = next((t for t in told.institution.texts if t.id == clock.text), None)
        if text and text.sides:
            return f"The text ends for everybody.{told.cite(text.sides_rule)}"
        return f"Who gave notice is out of {_text_name(told, clock.text)}; the others stay bound."
    if clock.then == "apply":
        back = f"{listed([_text_name(told, o) for o in clock.applies])} stand again" if clock.applies else ""
        ended = f"{listed([_text_name(told, o) for o in clock.ends])} end" if clock.ends else ""
        return f"{sentence(listed(list(filter(None, (back, ended)))))}{told.cite(*(s.rule for s in clock.stages))}"
    step = told.says(clock.next) if clock.next else told.says(clock.stages[-1].rule)
    return f"Nothing comes by itself, but the next step is open. {step}"


def _stoppers(told: Told, clock: Clock) -> str:
    ways = []
    if clock.take_back:
        who = "Whoever gave the notice" if clock.starts == "notify" else "Whoever brought the dispute"
        ways.append(f"{who}, by taking it back in time (`suspend_notice`).{told.cite(clock.take_back)}")
    if clock.together:
        ways.append(f"Of a joint notice: {told.says(clock.together)}")
    if clock.stopped_by:
        stop = clock.stopped_by
        ways.append(f"{code(stop.by)}, by adopting in time a text that `stops` it.{told.cite(stop.rule)}")
    return " ".join(ways) or "Nobody."


def _extenders(told: Told, extension: Extension | None) -> str:
    if extension is None:
        return "Nobody."
    most = f", at most {times_over(extension.times)}" if extension.times else ""
    by = f", by no more than {length(extension.years, 'years')}" if extension.years else ""
    who = "Both sides together" if extension.by == ("sides",) else sentence(actors(extension.by)).removesuffix(".")
    return f"{who}{most}{by}, before it is over (`extend`).{told.cite(extension.rule)}"


def _further(told: Told, clock: Clock) -> Iterator[tuple[str, str]]:
    if clock.resume:
        yield "If it was stopped", f"It may be declared to run on (`resume_notice`). {told.says(clock.resume)}"
    if clock.sooner:
        yield (
            "Sooner",
            f"The effect comes when {code(clock.sooner.object)} enters into force.{told.cite(clock.sooner.rule)}",
        )
    if clock.postponed:
        wait = clock.postponed
        came = f"If a `milestone` named {code(wait.begins)} of the same state came before the end"
        yield "Later", f"{came}, the effect waits for the one named {code(wait.ends)}.{told.cite(wait.rule)}"


# -- texts -----------------------------------------------------------------------------------------------------


def text_lines(told: Told, text: Text) -> Iterator[str]:
    """One text: since when and until when it stands, and for whom."""
    names = f", also {listed([code(n) for n in text.names])}" if text.names else ""
    yield f"**{sentence(text.title).removesuffix('.')}** ({code(text.id)}{names})"
    yield ""
    yield f"- {_term(told, text)}"
    if told.history():
        yield from _state(told, text)
    if text.extension:
        yield f"- Extension: {_extenders(told, text.extension)}"
    if text.sides:
        sides = " | ".join(listed(states(side)) for side in text.sides)
        yield f"- Two sides: {sides}. {told.says(text.sides_rule)}"
    if text.suspend:
        yield f"- Stopping to perform (`suspend`): {told.says(text.suspend)}"
    if text.parties:
        yield from (f"- {line}" for line in _parties(replace(told, day=last_day(told, text)), text.parties))
    yield ""


def _parties(told: Told, group: str) -> Iterator[str]:
    """Who is a party: the members of a body that has been told of already, or a list of its own."""
    body = next((body for body in told.institution.bodies if body.members == group and not body.until), None)
    if body is not None:
        yield f"Parties: the members of the {body.title}, as above."
        return
    for line in membership(told, group):
        yield f"Parties{line.removeprefix('Members')}" if line.startswith("Members") else line


def _term(told: Told, text: Text) -> str:
    """From when to when it stands."""
    dated = {day.name: day for day in told.institution.days}
    begins = f"Since {_named(dated, text.begins)}" if text.begins else "Since it was set up by a fact"
    if text.until:
        return f"{begins}; its last day as first set is {day_in_words(text.until)}.{told.cite(text.rule, text.term)}"
    if text.ends:
        after = f"{length(text.ends.years, 'years')} after " if text.ends.years else "on "
        last = _last_day(dated[text.ends.day], text.ends.years)
        unless = f", unless {_clock_title(told, text.ends.unless)} took effect before" if text.ends.unless else ""
        comes = f"The end comes {after}{_named(dated, text.ends.day)}{unless}: its last day is {last}."
        return f"{begins}. {comes}{told.cite(text.rule, text.ends.rule)}"
    return f"{begins}, without end date.{told.cite(text.rule)}"


def _named(dated: Mapping[str, NamedDay], day: str) -> str:
    """A day in words; a named day with its name."""
    known = dated.get(day)
    return f"{day} ({day_in_words(known.date)})" if known else day_in_words(day)


def _last_day(day: NamedDay, years: int) -> str:
    """The day before the end that comes so many years after a named day."""
    return day_in_words(
        str(times.day_text(times.shift(times.shift(times.parse(day.date), years, "years"), -1, "days")))
    )


def _clock_title(told: Told, id: str) -> str:
    return next((clock.title for clock in told.institution.clocks if clock.id == id), id)


def _state(told: Told, text: Text) -> Iterator[str]:
    """How it stands on the day, by the known moves of history."""
    answer = standing(told, text)
    if may_stand_longer(told, text, answer):
        return
    if answer["outcome"] == "disputed":
        readings = [_reading(told, reading) for reading in answer["readings"]]
        yield f"- In dispute on {day_in_words(told.day)}: {listed(readings, 'but')}."
        return
    state = _STATES.get(answer["outcome"], f"{code(answer['outcome'])} on")
    since = f", since {day_in_words(answer['effective'])}" if answer["effective"] else ""
    until = f", until {day_in_words(answer['until'])}" if answer["outcome"] == "in_force" and answer["until"] else ""
    yield f"- {state} {day_in_words(told.day)}{since}{until}, by the known moves of the past."


def _reading(told: Told, reading: Mapping[str, Any]) -> str:
    """What one of rival readings gives, and who holds it."""
    state = _STATES.get(reading["outcome"], f"{code(reading['outcome'])} on").removesuffix(" on").lower()
    since = f" since {day_in_words(reading['effective'])}" if reading.get("effective") else ""
    held = f" according to {listed(sorted(map(party, reading['holders'])))}" if reading["holders"] else ""
    return f"{state}{since}{held} ({code(reading['reading'])})"


def coming_and_going(told: Told) -> Iterator[str]:
    """How one becomes a party to each text, and how one leaves it."""
    no_way_in, no_way_out = [], []
    for text in told.institution.texts:
        if text.parties is None:
            continue
        name = _text_name(told, text.id)
        exits = [clock for clock in told.institution.clocks if clock.then == "leave" and clock.text == text.id]
        if text.accession:
            yield f"- Joining {name}: {told.says(text.accession)}"
        for clock in exits:
            stages = " and ".join(length(*stage.length) for stage in clock.stages)
            yield f"- Leaving {name}: by notice of {stages} ({code(clock.object)}).{told.cite(clock.rule)}"
        if text.withdraw:
            yield f"- Leaving {name} at once (`withdraw`): {told.says(text.withdraw)}"
        no_way_in += [] if text.accession else [name]
        no_way_out += [] if exits or text.withdraw else [name]
    if no_way_in:
        yield f"- The file has no rule on joining {listed(no_way_in, 'or')}; a `deposit` or `join` that is told counts."
    if no_way_out:
        yield f"- The file has no rule on leaving {listed(no_way_out, 'or')}."
