"""Talks over several reports: rounds, what comes next, how they stand, what they are called."""

from __future__ import annotations

from typing import Any

from rapporteur.model import Called, TalksMention

from .standing_ledger import Book, page, talks, who

SIDES = ["KEN", "UGA"]


def series(*told: tuple[str, TalksMention], as_of: str = "2030-01-01", **asked: Any) -> list[dict[str, Any]]:
    return Book(*(page(day, mention) for day, mention in told)).view("talks", as_of, **asked)


def rounds(row: dict[str, Any]) -> list[str | None]:
    return [round["date"] and round["date"]["value"] for round in row["rounds"]]


def test_rounds_of_several_reports_are_one_series() -> None:
    (row,) = series(
        ("2020-02-03", talks(SIDES, "the lake's fisheries", rounds=["2020-02-01"])),
        ("2020-05-03", talks(SIDES, "fisheries", rounds=["2020-02", "2020-05-02"])),
    )
    assert rounds(row) == ["2020-02-01", "2020-05-02"]
    assert row["status"] == "under way"
    assert [len(round["reports"]) for round in row["rounds"]] == [2, 1]


def test_a_round_told_less_precisely_is_no_second_round() -> None:
    (row,) = series(("2020-03-01", talks(SIDES, "fisheries", rounds=["2020-02", "2020-02-20", "2020"])))
    assert rounds(row) == ["2020-02-20"]


def test_rounds_of_one_month_at_two_places_are_two() -> None:
    (row,) = series(("2020-03-01", talks(SIDES, "fisheries", rounds=["2020-02 Kampala", "2020-02-20 Nairobi"])))
    assert rounds(row) == ["2020-02", "2020-02-20"]


def test_the_next_round_is_no_longer_next_when_its_day_has_passed() -> None:
    told = ("2020-03-01", talks(SIDES, "fisheries", next="2020-04-10"))
    assert series(told, as_of="2020-04-10")[0]["next"] == {"date": "2020-04-10", "place": None}
    assert series(told, as_of="2020-04-11")[0]["next"] is None


def test_planned_talks_stay_planned_until_a_round_is_told() -> None:
    told = [
        ("2020-03-01", talks(SIDES, "fisheries", "planned", next="2020-04-10")),
        ("2020-04-12", talks(SIDES, "fisheries", "concluded", ["2020-04-10"])),
    ]
    assert [series(*told, as_of=day)[0]["status"] for day in ("2020-03-02", "2020-04-11", "2020-04-12")] == [
        "planned", "under way", "concluded",
    ]  # fmt: skip
    assert series(*told, as_of="2020-04-11", known_by="2020-04-11")[0]["status"] == "planned"


def test_a_round_of_tomorrow_is_not_held_yet() -> None:
    (row,) = series(("2020-03-01", talks(SIDES, "fisheries", rounds=["2020-03-09"])), as_of="2020-03-05")
    assert row["rounds"] == []


def test_talks_that_have_failed_are_not_those_that_begin_later() -> None:
    rows = series(
        ("2020-03-01", talks(SIDES, "fisheries", "failed", ["2020-02-20"])),
        ("2020-09-01", talks(SIDES, "fisheries", "under way", ["2020-08-30"])),
    )
    assert [row["status"] for row in rows] == ["failed", "under way"]


def test_a_round_soon_after_one_that_is_over_carries_the_series_on() -> None:
    rows = series(
        ("2020-03-01", talks(SIDES, "fisheries", "concluded", ["2020-02-20"])),
        ("2020-03-30", talks(SIDES, "fisheries", "under way", ["2020-03-29"])),
    )
    assert [rounds(row) for row in rows] == [["2020-02-20", "2020-03-29"]]


def test_a_group_stands_for_its_members() -> None:
    rows = series(
        ("2020-03-01", talks(["KEN", "group:the Four=UGA+RWA+BDI+TZA"], "customs")),
        ("2020-03-05", talks(["KEN", "UGA", "RWA", "BDI", "TZA"], "customs")),
    )
    assert len(rows) == 1


def test_two_of_many_participants_in_common_are_not_enough() -> None:
    rows = series(
        ("2020-03-01", talks(["KEN", "UGA"], "customs")),
        ("2020-03-05", talks(["KEN", "UGA", "RWA", "BDI", "TZA"], "customs")),
    )
    assert len(rows) == 2


def test_another_subject_at_another_place_is_another_series() -> None:
    rows = series(
        ("2020-03-01", talks(SIDES, "fisheries", place="Kampala")),
        ("2020-03-05", talks(SIDES, "extradition of bankers", place="Nairobi")),
    )
    assert len(rows) == 2


def test_where_neither_subject_nor_place_is_told_reports_must_follow_closely() -> None:
    assert len(series(("2020-03-01", talks(SIDES)), ("2020-03-20", talks(SIDES)))) == 1
    assert len(series(("2020-03-01", talks(SIDES)), ("2020-08-20", talks(SIDES)))) == 2


def test_what_was_agreed_and_how_each_side_calls_them() -> None:
    by_kenya, by_uganda = (
        talks(SIDES, "fisheries", called=(Called(who(code)[0], words, 0, 5),), agreed=agreed)
        for code, words, agreed in (("KEN", "negotiations", None), ("UGA", "a chat", "to meet in May"))
    )
    (row,) = series(("2020-03-01", by_kenya), ("2020-03-02", by_uganda), ("2020-03-03", by_uganda))
    assert [(called["by"], called["words"]) for called in row["called"]] == [("KEN", "negotiations"), ("UGA", "a chat")]
    assert row["agreed"] == ["to meet in May"]
