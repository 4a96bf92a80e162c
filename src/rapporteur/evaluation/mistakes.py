"""Where the reading and gold differ on events, by what went wrong, for people to read.

Of a miss it is told whether the coder never thought of it (a gap in the lexicon) or thought of it and let it go; of a
false alarm, whether a verb or a noun gave rise to it. Both need to know what the coder proposed (``candidates``). For
readings from a file those classes are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapporteur.evaluation.events import Alignment, align, codes, common, credited
from rapporteur.evaluation.gold import EventDocument, GoldEvent
from rapporteur.evaluation.lines import shown
from rapporteur.evaluation.readings import ReadEvent, Reading

if TYPE_CHECKING:
    from rapporteur.evaluation.candidates import Proposal

#: What can go wrong, in the order in which it is shown.
CLASSES = (
    "lexicon gap: no candidate",
    "candidate let go",
    "missed",
    "merged with another",
    "wrong type",
    "spurious verb",
    "spurious noun",
    "spurious",
    "told twice",
    "wrong status",
    "actor code",
    "recipient code",
    "source missed",
    "source spurious",
    "source wrong",
    "party code",
    "number of stories",
    "story",
    "headline",
    "attribution missed",
    "attribution spurious",
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference: its class, the document, the words at issue, and what gold and the reading say."""

    kind: str
    document: str
    text: str
    gold: str
    read: str


def event_mistakes(
    document: EventDocument, reading: Reading, proposals: Sequence[Proposal] | None = None
) -> Iterator[Mistake]:
    """All differences in one document.

    Args:
        document: the gold.
        reading: what was read of it.
        proposals: what the coder weighed; None where that isn't known.
    """
    return _Comparison(document, reading, proposals).mistakes()


class _Comparison:
    def __init__(self, document: EventDocument, reading: Reading, proposals: Sequence[Proposal] | None) -> None:
        self.document = document
        self.reading = reading
        self.proposals = proposals
        self.alignment: Alignment = align(document, reading.events)
        self.met = {g for g, _ in self.alignment.pairs}
        self.used = {r for _, r in self.alignment.pairs}

    def mistakes(self) -> Iterator[Mistake]:
        retyped = self._retyped()
        for g, event in enumerate(self.document.events):
            if g in retyped:
                yield self._mistake("wrong type", event.sentence, event, self.reading.events[retyped[g]])
            elif g not in self.met:
                yield self._mistake(self._why_missed(event), event.sentence, event, None)
        for r, read in enumerate(self.reading.events):
            if r not in self.used and r not in retyped.values():
                yield self._mistake(self._why_told(read, r), self.alignment.sentences[r], None, read)
        for g, r in self.alignment.pairs:
            gold, read = self.document.events[g], self.reading.events[r]
            for kind in self._faults(gold, read):
                yield self._mistake(kind, gold.sentence, gold, read)

    def _retyped(self) -> dict[int, int]:
        """Unmatched gold events whose trigger an unmatched read event of another type shares."""
        ranked = sorted(
            (-common(gold.trigger, read.span), g, r)
            for g, gold in enumerate(self.document.events)
            for r, read in enumerate(self.reading.events)
            if g not in self.met and r not in self.used and common(gold.trigger, read.span)
        )
        pairs: dict[int, int] = {}
        for _, g, r in ranked:
            if g not in pairs and r not in pairs.values():
                pairs[g] = r
        return pairs

    def _why_missed(self, event: GoldEvent) -> str:
        if any(self.document.events[g].sentence == event.sentence and self.document.events[g].type == event.type
               for g in self.met):  # fmt: skip
            return "merged with another"
        if self.proposals is None:
            return "missed"
        if any(common(event.trigger, proposal.span) for proposal in self.proposals):
            return "candidate let go"
        return "lexicon gap: no candidate"

    def _why_told(self, read: ReadEvent, r: int) -> str:
        sentence = self.alignment.sentences[r]
        for other in self.used:
            if self.reading.events[other].type == read.type and self.alignment.sentences[other] == sentence:
                return "told twice"
        if self.proposals is None:
            return "spurious"
        nominal = any(p.nominal for p in self.proposals if p.type == read.type and common(p.span, read.span))
        return "spurious noun" if nominal else "spurious verb"

    def _faults(self, gold: GoldEvent, read: ReadEvent) -> Iterator[str]:
        if gold.status != read.status:
            yield "wrong status"
        if codes(gold.actors) != codes(read.actors):
            yield "actor code"
        if codes(gold.recipients) != codes(read.recipients):
            yield "recipient code"
        sources = self.reading.sources(read)
        if gold.according_to and not sources:
            yield "source missed"
        elif sources and not gold.according_to:
            yield "source spurious"
        elif sources and not credited(gold, sources):
            yield "source wrong"

    def _mistake(self, kind: str, sentence: int | None, gold: GoldEvent | None, read: ReadEvent | None) -> Mistake:
        text = self.document.text
        spoken = text[slice(*self.document.sentences[sentence])] if sentence is not None else "(between sentences)"
        wanted = found = "-"
        if gold is not None:
            wanted = shown(gold, text[slice(*gold.trigger)], gold.according_to)
        if read is not None:
            found = shown(read, text[slice(*read.span)], " | ".join(self.reading.sources(read)))
        return Mistake(kind, self.document.id, spoken, wanted, found)
