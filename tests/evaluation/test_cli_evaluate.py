"""The commands ``evaluate`` and ``diff``: what they print, and their exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rapporteur import cli

from .conftest import gold_event, gold_line, read_event, read_line, write_lines

GOLD = gold_line(gold_event("warned", "THREATEN", "PER", "CHL"), gold_event("met", "CONSULT", "CHL PER"))
READ = read_line(read_event("warned", "THREATEN", "PER", "CHL"), read_event("met", "ACCUSE", "CHL", "PER"))


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Any:
    """Runs the command line; gives exit status, standard output and standard error."""

    def run(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as end:
            cli.main([str(argument) for argument in arguments])
        return end.value.code, *capfd.readouterr()

    return run


def test_figures_of_a_file_of_readings(run: Any, tmp_path: Path) -> None:
    gold, read = write_lines(tmp_path / "gold.jsonl", GOLD), write_lines(tmp_path / "read.jsonl", READ)
    status, out, err = run("evaluate", gold, "--predictions", read)
    assert (status, err) == (0, "")
    assert "type               p 0.500  r 0.500  f1 0.500\n" in out
    assert "parties" not in out


def test_figures_as_json(run: Any, tmp_path: Path) -> None:
    gold, read = write_lines(tmp_path / "gold.jsonl", GOLD), write_lines(tmp_path / "read.jsonl", READ)
    _, out, _ = run("evaluate", gold, "--predictions", read, "--json", "--errors")
    found = json.loads(out)
    assert found["triple"] == {"p": 0.5, "r": 0.5, "f1": 0.5}
    assert [mistake["kind"] for mistake in found["mistakes"]] == ["wrong type"]


def test_mistakes_are_printed_by_class_and_at_most_so_many(run: Any, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", *(gold_line(*GOLD["events"], id=id) for id in "abc"))
    read = write_lines(tmp_path / "read.jsonl", *(read_line(id=id) for id in "abc"))
    _, out, _ = run("evaluate", gold, "--predictions", read, "--errors", "--most", 2)
    assert "== missed: 6, 2 shown\na: Peru warned Chile on Monday.\n    gold THREATEN" in out
    assert out.count("    gold ") == 2


def test_real_leaves_out_what_a_machine_wrote(run: Any, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", GOLD, gold_line(id="b", source="synthetic"))
    read = write_lines(tmp_path / "read.jsonl", READ)
    assert "documents          1\n" in run("evaluate", gold, "--predictions", read, "--real")[1]


def test_a_broken_line_is_told_and_the_rest_goes_on(run: Any, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", {"id": "x"}, GOLD)
    read = write_lines(tmp_path / "read.jsonl", READ, {"id": 5})
    status, out, err = run("evaluate", gold, "--predictions", read, "--kind", "events")
    assert status == 1
    assert "documents          1\n" in out
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"{gold}:1", f"{read}:2"]


def test_readings_of_another_text_are_not_compared(run: Any, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", GOLD)
    read = write_lines(tmp_path / "read.jsonl", {**READ, "body": "Other words."})
    status, out, err = run("evaluate", gold, "--predictions", read)
    assert status == 1 and "body is not gold's text" in err
    assert "missing            1\n" in out


@pytest.mark.parametrize("arguments", [(), ("--kind", "pages")])
def test_what_is_no_gold_is_refused(run: Any, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, out, err = run("evaluate", write_lines(tmp_path / "gold.jsonl", {"id": "x"}), *arguments)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1


def test_without_readings_the_texts_are_read(run: Any, tmp_path: Path) -> None:
    text = "Peru condemned Chile on Monday. It rained."
    event = {
        "sentence": 0, "type": "ACCUSE", "trigger": [5, 14], "actors": [{"text": "Peru", "code": "PER"}],
        "recipients": [{"text": "Chile", "code": "CHL"}], "status": "actual",
    }  # fmt: skip
    line = {"id": "a", "text": text, "sentences": [[0, 31], [32, 42]], "events": [event]}
    _, out, _ = run("evaluate", write_lines(tmp_path / "gold.jsonl", line), "--json")
    found = json.loads(out)
    assert found["triple"]["f1"] == 1.0
    assert found["parties"]["state"] == {"right": 1.0, "unknown": 0.0, "n": 2}


def test_gold_that_can_not_be_read_as_news_is_told_and_the_rest_goes_on(run: Any, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", {**GOLD, "date": "last week"}, {**GOLD, "id": "b"})
    status, out, err = run("evaluate", gold)
    assert status == 1 and 'id "a": "date" is "last week"' in err
    assert "missing            1\n" in out


def test_pages_are_read_and_compared(run: Any, tmp_path: Path) -> None:
    body = "Peru condemned Chile on Monday over the closed road, and the two will talk about it next week in Lima."
    (tmp_path / "p.txt").write_text(f"Peru condemns Chile\n\n{body}\n", encoding="utf-8")
    lines = [{"n": 1, "article": 0, "role": "headline"}, {"n": 3, "article": 0, "role": "body"}]
    (tmp_path / "p.json").write_text(json.dumps({"n_articles": 1, "lines": lines}), encoding="utf-8")
    status, out, _ = run("evaluate", tmp_path, "--json")
    found = json.loads(out)
    assert (status, found["art_F1"], found["head"], found["nohead"]) == (0, 1.0, 1.0, None)
    wrong = {"id": "x", "page": "folder/p.txt", "headline": None, "body": "Something else altogether."}
    _, out, _ = run("evaluate", tmp_path, "--predictions", write_lines(tmp_path / "read.jsonl", wrong), "--errors")
    assert "== story: 1\n" in out and "== headline: 1\n" in out


def test_diff_shows_changes_by_article_and_counts_them(run: Any, tmp_path: Path) -> None:
    one, other = (
        write_lines(tmp_path / "a.jsonl", READ),
        write_lines(tmp_path / "b.jsonl", read_line(READ["events"][0])),
    )
    status, out, err = run("diff", one, other)
    assert (status, err) == (0, "")
    assert 'a: lost 1\n    lost         - ACCUSE "met" CHL [CHL] > PER [PER]\n' in out
    assert "articles_changed   1\n" in out
    assert run("diff", one, one, "--json")[1].count('"changes": []') == 1


def test_diff_of_a_missing_file_is_refused(run: Any, tmp_path: Path) -> None:
    status, _, err = run("diff", tmp_path / "none.jsonl", tmp_path / "none.jsonl")
    assert status == 1 and "can't be read" in err
