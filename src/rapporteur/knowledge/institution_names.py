"""Text in an institution's file that names something of the file: a rule, a group, a text; and where such text stands.

A field says by its annotation what it names. Whoever adds a field of such a kind has it checked with the others.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec

RuleId = Annotated[str, msgspec.Meta(extra={"names": "rule"})]
GroupId = Annotated[str, msgspec.Meta(extra={"names": "group"})]
TextId = Annotated[str, msgspec.Meta(extra={"names": "text"})]
TextOrProcedure = Annotated[str, msgspec.Meta(extra={"names": "text or procedure"})]
ClockId = Annotated[str, msgspec.Meta(extra={"names": "clock"})]
BodyId = Annotated[str, msgspec.Meta(extra={"names": "body"})]
DayName = Annotated[str, msgspec.Meta(extra={"names": "day"})]
Date = Annotated[str, msgspec.Meta(extra={"names": "date"})]
DateOrDay = Annotated[str, msgspec.Meta(extra={"names": "date or day"})]
FactType = Annotated[str, msgspec.Meta(extra={"names": "type of fact"})]


def named(part: Any, where: str = "$") -> Iterator[tuple[str, str, str]]:
    """Where in ``part`` (a path such as ``$.clocks[2].rule``) stands a name, of what kind, and which."""
    if isinstance(part, msgspec.Struct):
        kinds = _kinds(type(part))
        for field in part.__struct_fields__:
            value = getattr(part, field)
            if field in kinds:
                yield from _names(value, f"{where}.{field}", kinds[field])
            else:
                yield from named(value, f"{where}.{field}")
    elif isinstance(part, tuple | list):
        for number, item in enumerate(part):
            yield from named(item, f"{where}[{number}]")
    elif isinstance(part, Mapping):
        for key, item in part.items():
            yield from named(item, f"{where}.{key}")


def _names(value: Any, where: str, kind: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, str):
        yield where, kind, value
    elif isinstance(value, tuple):
        yield from ((f"{where}[{number}]", kind, item) for number, item in enumerate(value))


@functools.cache
def _kinds(struct: type[msgspec.Struct]) -> dict[str, str]:
    """What the struct's fields name."""
    hints = typing.get_type_hints(struct, include_extras=True)
    return {field: kind for field, hint in hints.items() for kind in _told(hint)}


def _told(hint: Any) -> Iterator[str]:
    for meta in getattr(hint, "__metadata__", ()):
        if isinstance(meta, msgspec.Meta) and meta.extra:
            yield meta.extra["names"]
    for inner in typing.get_args(hint):
        yield from _told(inner)


def is_date(text: str) -> bool:
    """Whether it is a day, a month or a year, or an instant in UTC."""
    try:
        day, _, hour = text.partition("T")
        date.fromisoformat((day + "-01-01")[:10] if len(day) in (4, 7) else day)
    except ValueError:
        return False
    return not hour or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?Z", hour) is not None
