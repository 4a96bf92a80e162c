"""Measures that stand: which words name or make one, and which tell of its life (``data/standing/measures.yaml``)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, item_lines, load_yaml
from rapporteur.knowledge.frames import CLASSES, FRAMES, ClassFile, Rule, line_of
from rapporteur.knowledge.patterns import Pattern, PatternError, parse_pattern

FILE = DATA / "standing" / "measures.yaml"

#: Kinds of measures, as the outward contract names them.
KINDS = (
    "block", "veto", "sanction", "embargo", "trade halt", "tariff", "asset freeze", "boycott", "suspension",
    "moratorium", "withdrawal", "restriction", "ban", "travel ban", "siege", "blockade", "ceasefire", "peace deal",
    "state of emergency", "detention",
)  # fmt: skip

#: What a word tells of a measure: it begins, is meant to begin, stands, is (not) prolonged, ends, isn't kept, is
#: merely wanted; what it stops is refused.
Phase = Literal["begin", "seal", "announce", "keep", "renew", "end", "breach", "wish", "refuse", "doubt"]
_TABLES = ("nouns", "begins", "ends", "refusals", "announces", "doubts")
Needs = Literal["both", "either", "imposer", "target", "sides"]


class MeasureEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of naming or making a measure.

    Attributes:
        id: unique in the file.
        kind: one of ``KINDS``.
        nouns: patterns of nouns that name it.
        begins, ends: patterns of verbs that put it in force, and that end it.
        announces: patterns of verbs by which its imposer only says that it may be.
        doubts: patterns of verbs of which its imposer examines "whether" to go on ("whether to continue aid").
        refusals: patterns of verbs that put it in force by not being done ("does not let them join").
        targets: prepositions between the noun and whom it hits.
        needs: which parties must be known: ``sides`` asks for two that share it.
        target: ``state``: the target is a state or of one; ``place``: a place.
        foreign: the target is of another country than the imposer.
        home: a state may impose it on its own without anybody being named.
        abroad: it works on a foreigner, or within an institution.
        never: words whose being its object makes it an affair at home ("vetoed the budget"); classes as ``{name}``.
        shared: those who impose it are its parties ("a truce between").
        sealed: it is in force once it is declared or agreed.
        mutual: two that impose it do so on each other ("they cut ties").
        own: what is closed is its imposer's own, if nobody else is said to close it.
        confines: his own state, or the one that he may not leave, imposes it on somebody, if nobody else is said to.
        possessed: it hits whoever's is what it bears on ("their assets were frozen").
        gradual: what is decided is not done at once.
        through: the institution by which such a measure always works, by its canonical name.
        person: the target is a person, who may stand as the noun's possessor.
        antecedent: its object is a pronoun that stands for one of these nouns, told before; classes as ``{name}``.
    """

    id: str
    kind: str
    needs: Needs
    nouns: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    announces: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    through: str | None = None
    targets: tuple[str, ...] = ()
    target: Literal["any", "state", "place"] = "any"
    foreign: bool = False
    home: bool = False
    abroad: bool = False
    never: frozenset[str] = frozenset()
    shared: bool = False
    sealed: bool = False
    gradual: bool = False
    confines: bool = False
    possessed: bool = False
    mutual: bool = False
    own: bool = False
    person: bool = False
    antecedent: frozenset[str] = frozenset()


class Life(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that govern a measure's noun, by what they tell."""

    begin: frozenset[str]
    seal: frozenset[str]
    announce: frozenset[str]
    keep: frozenset[str]
    renew: frozenset[str]
    end: frozenset[str]
    breach: frozenset[str]


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs whose subject a measure is; ``states`` stand behind "in" or "into"."""

    begin: frozenset[str]
    keep: frozenset[str]
    end: frozenset[str]
    breach: frozenset[str]
    states: frozenset[str]
    entering: frozenset[str]


class Over(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that stand over a measure's ("the lifting of sanctions")."""

    begin: frozenset[str]
    announce: frozenset[str]
    keep: frozenset[str]
    renew: frozenset[str]
    end: frozenset[str]
    breach: frozenset[str]
    wish: frozenset[str]


class Before(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Adjectives before a measure's noun."""

    announce: frozenset[str]
    keep: frozenset[str]
    end: frozenset[str]
    breach: frozenset[str]


class Struck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs whose object is hit "with" a measure."""

    begin: frozenset[str]
    announce: frozenset[str]


class Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First words of the condition of an end: of what stands (``lasting``), of an end that is spoken of."""

    lasting: tuple[str, ...]
    lifting: tuple[str, ...]


class Durations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of how long something lasts; ``words`` are nouns of time in years; ``past`` tell that it is over;
    behind ``terms`` it is how long it shall last; ``ordinals``: what has passed "in its third year"."""

    leads: frozenset[str]
    soft: frozenset[str]
    words: dict[str, int]
    ordinals: dict[str, int]
    terms: frozenset[str]
    past: frozenset[str]


class MeasureFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; its comments explain the lists."""

    origin: str
    classes: dict[str, tuple[str, ...]]
    measures: tuple[MeasureEntry, ...]
    life: Life
    course: Course
    nouns: Over
    before: Before
    hyphened: frozenset[str]
    struck: Struck
    suffering: frozenset[str]
    suffering_prepositions: frozenset[str]
    hit: frozenset[str]
    aiming: frozenset[str]
    relieving: frozenset[str]
    appealing: frozenset[str]
    rivals: frozenset[str]
    fights: frozenset[str]
    blaming: frozenset[str]
    intending: frozenset[str]
    intending_nouns: frozenset[str]
    announcing: frozenset[str]
    powerless: frozenset[str]
    former: frozenset[str]
    campaigners: frozenset[str]
    chambers: frozenset[str]
    bills: frozenset[str]
    passing: frozenset[str]
    treated: frozenset[str]
    enacting: frozenset[str]
    notable: frozenset[str]
    organs: frozenset[str]
    quitting: frozenset[str]
    later: frozenset[str]
    relatives: frozenset[str]
    held: frozenset[str]
    elsewhere: frozenset[str]
    excluding: frozenset[str]
    deciding: frozenset[str]
    seeking: frozenset[str]
    provisos: frozenset[str]
    ahead: frozenset[str]
    brokering: frozenset[str]
    callings: dict[str, frozenset[str]]
    treating: frozenset[str]
    fleeing: frozenset[str]
    pronouns: frozenset[str]
    seizing: frozenset[str]
    conditions: Conditions
    durations: Durations


class MeasureTables(msgspec.Struct, frozen=True):
    """The compiled file. A rule's ``frame`` is the index of its entry; ``shared`` are the frames' word classes."""

    words: MeasureFile
    nouns: dict[str, tuple[Rule, ...]]
    begins: dict[str, tuple[Rule, ...]]
    ends: dict[str, tuple[Rule, ...]]
    refusals: dict[str, tuple[Rule, ...]]
    announces: dict[str, tuple[Rule, ...]]
    doubts: dict[str, tuple[Rule, ...]]
    shared: dict[str, frozenset[str]]

    @property
    def entries(self) -> tuple[MeasureEntry, ...]:
        """The entries, which rules point at."""
        return self.words.measures


@functools.cache
def measure_tables(path: Path = FILE) -> MeasureTables:
    """The tables, from their compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("measures", [path, FRAMES / CLASSES], MeasureTables, lambda: read_measures(path), salt="2")


def read_measures(path: Path) -> MeasureTables:
    """The file's patterns parsed and sorted by head word, everything checked.

    Raises:
        KnowledgeError: with the line of what is wrong.
    """
    file = load_yaml(path, MeasureFile)
    frames = load_yaml(FRAMES / CLASSES, ClassFile)
    lines = item_lines(path, "measures")
    _check_entries(file, path, lines)
    _check_lists(file, path)
    classes = {**frames.classes, **file.classes}
    tables: dict[str, dict[str, list[Rule]]] = {name: {} for name in _TABLES}
    measures = []
    for number, (entry, line) in enumerate(zip(file.measures, lines, strict=True)):
        for name, table in tables.items():
            for text in getattr(entry, name):
                rule = Rule(number, _pattern(text, classes, frames.prepositions, path, line))
                for head in sorted(rule.pattern.heads):
                    table.setdefault(head, []).append(rule)
        spelled = {name: _spelled(getattr(entry, name), classes, path, line) for name in ("never", "antecedent")}
        measures.append(msgspec.structs.replace(entry, **spelled))
    return MeasureTables(
        words=msgspec.structs.replace(file, measures=tuple(measures)),
        **{name: _by_head(table) for name, table in tables.items()},
        shared={name: frozenset(words) for name, words in frames.classes.items()},
    )


def _by_head(table: Mapping[str, list[Rule]]) -> dict[str, tuple[Rule, ...]]:
    return {head: tuple(rules) for head, rules in sorted(table.items())}


def _pattern(
    text: str, classes: Mapping[str, tuple[str, ...]], prepositions: Iterable[str], path: Path, line: int
) -> Pattern:
    try:
        return parse_pattern(text, classes, frozenset(prepositions))
    except PatternError as error:
        raise KnowledgeError(str(path), line_of(path, text) or line, str(error)) from None


def _spelled(words: frozenset[str], classes: Mapping[str, tuple[str, ...]], path: Path, line: int) -> frozenset[str]:
    """The words, with those of a class for its ``{name}``."""
    out: set[str] = set()
    for word in words:
        if not word.startswith("{"):
            out.add(word)
        elif word[1:-1] in classes:
            out.update(classes[word[1:-1]])
        else:
            raise KnowledgeError(str(path), line, f"no class '{word[1:-1]}'; known are {', '.join(sorted(classes))}")
    return frozenset(out)


def _check_entries(file: MeasureFile, path: Path, lines: list[int]) -> None:
    seen: set[str] = set()
    for entry, line in zip(file.measures, lines, strict=True):
        if entry.kind not in KINDS:
            raise KnowledgeError(str(path), line, f"no kind '{entry.kind}'; valid: {', '.join(KINDS)}")
        if entry.id in seen:
            raise KnowledgeError(str(path), line, f"id '{entry.id}' stands twice; valid: once")
        if not any(getattr(entry, table) for table in _TABLES):
            raise KnowledgeError(str(path), line, f"'{entry.id}' has no pattern ({', '.join(_TABLES)})")
        seen.add(entry.id)


def _check_lists(file: MeasureFile, path: Path) -> None:
    """A word tells one thing of a measure: it stands in one of a group's lists; a calling names kinds."""
    for word, kinds in sorted(file.callings.items()):
        for kind in sorted(kinds - set(KINDS)):
            where = line_of(path, f"{word}:")
            raise KnowledgeError(str(path), where, f"no kind '{kind}' for '{word}'; valid: {', '.join(KINDS)}")
    for name in ("life", "course", "nouns", "before"):
        group = getattr(file, name)
        told: dict[str, str] = {}
        for part in group.__struct_fields__:
            if part in ("states", "entering"):
                continue
            for word in sorted(getattr(group, part)):
                if word in told:
                    where = line_of(path, f"{name}:")
                    problem = f"'{word}' stands in both {name}.{told[word]} and {name}.{part}; valid: one of them"
                    raise KnowledgeError(str(path), where, problem)
                told[word] = part
