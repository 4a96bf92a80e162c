"""From a ledger to an institution's facts: rows of its views, by the rules of the institution's file (``ledger``).

Each fact says which row it comes from, in which reports, in what words and on whose word (``source``). What is only
threatened or planned is never an act: it gives at most an ``announce``. Rows that are disputed or denied are left
aside, and so is what fits a rule but names nobody who could have done it. The institution's history
(``Catalogue.history``) is added, marked ``"view": "history"``, unless the ledger tells the same act.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapporteur.institutions import times
from rapporteur.institutions.objects import Names
from rapporteur.institutions.same_acts import ENDS, done, once, rows, with_history
from rapporteur.institutions.tellings import Matcher, Row, Telling, Words, tellings
from rapporteur.knowledge.answer_words import answer_words
from rapporteur.knowledge.institutions import Catalogue, Institution, Known, LedgerRule, Threshold
from rapporteur.knowledge.ledger_words import ledger_words
from rapporteur.knowledge.registry import Registry


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was not used: ``why``, and the ``text`` that tells of it."""

    view: str
    id: str
    why: str
    text: str | None = None


@dataclass(slots=True)
class Gathered:
    """The facts, in the order of their days, and the rows that were left aside."""

    facts: list[dict[str, Any]] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)


def wanted(institution: Institution) -> dict[str, tuple[str, ...] | None]:
    """Which rows are worth looking at: by view, the kinds or types that the rules name; None for all of them."""
    found: dict[str, tuple[str, ...] | None] = {}
    for view in ("measures", "events"):
        rules = [rule for rule in institution.ledger if rule.view == view]
        named = [{name.split(".")[0] for name in (*rule.kinds, *rule.types)} for rule in rules]
        if rules:
            found[view] = tuple(sorted(set().union(*named))) if all(named) else None
    return found


def phrases(known: Catalogue, institution: Institution) -> dict[str, tuple[str, ...] | None]:
    """By view, phrases of which each row says one that a rule takes, in its own words or in a report's sentences;
    None: a rule takes rows whatever they say."""
    matcher = Matcher(known, institution)
    found: dict[str, tuple[str, ...] | None] = {}
    for view in wanted(institution):
        rules = [rule for rule in institution.ledger if rule.view == view]
        said = [matcher.phrases(rule.words or rule.also or rule.trigger) for rule in rules]
        through = [rule.through for rule in rules if rule.through is not None]
        found[view] = tuple(sorted({*through}.union(*said))) if all(said) else None
    return found


def facts(
    known: Catalogue, institution_id: str, measures: Iterable[Row], events: Iterable[Row], as_of: str
) -> list[dict[str, Any]]:
    """The facts that rows give of an institution up to a day (ISO); see ``gathered``."""
    return gathered(known, institution_id, measures, events, as_of).facts


def gathered(
    known: Catalogue,
    institution_id: str,
    measures: Iterable[Row],
    events: Iterable[Row],
    as_of: str,
    known_by: str | None = None,
    history: bool = True,
) -> Gathered:
    """The facts that rows of the views give of an institution, and what was left aside.

    Args:
        known: the institutions.
        institution_id: one of them.
        measures, events: rows of the ledger's views.
        as_of: facts after that day (ISO) are left out.
        known_by: no history after that day either.
        history: add what is known of the institution's history.

    Returns:
        Facts as a case has them, with ``source`` (and ``date_basis`` where the day isn't the act's own as told).
    """
    institution = known.institutions[institution_id]
    matcher, names = Matcher(known, institution), Names(institution, ())
    result = Gathered()
    found: list[dict[str, Any]] = []
    ends: list[tuple[Telling, LedgerRule]] = []
    for told in tellings(measures, events):
        rule = matcher.rule(told)
        if rule is None:
            continue
        if rule.object is None:
            ends.append((told, rule))
            continue
        made = _facts(matcher, names, rule, told)
        if isinstance(made, str):
            result.aside.append(_aside(told, made))
        found += made if not isinstance(made, str) else []
    found = once(found)
    for told, rule in ends:
        end = _ending(matcher, rule, told, found)
        if isinstance(end, str):
            result.aside.append(_aside(told, end))
        elif end is not None:
            found.append(end)
    if history:
        found = with_history(_history(known, institution), found, names, min(as_of, known_by or as_of))
    result.facts = [
        fact for fact in done(once(found)) if times.not_after(times.parse(fact["date"]), times.parse(as_of))
    ]
    result.aside = _asides(result)
    return result


def _asides(result: Gathered) -> list[Aside]:
    """Each row once, and none that gave a fact by another report."""
    used = {id for fact in result.facts for id in rows(fact)}
    first: dict[tuple[str, str], Aside] = {}
    for one in result.aside:
        first.setdefault((one.view, one.id), one)
    return [one for one in first.values() if one.id not in used]


# -- one report ------------------------------------------------------------------------------------------------


def _facts(matcher: Matcher, names: Names, rule: LedgerRule, told: Telling) -> list[dict[str, Any]] | str:
    """The facts that a report gives by a rule, or why it gives none."""
    if told.status == "denied":
        return "it is denied or disputed"
    if told.text.has(matcher.phrases(["{denied}"])):
        return "the sentence that tells of it denies it, or something else"
    coming = told.status == "coming" and not rule.anyhow
    kind = rule.threatened if coming else rule.gives
    if kind is None:
        return "it is only threatened or planned"
    actors = matcher.actors(rule, told)
    if not actors:
        named = ", ".join(str(p.get("name") or p.get("text")) for p in told.authors) or "nobody"
        return f"it tells it of {named}: nobody who could do it under the institution's rules"
    day, basis = _day(told, kind)
    end = _end(told) if rule.ended is not None and not coming else None
    if day is None:
        return "neither it nor its reports have a date"
    if end is not None and not told.row.get("since"):
        day, basis = end, "end"  # it stood until then; since when is not told
    target = matcher.target(rule, told)
    object = names.of(_object(matcher, rule, told, target, actors, day))
    base = {"date": day, "type": kind, "by": list(actors), "object": object, "event": _told(told)}
    if rule.voted is not None and kind == "vote":
        base |= _vote(matcher, rule, actors, day)
    source = _source(told, target)
    made = [base | ({"date_basis": basis} if basis != "stated" else {}) | {"source": source}]
    if end is not None:
        made.append({**base, "type": str(rule.ended), "date": end, "source": source})
    return made


def _matter(words: str) -> str:
    """What a block is about, of words that name both: "veto on the loan" is about the loan."""
    leads = "|".join(map(re.escape, ledger_words().lists["objection_to"]))
    return re.sub(rf"^(?:{leads})\s+(?:(?:the|its|their|a|an)\s+)?(?=\S)", "", words, flags=re.IGNORECASE)


def _object(
    matcher: Matcher, rule: LedgerRule, told: Telling, target: Row | None, actors: Sequence[str], day: str
) -> str:
    """The rule's object, filled in; of a measure that is only named as such ("its veto") whom it hits, or its day."""
    words = _matter(" ".join(str(told.row.get("object") or told.row.get("trigger") or "").split()))
    name = _name(target) if target is not None else ""
    if Words(words).only(matcher.phrases(["{objection}"])):
        words = name
    filled = str(rule.object).format(target=name, object=words, by=", ".join(actors), date=day)
    return filled.rstrip(": ") or f"matter of {day}"


def _name(party: Row) -> str:
    """A state's own name, whoever of it is told of; else the party's."""
    code = str(party.get("code") or "")
    registry = Registry.load()
    if f"state:{code}" in registry:
        return registry.by_code(code).name
    return str(party.get("name") or party.get("text"))


def _vote(matcher: Matcher, rule: LedgerRule, actors: Sequence[str], day: str) -> dict[str, Any]:
    """A veto is told and no count: a veto stops only a draft with the Yes votes that it needs, so these were there."""
    needed = 0
    for body in matcher.institution.bodies:
        if body.id == rule.body and isinstance(body.decision, Threshold):
            until = [
                row for row in body.decision.needed if row.until is None or times.parse(day) <= times.parse(row.until)
            ]
            needed = until[0].yes
    tally = [needed, len(actors), 0]
    return {"by": [rule.body], "no": list(actors), "tally": tally, "implied": ["tally"]}


def _day(told: Telling, kind: str) -> tuple[str | None, str]:
    """When it was done, and on what that rests: ``stated``, ``inferred``, or the ``report``'s own day.

    A measure's beginning is no notice's day: what its other reports tell may be of another step.
    """
    when = told.row.get("since" if told.view == "measures" else "date")
    if told.view == "measures" and (kind not in ("object", "withdraw", "suspend", "vote") or not when):
        own = told.event.get("date") if told.event is not None else None
        lone = len(told.row["reports"]) == 1 or not told.published or not when or when["value"] <= told.published
        when = (
            own
            if own and own.get("value")
            else when
            if when and lone and kind != "notify" and told.status == "done"
            else None
        )
    if when and when.get("value"):
        return when["value"], when.get("basis") or "stated"
    if (told.status == "done" or kind == "notify") and told.weekday is not None:
        return told.weekday, "inferred"
    return told.published, "report"


def _end(told: Telling) -> str | None:
    """When a measure ended, if this report or the row says so."""
    if told.view != "measures" or told.row.get("status") != "ended":
        return None
    until = told.row.get("until")
    if until and until.get("value"):
        return str(until["value"])
    last = [r for r in told.row["reports"] if r.get("status") == "ended"]
    return max((Telling(told.view, told.row, r, "done").published or "" for r in last), default="") or None


def _told(told: Telling) -> str:
    return str(told.report.get("text") or told.row.get("object") or told.row.get("trigger") or "")


def _source(told: Telling, target: Row | None) -> dict[str, Any]:
    report = told.report
    credited = list(report.get("attributed_to") or ())
    source = {
        "view": told.view,
        "id": told.row["id"],
        "article": report.get("article"),
        "published": told.published,
        "evidence": list(report.get("evidence") or ()),
        "text": report.get("text"),
        "attributed_to": credited,
        "ends_when": told.row.get("ends_when"),
        "targets": sorted({str(p["code"]) for p in told.targets if p.get("code")}),
    }
    return source | ({"target": target["code"]} if target is not None and target.get("code") else {})


def _aside(told: Telling, why: str) -> Aside:
    return Aside(told.view, str(told.row["id"]), why, _told(told) or None)


def _ending(
    matcher: Matcher, rule: LedgerRule, told: Telling, found: Sequence[dict[str, Any]]
) -> dict[str, Any] | str | None:
    """What a report ends that names no object: its author's only objection that stood then, or the one it tells of."""
    if told.status != "done":
        return None
    day, basis = _day(told, rule.gives)
    begun = next((kind for kind, end in ENDS.items() if end == rule.gives), None)
    actors = matcher.actors(rule, told)
    if day is None or not actors:
        return None
    standing = [
        f for f in found
        if f["type"] == begun and set(f["by"]) & set(actors) and times.parse(f["date"]) <= times.parse(day)
        and not any(g["type"] == rule.gives and g["object"] == f["object"] and set(g["by"]) & set(f["by"])
                    and times.parse(g["date"]) >= times.parse(f["date"]) for g in found)
    ]  # fmt: skip
    if len({f["object"] for f in standing}) > 1:
        words = told.words.content()
        shared = [len(words & Words(f["object"]).content()) for f in standing]
        standing = [f for f, n in zip(standing, shared, strict=True) if n == max(shared) and shared.count(n) == 1]
    if not standing:
        return "which objection it takes back is not told"
    base = {"date": day, "type": rule.gives, "by": list(actors), "object": standing[0]["object"], "event": _told(told)}
    return base | ({"date_basis": basis} if basis != "stated" else {}) | {"source": _source(told, None)}


def _history(known: Catalogue, institution: Institution) -> Sequence[Known]:
    shared: Mapping[str, Sequence[Known]] = getattr(known, "history", None) or {}
    return tuple(shared.get(institution.id) or institution.history)


def without_implied(facts: Sequence[Mapping[str, Any]], answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without a count that no report told: of a veto only that it was cast is known, which is said."""
    implied = {index for index, fact in enumerate(facts) if "tally" in fact.get("implied", ())}
    used = sorted(implied.intersection(i for step in answer["because"] for i in step["facts"]))
    if not used:
        return answer
    note = {"rule": None, "citation": None, "text": answer_words().labels["no_count"], "facts": used}
    return answer | {"tally": None, "yes_share_of_voting": None, "problems": [*answer["problems"], note]}
