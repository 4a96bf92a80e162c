"""The record of the example stories, against stored output: what ``rapporteur ledger`` prints of them at 140 columns.

After a change that alters it, write it anew with ``python tools/golden.py`` and read the difference.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from rapporteur import Article, Ledger, Reader
from rapporteur.exports.record_table import show

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
STORIES = ROOT / "examples" / "chronicle.jsonl"
#: A view, and the day by which it is known and as of which it is told.
PAGES = [("measures", "2024-12-31"), ("measures", "2025-09-10"), ("measures", "2025-12-01")]
PAGES += [(view, "2025-12-01") for view in ("talks", "claims", "events", "articles")]


def recorded(path: Path, *stories: Path) -> Ledger:
    """A new ledger of these files of stories, by default the example stories."""
    ledger = Ledger(path)
    read = Reader().read_paths([str(file) for file in stories or (STORIES,)])
    ledger.record(article for article in read if isinstance(article, Article))
    return ledger


def printed(ledger: Ledger, view: str, day: str) -> str:
    """The view as known by a day."""
    out = io.StringIO()
    show(ledger.view(view, known_by=day), view, out, width=140)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return recorded(tmp_path_factory.mktemp("record") / "chronicle.duckdb")


@pytest.mark.parametrize(("view", "day"), PAGES)
def test_the_record_is_as_reviewed(ledger: Ledger, view: str, day: str) -> None:
    assert printed(ledger, view, day) == (GOLDEN / f"chronicle-{view}-{day}.table").read_text(encoding="utf-8")
