"""Gold files are told apart by their content; a wrong line is told with its place and what would be valid."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from rapporteur.errors import InputError, LineError
from rapporteur.evaluation.gold import (
    EventDocument,
    GoldKind,
    attribution_documents,
    event_documents,
    gsr_sentences,
    kind_of,
)

from .conftest import gold_event, gold_line, write_lines

CREDIT = {"source": [[0, 4]], "cue": None, "content": [[5, 9]]}
GSR = {"id": "g", "text": "Peru warned Chile.", "type": "THREATEN", "actors": [], "recipients": []}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (gold_line(), GoldKind.EVENTS),
        (GSR, GoldKind.GSR),
        ({"id": "a", "text": "Peru said so", "attributions": [CREDIT]}, GoldKind.ATTRIBUTION),
    ],
)
def test_the_kind_is_told_by_the_content(tmp_path: Path, line: dict[str, Any], kind: GoldKind) -> None:
    assert kind_of(write_lines(tmp_path / "gold.jsonl", line)) is kind


def test_a_folder_is_gold_of_pages(tmp_path: Path) -> None:
    assert kind_of(tmp_path) is GoldKind.PAGES


@pytest.mark.parametrize("text", ["", "not gold\n", '{"id": "a", "text": "Peru"}\n', "[1]\n"])
def test_a_file_that_is_no_gold_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="--kind"):
        kind_of(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        list(event_documents(tmp_path / "none.jsonl"))


def test_packed_gold_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(gold_line()).encode() + b"\n"))
    assert kind_of(path) is GoldKind.EVENTS
    assert len(list(event_documents(path))) == 1


def test_a_damaged_packed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(gold_line()).encode() + b"\n")[:-9])
    with pytest.raises(InputError, match="can't be read"):
        list(event_documents(path))


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold_line()) + "\n", encoding="utf-8-sig")
    assert isinstance(next(event_documents(path)), EventDocument)


def changed(**more: Any) -> dict[str, Any]:
    return gold_line({**gold_event("warned", "THREATEN", "PER", "CHL"), **more})


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"id": "x", "text": "Peru", "sentences": []}, "missing required field `events`; valid is"),
        ({**gold_line(), "id": 7}, "expected `str`, got `int`"),
        ({**gold_line(), "text": " "}, '"text" is empty'),
        ({**gold_line(), "sentences": [[0, 999]]}, '"sentences" has [0, 999]'),
        ({**gold_line(), "sentences": [[0, 28], [20, 81]]}, "out of order"),
        (changed(type="WARN"), 'events[0]: "type" is "WARN"; valid are AGREE, CONSULT'),
        (changed(status="maybe"), "invalid enum value 'maybe' at `.events[0].status`"),
        (changed(sentence=3), '"sentence" is 3; there are 3, counted from 0'),
        (changed(trigger=[5, 5]), '"trigger" has [5, 5]'),
        (changed(trigger=[29, 34]), "is not within its sentence [0, 28]"),
    ],
)
def test_a_wrong_line_is_told_and_the_rest_goes_on(tmp_path: Path, line: dict[str, Any], problem: str) -> None:
    path = write_lines(tmp_path / "gold.jsonl", gold_line(id="first"), line, gold_line(id="last"))
    first, wrong, last = event_documents(path)
    assert isinstance(first, EventDocument) and isinstance(last, EventDocument)
    assert isinstance(wrong, LineError)
    assert str(wrong).startswith(f"{path}:2: ") and problem in str(wrong)


def test_what_is_not_json_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"id": "a"\n\xff\xfe\n')
    assert [type(item) for item in event_documents(path)] == [LineError, LineError]


def test_an_id_stands_once(tmp_path: Path) -> None:
    _, again = event_documents(write_lines(tmp_path / "gold.jsonl", gold_line(), gold_line()))
    assert isinstance(again, LineError) and 'the id "a" stands in an earlier line' in str(again)


def test_other_kinds_are_checked_too(tmp_path: Path) -> None:
    (sentence,) = gsr_sentences(write_lines(tmp_path / "gsr.jsonl", {**GSR, "type": "FIGHT"}))
    assert isinstance(sentence, LineError) and '"type" is "FIGHT"' in str(sentence)
    credit = {**CREDIT, "cue": [[3, 99]]}
    line = {"id": "a", "text": "Peru said so", "attributions": [CREDIT, credit]}
    (document,) = attribution_documents(write_lines(tmp_path / "credits.jsonl", line))
    assert isinstance(document, LineError) and 'attributions[1]: "cue" has [3, 99]' in str(document)
