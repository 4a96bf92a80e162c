"""What a ranking model learns from: gold brought to the words and candidates of the reader."""

from __future__ import annotations

import json
from pathlib import Path

from rapporteur.events.signals import CLASS_OF, COLUMNS, SIZES
from rapporteur.training.dataset import IGNORED, Act, Sentence, from_gold, label

TEXT = "Peru denounced Chile on Monday, and police in Lima arrested two men. The weather was fine in Oslo."


def gold(folder: Path) -> Path:
    def event(words: str, kind: str, actor: str, code: str) -> dict[str, object]:
        start = TEXT.index(words)
        return {
            "sentence": 0, "type": kind, "mode": None, "trigger": [start, start + len(words)],
            "actors": [{"text": actor, "code": code}], "recipients": [], "status": "actual", "according_to": None,
        }  # fmt: skip

    end = TEXT.index(" The weather")
    document = {
        "id": "d", "date": "2024-05-08", "text": TEXT, "sentences": [[0, end], [end + 1, len(TEXT)]],
        "events": [event("denounced", "ACCUSE", "Peru", "PER"), event("arrested", "COERCE", "police", "PER")],
    }  # fmt: skip
    path = folder / "gold.jsonl"
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
    return path


def sentences(folder: Path) -> list[Sentence]:
    found = list(from_gold([gold(folder)]))
    assert all(isinstance(item, Sentence) for item in found)
    return [item for item in found if isinstance(item, Sentence)]


def test_acts_stand_at_their_heads_and_other_words_are_no_events(tmp_path: Path) -> None:
    first = sentences(tmp_path)[0]
    words = first.view.words()
    labels = dict(zip(words, first.labels(), strict=True))
    assert labels["denounced"] == CLASS_OF["ACCUSE"] and labels["arrested"] == CLASS_OF["COERCE"]
    assert labels["police"] == 0 and labels["on"] == IGNORED


def test_signals_stay_within_their_sizes(tmp_path: Path) -> None:
    for sentence in sentences(tmp_path):
        for row in sentence.view.signals():
            assert len(row) == len(COLUMNS) and all(0 <= value < size for value, size in zip(row, SIZES, strict=True))


def test_the_candidate_with_the_triggers_words_is_the_right_one(tmp_path: Path) -> None:
    first = sentences(tmp_path)[0]
    candidates = first.view.candidates
    found = label(candidates, first.acts)
    assert [c.frame.type for c, y in zip(candidates, found, strict=True) if y == 1] == ["ACCUSE", "COERCE"]
    assert label(candidates, [Act(0, frozenset((0,)), "AID")]) == [0] * len(candidates)
