"""What changed between two readings of the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapporteur.errors import InputError
from rapporteur.evaluation.counts import Figures
from rapporteur.evaluation.events import codes, common
from rapporteur.evaluation.lines import shown
from rapporteur.evaluation.readings import ReadEvent, Reading, ReadParty, ReadSize, load_readings

#: What can have changed, in the order in which it is shown.
CHANGES = (
    "only in the first", "only in the second", "another text",
    "lost", "added", "retyped", "status", "mode", "actors", "recipients", "place", "numbers", "attribution",
)  # fmt: skip
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in one article; ``before`` and ``after`` are the event on one line, "" where there is none."""

    kind: str
    article: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes in the order of the first reading's articles, counts, and lines that could not be read."""

    changes: tuple[Change, ...]
    figures: Figures
    problems: tuple[InputError, ...]


def compare(first: Path, second: Path) -> Comparison:
    """Compare two files of ``rapporteur read --format jsonl``, article by article by their ids.

    Raises:
        InputError: a file can't be read.
    """
    problems: list[InputError] = []
    one, other = _by_id(first, problems), _by_id(second, problems)
    changes = [change for key, before in one.items() for change in _article(before, other.get(key))]
    changes += [Change("only in the second", key[0], "", "") for key in other if key not in one]
    count = Counter(change.kind for change in changes)
    both = [key for key in one if key in other]
    figures: Figures = {
        "articles": len(both),
        "articles_changed": len({c.article for c in changes if not c.kind.startswith("only in")}),
        "events_before": sum(len(one[key].events) for key in both),
        "events_after": sum(len(other[key].events) for key in both),
        **{kind: count[kind] for kind in CHANGES},
    }
    return Comparison(tuple(changes), figures, tuple(problems))


def _by_id(path: Path, problems: list[InputError]) -> Mapping[Key, Reading]:
    """Readings by id and, as two articles may have one id, by the how-manieth of that id it is."""
    found: dict[Key, Reading] = {}
    seen: Counter[str] = Counter()
    for reading in load_readings(path):
        if isinstance(reading, InputError):
            problems.append(reading)
            continue
        found[reading.id, seen[reading.id]] = reading
        seen[reading.id] += 1
    return found


def _article(before: Reading, after: Reading | None) -> Iterator[Change]:
    if after is None:
        yield Change("only in the first", before.id, "", "")
        return
    if before.body != after.body:
        yield Change("another text", before.id, "", "")
        return
    pairs = _pairs(before.events, after.events)
    for i, event in enumerate(before.events):
        if i not in pairs:
            yield Change("lost", before.id, _line(before, event), "")
            continue
        partner = after.events[pairs[i]]
        for kind in _differences(before, event, after, partner):
            yield Change(kind, before.id, _line(before, event), _line(after, partner))
    for j, event in enumerate(after.events):
        if j not in pairs.values():
            yield Change("added", before.id, "", _line(after, event))


def _pairs(before: Sequence[ReadEvent], after: Sequence[ReadEvent]) -> dict[int, int]:
    """Events that are the same: triggers share characters; those of the same type first, then the most shared."""
    ranked = sorted(
        (one.type != other.type, -common(one.span, other.span), i, j)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
        if common(one.span, other.span)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in ranked:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _differences(before: Reading, one: ReadEvent, after: Reading, other: ReadEvent) -> Iterator[str]:
    if one.type != other.type:
        yield "retyped"
    elif one.mode != other.mode:
        yield "mode"
    if one.status != other.status:
        yield "status"
    if _parties(one.actors) != _parties(other.actors):
        yield "actors"
    if _parties(one.recipients) != _parties(other.recipients):
        yield "recipients"
    if one.place != other.place:
        yield "place"
    if _numbers(one) != _numbers(other):
        yield "numbers"
    if before.sources(one) != after.sources(other):
        yield "attribution"


def _parties(parties: Sequence[ReadParty]) -> tuple[frozenset[str], int]:
    """Who they are; of those without a code, that they are there."""
    return codes(parties), sum(party.code is None for party in parties)


def _numbers(event: ReadEvent) -> dict[str, ReadSize]:
    return {name: size for name, size in (event.magnitude or {}).items() if size is not None}


def _line(reading: Reading, event: ReadEvent) -> str:
    words = (reading.body or "")[slice(*event.span)]
    mode = f" ({event.mode})" if event.mode else ""
    place = f" at {event.place.name} [{event.place.country or '?'}]" if event.place else ""
    numbers = "".join(f", {name} {size.text}" for name, size in _numbers(event).items())
    return shown(event, words, " | ".join(reading.sources(event))) + mode + place + numbers
