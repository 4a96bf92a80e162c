"""What must hold in an institution's file beyond its form: what is named is there, and every rule is cited and used."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.case_words import FACT_TYPES
from rapporteur.knowledge.files import line_at
from rapporteur.knowledge.institution_bodies import Consensus, shares_of
from rapporteur.knowledge.institution_examples import example_problems
from rapporteur.knowledge.institution_members import group_rows, has_table, table_names
from rapporteur.knowledge.institution_names import is_date, named
from rapporteur.knowledge.institution_parts import part_problems

if TYPE_CHECKING:
    from rapporteur.knowledge.institutions import Group, Institution

#: Where something stands in the file, as ``line_at`` reads it, and what is wrong with it.
Problem = tuple[str, str]
_WORD = re.compile(r"[\w-]+", re.ASCII)


def check(file: Path, institution: Institution, known: Mapping[str, Institution]) -> None:
    """Raise ``KnowledgeError``, with the line, for the first thing that is wrong.

    Args:
        file: the institution's file, beside whose folder ``members`` lies.
        institution: what was read from it.
        known: all institutions by id, for ``uses``.
    """
    for where, problem in problems(file, institution, known):
        raise KnowledgeError(str(file), line_at(file, where), problem)


def problems(file: Path, institution: Institution, known: Mapping[str, Institution]) -> Iterator[Problem]:
    """All that is wrong. What stands later may follow from what stands before."""
    yield from _uses(institution, known)
    yield from _repeated(institution)
    yield from _rules(institution)
    yield from _references(institution, known)
    yield from _groups(file, institution)
    yield from part_problems(institution)
    yield from example_problems(institution)


def _uses(institution: Institution, known: Mapping[str, Institution]) -> Iterator[Problem]:
    for number, other in enumerate(institution.uses):
        if other == institution.id:
            yield f"$.uses[{number}]", f"`{other}` names itself; name an institution whose bodies decide here too"
        elif other not in known:
            yield f"$.uses[{number}]", _unknown("institution", other, known)


# -- each name once --------------------------------------------------------------------------------------------


def _repeated(institution: Institution) -> Iterator[Problem]:
    """Ids that stand twice, and names that mean two things."""
    for part, key in (
        ("rules", "id"), ("bodies", "id"), ("texts", "id"), ("clocks", "id"), ("days", "name"), ("disputes", "id"),
        ("examples", "id"),
    ):  # fmt: skip
        seen: set[str] = set()
        for number, item in enumerate(getattr(institution, part)):
            id = getattr(item, key)
            if not id.strip():
                yield f"$.{part}[{number}].{key}", f"`{key}` is empty; valid: a short name"
            if id in seen:
                yield f"$.{part}[{number}].{key}", f"`{id}` stands twice under `{part}`; each must have its own"
            seen.add(id)
    yield from _names(institution)


def _names(institution: Institution) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    named_so = [(f"$.texts[{n}]", t.id, "id", (t.id, *t.names)) for n, t in enumerate(institution.texts)]
    named_so += [(f"$.clocks[{n}]", c.object, "object", (c.object, *c.names)) for n, c in enumerate(institution.clocks)]
    for where, owner, key, names in named_so:
        for number, name in enumerate(names):
            before = owners.setdefault(" ".join(name.casefold().split()), owner)
            if before != owner:
                place = f"{where}.{key}" if number == 0 else f"{where}.names[{number - 1}]"
                yield place, f"`{name}` is a name of `{before}` already; one name, one thing"


def _rules(institution: Institution) -> Iterator[Problem]:
    """Every rule is cited, says something, and is used by some part or marked as informative."""
    used = {name for _, kind, name in named(institution) if kind == "rule"}
    for number, rule in enumerate(institution.rules):
        where = f"$.rules[{number}]"
        if not rule.citation.strip():
            yield f"{where}.citation", f"rule `{rule.id}` has no citation; say where it is written"
        if not rule.text.strip():
            yield f"{where}.text", f"rule `{rule.id}` says nothing; say in a sentence what it rules"
        if rule.id not in used and not rule.informative:
            yield where, f"rule `{rule.id}` is used by no part of the file; use it, or add `informative: true`"
        if rule.id in used and rule.informative:
            yield f"{where}.informative", f"rule `{rule.id}` is used, so it is not only informative; take the mark away"


# -- what is named is there ------------------------------------------------------------------------------------


def _references(institution: Institution, known: Mapping[str, Institution]) -> Iterator[Problem]:
    used = [known[other] for other in institution.uses if other in known]
    texts = [text.id for text in institution.texts]
    there: dict[str, Collection[str]] = {
        "rule": [rule.id for rule in institution.rules],
        "group": list(institution.groups),
        "text": texts,
        "text or procedure": [*texts, *(clock.object for clock in institution.clocks)],
        "clock": [clock.id for clock in institution.clocks],
        "body": [body.id for owner in (institution, *used) for body in owner.bodies],
        "day": [day.name for day in institution.days],
        "type of fact": FACT_TYPES,
    }
    for where, kind, name in named(institution):
        if kind == "date" or (kind == "date or day" and name[:1].isdigit()):
            if not is_date(name):
                yield where, f"`{name}` is no date; valid: a day as 2004-05-01, in quotes"
        elif kind == "date or day":
            if name not in there["day"]:
                yield where, f"`{name}` is neither a date nor a day of this file; days: {_listed(there['day'])}"
        elif name not in there[kind]:
            yield where, _unknown(kind, name, there[kind])


def _unknown(kind: str, name: str, there: Collection[str]) -> str:
    return f"no {kind} `{name}`; known here: {_listed(there)}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(dict.fromkeys(names)) or "none"


# -- groups ----------------------------------------------------------------------------------------------------


def _groups(file: Path, institution: Institution) -> Iterator[Problem]:
    for name, group in institution.groups.items():
        where = f"$.groups.{name}"
        if not _WORD.fullmatch(name):
            yield "$.groups", f"group `{name}`: the name must be one word of letters, digits, `_` and `-`"
            continue
        sources = [key for key in ("file", "members", "group") if getattr(group, key)]
        if len(sources) != 1:
            yield where, f"group `{name}` needs one of `file`, `members` and `group`; it has {_listed(sources)}"
        elif group.file and not has_table(file, group.file):
            yield f"{where}.file", f"no table `{group.file}.csv` in members/; there are: {_listed(table_names(file))}"
        elif _in_circle(institution.groups, name):
            yield f"{where}.group", f"group `{name}` is made of itself, through `{group.group}`"
        elif group.without and group.only:
            yield where, f"group `{name}` has both `without` and `only`; one of them says it"
        else:
            yield from _left_out(file, institution, name, group)
    for number, body in enumerate(institution.bodies):
        shares = shares_of(body.decision)
        if shares and not has_table(file, shares):
            declared = ".declared" if isinstance(body.decision, Consensus) else ""
            where = f"$.bodies[{number}].decision{declared}.populations"
            yield where, f"no table `{shares}.csv` in members/; there are: {_listed(table_names(file))}"


def _in_circle(groups: Mapping[str, Group], name: str) -> bool:
    met = {name}
    following = groups[name].group
    while following is not None and following in groups:
        if following in met:
            return True
        met.add(following)
        following = groups[following].group
    return False


def _left_out(file: Path, institution: Institution, name: str, group: Group) -> Iterator[Problem]:
    """``without`` and ``only`` must name some of those who are in the group that they narrow."""
    for key in ("without", "only"):
        chosen = getattr(group, key)
        if not chosen:
            continue
        whole = {**institution.groups, name: type(group)(file=group.file, members=group.members, group=group.group)}
        try:
            there = {row.id for row in group_rows(file, whole, name)}
        except KeyError:
            continue  # made of a group that isn't there, which is said already
        for number, member in enumerate(chosen):
            if member not in there:
                yield f"$.groups.{name}.{key}[{number}]", f"`{member}` is never in group `{name}`; check the code"
