"""What the tests of measures share: the day on which their articles appear, how one is read, whose a measure is."""

from __future__ import annotations

from collections.abc import Callable

from rapporteur.model import Article, MeasureMention
from rapporteur.reader import Reader

PUBLISHED = "2019-05-15"  # a Wednesday
Read = Callable[[str], tuple[MeasureMention, ...]]


def article_of(reader: Reader, text: str) -> Article:
    return reader.read_document({"id": "a", "text": text, "date": PUBLISHED})


def codes(mention: MeasureMention) -> tuple[list[str | None], list[str | None]]:
    return [p.code for p in mention.imposers], [p.code for p in mention.targets]
