"""The shipped frame files: that they load, that each frame is complete, and that a mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.frames import CLASSES, FRAMES, Frame, compile_frames, load_frames, read_frames
from rapporteur.knowledge.ontology import Ontology

FILES = sorted(p for p in FRAMES.glob("*.yaml") if p.name != CLASSES)
ALL = [(path, frame) for path in FILES for frame in read_frames(path).frames]
IDS = [frame.id for _, frame in ALL]

GOOD = """\
type: SANCTION
origin: written for a test
classes:
  measures: [sanction, embargo]
frames:
  - id: SANCTION.impose
    gloss: imposes sanctions
    verbs:
      - impose {measures} (on|against R)
    takes:
      - {text: "Brazil imposed sanctions on Chile.", actors: [BRA], recipients: [CHL]}
    rejects:
      - "The board gave its sanction."
"""


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_every_file_compiles_alone(path: Path) -> None:
    tables = compile_frames([FRAMES / CLASSES, path])
    assert len(tables.frames) == len(read_frames(path).frames)
    assert {frame.type for frame in tables.frames} == {path.stem.upper()}


def test_all_types_are_there_and_compile_together() -> None:
    tables = load_frames()
    assert {frame.type for frame in tables.frames} == set(Ontology.load().types)
    assert sorted(frame.id for frame in tables.frames) == sorted(IDS)


@pytest.mark.parametrize(("path", "frame"), ALL, ids=IDS)
def test_every_frame_is_complete(path: Path, frame: Frame) -> None:
    assert frame.gloss
    assert all(len(example.text.split()) >= 3 for example in frame.takes)
    assert all(code.isupper() and len(code) == 3 for e in frame.takes for code in (*e.actors, *e.recipients))
    assert not {e.text for e in frame.takes} & set(frame.rejects)
    ontology = Ontology.load()
    assert ontology.check(path.stem.upper(), frame.mode, None, frame.contexts) is None
    assert frame.cameo is None or frame.cameo in ontology.cameo_codes


# (what is right, what is written instead, the line of the mistake, a part of the message)
MISTAKES = [
    ("    gloss: imposes", "    glos: imposes", 6, "glos"),
    ("    takes:\n", "    take:\n", 6, "take"),
    ("(on|against R)", "(on|against Q)", 9, "'Q' is neither"),
    ("{measures} (on", "{mesures} (on", 9, "no class 'mesures'"),
    ("impose {measures}", "impose onto", 9, "needs what follows it"),
    ("id: SANCTION.impose", "id: COERCE.impose", 6, "must begin with 'SANCTION.'"),
    ('      - "The board gave its sanction."\n', "      []\n", 6, "a sentence it takes and one it rejects"),
    ("      - impose {measures} (on|against R)\n", "      []\n", 6, "has no pattern"),
    ("origin: written for a test\n", "", 1, "origin"),
    ("actors: [BRA]", "actors: BRA", 11, "array"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "message"), MISTAKES, ids=[m[3] for m in MISTAKES])
def test_a_mistake_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, message: str) -> None:
    assert GOOD.count(right) == 1
    path = tmp_path / "sanction.yaml"
    path.write_text(GOOD.replace(right, wrong), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        compile_frames([FRAMES / CLASSES, path])
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert message in caught.value.problem


def test_a_frame_may_not_stand_twice(tmp_path: Path) -> None:
    path = tmp_path / "sanction.yaml"
    path.write_text(GOOD + GOOD.partition("frames:\n")[2], encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"'SANCTION\.impose' stands twice"):
        compile_frames([FRAMES / CLASSES, path])
