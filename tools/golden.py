"""Write the stored output of the example pages anew: ``python tools/golden.py``. Then read the difference."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.test_archive_examples import ARCHIVE_PAGES, SCRAPED, archived, stored_page  # noqa: E402
from tests.test_reader import EXAMPLES, GOLDEN, table_of  # noqa: E402
from tests.test_record_examples import PAGES, printed, recorded  # noqa: E402

from rapporteur import Reader  # noqa: E402


def main() -> None:
    """Write one table for each example and scraped page, and those of the records of the dated stories."""
    GOLDEN.mkdir(exist_ok=True)
    reader = Reader()
    for name in EXAMPLES:
        (GOLDEN / f"{name}.table").write_text(table_of(reader, name), encoding="utf-8")
        print(f"tests/golden/{name}.table")
    for name in SCRAPED:
        stored_page(name).write_text(table_of(reader, f"pages/{name}"), encoding="utf-8")
        print(f"tests/golden/{stored_page(name).name}")
    with tempfile.TemporaryDirectory() as folder:
        archive = archived(Path(folder) / "archive.duckdb")
        for view, day in ARCHIVE_PAGES:
            (GOLDEN / f"archive-{view}-{day}.table").write_text(printed(archive, view, day), encoding="utf-8")
            print(f"tests/golden/archive-{view}-{day}.table")
        ledger = recorded(Path(folder) / "chronicle.duckdb")
        for view, day in PAGES:
            (GOLDEN / f"chronicle-{view}-{day}.table").write_text(printed(ledger, view, day), encoding="utf-8")
            print(f"tests/golden/chronicle-{view}-{day}.table")


if __name__ == "__main__":
    main()
