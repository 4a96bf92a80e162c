"""The frames' own examples as tests: does the whole reading take what a frame ``takes``, and not what it ``rejects``?

Each example is read as a document of its own. It takes an event of the frame's type with the stated parties' codes,
mode and status to meet a ``takes``; no event of the type, to meet a ``rejects``. Parties without a code ("a newspaper")
are not compared: an example names those that can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapporteur.knowledge.files import item_lines
from rapporteur.knowledge.frames import CLASSES, Example, Frame, read_frames
from rapporteur.model import Article, Event, Party


class DocumentReader(Protocol):
    """What reads the examples: ``rapporteur.Reader``, with the frames in question."""

    def read_document(self, record: Mapping[str, object]) -> Article: ...


@dataclass(frozen=True, slots=True)
class Checked:
    """One example and what the reading made of it.

    Attributes:
        frame: id of the frame.
        file, line: where the example stands.
        wanted, found: an event in short (``ACCUSE allege: BRA -> CHL``), for a ``rejects`` "no ACCUSE".
    """

    frame: str
    file: str
    line: int
    text: str
    met: bool
    wanted: str
    found: str


def check_examples(paths: Iterable[Path], reader: DocumentReader) -> Iterator[Checked]:
    """Read every example of the frame files, in order.

    Raises:
        KnowledgeError: a file is wrong.
    """
    for path in paths:
        if path.name == CLASSES:
            continue
        file = read_frames(path)
        places = _Places(path)
        for number, frame in enumerate(file.frames):
            for example in frame.takes:
                events = _read(example.text, reader)
                kind = example.type or file.type
                met = any(_fits(event, example, frame, kind) for event in events)
                wanted = _in_short(kind, example.mode or frame.mode, example.actors, example.recipients, example.status)
                yield _checked(frame, places.line(number, example.text), path, example.text, met, wanted, events)
            for text in frame.rejects:
                events = _read(text, reader)
                met = all(event.type != file.type for event in events)
                yield _checked(frame, places.line(number, text), path, text, met, f"no {file.type}", events)


class _Places:
    """Lines of one file's examples."""

    def __init__(self, path: Path) -> None:
        self._lines = path.read_text(encoding="utf-8").splitlines()
        self._starts = [*item_lines(path, "frames"), len(self._lines) + 1]

    def line(self, frame: int, text: str) -> int:
        own = range(self._starts[frame], self._starts[frame + 1])
        return next((n for n in own if text in self._lines[n - 1]), own.start)


def _read(text: str, reader: DocumentReader) -> tuple[Event, ...]:
    return reader.read_document({"id": "example", "text": text}).events


def _fits(event: Event, example: Example, frame: Frame, kind: str) -> bool:
    return (
        event.type == kind
        and event.mode == (example.mode or frame.mode)
        and event.status == example.status
        and _codes(event.actors) == sorted(example.actors)
        and _codes(event.recipients) == sorted(example.recipients)
    )


def _codes(parties: Iterable[Party]) -> list[str]:
    return sorted(party.code for party in parties if party.code is not None)


def _checked(
    frame: Frame, line: int, path: Path, text: str, met: bool, wanted: str, events: Iterable[Event]
) -> Checked:
    found = "; ".join(
        _in_short(e.type, e.mode, _codes(e.actors), _codes(e.recipients), e.status) + f" ({', '.join(e.rules)})"
        for e in events
    )
    return Checked(frame.id, str(path), line, text, met, wanted, found or "no event")


def _in_short(kind: str, mode: str | None, actors: Iterable[str], recipients: Iterable[str], status: str) -> str:
    parties = f"{', '.join(actors) or '-'} -> {', '.join(recipients) or '-'}"
    return f"{kind}{f' {mode}' if mode else ''}: {parties}{'' if status == 'actual' else f', {status}'}"
