"""Score event dates: ``python tools/score_dates.py LABELS [--texts GOLD] [--errors]``; for labels see
``rapporteur.evaluation.dates``."""

from __future__ import annotations

import argparse
from pathlib import Path

from rapporteur import Reader
from rapporteur.evaluation.dates import answer, date_figures, document_of, load_labels
from rapporteur.evaluation.gold import EventDocument, event_documents


def main() -> None:
    """Print the figures, and with ``--errors`` what was read otherwise than labelled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--texts", type=Path, help="gold of events that holds the labels' documents")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    texts = {}
    if options.texts:
        texts = {d.id: d for d in event_documents(options.texts) if isinstance(d, EventDocument)}
    reader = Reader()
    answers = []
    for label in load_labels(options.labels):
        article = reader.read_document(document_of(label, texts))
        answers.append(answer(label, article.events))
    for name, value in date_figures(answers).items():
        print(f"{name:8} {value:.3f}" if isinstance(value, float) else f"{name:8} {value}")
    for a in answers if options.errors else ():
        if not a.right:
            print(f"{a.label.id} {list(a.label.trigger)} {a.label.value} <- {a.value if a.found else 'no event'}")


if __name__ == "__main__":
    main()
