"""Compare the places of events with labels.

    python tools/score_places.py tests/gold/place-sentences.jsonl
    python tools/score_places.py tests/gold/places.jsonl --texts GOLD.jsonl [--set 2] [--errors]

The labels of places.jsonl hold no text; GOLD.jsonl is the file of events that has the documents of those ids. Labels of
documents that it lacks are left out, and their number is told.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rapporteur.errors import InputError
from rapporteur.evaluation.gold import numbered_lines
from rapporteur.evaluation.places import PlaceLabel, documents, load_labels, place_figures, place_mistakes
from rapporteur.reader import Reader


def main() -> int:
    """Run; the exit status is 1 where a file is missing or wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("labels", type=Path)
    options.add_argument("--texts", type=Path, help="JSON Lines with id and text, where the labels hold none")
    options.add_argument("--set", type=int, help="only the labels of this set")
    options.add_argument("--errors", action="store_true", help="print what differs")
    chosen = options.parse_args()
    try:
        labels = [label for label in load_labels(chosen.labels) if chosen.set in (None, label.set)]
        labels = with_text(labels, chosen.texts)
        articles = {a.id: a for a in Reader().read_documents(documents(labels, chosen.texts))}
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    if chosen.errors:
        print(*place_mistakes(labels, articles), sep="\n")
    for name, value in place_figures(labels, articles).items():
        print(f"{name:10} {value}")
    return 0


def with_text(labels: list[PlaceLabel], texts: Path | None) -> list[PlaceLabel]:
    """The labels whose text is at hand."""
    known = {json.loads(line)["id"] for _, line in numbered_lines(texts)} if texts is not None else set()
    kept = [label for label in labels if label.text is not None or label.id in known]
    if len(kept) < len(labels):
        print(f"{len(labels) - len(kept)} labels without a text are left out", file=sys.stderr)
    return kept


if __name__ == "__main__":
    sys.exit(main())
