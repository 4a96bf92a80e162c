"""Tables whose cells are parted by tabs and never quoted, as event data sets publish them.

Such a file has no way to write a tab or the end of a line within a cell: they become a space. Quotation marks stay as
they are, so who reads such a file with a library must turn quoting off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapporteur.errors import LineError
from rapporteur.exports.losses import Losses

Value = str | int | float | None
#: What ends a line for ``str.splitlines``, and the tab: none may stand in a cell.
_BREAKS = {ord(c): " " for c in "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\x00"}


def plain(text: str) -> str:
    """The text as it may stand in a cell: what would end the cell or the line is a space."""
    return text.translate(_BREAKS)


class Table:
    """The columns of a format.

    Args:
        columns: their names, in order.
        missing: what stands for a value that isn't there.
        heading: whether the first line names the columns.
        optional: columns that a file may lack, or have under another name.
    """

    def __init__(
        self, columns: Sequence[str], *, missing: str = "", heading: bool = True, optional: Sequence[str] = ()
    ) -> None:
        self.optional = frozenset(optional)
        self.columns = tuple(columns)
        self.missing = missing
        self.heading = heading

    def head(self) -> bytes:
        """The line that names the columns; empty in a format that has none."""
        return ("\t".join(self.columns) + "\n").encode() if self.heading else b""

    def line(self, cells: Mapping[str, Value], losses: Losses, record: str) -> bytes:
        """A row, UTF-8. Columns without a cell are missing; a cell of no column is a mistake of the caller's.

        Raises:
            KeyError: there is no such column.
        """
        strange = cells.keys() - set(self.columns)
        if strange:
            raise KeyError(", ".join(sorted(strange)))
        return ("\t".join(self._cell(name, cells, losses, record) for name in self.columns) + "\n").encode(
            "utf-8", "replace"
        )

    def _cell(self, name: str, cells: Mapping[str, Value], losses: Losses, record: str) -> str:
        value = cells.get(name)
        if value is None or value == "":
            return self.missing
        if isinstance(value, float):
            return number(value)
        text = str(value)
        held = plain(text)
        if held != text:
            losses.note(record, name, "with tabs or ends of lines, now spaces", text)
        return held

    def rows(self, stream: Iterable[bytes], where: str) -> Iterator[tuple[int, dict[str, str | None]] | LineError]:
        """The rows of a file, each with its line number; of a line that can't be read what is wrong with it.

        Bytes that are no UTF-8 are read as Latin-1, in which some such files are. Cells beyond the last column are left
        alone if they are empty.
        """
        names: Sequence[str] = () if self.heading else self.columns
        for number_, raw in enumerate(stream, 1):
            cells = _text(raw, first=number_ == 1).split("\t")
            if not names:
                names = cells
                missing = [name for name in self.columns if name not in cells and name not in self.optional]
                if missing:
                    problem = f"the first line lacks the columns {', '.join(missing)}; is it a file of this format?"
                    yield LineError(f"{where}:1", problem)
                    return
                continue
            if cells == [""]:
                continue
            if len(cells) < len(names) or any(cells[len(names) :]):
                problem = f"{len(cells)} cells, {len(names)} columns; a row has as many of each, parted by tabs"
                yield LineError(f"{where}:{number_}", problem)
                continue
            yield number_, {name: self._value(cell) for name, cell in zip(names, cells, strict=False)}

    def _value(self, cell: str) -> str | None:
        return None if cell in ("", self.missing) else cell


def number(value: float) -> str:
    """A number as these files write it: no exponent, no point where there is nothing behind it."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value else "0"


def _text(raw: bytes, *, first: bool) -> str:
    try:
        text = raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return text.rstrip("\r\n")
