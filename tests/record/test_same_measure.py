"""Which mentions tell of one measure."""

from __future__ import annotations

from typing import Any

import pytest

from rapporteur.model import MeasureMention

from .standing_ledger import Book, measure, page


def count(*mentions: MeasureMention) -> int:
    """How many measures the ledger makes of mentions in articles a month apart."""
    return len(Book(*(page(f"2010-{month:02d}-05", m) for month, m in enumerate(mentions, 1))).measures())


def sanction(**more: Any) -> MeasureMention:
    return measure("sanction", ["CAN"], ["CHL"], **more)


def test_one_package_of_one_side_on_another_is_one_measure() -> None:
    assert count(sanction(object="banks"), sanction(object="copper"), measure("asset freeze", ["CAN"], ["CHL"])) == 1


@pytest.mark.parametrize(
    ("kind", "kin"),
    [
        ("block", "veto"),
        ("sanction", "tariff"),
        ("siege", "blockade"),
        ("ceasefire", "peace deal"),
        ("ban", "travel ban"),
    ],
)
def test_reports_waver_between_kin_kinds(kind: str, kin: str) -> None:
    assert count(*(measure(k, ["CAN"], ["CHL"], "the northern port") for k in (kind, kin))) == 1


def test_kinds_that_are_no_kin_are_two_measures() -> None:
    assert count(sanction(), measure("travel ban", ["CAN"], ["CHL"])) == 2


def test_other_imposers_or_targets_are_other_measures() -> None:
    assert count(sanction(), measure("sanction", ["CAN"], ["PER"]), measure("sanction", ["NZL"], ["CHL"])) == 3


def test_an_untold_side_is_no_contradiction() -> None:
    assert count(sanction(), measure("sanction", [], ["CHL"]), measure("sanction", ["CAN"], [])) == 1


def test_two_mentions_that_share_no_told_side_are_two_measures() -> None:
    assert count(measure("sanction", [], ["CHL"]), measure("sanction", ["CAN"], [])) == 2


def test_organisations_are_told_apart_though_all_are_organisations() -> None:
    assert count(measure("sanction", ["igo:EU"], ["CHL"]), measure("sanction", ["igo:AU"], ["CHL"])) == 2


def test_what_a_withdrawal_is_from_makes_it() -> None:
    pact, force = "the fisheries pact", "its troops from the islands"
    assert count(*(measure("withdrawal", ["CAN"], ["CHL"], object) for object in (pact, force))) == 2
    assert count(*(measure("withdrawal", ["CAN"], ["CHL"], object) for object in (pact, "the fisheries treaty"))) == 1


def test_persons_are_told_apart_by_their_names() -> None:
    names = ["Carla Rojas (CHL)", "Pedro Vidal (CHL)"]
    assert count(*(measure("detention", ["CAN"], [name]) for name in names)) == 2
    assert count(*(measure("detention", ["CAN"], [name]) for name in (names[0], "Rojas (CHL)", "a sailor (CHL)"))) == 1


def test_a_name_outweighs_the_nation_that_a_report_gives() -> None:
    assert (
        count(measure("detention", ["CAN"], ["Carla Rojas (CHL)"]), measure("detention", ["CAN"], ["Rojas (PER)"])) == 1
    )


def test_one_who_is_freed_is_not_one_who_is_held() -> None:
    told = [
        measure("detention", ["CAN"], ["a teacher (CHL)"]),
        measure("detention", ["CAN"], ["Carla Rojas (CHL)"], status="ended"),
    ]
    assert len(Book(page("2012-01-01", *told)).measures()) == 2


def test_sieges_of_two_towns_are_two_sieges() -> None:
    towns = ["Talca", "Osorno"]
    assert count(*(measure("siege", ["CAN"], [f"{town} (CHL)"], f"the siege of {town}") for town in towns)) == 2


def test_onsets_far_apart_are_of_two_measures() -> None:
    def leaves(since: str) -> MeasureMention:
        return measure("withdrawal", ["CAN"], ["CHL"], "the mission", since=since)

    assert count(leaves("2005"), leaves("2009-06")) == 2
    assert count(leaves("2009"), leaves("2009-06")) == 1


def test_a_package_that_is_widened_is_the_same() -> None:
    assert count(sanction(since="2005"), sanction(object="ships", since="2009-06")) == 1


def test_what_stood_before_an_end_is_not_taken_up_after_it() -> None:
    book = Book(
        page("2005-01-05", sanction(since="2004")),
        page("2006-01-05", sanction(status="ended", until="2006-01")),
        page("2007-02-05", sanction(since="2007-02")),
        page("2007-06-05", sanction(status="ended", until="2006-01")),
        page("2007-09-05", sanction()),
    )
    assert [(row["status"], len(row["reports"])) for row in book.measures()] == [("ended", 3), ("in force", 2)]


def test_of_one_day_what_stands_is_taken_up_rather_than_what_has_ended() -> None:
    book = Book(
        page("2007-02-05", sanction(since="2007-02-05 report"), sanction(status="ended")),
        page("2007-02-20", sanction()),
    )
    assert sorted((row["status"], len(row["reports"])) for row in book.measures()) == [("ended", 1), ("in force", 2)]


def test_an_onset_behind_an_end_is_of_a_new_measure() -> None:
    assert count(sanction(status="ended", until="2009-12"), sanction(since="2010-02")) == 2


def test_an_end_before_the_onset_is_of_an_older_measure() -> None:
    book = Book(
        page("2010-01-05", sanction(status="ended", until="2009-12")),
        page("2012-02-05", sanction(since="2012-02")),
        page("2012-03-05", sanction(status="ended", until="2009-12")),
    )
    assert [(row["status"], len(row["reports"])) for row in book.measures()] == [("ended", 2), ("in force", 1)]


def test_one_article_may_tell_of_what_was_lifted_and_of_what_begins() -> None:
    lifted, begins = sanction(status="ended"), sanction(since="2012-03-05 report")
    rows = Book(page("2012-03-05", lifted, begins)).measures()
    assert sorted(row["status"] for row in rows) == ["ended", "in force"]


def test_why_two_mentions_were_joined_is_kept() -> None:
    book = Book(page("2012-03-05", sanction(since="2012-03")), page("2012-04-05", sanction(since="2012-03")))
    ((score, because),) = book.con.execute(
        "SELECT score, because FROM mention_links WHERE parent IS NOT NULL"
    ).fetchall()
    assert score > 0.7
    assert because == "sanction; by CAN; on CHL; the same onset"


def test_words_for_the_kind_are_no_object() -> None:
    told = [
        measure("ceasefire", ["CAN", "PER"], [], "demilitarised zone"),
        measure("ceasefire", ["CAN", "PER"], [], "the last-minute truce"),
    ]
    assert count(*told) == 1


def test_a_threat_against_somebody_else_is_of_another_measure() -> None:
    stands, threat = sanction(object="banks"), measure("sanction", ["CAN"], [], "shipping", status="threatened")
    assert count(stands, threat) == 2


def test_one_article_may_date_the_end_of_what_it_first_tells_as_imposed() -> None:
    imposed, removed = sanction(object="timber"), sanction(status="ended", until="2007-10")
    assert [row["status"] for row in Book(page("2012-03-05", imposed, removed)).measures()] == ["ended"]


def test_one_article_that_lifts_from_some_leaves_what_it_tells_of_others() -> None:
    stands, lifted = measure("sanction", ["CAN"], []), sanction(status="ended")
    rows = Book(page("2012-03-05", stands, lifted)).measures()
    assert sorted(row["status"] for row in rows) == ["ended", "in force"]


def test_an_end_without_a_day_does_not_end_what_stands_since_a_day() -> None:
    book = Book(
        page("2012-03-05", sanction(since="2012-03")),
        page("2012-05-05", sanction(status="ended", until="2009-12")),
        page("2012-06-05", sanction(since="2012-03")),
    )
    assert sorted((row["status"], len(row["reports"])) for row in book.measures()) == [("ended", 1), ("in force", 2)]
