"""The shipped frame files: that they load, that each frame is complete, and that a mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.frames import CLASSES, FRAMES, Frame, Tables, compile_frames, load_frames, read_frames
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
    assert ontology.check(path.stem.upper(), frame.mode, frame.cameo, frame.contexts) is None


# (what is right, what is written instead, the line of the mistake, a part of the message)
MISTAKES = [
    ("    gloss: imposes", "    glos: imposes", 7, "glos"),
    ("    takes:\n", "    take:\n", 10, "take"),
    ("(on|against R)", "(on|against Q)", 9, "'Q' is neither"),
    ("{measures} (on", "{mesures} (on", 9, "no class 'mesures'"),
    ("impose {measures}", "impose onto", 9, "needs what follows it"),
    ("id: SANCTION.impose", "id: COERCE.impose", 6, "must begin with 'SANCTION.'"),
    ('      - "The board gave its sanction."\n', "      []\n", 6, "a sentence it takes and one it rejects"),
    ("      - impose {measures} (on|against R)\n", "      []\n", 6, "has no pattern"),
    ("origin: written for a test\n", "", 1, "origin"),
    ("actors: [BRA]", "actors: BRA", 11, "array"),
    ("    gloss: imposes", "    glosses: imposes", 7, "valid: id, gloss, takes"),
    ("type: SANCTION", "type: SANKTION", 1, "'SANKTION'; valid: AGREE, CONSULT"),
    ("sanctions\n    verbs", "sanctions\n    mode: impose\n    verbs", 8, "valid: convict, expel, withdraw"),
    ("sanctions\n    verbs", "sanctions\n    cameo: '1699'\n    verbs", 8, "'1699' is no CAMEO code"),
    ("sanctions\n    verbs", "sanctions\n    cameo: '190'\n    verbs", 8, "stands for ASSAULT, not for SANCTION"),
    ("sanctions\n    verbs", "sanctions\n    cameo: 163\n    verbs", 8, "write it in quotes"),
    ("sanctions\n    verbs", "sanctions\n    contexts: [economy]\n    verbs", 8, "'economy'; valid: military"),
    ("recipients: [CHL]}", "recipients: [CHL], mode: impose}", 11, "valid: convict, expel"),
    ("[sanction, embargo]", "[sanction, '{embargos}']", 4, "no class 'embargos'"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "message"), MISTAKES, ids=[f"{m[1].strip()[:30]}: {m[3][:20]}" for m in MISTAKES]
)
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


OWN = """\
type: CONSULT
origin: written for a test
classes:
  gatherings: ["{talks}", jirga]
frames:
  - id: CONSULT.gather
    gloss: gathers
    verbs:
      - palaver {gatherings} (with R)
    takes:
      - {text: "Kabul palavered a jirga.", actors: [AFG]}
    rejects:
      - "The bell palavered nobody."
"""


def write(folder: Path, **files: str) -> Path:
    """A folder of frame files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def heads(tables: Tables, id: str) -> dict[str, list[str]]:
    """The patterns of a frame by head."""
    number = [entry.id for entry in tables.frames].index(id)
    return {
        head: [rule.pattern.text for rule in rules if rule.frame == number]
        for head, rules in tables.verbs.items()
        if any(rule.frame == number for rule in rules)
    }


def test_own_frames_add_to_the_shipped_ones(tmp_path: Path) -> None:
    tables = load_frames(write(tmp_path, own=OWN))
    assert sorted(entry.id for entry in tables.frames) == sorted([*IDS, "CONSULT.gather"])
    (rule,) = tables.verbs["palaver"]
    assert {"jirga", "summit"} <= rule.pattern.elements[0].lemmas
    assert "jirga" not in tables.classes["talks"]


def test_a_frame_with_a_shipped_id_replaces_it(tmp_path: Path) -> None:
    shipped = load_frames()
    tables = load_frames(write(tmp_path, own=OWN.replace("CONSULT.gather", "CONSULT.meet")))
    assert sorted(entry.id for entry in tables.frames) == sorted(IDS)
    assert "meet" in heads(shipped, "CONSULT.meet")
    assert list(heads(tables, "CONSULT.meet")) == ["palaver"]
    assert heads(tables, "CONSULT.attend") == heads(shipped, "CONSULT.attend")


def test_of_two_folders_the_later_wins(tmp_path: Path) -> None:
    one = write(tmp_path / "one", own=OWN)
    two = write(tmp_path / "two", own=OWN.replace("palaver", "foregather"))
    assert list(heads(load_frames(one, two), "CONSULT.gather")) == ["foregather"]
    assert list(heads(load_frames(two, one), "CONSULT.gather")) == ["palaver"]


def test_own_shared_classes_widen_or_replace_the_shipped_ones_for_all_frames(tmp_path: Path) -> None:
    classes = "origin: test\nclasses:\n  talks: ['{talks}', powwow]\n  pact: [handshake]\n  cheeses: [brie]\n"
    own = OWN.replace("(with R)", "(with {cheeses})")
    folder = write(tmp_path, own=own, classes=classes)
    shipped, tables = load_frames(), load_frames(folder)
    assert tables.classes["talks"] == shipped.classes["talks"] | {"powwow"}
    assert tables.classes["pact"] == {"handshake"}
    assert "powwow" in tables.verbs["palaver"][0].pattern.elements[0].lemmas
    widened = [
        r for rules in tables.verbs.values() for r in rules if any("powwow" in e.lemmas for e in r.pattern.elements)
    ]
    assert {tables.frames[rule.frame].id for rule in widened} > {"CONSULT.gather"}
    assert load_frames(folder / "own.yaml") == tables  # the classes.yaml beside a file belongs to it


@pytest.mark.parametrize(
    ("name", "message"), [("absent", "no such file or folder"), ("empty", "no frames in this folder")]
)
def test_a_folder_without_frames_is_said(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_frames(tmp_path / name)
    assert caught.value.file == str(tmp_path / name)


def test_the_second_of_two_is_the_one_refused(tmp_path: Path) -> None:
    one = write(tmp_path, a=OWN, b=OWN.replace("origin", "\norigin"))
    with pytest.raises(KnowledgeError) as caught:
        load_frames(one)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "b.yaml"), 7)
