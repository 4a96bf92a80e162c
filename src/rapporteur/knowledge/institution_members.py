"""Tables of members: who belongs to a group of an institution, and when (``data/institutions/members/*.csv``)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import unreadable

COLUMNS = ("member", "from", "until", "note")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Member(msgspec.Struct, frozen=True):
    """A member; ``start`` and ``end`` are its first and last day as one (ISO), null where open or unknown."""

    id: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """The rows of one group."""

    rows: Sequence[Member]

    def on(self, day: str) -> set[str]:
        """The members on that day (ISO)."""
        return {r.id for r in self.rows if (r.start or "") <= day and (r.end is None or day <= r.end)}


def member_files(folders: Iterable[Path]) -> list[Path]:
    """All tables beside institutions' files, each once."""
    return sorted({path for folder in set(folders) for path in (folder / "members").glob("*.csv")})


def group_rows(file: Path, groups: Mapping[str, Any], name: str) -> tuple[Member, ...]:
    """The rows of the group ``name`` of the institution in ``file``."""
    group = groups[name]
    if group.group is not None:
        rows: Iterable[Member] = group_rows(file, groups, group.group)
    elif group.file is not None:
        rows = _members(_table_path(file, group.file))
    else:
        rows = ()
    named = (Member(id) for id in group.members)
    return tuple(
        row for row in (*rows, *named) if row.id not in group.without and (not group.only or row.id in group.only)
    )


def _table_path(file: Path, name: str) -> Path:
    """A table beside the file, else a shipped one."""
    own = file.parent / "members" / f"{name}.csv"
    shipped = Path(__file__).parent / "data" / "institutions" / "members" / f"{name}.csv"
    return own if own.exists() or not shipped.exists() else shipped


def has_table(file: Path, name: str) -> bool:
    """Is there a table of that name, beside the institution's file or shipped?"""
    return _table_path(file, name).exists()


def table_names(file: Path) -> list[str]:
    """The names of the tables that an institution's file may use."""
    shipped = Path(__file__).parent / "data" / "institutions"
    return sorted({path.stem for path in member_files((file.parent, shipped))} - {"exits", "successors"})


def _members(path: Path) -> Iterator[Member]:
    for line, row in table(path, COLUMNS):
        yield Member(
            row["member"],
            _day(path, line, row["from"], last=False) if row["from"] else None,
            _day(path, line, row["until"], last=True) if row["until"] else None,
        )


def table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with these columns, each with its line; lines that begin with ``#`` are comments.

    Raises:
        KnowledgeError: it can't be read or has other columns.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise unreadable(path, error) from None
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    rows = list(csv.reader(line for _, line in kept))
    if not rows or tuple(rows[0]) != tuple(columns):
        raise KnowledgeError(str(path), kept[0][0] if kept else 1, f"the first row must be {','.join(columns)}")
    for (number, _), row in zip(kept[1:], rows[1:], strict=True):
        if len(row) != len(columns):
            raise KnowledgeError(str(path), number, f"{len(row)} fields; valid: {len(columns)}")
        yield number, dict(zip(columns, row, strict=True))


def _day(path: Path, line: int, text: str, *, last: bool) -> str:
    """The day itself, or the first (last) day of a month or year."""
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        if day is not None or not last:
            return first.isoformat()
        following = date(year + 1, 1, 1) if month is None or month == 12 else date(year, month + 1, 1)
        return (following - timedelta(days=1)).isoformat()
    except ValueError:
        raise KnowledgeError(str(path), line, f"`{text}` is no date; valid: 2004, 2004-05 or 2004-05-01") from None
