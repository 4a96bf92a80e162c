"""Open frames: where the parties of an act stand whose word no frame knows.

A ranking model may take a word for an act of some type although no frame has it. The type's open frame
(``data/open-frames.yaml``) then says where its recipient is to be looked for; its actor is found as for any frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, item_lines, load_yaml
from rapporteur.knowledge.frames import CLASSES, FRAMES, ClassFile, FrameEntry, Rule
from rapporteur.knowledge.ontology import ONTOLOGY, Ontology
from rapporteur.knowledge.patterns import PatternError, parse_pattern

OPEN_FRAMES = DATA / "open-frames.yaml"


class OpenEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One type's lines: a pattern for verbs and adjectives, one for nouns; ``act`` stands for the word."""

    type: str
    verb: str
    noun: str
    reciprocal: bool = False


class OpenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of open frames."""

    origin: str
    frames: tuple[OpenEntry, ...]


class OpenFrame(msgspec.Struct, frozen=True, array_like=True):
    """A compiled open frame."""

    frame: FrameEntry
    verb: Rule
    noun: Rule


def load_open_frames() -> Mapping[str, OpenFrame]:
    """Open frames by PLOVER type.

    Raises:
        KnowledgeError: the file is wrong; with its line.
    """
    sources = [ONTOLOGY, OPEN_FRAMES, FRAMES / CLASSES]
    return compiled("open-frames", sources, dict[str, OpenFrame], lambda: read_open_frames(OPEN_FRAMES), salt="1")


def read_open_frames(path: Path) -> dict[str, OpenFrame]:
    """The file's frames, checked; a type stands once.

    Raises:
        KnowledgeError: with the line of the frame that is wrong.
    """
    prepositions = frozenset(load_yaml(FRAMES / CLASSES, ClassFile).prepositions)
    found: dict[str, OpenFrame] = {}
    entries = load_yaml(path, OpenFile).frames
    for entry, line in zip(entries, item_lines(path, "frames"), strict=True):
        if wrong := Ontology.load().check(entry.type):
            raise KnowledgeError(str(path), line, wrong)
        if entry.type in found:
            raise KnowledgeError(str(path), line, f"type '{entry.type}' stands twice; valid: once")
        try:
            verb, noun = (Rule(0, parse_pattern(text, {}, prepositions)) for text in (entry.verb, entry.noun))
        except PatternError as error:
            raise KnowledgeError(str(path), line, str(error)) from None
        labels = FrameEntry(f"{entry.type}.open", entry.type, None, None, (), entry.reciprocal, "party", True, "either")
        found[entry.type] = OpenFrame(labels, verb, noun)
    return found
