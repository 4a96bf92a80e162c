"""A ledger that tells of a block in an institution: made without a reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rapporteur.model import Article, MeasureMention, Party, When
from rapporteur.record.ledger import Ledger

from ..conftest import article, span
from ..record.made import noon

MATTER = "NATO-Jordan activities"


def block(**more: str) -> Article:
    """An article that tells that Hungary blocks what the alliance does with Jordan."""
    body = "Hungary has held up NATO's work with Jordan since March, <b>an envoy</b> said."
    hungary = Party("Hungary", *span(body, "Hungary"), "HUN", "HUN", name="Hungary")
    jordan = Party("Jordan", *span(body, "Jordan"), "JOR", "JOR", name="Jordan")
    told = article(body, body, id="held-up", date="2025-05-02", **more)
    measure = MeasureMention(
        "block", (hungary,), (jordan,), "NATO's work with Jordan", "NATO", When("2025-03", "stated"), None, None,
        "in force", told.sentences[0], None, (), ("block.held_up",),
    )  # fmt: skip
    return replace(told, measures=(measure,))


def ledger(path: Path) -> Path:
    """The ledger of that article."""
    Ledger(path, clock=noon).record([block()])
    return path
