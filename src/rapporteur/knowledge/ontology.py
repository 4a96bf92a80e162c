"""What can be said to have happened: event types, modes, contexts, sectors, CAMEO codes and two scales.

``data/ontology.yaml`` holds it and names its sources; ``docs/ontology.md`` says what was chosen where they disagree.
Two scores from -10 (conflict) to 10 (cooperation) are at hand and never mixed: PLOVER's, by type and mode
(``Ontology.score``), and GDELT's Goldstein values, by CAMEO code (``Ontology.goldstein``), which an ``Event`` carries.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

ONTOLOGY = DATA / "ontology.yaml"
PLOVER_SCALE = "plover-2024"
GOLDSTEIN_SCALE = "goldstein-gdelt"
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


class Mode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an event of one type is done; without a score of its own it has its type's. ``promised``: whether saying that
    one will do it is the act that the type's ``promised`` names."""

    name: str
    description: str
    cameo: str
    score: float | None = None
    by_context: dict[str, str] = {}
    promised: bool = True


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of act.

    Attributes:
        name: as in ``Event.type``.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        score: on the scale ``plover-2024``.
        cameo, by_context: the CAMEO code of an event whose frame names none, and the codes where a context says more.
        mutual: several actors without a recipient do it with or to each other.
        promised, refused, declined: the CAMEO code, and with it the type, of saying that one will do it, of not doing
            it, and of saying that one won't (None: as ``refused``); None where the act keeps its type.
        spoken: whether ``promised`` holds of announcements only, and not of plans that others tell of.
        open: whether ``refused`` does not hold of what has only not been done so far.
        also: CAMEO codes of another type that a frame of this one may name all the same.
    """

    name: str
    quad: int
    score: float
    description: str
    cameo: str
    mutual: bool = False
    by_context: dict[str, str] = {}
    modes: tuple[Mode, ...] = ()
    promised: str | None = None
    refused: str | None = None
    declined: str | None = None
    spoken: bool = False
    open: bool = False
    also: tuple[str, ...] = ()


class CameoCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A CAMEO code of two to four digits, and the type, mode and contexts it stands for; no type, no event."""

    code: str
    title: str
    goldstein: float
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()


class OntologyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``ontology.yaml``."""

    origin: str
    types: tuple[EventType, ...]
    contexts: dict[str, str]
    sectors: dict[str, str]
    cameo: tuple[CameoCode, ...]


class Ontology:
    """The ontology, ready to be asked. Names that it does not know raise ``KeyError``.

    Attributes:
        scale: name of the scale that ``goldstein`` is on.
        types, cameo_codes: by name and by code, in the file's order.
        contexts, sectors: name to description.
    """

    __slots__ = ("_modes", "cameo_codes", "contexts", "sectors", "types")

    scale = GOLDSTEIN_SCALE

    def __init__(self, file: OntologyFile) -> None:
        self.types: Mapping[str, EventType] = {t.name: t for t in file.types}
        self.contexts: Mapping[str, str] = file.contexts
        self.sectors: Mapping[str, str] = file.sectors
        self.cameo_codes: Mapping[str, CameoCode] = {c.code: c for c in file.cameo}
        self._modes = {t.name: {m.name: m for m in t.modes} for t in file.types}

    @classmethod
    def load(cls) -> Ontology:
        """The shipped ontology; loaded once.

        Raises:
            KnowledgeError: the file is wrong.
        """
        return _shipped()

    def quad(self, type: str) -> int:
        """Quad class of an event type, 1 to 4 (``QUADS`` names them)."""
        return self.types[type].quad

    def modes(self, type: str) -> tuple[str, ...]:
        """Modes that an event of the type may have."""
        return tuple(self._modes[type])

    def score(self, type: str, mode: str | None = None) -> float:
        """PLOVER's score of the mode, or of the type where the mode has none."""
        own = self._modes[type][mode].score if mode is not None else None
        return self.types[type].score if own is None else own

    def cameo(self, type: str, mode: str | None = None, contexts: Iterable[str] = ()) -> str:
        """CAMEO code of an event whose frame names none: by the first context that says more, else the usual one."""
        entry = self.types[type] if mode is None else self._modes[type][mode]
        return next((entry.by_context[c] for c in contexts if c in entry.by_context), entry.cameo)

    def goldstein(self, cameo: str) -> float:
        """GDELT's Goldstein value of a CAMEO code."""
        return self.cameo_codes[cameo].goldstein

    def promised(self, type: str, planned: bool = False) -> CameoCode | None:
        """What it is to say that one will do an act of this type, where that is an act of its own: a meeting still to
        come is AGREE, not CONSULT. ``planned``: nobody announces it, it is only known to be intended."""
        entry = self.types[type]
        code = None if planned and entry.spoken else entry.promised
        return self.cameo_codes[code] if code else None

    def is_promise(self, type: str, mode: str | None) -> bool:
        """Whether to announce an act of this type and mode is to promise it; to announce one's resignation is not."""
        return mode is None or self._modes[type][mode].promised

    def refused(self, type: str, so_far: bool = False) -> CameoCode | None:
        """What it is not to do an act of this type, where that is an act of its own: not to allow is REJECT.
        ``so_far``: it has not been done yet."""
        entry = self.types[type]
        code = None if so_far and entry.open else entry.refused
        return self.cameo_codes[code] if code else None

    def declined(self, type: str) -> CameoCode | None:
        """What it is to say that one won't do an act of this type: not to be going to help is REJECT."""
        code = self.types[type].declined or self.types[type].refused
        return self.cameo_codes[code] if code else None

    def check(
        self, type: str, mode: str | None = None, cameo: str | None = None, contexts: Iterable[str] = ()
    ) -> str | None:
        """What is wrong with this choice of terms, and what would be valid; None where they fit together.

        A CAMEO code fits a type that it stands for, of which it is the usual code, or which names it under ``also``.
        """
        if type not in self.types:
            return f"type '{type}'; valid: {', '.join(self.types)}"
        if mode is not None and mode not in self._modes[type]:
            return f"mode '{mode}' of {type}; valid: {', '.join(self._modes[type]) or 'none'}"
        for context in contexts:
            if context not in self.contexts:
                return f"context '{context}'; valid: {', '.join(self.contexts)}"
        if cameo is None:
            return None
        if cameo not in self.cameo_codes:
            return (
                f"'{cameo}' is no CAMEO code; {type}{f' {mode}' if mode else ''} usually has {self.cameo(type, mode)}"
            )
        stands_for = self.cameo_codes[cameo].type
        if stands_for != type and cameo not in self._usual(type):
            usual = self.cameo(type, mode)
            return f"CAMEO code {cameo} stands for {stands_for or 'no type'}, not for {type}; usual there: {usual}"
        return None

    def _usual(self, type: str) -> set[str]:
        return {code for _, code in _usual_codes(self.types[type])}


def load_ontology(path: Path) -> OntologyFile:
    """Read and check one ontology file.

    Raises:
        KnowledgeError: with the line that is wrong.
    """
    file = load_yaml(path, OntologyFile)
    for needle, problem in _problems(file):
        raise KnowledgeError(str(path), _line(path, needle), problem)
    return file


@functools.cache
def _shipped() -> Ontology:
    return Ontology(compiled("ontology", [ONTOLOGY], OntologyFile, lambda: load_ontology(ONTOLOGY), salt="4"))


def _problems(file: OntologyFile) -> Iterator[tuple[str, str]]:
    """Every contradiction in the file, with a pattern that finds its line."""
    yield from _repeated("name: ", [t.name for t in file.types])
    yield from _repeated("code: ", [c.code for c in file.cameo])
    ontology = Ontology(file)
    for entry in file.types:
        at = rf"name: {entry.name}\b"
        if entry.quad not in QUADS:
            yield at, f"quad {entry.quad} of {entry.name}; valid: 1, 2, 3, 4"
        if len(entry.modes) != len({m.name for m in entry.modes}):
            yield at, f"{entry.name} has a mode twice"
        for context, code in _usual_codes(entry):
            if context is not None and context not in file.contexts:
                yield at, f"by_context of {entry.name} names '{context}', which is no context"
            if code not in ontology.cameo_codes:
                yield at, f"{entry.name} names CAMEO code '{code}', which the file does not list"
    for row in file.cameo:
        at = rf'code: "{row.code}"'
        if row.type is None:
            if row.mode is not None or row.contexts:
                yield at, f"CAMEO code {row.code} has a mode or contexts but no type"
        elif problem := ontology.check(row.type, row.mode, None, row.contexts):
            yield at, f"CAMEO code {row.code}: {problem}"


def _repeated(key: str, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if names.count(name) > 1:
            yield rf'{key}"?{name}\b', f"'{name}' is listed twice"


def _usual_codes(entry: EventType) -> Iterator[tuple[str | None, str]]:
    holders: tuple[EventType | Mode, ...] = (entry, *entry.modes)
    yield from ((None, code) for code in (entry.promised, entry.refused, entry.declined, *entry.also) if code)
    for holder in holders:
        yield None, holder.cameo
        yield from holder.by_context.items()


def _line(path: Path, needle: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((i for i, line in enumerate(lines, 1) if re.search(needle, line)), 0)
