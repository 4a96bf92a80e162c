"""What a format could not hold: counted by field, with an example each.

A writer notes what it leaves out or changes, a reader what it finds and has no place for. Nothing is lost in silence,
and the report stays short however many records there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import msgspec

_LONGEST = 60  # characters of an example that are shown


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of loss.

    Attributes:
        field: of ``EventRecord``, or of one of its parts (``actors.sector``).
        why: what became of it.
        count: how many values.
        example: the first of them.
        record: id of the record that the example is from.
    """

    field: str
    why: str
    count: int
    example: str
    record: str

    def __str__(self) -> str:
        return f"{self.field}: {self.count} {self.why} (first: {self.example}, of {self.record})"


class Losses:
    """The losses of one writing or reading, told by iterating over it in the order in which they were first met."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Loss] = {}

    def note(self, record: str, field: str, why: str, value: object) -> None:
        """One value that the format could not hold."""
        held = self._found.get((field, why))
        example = held.example if held else _short(value)
        self._found[field, why] = Loss(
            field, why, held.count + 1 if held else 1, example, held.record if held else record
        )

    def __iter__(self) -> Iterator[Loss]:
        return iter(tuple(self._found.values()))

    def __len__(self) -> int:
        return len(self._found)

    def count(self, field: str) -> int:
        """How many values of a field were lost."""
        return sum(loss.count for loss in self if loss.field == field)


def to_lines(losses: Losses, form: str, step: str) -> Iterator[bytes]:
    """The report for programs: a JSON object a line, the fields of ``Loss`` behind ``format`` and ``step``.

    ``step`` is ``write`` for what the format could not hold, ``read`` for what a file held and no field is for.
    """
    for loss in losses:
        yield msgspec.json.encode({"format": form, "step": step, **asdict(loss)}) + b"\n"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 4]} ..."
