"""Event dates against gold: is the value right, at its precision, and null where the text tells none?

A line is ``{"id", "trigger": [start, end], "value": ISO date | null}``, with ``"text"`` and ``"date"`` (the article's)
where the text is the repository's own; otherwise the document of that id in a gold file of events has them. Offsets are
code points into the text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from rapporteur.errors import LineError
from rapporteur.evaluation.counts import Figures
from rapporteur.evaluation.gold import EventDocument, decoded, numbered_lines
from rapporteur.model import Event, Span

_SHAPE = '{"id", "trigger": [start, end], "value": ISO date or null, "text"?, "date"?}'


class DateLabel(msgspec.Struct, frozen=True):
    """When the event at ``trigger`` happened, by its text; ``value`` None: the text doesn't tell."""

    id: str
    trigger: Span
    value: str | None
    text: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """A label and what was read: ``found`` tells whether any event stands at the trigger, ``value`` its date."""

    label: DateLabel
    found: bool
    value: str | None

    @property
    def right(self) -> bool:
        """An event that was read, with exactly the date (or the lack of one) that gold has."""
        return self.found and self.value == self.label.value


def load_labels(path: Path) -> list[DateLabel]:
    """The labels of a file.

    Raises:
        LineError: a line is none.
        InputError: the file can't be read.
    """
    return [decoded(line, DateLabel, f"{path}:{number}", _SHAPE) for number, line in numbered_lines(path)]


def document_of(label: DateLabel, texts: Mapping[str, EventDocument]) -> dict[str, str | None]:
    """The document that a label is about, as ``Reader.read_document`` takes it.

    Raises:
        LineError: the label has no text, and no document its id.
    """
    if label.text is not None:
        return {"id": label.id, "text": label.text, "date": label.date}
    if label.id not in texts:
        raise LineError(label.id, "the label has no text; give the gold file that its id is of")
    document = texts[label.id]
    return {"id": document.id, "text": document.text, "date": document.date}


def answer(label: DateLabel, events: Sequence[Event]) -> DateAnswer:
    """The date of the event that shares most of the trigger's characters."""
    start, end = label.trigger
    shared = [(min(end, e.trigger.end) - max(start, e.trigger.start), e) for e in events]
    best = max(shared, key=lambda pair: pair[0], default=None)
    if best is None or best[0] <= 0:
        return DateAnswer(label, False, None)
    date = best[1].date
    return DateAnswer(label, True, date.value if date else None)


def date_figures(answers: Iterable[DateAnswer]) -> Figures:
    """``right`` of all events that were read; ``dated`` of those for which gold has a date, ``undated`` of the rest."""
    answers = list(answers)
    found = [a for a in answers if a.found]
    dated = [a for a in found if a.label.value is not None]
    undated = [a for a in found if a.label.value is None]
    return {
        "labels": len(answers),
        "read": len(found),
        "right": _share(found),
        "dated": _share(dated),
        "undated": _share(undated),
    }


def _share(answers: Sequence[DateAnswer]) -> float | None:
    return sum(a.right for a in answers) / len(answers) if answers else None
