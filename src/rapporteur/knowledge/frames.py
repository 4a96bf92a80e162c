"""Frames: which words, in which surroundings, state an event of which type.

One YAML file a PLOVER type under ``data/frames``, shared word classes in ``classes.yaml``. ``Frames.load`` gives the
compiled tables; ``read_frames`` the files themselves with their examples, for the tests and for those who write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml
from rapporteur.knowledge.patterns import Pattern, PatternError, parse_pattern

FRAMES = DATA / "frames"
CLASSES = "classes.yaml"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that a frame takes, with the parties' codes and, where they are not the default, mode and status."""

    text: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    mode: str | None = None
    status: Literal["actual", "negated", "future", "hypothetical"] = "actual"


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sense that states one kind of act.

    Attributes:
        id: ``TYPE.name``, unique.
        gloss: what it means, in a few words.
        mode, cameo, contexts: the ontology's terms for it.
        reciprocal: all parties are actors (they met, they agreed).
        actor: ``party``: only an identifiable political actor does it; ``any``: whoever is named.
        agentless: a passive without an agent still counts when the recipient is somebody.
        needs: roles that must be filled by a party for a noun to count: ``actor``, ``recipient``, ``either``, ``both``.
        verbs, nouns, adjectives: pattern lines.
        takes, rejects: example sentences, which are the frame's tests.
    """

    id: str
    gloss: str
    takes: tuple[Example, ...]
    rejects: tuple[str, ...]
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    reciprocal: bool = False
    actor: Literal["party", "any"] = "party"
    agentless: bool = False
    needs: Literal["actor", "recipient", "either", "both"] = "actor"
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class FrameFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One YAML file: the type, where its contents come from, its own word classes, its frames."""

    type: str
    origin: str
    frames: tuple[Frame, ...]
    classes: dict[str, tuple[str, ...]] = {}


class ClassFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``classes.yaml``: word classes that all frames may use."""

    origin: str
    prepositions: tuple[str, ...]
    classes: dict[str, tuple[str, ...]]


class FrameEntry(msgspec.Struct, frozen=True, array_like=True):
    """What the coder needs of a frame: its labels and conditions, without patterns and examples."""

    id: str
    type: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    reciprocal: bool
    actor: Literal["party", "any"]
    agentless: bool
    needs: Literal["actor", "recipient", "either", "both"]


class Rule(msgspec.Struct, frozen=True, array_like=True):
    """A pattern and the index of the frame that it belongs to."""

    frame: int
    pattern: Pattern


class Tables(msgspec.Struct, frozen=True):
    """The compiled frames: rules by head lemma, apart for verbs, nouns and adjectives; the shared classes."""

    frames: tuple[FrameEntry, ...]
    verbs: dict[str, tuple[Rule, ...]]
    nouns: dict[str, tuple[Rule, ...]]
    adjectives: dict[str, tuple[Rule, ...]]
    classes: dict[str, frozenset[str]]


class _Packed(msgspec.Struct, frozen=True):
    """``Tables`` as kept on disk: each rule once, heads pointing at it. A rule with thirty heads loads as one."""

    frames: tuple[FrameEntry, ...]
    rules: tuple[Rule, ...]
    verbs: dict[str, tuple[int, ...]]
    nouns: dict[str, tuple[int, ...]]
    adjectives: dict[str, tuple[int, ...]]
    classes: dict[str, frozenset[str]]

    @classmethod
    def of(cls, tables: Tables) -> _Packed:
        number: dict[int, int] = {}
        rules: list[Rule] = []

        def packed(table: dict[str, tuple[Rule, ...]]) -> dict[str, tuple[int, ...]]:
            for rule in (r for found in table.values() for r in found):
                if id(rule) not in number:
                    number[id(rule)] = len(rules)
                    rules.append(rule)
            return {head: tuple(number[id(r)] for r in found) for head, found in table.items()}

        verbs, nouns, adjectives = packed(tables.verbs), packed(tables.nouns), packed(tables.adjectives)
        return cls(tables.frames, tuple(rules), verbs, nouns, adjectives, tables.classes)

    def tables(self) -> Tables:
        def unpacked(table: dict[str, tuple[int, ...]]) -> dict[str, tuple[Rule, ...]]:
            return {head: tuple(self.rules[n] for n in found) for head, found in table.items()}

        return Tables(
            self.frames, unpacked(self.verbs), unpacked(self.nouns), unpacked(self.adjectives), self.classes
        )


def load_frames(folder: Path | None = None) -> Tables:
    """The compiled tables of the shipped frames (or of ``folder``).

    Raises:
        KnowledgeError: a file is wrong; with file and line.
    """
    root = folder or FRAMES
    sources = sorted(root.glob("*.yaml"))
    packed = compiled("frames", sources, _Packed, lambda: _Packed.of(compile_frames(sources)), salt="4")
    return packed.tables()


def read_frames(path: Path) -> FrameFile:
    """One frame file as written.

    Raises:
        KnowledgeError: with the line.
    """
    return load_yaml(path, FrameFile)


def compile_frames(paths: Sequence[Path]) -> Tables:
    """Parse all patterns of the files and sort them by head lemma."""
    shared = _shared(paths)
    entries: list[FrameEntry] = []
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    adjectives: dict[str, list[Rule]] = {}
    seen: set[str] = set()
    for path in paths:
        if path.name == CLASSES:
            continue
        file = read_frames(path)
        classes = {**shared.classes, **file.classes}
        for frame in file.frames:
            _check(frame, file, path, seen)
            entries.append(_entry(frame, file.type))
            for lines, table in ((frame.verbs, verbs), (frame.nouns, nouns), (frame.adjectives, adjectives)):
                for rule in _rules(lines, len(entries) - 1, classes, shared.prepositions, path):
                    for head in sorted(rule.pattern.heads):
                        table.setdefault(head, []).append(rule)
    return Tables(
        tuple(entries),
        {k: tuple(v) for k, v in sorted(verbs.items())},
        {k: tuple(v) for k, v in sorted(nouns.items())},
        {k: tuple(v) for k, v in sorted(adjectives.items())},
        {k: frozenset(v) for k, v in shared.classes.items()},
    )


def _shared(paths: Sequence[Path]) -> ClassFile:
    path = next((p for p in paths if p.name == CLASSES), FRAMES / CLASSES)
    return load_yaml(path, ClassFile)


def _entry(frame: Frame, event_type: str) -> FrameEntry:
    return FrameEntry(
        frame.id,
        event_type,
        frame.mode,
        frame.cameo,
        frame.contexts,
        frame.reciprocal,
        frame.actor,
        frame.agentless,
        frame.needs,
    )


def _rules(
    lines: Iterable[str], frame: int, classes: dict[str, tuple[str, ...]], prepositions: Sequence[str], path: Path
) -> Iterable[Rule]:
    for line in lines:
        try:
            yield Rule(frame, parse_pattern(line, classes, frozenset(prepositions)))
        except PatternError as error:
            raise KnowledgeError(str(path), line_of(path, line), str(error)) from None


def _check(frame: Frame, file: FrameFile, path: Path, seen: set[str]) -> None:
    problem = None
    if not frame.id.startswith(file.type + "."):
        problem = f"frame id '{frame.id}' must begin with '{file.type}.'"
    elif frame.id in seen:
        problem = f"frame id '{frame.id}' stands twice"
    elif not (frame.verbs or frame.nouns or frame.adjectives):
        problem = f"frame '{frame.id}' has no pattern (verbs, nouns or adjectives)"
    elif not frame.takes or not frame.rejects:
        problem = f"frame '{frame.id}' needs a sentence it takes and one it rejects"
    if problem:
        raise KnowledgeError(str(path), line_of(path, frame.id), problem)
    seen.add(frame.id)


def line_of(path: Path, text: str) -> int:
    """Number of the first line of the file that holds ``text``; 0 if none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if text in line), 0)
