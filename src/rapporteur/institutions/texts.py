"""Texts with their parties and terms, and clocks, said as atoms."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.institutions import times
from rapporteur.institutions.atoms import OPEN, Program, add_rules, time_term
from rapporteur.institutions.cases import Case, Fact
from rapporteur.institutions.houses import House
from rapporteur.knowledge.institutions import Clock, Institution, NamedDay, Text

#: Facts that bear on a clock when they name its procedure or its text.
_OF_CLOCKS = ("notify", "refer", "suspend_notice", "resume_notice", "extend")
_JOINING = ("deposit", "join")
_STEPS = ("apply", "sign", "ratify", "invite")


def add_text(program: Program, home: House, text: Text, case: Case) -> None:
    """A text: since when and until when by itself, its parties and sides, who may prolong it."""
    institution = home.institution
    program.add("is_text", text.id)
    begins = _begins(program, institution, text, case)
    end = _ends(program, institution, text, case)
    if end != OPEN:
        program.add("own_end", text.id, end)
    if begins is not None:
        program.add("known", text.id, begins, end)
        after = next((day.after for day in institution.days if day.name == text.begins), None)
        if after is not None and after.days is not None:
            program.add("begins_after", text.id, after.days)
    if text.ends is not None and text.ends.unless is not None:
        program.add("ends_unless", text.id, text.ends.unless)
    if text.parties is not None:
        program.add("party_text", text.id)
        _parties(program, home, text, case)
    if text.sides:
        program.add("two_sided", text.id)
        for number, side in enumerate(text.sides):
            program.add("speaks", side[0], text.id)
            for member in side:
                program.add("side", text.id, number, member)
    if text.withdraw is not None:
        program.add("free_to_go", text.id)
    if text.extension is not None:
        if text.extension.times is not None:
            program.add("times_allowed", text.id, text.extension.times)
        if text.extension.years is not None:
            program.add("years_allowed", text.id, text.extension.years)
    for number, fact in program.facts.items():
        on_it = fact.type == "extend" and program.names.of(fact.object) == text.id
        if on_it and text.extension is not None and may_extend(text.extension.by, fact, text.sides):
            program.add("may_extend", number, text.id)
    add_rules(program, text.id, institution, {
        "basis": text.rule, "withdraw": text.withdraw, "suspend": text.suspend, "accession": text.accession,
        "term": text.term, "sides": text.sides_rule,
        "extension": text.extension.rule if text.extension else None, "ending": text.ends.rule if text.ends else None,
    })  # fmt: skip


def may_extend(by: Sequence[str], fact: Fact, sides: Sequence[Sequence[str]]) -> bool:
    """Is the extension made by one of those entitled, or by both sides together?"""
    if by == ("sides",):
        return all(set(side) & set(fact.by) for side in sides)
    return bool(set(by) & set(fact.by))


def _begins(program: Program, institution: Institution, text: Text, case: Case) -> int | None:
    """The day on which the text begins, unless facts of the case set it up."""
    told = [f for f in case.told if f.type in ("adopt", "enter_into_force") and program.names.of(f.object) == text.id]
    if told or text.begins is None:
        return None
    days = {day.name: day for day in institution.days}
    if text.begins in days:
        return named_day(program, days[text.begins], institution, case)
    return times.parse(text.begins)


def _ends(program: Program, institution: Institution, text: Text, case: Case) -> str | int:
    """Its last day, if it ends by itself."""
    if text.until is not None:
        return times.parse(text.until)
    if text.ends is None:
        return OPEN
    day = next(d for d in institution.days if d.name == text.ends.day)
    end = times.shift(named_day(program, day, institution, case), text.ends.years, "years")
    return times.shift(end, -1, "days")


def named_day(program: Program, day: NamedDay, institution: Institution, case: Case) -> int:
    """When a named day came: told, else reckoned from the adoption, else as it was."""
    for fact in case.told:
        if fact.type == "milestone" and fact.more.get("name") == day.name:
            return fact.time
    if day.after is not None and day.after.adoption is not None:
        adopted = _adopted(program, program.names.of(day.after.adoption))
        if adopted is not None:
            number, unit = (day.after.days, "days") if day.after.days else (day.after.years, "years")
            return times.shift(adopted, number or 0, unit)
    return times.parse(day.date)


def _adopted(program: Program, text: str) -> int | None:
    """When the facts say that a text was adopted, as such or by a vote that carried."""
    for number, fact in program.facts.items():
        if number > program.last_told or program.names.of(fact.object) != text:
            continue
        ballot = program.ballots.get(number)
        carried = ballot is not None and ballot.yes >= (ballot.needed_yes or 1) and not ballot.vetoes
        if fact.type == "adopt" or carried:
            return fact.time
    return None


def _parties(program: Program, home: House, text: Text, case: Case) -> None:
    """Who is a party by the table; what the case tells of a state's joining goes before."""
    assert text.parties is not None
    membership = home.catalogue.membership(home.institution.id, text.parties)
    actors = {actor for fact in case.told for actor in fact.by} | {m for side in text.sides for m in side}
    actors |= {case.party} if case.party else set()
    begins = times.parse(text.begins) if text.begins and text.begins[0].isdigit() else 0
    for row in membership.rows:
        since = times.parse(row.start) if row.start else begins
        if row.id in actors and not _tells_joining(program, text, case, row.id, since):
            program.add("member_since", text.id, row.id, since)
            untold = not any(program.names.of(f.object) == text.id for f in case.told)
            if row.end is not None and untold:
                program.add("member_until", text.id, row.id, times.shift(times.parse(row.end), 1, "days"))


def _tells_joining(program: Program, text: Text, case: Case, member: str, since: int) -> bool:
    """Does the case itself tell how the state joined, so that the table's day has no say?

    It does if it tells its instrument (unless the state had acted as a party before, so that this is a return), or
    steps of joining from before the table's day: the case may be one in which the instrument was never deposited.
    """
    on_it = [f for f in case.told if program.names.of(f.object) == text.id and member in f.by]
    if any(f.type in _JOINING for f in on_it):
        return next(f for f in on_it if f.type not in ("announce", "bill")).type in (*_JOINING, *_STEPS)
    protocol = [f for f in case.told if member in f.object.split() and "protocol" in f.object.lower()]
    return any(f.type in _STEPS and f.time <= since for f in (*on_it, *protocol))


def add_clock(program: Program, clock: Clock) -> None:
    """A clock: what starts it, its stages, what comes of it, and the facts that bear on it."""
    target = program.names.of(clock.object)
    if target != clock.text:
        program.add("is_clock", target)
        program.add("procedure", clock.id, target)
    program.add("clock_on", clock.id, clock.text)
    program.add("starts", clock.id, clock.starts)
    program.add("standing", clock.id, clock.standing or clock.text)
    for outsider in clock.without:
        program.add("no_party", clock.id, outsider)
    for number, stage in enumerate(clock.stages, 1):
        length, unit = stage.length
        program.add("stage", clock.id, number, length, unit)
    if clock.then == "leave":
        program.add("clock_leaves", clock.id, clock.text)
    elif clock.then == "open":
        program.add("clock_opens", clock.id)
    for restored in clock.applies:
        program.add("clock_applies", clock.id, restored)
    for ended in clock.ends:
        program.add("clock_ends", clock.id, ended)
    if clock.chain is not None:
        program.add("chain", clock.id, program.names.of(clock.chain), clock.chain_days)
    for flag, rule in (("take_back", clock.take_back), ("joint_clock", clock.together), ("may_resume", clock.resume)):
        if rule is not None:
            program.add(flag, clock.id)
    if clock.stopped_by is not None:
        program.add("body_stops", clock.id, clock.stopped_by.by)
    if clock.sooner is not None:
        program.add("brings_forward", clock.id, program.names.of(clock.sooner.object))
    _clock_facts(program, clock, {target, clock.text, *(program.names.of(name) for name in clock.on)})
    stages = {f"stage{number}": stage.rule for number, stage in enumerate(clock.stages, 1)}
    add_rules(program, clock.id, program.institution, {
        **stages, "notice": clock.rule, "take_back": clock.take_back, "together": clock.together,
        "resume": clock.resume,
        "standing": clock.standing_rule, "next": clock.next, "chain": clock.chain_rule,
        "stop": clock.stopped_by.rule if clock.stopped_by else None,
        "sooner": clock.sooner.rule if clock.sooner else None,
        "extension": clock.extension.rule if clock.extension else None,
        "postponed": clock.postponed.rule if clock.postponed else None,
    })  # fmt: skip


def _clock_facts(program: Program, clock: Clock, targets: set[str]) -> None:
    """Facts that bear on the clock, and a state of things that holds its effect up."""
    for number, fact in program.facts.items():
        if fact.type in _OF_CLOCKS and program.names.of(fact.object) in targets:
            program.add("bears", number, clock.id)
            if clock.extension is not None and may_extend(clock.extension.by, fact, ()):
                program.add("may_extend_clock", number, clock.id)
    if clock.postponed is None:
        return
    wait = clock.postponed
    named = [f for f in program.facts.values() if f.type == "milestone"]
    for start in (f for f in named if f.more.get("name") == wait.begins):
        for member in start.by:
            ends = [
                f.time for f in named if f.more.get("name") == wait.ends and member in f.by and f.time >= start.time
            ]
            program.add("fight", clock.id, member, start.time, time_term(min(ends, default=times.OPEN)))


def add_extensions(program: Program, home: House) -> None:
    """What a body set up it may extend; a member by itself may not."""
    bodies = {body.id for _, body in home.bodies}
    texts = {text.id for text in home.institution.texts}
    for number, fact in program.facts.items():
        target = program.names.of(fact.object)
        if fact.type == "extend" and target not in texts and bodies.intersection(fact.by):
            program.add("may_extend", number, target)
            program.add("measure", target)


def add_suspension(program: Program, target: str) -> None:
    """``suspension of X`` names the state that a party's ceasing to perform X brings about."""
    text = program.names.suspended(target)
    if text is not None:
        program.add("suspension_of", target, text)
