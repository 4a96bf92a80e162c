"""The screen lets through what could be coded and holds back what could not."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.events import Screen
from rapporteur.knowledge.frames import FRAMES, compile_frames
from rapporteur.language import Parser

HERE = Path(__file__).parent / "frames"
ROWS = [
    ("Russia attacked Ukraine.", True, True),
    ("Rebels attacked at dawn.", False, True),
    ("The storm attacked at dawn.", False, False),
    ("Russia is a large country.", True, False),
    ("Russia carried out strikes.", True, True),
    ("Russia carried on.", True, False),
    ("Chad pulled its troops out of Niger.", True, True),
    ("Chad pulled a face.", True, False),
]


@pytest.mark.parametrize(("text", "named", "passes"), ROWS, ids=[r[0] for r in ROWS])
def test_screen(parser: Parser, text: str, named: bool, passes: bool) -> None:
    tables = compile_frames([FRAMES / "classes.yaml", *sorted(HERE.glob("*.yaml"))])
    assert Screen(tables, parser.lemmas_of, ["rebel"]).passes(text, named) is passes
