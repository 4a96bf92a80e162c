"""Judged sentences as gold: ``evaluate`` measures the reader by them, and training reads them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rapporteur import cli
from rapporteur.evaluation.gold import EventDocument, event_documents
from rapporteur.model import Article
from rapporteur.reader import Reader
from rapporteur.record.ledger import Ledger
from rapporteur.record.review import Asked
from rapporteur.training.dataset import Sentence, from_gold

from .conftest import Make

TEXT = (
    "Chile condemned Peru on Monday over the closed border. "
    "Police in Lima arrested four Bolivian miners on Tuesday. "
    "It rained in the valley all week."
)


@pytest.fixture(scope="module")
def read() -> Article:
    """What the reader makes of ``TEXT``."""
    return Reader().read_document({"id": "border", "text": TEXT, "date": "2025-03-04"})


@pytest.fixture
def ledger(read: Article, tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path / "read.duckdb")
    ledger.record([read])
    return ledger


def gold_of(ledger: Ledger, visit: Make, folder: Path) -> Path:
    """The gold that the page hands out, in a file."""
    answer = visit(Path(ledger.path)).get("/review/gold.jsonl")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    path = folder / "gold.jsonl"
    path.write_text(answer.text, encoding="utf-8")
    return path


def figures(capfd: pytest.CaptureFixture[str], gold: Path, *more: object) -> dict[str, Any]:
    """What ``rapporteur evaluate`` measures."""
    with pytest.raises(SystemExit) as end:
        cli.main(["evaluate", str(gold), "--json", *map(str, more)])
    out, err = capfd.readouterr()
    assert (end.value.code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def accept_all(ledger: Ledger) -> list[dict[str, Any]]:
    rows = ledger.queue(Asked(limit=100))
    for row in rows:
        ledger.correct(row["report"], "accept", who="Ada", why="right")
    return rows


def test_a_reader_agrees_wholly_with_who_accepts_all_of_it(
    ledger: Ledger, visit: Make, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert len(accept_all(ledger)) >= 2
    found = figures(capfd, gold_of(ledger, visit, tmp_path))
    assert found["type"]["f1"] == found["triple"]["f1"] == 1.0


def test_a_reader_that_erred_agrees_less_and_one_that_reads_as_was_corrected_wholly(
    read: Article, ledger: Ledger, visit: Make, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = accept_all(ledger)
    typed, coded = rows[0], next(row for row in rows[1:] if row["actors"])
    ledger.correct(typed["report"], "retype", "PROTEST", who="Ada", why="they marched")
    ledger.correct(coded["report"], "recode", "actors/1=ISL", who="Ada", why="the police are Iceland's")
    gold = gold_of(ledger, visit, tmp_path)
    erred = figures(capfd, gold)
    assert erred["type"]["f1"] < 1 and erred["triple"]["f1"] < erred["type"]["f1"]

    corrected = tmp_path / "corrected.jsonl"
    documents = [d for d in event_documents(gold) if isinstance(d, EventDocument)]
    corrected.write_text("".join(json.dumps(as_read(document)) + "\n" for document in documents), encoding="utf-8")
    found = figures(capfd, gold, "--predictions", corrected)
    assert found["type"]["f1"] == found["triple"]["f1"] == 1.0


def as_read(document: EventDocument) -> dict[str, Any]:
    """A reading that finds what gold holds."""
    return {
        "id": document.id,
        "body": document.text,
        "attributions": [],
        "events": [
            {
                "type": event.type,
                "trigger": {
                    "text": document.text[slice(*event.trigger)],
                    "start": event.trigger[0],
                    "end": event.trigger[1],
                },
                "actors": [{"text": party.text, "code": party.code} for party in event.actors],
                "recipients": [{"text": party.text, "code": party.code} for party in event.recipients],
                "status": event.status,
                "attributed_to": [],
            }
            for event in document.events
        ],
    }


def test_a_sentence_of_which_a_report_is_not_judged_is_no_gold(read: Article, visit: Make, tmp_path: Path) -> None:
    first = read.events[0]
    double = replace(read, events=(first, replace(first, id="another", type="PROTEST")))
    ledger = Ledger(tmp_path / "double.duckdb")
    ledger.record([double])
    one, other = ledger.queue(Asked(limit=2))
    ledger.correct(one["report"], "accept", who="Ada", why="right")
    assert gold_of(ledger, visit, tmp_path).read_text("utf-8") == ""
    ledger.correct(other["report"], "reject", who="Ada", why="said once")
    (document,) = event_documents(gold_of(ledger, visit, tmp_path))
    assert isinstance(document, EventDocument) and [event.type for event in document.events] == [one["type"]]


def test_training_reads_it(ledger: Ledger, visit: Make, tmp_path: Path) -> None:
    rows = accept_all(ledger)
    ledger.correct(rows[0]["report"], "recode", "actors/+=ISL", who="Ada", why="they too")
    found = list(from_gold([gold_of(ledger, visit, tmp_path)]))
    assert all(isinstance(sentence, Sentence) for sentence in found)
    types = sorted(act.type for sentence in found for act in sentence.acts)
    assert types == sorted(row["type"] for row in rows)
