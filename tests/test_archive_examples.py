"""The archive: example stories of two years and scraped pages, as read and as kept, against stored output.

The archive is recorded together with the chronicle, as in ``rapporteur record LEDGER examples/archive.jsonl
examples/chronicle.jsonl``: some acts are told by both. After a change that alters what is stored, write it anew with
``python tools/golden.py`` and read the difference.
"""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from rapporteur import Article, Ledger, Reader
from tests.test_reader import table_of
from tests.test_record_examples import GOLDEN, ROOT, STORIES, printed, recorded

ARCHIVE = ROOT / "examples" / "archive.jsonl"
#: Pages as they come from the web, with menus, captions and prompts between the stories.
SCRAPED = ("gaza-front.html", "africa-desk.html", "week-in-brief.txt")
#: A view, and the day by which it is known and as of which it is told.
ARCHIVE_PAGES = [("measures", "2025-01-26"), ("measures", "2025-12-01"), ("talks", "2025-08-01")]
ARCHIVE_PAGES += [(view, "2025-12-01") for view in ("talks", "claims", "events", "articles")]


def archived(path: Path) -> Ledger:
    """A new ledger of the archive and the chronicle."""
    return recorded(path, ARCHIVE, STORIES)


def stored_page(name: str) -> Path:
    """Where the table of a scraped page is kept."""
    return GOLDEN / f"page-{name}.table"


def stories(path: Path) -> list[dict[str, str | None]]:
    """The lines of a file of stories."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return archived(tmp_path_factory.mktemp("record") / "archive.duckdb")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("view", "day"), ARCHIVE_PAGES)
def test_the_record_of_the_archive_is_as_reviewed(ledger: Ledger, view: str, day: str) -> None:
    assert printed(ledger, view, day) == (GOLDEN / f"archive-{view}-{day}.table").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCRAPED)
def test_scraped_pages_read_as_reviewed(reader: Reader, name: str) -> None:
    assert table_of(reader, f"pages/{name}") == stored_page(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCRAPED)
def test_no_furniture_of_a_page_is_body(reader: Reader, name: str) -> None:
    read = [item for item in reader.read_paths([str(ROOT / "examples" / "pages" / name)]) if isinstance(item, Article)]
    assert read
    furniture = re.compile(
        r"(?i)cookies|newsletter|subscribe|advertisement|sign in|file photo|\(photo:|most read|dataLayer"
    )
    for article in read:
        assert not furniture.search(article.body)


def test_the_stories_are_dated_lines_in_order() -> None:
    told = stories(ARCHIVE)
    assert {key for story in told for key in story} == {"id", "title", "text", "date", "source", "url"}
    assert all(earlier["date"] <= later["date"] for earlier, later in pairwise(told))  # type: ignore[operator]
    assert all(date.fromisoformat(story["date"] or "") < date(2025, 12, 1) for story in told)
    ids = [story["id"] for story in (*told, *stories(STORIES))]
    assert len(set(ids)) == len(ids)


def test_an_act_that_two_outlets_tell_is_one(ledger: Ledger) -> None:
    """The Baltic states' notice is in a dispatch from New York and in one from Riga."""
    together = {"archive-17", "archive-18"}
    events = ledger.view("events", known_by="2025-12-01").to_pylist()
    assert [row["type"] for row in events if {report["article"] for report in row["reports"]} == together] == [
        "SANCTION"
    ]


def test_a_threat_to_leave_stays_a_threat(ledger: Ledger) -> None:
    """However often Iran threatens to leave the Non-Proliferation Treaty, it has not left."""
    measures = ledger.view("measures", known_by="2025-12-01", actor="IRN").to_pylist()
    leaving = [row for row in measures if row["kind"] == "withdrawal" and "Proliferation" in (row["object"] or "")]
    assert [row["status"] for row in leaving] == ["threatened"]
    assert len({report["article"] for row in leaving for report in row["reports"]}) > 1


def test_the_order_of_recording_is_nothing(ledger: Ledger, tmp_path: Path) -> None:
    other = recorded(tmp_path / "reversed.duckdb", STORIES, ARCHIVE)
    for view, day in ARCHIVE_PAGES:
        assert printed(other, view, day) == printed(ledger, view, day)
