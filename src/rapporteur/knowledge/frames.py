"""Frames: which words, in which surroundings, state an event of which type.

One YAML file a PLOVER type under ``data/frames``, shared word classes in ``classes.yaml``. ``load_frames`` gives the
compiled tables, of the shipped frames and of a user's own on top; ``read_frames`` the files themselves with their
examples, for the tests and for those who write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, item_lines, load_yaml, unreadable
from rapporteur.knowledge.ontology import ONTOLOGY, Ontology
from rapporteur.knowledge.patterns import Pattern, PatternError, parse_pattern

FRAMES = DATA / "frames"
CLASSES = "classes.yaml"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that a frame takes, with the parties' codes and, where they are not the default, mode and status.

    ``type`` is told where the ontology makes another act of the frame's: an attack that is announced is a threat.
    """

    text: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    mode: str | None = None
    status: Literal["actual", "negated", "future", "hypothetical"] = "actual"
    type: str | None = None


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
    """``classes.yaml``: word classes that all frames may use. Of a user's, ``prepositions`` add to the shipped ones."""

    origin: str
    prepositions: tuple[str, ...] = ()
    classes: dict[str, tuple[str, ...]] = {}


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

        return Tables(self.frames, unpacked(self.verbs), unpacked(self.nouns), unpacked(self.adjectives), self.classes)


def load_frames(*extra: Path) -> Tables:
    """The compiled tables of the shipped frames, with those of ``extra`` folders or files on top.

    A frame of ``extra`` replaces an earlier one with its id; a class of an extra ``classes.yaml`` replaces the shared
    class of its name, for the shipped frames too (``"{name}"`` among its words stands for the words it had).

    Raises:
        KnowledgeError: a file is missing or wrong; with file and line.
    """
    layers = [tuple(sorted(FRAMES.glob("*.yaml"))), *map(frame_files, extra)]
    sources = [ONTOLOGY, *(path for layer in layers for path in layer)]
    layout = "".join(f"+{len(layer)}" for layer in layers[1:])
    packed = compiled("frames", sources, _Packed, lambda: _Packed.of(compile_frames(*layers)), salt=f"6{layout}")
    return packed.tables()


def frame_files(path: Path) -> tuple[Path, ...]:
    """The YAML files of a folder of frames; of a single file, that and the ``classes.yaml`` beside it.

    Raises:
        KnowledgeError: there is none.
    """
    try:
        if path.is_dir():
            found = tuple(sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml")))
            if not found:
                raise KnowledgeError(str(path), 0, "no frames in this folder; valid: *.yaml files (docs/frames.md)")
            return found
    except OSError as error:
        raise unreadable(path, error) from None
    if not path.exists():
        raise KnowledgeError(str(path), 0, "no such file or folder; check the path")
    beside = path.parent / CLASSES
    return (beside, path) if beside.is_file() and path.name != CLASSES else (path,)


def read_frames(path: Path) -> FrameFile:
    """One frame file as written.

    Raises:
        KnowledgeError: with the line.
    """
    return load_yaml(path, FrameFile)


def compile_frames(*layers: Sequence[Path]) -> Tables:
    """Parse all patterns of the files and sort them by head lemma; what stands in a later layer replaces and adds.

    Raises:
        KnowledgeError: with file and line.
    """
    shared = _shared([path for layer in layers for path in layer if path.name == CLASSES])
    prepositions = frozenset(shared.prepositions)
    placed = [_placed(layer) for layer in layers]
    latest = {where.frame.id: where for layer in placed for where in layer}
    entries: list[FrameEntry] = []
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    adjectives: dict[str, list[Rule]] = {}
    for where in (where for layer in placed for where in layer if latest[where.frame.id] is where):
        frame, classes = where.frame, {**shared.classes, **_widened(where.file.classes, shared.classes, where.path)}
        entries.append(_entry(frame, where.file.type))
        for lines, table in ((frame.verbs, verbs), (frame.nouns, nouns), (frame.adjectives, adjectives)):
            for rule in _rules(lines, len(entries) - 1, classes, prepositions, where):
                for head in sorted(rule.pattern.heads):
                    table.setdefault(head, []).append(rule)
    return Tables(
        tuple(entries),
        {k: tuple(v) for k, v in sorted(verbs.items())},
        {k: tuple(v) for k, v in sorted(nouns.items())},
        {k: tuple(v) for k, v in sorted(adjectives.items())},
        {k: frozenset(v) for k, v in shared.classes.items()},
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A frame and where it stands: the ``number``-th of its file, from 0."""

    frame: Frame
    file: FrameFile
    path: Path
    number: int

    def error(self, problem: str, *needles: str) -> KnowledgeError:
        """``problem`` at the first line of the frame that holds one of the ``needles``, else at its first line."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        starts = [*item_lines(self.path, "frames"), len(lines) + 1]
        own = range(starts[self.number], starts[self.number + 1])
        line = next((n for needle in needles for n in own if needle in lines[n - 1]), own.start)
        return KnowledgeError(str(self.path), line, problem)


def _placed(layer: Iterable[Path]) -> list[_Placed]:
    """The frames of a layer, checked."""
    found: list[_Placed] = []
    seen: set[str] = set()
    for path in layer:
        if path.name == CLASSES:
            continue
        file = read_frames(path)
        wrong = Ontology.load().check(file.type)
        if wrong:
            raise KnowledgeError(str(path), line_of(path, "type:"), wrong)
        for number, frame in enumerate(file.frames):
            where = _Placed(frame, file, path, number)
            _check(where, seen)
            found.append(where)
    return found


def _shared(paths: Sequence[Path]) -> ClassFile:
    first, *others = paths or (FRAMES / CLASSES,)
    shared = load_yaml(first, ClassFile)
    for path in others:
        file = load_yaml(path, ClassFile)
        shared = ClassFile(
            shared.origin,
            shared.prepositions + file.prepositions,
            {**shared.classes, **_widened(file.classes, shared.classes, path)},
        )
    return shared


def _widened(
    own: Mapping[str, tuple[str, ...]], known: Mapping[str, tuple[str, ...]], path: Path
) -> dict[str, tuple[str, ...]]:
    """A file's own classes, ``{name}`` among the words of one standing for the words of a known class."""

    def words(word: str) -> tuple[str, ...]:
        if not (word.startswith("{") and word.endswith("}")):
            return (word,)
        if word[1:-1] not in known:
            problem = f"no class '{word[1:-1]}'; known are {', '.join(sorted(known)) or 'none'}"
            raise KnowledgeError(str(path), line_of(path, word), problem)
        return known[word[1:-1]]

    return {name: tuple(w for word in some for w in words(word)) for name, some in own.items()}


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
    lines: Iterable[str],
    frame: int,
    classes: Mapping[str, tuple[str, ...]],
    prepositions: frozenset[str],
    where: _Placed,
) -> Iterator[Rule]:
    for line in lines:
        try:
            yield Rule(frame, parse_pattern(line, classes, prepositions))
        except PatternError as error:
            raise where.error(str(error), line) from None


def _check(where: _Placed, seen: set[str]) -> None:
    frame, kind = where.frame, where.file.type
    ontology = Ontology.load()
    if not frame.id.startswith(kind + "."):
        raise where.error(f"frame id '{frame.id}' must begin with '{kind}.'")
    if frame.id in seen:
        raise where.error(f"frame id '{frame.id}' stands twice")
    if not (frame.verbs or frame.nouns or frame.adjectives):
        raise where.error(f"frame '{frame.id}' has no pattern (verbs, nouns or adjectives)")
    if not frame.takes or not frame.rejects:
        raise where.error(f"frame '{frame.id}' needs a sentence it takes and one it rejects")
    if wrong := ontology.check(kind, frame.mode):
        raise where.error(wrong, "mode:")
    if wrong := ontology.check(kind, frame.mode, None, frame.contexts):
        raise where.error(wrong, "contexts:")
    if wrong := ontology.check(kind, frame.mode, frame.cameo):
        raise where.error(wrong, "cameo:")
    for example in frame.takes:
        if wrong := ontology.check(example.type or kind, example.mode):
            raise where.error(wrong, f"mode: {example.mode}", "takes:")
    seen.add(frame.id)


def line_of(path: Path, text: str) -> int:
    """Number of the first line of the file that holds ``text``; 0 if none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if text in line), 0)
