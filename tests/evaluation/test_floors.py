"""Floors rise by themselves and fall only with a reason."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rapporteur.errors import InputError
from rapporteur.evaluation.floors import Measured, figure, gold_hash

BODY = "Peru condemned Chile on Monday over the closed road, and the two will talk about it next week in Lima."


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, on a repository with one page of gold; pages are read without the language pipeline."""
    spec = importlib.util.spec_from_file_location("pin_floors", Path(__file__).parents[2] / "tools" / "pin_floors.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "p.txt").write_text(f"Peru condemns Chile\n\n{BODY}\n", encoding="utf-8")
    lines = [{"n": 1, "article": 0, "role": "headline"}, {"n": 3, "article": 0, "role": "body"}]
    (tmp_path / "pages" / "p.json").write_text(json.dumps({"n_articles": 1, "lines": lines}), encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(module, "Reader", lambda: None)
    return module


def write(tool: ModuleType, **floors: float) -> None:
    sets = [{"gold": name, "sha256": "", "margin": 0.02, "floors": floors} for name in ("pages", "not here")]
    tool.FLOORS.write_text(json.dumps({"command": "...", "sets": sets}), encoding="utf-8")


def written(tool: ModuleType) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(tool.FLOORS.read_text(encoding="utf-8"))
    return read


def test_floors_rise_and_the_gold_is_hashed(tool: ModuleType) -> None:
    write(tool, art_F1=0.5, tok_P=0.99)
    assert tool.main([]) == 0
    here, away = written(tool)["sets"]
    assert here["floors"] == {"art_F1": 0.98, "tok_P": 0.99}
    assert here["sha256"] == gold_hash(tool.ROOT / "pages")
    assert away["floors"] == {"art_F1": 0.5, "tok_P": 0.99} and away["sha256"] == ""


def test_floors_do_not_fall_by_themselves(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    write(tool, art_F1=0.5, head=1.1)
    before = written(tool)
    assert tool.main([]) == 1
    assert written(tool) == before
    assert "1 floors would fall" in capsys.readouterr().err


def test_floors_fall_with_a_reason_that_is_kept(tool: ModuleType) -> None:
    write(tool, head=1.1)
    assert tool.main(["--lower", "--reason", "headlines are judged more strictly"]) == 0
    (lowered,) = written(tool)["lowered"]
    assert lowered == {"reason": "headlines are judged more strictly", "floors": {"pages head": "1.100 -> 0.980"}}
    assert written(tool)["sets"][0]["floors"] == {"head": 0.98}


def test_lowering_needs_a_reason(tool: ModuleType) -> None:
    write(tool, head=1.1)
    with pytest.raises(SystemExit) as end:
        tool.main(["--lower"])
    assert end.value.code == 2


def test_checking_writes_nothing(tool: ModuleType) -> None:
    write(tool, art_F1=0.5)
    before = written(tool)
    assert tool.main(["--check"]) == 0
    assert written(tool) == before


def test_the_hash_tells_when_gold_changes(tool: ModuleType) -> None:
    folder = tool.ROOT / "pages"
    before = gold_hash(folder), gold_hash(folder / "p.txt")
    (folder / "p.txt").write_text("other", encoding="utf-8")
    assert gold_hash(folder) != before[0] and gold_hash(folder / "p.txt") != before[1]


@pytest.mark.parametrize(("value", "floor"), [(0.7, 0.68), (0.0205, 0.0), (0.01, 0.0), (None, 0.0), (1.0, 0.98)])
def test_a_floor_stands_below_what_is_measured(value: float | None, floor: float) -> None:
    assert Measured("gold", "type.f1", 0.0, value, 0.02).pinned == floor


def test_what_could_not_be_counted_holds_no_floor() -> None:
    assert not Measured("gold", "nohead", 0.0, None, 0.02).holds


@pytest.mark.parametrize("name", ["typ.f1", "type.f2", "type", "type.f1.p"])
def test_a_floor_names_a_figure(name: str) -> None:
    with pytest.raises(InputError, match="figure"):
        figure({"type": {"f1": 0.5}}, name, "gold")
