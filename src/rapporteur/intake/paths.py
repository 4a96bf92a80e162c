"""Paths to articles: files, folders, globs and standard input, as a stream in order.

Memory stays bounded by one page or one document, whatever is given: lines that are too long are skipped piece by
piece, and a file that is too large for a page is never read whole.
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from rapporteur.errors import InputError, LineError, PageError
from rapporteur.intake.dates import iso_date
from rapporteur.intake.decoding import PAGE_BYTES, Kind, decode, kind_of, looks_like_document, too_large
from rapporteur.intake.documents import DOCUMENT_BYTES, parse_document
from rapporteur.intake.html_pages import articles_of_html
from rapporteur.intake.pages import articles_of_text
from rapporteur.model import Article

_PIECE = 65_536
_LINE_SUFFIXES = (".jsonl", ".ndjson")
_BLANK = b" \t\r\n"
_STDIN = "standard input"

Progress = Callable[[int], None]


def read_page(content: bytes | str, *, page: str | None = None, date: str | None = None) -> list[Article]:
    """The articles of one page, in its order.

    Args:
        content: the page, plain text or HTML. Bytes are decoded (``decoding``); text is cleaned (``lines``).
        page: its path as given; None for text handed over in memory.
        date: publication date (ISO) of articles that carry none.

    An article's ``body`` is its paragraphs and subheads, without dateline, joined by a blank line.

    Raises:
        PageError: the page is empty, binary, too large, of another format, or holds no article.
        InputError: ``date`` is no ISO date.
    """
    where = page or "page"
    _check_date(date)
    text = decode(content, where) if isinstance(content, bytes) else content
    if isinstance(content, str) and not content.strip():
        raise PageError(where, "empty; nothing to read")
    if len(text) > PAGE_BYTES:
        raise too_large(where)
    return _articles(text, kind_of(text), where, page, date)


def read_paths(
    paths: Sequence[str], *, date: str | None = None, stdin: BinaryIO | None = None, progress: Progress | None = None
) -> Iterator[Article | InputError]:
    """The articles of everything named, in order; what can't be read is yielded as an error in its place.

    Args:
        paths: files, folders (walked in sorted order; hidden files and folders are left out), globs (``**`` too), or
            ``-`` for standard input. A file that exists is taken literally even if its name looks like a glob.
        date: publication date (ISO) of articles that carry none.
        stdin: what ``-`` reads; default: the process's standard input.
        progress: called with the number of bytes read since the last call; together with ``count_inputs`` it gives a
            progress bar.

    Whether a file is a page or holds JSON documents is told from its content; the endings ``.jsonl`` and ``.ndjson``
    only decide where the first line tells nothing.

    Raises:
        InputError: ``date`` is no ISO date (at the first item; nothing else is raised).
    """
    _check_date(date)
    told = progress or (lambda size: None)
    for path in paths:
        for name in _expanded(path):
            if isinstance(name, InputError):
                yield name
            elif name == "-":
                yield from _read_stream(stdin or sys.stdin.buffer, "-", _STDIN, date, told)
            else:
                yield from _read_file(name, date, told)


def count_inputs(paths: Sequence[str]) -> int:
    """How many bytes ``read_paths`` will read of these paths: the sum of file sizes, without opening any.

    Standard input and pipes count as 0, what is missing too.
    """
    total = 0
    for path in paths:
        for name in _expanded(path):
            if isinstance(name, str) and name != "-":
                try:
                    total += os.stat(name).st_size
                except OSError:
                    continue
    return total


def _check_date(date: str | None) -> None:
    if date is not None and iso_date(date) != date:
        raise InputError("date", f"{date!r} is no date; write YYYY-MM-DD")


def _expanded(path: str) -> Iterator[str | InputError]:
    """The files that ``path`` names."""
    if path == "-":
        yield path
    elif os.path.isdir(path):
        yield from _walked(path)
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield path
    else:
        found = sorted(glob.glob(path, recursive=True))
        if not found:
            yield PageError(path, "no file fits this pattern; check the path")
        for name in found:
            if not os.path.isdir(name):
                yield name
            elif "**" not in path:
                yield from _walked(name)


def _walked(folder: str) -> Iterator[str | InputError]:
    problems: list[OSError] = []
    empty = True
    for root, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(root, name)
            if not name.startswith(".") and os.path.isfile(path):
                empty = False
                yield path
    for problem in problems:
        yield PageError(str(problem.filename or folder), _reason(problem))
    if empty and not problems:
        yield PageError(folder, "a folder without files; check the path")


def _read_file(path: str, date: str | None, told: Progress) -> Iterator[Article | InputError]:
    shown = os.fsencode(path).decode("utf-8", "replace").replace("\0", "\\0")  # a name that is no text can't be written
    if "\0" in path:
        yield PageError(shown, "no such file; check the path")
        return
    try:
        stream = open(path, "rb")  # noqa: SIM115 - closed below; an error on opening is the file's, not the reader's
    except OSError as error:
        yield PageError(shown, _reason(error))
        return
    with stream:
        yield from _read_stream(stream, shown, shown, date, told)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    return f"can't be read ({(error.strerror or str(error)).lower()})"


def _read_stream(
    stream: BinaryIO, page: str, where: str, date: str | None, told: Progress
) -> Iterator[Article | InputError]:
    """One file's articles; its first line tells whether it holds documents."""
    try:
        head, line = _first_line(stream)
        named = page.endswith(_LINE_SUFFIXES) and line.strip(_BLANK) and b"\0" not in line
        if looks_like_document(line) or named:
            yield from _read_lines(stream, head, page, where, date, told)
            return
        content = head + _rest(stream, PAGE_BYTES + 1 - len(head))
    except OSError as error:
        yield PageError(where, _reason(error))
        return
    told(len(content))
    yield from _read_content(content, page, where, date)


def _first_line(stream: BinaryIO) -> tuple[bytes, bytes]:
    """What stands up to the end of the first line that isn't blank (cut at the limit for a document), and that line."""
    head, line = b"", b""
    while not line.strip(_BLANK) and len(head) <= PAGE_BYTES:
        line = stream.readline(DOCUMENT_BYTES + 1)
        head += line
        if not line:
            break
    return head, line


def _rest(stream: BinaryIO, limit: int) -> bytes:
    """Up to ``limit`` bytes more; pipes give less than asked at a time."""
    pieces = []
    while limit > 0:
        piece = stream.read(min(limit, 16 * _PIECE))
        if not piece:
            break
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _read_content(content: bytes, page: str, where: str, date: str | None) -> Iterator[Article | InputError]:
    try:
        text = decode(content, where)
        kind = kind_of(text)
        if kind is not Kind.DOCUMENTS:
            yield from _articles(text, kind, where, page, date)
            return
    except PageError as error:
        yield error
        return
    yield from _read_lines(io.BytesIO(text.encode("utf-8", "surrogatepass")), b"", page, where, date, lambda size: None)


def _articles(text: str, kind: Kind, where: str, page: str | None, date: str | None) -> list[Article]:
    """The articles of a page's text."""
    if kind is Kind.MHTML:
        raise PageError(where, "a web archive (MHTML), which isn't read; save the page as HTML")
    if kind is Kind.XML:
        raise PageError(where, "XML (a feed?), which isn't read; save the stories as plain text")
    if kind is Kind.DOCUMENTS:
        raise PageError(where, "JSON documents, not a page; read them line by line (read_paths, read_document)")
    if kind is Kind.JSON:
        raise PageError(where, "JSON, but not one document a line; write each object on a line of its own (jq -c)")
    read = articles_of_html if kind is Kind.HTML else articles_of_text
    articles = read(text, page=page, date=date)
    if not articles:
        raise PageError(where, "no article found; it has no line that reads like a paragraph")
    return articles


def _read_lines(
    stream: BinaryIO, head: bytes, page: str, where: str, date: str | None, told: Progress
) -> Iterator[Article | InputError]:
    """The documents of a JSONL stream of which ``head`` was already read."""
    for number, line in enumerate(_lines(stream, head, told), 1):
        place = f"{where}:{number}"
        if line is None:
            limit = DOCUMENT_BYTES // 1_000_000
            yield LineError(place, f"line longer than {limit} MB, skipped; a line must be one document")
        elif line.strip(_BLANK):
            try:
                yield parse_document(line, date=date, where=place, page=page)
            except LineError as error:
                yield error


def _lines(stream: BinaryIO, head: bytes, told: Progress) -> Iterator[bytes | None]:
    """The stream's lines; None for one that is too long, of which no more than the limit is ever held."""
    start = io.BytesIO(head)
    while True:
        line = start.readline()
        if not line.endswith(b"\n"):
            line += stream.readline(DOCUMENT_BYTES + 1 - len(line)) if len(line) <= DOCUMENT_BYTES else b""
        if not line:
            return
        size, whole = len(line), line.endswith(b"\n")
        too_long = size > DOCUMENT_BYTES
        while too_long and not whole:
            piece = stream.readline(_PIECE)
            size += len(piece)
            whole = not piece or piece.endswith(b"\n")
        told(size)
        yield None if too_long else line
