"""What an actor may do now: each move that the institution knows is supposed, and its answer told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rapporteur.institutions import naming, times
from rapporteur.institutions.answers import ask
from rapporteur.institutions.cases import Case, read_case
from rapporteur.institutions.houses import House, house
from rapporteur.institutions.objects import Names
from rapporteur.institutions.supposing import suppose
from rapporteur.knowledge.institution_words import sentences
from rapporteur.knowledge.institutions import Catalogue, Clock, Consensus, Threshold

__all__ = ["can", "suppose"]
_RUNNING = ("pending", "extended")


def can(known: Catalogue, case: Mapping[str, Any], actor: str) -> list[dict[str, Any]]:
    """What ``actor`` may do on the day of the case, and what would follow.

    Args:
        known: the institutions.
        case: ``institution``, ``facts`` and ``as_of``; what it asks makes no difference.
        actor: a code, or a body or chair as the vocabulary names it.

    Returns:
        For each move ``move`` (a type of fact), ``object``, ``allowed``, ``outcome``, ``effective``, ``deadline`` (of
        what would follow), ``text``, ``rule``, ``citation``.

    Raises:
        CaseError: the case can't be answered.
    """
    asked = {"kind": "status", "object": "-", "party": None}
    read = read_case({**case, "ask": asked}, known.institutions)
    home = house(known, known.institutions[read.institution])
    names = Names(home.institution, [fact.object for fact in read.told])
    asker = _Asker(known, dict(case), actor)
    return [
        *_clock_moves(asker, home, read, names),
        *_leaving(asker, home),
        *_matter_moves(asker, home, read, names),
        *_vetoes(asker, home, read, names),
        *_chair(asker, home),
    ]


class _Asker:
    """Puts the case with a further move."""

    def __init__(self, known: Catalogue, case: dict[str, Any], actor: str) -> None:
        self.known = known
        self.case = case
        self.actor = actor

    def ask(self, kind: str, object: str, party: str | None, *moves: dict[str, Any]) -> dict[str, Any]:
        case = {**self.case, "facts": [*self.case["facts"], *moves]}
        return ask({**case, "ask": {"kind": kind, "object": object, "party": party}}, self.known)

    def move(self, kind: str, object: str, **more: Any) -> dict[str, Any]:
        day = str(self.case["as_of"])
        return {"date": day, "type": kind, "by": [self.actor], "object": object, "supposed": True, **more}

    def told(
        self, kind: str, object: str, answer: Mapping[str, Any], rule: str | None, consequence: str | None, **more: str
    ) -> dict[str, Any]:
        """One entry; ``rule`` is the id of the one that allows it."""
        words = sentences()
        allowed = consequence is not None
        days = {key: naming.day(times.parse(answer[key])) for key in ("effective", "deadline") if answer.get(key)}
        text = (words.moves if allowed else words.refusals)[kind]
        text += words.consequences[consequence] if consequence else ""
        said = text.format_map(
            {"effective": "", "deadline": "", "other": "", "others": "", **days, **more}
            | {"actor": naming.party(self.actor), "object": object}
        )
        cited = next((b for b in answer.get("because", ()) if b["rule"] == rule), None)
        return {
            "move": kind,
            "object": object,
            "allowed": allowed,
            "outcome": answer.get("outcome"),
            "effective": answer.get("effective"),
            "deadline": answer.get("deadline"),
            "text": f"{said[:1].upper()}{said[1:]}.",
            "rule": rule,
            "citation": cited["citation"] if cited else self.citation(rule),
        }

    def citation(self, rule: str | None) -> str | None:
        """Where a rule is written."""
        owner, _, id = (rule or "").partition(".")
        institution = self.known.institutions.get(owner)
        return next((r.citation for r in institution.rules if r.id == id), None) if institution else None


# -- clocks ------------------------------------------------------------------------------------------------------


def _clock_moves(asker: _Asker, home: House, case: Case, names: Names) -> Iterator[dict[str, Any]]:
    procedures = {clock.object for clock in home.institution.clocks}
    for clock in home.institution.clocks:
        if clock.text in procedures:
            continue  # it starts with the notice of another
        party = asker.actor if clock.then == "leave" else None
        now = asker.ask("status", clock.object, party)
        authors = {m for f in case.facts if f.type == clock.starts and _bears(names, f.object, clock) for m in f.by}
        if now["outcome"] in _RUNNING and asker.actor in authors:
            yield from _own_clock(asker, home, clock, party)
        elif now["outcome"] not in ("withdrawn", "terminated", "in_force"):
            yield from _starting(asker, home, clock, party, now)
        if now["outcome"] in _RUNNING and clock.extension and asker.actor in clock.extension.by:
            rule = f"{home.institution.id}.{clock.extension.rule}"
            yield asker.told("extend", clock.object, now, rule, "default")
        if now["outcome"] in _RUNNING and clock.stopped_by and clock.stopped_by.by == asker.actor:
            rule = f"{home.institution.id}.{clock.stopped_by.rule}"
            yield asker.told("vote", f"a draft that stops {clock.object}", now, rule, "not_effective")


def _bears(names: Names, object: str, clock: Clock) -> bool:
    return names.of(object) in (clock.object, clock.text, *clock.on)


def _starting(
    asker: _Asker, home: House, clock: Clock, party: str | None, now: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Would a notice by the actor start the clock? One that runs already is not started again by others."""
    if now["outcome"] in _RUNNING:
        return
    then = asker.ask("status", clock.object, party, asker.move(clock.starts, clock.object))
    started = then["outcome"] in _RUNNING
    rule = f"{home.institution.id}.{clock.rule if started else clock.standing_rule or clock.rule}"
    consequence = ("stage" if clock.then == "open" else "pending") if started else None
    if started or then["reason"] == "no_standing":
        yield asker.told(clock.starts, clock.object, then, rule, consequence)


def _own_clock(asker: _Asker, home: House, clock: Clock, party: str | None) -> Iterator[dict[str, Any]]:
    if clock.take_back is None:
        return
    then = asker.ask("status", clock.object, party, asker.move("suspend_notice", clock.object))
    consequence = "not_effective" if then["outcome"] == "not_effective" else "doubtful"
    yield asker.told("suspend_notice", clock.object, then, f"{home.institution.id}.{clock.take_back}", consequence)


def _leaving(asker: _Asker, home: House) -> Iterator[dict[str, Any]]:
    """Texts that one leaves by leaving."""
    for text in home.institution.texts:
        if text.withdraw is None:
            continue
        if asker.ask("status", text.id, asker.actor)["outcome"] == "in_force":
            then = asker.ask("status", text.id, asker.actor, asker.move("withdraw", text.id))
            yield asker.told("withdraw", text.id, then, f"{home.institution.id}.{text.withdraw}", "withdrawn")


# -- decisions ---------------------------------------------------------------------------------------------------


def _matter_moves(asker: _Asker, home: House, case: Case, names: Names) -> Iterator[dict[str, Any]]:
    """Objecting to what is open, and lifting one's own objection."""
    bodies = [(owner, body) for owner, body in home.bodies if isinstance(body.decision, Consensus)]
    if not bodies:
        return
    owner, body = bodies[0]
    assert isinstance(body.decision, Consensus)
    rule = f"{owner.id}.{body.decision.rule}"
    members = home.members(owner, body.members, str(times.day_text(case.as_of)))
    matters = {
        names.of(f.object): f.object
        for f in case.facts
        if f.type in ("propose", "object", "lift", "set_silence", "decide")
    }
    for target in matters.values():
        now = asker.ask("decision", target, None)
        if now["outcome"] in ("adopted", "held"):
            continue
        if asker.actor in (now["blocked_by"] or ()):
            then = asker.ask("decision", target, None, asker.move("lift", target))
            others = naming.joined([naming.party(m) for m in then["blocked_by"]]) if then["blocked_by"] else ""
            yield asker.told("lift", target, then, rule, "still_blocked" if others else "lifted", others=others)
        elif members is None or asker.actor in members:
            then = asker.ask("decision", target, None, asker.move("object", target))
            yield asker.told("object", target, then, rule, "blocked")
        elif asker.actor == body.id and now["outcome"] == "lifted":
            yield asker.told("decide", target, now, rule, "default")


def _vetoes(asker: _Asker, home: House, case: Case, names: Names) -> Iterator[dict[str, Any]]:
    """The No of a permanent member, to any draft and to one that would stop a running clock."""
    for owner, body in home.bodies:
        if not isinstance(body.decision, Threshold):
            continue
        day = str(times.day_text(case.as_of))
        if asker.actor not in home.catalogue.membership(owner.id, body.decision.veto).on(day):
            continue
        rule = f"{owner.id}.{body.decision.veto_rule}"
        running = [
            clock
            for clock in home.institution.clocks
            if clock.stopped_by and clock.stopped_by.by == body.id
            if asker.ask("status", clock.object, None)["outcome"] in _RUNNING
        ]
        for clock in running:
            yield asker.told("veto", f"a draft that stops {clock.object}", {}, rule, "lets_run", other="the clock")
        yield asker.told("veto", "a draft on a matter of substance", {}, rule, "default")


def _chair(asker: _Asker, home: House) -> Iterator[dict[str, Any]]:
    for owner, body in home.bodies:
        if body.chair and asker.actor in body.chair.by:
            yield asker.told("convene", body.title, {}, f"{owner.id}.{body.chair.rule}", "default")
