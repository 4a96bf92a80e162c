"""Who decides in an institution and how, in plain sentences for the handbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from rapporteur.institutions.handbook_states import parties_that_are
from rapporteur.institutions.handbook_words import (
    Told,
    actors,
    code,
    day_in_words,
    listed,
    sentence,
    share,
    states,
    table,
)
from rapporteur.institutions.naming import party
from rapporteur.knowledge.institution_members import Member
from rapporteur.knowledge.institutions import FOLDER, Body, Consensus, Group, Majority, Qualified, Threshold

_MOST_NAMED = 40


def patterns(body: Body) -> str:
    """By what pattern it decides, in a few words."""
    decision = body.decision
    if isinstance(decision, Threshold):
        return "threshold with veto"
    if isinstance(decision, Qualified):
        return "qualified majority, else the executive" if decision.no_opinion else "qualified majority"
    word = "consensus" if isinstance(decision, Consensus) else "majority"
    return f"{word}, silence" if body.silence else word


def deciding(told: Told, body: Body) -> Iterator[str]:
    """The lines on one body: who sits in it, and how it decides."""
    until = f" It is gone: its last day was {day_in_words(body.until)}." if body.until else ""
    yield f"**{sentence(body.title).removesuffix('.')}** ({code(body.id)}).{until}"
    yield ""
    then = replace(told, day=min(told.day, body.until or told.day))
    who = membership(then, body.members, told.cite(body.membership_rule))
    yield from (f"- {line}" for line in (*who, *_how(then, body)))
    yield ""


def membership(told: Told, group: str | None, cited: str = "") -> Iterator[str]:
    """Who belongs to a group on the day, and what its table covers."""
    if group is None:
        yield f"Members: there is no table; everybody who acts counts as one.{cited}"
        return
    rows = told.known.members[told.institution.id][group]
    today = told.known.membership(told.institution.id, group).on(told.day) - parties_that_are(told, "withdrawn", group)
    if not today:
        yield f"Members: not known on {day_in_words(told.day)}; on such a day everybody who acts counts as one.{cited}"
    else:
        names = f": {', '.join(states(today))}" if len(today) <= _MOST_NAMED else ""
        yield f"Members on {day_in_words(told.day)}: {len(today)}{names}.{cited}{_in_dispute(told, group)}"
    yield from _source(told, told.institution.groups[group], rows)


def _in_dispute(told: Told, group: str) -> str:
    open_ = states(parties_that_are(told, "disputed", group))
    return f" Counted here though it is in dispute: {listed(open_)}." if open_ else ""


def _source(told: Told, group: Group, rows: Sequence[Member]) -> Iterator[str]:
    """Where the list comes from, and which days it covers."""
    base = group
    while base.group is not None:
        base = told.institution.groups[base.group]
    parts = [f"without {listed(states(group.without))}"] if group.without else []
    parts += [f"only {listed(states(group.only))}"] if group.only else []
    taken = f" ({'; '.join(parts)})" if parts else ""
    if base.file is None:
        yield f"Table: they are named in the file itself{taken}."
        return
    unknown = sum(row.start is None for row in rows)
    since = f" Of {unknown} the first day isn't known; they count from the beginning." if unknown else ""
    span = covered([row for row in rows if row.start] or rows)
    yield f"Table: `members/{base.file}.csv`{taken}, which covers {span}.{since}{_origin(base.file)}"


def covered(rows: Sequence[Member]) -> str:
    """The spans of days on which somebody is a member, in words."""
    spans: list[list[str | None]] = []
    for row in sorted(rows, key=lambda r: (r.start or "", r.end or "9999")):
        if spans and (spans[-1][1] is None or (row.start or "") <= _next(spans[-1][1])):
            spans[-1][1] = None if None in (spans[-1][1], row.end) else max(str(spans[-1][1]), str(row.end))
        else:
            spans.append([row.start, row.end])
    return listed([_span(start, end) for start, end in spans]) or "nobody"


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _span(start: str | None, end: str | None) -> str:
    if start is None:
        return f"all days to {day_in_words(end)}" if end else "all days"
    return f"{day_in_words(start)} to {day_in_words(end)}" if end else f"all days from {day_in_words(start)} on"


def _origin(name: str) -> str:
    """What the table's own first line says of it."""
    try:
        with (FOLDER / "members" / f"{name}.csv").open(encoding="utf-8") as lines:
            first = next(lines, "")
    except OSError:
        return ""
    return f" {sentence(first.removeprefix('# origin:').strip())}" if first.startswith("# origin:") else ""


# -- how it decides --------------------------------------------------------------------------------------------


def _how(told: Told, body: Body) -> Iterator[str]:
    decision = body.decision
    if isinstance(decision, Consensus):
        yield from _consensus(told, decision)
    elif isinstance(decision, Threshold):
        yield from _threshold(told, decision)
    elif isinstance(decision, Majority):
        yield f"How: more Yes than No. Abstentions and absences don't count.{told.cite(decision.rule)}"
        if decision.two_thirds:
            yield f"Where the vote says so: two thirds of Yes and No together.{told.cite(decision.two_thirds)}"
    else:
        yield from _qualified(told, decision)
    if body.silence:
        yield (
            f"Silence: a text that {actors(body.silence.by)} puts under silence is adopted at its deadline unless a"
            f" member objects in time.{told.cite(body.silence.rule)}"
        )
    if body.chair:
        alone = "may call a meeting alone; nobody's consent is needed."
        yield f"The chair: {actors(body.chair.by)} {alone}{told.cite(body.chair.rule)}"
    if body.term:
        yield f"Terms: {told.says(body.term)}"


def _consensus(told: Told, decision: Consensus) -> Iterator[str]:
    yield f"How: what no member objects to is adopted.{told.cite(decision.rule)}"
    if decision.abstention:
        yield f"Abstaining or staying away stops nothing.{told.cite(decision.abstention)}"
    if decision.declared:
        limit = decision.declared
        yield (
            "Abstaining with a declaration frees a member from the duty to apply the decision. If such members are"
            f" {share(limit.members)} of all, with {share(limit.population)} of the population, nothing is adopted."
            f"{told.cite(limit.rule)}"
        )


def _threshold(told: Told, decision: Threshold) -> Iterator[str]:
    now = next(n for n in decision.needed if n.until is None or told.day <= n.until)
    earlier = [f"until {day_in_words(n.until)}, {n.yes} of {n.of}" for n in decision.needed if n is not now and n.until]
    before = f" ({'; '.join(earlier)})" if earlier else ""
    yield f"How: a decision needs the Yes of {now.yes} of {now.of} members{before}.{told.cite(decision.rule)}"
    yield f"Abstaining or staying away is not a No, whoever does it.{told.cite(decision.abstention)}"
    yield f"On procedure the same votes are enough, and nobody has a veto.{told.cite(decision.procedural)}"


def _qualified(told: Told, decision: Qualified) -> Iterator[str]:
    yield (
        f"How: the Yes of {share(decision.members)} of the members that take part, with {share(decision.population)} of"
        f" their population.{told.cite(decision.rule)}"
    )
    yield f"Who abstains is not in favour.{told.cite(decision.abstention)}"
    if decision.no_opinion:
        yield (
            "The same majority against blocks. With neither majority there is no opinion, and the executive may adopt."
            f"{told.cite(decision.no_opinion)}"
        )
    if decision.populations:
        yield f"Shares of population: those told with the vote, else the table `members/{decision.populations}.csv`."


# -- who may stop what, and effects ----------------------------------------------------------------------------


def stopping(told: Told, body: Body) -> Iterator[str]:
    """Who may stop a decision of the body."""
    decision, name = body.decision, f"A decision of the {body.title}"
    if isinstance(decision, Consensus):
        stands = "The objection stands until that member lifts it."
        yield f"{name}: any member, by objecting. {stands}{told.cite(decision.rule)}"
    elif isinstance(decision, Threshold):
        holders = sorted(map(party, told.known.membership(told.institution.id, decision.veto).on(told.day)))
        yield (
            f"{name}: {listed(holders, 'or')}, by a No to a draft that has the votes it needs, unless the matter is"
            f" procedural.{told.cite(decision.veto_rule)}"
        )
    elif isinstance(decision, Majority):
        yield f"{name}: nobody alone; enough No votes defeat it.{told.cite(decision.rule)}"
    else:
        yield (
            f"{name}: nobody alone. At least {decision.blocking} members must not be in favour; if there are fewer, the"
            f" majority is reached whatever their population.{told.cite(decision.blocking_rule)}"
        )
    if body.silence:
        yield f"A text under silence: any member, by objecting before it runs out.{told.cite(body.silence.rule)}"
    if body.chair:
        yield f"A meeting that {actors(body.chair.by)} calls: nobody.{told.cite(body.chair.rule)}"


def effects(told: Told) -> list[str]:
    """The table of what adopted texts do besides."""
    words: dict[tuple[str, str], list[str]] = {}
    for effect in (effect for body in told.institution.bodies for effect in body.effects):
        words.setdefault((effect.effect, effect.rule), []).append(" with ".join(f"“{word}”" for word in effect.words))
    rows = [(listed(ways, "or"), code(effect), told.says(rule)) for (effect, rule), ways in words.items()]
    return table(("words in the object's name", "`effect`", "because"), rows)
