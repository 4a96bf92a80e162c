"""Institutions as data: who decides how, which clocks run, what joins and ends (``data/institutions/*.yaml``).

One file an institution; ``docs/institutions.md`` explains and shows them. Six patterns compose into all of them:
consensus, silence, threshold and veto, majority (of votes, or of members and population), clock with a reverse default,
chain of deposits. Every part names the rule that it rests on, and every rule its citation.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml
from rapporteur.knowledge.institution_bodies import (
    Body,
    Chair,
    Cited,
    Consensus,
    Declared,
    Effect,
    Group,
    Majority,
    Needed,
    Plain,
    Qualified,
    Silence,
    Threshold,
    shares_of,
)
from rapporteur.knowledge.institution_checks import check
from rapporteur.knowledge.institution_exits import exits
from rapporteur.knowledge.institution_members import Member, Membership, group_rows, member_files, table
from rapporteur.knowledge.institution_names import (
    BodyId,
    ClockId,
    Date,
    DateOrDay,
    DayName,
    FactType,
    GroupId,
    RuleId,
    TextId,
    TextOrProcedure,
)

__all__ = [
    "FOLDER",
    "After",
    "Body",
    "Catalogue",
    "Chair",
    "Cited",
    "Clock",
    "Consensus",
    "Declared",
    "Dispute",
    "Effect",
    "Ending",
    "Example",
    "Extension",
    "Group",
    "Institution",
    "Known",
    "LedgerRule",
    "Majority",
    "NamedDay",
    "Needed",
    "Plain",
    "Postponed",
    "Qualified",
    "Silence",
    "Sooner",
    "Stage",
    "Stop",
    "Text",
    "Threshold",
    "catalogue",
    "institution_files",
]  # fmt: skip

FOLDER = DATA / "institutions"
SUCCESSORS = FOLDER / "members" / "successors.csv"


class After(Plain, frozen=True):
    """So long after a named day, or after a text was adopted."""

    days: int | None = None
    years: int | None = None
    day: DayName | None = None
    adoption: str | None = None


class NamedDay(Plain, frozen=True):
    """A day that a text names: told as a ``milestone``, else reckoned, else as it was in history (``date``)."""

    name: str
    date: Date
    after: After | None = None


class Ending(Plain, frozen=True):
    """When a text ends by itself: on a named day or so long after it, unless a clock took effect before."""

    rule: RuleId
    day: DayName
    years: int = 0
    unless: ClockId | None = None


class Extension(Plain, frozen=True):
    """Who may prolong it, how often, by how long at most."""

    by: tuple[str, ...]
    rule: RuleId
    times: int | None = None
    years: int | None = None


class Text(Plain, frozen=True):
    """A treaty, plan, resolution, limit or format that is known without a fact.

    Attributes:
        id: as cases name it; ``names``: other names.
        parties: group; a day of joining in the facts goes before the table's.
        begins: a day, or the name of a ``NamedDay``; a fact that sets it up goes before.
        until: its last day as first set, by the rule ``term``.
        ends: when by itself.
        sides: with two sides, the exit of one ends it; the first of a side speaks for it.
        withdraw: rule by which one leaves at once; without it a notice is needed.
        suspend: rule on who stops performing.
        rule: what it rests on; ``accession``: rule on how one becomes a party.
    """

    id: str
    title: str
    rule: RuleId
    names: tuple[str, ...] = ()
    parties: GroupId | None = None
    begins: DateOrDay | None = None
    until: Date | None = None
    term: RuleId | None = None
    ends: Ending | None = None
    sides: tuple[tuple[str, ...], ...] = ()
    sides_rule: RuleId | None = None
    withdraw: RuleId | None = None
    suspend: RuleId | None = None
    extension: Extension | None = None
    accession: RuleId | None = None


class Stage(Plain, frozen=True):
    """One stage of a clock: so many days (the last one is the last day), months or years."""

    rule: RuleId
    title: str | None = None
    days: int | None = None
    months: int | None = None
    years: int | None = None

    @property
    def length(self) -> tuple[int, str]:
        """The number and its unit."""
        return next((n, u) for n, u in ((self.days, "days"), (self.months, "months"), (self.years, "years")) if n)


class Stop(Plain, frozen=True):
    """Who stops the clock by a decision."""

    by: BodyId
    rule: RuleId


class Sooner(Plain, frozen=True):
    """What brings the effect before the clock has run out: the entry into force of ``object``."""

    object: str
    rule: RuleId


class Postponed(Plain, frozen=True):
    """The effect waits while a state told by milestones of the notifier lasts."""

    begins: str
    ends: str
    rule: RuleId


class Clock(Plain, frozen=True):
    """A notice starts it; at its end the default comes, unless somebody acts.

    Attributes:
        object: the procedure, as cases name it; ``names``: other names.
        text: what it bears on.
        starts: the type of fact; ``on``: further objects whose notice starts it.
        standing: the text whose parties may start it; null: of ``text``.
        stages: one after the other.
        effect: ``on`` the last day, or ``after`` it; ``hour``: the instant on that day (UTC, ``00:00``).
        then: ``leave``: the notifier is out of ``text``; ``apply``: ``applies`` stand again and ``ends`` end;
            ``open``: nothing comes by itself but that the next step is open.
        next: the rule on the step that is open then.
        chain: an object for which the clock counts with ``chain_days`` more, by ``chain_rule``.
        rule: notice; ``take_back``, ``together`` (a joint notice taken back by one), ``resume``: where that may be.
    """

    id: str
    title: str
    object: str
    text: TextOrProcedure
    rule: RuleId
    stages: tuple[Stage, ...]
    then: Literal["leave", "apply", "open"]
    names: tuple[str, ...] = ()
    starts: Literal["notify", "refer"] = "notify"
    on: tuple[str, ...] = ()
    standing: TextId | None = None
    standing_rule: RuleId | None = None
    without: tuple[str, ...] = ()
    effect: Literal["on", "after"] = "on"
    hour: str | None = None
    applies: tuple[TextId, ...] = ()
    ends: tuple[TextId, ...] = ()
    chain: str | None = None
    chain_days: int = 0
    chain_rule: RuleId | None = None
    next: RuleId | None = None
    take_back: RuleId | None = None
    together: RuleId | None = None
    resume: RuleId | None = None
    stopped_by: Stop | None = None
    extension: Extension | None = None
    sooner: Sooner | None = None
    postponed: Postponed | None = None


class Dispute(Plain, frozen=True):
    """Rival readings that states hold or the text leaves open: the question, who holds what, what it rests on."""

    id: str
    question: str
    rule: RuleId
    readings: tuple[tuple[str, str], ...]


class Known(Plain, frozen=True):
    """A move of history, for questions that bring no facts of their own; fields as a case's fact."""

    date: Date
    type: FactType
    by: tuple[str, ...]
    object: str
    event: str
    until: Date | None = None


class LedgerRule(Plain, frozen=True):
    """Which rows of a ledger's view are facts of which type; of a file's rules the first that fits a report counts.

    Attributes:
        view: ``measures`` or ``events``.
        gives: type of the fact; ``object``: its object, with ``{target}`` for the target's name, ``{object}`` for the
            measure's own words, ``{by}`` and ``{date}``; null with ``lift``: what its author objected to before.
        kinds: of measures; ``types``: of events, as ``TYPE`` or ``TYPE.mode``. Empty: all.
        words, also: of each list one phrase must stand in the row or in the sentence that tells of it; ``never``: none
            of these; ``nowhere``: nor in any report of the row. ``{names}`` stands for the names of the institution,
            its texts and clocks, other names in braces for lists of ``ledger-words.yaml``. What is written in capitals
            alone is matched so.
        trigger: one of these must stand in the event's own words.
        through: the measure's institution; a measure of which none is told must have one of ``words``.
        by: who may act: a group. Of a group of states named as one, its members, if all belong.
        targets: groups or states; one of them is hit.
        ended: type of the fact that the measure's end gives.
        threatened: type of the fact that a report gives that tells it only as threatened or planned; null: none.
        anyhow: the act is done even where what it leads to is told as to come: a notice of leaving.
        body: who decides, if a vote is told; those who act voted ``voted``.
    """

    view: Literal["measures", "events"]
    gives: FactType
    object: str | None = None
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    trigger: tuple[str, ...] = ()
    through: str | None = None
    by: GroupId | None = None
    targets: tuple[str, ...] = ()
    ended: FactType | None = None
    threatened: FactType | None = None
    anyhow: bool = False
    body: BodyId | None = None
    voted: Literal["no"] | None = None


class Example(Plain, frozen=True):
    """A case of the file's own: what is asked, and what must be answered."""

    id: str
    question: str
    ask: dict[str, str | None]
    facts: tuple[dict[str, Any], ...]
    as_of: Date
    expected: dict[str, Any]


class Institution(Plain, frozen=True):
    """One file. ``uses``: institutions whose bodies decide here too. ``limits``: what the model leaves out."""

    id: str
    title: str
    summary: str
    origin: str
    rules: tuple[Cited, ...]
    names: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    groups: dict[str, Group] = msgspec.field(default_factory=dict)
    bodies: tuple[Body, ...] = ()
    texts: tuple[Text, ...] = ()
    clocks: tuple[Clock, ...] = ()
    days: tuple[NamedDay, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    history: tuple[Known, ...] = ()
    ledger: tuple[LedgerRule, ...] = ()
    limits: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


class Catalogue(Plain, frozen=True):
    """All institutions by id, and the membership of their groups: ``members["UNSC"]["council"]``.

    ``history``: moves that are known without being told, by institution, for questions that a ledger answers.
    """

    institutions: dict[str, Institution]
    members: dict[str, dict[str, tuple[Member, ...]]]
    populations: dict[str, dict[str, float]]
    history: dict[str, tuple[Known, ...]]
    successors: dict[str, str]

    def membership(self, institution: str, group: str) -> Membership:
        """Who belongs to the group when."""
        return Membership(self.members[institution][group])


def institution_files(path: Path) -> list[Path]:
    """The file itself, or the YAML files of a folder.

    Raises:
        KnowledgeError: there is none.
    """
    found = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not found:
        raise KnowledgeError(str(path), 0, "no .yaml file in this folder; name a file or folder of institutions")
    return found


@functools.cache
def catalogue(*own: Path) -> Catalogue:
    """The shipped institutions, and ``own`` files or folders on top (one with a shipped id takes its place).

    Raises:
        KnowledgeError: a file is wrong, with its line.
    """
    files = list(dict.fromkeys(file.resolve() for path in (FOLDER, *own) for file in institution_files(path)))
    sources = [*files, *member_files(path.parent for path in files)]
    return compiled("institutions", sources, Catalogue, lambda: _built(files), salt="2")


def _built(files: Iterable[Path]) -> Catalogue:
    read: dict[str, tuple[Path, Institution]] = {}
    for file in files:
        institution = load_yaml(file, Institution)
        before = read.get(institution.id)
        if before is not None and before[0].parent == file.parent:
            raise KnowledgeError(str(file), 1, f"institution `{institution.id}` stands in {before[0].name} too")
        read[institution.id] = (file, institution)
    for file, institution in read.values():
        check(file, institution, {id: i for id, (_, i) in read.items()})
    members, populations = {}, {}
    for id, (file, institution) in read.items():
        members[id] = {name: group_rows(file, institution.groups, name) for name in institution.groups}
        for body in institution.bodies:
            shares = shares_of(body.decision)
            if shares is not None:
                populations[id] = _shares(file, shares)
    return Catalogue(
        institutions={id: institution for id, (_, institution) in sorted(read.items())},
        members=members,
        populations=populations,
        history=_history(read),
        successors={row["member"]: row["successor"] for _, row in table(SUCCESSORS, ("member", "successor"))},
    )


def _history(read: dict[str, tuple[Path, Institution]]) -> dict[str, tuple[Known, ...]]:
    """The moves of the institutions' files, and those of the tables of exits beside them, in order."""
    institutions = {id: institution for id, (_, institution) in read.items()}
    moves = [(id, known) for id, (_, institution) in sorted(read.items()) for known in institution.history]
    for folder in sorted({file.parent for file, _ in read.values()}):
        here = {id for id, (file, _) in read.items() if file.parent == folder}
        rows = exits(folder / "members" / "exits.csv", institutions, here)
        moves += [(row.institution, Known(**row.move)) for row in rows]
    found: dict[str, list[Known]] = {}
    for id, known in moves:
        found.setdefault(id, []).append(known)
    return {id: tuple(sorted(moves, key=lambda m: (m.date, m.type, m.by))) for id, moves in sorted(found.items())}


def _shares(file: Path, name: str) -> dict[str, float]:
    path = file.parent / "members" / f"{name}.csv"
    shares = {}
    for line, row in table(path, ("member", "share_2016")):
        try:
            shares[row["member"]] = float(row["share_2016"])
        except ValueError:
            raise KnowledgeError(str(path), line, f"`{row['share_2016']}` is no share; valid: per cent") from None
    return shares
