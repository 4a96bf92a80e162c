"""Articles as rows: nothing that was read is lost, and ids are made from content."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from rapporteur.model import Article, Magnitude, Place, Size
from rapporteur.record.rows import Reading, keys_of, mention_id, reading_id, tables
from rapporteur.record.schema import TABLES, statements

from .made import NOON, by, story, with_mentions

DAY = date(2025, 1, 10)


def rows(*articles: Article) -> dict[str, list[dict[str, Any]]]:
    made = tables([Reading(reading_id(told), told, DAY) for told in articles], NOON, "1.0")
    return {name: table.to_pylist() for name, table in made.items()}


@pytest.fixture(scope="module")
def stored() -> dict[str, list[dict[str, Any]]]:
    return rows(with_mentions(story("a")))


def columns(names: Sequence[str]) -> str:
    return " ".join(names)


def test_tables_fit_the_ledger_s_columns() -> None:
    made = tables([Reading("r", with_mentions(story("a")), DAY)], NOON, "1.0")
    with duckdb.connect() as con:
        for statement in statements():
            con.execute(statement)
        for name, table in made.items():
            con.register("made", table)
            con.execute(f"INSERT INTO {name} SELECT * FROM made")
            stored = con.sql(f"SELECT * FROM {name}").to_arrow_table()
            assert columns(stored.column_names) == columns(table.column_names)
            assert stored.to_pylist() == table.to_pylist()


def test_no_article_makes_no_rows() -> None:
    made = tables([], NOON, "1.0")
    assert {name: table.num_rows for name, table in made.items()} == dict.fromkeys(made, 0)
    assert set(made) < set(TABLES)


def test_a_report_has_all_of_its_event(stored: dict[str, list[dict[str, Any]]]) -> None:
    (report,) = stored["reports"]
    told = story("a")
    body = told.body
    assert body[report["sentence_start"] : report["sentence_end"]] == "Norland met envoys of Sudria, a spokesman said."
    assert body[report["trigger_start"] : report["trigger_end"]] == report["trigger_text"] == "met envoys of"
    assert [party["name"] for party in report["actors"] + report["recipients"]] == ["Norland", "Sudria"]
    assert report["keys"] == ["NOR", "SWE"]
    assert report["attributed_to"] == ["a spokesman"]
    assert (report["report"], report["type"], report["status"]) == ("a-1", "CONSULT", "actual")


@pytest.mark.parametrize(
    ("told", "days", "dated"),
    [
        ("2025-01-03", (date(2025, 1, 3), date(2025, 1, 3)), True),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29)), True),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31)), True),
        (None, (DAY, DAY), False),
        ("soon", (DAY, DAY), False),
    ],
)
def test_an_event_s_days_are_those_of_its_date_else_the_day_of_publication(
    told: str | None, days: tuple[date, date], dated: bool
) -> None:
    plain = story("a")
    event = plain.events[0]
    when = None if told is None else replace_date(event, told)
    (report,) = rows(replace(plain, events=(replace(event, date=when),)))["reports"]
    assert ((report["first_day"], report["last_day"]), report["dated"]) == (days, dated)


def replace_date(event: Any, value: str) -> Any:
    from rapporteur.model import EventDate

    return EventDate(value, "stated")


def test_places_and_figures_are_kept() -> None:
    plain = story("a")
    figures = Magnitude(killed=Size(2, 3, "two or three"), size=Size(None, 500, "up to 500"))
    place = Place("Oslo", "NOR", 59.9, 10.75)
    (report,) = rows(replace(plain, events=(replace(plain.events[0], magnitude=figures, place=place),)))["reports"]
    assert report["place"] == {"name": "Oslo", "country": "NOR", "lat": 59.9, "lon": 10.75}
    assert report["magnitude"] == {
        "killed": {"min": 2, "max": 3, "text": "two or three"},
        "injured": None,
        "arrested": None,
        "size": {"min": None, "max": 500, "text": "up to 500"},
    }


def test_a_mention_s_content_is_its_line_with_the_sources_words(stored: dict[str, list[dict[str, Any]]]) -> None:
    told = with_mentions(story("a"))
    line = told.to_dict()
    measure, again, talks, claim, denial = stored["mentions"]
    assert json.loads(measure["content"]) == line["measures"][0] | {
        "attributed_to": ["a spokesman"],
        "attribution_index": [0],
    }
    assert (measure["what"], measure["kind"], measure["event"], measure["keys"]) == (
        "measure",
        "ban",
        "a-1",
        ["NOR", "SWE"],
    )
    assert (talks["what"], talks["kind"]) == ("talks", "talks")
    assert (claim["kind"], denial["kind"]) == ("assert", "deny")
    assert json.loads(denial["content"])["answers"] == claim["mention"]
    assert json.loads(claim["content"])["attributed_to"] == ["a spokesman"]
    assert again["mention"] != measure["mention"]


def test_a_claim_s_sources_are_the_whole_chain() -> None:
    told = with_mentions(story("a"))
    outer = replace(told.attributions[0], source=((0, 7),))
    nested = replace(told, attributions=(replace(told.attributions[0], parent=1), outer))
    claim = next(row for row in rows(nested)["mentions"] if row["what"] == "claim")
    assert json.loads(claim["content"])["attributed_to"] == ["Norland", "a spokesman"]


def test_an_article_keeps_sentences_and_attributions(stored: dict[str, list[dict[str, Any]]]) -> None:
    (row,) = stored["articles"]
    line = story("a").to_dict()
    assert row["sentences"] == line["sentences"]
    assert json.loads(row["attributions"]) == line["attributions"]
    assert row["body"] == line["body"]


def test_ids_are_made_from_content_alone() -> None:
    told = with_mentions(story("a"))
    assert reading_id(told) == reading_id(replace(told, page="elsewhere.txt"))
    others = [replace(told, headline="Other"), replace(told, events=()), replace(told, claims=()), story("b")]
    ids = {reading_id(other) for other in (told, *others)}
    assert len(ids) == 5
    assert all(re.fullmatch("[0-9a-f]{16}", id) for id in ids)


def test_a_mention_is_told_apart_by_article_kind_span_and_number() -> None:
    first = ("a", "measure", "ban", 0, 10, 0)
    others = [("b", *first[1:]), (*first[:2], "veto", 0, 10, 0), (*first[:4], 11, 0), (*first[:5], 1)]
    assert len({mention_id(*key) for key in (first, *others)}) == 5  # type: ignore[arg-type]


def test_a_mention_keeps_its_id_when_the_article_is_read_otherwise() -> None:
    told = with_mentions(story("a"))
    again = replace(told, headline="Corrected", events=())
    assert [row["mention"] for row in rows(told)["mentions"]] == [row["mention"] for row in rows(again)["mentions"]]


def test_keys_are_codes_countries_and_registry_ids() -> None:
    body = "Norland and Sudria"
    parties = [by(body, "Norland"), replace(by(body, "Sudria"), code="IGO", country=None, entity="igo:X")]
    assert keys_of(parties) == ["IGO", "NOR", "igo:X"]


def test_a_sentence_s_words_are_numbers_that_another_sentence_shares() -> None:
    one, other = rows(story("a"), story("b", act="threatened"))["reports"]
    assert set(one["words"]) & set(other["words"])
    assert one["words"] == sorted(set(one["words"]))
    assert pa.array(one["words"], pa.uint64())
