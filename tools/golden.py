"""Write the stored output of the example pages anew: ``python tools/golden.py``. Then read the difference."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.test_reader import EXAMPLES, GOLDEN, table_of  # noqa: E402

from rapporteur import Reader  # noqa: E402


def main() -> None:
    """Write one table for each example."""
    GOLDEN.mkdir(exist_ok=True)
    reader = Reader()
    for name in EXAMPLES:
        (GOLDEN / f"{name}.table").write_text(table_of(reader, name), encoding="utf-8")
        print(f"tests/golden/{name}.table")


if __name__ == "__main__":
    main()
