"""What a format could not hold, counted: so that nothing is left out silently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class LeftOut:
    """Counts of events that a file leaves out, by reason.

    Attributes:
        written: events that it holds.
        counts: events that it doesn't, by reason, in the order in which reasons were first met.
        examples: the first event's id of each reason.
    """

    written: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, reason: str, event: str) -> None:
        """An event of this id is left out."""
        self.counts[reason] = self.counts.get(reason, 0) + 1
        self.examples.setdefault(reason, event)

    def lines(self, form: str) -> Iterator[str]:
        """A line a reason, for a person."""
        for reason, count in self.counts.items():
            events = "event is" if count == 1 else "events are"
            yield f"{form}: {count} {events} left out: {reason} (as {self.examples[reason]}); {self.written} written"
