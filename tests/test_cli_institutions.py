"""The commands on institutions, from arguments to what is printed; pages are read by the true reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rapporteur import cli

EXAMPLE = Path(__file__).parents[1] / "examples" / "gaza-and-geneva.txt"
LATER = {
    "id": "later",
    "date": "2025-05-21",
    "text": "ANKARA - Turkey lifted its block on Israel's participation in NATO activities on Tuesday, diplomats said.",
}
NOTICE = {"date": "2031-02-10", "type": "notify", "by": ["NOR"], "object": "NPT Art. X(1)"}
CASE = {
    "id": "norway",
    "institution": "NPT",
    "question": "Is Norway out?",
    "ask": {"kind": "status", "object": "NPT", "party": "NOR"},
    "facts": [NOTICE],
    "as_of": "2031-03-01",
}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cases(tmp_path: Path) -> Callable[..., Path]:
    """A file of cases, one a line; text is written as it is."""

    def write(*lines: object) -> Path:
        path = tmp_path / "cases.jsonl"
        path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's two stories and a later one, read into a ledger."""
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "later.jsonl").write_text(json.dumps(LATER) + "\n", encoding="utf-8")
    for path in (EXAMPLE, folder / "later.jsonl"):
        with pytest.raises(SystemExit) as end:
            cli.main(["record", str(folder / "news.duckdb"), str(path), "--date", "2025-01-14", "--workers", "1"])
        assert end.value.code == 0
    return folder / "news.duckdb"


@pytest.fixture
def asked(run: Run, ledger: Path) -> Callable[..., list[dict[str, Any]]]:
    """Ask the ledger of an institution; returns the answers."""

    def ask(institution: str, *options: object) -> list[dict[str, Any]]:
        status, out, err = run("ask", "--ledger", ledger, "--institution", institution, *options)
        assert (status, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    return ask


def on(answers: list[dict[str, Any]], object: str, party: str | None = None) -> dict[str, Any]:
    """The answer on an object."""
    return next(a for a in answers if (a["ask"]["object"], a["ask"]["party"]) == (object, party))


# -- cases -----------------------------------------------------------------------------------------------------


def test_a_case_a_line_is_answered_a_line(run: Run, cases: Callable[..., Path]) -> None:
    status, out, err = run("ask", cases(CASE, "", {**CASE, "id": "later", "as_of": "2031-05-10"}))
    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [(a["id"], a["outcome"]) for a in answers] == [("norway", "in_force"), ("later", "withdrawn")]
    assert answers[0]["effective_end"] == "2031-05-10"
    assert answers[0]["because"][0]["citation"]


def test_what_is_no_case_is_said_with_its_line_and_the_rest_goes_on(run: Run, cases: Callable[..., Path]) -> None:
    long = '{"id": "' + "x" * (1 << 20) + '"}'
    path = cases("{", "[]", long, {**CASE, "institution": "Hansa"}, "[" * 100_000, '{"id": NaN}', CASE)
    status, out, err = run("ask", path, path.parent / "none.jsonl")
    assert status == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["norway"]
    lines = err.splitlines()
    assert [line.split(": ")[1] for line in lines[:-1]] == [f"{path}:{n}" for n in range(1, 7)]
    assert "no institution `Hansa`" in lines[3]
    assert "none.jsonl: can't be read" in lines[-1]
    assert all(len(line) < 800 for line in lines)


def test_cases_come_from_standard_input_too(
    run: Run, cases: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(cases(CASE, "no"), encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        status, out, err = run("ask", "-")
    assert (status, json.loads(out)["id"]) == (1, "norway")
    assert err.startswith("rapporteur: standard input:2: not valid JSON")


def test_an_answer_as_people_read_it(run: Run, cases: Callable[..., Path]) -> None:
    status, out, _ = run("ask", cases(CASE), "--format", "table")
    told = " ".join(out.split())
    assert status == 0
    assert told.startswith("Is Norway out? (How does NPT stand for Norway on 1 March 2031?) It is bound, since ")
    assert "The clock began on 10 February 2031." in told
    assert "If nobody acts it holds no longer from 10 May 2031." in told
    assert "Who can still stop the clock: Norway." in told
    assert "Norway gave notice on 10 February 2031. [NPT Art. X(1)] (fact 1)" in told
    assert not any(line != line.rstrip() for line in out.splitlines())


def test_rival_readings_and_their_holders_are_told(run: Run, cases: Callable[..., Path]) -> None:
    stop = {**NOTICE, "date": "2031-03-10", "type": "suspend_notice"}
    again = {**NOTICE, "date": "2032-01-10", "type": "resume_notice"}
    case = {**CASE, "facts": [NOTICE, stop, again], "as_of": "2032-03-20"}
    told = " ".join(run("ask", cases(case), "--format", "table")[1].split())
    assert "It is disputed" in told
    assert "days left run, held by Norway: withdrawn" in told
    assert "counted anew: " in told


def test_a_text_of_a_case_can_not_steer_the_terminal(run: Run, cases: Callable[..., Path]) -> None:
    sneaky = {**CASE, "question": "\x1b[2Jgone? [bold]\x1b]0;y\x07"}
    _, out, _ = run("ask", cases(sneaky), "--format", "table")
    assert "\x1b" not in out
    assert "[bold]" in out


def test_a_supposed_move_is_answered_with_the_others(run: Run, cases: Callable[..., Path]) -> None:
    status, out, _ = run("ask", cases(CASE), "--what-if", "NOR suspend_notice 2031-02-20", "--as-of", "2031-06-01")
    assert (status, json.loads(out)["effective_end"]) == (0, None)
    bad = run("ask", cases(CASE), "--what-if", "NOR marches 2031-02-20")
    assert bad[:2] == (1, "")
    assert f"{cases(CASE)}:1: --what-if 'NOR marches 2031-02-20'" in bad[2]


def test_what_an_actor_can_do_stands_beside_the_answer(run: Run, cases: Callable[..., Path]) -> None:
    can = json.loads(run("ask", cases(CASE), "--can", "NOR")[1])["can"]["NOR"]
    assert [move["move"] for move in can] == ["suspend_notice"]
    assert "What Norway can do:" in run("ask", cases(CASE), "--can", "NOR", "--format", "table")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name files of cases"),
        (["cases.jsonl", "--ledger", "news.duckdb"], "name files of cases"),
        (["--ledger", "news.duckdb"], "needs --institution"),
        (["cases.jsonl", "--kind", "guess"], "guess"),
        (["cases.jsonl", "--as-of", "2025-02-30"], "'2025-02-30' is no day"),
    ],
)
def test_a_command_line_that_is_wrong(run: Run, arguments: list[str], words: str) -> None:
    status, out, err = run("ask", *arguments)
    assert (status, out) == (2, "")
    assert words in " ".join(err.replace("│", " ").split())


# -- a ledger --------------------------------------------------------------------------------------------------


def test_a_member_s_veto_blocks_activities_and_leaves_a_partner_what_it_is(asked: Callable[..., Any]) -> None:
    answers = asked("NATO", "--as-of", "2025-01-14")
    block = on(answers, "NATO-Israel activities")
    assert (block["outcome"], block["blocked_by"], block["as_of"]) == ("blocked", ["TUR"], "2025-01-14")
    fact = block["facts"][block["because"][0]["facts"][0]]
    assert (fact["type"], fact["by"], fact["date"]) == ("object", ["TUR"], "2023-10")
    assert "used its veto since October 2023" in fact["source"]["text"]
    assert fact["source"]["attributed_to"]
    assert on(answers, "MD", "ISR")["outcome"] == "in_force"


def test_its_lifting_ends_the_block(asked: Callable[..., Any]) -> None:
    answers = asked("NATO", "--as-of", "2025-05-31")
    lifted = on(answers, "NATO-Israel activities")
    assert (lifted["outcome"], lifted["effective"]) == ("lifted", "2025-05-20")
    assert on(answers, "MD", "ISR")["outcome"] == "in_force"
    known_by = asked("NATO", "--as-of", "2025-05-31", "--known-by", "2025-03-01")
    assert on(known_by, "NATO-Israel activities")["outcome"] == "blocked"


def test_who_left_the_plan_and_who_can_start_the_snapback(asked: Callable[..., Any]) -> None:
    assert on(asked("UNSCR2231", "--as-of", "2025-01-14"), "JCPOA", "USA")["outcome"] == "withdrawn"
    options = [option for code in ("DEU", "FRA", "GBR", "USA") for option in ("--can", code)]
    (answer,) = asked("UNSCR2231", "--as-of", "2025-01-14", *options)
    clock = "S/RES/2231 para. 11"
    able = {
        actor: [move["allowed"] for move in moves if (move["move"], move["object"]) == ("notify", clock)]
        for actor, moves in answer["can"].items()
    }
    assert able == {"DEU": [True], "FRA": [True], "GBR": [True], "USA": [False]}


def test_a_threat_starts_no_clock_and_a_notice_would(asked: Callable[..., Any]) -> None:
    threat = on(asked("NPT", "--as-of", "2025-01-14"), "NPT", "IRN")
    assert [(f["type"], f["by"]) for f in threat["facts"] if f["source"]["view"] != "history"] == [
        ("announce", ["IRN"])
    ]
    assert (threat["outcome"], threat["clock_start"], threat["effective_end"]) == ("in_force", None, None)
    what_if = ("--what-if", "IRN notify 2025-01-14", "--object", "NPT", "--party", "IRN")
    (notice,) = asked("NPT", "--as-of", "2025-01-14", *what_if)
    assert (notice["outcome"], notice["effective_end"]) == ("in_force", "2025-04-14")
    assert notice["facts"][-1]["supposed"] is True


def test_facts_and_reports_as_people_read_them(run: Run, ledger: Path) -> None:
    status, out, _ = run(
        "ask", "--ledger", ledger, "--institution", "nato", "--as-of", "2025-01-14", "--format", "table"
    )
    told = " ".join(out.split())
    assert status == 0
    assert "1. October 2023: Türkiye objected to NATO-Israel activities “Türkiye has used its veto" in told
    assert "according to three people briefed on the matter" in told
    assert "It is blocked. Stopped by Türkiye. Reason: an objection." in told
    assert "It ends when it has been lifted by Türkiye; then it can be decided." in told
    assert "ends by its words: “only when the war in the Gaza Strip is over”" in told


def test_history_can_be_left_out(asked: Callable[..., Any]) -> None:
    (answer,) = asked("ABM", "--as-of", "2025-01-14", "--no-history")
    assert (answer["facts"], answer["ask"]["object"]) == ([], "ABM")


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (["--institution", "Natoo"], 2, "did you mean NATO?"),
        (["--institution", "NATO", "--what-if", "TUR lifts"], 2, "--what-if 'TUR lifts'"),
    ],
)
def test_what_can_t_be_asked_of_a_ledger(run: Run, ledger: Path, options: list[str], status: int, words: str) -> None:
    found = run("ask", "--ledger", ledger, *options)
    assert found[:2] == (status, "")
    assert words in found[2]
    assert found[2].count("\n") == 1


def test_a_ledger_that_there_is_not(run: Run, tmp_path: Path) -> None:
    status, _, err = run("ask", "--ledger", tmp_path / "none.duckdb", "--institution", "NATO")
    assert (status, "no such ledger" in err) == (1, True)


# -- the institutions ------------------------------------------------------------------------------------------

OWN = """
id: Herring
title: Herring Commission
summary: For tests.
origin: invented
rules: [{id: consensus, citation: Herring Convention Art. 3, text: Any member may object.}]
groups: {members: {members: [ISL, NOR]}}
bodies: [{id: Commission, title: Commission, members: members, decision: {pattern: consensus, rule: consensus}}]
"""


def test_the_institutions_are_listed(run: Run) -> None:
    status, out, err = run("institutions")
    listed = {row["id"]: row for row in map(json.loads, out.splitlines())}
    assert (status, err) == (0, "")
    assert len(listed) >= 24
    assert listed["NATO"]["title"] == "North Atlantic Treaty Organization"
    assert "consensus" in listed["NATO"]["patterns"]
    assert listed["UNSC"]["patterns"][0] == "threshold and veto"
    assert "UNSCR2231: " in run("institutions", "list", "--format", "table")[1]


def test_an_institution_of_one_s_own_is_listed_and_asked(run: Run, cases: Callable[..., Path], tmp_path: Path) -> None:
    own = tmp_path / "herring.yaml"
    own.write_text(OWN, encoding="utf-8")
    assert '"id":"Herring"' in run("institutions", "--institutions", own)[1]
    fact = {"date": "2031-02-10", "type": "object", "by": ["NOR"], "object": "quota"}
    case = {**CASE, "institution": "Herring", "ask": {"kind": "decision", "object": "quota"}, "facts": [fact]}
    assert json.loads(run("ask", cases(case), "--institutions", own)[1])["blocked_by"] == ["NOR"]
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(OWN.replace("summary:", "sumary:"), encoding="utf-8")
    status, out, err = run("ask", cases(case), "--institutions", wrong)
    assert (status, out) == (2, "")
    assert err.startswith(f"rapporteur: {wrong}:4: ")


def test_asking_loads_no_language_pipeline(cases: Callable[..., Path]) -> None:
    run = "import sys; from rapporteur import cli\ntry: cli.main(sys.argv[1:])\nfinally: print('spacy' in sys.modules)"
    for arguments in (["ask", str(cases(CASE)), "--format", "table"], ["institutions"]):
        done = subprocess.run([sys.executable, "-c", run, *arguments], capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "False"), done.stderr


FAILING = """
examples:
  - id: quota
    question: Does one objection stop the quota?
    ask: {kind: decision, object: quota}
    facts: [{date: "2031-02-10", type: object, by: [NOR], object: quota, event: Norway objects}]
    as_of: "2031-03-01"
    expected: {outcome: OUTCOME}
"""


def test_examples_of_a_file_are_checked(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "checked.yaml"
    own.write_text(OWN + FAILING.replace("OUTCOME", "blocked").lstrip(), encoding="utf-8")
    assert run("institutions", "check", own) == (0, "1 examples of 1 institutions: 1 as stated, 0 not\n", "")
    wrong = tmp_path / "wrong" / "checked.yaml"
    wrong.parent.mkdir()
    wrong.write_text(OWN + FAILING.replace("OUTCOME", "adopted").lstrip(), encoding="utf-8")
    status, out, _ = run("institutions", "check", wrong)
    assert status == 1
    assert out.splitlines()[0].endswith(": quota: Does one objection stop the quota?")
    assert "    outcome: wanted adopted, found blocked" in out.splitlines()
    assert out.splitlines()[-1].endswith("0 as stated, 1 not")


def test_an_institution_is_shown_as_the_handbook_has_it(run: Run) -> None:
    status, out, err = run("institutions", "show", "nato")
    assert (status, err) == (0, "")
    assert "North Atlantic Council" in out
    assert "- Silence: " in out
    status, out, err = run("institutions", "show", "nat")
    assert (status, out) == (2, "")
    assert "did you mean NATO?" in err
