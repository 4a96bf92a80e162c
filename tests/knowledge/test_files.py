"""The cache of compiled tables, and what is said of a file that can't be opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge import files


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "_cache", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def table(folder: Path, content: str, built: list[str]) -> str:
    """The table of a source with this content; ``built`` grows where it had to be built."""
    source = folder / "source.yaml"
    source.write_text(content, encoding="utf-8")

    def build() -> str:
        built.append(content)
        return content.upper()

    return files.compiled("words", [source], str, build)


def test_a_table_is_built_once_for_each_content(cache: Path, tmp_path: Path) -> None:
    built: list[str] = []
    assert [table(tmp_path, text, built) for text in ("a", "b", "a", "b")] == ["A", "B", "A", "B"]
    assert built == ["a", "b"]


def test_what_is_shipped_is_written_although_the_cache_has_it(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SHIPPED", tmp_path / "shipped")
    table(tmp_path, "a", [])
    with files.shipping():
        table(tmp_path, "a", [])
    assert len(list((tmp_path / "shipped").glob("words.*.msgpack"))) == 1


def test_the_tables_used_last_are_kept(cache: Path, tmp_path: Path) -> None:
    built: list[str] = []
    table(tmp_path, "often used", built)
    for n in range(3 * files._KEPT):
        for path in cache.iterdir():  # a day later
            stat = path.stat()
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - 86_400 * 10**9))
        table(tmp_path, "often used", built)
        table(tmp_path, f"edit {n}", built)
    assert built.count("often used") == 1
    assert len(list(cache.iterdir())) == files._KEPT


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file; check the path"):
        files.load_yaml(tmp_path / "absent.yaml", dict)
    with pytest.raises(KnowledgeError, match="can't be read: Is a directory"):
        files.load_yaml(tmp_path, dict)
    with pytest.raises(KnowledgeError, match="no such file; check the path"):
        files.fingerprint([tmp_path / "absent.yaml"], "1")
