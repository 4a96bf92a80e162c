"""Invented events that the exchange formats are tried on."""

from __future__ import annotations

import pytest

from rapporteur.exports.event_records import EventRecord, RecordFigure, RecordParty, RecordPlace, RecordReport
from rapporteur.model import Magnitude, Size


@pytest.fixture
def visit() -> EventRecord:
    """Kosovo's president and the UN receive nobody knows whom: one actor, two recipients, a town, two reports."""
    first = RecordReport(
        "wire-1",
        "r1",
        "2031-03-05",
        "Alpine Wire",
        sentence=0,
        url="https://news.example/1",
        text="They met.",
        trigger_span=(20, 27),
    )
    second = RecordReport("wire-2", "r2", "2031-03-06", "Lake Post", sentence=4)
    return EventRecord(
        id="e-1",
        type="CONSULT",
        mode="visit",
        contexts=("diplomatic",),
        date="2031-03-04",
        date_basis="stated",
        cameo="042",
        quad=1,
        goldstein=1.9,
        scale="goldstein-gdelt",
        status="actual",
        actors=(RecordParty("the president", "XKX", "XKX", sector="GOV", sectors=("GOV",), start=4, end=17),),
        recipients=(
            RecordParty("U.N.", "IGO", None, entity="igo:UN", name="United Nations", start=30, end=34),
            RecordParty("Romania's army", "ROU", "ROU", sector="MIL", sectors=("MIL",), start=40, end=54),
        ),
        place=RecordPlace("Geneva", "CHE", 46.2, 6.15),
        confidence=0.93,
        trigger="visited",
        trigger_span=(20, 27),
        sentence=0,
        sentence_text="They met.",
        article="wire-1",
        url="https://news.example/1",
        outlet="Alpine Wire",
        published="2031-03-05",
        attributed_to=("an aide",),
        reports=(first, second),
        articles=2,
    )


@pytest.fixture
def raid() -> EventRecord:
    """Gunmen of no one country hit a clinic of a dependent territory: dead, no place, no date."""
    size = Size(3, 3, "three")
    report = RecordReport("wire-9", "r9", "2031-04-02", "Lake Post", sentence=2)
    return EventRecord(
        id="e-2",
        type="ASSAULT",
        mode="firearms",
        contexts=("military",),
        cameo="193",
        quad=4,
        goldstein=-10.0,
        scale="goldstein-gdelt",
        status="actual",
        actors=(RecordParty("raiders", "NSA", None, sector="REB", sectors=("REB",)),),
        recipients=(RecordParty("a clinic", "ABW", "ABW", sector="MED", sectors=("MED",)),),
        magnitude=Magnitude(killed=size),
        figures=(RecordFigure("killed", 3, 3, "three", "r9"),),
        confidence=0.5,
        trigger="shot",
        sentence=2,
        article="wire-9",
        outlet="Lake Post",
        published="2031-04-02",
        reports=(report,),
        articles=1,
    )
