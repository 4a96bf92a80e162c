"""Write ``docs/institutions.md`` anew; with ``--check``, only say whether it is up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rapporteur.institutions.handbook import page
from rapporteur.knowledge.institutions import catalogue

PAGE = Path(__file__).parents[1] / "docs" / "institutions.md"


def main() -> int:
    """Write the page, or with ``--check`` return 1 if it would change."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is out of date")
    check = options.parse_args().check
    text = page(catalogue())
    if not check:
        PAGE.write_text(text, encoding="utf-8")
        print(f"{PAGE}: {len(text.splitlines())} lines")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE}: out of date; run python tools/institutions_doc.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
