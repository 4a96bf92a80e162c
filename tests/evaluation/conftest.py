"""Gold and readings made by hand, and the reference scorers beside the repository."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from rapporteur.evaluation.gold import EventDocument
from rapporteur.evaluation.readings import Reading

TEXT = "Peru warned Chile on Monday. Chile met Peru, and Peru thanked Chile, envoys said. It rained."
SENTENCES = [[0, 28], [29, 81], [82, 92]]


def at(words: str, text: str = TEXT) -> list[int]:
    """Where the words first stand."""
    return [text.index(words), text.index(words) + len(words)]


def parties(codes: str) -> list[dict[str, str | None]]:
    """ "PER CHL" or "?": parties with these codes."""
    return [{"text": code, "code": None if code == "?" else code} for code in codes.split()]


def gold_event(words: str, type: str, actors: str = "", recipients: str = "", **more: Any) -> dict[str, Any]:
    span = at(words)
    sentence = next(i for i, (start, end) in enumerate(SENTENCES) if start <= span[0] < end)
    return {
        "sentence": sentence,
        "type": type,
        "trigger": span,
        "actors": parties(actors),
        "recipients": parties(recipients),
        "status": "actual",
        "according_to": None,
        **more,
    }


def read_event(words: str, type: str, actors: str = "", recipients: str = "", **more: Any) -> dict[str, Any]:
    start, end = at(words)
    return {
        "type": type,
        "trigger": {"text": words, "start": start, "end": end},
        "actors": parties(actors),
        "recipients": parties(recipients),
        "status": "actual",
        "attributed_to": [],
        **more,
    }


def gold_line(*events: Mapping[str, Any], id: str = "a", **more: Any) -> dict[str, Any]:
    return {"id": id, "date": None, "text": TEXT, "sentences": SENTENCES, "events": list(events), **more}


def read_line(*events: Mapping[str, Any], id: str = "a", credits: Sequence[str] = ()) -> dict[str, Any]:
    """A reading; each of ``credits`` is the source of an attribution."""
    attributions = [{"source": [at(words)], "cue": [], "content": []} for words in credits]
    return {"id": id, "body": TEXT, "events": list(events), "attributions": attributions}


def as_document(line: Mapping[str, Any]) -> EventDocument:
    return msgspec.convert(line, EventDocument)


def as_reading(line: Mapping[str, Any]) -> Reading:
    return msgspec.convert(line, Reading)


def write_lines(path: Path, *lines: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def scorer(shared: Path) -> Callable[[str], ModuleType]:
    """Loads a reference scorer by its name."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, shared / "score" / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
