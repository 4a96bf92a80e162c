"""An institution and a case, said as atoms for the solver (``rules/*.lp`` says what follows from them)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapporteur.institutions import times
from rapporteur.institutions.cases import Case, Fact, Problem
from rapporteur.institutions.houses import House, body_of, house, population
from rapporteur.institutions.objects import Names
from rapporteur.institutions.tallies import Ballot, count
from rapporteur.knowledge.institutions import (
    Body,
    Catalogue,
    Clock,
    Consensus,
    Institution,
    Majority,
    NamedDay,
    Qualified,
    Text,
    Threshold,
)

#: Facts that bear on a clock when they name its procedure or its text.
_OF_CLOCKS = ("notify", "refer", "suspend_notice", "resume_notice", "extend")
_OF_BODIES = ("vote", "decide", "set_silence")
_JOINING = ("deposit", "join")
_STEPS = ("apply", "sign", "ratify", "invite")
_SOLVED = {"threshold": Threshold, "majority": Majority, "qualified": Qualified, "consensus": Consensus}


@dataclass(slots=True)
class Program:
    """The atoms of a case, and what was noticed while writing them.

    Attributes:
        atoms: lines for the solver.
        facts: the case's facts by their number in the program, from 1.
        ballots: votes as counted, by that number.
        problems: what is wrong with facts.
        names: of objects; ``told``: by its one name, what the case calls an object first.
        possible: number of the first move that is only possible; 0 for none.
    """

    institution: Institution
    names: Names
    now: int
    atoms: list[str] = field(default_factory=list)
    facts: dict[int, Fact] = field(default_factory=dict)
    ballots: dict[int, Ballot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    possible: int = 0

    def add(self, name: str, *arguments: str | int) -> None:
        """Add one atom; text is quoted."""
        self.atoms.append(f"{name}({','.join(a if isinstance(a, _Raw) else term(a) for a in arguments)}).")


class _Raw(str):
    """Text that is a term already."""


NOW, OPEN = _Raw("now"), _Raw("open")


def term(value: str | int) -> str:
    """A number or a quoted text, as the solver reads it."""
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _time(value: int) -> str | int:
    return OPEN if value >= times.OPEN else value


def write(
    catalogue: Catalogue, case: Case, asks: Sequence[tuple[str, str, str | None]], possible: Sequence[Fact] = ()
) -> Program:
    """The program that puts each of ``asks`` (kind, object, party; the first is the main one) on the case's facts.

    ``possible``: moves not made, of which the main question is put for each by itself too; they come after all facts.
    """
    institution = catalogue.institutions[case.institution]
    home = house(catalogue, institution)
    names = Names(institution, [*(f.object for f in (*case.told, *possible)), *(object for _, object, _ in asks)])
    program = Program(institution, names, case.as_of)
    program.problems += case.problems
    for name in (case.object, *(fact.object for fact in case.told)):
        program.told.setdefault(names.of(name), name)
    program.add("now", case.as_of)
    for place, (kind, object, party) in enumerate(asks):
        program.add("wanted", kind, names.of(object), party or "")
        if place == 0:
            program.add("main", kind, names.of(object), party or "")
        _suspensions(program, names.of(object))
    usable = [fact for fact in case.facts if home.bodies or fact.type not in _OF_BODIES]
    program.problems += [
        Problem(f"{institution.id} has no body that decides: `{fact.type}` is left aside", (fact.index,))
        for fact in case.facts
        if fact not in usable
    ]
    program.facts = dict(enumerate((*usable, *possible), 1))
    for number, fact in program.facts.items():
        _fact(program, number, fact)
        if number > len(usable):
            program.possible = program.possible or number
            program.add("possible", number)
    _bodies(program, home)
    _votes(program, home)
    _measure_extensions(program, home)
    for text in institution.texts:
        _text(program, home, text, case)
    for clock in institution.clocks:
        _clock(program, clock)
    return program


def _fact(program: Program, number: int, fact: Fact) -> None:
    program.add("type", number, fact.type)
    program.add("at", number, fact.time)
    program.add("on", number, program.names.of(fact.object))
    for actor in fact.by:
        program.add("by", number, actor)
    if "until" in fact.more:
        program.add("new_end", number, _time(fact.more["until"]))
        program.add("states_end", number)
    if "deadline" in fact.more:
        program.add("deadline", number, _time(fact.more["deadline"]))
    for key in ("renews", "stops"):
        if key in fact.more:
            program.add(key, number, program.names.of(fact.more[key]))
    scope = fact.more.get("scope")
    if fact.type == "lift" and scope:
        program.add("partial", number)
        for part in [scope] if isinstance(scope, str) else scope:
            program.add("scope", number, str(part))


# -- bodies and votes ------------------------------------------------------------------------------------------


def _bodies(program: Program, home: House) -> None:
    """Which body takes each decision, and who of those that act is a member of it then."""
    if not home.bodies:
        return
    actors = sorted({actor for fact in program.facts.values() for actor in fact.by})
    program.add("first_body", home.bodies[0][1].id)
    for owner, body in home.bodies:
        if isinstance(body.decision, Consensus):
            program.add("consensus_body", body.id)
        for chair in body.chair.by if body.chair else ():
            program.add("convenes", chair)
            program.add("chair_rule", chair, f"{owner.id}.{body.chair.rule if body.chair else ''}")
        _member_atoms(program, home, owner, body, actors)
        _rules(program, body.id, owner, _body_rules(body))
    for number, fact in program.facts.items():
        if fact.type in ("decide", "vote", "set_silence", "extend"):
            body = body_of(home, fact)
            program.add("decides", number, body.id)
            silent = {by for _, b in home.bodies if b.silence for by in (*b.silence.by, b.id)}
            if silent.intersection(fact.by):
                program.add("sets_silence", number)
            if fact.type == "decide":
                _declared(program, home, number, fact, body)


def _member_atoms(program: Program, home: House, owner: Institution, body: Body, actors: Sequence[str]) -> None:
    moments: list[tuple[str | int, str]] = [
        (number, str(times.day_text(fact.time)))
        for number, fact in program.facts.items()
        if fact.type in ("decide", "set_silence")
    ]
    moments.append((NOW, str(times.day_text(program.now))))
    for moment, day in moments:
        members = home.members(owner, body.members, day)
        for actor in actors:
            if home.among(actor, members):
                program.add("member", body.id, actor, moment)


def _declared(program: Program, home: House, number: int, fact: Fact, body: Body) -> None:
    """How many members, with which population, abstained with a declaration before the decision."""
    if not isinstance(body.decision, Consensus) or body.decision.declared is None:
        return
    owner = next(owner for owner, b in home.bodies if b is body)
    members = home.members(owner, body.members, str(times.day_text(fact.time))) or set()
    target = program.names.of(fact.object)
    earlier = [
        f
        for n, f in program.facts.items()
        if f.type == "constructive_abstention" and n < number and program.names.of(f.object) == target
    ]
    who = {m for f in earlier for m in f.by if not members or m in members}
    told = [f.more["population_pct"] for f in earlier if f.more.get("population_pct") is not None]
    shares = next(iter(home.catalogue.populations.values()), {})
    share = sum(told) if len(told) == len(earlier) else population(shares, who, members)
    limit = body.decision.declared
    needed = -(-len(members) * round(limit.members * 100) // 10000)
    program.add("declared_members", number, len(who))
    program.add("declared_population", number, round(share * 100))
    program.add("declared_limit", number, needed, round(limit.population * 100))


def _votes(program: Program, home: House) -> None:
    for number, fact in program.facts.items():
        if fact.type != "vote" or not home.bodies:
            continue
        body = body_of(home, fact)
        owner = next(owner for owner, b in home.bodies if b is body)
        ballot = count(fact, body, owner, home)
        program.ballots[number] = ballot
        program.problems += ballot.problems
        pattern = next(name for name, kind in _SOLVED.items() if isinstance(body.decision, kind))
        program.add("pattern", number, pattern)
        program.add("yes", number, ballot.yes)
        program.add("no", number, ballot.no)
        for member in ballot.voted_no:
            program.add("voted_no", number, member)
        for member in ballot.veto_holders:
            program.add("veto_holder", number, member)
        program.add("abstained", number, ballot.abstained)
        for member in (*ballot.abstainers, *ballot.absent):
            program.add("did_not_vote", number, member)
        for flag, holds in (
            ("procedural", ballot.procedural),
            ("two_thirds", ballot.two_thirds),
            ("all_take_part", ballot.all_take_part),
            ("committee", isinstance(body.decision, Qualified) and body.decision.no_opinion is not None),
        ):
            if holds:
                program.add(flag, number)
        if ballot.needed_yes is not None:
            program.add("needed_yes", number, ballot.needed_yes)
        if isinstance(body.decision, Qualified):
            program.add("participating", number, ballot.participating)
            program.add("share_of_members", number, body.decision.members)
            program.add("population_needed", number, body.decision.population * 100)
            program.add("population_for", number, ballot.population_for)
            program.add("population_against", number, ballot.population_against)
            program.add("blocking", number, body.decision.blocking)
        for effect in body.effects:
            if all(word.lower() in fact.object.lower() for word in effect.words):
                program.add("effect_of", number, effect.effect, f"{owner.id}.{effect.rule}")


# -- texts and clocks ------------------------------------------------------------------------------------------


def _text(program: Program, home: House, text: Text, case: Case) -> None:
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
    _rules(program, text.id, institution, {
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
        for fact in case.told:
            if fact.type in ("adopt", "vote") and program.names.of(fact.object) == program.names.of(day.after.adoption):
                number, unit = (day.after.days, "days") if day.after.days else (day.after.years or 0, "years")
                return times.shift(fact.time, number or 0, unit)
    return times.parse(day.date)


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


def _tells_joining(program: Program, text: Text, case: Case, member: str, since: int) -> bool:
    """Does the case itself tell how the state joined, so that the table's day has no say?

    It does if it tells its instrument (unless the state had acted as a party before, so that this is a return), or steps
    of joining from before the table's day: the case may be one in which the instrument was never deposited.
    """
    on_it = [f for f in case.told if program.names.of(f.object) == text.id and member in f.by]
    if any(f.type in _JOINING for f in on_it):
        return next(f for f in on_it if f.type not in ("announce", "bill")).type in (*_JOINING, *_STEPS)
    protocol = [f for f in case.told if member in f.object.split() and "protocol" in f.object.lower()]
    return any(f.type in _STEPS and f.time <= since for f in (*on_it, *protocol))


def _clock(program: Program, clock: Clock) -> None:
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
    _rules(program, clock.id, program.institution, {
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
            program.add("fight", clock.id, member, start.time, _time(min(ends, default=times.OPEN)))


def _measure_extensions(program: Program, home: House) -> None:
    """What a body set up it may extend; a member by itself may not."""
    bodies = {body.id for _, body in home.bodies}
    texts = {text.id for text in home.institution.texts}
    for number, fact in program.facts.items():
        target = program.names.of(fact.object)
        if fact.type == "extend" and target not in texts and bodies.intersection(fact.by):
            program.add("may_extend", number, target)
            program.add("measure", target)


def _suspensions(program: Program, target: str) -> None:
    """``suspension of X`` names the state that a party's ceasing to perform X brings about."""
    text = program.names.suspended(target)
    if text is not None:
        program.add("suspension_of", target, text)


# -- rules -----------------------------------------------------------------------------------------------------


def _body_rules(body: Body) -> dict[str, str | None]:
    decision = body.decision
    roles = {"enough": decision.rule}
    more: dict[str, str | None] = {}
    if isinstance(decision, Threshold):
        more = {"veto": decision.veto_rule, "abstention": decision.abstention, "procedural": decision.procedural}
    elif isinstance(decision, Majority):
        more = {"two_thirds": decision.two_thirds}
    elif isinstance(decision, Qualified):
        more = {
            "blocking": decision.blocking_rule,
            "abstention": decision.abstention,
            "no_opinion": decision.no_opinion,
        }
    elif isinstance(decision, Consensus):
        more = {"abstention": decision.abstention, "declared": decision.declared.rule if decision.declared else None}
    return {
        **roles,
        **more,
        "term": body.term,
        "membership": body.membership_rule,
        "silence": body.silence.rule if body.silence else None,
        "chair": body.chair.rule if body.chair else None,
    }


def _rules(program: Program, scope: str, owner: Institution, roles: dict[str, str | None]) -> None:
    for role, rule in roles.items():
        if rule is not None:
            program.add("rule", scope, role, f"{owner.id}.{rule}")


def atoms(program: Program) -> Iterator[str]:
    """The program's lines, each once, in a fixed order."""
    yield from dict.fromkeys(program.atoms)
