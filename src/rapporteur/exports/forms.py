"""The formats that are written, in one list: what the command line, readings and ledgers choose from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class Form(StrEnum):
    """A format by its name."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    GEXF = "gexf"
    PLOVER = "plover"
    GDELT = "gdelt"
    ICEWS = "icews"
    POLECAT = "polecat"
    PHOENIX = "phoenix"

    @property
    def is_exchange(self) -> bool:
        """Whether it is one in which event data are exchanged: written and read."""
        return self in _EXCHANGE

    @property
    def holds_events_alone(self) -> bool:
        """Whether it has no place for anything but events, so that no other view can be written in it."""
        return self in _EVENTS_ALONE


_EXCHANGE = frozenset((Form.PLOVER, Form.GDELT, Form.ICEWS, Form.POLECAT, Form.PHOENIX))
_EVENTS_ALONE = _EXCHANGE | {Form.GEOJSON, Form.GEXF}
#: Formats that a file's ending names, where none is asked for.
_ENDINGS = frozenset((Form.TABLE, Form.JSONL, Form.CSV, Form.PARQUET, Form.GEOJSON, Form.GEXF))


def by_ending(path: Path | None) -> Form | None:
    """The format that a file's name asks for, or None."""
    ending = path.suffix.lower().lstrip(".") if path is not None else ""
    return Form(ending) if ending in _ENDINGS else None


def paths(form: Form, out: Path | None) -> list[Path | None]:
    """The files of a format: GDELT has two, ``OUT.export.CSV`` and ``OUT.mentions.CSV``; None: standard output."""
    if form is Form.GDELT and out is not None:
        return [out.with_name(f"{out.name}.{part}.CSV") for part in ("export", "mentions")]
    return [out]
