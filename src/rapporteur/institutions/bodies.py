"""Who decides, said as atoms: bodies and their members, votes as counted, abstentions with a declaration."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rapporteur.institutions import times
from rapporteur.institutions.atoms import NOW, Program, add_rules
from rapporteur.institutions.cases import Fact, Problem
from rapporteur.institutions.houses import House, body_of, population
from rapporteur.institutions.tallies import count
from rapporteur.knowledge.institutions import Body, Consensus, Institution, Majority, Qualified, Threshold

_SOLVED = {"threshold": Threshold, "majority": Majority, "qualified": Qualified, "consensus": Consensus}


def add_bodies(program: Program, home: House) -> None:
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
        add_rules(program, body.id, owner, _body_rules(body))
    for number, fact in program.facts.items():
        if fact.type in ("decide", "vote", "set_silence", "extend"):
            owner, body = body_of(home, fact)
            program.add("decides", number, body.id)
            if fact.type != "extend" and number <= program.last_told:
                _note_strange_body(program, home, fact, body)
            silent = {by for _, b in home.bodies if b.silence for by in (*b.silence.by, b.id)}
            if silent.intersection(fact.by):
                program.add("sets_silence", number)
            if fact.type == "decide":
                _declared(program, home, number, fact, owner, body)


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


def _note_strange_body(program: Program, home: House, fact: Fact, body: Body) -> None:
    """Say that somebody is told to decide who doesn't here."""
    deciders = {id for _, b in home.bodies for id in (b.id, *(b.silence.by if b.silence else ()))}
    if not deciders.intersection(fact.by):
        who = " and ".join(fact.by)
        text = f"{who} takes no decisions in {program.institution.id}; it is taken for one of {body.id}"
        program.problems.append(Problem(text, (fact.index,)))


def _declared(program: Program, home: House, number: int, fact: Fact, owner: Institution, body: Body) -> None:
    """How many members, with which population, abstained with a declaration before the decision."""
    if not isinstance(body.decision, Consensus) or body.decision.declared is None:
        return
    members = home.members(owner, body.members, str(times.day_text(fact.time))) or set()
    target = program.names.of(fact.object)
    earlier = [
        f
        for n, f in program.facts.items()
        if f.type == "constructive_abstention" and n < number and program.names.of(f.object) == target
    ]
    who = {m for f in earlier for m in f.by if not members or m in members}
    told = [f.more["population_pct"] for f in earlier if f.more.get("population_pct") is not None]
    shares = home.catalogue.populations.get(owner.id, {})
    share = sum(told) if len(told) == len(earlier) else population(shares, who, members)
    limit = body.decision.declared
    needed = -(-len(members) * round(limit.members * 100) // 10000)
    program.add("declared_members", number, len(who))
    program.add("declared_population", number, round(share * 100))
    program.add("declared_limit", number, needed, round(limit.population * 100))


def add_votes(program: Program, home: House) -> None:
    """Votes as counted, with what they need."""
    for number, fact in program.facts.items():
        if fact.type != "vote" or not home.bodies:
            continue
        owner, body = body_of(home, fact)
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
        named = (e for e in body.effects if all(word.lower() in fact.object.lower() for word in e.words))
        for effect in islice(named, 1):  # the file puts the wider act first
            program.add("effect_of", number, effect.effect, f"{owner.id}.{effect.rule}")


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
