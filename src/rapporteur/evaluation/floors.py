"""Floors: figures that the reading has reached and must not fall below, with a hash of the gold that they hold for."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from rapporteur.errors import InputError
from rapporteur.evaluation.against_gold import Options, evaluate
from rapporteur.evaluation.counts import Figures
from rapporteur.evaluation.gold import Part

if TYPE_CHECKING:
    from rapporteur.reader import Reader


class Lowering(msgspec.Struct):
    """A time that floors were lowered, and why."""

    reason: str
    floors: dict[str, str]


class GoldFloors(msgspec.Struct):
    """The floors of one gold file or folder.

    ``gold`` is its path from the repository's root; ``floors`` are figures by dotted name ("type.f1"); ``margin`` is
    how far below what is measured they stand: the fewer things are counted, the wider. ``part``: only that part of it.
    """

    gold: str
    sha256: str
    margin: float
    floors: dict[str, float]
    part: Part | None = None


class FloorsFile(msgspec.Struct):
    """The file of floors. ``command`` measures them again."""

    command: str
    sets: list[GoldFloors]
    lowered: list[Lowering] = []


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: its floor, what was measured (None: there was nothing to count), and the margin between them."""

    gold: str
    name: str
    floor: float
    value: float | None
    margin: float

    @property
    def holds(self) -> bool:
        """Whether the floor is kept."""
        return self.value is not None and self.value >= self.floor

    @property
    def pinned(self) -> float:
        """The floor that the measured value gives."""
        return max(0.0, math.floor(round(((self.value or 0.0) - self.margin) * 1000, 6)) / 1000)


def load_floors(path: Path) -> FloorsFile:
    """The file of floors.

    Raises:
        InputError: it can't be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=FloorsFile)
    except OSError as error:
        raise InputError(str(path), f"can't be read: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise InputError(str(path), f"{error}; tools/pin_floors.py writes it") from None


def gold_hash(path: Path) -> str:
    """SHA-256 of a gold file, or of the names and bytes of all files of a folder."""
    digest = hashlib.sha256()
    if not path.is_dir():
        digest.update(path.read_bytes())
        return digest.hexdigest()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        digest.update(file.relative_to(path).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def measure(floors: GoldFloors, root: Path, reader: Reader | None = None) -> list[Measured]:
    """Measure what has a floor.

    Args:
        floors: one gold file's floors.
        root: the folder from which its path goes.
        reader: what reads, where one is loaded.

    Raises:
        InputError: the gold can't be read, wholly or in part, or a floor names no figure.
    """
    parties = any(name.startswith("parties.") for name in floors.floors)
    result = evaluate(root / floors.gold, Options(part=floors.part, parties=parties, reader=reader))
    if result.problems:
        raise result.problems[0]
    return [
        Measured(floors.gold, name, floor, figure(result.figures, name, floors.gold), floors.margin)
        for name, floor in floors.floors.items()
    ]


def figure(figures: Figures, name: str, where: str) -> float | None:
    """The figure with a dotted name.

    Raises:
        InputError: there is none.
    """
    value: object = figures
    for step in name.split("."):
        if not isinstance(value, dict) or step not in value:
            raise InputError(
                where, f'there is no figure "{name}"; valid are {", ".join(figures)}, and parts such as type.f1'
            )
        value = value[step]
    if value is not None and not isinstance(value, int | float):
        raise InputError(where, f'"{name}" is no single figure; name one of its parts')
    return value
