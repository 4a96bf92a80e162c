"""JSON Lines: the line is the article, whole and in the contract's order."""

from __future__ import annotations

import json
from collections.abc import Callable

from rapporteur.exports import jsonl
from rapporteur.model import Article


def test_a_line_is_exactly_the_article(harbour: Article) -> None:
    line = jsonl.to_line(harbour)
    assert line.count(b"\n") == 1
    assert line.endswith(b"}\n")
    read = json.loads(line)
    assert read == harbour.to_dict()
    assert list(read) == list(harbour.to_dict())


def test_text_stays_text_in_utf_8(build: Callable[..., Article]) -> None:
    body = "Türkiye\u2019s \u201cno\u201d \U0001f54a\u2028next\x00 \ttab"
    line = jsonl.to_line(build(body))
    assert "Türkiye\u2019s \u201cno\u201d \U0001f54a".encode() in line
    assert json.loads(line)["body"] == body


def test_an_article_with_nothing_found_has_empty_lists_and_nulls(build: Callable[..., Article]) -> None:
    read = json.loads(jsonl.to_line(build("Rain fell.")))
    assert [read[k] for k in ("events", "attributions", "measures", "talks")] == [[], [], [], []]
    assert read["headline"] is None
    assert read["date"] == {"value": None, "basis": "unknown"}
