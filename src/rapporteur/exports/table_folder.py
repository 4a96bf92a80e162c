"""A folder of linked Parquet tables with a ``datapackage.json`` (Frictionless Data Package 2): hashes, counts, columns.

The folder appears under its name only when it is complete. The licence is its giver's to add.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from rapporteur.errors import AskError, LedgerError
from rapporteur.exports.columns import description
from rapporteur.exports.linked_tables import LINKS, TABLES, Linker, Row
from rapporteur.exports.row_files import RowFile
from rapporteur.exports.words import version

VIEWS = ("articles", "events", "measures", "talks", "claims")
_AT_ONCE = 5000  # rows of a view that are asked for together
_KINDS = {"string": "string", "int32": "integer", "int64": "integer", "double": "number", "date32[day]": "date"}


def paged(view: Callable[..., pa.Table], name: str, **asked: Any) -> Iterator[Row]:
    """The rows of a ledger's view, some at a time; ``view`` is ``Ledger.view``."""
    after: str | None = None
    while rows := view(name, limit=_AT_ONCE, after=after, **asked).to_pylist():
        yield from rows
        after = rows[-1]["id"]
        if len(rows) < _AT_ONCE:
            return


def write_folder(rows: Iterable[tuple[str, Row]], target: Path, about: Mapping[str, str | None]) -> dict[str, int]:
    """Write all tables and their description; returns how many rows each has.

    Args:
        rows: views' names and rows of them.
        target: a folder that isn't there yet, or is empty.
        about: what the description says besides the version (``as_of``, ``known_by``).

    Raises:
        AskError: the folder holds something.
        LedgerError: it can't be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise AskError("out", f"{target} holds files already; give a new or an empty folder")
    made: Path | None = None
    try:
        made = Path(tempfile.mkdtemp(dir=target.absolute().parent, prefix=f".{target.name}."))
        counts = _tables(rows, made)
        (made / "datapackage.json").write_bytes(_described(made, counts, about))
        made.chmod(0o755)
        if target.exists():
            target.rmdir()
        made.rename(target)
        made = None
        return counts
    except OSError as error:
        raise LedgerError(str(target), f"can't be written: {error.strerror or error}") from None
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _tables(rows: Iterable[tuple[str, Row]], folder: Path) -> dict[str, int]:
    linker = Linker()
    with ExitStack() as open_files:
        files = {}
        for name, schema in TABLES.items():
            stream = open_files.enter_context(open(folder / f"{name}.parquet", "wb"))
            files[name] = open_files.enter_context(RowFile(stream, schema, "parquet", {"table": name}))
        for view, row in rows:
            for name, placed in linker.rows(view, row):
                files[name].add(placed)
    return {name: file.rows for name, file in files.items()}


def _described(folder: Path, counts: Mapping[str, int], about: Mapping[str, str | None]) -> bytes:
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "rapporteur-events",
        "title": "Political events, read by Rapporteur",
        "rapporteur": {"version": version(), **about},
        "resources": [_resource(folder, name, rows) for name, rows in counts.items()],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _resource(folder: Path, name: str, rows: int) -> dict[str, Any]:
    path = folder / f"{name}.parquet"
    with path.open("rb") as stream:
        hashed = hashlib.file_digest(stream, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": [_field(field) for field in TABLES[name]]}
    if "id" in TABLES[name].names:
        schema["primaryKey"] = ["id"]
    if name in LINKS:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in LINKS[name].items()
        ]
    return {
        "name": name, "path": path.name, "format": "parquet", "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size, "hash": f"sha256:{hashed}", "rows": rows, "schema": schema,
    }  # fmt: skip


def _field(field: pa.Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.name, "type": _KINDS.get(str(field.type), "array")}
    if said := description(field):
        told["description"] = said
    return told if field.nullable else {**told, "constraints": {"required": True}}
