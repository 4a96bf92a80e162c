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
        rows = ledger.view("events", as_of="2031-06-10").to_pylist()
        (record,) = from_rows(rows, sentences=ledger.sentences, spots=ledger.spots)
        (bare,) = from_rows(rows)
    (read,) = from_article(article())
    assert record == replace(read, id=record.id)
    assert (bare.sentence, bare.sentence_text, bare.trigger_span, bare.actors[0].start) == (None, None, None, None)


def test_a_party_that_the_first_report_does_not_name_has_no_offsets(tmp_path: Path) -> None:
    """The act is Norway's in the first report; a later one, with the sentence in another place, names Chad besides."""
    first = article()
    event = replace(first.events[0], recipients=())
    later = replace(
        first, id="a2", page=None, date=PublicationDate("2031-06-08", "given"), outlet="Hill Post",
        body="Later. " + BODY, sentences=((0, 6), (7, 7 + len(BODY))),
        events=(replace(first.events[0], id="def", sentence=1, trigger=Trigger("freed", 28, 33)),),
        attributions=(),
    )  # fmt: skip
    later = replace(later, events=(replace(later.events[0], attributed_to=()),))
    with Ledger(tmp_path / "l.duckdb") as ledger:
        ledger.record([replace(first, events=(event,)), later])
        ids = [("a1", "abc"), ("a2", "def"), ("a1", "unknown"), ("a1", None)]
        spots = ledger.spots([{"article": one, "event": other} for one, other in ids])
    assert [spot and (spot.sentence, spot.trigger_span) for spot in spots] == [(0, (21, 26)), (1, (28, 33)), None, None]
    assert spots[0] is not None
    assert spots[0].party("state:NOR", "NOR", None, "Oslo") == (14, 20)
    assert spots[0].party(None, "TCD", "CVL", "12 sailors of Chad") is None


def test_a_documents_address_goes_before_its_path_and_is_no_field_of_the_line() -> None:
    given = replace(article(), page="/home/ann/news.jsonl", url="https://news.example/given")
    (record,) = from_article(given)
    assert record.url == record.reports[0].url == "https://news.example/given"
    assert "url" not in given.to_dict()
    (record,) = from_article(replace(given, url="news/1"))
    assert record.url is None
