"""The ledger's commands, from arguments to what is printed; pages are read by the true reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet
import pytest

from rapporteur.record.ledger import Ledger

from .record.made import noon, story, with_mentions

PAGES = [
    {"id": "one", "date": "2025-03-04", "text": "Norway accused Sweden on Monday of overfishing in the Skagerrak."},
    {"id": "two", "date": "2025-03-09", "text": "The foreign ministers of Norway and Denmark met in Aarhus on Friday."},
]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of three articles; two tell the same."""
    path = tmp_path / "news.duckdb"
    Ledger(path, clock=noon).record(
        [
            with_mentions(story("a", "2025-01-10", act="closed its ports to")),
            story("b", "2025-01-11", act="closed its ports to", tail="It was told again."),
            story("c", "2025-03-01", "Ostmark", "threatened", "Westria"),
        ]
    )
    return path


def ids(out: str) -> list[str]:
    return [json.loads(line)["id"] for line in out.splitlines()]


# -- record ----------------------------------------------------------------------------------------------------


def test_pages_are_recorded_once_and_what_was_done_is_said(run: Run, tmp_path: Path) -> None:
    pages, ledger = tmp_path / "pages.jsonl", tmp_path / "news.duckdb"
    pages.write_text("".join(json.dumps(page) + "\n" for page in PAGES))
    status, out, err = run("record", ledger, pages, "--workers", 1, "--ranker", "rules")
    assert (status, out) == (0, "")
    assert err.startswith(f"rapporteur: {ledger}: articles: 2 new, 0 unchanged, 0 read again; added: ")
    assert err.count("\n") == 1
    assert ids(run("ledger", ledger, "articles")[1]) == ["one", "two"]
    assert ids(run("ledger", ledger, "articles", "--actor", "Sweden")[1]) == ["one"]
    again = run("record", ledger, pages, "--workers", 1, "--ranker", "rules")
    assert "articles: 0 new, 2 unchanged, 0 read again; added: 0 reports" in again[2]


def test_what_can_t_be_read_is_said_and_the_rest_recorded(run: Run, tmp_path: Path) -> None:
    pages, ledger = tmp_path / "pages.jsonl", tmp_path / "news.duckdb"
    pages.write_text(json.dumps(PAGES[0]) + '\n{"id": "broken"}\n')
    status, _, err = run("record", ledger, pages, tmp_path / "missing.txt", "--workers", 1, "--ranker", "rules")
    assert status == 1
    lines = err.splitlines()
    assert len(lines) == 3
    assert any(f"{pages}:2: " in line for line in lines)
    assert any("missing.txt" in line for line in lines)
    assert "articles: 1 new" in lines[-1]


def test_what_is_no_ledger_is_told_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Not a ledger.\n" * 100)
    status, out, err = run("record", other, tmp_path / "missing.txt")
    assert (status, out) == (1, "")
    assert err.startswith(f"rapporteur: {other}: is not a ledger")
    assert err.count("\n") == 1


# -- views -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "options", "rows"),
    [
        ("articles", [], 3),
        ("articles", ["--known-by", "2025-01-10"], 1),
        ("articles", ["--since", "2025-01-11", "--until", "2025-02-01"], 1),
        ("articles", ["--actor", "NOR", "--with", "Sweden"], 2),
        ("articles", ["--actor", "AUT", "--actor", "NOR"], 3),
        ("articles", ["--country", "Spain"], 1),
        ("articles", ["--type", "THREATEN"], 1),
        ("articles", ["--limit", "1", "--after", "a"], 1),
        ("events", ["--as-of", "2025-06-01"], 2),
        ("measures", ["--actor", "Norway"], 1),
        ("talks", [], 1),
        ("claims", [], 2),
    ],
)
def test_a_view_as_lines(run: Run, ledger: Path, view: str, options: list[str], rows: int) -> None:
    status, out, err = run("ledger", ledger, view, *options)
    assert (status, err) == (0, "")
    assert len(ids(out)) == rows


def test_a_view_in_each_format(run: Run, ledger: Path, tmp_path: Path) -> None:
    named = tmp_path / "articles.parquet"
    assert run("ledger", ledger, "articles", "--out", named)[:2] == (0, "")
    assert pyarrow.parquet.read_table(named)["id"].to_pylist() == ["a", "b", "c"]
    _, out, _ = run("ledger", ledger, "articles", "--format", "csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == ["a", "b", "c"]
    status, out, _ = run("ledger", ledger, "measures", "--format", "table")
    assert status == 0
    assert "ban" in out


WRONG = {
    "no view of that name": (["wars"], 2, "wars"),
    "a day that is none": (["events", "--as-of", "2025-02-30"], 2, "'2025-02-30' is no day"),
    "an unknown actor": (["events", "--actor", "Norwey"], 2, "did you mean Norway"),
    "an unknown country": (["events", "--country", "Swedn"], 2, "did you mean Sweden"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_can_t_be_asked(run: Run, ledger: Path, case: str) -> None:
    arguments, wanted, words = WRONG[case]
    status, out, err = run("ledger", ledger, *arguments)
    assert (status, out) == (wanted, "")
    assert words in err


def test_a_ledger_that_there_is_not(run: Run, tmp_path: Path) -> None:
    status, _, err = run("ledger", tmp_path / "news.duckdb", "events")
    assert status == 1
    assert err == f"rapporteur: {tmp_path / 'news.duckdb'}: no such ledger; rapporteur record makes one\n"
    assert not (tmp_path / "news.duckdb").exists()


# -- why, correct, relink, panel -------------------------------------------------------------------------------


def test_why_shows_the_reports_and_their_words(run: Run, ledger: Path) -> None:
    status, out, _ = run("why", ledger, "e-a-1")
    told = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["article"] for row in told] == ["a", "b"]
    assert told[0]["text"] == "Norland closed its ports to Sudria, a spokesman said."
    _, table, _ = run("why", ledger, "e-a-1", "--format", "table")
    assert "a spokesman" in table


def test_an_id_that_nothing_has(run: Run, ledger: Path) -> None:
    status, out, err = run("why", ledger, "a-11")
    assert (status, out) == (2, "")
    assert err == "rapporteur: id: nothing in the ledger has the id 'a-11'; near to it: a-1, b-1, c-1\n"


def test_a_judgement_is_entered_and_shown(run: Run, ledger: Path) -> None:
    status, out, err = run("correct", ledger, "b-1", "split", "--who", "Ada", "--why", "another port")
    assert (status, err) == (0, "")
    assert [row["judgement"] for row in Ledger(ledger).judgements().to_pylist()] == [out.strip()]
    assert len(ids(run("ledger", ledger, "events")[1])) == 3
    told = json.loads(run("why", ledger, "b-1")[1])
    assert told["judgements"][0]["why"] == "another port"


def test_a_judgement_without_a_name_is_none(run: Run, ledger: Path) -> None:
    status, _, err = run("correct", ledger, "b-1", "split", "--why", "another port")
    assert status == 2
    assert "--who" in err
    status, _, err = run("correct", ledger, "b-1", "splitt", "--who", "Ada", "--why", "another port")
    assert status == 2
    assert "did you mean split?" in err


def test_links_are_made_anew_under_another_rule(run: Run, ledger: Path) -> None:
    assert len(ids(run("ledger", ledger, "events")[1])) == 2
    assert run("relink", ledger, "--rule", "none") == (0, "", "")
    assert len(ids(run("ledger", ledger, "events")[1])) == 3
    status, _, err = run("relink", ledger, "--rule", "lenient")
    assert status == 2
    assert "standard" in err


def test_a_panel(run: Run, ledger: Path) -> None:
    status, out, err = run(
        "panel", ledger, "--since", "2025-01-01", "--until", "2025-03-31", "--period", "month", "--country", "NOR"
    )
    rows = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [(row["iso3"], row["SANCTION"], row["articles"]) for row in rows] == [
        ("NOR", 1, 2),
        ("NOR", 0, 0),
        ("NOR", 0, 1),
    ]
