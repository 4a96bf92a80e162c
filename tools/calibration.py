"""Does confidence mean what it says? A reliability table of the events that are read, against gold.

    python tools/calibration.py GOLD.jsonl [--part held-out] [--real] [--ranker DIR|rules]

An event is right if it meets a gold event of its type, as ``rapporteur evaluate`` counts. The last line is the expected
calibration error over ten bins of equal width.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from rapporteur import Reader
from rapporteur.errors import InputError
from rapporteur.evaluation.calibration import calibration_error
from rapporteur.evaluation.events import align
from rapporteur.evaluation.gold import EventDocument, Part, event_documents, part_of
from rapporteur.evaluation.readings import reading_of
from rapporteur.events import ranker_named


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--part", choices=[part.value for part in Part])
    parser.add_argument("--real", action="store_true", help='leave out documents whose source is "synthetic"')
    parser.add_argument("--ranker", help="as of rapporteur read")
    options = parser.parse_args()
    reader = Reader(ranker=ranker_named(options.ranker) if options.ranker else None)
    wanted = Part(options.part) if options.part else None
    try:
        chances = [c for d in documents(options.gold, wanted, options.real) for c in chances_of(reader, d)]
    except InputError as problem:
        print(problem, file=sys.stderr)
        return 1
    error, bins = calibration_error(chances)
    print("confidence  right  events")
    for mean, right, count in bins:
        print(f"{mean:10.2f}  {right:5.2f}  {count:6}")
    print(f"expected calibration error {error:.3f} over {len(chances)} events")
    return 0


def documents(gold: Path, part: Part | None, real: bool) -> Iterator[EventDocument]:
    """The documents of the part; an unreadable line is an error."""
    for document in event_documents(gold):
        if isinstance(document, InputError):
            raise document
        if (part is None or part_of(document.id) is part) and not (real and document.source == "synthetic"):
            yield document


def chances_of(reader: Reader, document: EventDocument) -> Iterator[tuple[float, bool]]:
    """Of each event read, its confidence and whether it is right."""
    article = reader.read_document({"id": document.id, "text": document.text, "date": document.date})
    met = {r for _, r in align(document, reading_of(article).events).pairs}
    for number, event in enumerate(article.events):
        yield event.confidence, number in met


if __name__ == "__main__":
    sys.exit(main())
