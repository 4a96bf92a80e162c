"""How an example is held against what was read, with readings made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from rapporteur.evaluation.frame_examples import Checked, check_examples
from rapporteur.model import Article
from tests.conftest import event, party

FILE = """\
type: ACCUSE
origin: written for a test
frames:
  - id: ACCUSE.other
    gloss: another
    mode: allege
    verbs: [grumble]
    takes:
      - {text: "Brazil blamed Chile.", actors: [BRA], recipients: [CHL], status: negated}
    rejects:
      - "Brazil blamed Chile in vain."
"""
TEXT = "Brazil blamed Chile."


class Answering:
    """Reads whatever it is given as the same events."""

    def __init__(self, build: Callable[..., Article], events: list[Any]) -> None:
        self._build, self._events = build, events

    def read_document(self, record: Mapping[str, object]) -> Article:
        return self._build(str(record["text"]), events=self._events)


def blamed(**more: Any) -> Any:
    values = {"type": "ACCUSE", "mode": "allege", "status": "negated", **more}
    actors = values.pop("actors", [party(TEXT, "Brazil", "BRA")])
    return event(TEXT, "blamed", actors=actors, recipients=[party(TEXT, "Chile", "CHL")], **values)


NOBODY = party(TEXT, "Brazil")


@pytest.mark.parametrize(
    ("events", "taken", "rejected"),
    [
        ([blamed()], True, False),
        ([blamed(type="REJECT"), blamed()], True, False),
        ([blamed(actors=[party(TEXT, "Brazil", "BRA"), NOBODY])], True, False),
        ([], False, True),
        ([blamed(type="REJECT")], False, True),
        ([blamed(mode="disapprove")], False, False),
        ([blamed(status="actual")], False, False),
        ([blamed(actors=[])], False, False),
        ([blamed(actors=[NOBODY])], False, False),
        ([blamed(actors=[party(TEXT, "Brazil", "BRA"), party(TEXT, "Chile", "CHL")])], False, False),
    ],
    ids=["as stated", "among others", "and somebody", "nothing", "type", "mode", "status", "none", "nobody", "more"],
)
def test_an_example_is_met(
    events: list[Any], taken: bool, rejected: bool, tmp_path: Path, build: Callable[..., Article]
) -> None:
    path = tmp_path / "accuse.yaml"
    path.write_text(FILE, encoding="utf-8")
    takes, rejects = check_examples([path], Answering(build, events))
    assert (takes.met, rejects.met) == (taken, rejected)


def test_what_is_told_of_an_example(tmp_path: Path, build: Callable[..., Article]) -> None:
    path = tmp_path / "accuse.yaml"
    path.write_text(FILE, encoding="utf-8")
    read = blamed(type="REJECT", mode=None, rules=("REJECT.deny", "deny R"))
    takes, rejects = check_examples([path], Answering(build, [read]))
    found = "REJECT: BRA -> CHL, negated (REJECT.deny, deny R)"
    assert takes == Checked("ACCUSE.other", str(path), 9, TEXT, False, "ACCUSE allege: BRA -> CHL, negated", found)
    assert (rejects.line, rejects.wanted, rejects.found) == (11, "no ACCUSE", found)
