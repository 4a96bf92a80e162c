"""Figures of events against gold.

A read event matches a gold event of its type in its sentence, one to one; where there is a choice the pair whose
triggers share more characters goes first.

    any      gold sentences with events in which something was read (recall), without in which nothing was (specificity)
    type     precision, recall and F1 of typed events
    lenient  the same, where the sets of actor codes share a member (or both are empty), and those of recipients
    triple   the same, where both sets are equal
    other    the same of what is not "actual" (negated, future, hypothetical): type and status right
    status   share of matched events with the gold status
    mode     share of matched events whose gold has a mode with that mode
    credit   on matched events, naming the source that gold credits
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapporteur.evaluation.counts import Figures, prf
from rapporteur.evaluation.gold import EventDocument, GoldEvent, GoldParty
from rapporteur.evaluation.readings import ReadEvent, Reading, ReadParty
from rapporteur.model import Span


@dataclass(frozen=True, slots=True)
class Alignment:
    """A document's events, gold and read: who is whose partner, by index, and in which sentence the read ones stand."""

    pairs: tuple[tuple[int, int], ...]
    sentences: tuple[int | None, ...]


def align(document: EventDocument, events: Sequence[ReadEvent]) -> Alignment:
    """One-to-one pairs of events of one type in one sentence."""
    sentences = tuple(sentence_of(document, event.trigger.start) for event in events)
    ranked = sorted(
        (-common(wanted.trigger, read.span), g, r)
        for g, wanted in enumerate(document.events)
        for r, read in enumerate(events)
        if wanted.type == read.type and wanted.sentence == sentences[r]
    )
    pairs: dict[int, int] = {}
    for _, g, r in ranked:
        if g not in pairs and r not in pairs.values():
            pairs[g] = r
    return Alignment(tuple(pairs.items()), sentences)


def sentence_of(document: EventDocument, offset: int) -> int | None:
    """Index of the gold sentence that holds the offset."""
    return next((i for i, (start, end) in enumerate(document.sentences) if start <= offset < end), None)


def common(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def codes(parties: Iterable[GoldParty | ReadParty]) -> frozenset[str]:
    """The codes of parties, as a set; those without a code left out."""
    return frozenset(party.code for party in parties if party.code)


def equal_codes(wanted: GoldEvent, read: ReadEvent) -> bool:
    """The same actors and the same recipients."""
    return codes(wanted.actors) == codes(read.actors) and codes(wanted.recipients) == codes(read.recipients)


def credited(wanted: GoldEvent, sources: Sequence[str]) -> bool:
    """Is the source that gold names among those read, or one of those a part of it?"""
    name = wanted.according_to
    if not name or not sources:
        return False
    return name in " | ".join(sources) or any(s.strip() and s.strip() in name for s in sources)


def event_figures(documents: Sequence[EventDocument], readings: Mapping[str, Reading]) -> Figures:
    """All figures of ``documents``, read as ``readings`` by id; a document without a reading counts as read empty."""
    n: Counter[str] = Counter()
    types: Counter[tuple[str, str]] = Counter()
    for document in documents:
        reading = readings.get(document.id)
        n["missing"] += reading is None
        _count(document, reading or Reading(document.id, document.text), n, types)
    return {
        "documents": len(documents),
        "missing": n["missing"],
        "gold_events": n["gold"],
        "predicted_events": n["read"],
        "any_recall": round(n["any"] / max(1, n["telling"]), 3),
        "any_specificity": round(n["quiet"] / max(1, n["silent"]), 3),
        **{name: prf(n[name], n["read"], n["gold"]) for name in ("type", "lenient", "triple")},
        "other": prf(n["other"], n["other_read"], n["other_gold"]),
        "status": round(n["status"] / max(1, n["type"]), 3),
        "credit": prf(n["credit"], n["credit_read"], n["credit_gold"]),
        "mode": round(n["mode"] / max(1, n["mode_gold"]), 3),
        "by_type": {
            name: {**prf(types[name, "hit"], types[name, "read"], types[name, "gold"]), "gold": types[name, "gold"]}
            for name in sorted({name for name, _ in types})
        },
    }


def _count(document: EventDocument, reading: Reading, n: Counter[str], types: Counter[tuple[str, str]]) -> None:
    alignment = align(document, reading.events)
    for i in range(len(document.sentences)):
        told = any(event.sentence == i for event in document.events)
        n["telling" if told else "silent"] += 1
        n["any" if told else "quiet"] += (i in alignment.sentences) == told
    n["gold"] += len(document.events)
    n["read"] += len(reading.events)
    n["other_gold"] += sum(event.status != "actual" for event in document.events)
    n["other_read"] += sum(event.status != "actual" for event in reading.events)
    types.update((event.type, "gold") for event in document.events)
    types.update((event.type, "read") for event in reading.events)
    for g, r in alignment.pairs:
        wanted, read = document.events[g], reading.events[r]
        types[wanted.type, "hit"] += 1
        _count_pair(wanted, read, reading.sources(read), n)


def _count_pair(wanted: GoldEvent, read: ReadEvent, sources: Sequence[str], n: Counter[str]) -> None:
    n["type"] += 1
    n["triple"] += equal_codes(wanted, read)
    n["lenient"] += all(
        bool(one & other) or not (one or other)
        for one, other in (
            (codes(wanted.actors), codes(read.actors)),
            (codes(wanted.recipients), codes(read.recipients)),
        )
    )
    n["status"] += wanted.status == read.status
    n["other"] += wanted.status == read.status != "actual"
    n["mode_gold"] += wanted.mode is not None
    n["mode"] += wanted.mode is not None and wanted.mode == read.mode
    n["credit_gold"] += bool(wanted.according_to)
    n["credit_read"] += bool(sources)
    n["credit"] += credited(wanted, sources)
