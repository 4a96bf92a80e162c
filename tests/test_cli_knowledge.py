"""Own actors and own frames at the command line, from a name that is not known to a name that is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rapporteur import Reader, cli

FRAMES = """\
type: CONSULT
origin: written for a test
frames:
  - id: CONSULT.palaver
    gloss: palavers
    reciprocal: true
    verbs:
      - palaver with R!
    takes:
      - {text: "Kenya palavered with Chad on Monday.", actors: [KEN, TCD]}
    rejects:
      - "The elders palavered with relish."
"""
TEXT = (
    "The Wobblian Front attacked Kenyan troops on Friday. Kenya palavered with Chad on Monday. "
    "The Wobblian Front attacked Kenya's army on Tuesday. Zorbo Quimby condemned Kenya."
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``rapporteur`` on arguments; returns status, standard output and standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        texts = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "argv", ["rapporteur", *texts])
        with pytest.raises(SystemExit) as end:
            cli.main(texts)
        out, err = capfd.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return run


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write(tmp_path / "page.jsonl", json.dumps({"id": "one", "text": TEXT}) + "\n")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write(tmp_path / "own" / "consult.yaml", FRAMES).parent


def parties(out: str) -> dict[str, dict[str, Any]]:
    """Every actor and recipient that was printed, by its words."""
    events = [event for line in out.splitlines() for event in json.loads(line)["events"]]
    return {party["text"]: party for event in events for party in event["actors"] + event["recipients"]}


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_an_unknown_name_is_listed_edited_and_known(run: Run, page: Path, tmp_path: Path, form: str) -> None:
    listed = tmp_path / f"mine.{form}"
    assert run("unknown", "--out", listed, page) == (0, "", "")
    text = listed.read_text(encoding="utf-8")
    assert "2 mentions: The Wobblian Front attacked Kenyan troops on Friday." in text
    lines = text.splitlines()
    (at,) = [n for n, line in enumerate(lines) if "org:wobblian-front" in line]
    lines[at] = {
        "yaml": '- {id: "org:wobblian-front", name: Wobblian Front, kind: armed, code: TCD, sector: REB}',
        "csv": "org:wobblian-front,Wobblian Front,armed,TCD,REB",
    }[form]
    listed.write_text("\n".join(lines), encoding="utf-8")

    status, out, err = run("read", "--actors", listed, page)
    assert (status, err) == (0, "")
    front = parties(out)["The Wobblian Front"]
    assert front["entity"] == "org:wobblian-front"
    assert (front["code"], front["sector"], front["name"]) == ("TCD", "REB", "Wobblian Front")
    assert parties(run("read", page)[1])["The Wobblian Front"]["entity"] is None

    status, out, _ = run("unknown", "--actors", listed, "--format", form, page)
    assert status == 0
    assert "Wobblian" not in out.replace("wobblian", "")


def test_unknown_persons_and_organisations_by_frequency(run: Run, page: Path) -> None:
    status, out, _ = run("unknown", "--most", 1, page)
    assert status == 0
    assert out.count("- {") == 1


def test_what_cannot_be_read_is_said_and_the_rest_listed(run: Run, page: Path) -> None:
    status, out, err = run("unknown", page, "absent.txt")
    assert status == 1
    assert "absent.txt" in err
    assert "Wobblian Front" in out


def test_own_frames_are_read_by(run: Run, page: Path, own: Path) -> None:
    without, found = run("read", page)[1], run("read", "--frames", own, page)[1]
    assert "CONSULT.palaver" not in without
    (event,) = [e for e in json.loads(found)["events"] if "CONSULT.palaver" in e["rules"]]
    assert event["type"] == "CONSULT"
    assert "TCD" in [actor["code"] for actor in event["actors"]]


def test_own_frames_are_checked(run: Run, own: Path) -> None:
    assert run("frames", "check", own) == (0, "2 examples of 1 frames: 2 as stated, 0 not\n", "")
    path = write(own / "consult.yaml", FRAMES.replace("[KEN, TCD]", "[KEN, MLI]"))
    status, out, err = run("frames", "check", path)
    assert (status, err) == (1, "")
    assert out.splitlines() == [
        f"{path}:10: CONSULT.palaver: Kenya palavered with Chad on Monday.",
        "    wanted CONSULT: KEN, MLI -> -",
        "    read   CONSULT: KEN, TCD -> - (CONSULT.palaver, palaver with R!)",
        "2 examples of 1 frames: 1 as stated, 1 not",
    ]


@pytest.mark.parametrize(
    ("option", "name", "text", "message"),
    [
        ("--actors", "a.yaml", "origin: x\nentities:\n- {id: 'org:a', nam: A}\n", ":3: Object contains unknown field"),
        ("--actors", "a.csv", "name,country\n", ":1: columns must be id,name,kind"),
        ("--actors", "a.txt", "A\n", ": a file of actors is .yaml"),
        ("--frames", "a.yaml", FRAMES.replace("gloss", "glos"), ":5: Object contains unknown field `glos`; valid: id,"),
        ("--frames", "a.yaml", FRAMES.replace("CONSULT\n", "CONSULTING\n"), ":1: type 'CONSULTING'; valid: AGREE"),
        ("--frames", "a.yaml", "type: [", ":2: not valid YAML"),
    ],
)
def test_a_wrong_file_is_a_wrong_command_line(
    run: Run, page: Path, tmp_path: Path, option: str, name: str, text: str, message: str
) -> None:
    path = write(tmp_path / name, text)
    status, out, err = run("read", option, path, page)
    assert (status, out) == (2, "")
    assert err.startswith(f"rapporteur: {path}{message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("option", ["--actors", "--frames"])
def test_a_missing_file_is_a_wrong_command_line(run: Run, page: Path, tmp_path: Path, option: str) -> None:
    status, out, err = run("read", option, tmp_path / "absent.yaml", page)
    assert (status, out) == (2, "")
    assert err.startswith(f"rapporteur: {tmp_path / 'absent.yaml'}: no such file")


def test_workers_read_with_the_same_actors_and_frames(own: Path, tmp_path: Path) -> None:
    actors = write(tmp_path / "a.yaml", 'origin: x\nentities:\n- {id: "armed:w", name: Wobblian Front, kind: armed}\n')
    reader = Reader(actors=[str(actors)], frames=[str(own)])
    records = [{"id": str(n), "text": TEXT} for n in range(12)]
    here, there = list(reader.read_documents(records)), list(reader.read_documents(records, workers=2))
    assert here == there
    assert {e.rules[0] for e in there[-1].events} >= {"CONSULT.palaver"}
    assert "armed:w" in {p.entity for e in there[-1].events for p in e.actors}
