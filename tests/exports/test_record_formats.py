"""The record's views in each format."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import AskError
from rapporteur.exports.record_formats import write
from rapporteur.exports.record_table import show
from rapporteur.record import shapes
from rapporteur.record.why import WHY


def party(name: str | None, code: str | None, text: str = "they") -> dict[str, Any]:
    return {
        "text": text, "start": 3, "end": 7, "code": code, "country": code, "members": [], "sector": "GOV",
        "entity": None, "name": name,
    }  # fmt: skip


def report(article: str, *sources: str, **more: Any) -> dict[str, Any]:
    return {
        "article": article, "event": f"{article}-1", "attributed_to": list(sources), "evidence": [10, 42],
        "published": date(2025, 2, 3), "outlet": "The Herald", "agency": None, "status": "in force",
        "duplicate_of": None, "mention": f"m-{article}", **more,
    }  # fmt: skip


EMBARGO: dict[str, Any] = {
    "id": "m-77", "kind": "embargo", "imposers": [party("Norland", "NOR"), party(None, None, "two allies")],
    "targets": [party("Sudria", "SWE")], "object": "timber; pulp", "through": "the Customs Union",
    "since": {"value": "2025-01", "basis": "inferred"}, "until": None, "ends_when": "once the strait is open",
    "status": "in force", "judgement": None,
    "reports": [report("a1", "a minister", "the Wire"), report("a2"), report("a3", duplicate_of="a2")],
}  # fmt: skip
MEASURES = pa.Table.from_pylist([EMBARGO], schema=shapes.MEASURES)
EVENTS = pa.Table.from_pylist(
    [
        {
            "id": "e-1", "type": "ASSAULT", "mode": "beat", "contexts": [], "actors": [],
            "recipients": [party("Sudria", "SWE")], "status": "negated", "date": None,
            "place": {"name": "Port [bold]North[/]", "country": "NOR", "lat": 1.5, "lon": None},
            "figures": [
                {"what": "injured", "min": 5, "max": None, "text": "at least five", "report": "r", "attributed_to": []},
                {"what": "injured", "min": 7, "max": 7, "text": "seven", "report": "r2", "attributed_to": ["a medic"]},
            ],
            "cameo": "182", "quad": 4, "goldstein": -9.5, "scale": "s", "confidence": 0.7, "trigger": "beat\x1b[2J",
            "articles": 2, "first_published": date(2025, 2, 3), "last_published": date(2025, 2, 4),
            "judgement": None, "reports": [report("a1")],
        }
    ],
    schema=shapes.EVENTS,
)  # fmt: skip
TALKS = pa.Table.from_pylist(
    [
        {
            "id": "t-5", "participants": [party("Norland", "NOR"), party("Sudria", "SWE")], "subject": "fishing rights",
            "place": "Oslo",
            "rounds": [
                {"date": {"value": "2024-11", "basis": "inferred"}, "place": "Oslo", "reports": ["r1", "r2"]},
                {"date": None, "place": None, "reports": ["r3"]},
            ],
            "next": {"date": "2025-03", "place": None}, "status": "under way", "agreed": ["to meet again"],
            "called": [{"by": "Norland", "words": "a first chat", "mention": "x"}], "judgement": "accept",
            "reports": [report("a1")],
        }
    ],
    schema=shapes.TALKS,
)  # fmt: skip
CLAIM = {
    "id": "c-1", "claimant": party("Norland", "NOR"), "source": "the minister", "force": "deny",
    "content": "that ships were boarded", "about": [], "answers": "c-0", "answer": "rejects", "answered_by": ["c-2"],
    "judgement": None, "reports": [report("a1")],
}  # fmt: skip
CLAIMS = pa.Table.from_pylist([CLAIM, {**CLAIM, "id": "c-2", "claimant": None, "answers": None}], schema=shapes.CLAIMS)
ARTICLES = pa.Table.from_pylist(
    [
        {
            "id": "a1", "page": None, "headline": "Ports shut", "date": {"value": None, "basis": "unknown"},
            "published": date(2025, 2, 3), "outlet": "The Herald", "agency": "Wire", "dateline_place": None,
            "duplicate_of": None, "events": 2, "measures": 1, "talks": 0, "claims": 0,
            "recorded": datetime(2025, 2, 4, 5, 6, 7), "version": "1",
        }
    ],
    schema=shapes.ARTICLES,
)  # fmt: skip
PANEL = pa.table(
    {
        "iso3": pa.array(["NOR", "SWE"]).dictionary_encode(),
        "cow": pa.array([385, None], pa.int16()),
        "period": pa.array([date(2025, 1, 1)] * 2),
        "AID": pa.array([0, 3], pa.int32()),
    }
).replace_schema_metadata({"panel": '{"unit": "country"}'})
VIEWS = {"events": EVENTS, "measures": MEASURES, "talks": TALKS, "claims": CLAIMS, "articles": ARTICLES, "panel": PANEL}


def written(table: pa.Table, view: str, form: str) -> bytes:
    stream = io.BytesIO()
    write(table, view, form, stream)
    return stream.getvalue()


def cells(table: pa.Table, view: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(table, view, "csv").decode())))


def picture(table: pa.Table, view: str, width: int = 120) -> str:
    stream = io.StringIO()
    show(table, view, stream, width)
    return stream.getvalue()


# -- JSON Lines -------------------------------------------------------------------------------------------------


def test_a_json_line_is_the_contracts_row_with_what_is_more_behind() -> None:
    (line,) = written(MEASURES, "measures", "jsonl").splitlines()
    row = json.loads(line)
    assert list(row)[:11] == [
        "id", "kind", "imposers", "targets", "object", "through", "since", "until", "ends_when", "status", "judgement",
    ]  # fmt: skip
    assert row["since"] == {"value": "2025-01", "basis": "inferred"}
    assert row["until"] is None
    assert list(row["reports"][0])[:4] == ["article", "event", "attributed_to", "evidence"]
    assert row["reports"][0]["published"] == "2025-02-03"
    assert row["imposers"][1]["code"] is None


@pytest.mark.parametrize("view", VIEWS)
def test_json_lines_keep_every_row_and_field(view: str) -> None:
    rows = [json.loads(line) for line in written(VIEWS[view], view, "jsonl").splitlines()]
    assert rows == json.loads(json.dumps(VIEWS[view].to_pylist(), default=lambda day: day.isoformat()))


# -- CSV --------------------------------------------------------------------------------------------------------


def test_csv_has_a_column_a_field_and_parties_as_names_and_codes() -> None:
    (row,) = cells(MEASURES, "measures")
    assert (row["imposers"], row["imposers_code"]) == ("Norland;two allies", "NOR;")
    assert (row["since"], row["since_basis"], row["until"]) == ("2025-01", "inferred", "")
    assert row["object"] == "timber; pulp"
    assert row["reports_article"] == "a1;a2;a3"
    assert row["reports_attributed_to"] == "a minister | the Wire;;"
    assert row["reports_published"] == "2025-02-03;2025-02-03;2025-02-03"


def test_csv_of_events_talks_and_claims() -> None:
    (event,) = cells(EVENTS, "events")
    assert (event["date"], event["date_basis"]) == ("", "")
    assert (event["place_country"], event["place_lat"], event["place_lon"]) == ("NOR", "1.5", "")
    assert (event["figures_text"], event["figures_min"], event["figures_max"]) == ("at least five;seven", "5;7", ";7")
    (talks,) = cells(TALKS, "talks")
    assert (talks["rounds_date"], talks["rounds_reports"]) == ("2024-11;", "r1 | r2;r3")
    assert (talks["next_date"], talks["next_place"], talks["agreed"]) == ("2025-03", "", "to meet again")
    first, second = cells(CLAIMS, "claims")
    assert (first["claimant"], first["claimant_code"], second["claimant"]) == ("Norland", "NOR", "")


def test_a_semicolon_in_a_value_of_a_list_is_no_border() -> None:
    measure = {**EMBARGO, "imposers": [party("North; South", "NOR")]}
    (row,) = cells(pa.Table.from_pylist([measure], schema=shapes.MEASURES), "measures")
    assert row["imposers"] == "North, South"


def test_csv_of_a_panel_is_numbers_and_empty_cells() -> None:
    assert cells(PANEL, "panel") == [
        {"iso3": "NOR", "cow": "385", "period": "2025-01-01", "AID": "0"},
        {"iso3": "SWE", "cow": "", "period": "2025-01-01", "AID": "3"},
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=9), max_size=3))
def test_whatever_the_text_csv_gives_it_back(texts: list[str]) -> None:
    rows = [{**EMBARGO, "object": text} for text in texts]
    assert [row["object"] for row in cells(pa.Table.from_pylist(rows, schema=shapes.MEASURES), "measures")] == texts


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_without_rows_has_its_header(view: str) -> None:
    header = written(VIEWS[view], view, "csv").splitlines()[0]
    assert written(VIEWS[view].slice(0, 0), view, "csv").splitlines() == [header]
    assert written(VIEWS[view].slice(0, 0), view, "jsonl") == b""


# -- Parquet ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_parquet_is_the_table_and_says_which_view_it_is(view: str) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written(VIEWS[view], view, "parquet")))
    assert table.to_pylist() == VIEWS[view].to_pylist()
    assert table.schema.metadata[b"rapporteur.view"] == view.encode()
    assert table.schema.metadata[b"rapporteur.version"]


def test_parquet_keeps_what_the_table_says_of_itself() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written(PANEL, "panel", "parquet")))
    assert json.loads(table.schema.metadata[b"panel"]) == {"unit": "country"}


# -- the table --------------------------------------------------------------------------------------------------


def test_a_measure_for_people() -> None:
    text = picture(MEASURES, "measures", 160)
    for part in (
        "embargo", "timber; pulp", "Customs Union", "Norland (NOR)", "two allies", "→", "Sudria (SWE)",
        "since 2025-01", "(inferred)", "ends when:", "in force", "3 reports in 2", "a minister", "‹", "m-77",
    ):  # fmt: skip
        assert part in text, part


def test_an_event_for_people() -> None:
    text = picture(EVENTS, "events")
    for part in ("ASSAULT·beat", "(untold) →", "(SWE)", "at least", "five", "seven", "negated"):
        assert part in text, part


def test_talks_and_claims_and_articles_for_people() -> None:
    talks = picture(TALKS, "talks", 160)
    for part in ("Norland (NOR), Sudria (SWE)", "2024-11 (inferred), Oslo", "next: 2025-03", "agreed: to meet again",
                 "Norland: “a first chat”", "judged: accept"):  # fmt: skip
        assert part in talks, part
    claims = picture(CLAIMS, "claims", 160)
    for part in ("Norland (NOR)", "the minister", "rejects c-0", "answered by c-2"):
        assert part in claims, part
    articles = picture(ARTICLES, "articles", 160)
    assert "The Herald (Wire)" in articles
    assert "2 events, 1 measure" in articles


def test_why_for_people() -> None:
    said = {"judgement": "j", "made": datetime(2025, 3, 4), "who": "Ada", "why": "a slip", "verdict": "retype",
            "value": "AID"}  # fmt: skip
    row = {
        "id": "e-1", "what": "event", "mention": "r2", "type": "AID", "status": "actual", "article": "a2",
        "published": date(2025, 2, 3), "headline": None, "outlet": "The Herald", "agency": None, "duplicate_of": None,
        "evidence": [0, 9], "text": "Norland sent tents.", "rules": ["AID.send"], "confidence": 0.9, "parent": "r1",
        "attributions": [{"source": "a clerk", "cue": "said", "kind": "named", "force": "assert"}],
        "score": 0.875, "because": "both parties, one day", "judgements": [said],
    }  # fmt: skip
    text = picture(pa.Table.from_pylist([row], schema=WHY), "why", 160)
    for part in ("Norland sent tents.", "a clerk (assert)", "AID.send", "joined to r1", "(0.88)", "retype", "a slip"):
        assert part in text, part


@pytest.mark.parametrize("view", VIEWS)
def test_what_pages_say_can_neither_steer_the_terminal_nor_be_taken_for_markup(view: str) -> None:
    text = picture(VIEWS[view], view)
    assert "\x1b" not in text
    assert view != "events" or "[bold]North[/]" in picture(EVENTS, "events", 160)


@pytest.mark.parametrize("width", [80, 100, 160])
@pytest.mark.parametrize("view", VIEWS)
def test_no_line_is_longer_than_the_page(view: str, width: int) -> None:
    assert max(map(len, picture(VIEWS[view], view, width).splitlines())) <= width


def test_an_id_is_never_broken_nor_is_a_date() -> None:
    measure = {**EMBARGO, "id": "m-0123456789abcdef0123456", "since": {"value": "2025-01-17", "basis": "stated"}}
    for width in (80, 100, 120, 160):
        text = picture(pa.Table.from_pylist([measure] * 3, schema=shapes.MEASURES), "measures", width)
        assert text.count("m-0123456789abcdef0123456") == text.count("2025-01-17") == 3


def test_an_empty_view_says_so() -> None:
    assert picture(MEASURES.slice(0, 0), "measures") == "No rows.\n"


def test_of_a_long_panel_the_beginning_is_shown_and_the_rest_counted() -> None:
    long = pa.table({"iso3": ["NOR"] * 1200, "AID": list(range(1200))})
    text = picture(long, "panel")
    assert "999" in text
    assert "... and 200 more rows; ask for csv, jsonl or parquet to have them all" in text


def test_the_stream_stays_open_for_what_comes_next() -> None:
    stream = io.BytesIO()
    for form in ("table", "csv", "jsonl", "parquet"):
        write(MEASURES, "measures", form, stream)
    assert not stream.closed


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(AskError, match="format: 'xml' is none; valid: table, jsonl, csv, parquet"):
        write(MEASURES, "measures", "xml", io.BytesIO())
