"""Panels: what is counted, where, and for whom."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import AskError
from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.ontology import Ontology
from rapporteur.record.panel import panel

from .panel_rows import Told, by_hand, judge, ledger

TENTH = date(2024, 3, 10)
MARCH = {"since": date(2024, 3, 1), "until": date(2024, 3, 31)}
TYPES = list(Ontology.load().types)


def counts(con: duckdb.DuckDBPyConnection, **asked: Any) -> dict[tuple[Any, ...], int]:
    """The panel's counts that aren't zero, by whose they are, period and class."""
    table = panel(con, **{"unit": "country", "by": "type", "period": "day", **MARCH, **asked}, long=True)
    sides = [name for name in table.column_names if name.startswith("iso3")]
    rows = table.filter(pa.compute.greater(table["count"], 0)).to_pylist()
    return {(*(row[side] for side in sides), row["period"], row["class"]): row["count"] for row in rows}


def test_a_country_panel_has_every_state_day_and_type() -> None:
    table = panel(ledger([Told(("TUR",), ("ISR",), "SANCTION")]), unit="country", by="type", period="day", **MARCH)
    states = [country.iso3 for country in country_codes() if country.kind == "state"]
    assert table.num_rows == len(states) * 31
    assert table.column_names == ["iso3", "cow", "gw", "period", *TYPES, "total", "articles"]
    rows = {(row["iso3"], row["period"]): row for row in table.to_pylist()}
    assert [iso3 for iso3, day in rows if day == TENTH] == states
    assert (rows["TUR", TENTH]["SANCTION"], rows["TUR", TENTH]["total"]) == (1, 1)
    assert sum(row["total"] for row in rows.values()) == 1
    assert (rows["TUR", TENTH]["cow"], rows["TUR", TENTH]["gw"]) == (640, 640)
    assert (rows["PSE", TENTH]["cow"], rows["PSE", TENTH]["gw"]) == (None, None)


def test_by_quad_class_the_types_are_added_up() -> None:
    con = ledger([Told(("TUR",), (), "SANCTION"), Told(("TUR",), (), "COERCE"), Told(("TUR",), (), "REJECT")])
    assert counts(con, by="quad") == {("TUR", TENTH, "material_conflict"): 2, ("TUR", TENTH, "verbal_conflict"): 1}


def test_directed_counts_what_a_country_does_undirected_what_it_takes_part_in() -> None:
    con = ledger([Told(("TUR",), ("ISR", "TUR"), "ACCUSE")])
    assert counts(con) == {("TUR", TENTH, "ACCUSE"): 1}
    assert counts(con, directed=False) == {("TUR", TENTH, "ACCUSE"): 1, ("ISR", TENTH, "ACCUSE"): 1}


def test_two_parties_of_one_country_make_one_act() -> None:
    assert counts(ledger([Told(("TUR", "TUR"), ())])) == {("TUR", TENTH, "CONSULT"): 1}


def test_a_group_is_no_country_unless_its_members_are_asked_for() -> None:
    con = ledger([Told((("DEU", "FRA", "GBR"), "FRA"), ("IRN",), "THREATEN")])
    assert counts(con) == {("FRA", TENTH, "THREATEN"): 1}
    assert counts(con, members=True) == {(c, TENTH, "THREATEN"): 1 for c in ("DEU", "FRA", "GBR")}


def test_an_act_told_by_three_reports_is_one_event_and_three_reports() -> None:
    told = Told(("NOR",), ("SWE",), "AID")
    con = ledger([told, replace(told, article="a2", of=0), replace(told, article="a3", of=1)])
    assert counts(con) == {("NOR", TENTH, "AID"): 1}
    assert counts(con, level="reports") == {("NOR", TENTH, "AID"): 3}


def test_the_reports_of_a_wire_copy_are_not_counted_again() -> None:
    told = Told(("NOR",), ("SWE",), "AID")
    con = ledger([told, replace(told, article="a2", of=0)], copies=["a2"])
    assert counts(con, level="reports") == {("NOR", TENTH, "AID"): 1}
    table = panel(con, unit="country", by="quad", period="day", countries=["NOR"], since=TENTH, until=TENTH)
    assert table["articles"].to_pylist() == [1]


def test_what_an_earlier_reading_said_does_not_count() -> None:
    con = ledger([Told(("NOR",), (), "AID")], unread=[Told(("NOR",), (), "ASSAULT")])
    assert counts(con) == {("NOR", TENTH, "AID"): 1}


def test_reports_that_differ_make_one_act_of_most_reports_type_and_the_narrowest_date() -> None:
    whole = (date(2024, 3, 1), date(2024, 3, 31))
    con = ledger([
        Told(("KEN",), (), "REQUEST", status="future", days=whole),
        Told(("UGA",), (), "ACCUSE", article="a2", of=0, days=(date(2024, 3, 8), date(2024, 3, 8))),
        Told(("KEN",), (), "ACCUSE", article="a3", of=0, days=whole),
    ])  # fmt: skip
    assert counts(con) == {(c, date(2024, 3, 8), "ACCUSE"): 1 for c in ("KEN", "UGA")}


def test_of_as_many_reports_for_either_type_the_earliest_is_believed() -> None:
    con = ledger([
        Told(("KEN",), (), "REQUEST", published=date(2024, 3, 9)),
        Told(("KEN",), (), "ACCUSE", article="a2", of=0, days=(TENTH, TENTH)),
    ])  # fmt: skip
    assert counts(con) == {("KEN", TENTH, "REQUEST"): 1}


def test_a_date_vaguer_than_the_period_counts_when_it_was_first_told_or_not_at_all() -> None:
    march, year = (date(2024, 3, 1), date(2024, 3, 31)), (date(2023, 1, 1), date(2023, 12, 31))
    con = ledger([Told(("KEN",), (), days=march), Told(("KEN",), (), days=year)])
    asked: dict[str, Any] = {"since": date(2023, 1, 1), "until": date(2024, 12, 31)}
    assert counts(con, **asked) == {("KEN", TENTH, "CONSULT"): 1}
    table = panel(con, unit="country", by="type", period="day", **asked)
    assert json.loads(table.schema.metadata[b"panel"])["left_out"] == 1
    by_year = {("KEN", date(2023, 1, 1), "CONSULT"): 1, ("KEN", date(2024, 1, 1), "CONSULT"): 1}
    assert counts(con, **asked, period="year") == by_year


def test_months_and_years_may_be_cut_short_by_the_days_asked_for() -> None:
    con = ledger([Told(("KEN",), (), published=date(2024, 3, d), article=f"a{d}") for d in (5, 15, 25)])
    asked = {"period": "month", "since": date(2024, 3, 10), "until": date(2024, 4, 20)}
    assert counts(con, **asked) == {("KEN", date(2024, 3, 1), "CONSULT"): 2}


def test_only_acts_of_the_status_asked_for_count() -> None:
    con = ledger([Told(("KEN",), ()), Told(("KEN",), (), "AID", status="negated")])
    assert counts(con) == {("KEN", TENTH, "CONSULT"): 1}
    assert counts(con, status="negated") == {("KEN", TENTH, "AID"): 1}
    assert counts(con, status=None) == {("KEN", TENTH, "CONSULT"): 1, ("KEN", TENTH, "AID"): 1}


def test_a_rejected_report_counts_no_more_and_a_retyped_one_as_what_it_is() -> None:
    con = ledger([Told(("KEN",), ()), Told(("UGA",), ())])
    judge(con, "r0", "reject", day=2)
    judge(con, "r1", "retype", "AID", day=3)
    assert counts(con) == {("UGA", TENTH, "AID"): 1}
    assert counts(con, judged_by=date(2024, 4, 2)) == {("UGA", TENTH, "CONSULT"): 1}
    judge(con, "r0", "accept", day=4)
    assert counts(con) == {("UGA", TENTH, "AID"): 1, ("KEN", TENTH, "CONSULT"): 1}


def test_a_dyad_panel_has_the_pairs_that_occur_on_every_day() -> None:
    con = ledger([Told(("TUR",), ("ISR", "EGY"), "SANCTION")])
    table = panel(con, unit="dyad", by="type", period="day", **MARCH)
    assert table.num_rows == 2 * 31
    assert table.column_names[:7] == ["iso3_a", "cow_a", "gw_a", "iso3_b", "cow_b", "gw_b", "period"]
    assert counts(con, unit="dyad") == {("TUR", b, TENTH, "SANCTION"): 1 for b in ("ISR", "EGY")}
    assert counts(con, unit="dyad", directed=False) == {(a, "TUR", TENTH, "SANCTION"): 1 for a in ("EGY", "ISR")}


def test_those_who_meet_do_it_with_each_other() -> None:
    con = ledger([Told(("NOR", "SWE"), (), "CONSULT"), Told(("NOR", "SWE"), (), "ACCUSE")])
    met = {("NOR", "SWE", TENTH, "CONSULT"): 1, ("SWE", "NOR", TENTH, "CONSULT"): 1}
    assert counts(con, unit="dyad") == met
    assert counts(con, unit="dyad", directed=False) == {("NOR", "SWE", TENTH, "CONSULT"): 1}


def test_pairs_asked_for_are_there_with_zeros() -> None:
    con = ledger([Told(("TUR",), ("ISR",), "SANCTION")])
    table = panel(con, unit="dyad", by="quad", period="month", pairs=[("TUR", "ISR"), ("FIN", "PER")], **MARCH)
    rows = [(row["iso3_a"], row["iso3_b"], row["total"]) for row in table.to_pylist()]
    assert rows == [("FIN", "PER", 0), ("TUR", "ISR", 1)]


def test_a_dyad_panel_of_some_countries_is_of_them_alone() -> None:
    con = ledger([Told(("TUR",), ("ISR", "EGY"), "SANCTION")])
    asked = {"unit": "dyad", "countries": ["TUR", "EGY"]}
    assert counts(con, **asked) == {("TUR", "EGY", TENTH, "SANCTION"): 1}


def test_a_ledger_without_acts_gives_zeros_and_no_pairs() -> None:
    con = ledger([])
    assert counts(con) == {}
    assert panel(con, unit="dyad", by="type", period="day", **MARCH).num_rows == 0


def test_the_numbers_are_those_of_the_periods_last_day() -> None:
    asked: dict[str, Any] = {"since": date(1990, 1, 1), "until": date(1990, 12, 31), "countries": ["DEU"]}
    table = panel(ledger([]), unit="country", by="quad", period="month", **asked)
    assert table["cow"].to_pylist() == [260] * 9 + [255] * 3
    assert table["gw"].to_pylist() == [260] * 12


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"unit": "planet"}, "unit: 'planet' is none; valid: country, dyad"),
        ({"by": "mode"}, "by: 'mode' is none; valid: type, quad"),
        ({"status": "done"}, "status: 'done' is none; valid: actual, negated, future, hypothetical"),
        ({"until": date(2024, 2, 1)}, "until: 2024-02-01 is before since, 2024-03-01; give the earlier first"),
        ({"countries": ["TUK"]}, "countries: 'TUK' is unknown; valid: an ISO 3166 alpha-3 code, as TUR; near it: "),
        ({"countries": ["Türkei"]}, "near it: TUR"),
        ({"countries": []}, "countries: there is none; give at least one, or leave them out for all"),
        ({"pairs": [("TUR", "ISR")]}, "pairs: they are for a dyad panel; give countries"),
        ({"unit": "dyad", "pairs": [("TUR", "TUR")]}, "pairs: TUR stands with itself"),
        (
            {"until": date(2124, 2, 1)},
            "198 countries in 36,496 days by 16 classes are 115,619,328 cells, more than 50,000,000; ask for fewer",
        ),
    ],
)
def test_what_cant_be_is_said_in_one_line(asked: dict[str, Any], problem: str) -> None:
    with pytest.raises(AskError) as caught:
        counts(ledger([]), **asked)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


# -- for any ledger ---------------------------------------------------------------------------------------------

CODES = st.sampled_from(["NOR", "SWE", "DNK", "FIN", "IGO", "NSA"])
ACTS = st.builds(
    Told,
    actors=st.lists(CODES, max_size=3).map(tuple),
    recipients=st.lists(CODES, max_size=2).map(tuple),
    type=st.sampled_from(["CONSULT", "AID", "ACCUSE"]),
    published=st.dates(date(2024, 2, 27), date(2024, 4, 3)),
    status=st.sampled_from(["actual", "actual", "future"]),
    article=st.sampled_from(["a1", "a2", "a3"]),
)


@st.composite
def reports(draw: st.DrawFn) -> list[Told]:
    """Reports in the order of their publication, some of which tell an earlier one's act again."""
    found: list[Told] = []
    for told in draw(st.lists(ACTS, max_size=12)):
        of = draw(st.none() | st.integers(0, len(found) - 1)) if found else None
        told = replace(told, article=f"{told.article}-{told.published}")
        if of is not None:
            later = found[of].published + timedelta(draw(st.integers(0, 3)))
            told = replace(found[of], actors=told.actors, published=later, article=f"b{len(found)}-{later}", of=of,
                           days=found[of].days or (found[of].published,) * 2)  # fmt: skip
        found.append(told)
    return found


@given(reports())
@settings(max_examples=40, deadline=None)
def test_a_panel_is_what_is_counted_by_hand(told: list[Told]) -> None:
    known = {"NOR", "SWE", "DNK", "FIN"}
    expected = {key: n for key, n in by_hand(told, MARCH["since"], MARCH["until"]).items() if key[0] in known}
    assert counts(ledger(told)) == expected


@given(reports(), st.dates(date(2024, 2, 27), date(2024, 4, 3)))
@settings(max_examples=25, deadline=None)
def test_known_by_a_day_it_is_the_panel_of_a_ledger_that_holds_no_later_report(told: list[Told], day: date) -> None:
    places = [n for n, report in enumerate(told) if report.published <= day]
    earlier = [replace(told[n], of=None if told[n].of is None else places.index(told[n].of)) for n in places]
    for unit in ("country", "dyad"):
        asked: dict[str, Any] = {"unit": unit, "by": "type", "period": "day", **MARCH, "status": None}
        seen, held = panel(ledger(told), known_by=day, **asked), panel(ledger(earlier), **asked)
        assert seen.to_pylist() == held.to_pylist()


@given(reports())
@settings(max_examples=15, deadline=None)
def test_months_are_the_sum_of_their_days(told: list[Told]) -> None:
    con = ledger(told)
    by_day: dict[tuple[Any, ...], int] = {}
    for (iso3, day, kind), n in counts(con).items():
        key = (iso3, day.replace(day=1), kind)
        by_day[key] = by_day.get(key, 0) + n
    assert counts(con, period="month") == by_day
