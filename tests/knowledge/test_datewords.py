"""The words of dates: what the file must hold, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge import datewords
from rapporteur.knowledge.datewords import DateWords


def test_a_year_has_twelve_months_and_a_week_seven_days() -> None:
    words = DateWords.load()
    assert [forms[0] for forms in words.months][:2] == ["January", "February"]
    assert words.weekdays[0] == "Monday"
    assert words.seasons["winter"] == (12, 2)


def test_a_file_that_lacks_a_month_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "words.yaml"
    text = datewords.WORDS.read_text(encoding="utf-8")
    wrong.write_text(text.replace("  - [May]\n", ""), encoding="utf-8")
    monkeypatch.setattr(datewords, "WORDS", wrong)
    with pytest.raises(KnowledgeError, match="12 `months`"):
        datewords._read()
