"""Figures of single sentences, each with one gold event.

coded   something was read
first   what was read first has the gold type
hit     something read has the gold type
triple  something read has the gold type and holds every gold actor code and recipient code
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rapporteur.evaluation.counts import Figures, share
from rapporteur.evaluation.events import codes
from rapporteur.evaluation.gold import GsrSentence
from rapporteur.evaluation.readings import ReadEvent, Reading


def same_type(sentence: GsrSentence, reading: Reading | None) -> list[ReadEvent]:
    """What was read of the gold type."""
    return [event for event in reading.events if event.type == sentence.type] if reading else []


def holds_parties(sentence: GsrSentence, event: ReadEvent) -> bool:
    """Are all gold actors among the event's, and all gold recipients?"""
    return codes(sentence.actors) <= codes(event.actors) and codes(sentence.recipients) <= codes(event.recipients)


def gsr_figures(sentences: Sequence[GsrSentence], readings: Mapping[str, Reading]) -> Figures:
    """All figures; ``by_type`` is hits / gold."""
    n: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for sentence in sentences:
        reading = readings.get(sentence.id)
        events = reading.events if reading else ()
        same = same_type(sentence, reading)
        n["coded"] += bool(events)
        n["first"] += bool(events) and events[0].type == sentence.type
        n["hit"] += bool(same)
        n["triple"] += any(holds_parties(sentence, event) for event in same)
        n["events"] += len(events)
        hits[sentence.type] += bool(same)
    total = len(sentences)
    wanted = Counter(sentence.type for sentence in sentences)
    return {
        "sentences": total,
        "events_per_sentence": round(n["events"] / total, 2) if total else None,
        **{name: share(n[name], total) for name in ("coded", "first", "hit", "triple")},
        "by_type": {type: f"{hits[type]}/{wanted[type]}" for type in sorted(wanted)},
    }
