"""Take the README's pictures of the web pages: ``python tools/pictures.py [FOLDER]`` (default ``docs/pictures``).

The ledger is made from the shipped examples and served as ``rapporteur serve`` does; the pictures are taken with
Chromium (``CHROMIUM`` names another than the one on the path).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
EXAMPLES = ("examples/archive.jsonl", "examples/chronicle.jsonl")
#: Name of the picture, address, and height of the window in pixels.
PICTURES = (
    ("now", "/?as_of=2024-09-01&known_by=2024-09-01", 900),
    ("article", "/articles/archive-08", 900),
    ("map", "/map", 760),
)
WIDTH = 1200


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server over the examples' ledger."""
    ledger = folder / "examples.duckdb"
    command = [sys.executable, "-m", "rapporteur"]
    subprocess.run([*command, "record", str(ledger), *EXAMPLES], cwd=ROOT, check=True)
    server = subprocess.Popen(
        [*command, "serve", str(ledger), "--port", "0"], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        found = re.search(r"http://\S+", said)
        if found is None:
            sys.exit(f"the server didn't start: {said}")
        yield found.group().rstrip("/")
    finally:
        server.terminate()
        server.wait()


def take(page: Page, address: str, folder: Path) -> None:
    """Take all pictures into the folder."""
    for name, path, height in PICTURES:
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.goto(address + path, wait_until="networkidle")
        page.screenshot(path=str(folder / f"{name}.png"))


def main(folder: Path) -> None:
    """Take the pictures."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("there is no chromium on the path; install one or name it: CHROMIUM=/path/to/it")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, served(Path(made)) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take(browser.new_page(color_scheme="light"), address, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
