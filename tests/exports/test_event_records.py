"""Records made from readings and from a ledger's rows say the same of the same event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rapporteur.exports.event_records import from_article, from_rows
from rapporteur.model import Article, Attribution, Event, EventDate, Magnitude, Party, PublicationDate, Size, Trigger
from rapporteur.record.ledger import Ledger

BODY = "An envoy said Norway freed 12 sailors of Chad on Friday."


def article() -> Article:
    event = Event(
        id="abc", sentence=0, type="RETREAT", mode="release", contexts=("legal",),
        trigger=Trigger("freed", 21, 26),
        actors=(Party("Norway", 14, 20, "NOR", "NOR", name="Norway", entity="state:NOR"),),
        recipients=(Party("12 sailors of Chad", 27, 45, "TCD", "TCD", sector="CVL"),), status="actual",
        date=EventDate("2031-06-06", "inferred"), place=None, magnitude=Magnitude(size=Size(12, 12, "12")),
        attributed_to=(0,), cameo="0841", quad=2, goldstein=7.0, scale="goldstein-gdelt", confidence=0.9, rules=("r",),
    )  # fmt: skip
    return Article(
        id="a1", page="https://news.example/a1", headline="Sailors go home", body=BODY,
        date=PublicationDate("2031-06-07", "given"), outlet="Lake Post", sentences=((0, len(BODY)),), events=(event,),
        attributions=(Attribution(((0, 8),), ((9, 13),), ((14, 55),)),),
    )  # fmt: skip


def test_a_reading_gives_a_record_with_its_sentence_source_and_article() -> None:
    (record,) = from_article(article())
    assert (record.sentence_text, record.attributed_to, record.url) == (BODY, ("An envoy",), "https://news.example/a1")
    assert (record.headline, record.published, record.trigger_span) == ("Sailors go home", "2031-06-07", (21, 26))
    assert [figure.text for figure in record.figures] == ["12"]


def test_a_ledgers_row_gives_the_same_event(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.duckdb") as ledger:
        ledger.record([article()])
        articles = {row["id"]: row for row in ledger.view("articles").to_pylist()}
        rows = ledger.view("events", as_of="2031-06-10").to_pylist()
        (record,) = from_rows(rows, sentences=ledger.sentences, articles=articles)
    (read,) = from_article(article())
    nowhere = {"start": None, "end": None}  # a row's parties may be of any report
    assert record == replace(
        read,
        id=record.id,
        actors=tuple(replace(party, **nowhere) for party in read.actors),
        recipients=tuple(replace(party, **nowhere) for party in read.recipients),
        trigger_span=None,
        sentence=None,
        reports=tuple(replace(report, sentence=None) for report in read.reports),
    )
