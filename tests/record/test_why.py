"""Behind every row stand reports with their words, whose word it is, rules, links and judgements."""

from __future__ import annotations

from typing import Any

import pytest

from rapporteur.errors import AskError
from rapporteur.record.ledger import Ledger
from rapporteur.record.why import WHY

from .made import long_text, noon, story, with_mentions


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = Ledger(tmp_path_factory.mktemp("why") / "news.duckdb", clock=noon)
    tail = long_text(1)
    made.record(
        [
            with_mentions(story("a", "2025-01-10", act="closed its ports to", tail=tail, outlet="The Herald")),
            story("b", "2025-01-11", act="closed its ports to", tail=tail, outlet="The Post", agency="Wire"),
        ]
    )
    made.correct("b-1", "accept", who="Ada", why="I was there")
    return made


def why(ledger: Ledger, id: str) -> list[dict[str, Any]]:
    table = ledger.why(id)
    assert table.schema.equals(WHY)
    rows: list[dict[str, Any]] = table.to_pylist()
    assert {row["id"] for row in rows} == {id}
    return rows


def test_an_event_is_its_reports_the_first_before_those_joined_to_it(ledger: Ledger) -> None:
    first, second = why(ledger, "e-a-1")
    assert [(row["mention"], row["article"], row["outlet"], row["agency"]) for row in (first, second)] == [
        ("a-1", "a", "The Herald", None),
        ("b-1", "b", "The Post", "Wire"),
    ]
    assert first["text"] == second["text"] == "Norland closed its ports to Sudria, a spokesman said."
    assert first["evidence"] == [0, len(first["text"])]
    assert (first["parent"], second["parent"]) == (None, "a-1")
    assert second["score"] is not None
    assert second["because"]
    assert (first["duplicate_of"], second["duplicate_of"]) == (None, "a")
    assert (first["what"], first["type"], first["status"], first["confidence"]) == ("event", "SANCTION", "actual", 0.9)


def test_whose_word_it_is(ledger: Ledger) -> None:
    (row,) = why(ledger, "a-1")
    assert row["attributions"] == [{"source": "a spokesman", "cue": "said", "kind": "anonymous", "force": "assert"}]


def test_who_judged_it(ledger: Ledger) -> None:
    (row,) = why(ledger, "b-1")
    (judgement,) = row["judgements"]
    assert {name: judgement[name] for name in ("who", "why", "verdict", "value")} == {
        "who": "Ada", "why": "I was there", "verdict": "accept", "value": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("view", "kinds"), [("measures", {"ban"}), ("talks", {"talks"}), ("claims", {"assert", "deny"})]
)
def test_a_row_of_each_view(ledger: Ledger, view: str, kinds: set[str]) -> None:
    row = ledger.view(view).to_pylist()[0]
    told = why(ledger, row["id"])
    assert {mention["article"] for mention in told} == {report["article"] for report in row["reports"]}
    assert {mention["type"] for mention in told} <= kinds
    assert told[0]["text"] == "Norland closed its ports to Sudria, a spokesman said."
    assert told[0]["attributions"][0]["source"] == "a spokesman"


def test_a_measure_s_rules_and_status(ledger: Ledger) -> None:
    row = why(ledger, ledger.view("measures").to_pylist()[0]["id"])[0]
    assert (row["rules"], row["status"]) == (["ban.grain"], "in force")


def test_an_article_is_what_it_tells_and_what_it_copies(ledger: Ledger) -> None:
    own, *told = why(ledger, "b")
    assert (own["what"], own["mention"], own["parent"]) == ("article", "b", "a")
    assert own["score"] > 0.9
    assert own["because"] == "repeats it nearly word by word"
    assert [row["mention"] for row in told] == ["b-1"]
    assert sorted(row["what"] for row in why(ledger, "a")) == (
        ["article", "claim", "claim", "event", "measure", "measure", "talks"]
    )


@pytest.mark.parametrize("id", ["e-nothing", "m-a-1", "", "e-"])
def test_what_there_is_not(ledger: Ledger, id: str) -> None:
    with pytest.raises(AskError, match="nothing in the ledger has the id"):
        ledger.why(id)


def test_the_nearest_ids_are_named(ledger: Ledger) -> None:
    with pytest.raises(AskError, match="near to it: e-a-1"):
        ledger.why("e-a-x1")
