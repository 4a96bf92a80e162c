"""The libraries that pages load are the files that their makers published, with their licences, and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
from importlib import resources

VENDOR = resources.files("rapporteur") / "web" / "static" / "vendor"
ENTRIES = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
HASHES = {name: hash for entry in ENTRIES for name, hash in entry["files"].items()}


def test_every_file_is_the_one_that_was_written_down() -> None:
    for name, hash in HASHES.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == hash, name


def test_nothing_lies_there_that_is_not_written_down() -> None:
    found = {f"{folder.name}/{path}" for folder in VENDOR.iterdir() if folder.is_dir() for path in _files(folder)}
    assert found == set(HASHES)


def test_every_library_has_a_licence_a_version_and_its_text() -> None:
    for entry in ENTRIES:
        assert entry["licence"] in {"0BSD", "BSD-2-Clause", "BSD-3-Clause", "MIT"}, entry["name"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"])
        assert len((VENDOR / entry["name"] / "LICENSE").read_text(encoding="utf-8")) > 300


def _files(folder) -> list[str]:  # type: ignore[no-untyped-def]  # Traversable moved between Python's modules
    paths = []
    for item in folder.iterdir():
        paths += [f"{item.name}/{path}" for path in _files(item)] if item.is_dir() else [item.name]
    return paths
