"""Nested rows made flat, for CSV.

    a text, number or date       as it is
    a structure                  a column a field, ``since_basis``; ``value`` and ``name`` take the structure's own name
    a party                      ``claimant`` (its name) and ``claimant_code``
    a list of texts or numbers   joined by ``;``
    a list of structures         a column a field, each joined by ``;``: first belongs to first
    a list of parties            ``actors`` (names) and ``actors_code``, the same way

Within a list a value's own ``;`` becomes ``,``, and lists in lists are joined by `` | ``. Offsets and what else is left
out here is in JSON Lines and Parquet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from rapporteur.record.shapes import PARTY

#: Fields that take the name of the structure they are in.
_OWN = ("value", "name")
_PARTY_FIELDS = ("name", "code")

Row = dict[str, Any]
Pick = Callable[[Any], Any]


def flat(table: pa.Table) -> pa.Table:
    """The same rows with plain columns alone; names, number and order of columns depend on the schema only."""
    columns: dict[str, pa.Array] = {}
    for field in table.schema:
        column = table[field.name]
        if pa.types.is_nested(field.type):
            values = column.to_pylist()
            for name, pick in _leaves(field.name, field.type):
                columns[name] = pa.array([pick(value) for value in values], pa.string())
        elif pa.types.is_dictionary(field.type):
            columns[field.name] = column.cast(field.type.value_type)
        else:
            columns[field.name] = column
    return pa.table(columns)


def _leaves(name: str, kind: pa.DataType) -> Iterator[tuple[str, Pick]]:
    """The columns that a nested one becomes, each with what takes its text out of a value."""
    if pa.types.is_list(kind):
        inside = kind.value_type
        if pa.types.is_struct(inside):
            for column, pick in _fields(name, inside):
                yield column, _joined_by(pick)
        else:
            yield name, _joined_by(lambda value: value)
    else:
        for column, pick in _fields(name, kind):
            yield column, _text_of(pick)


def _fields(name: str, kind: pa.StructType) -> Iterator[tuple[str, Pick]]:
    """The fields of a structure, those of structures within it too, as columns named after ``name``."""
    if kind == PARTY:
        yield name, _party_name
        yield f"{name}_code", _get("code")
        return
    names = [kind.field(i).name for i in range(kind.num_fields)]
    own = next((field for field in _OWN if field in names), None)
    for i, field in enumerate(names):
        column = name if field == own else f"{name}_{field}"
        inside = kind.field(i).type
        if pa.types.is_struct(inside):
            for deeper, pick in _fields(column, inside):
                yield deeper, _then(_get(field), pick)
        else:
            yield column, _get(field)


def _get(field: str) -> Pick:
    return lambda value: None if value is None else value[field]


def _then(first: Pick, second: Pick) -> Pick:
    return lambda value: second(first(value))


def _party_name(party: Any) -> Any:
    return None if party is None else party["name"] or party["text"]


def _text_of(pick: Pick) -> Pick:
    def text(value: Any) -> str | None:
        found = pick(value)
        return None if found is None else _plain(found)

    return text


def _joined_by(pick: Pick) -> Pick:
    def joined(values: Sequence[Any] | None) -> str | None:
        return None if values is None else ";".join(_plain(pick(value)).replace(";", ",") for value in values)

    return joined


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " | ".join(_plain(part) for part in value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
