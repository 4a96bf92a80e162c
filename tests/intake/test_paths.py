"""Paths to a stream of articles; one bad thing is reported in its place and the rest is read."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from rapporteur.errors import InputError, LineError, PageError
from rapporteur.intake import (
    DOCUMENT_BYTES,
    PAGE_BYTES,
    count_inputs,
    decoding,
    documents,
    paths,
    read_page,
    read_paths,
)
from rapporteur.model import Article

STORY = (
    "Envoys Meet in Muscat\n\nEnvoys of the two countries met in Muscat on Sunday and agreed to meet again, officials "
    "said.\n\nNeither side said what had been discussed, or when the next round would begin.\n"
)
BODY = STORY.split("\n\n", 1)[1].strip()
DOCUMENT = json.dumps({"id": "d", "text": "Iran met the E3."})


def said(items: list[Article | InputError]) -> list[str]:
    """Each item as a word: an article's id or headline, an error's message."""
    return [str(i) if isinstance(i, InputError) else (i.headline or i.id) for i in items]


def test_files_folders_globs_and_standard_input_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/b.txt", "in/a.txt", "in/deep/c.txt", "in/.hidden.txt", "x1.txt", "x2.txt"):
        (tmp_path / name).write_text(STORY.replace("Muscat", f"Muscat {name[-5]}"))
    (tmp_path / "lines.txt").write_text(f"{DOCUMENT}\n\n{DOCUMENT}\n")
    items = list(read_paths(["lines.txt", "-", "in", "x?.txt"], stdin=io.BytesIO(STORY.encode())))
    assert all(isinstance(item, Article) for item in items)
    pages = [item.page for item in items if isinstance(item, Article)]
    assert pages == ["lines.txt", "lines.txt", "-", "in/a.txt", "in/b.txt", "in/deep/c.txt", "x1.txt", "x2.txt"]
    assert [item.id for item in items[:2] if isinstance(item, Article)] == ["d", "d"]  # the same id twice: both read


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty; nothing to read"),
        ("blank.txt", b"\xef\xbb\xbf \n\n\t", "empty; nothing to read"),
        ("empty.jsonl", b"\n\n", "empty; nothing to read"),
        ("report.txt", b"%PDF-1.7 ...", "not text but a PDF file; extract its text first (pdftotext)"),
        ("news.jsonl.gz", b"\x1f\x8b\x08\x00rest", "not text but a gzip file; unpack it first (gunzip)"),
        ("a.bin", bytes(range(256)) * 20, "not text but a binary file"),
        ("zeros.txt", b"\0" * 5000, "empty; nothing to read"),
        ("page.html", b"<!DOCTYPE html><html><body><p>Hi.</p></body></html>", "no article found; it has no line"),
        ("page.txt", b"<p>One.</p><p>Two.</p>", "no article found; it has no line that reads like a paragraph"),
        ("feed.xml", b"<?xml version='1.0'?><rss></rss>", "XML (a feed?), which isn't read"),
        ("list.json", b'[{"text": "a"}]', "JSON, but not one document a line; write each object on a line of its own"),
        ("pretty.json", b'{\n "text": "a"\n}\n', "JSON, but not one document a line"),
        (
            "menu.txt",
            b"Home\nNews\nWorld\nSport\nSign in\n",
            "no article found; it has no line that reads like a paragraph",
        ),
    ],
)
def test_a_file_that_holds_no_page_gives_one_line(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    (item,) = read_paths([str(tmp_path / name)])
    assert isinstance(item, PageError)
    assert str(item).startswith(f"{tmp_path / name}: {says}") and "\n" not in str(item)


def test_what_is_not_there_is_reported_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(STORY)
    given = ["nowhere.txt", "*.nothing", "empty", "nul\0.txt", "a.txt"]
    found = said(list(read_paths([str(tmp_path / name) for name in given])))
    assert [line.split(": ", 1)[-1] for line in found] == [
        "no such file; check the path",
        "no file fits this pattern; check the path",
        "a folder without files; check the path",
        "no such file; check the path",
        "Envoys Meet in Muscat",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.txt").chmod(0)
    (item,) = read_paths([str(tmp_path / "a.txt")])
    assert isinstance(item, PageError) and item.problem == "may not be read; check its permissions"


def test_a_denied_file_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(paths, "open", denied, raising=False)
    (item,) = read_paths([str(tmp_path / "a.txt")])
    assert isinstance(item, PageError) and item.problem == "may not be read; check its permissions"


BAD_LINES = [
    (b'{"id": "b", "text": "a b."', "not valid JSON (expecting ',' delimiter at column 27)"),
    (b"nonsense", "not valid JSON (expecting value at column 1)"),
    (b"[1, 2]", "a list, not an object"),
    (b"null", "null, not an object"),
    (b'{"id": "b"}', 'no "text"'),
    (b'{"text": "\\ud800"}', '"text" holds half a character (\\ud800)'),
    (b'{"text": "a\\u0000b"}', '"text" holds a NUL character'),
    (b'{"text": "caf\xe9"}', "not UTF-8 (byte 0xe9 at 14); save the file as UTF-8"),
    (b'{"text": ' + b"9" * 5000 + b"}", "JSON with a number or a nesting that is too large"),
    (b'{"text": ' + b"[" * 100_000, "JSON with a number or a nesting that is too large"),
    (b'{"text": "a", "date": "01/02/2024"}', '"date" is "01/02/2024"; it must be YYYY-MM-DD'),
]


@pytest.mark.parametrize(("line", "says"), BAD_LINES)
def test_line_7_of_10_is_bad(tmp_path: Path, line: bytes, says: str) -> None:
    good = [json.dumps({"id": str(n), "text": "Iran met the E3."}).encode() for n in range(1, 11)]
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"\n".join([*good[:6], line, *good[7:]]))
    items = list(read_paths([str(path)]))
    assert [i.id for i in items if isinstance(i, Article)] == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]
    assert isinstance(items[6], LineError)
    assert str(items[6]).startswith(f"{path}:7: {says}") and "\n" not in str(items[6])


def test_a_bad_first_line_does_not_hide_that_a_file_holds_documents(tmp_path: Path) -> None:
    for name, first in (("a.txt", '{"text": '), ("b.jsonl", "nonsense"), ("c", "{text: 1}")):
        (tmp_path / name).write_text(f"{first}\n{DOCUMENT}\n{DOCUMENT}\n")
        items = list(read_paths([str(tmp_path / name)]))
        assert [type(item) for item in items] == [LineError, Article, Article], name
        assert str(items[0]).startswith(f"{tmp_path / name}:1: not valid JSON")


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_that_is_too_long_is_skipped_and_the_lines_after_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, end: bytes
) -> None:
    monkeypatch.setattr(paths, "DOCUMENT_BYTES", 2_000_000)
    lines = [DOCUMENT.encode()] * 3
    lines[at - 1] = b'{"text": "' + b"x" * 3_000_000 + b'"}'
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines) + end)
    items = list(read_paths([str(tmp_path / "a.jsonl")]))
    assert [isinstance(item, Article) for item in items] == [n != at for n in (1, 2, 3)]
    assert str(items[at - 1]).endswith(f"a.jsonl:{at}: line longer than 2 MB, skipped; a line must be one document")


class Endless(io.RawIOBase):
    """A stream of 200 MB that is never in memory; ``most`` is the largest piece asked for."""

    def __init__(self, start: bytes, end: bytes) -> None:
        self.parts = [start, *[b"x" * 1_000_000] * 200, end]
        self.held = b""
        self.most = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if not self.held and self.parts:
            self.held = self.parts.pop(0)
        size = min(len(view), len(self.held))
        view[:size], self.held = self.held[:size], self.held[size:]
        return size


def test_two_hundred_megabytes_are_never_held() -> None:
    import tracemalloc

    tracemalloc.start()
    lines = io.BufferedReader(Endless(b'{"text": "', b'"}\n' + DOCUMENT.encode()))
    page = io.BufferedReader(Endless(b"A page. ", b""))
    first, second = read_paths(["-"], stdin=lines)
    assert str(first) == "standard input:1: line longer than 5 MB, skipped; a line must be one document"
    assert isinstance(second, Article) and second.id == "d"
    (item,) = read_paths(["-"], stdin=page)
    assert str(item).startswith("standard input: larger than 20 MB, which no page is")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * PAGE_BYTES


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Erdoğan’s “no” — naïve"),
        ("utf-8-sig", "Erdoğan’s “no” — naïve"),
        ("utf-16", "Erdoğan’s “no” — naïve"),
        ("utf-32", "Erdoğan’s “no” — naïve"),
        ("utf-16-le", "Erdogan's no"),
        ("cp1252", "São Paulo’s “no” – naïve, café £5 Élysée"),
        ("latin-1", "São Paulo's naïve café"),
    ],
)
def test_encodings(encoding: str, text: str) -> None:
    story = STORY.replace("Neither side", f"{text} was heard, and neither side")
    (article,) = read_page(story.encode(encoding))
    assert text in article.body


def test_a_few_broken_bytes_do_not_lose_a_page() -> None:
    story = (STORY.replace("said", "“said”") * 3).encode()[:-3] + "’".encode()[:2]
    assert "“said”" in read_page(story)[0].body


def test_another_encoding_is_guessed() -> None:
    story = STORY.replace("met", "“met”").replace("Neither", "“Neither”") * 4
    text = read_page(story.encode("gb18030"))[0].body
    assert "“Neither” side" in text


def test_documents_in_utf16(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{DOCUMENT}\n{DOCUMENT}\n", encoding="utf-16")
    assert [type(item) for item in read_paths([str(tmp_path / "a.jsonl")])] == [Article, Article]


def test_documents_are_no_page() -> None:
    with pytest.raises(PageError, match="JSON documents, not a page"):
        read_page(DOCUMENT)


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    try:
        with open(name, "wb") as out:
            out.write(STORY.encode())
    except OSError:
        pytest.skip("this file system takes only names that are text")
    (item,) = read_paths([os.fsdecode(name)])
    assert isinstance(item, Article) and item.page == f"{tmp_path}/caf\ufffd.txt"


def test_the_given_date_must_be_one() -> None:
    assert read_page(STORY, date="2024-07-03")[0].date.value == "2024-07-03"
    for wrong in ("3 July 2024", "2024-07-32", "2024-07-03T00:00"):
        with pytest.raises(InputError, match="write YYYY-MM-DD"):
            read_page(STORY, date=wrong)
        with pytest.raises(InputError, match="write YYYY-MM-DD"):
            next(read_paths([], date=wrong))


def test_progress_adds_up_to_the_bytes_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.jsonl").write_text(f"{DOCUMENT}\nbroken\n{DOCUMENT}")
    seen: list[int] = []
    total = count_inputs([str(tmp_path), "-", "nowhere"])
    list(read_paths([str(tmp_path)], progress=seen.append))
    assert sum(seen) == total == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_limits_are_what_the_messages_say() -> None:
    assert (PAGE_BYTES, DOCUMENT_BYTES) == (20_000_000, 5_000_000)
    assert paths.DOCUMENT_BYTES == documents.DOCUMENT_BYTES and paths.PAGE_BYTES == decoding.PAGE_BYTES
