"""The whole reading: the example pages against stored output, documents, streams, and what can't be coded.

The stored tables are what the command line prints at 110 columns. After a change that alters them, write them anew with
``python tools/golden.py`` and read the difference: it is the change as a user sees it.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from rich.console import Console

import rapporteur
from rapporteur import Article, InputError, LineError, PageError, Party, Reader
from rapporteur.exports import jsonl, table

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = ("gaza-and-geneva.txt", "documents.jsonl", "chronicle.jsonl")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def table_of(reader: Reader, name: str) -> str:
    """The table that ``rapporteur read examples/NAME`` prints, 110 columns wide."""
    out = io.StringIO()
    console = Console(file=out, width=110, color_system=None, force_terminal=False)
    for item in reader.read_paths([str(ROOT / "examples" / name)]):
        assert isinstance(item, Article), str(item)
        table.show(item, console)
    return out.getvalue().replace(str(ROOT) + "/", "")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_read_as_reviewed(reader: Reader, name: str) -> None:
    assert table_of(reader, name) == (GOLDEN / f"{name}.table").read_text(encoding="utf-8")


def test_what_lasts_points_at_its_words_too(reader: Reader) -> None:
    told = 0
    for article in articles(reader):
        for measure in article.measures:
            holding, parties = measure.evidence, (*measure.imposers, *measure.targets)
            check_span(article, holding, parties)
            assert measure.rules and all(0 <= i < len(article.attributions) for i in measure.attributed_to)
            told += 1
        for talks in article.talks:
            check_span(article, talks.evidence, talks.participants)
            assert all(article.body[c.start : c.end] == c.words for c in talks.called)
        for claim in article.claims:
            check_span(article, claim.evidence, [claim.claimant] if claim.claimant else [])
            assert claim.answers is None or 0 <= claim.answers < len(article.claims)
    assert told


def check_span(article: Article, holding: tuple[int, int], parties: Sequence[Party]) -> None:
    """The evidence lies in one sentence at least, and each party's words are the body's."""
    start, end = holding
    assert 0 <= start < end <= len(article.body)
    assert any(s < end and start < e for s, e in article.sentences)
    for party in parties:
        assert article.body[party.start : party.end] == party.text


def test_every_fact_points_at_its_words(reader: Reader) -> None:
    for article in articles(reader):
        for event in article.events:
            start, end = article.sentences[event.sentence]
            assert article.body[event.trigger.start : event.trigger.end] == event.trigger.text
            assert start <= event.trigger.start < end
            assert event.rules and 0 <= event.confidence <= 1
            assert all(0 <= i < len(article.attributions) for i in event.attributed_to)
            for party in (*event.actors, *event.recipients):
                assert article.body[party.start : party.end] == party.text
        for attribution in article.attributions:
            for start, end in (*attribution.source, *attribution.cue, *attribution.content):
                assert 0 <= start < end <= len(article.body)


def articles(reader: Reader) -> Iterator[Article]:
    for item in reader.read_paths([str(ROOT / "examples")]):
        assert isinstance(item, Article)
        yield item


def test_two_stories_and_what_they_tell(reader: Reader) -> None:
    first, second = reader.read((ROOT / "examples" / EXAMPLES[0]).read_bytes())
    told = {(e.type, *(p.code for p in e.actors), "->", *(p.code for p in e.recipients)) for e in first.events}
    assert ("REJECT", "TUR", "->", "ISR") in told
    assert ("SANCTION", "TUR", "->", "ISR") in told
    assert ("REQUEST", "ISR", "->", "IGO") in told
    threats = [e for e in second.events if e.type == "THREATEN"]
    assert [p.code for e in threats for p in e.actors] == ["IRN"]
    veto = next(e for e in first.events if e.type == "REJECT")
    assert veto.date is not None and veto.date.value == "2023-10"
    sources = [first.attributions[i] for i in veto.attributed_to]
    assert [s.kind for s in sources] == ["anonymous"]
    assert [s.party.code for s in sources if s.party] == [None]  # nobody says where "three people" are from


def test_documents_are_taken_as_they_are(reader: Reader) -> None:
    text = "  Kenya expelled two envoys of Chad on Monday.\n\nNothing else happened. "
    article = reader.read_document({"id": "k1", "text": text, "date": "2024-05-15"})
    assert (article.id, article.body, article.date.basis) == ("k1", text, "given")
    (event,) = article.events
    assert (event.type, event.date and event.date.value) == ("SANCTION", "2024-05-13")


def test_a_dateline_is_nobodys_act(reader: Reader) -> None:
    article = reader.read_document({"id": "d", "text": "UNITED NATIONS, Nov 18 - Russia vetoed the resolution."})
    assert [p.code for e in article.events for p in e.actors] == ["RUS"]


def test_number_of_workers_changes_nothing(reader: Reader) -> None:
    lines = [json.loads(line) for line in (ROOT / "examples" / EXAMPLES[1]).read_text().splitlines()]
    records = [{**line, "id": f"{line['id']}-{n}"} for n in range(4) for line in lines]
    alone = [jsonl.to_line(a) for a in reader.read_documents(records)]
    together = [jsonl.to_line(a) for a in reader.read_documents(records, workers=2)]
    assert alone == together == [jsonl.to_line(a) for a in reader.read_documents(records)]


def test_another_language_is_said_and_not_coded(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    text = "Der Minister sagte am Montag, dass die Gespräche mit den Rebellen in Genf gescheitert seien. " * 3
    with caplog.at_level(logging.WARNING, logger="rapporteur"):
        article = reader.read_document({"id": "g", "text": text})
    assert article.body == text and article.events == () and "only English is coded" in caplog.text


def test_one_bad_thing_costs_one_thing(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "1", "text": "Kenya expelled two envoys of Chad."}\n{"id": 2, "tex\n{"id": "3", "text": "Mali left."}\n'
    )
    (tmp_path / "b.txt").write_bytes(b"")
    items = list(reader.read_paths([str(tmp_path), "nowhere.txt"]))
    assert [i.id for i in items if isinstance(i, Article)] == ["1", "3"]
    problems = [i for i in items if isinstance(i, InputError)]
    assert [type(p) for p in problems] == [LineError, PageError, PageError]
    assert problems[0].where.endswith("a.jsonl:2")


def test_reading_in_one_call() -> None:
    (article,) = rapporteur.read(
        "Kenya expels envoys of Chad\n\nKenya expelled two envoys of Chad on Monday after a row over fishing rights "
        "on the "
        "lake. Chad called the decision an insult and promised to answer it soon, its foreign minister said.\n",
        date="2024-05-15",
    )
    assert article.headline == "Kenya expels envoys of Chad"
    assert [e.type for e in article.events][:1] == ["SANCTION"]
    with pytest.raises(PageError):
        rapporteur.read("")


def test_the_seed_page(reader: Reader, shared: Path) -> None:
    page = next((shared / "seeds").glob("*.txt"))
    first, second = reader.read(page.read_bytes(), page=page.name)
    assert first.headline is not None and first.headline.startswith("Türkiye")
    assert second.headline is not None and second.headline.startswith("Iran")
    told = {
        (e.type, e.status, *(p.code for p in e.actors), "->", *(p.code for p in e.recipients)) for e in first.events
    }
    assert ("REJECT", "actual", "TUR", "->", "ISR") in told
    assert ("SANCTION", "actual", "TUR", "->", "ISR") in told
    assert ("REQUEST", "actual", "ISR", "->", "IGO") in told
    blocked = first.events[0]
    chain = [first.body[s:e] for i in blocked.attributed_to for s, e in first.attributions[i].source]
    assert chain[0] == "Reuters" and chain[1].startswith("sources")
    later = {(e.type, *(p.code for p in e.actors), "->", *(p.code for p in e.recipients)) for e in second.events}
    assert ("CONSULT", "IRN", "GBR", "FRA", "DEU", "->") in later
    assert ("SANCTION", "USA", "->", "IRN") in later
    assert any(e.type == "THREATEN" and e.actors[0].code == "IRN" for e in second.events)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Air strikes by Polish planes have killed more than 20 civilians in Chad.", ["POL"]),
        ("An attack on a Peruvian base killed two soldiers.", []),
        ("Rockets from Peru killed two Polish soldiers.", ["PER"]),
    ],
)
def test_a_deed_as_subject_acts_for_its_doer_and_never_for_its_target(
    reader: Reader, text: str, actors: list[str]
) -> None:
    events = reader.read_document({"id": "1", "text": text, "date": "2024-05-13"}).to_dict()["events"]
    assert [[p["code"] for p in e["actors"]] for e in events] == [actors]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Chad's government said it had rejected Mali's offer of mediation.", ["Chad's government"]),
        ("Chad's government said it rejects Mali's offer of mediation.", []),
        ("Chad's ministers said they are ready to help Mali's government.", []),
        ("“We urge Mali to withdraw its troops,” Chad's foreign minister said.", []),
        ("“Mali urges us to withdraw our troops,” Chad's foreign minister said.", ["Chad's foreign minister"]),
    ],
)
def test_saying_so_can_be_the_act_itself(reader: Reader, text: str, sources: list[str]) -> None:
    article = reader.read_document({"id": "a", "text": text})
    assert article.events
    named = [article.attributions[n].source for event in article.events for n in event.attributed_to]
    assert [article.body[start:end] for ((start, end),) in named] == sources


def test_who_blocks_the_cooperation_of_its_own_alliance_acts_on_the_other(reader: Reader) -> None:
    text = "Hungary blocked EU-Serbia cooperation on Monday, diplomats said."
    (event,) = reader.read_document({"id": "1", "text": text, "date": "2024-05-15"}).events
    assert ([p.code for p in event.actors], [p.code for p in event.recipients]) == (["HUN"], ["SRB"])
