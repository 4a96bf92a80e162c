"""Copies the web pages' libraries out of an npm tree into the package, and writes down what they are.

    npm install --ignore-scripts $(python tools/vendor_web.py --wanted)
    python tools/vendor_web.py node_modules

vega-embed carries the interpreter of expressions that the pages use (`ast: true`): no script is made of text.

Nothing is changed on the way: the files are those that npm has under these versions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "rapporteur" / "web" / "static" / "vendor"
#: Package, pinned version, the files that pages load (path in the package), what each is for.
WANTED = (
    ("htmx.org", "2.0.11", ("dist/htmx.min.js",)),
    ("vega", "6.4.0", ("build/vega.min.js",)),
    ("vega-lite", "6.5.0", ("build/vega-lite.min.js",)),
    ("vega-embed", "7.3.0", ("build/vega-embed.min.js",)),
    (
        "leaflet",
        "1.9.4",
        (
            "dist/leaflet.js",
            "dist/leaflet.css",
            *(f"dist/images/{name}" for name in ("layers.png", "layers-2x.png", "marker-icon.png",
                                                 "marker-icon-2x.png", "marker-shadow.png")),
        ),
    ),
    ("cytoscape", "3.35.0", ("dist/cytoscape.min.js",)),
)  # fmt: skip


def vendor(tree: Path, target: Path = TARGET) -> None:
    """Fill ``target`` from an npm tree; what stood there before goes.

    Raises:
        SystemExit: a package is missing, or of another version.
    """
    shutil.rmtree(target, ignore_errors=True)
    entries = []
    for package, version, files in WANTED:
        manifest = json.loads((tree / package / "package.json").read_text(encoding="utf-8"))
        if manifest["version"] != version:
            sys.exit(
                f"{package}: {manifest['version']} is installed, {version} is wanted; npm install {package}@{version}"
            )
        folder = target / package
        entries.append(
            {
                "name": package,
                "version": version,
                "licence": manifest["license"],
                "files": {
                    **{
                        f"{package}/{Path(*Path(file).parts[1:])}": _copied(
                            tree / package / file, folder / Path(*Path(file).parts[1:])
                        )
                        for file in files
                    },
                    f"{package}/LICENSE": _copied(tree / package / "LICENSE", folder / "LICENSE"),
                },
            }
        )
    (target / "vendor.json").write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


def _copied(source: Path, target: Path) -> str:
    """Copy one file; gives its SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree", nargs="?", type=Path, help="node_modules of an npm install")
    parser.add_argument("--wanted", action="store_true", help="print what to npm install")
    asked = parser.parse_args()
    if asked.wanted or asked.tree is None:
        print(" ".join(f"{package}@{version}" for package, version, _ in WANTED))
    else:
        vendor(asked.tree)


if __name__ == "__main__":
    main()
