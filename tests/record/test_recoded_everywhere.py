"""Whom a person named counts as a party wherever parties count, for as long as the judgement does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.errors import AskError
from rapporteur.model import Article, Party
from rapporteur.record.ledger import Ledger

from .made import all_views, story
from .test_judgements import Clock, correct, port
from .test_judgements_recoded import three
from .test_panel_of_ledger import Clock as ByHand

JANUARY: dict[str, Any] = {"by": "quad", "period": "month", "since": "2025-01-01", "until": "2025-01-31"}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Norland meets envoys of Sudria, and nobody else does anything."""
    made = Ledger(tmp_path / "news.duckdb", clock=Clock())
    made.record([story("a")])
    return made


def sides(row: Any) -> tuple[list[str | None], list[str | None]]:
    return [p["code"] for p in row["actors"]], [p["code"] for p in row["recipients"]]


def only(rows: Any) -> Any:
    (row,) = rows.to_pylist()
    return row


def test_a_view_shows_them(ledger: Ledger) -> None:
    correct(ledger, "a-1", "recode", "actors/1=RUS; recipients/+=igo:NATO")
    row = only(ledger.view("events"))
    assert sides(row) == (["RUS"], ["SWE", "IGO"])
    assert only(ledger.latest(limit=5)) == row
    assert row["judgement"] == "recode"


def test_words_stay_where_they_are_and_who_was_added_has_none(ledger: Ledger) -> None:
    trigger = len("Norland ")
    correct(ledger, "a-1", "recode", "actors/1=state:FIN; actors/+=DNK")
    first, second = only(ledger.view("events"))["actors"]
    assert (first["text"], first["start"], first["name"], first["entity"]) == ("Norland", 0, "Finland", "state:FIN")
    assert (second["text"], second["start"], second["end"]) == ("Denmark", trigger, trigger)


def test_a_code_says_whose_the_nameless_are_and_leaves_what_they_are(tmp_path: Path) -> None:
    told = story("a")
    (event,) = told.events
    army = Party("Norland", 0, 7, "NOR", "NOR", sector="MIL")
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([replace(told, events=(replace(event, actors=(army,)),))])
        correct(made, "a-1", "recode", "actors/1=FIN")
        (party,) = only(made.view("events"))["actors"]
    assert (party["code"], party["country"], party["sector"], party["entity"]) == ("FIN", "FIN", "MIL", None)


@pytest.mark.parametrize(("words", "was"), [("Norland", "state:NOR"), ("Finland", "person:nobody-known")])
def test_where_words_stand_for_a_country_it_is_the_country_itself(tmp_path: Path, words: str, was: str) -> None:
    told = story("a")
    (event,) = told.events
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([replace(told, events=(replace(event, actors=(Party(words, 0, 7, "NOR", "NOR", entity=was),)),))])
        correct(made, "a-1", "recode", "actors/1=FIN")
        (party,) = only(made.view("events"))["actors"]
    assert (party["text"], party["name"], party["entity"]) == (words, "Finland", "state:FIN")


def test_members_of_a_group_are_those_of_the_day(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([story("then", "2021-03-01"), story("now", "2024-06-01", "Ostmark")])
        for id in ("then-1", "now-1"):
            correct(made, id, "recode", "actors/1=igo:NATO")
        then, now = (set(row["actors"][0]["members"]) for row in made.view("events").to_pylist())
    assert now - then == {"FIN", "SWE"}


def test_filters_find_the_new_party_and_the_old_one_no_longer(ledger: Ledger) -> None:
    correct(ledger, "a-1", "recode", "actors/1=RUS")
    assert ledger.view("events", actor="Russia").num_rows == 1
    assert ledger.view("events", country="Russia").num_rows == 1
    assert ledger.view("events", actor="NOR").num_rows == 0
    assert ledger.view("events", actor="RUS", with_="SWE").num_rows == 1
    assert ledger.view("events", actor="NOR", with_="SWE").num_rows == 0


def test_two_parties_are_asked_for_by_what_they_were_judged_to_be(ledger: Ledger) -> None:
    """Where one party may have both keys, the parties themselves are looked at."""
    assert ledger.view("events", actor="igo:NATO", with_="IGO").num_rows == 0
    correct(ledger, "a-1", "recode", "actors/1=igo:NATO")
    assert ledger.view("events", actor="igo:NATO", with_="IGO").num_rows == 0
    correct(ledger, "a-1", "recode", "recipients/1=igo:UN")
    assert ledger.view("events", actor="igo:NATO", with_="IGO").num_rows == 1


def test_counts_of_who_acts_are_of_them(ledger: Ledger) -> None:
    correct(ledger, "a-1", "recode", "actors/1=RUS; recipients/1=igo:NATO")
    assert {one.key for one in ledger.acting()} == {"RUS", "igo:NATO"}
    assert dict(ledger.facets().actors) == {"RUS": 1, "igo:NATO": 1}
    (one,) = ledger.counterparts(actor="RUS")
    assert (one.key, one.gives) == ("igo:NATO", (1, 0))
    assert ledger.counterparts(actor="NOR") == []


@pytest.mark.parametrize("level", ["events", "reports"])
def test_panels_count_them(ledger: Ledger, level: Any) -> None:
    def total(**asked: Any) -> list[int]:
        counted: list[int] = ledger.panel(**JANUARY, level=level, **asked)["total"].to_pylist()
        return counted

    correct(ledger, "a-1", "recode", "actors/1=RUS; recipients/1=igo:NATO")
    assert total(unit="country", countries=["NOR", "RUS"]) == [0, 1]
    assert total(unit="dyad", pairs=[("RUS", "FRA")]) == [0]
    assert total(unit="dyad", pairs=[("RUS", "FRA")], members=True) == [1]
    assert total(unit="country", countries=["NOR", "RUS"], judged_by="2025-05-31") == [1, 0]


def test_what_stands_behind_a_row_is_told_with_them(ledger: Ledger) -> None:
    said = correct(ledger, "a-1", "recode", "actors/1=RUS; recipients/1=")
    row = only(ledger.why("e-a-1"))
    assert sides(row) == (["RUS"], [])
    (judgement,) = row["judgements"]
    assert (judgement["value"], judgement["undone_by"]) == ("actors/1=RUS; recipients/1=", None)
    undo = correct(ledger, said, "undo")
    row = only(ledger.why("e-a-1"))
    assert sides(row) == (["NOR"], ["SWE"])
    assert [one["undone_by"] for one in row["judgements"]] == [undo, None]


def test_the_queue_and_the_gold_have_them(ledger: Ledger) -> None:
    correct(ledger, "a-1", "recode", "recipients/1=; actors/1=RUS")
    assert ledger.queue() == []
    row = ledger.report("a-1")
    assert (sides(row), row["recoded"]) == ((["RUS"], []), True)
    (document,) = ledger.gold()
    assert document["events"][0]["actors"] == [{"text": "Norland", "code": "RUS"}]
    assert document["events"][0]["recipients"] == []
    correct(ledger, "a-1", "undo")
    assert [(row["report"], row["recoded"]) for row in ledger.queue()] == [("a-1", False)]
    assert ledger.gold() == []


def test_what_is_said_of_one_party_leaves_what_was_said_of_another(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([three()])
        correct(made, "a-1", "recode", "actors/1=")
        second = correct(made, "a-1", "recode", "actors/1=RUS")  # which is the second that was read
        assert sides(only(made.view("events"))) == (["RUS"], ["SWE"])
        correct(made, "a-1", "recode", "actors/1=DNK")
        assert sides(only(made.view("events"))) == (["DNK"], ["SWE"])
        correct(made, "a-1", "undo")
        correct(made, second, "undo")
        assert sides(only(made.view("events"))) == (["AUT"], ["SWE"])


def test_who_was_added_is_taken_away_by_an_undo_alone(ledger: Ledger) -> None:
    said = correct(ledger, "a-1", "recode", "actors/+=RUS")
    with pytest.raises(AskError, match=f"actors/2=: that one was added by judgement {said}; undo that"):
        correct(ledger, "a-1", "recode", "actors/2=")


def test_of_a_user_s_own_actors_the_ledger_knows_what_it_has_read(tmp_path: Path) -> None:
    told = story("a")
    (event,) = told.events
    own = Party("Norland", 0, 7, "NOR", "NOR", entity="org:harbour-board", name="Harbour Board", sector="BUS")
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([replace(told, events=(replace(event, actors=(own,)),)), story("b", "2025-02-01", "Ostmark")])
        correct(made, "b-1", "recode", "actors/1=org:harbour-board")
        assert made.view("events", actor="org:harbour-board").num_rows == 2
        (party,) = made.view("events", ids="e-b-1").to_pylist()[0]["actors"]
    assert (party["name"], party["text"], party["code"]) == ("Harbour Board", "Ostmark", "NOR")


# -- other readings ----------------------------------------------------------------------------------------------


def told_with(change: Callable[[tuple[Party, ...]], tuple[Party, ...]]) -> Article:
    """The article of ``three``, in which another version of the reader finds other actors."""
    told = three()
    (event,) = told.events
    return replace(told, events=(replace(event, actors=change(event.actors)),), agency="Wire")


def test_it_follows_its_party_when_the_article_is_read_otherwise(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([three()])
        correct(made, "a-1", "recode", "actors/2=state:RUS")
        made.record([told_with(lambda actors: actors[::-1])])
        assert sides(only(made.view("events"))) == (["RUS", "NOR"], ["SWE"])


def test_who_is_no_longer_read_is_still_the_one_that_was_named(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([three()])
        correct(made, "a-1", "recode", "actors/2=RUS; actors/1=")
        made.record([told_with(lambda actors: ())])
        assert sides(only(made.view("events"))) == (["RUS"], ["SWE"])


def test_what_is_said_later_is_said_of_the_later_reading(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([three()])
        made.record([told_with(lambda actors: actors[1:])])
        correct(made, "a-1", "recode", "actors/1=RUS")
        assert sides(only(made.view("events"))) == (["RUS"], ["SWE"])
        made.record([told_with(lambda actors: actors)])
        assert sides(only(made.view("events"))) == (["NOR", "RUS"], ["SWE"])


# -- undone ------------------------------------------------------------------------------------------------------

SAID = st.sampled_from(
    [
        ("accept", None), ("reject", None), ("retype", "COERCE"), ("split", None), ("merge", "e-far-1"),
        ("recode", "actors/1=RUS"), ("recode", "recipients/1="), ("recode", "actors/+=igo:NATO; recipients/+=FIN"),
    ]
)  # fmt: skip
TARGETS = st.sampled_from(["a-1", "b-1", "e-a-1"])


def seen(ledger: Ledger, **asked: Any) -> list[Any]:
    """All that depends on judgements."""
    panel = ledger.panel(**JANUARY, unit="country", countries=["NOR", "RUS", "SWE"], **asked)
    links = ["SELECT report, parent, event, because FROM report_links ORDER BY report"] if not asked else []
    with ledger._store.reading() as con:
        stored = [con.execute(query).fetchall() for query in links]
    shown = [ledger.facets(**asked), ledger.acting(**asked), ledger.counterparts(actor="NOR", **asked)]
    return [all_views(ledger, as_of="2025-06-01", **asked), panel.to_pylist(), *shown, *stored]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TARGETS, SAID), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_an_undo_of_all_that_was_said_restores_everything(said: list[Any], chance: Any) -> None:
    with TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "news.duckdb", clock=Clock())
        ledger.record([port("a", "2025-01-10"), port("b", "2025-01-11"), story("far", "2025-01-29")])
        before, made = seen(ledger), []
        for target, (verdict, value) in said:
            try:
                made.append(correct(ledger, target, verdict, value))
            except AskError:
                continue  # nothing to split, no such party any more
        after = seen(ledger)
        undos = [correct(ledger, id, "undo") for id in chance.sample(made, len(made))]
        assert seen(ledger) == before
        for undo in undos:
            correct(ledger, undo, "undo")
        assert seen(ledger) == after


def test_what_was_judged_by_a_day_is_told_without_later_undos(tmp_path: Path) -> None:
    clock = ByHand()
    ledger = Ledger(tmp_path / "news.duckdb", clock=clock)
    ledger.record([port("a", "2025-01-10"), port("b", "2025-01-11"), story("far", "2025-01-29")])
    states = {"2025-06-01": seen(ledger, judged_by="2025-06-01")}
    steps: list[tuple[str, str, str | None]] = [
        ("b-1", "split", None), ("a-1", "recode", "actors/1=RUS"), ("e-far-1", "merge", "a-1"), ("far-1", "undo", None),
        ("a-1", "undo", None), ("b-1", "undo", None),
    ]  # fmt: skip
    for clock.day, (id, verdict, value) in enumerate(steps, 2):
        correct(ledger, id, verdict, value)
        day = f"2025-06-{clock.day:02d}"
        states[day] = seen(ledger, judged_by=day)
        assert states[day][0] == all_views(ledger, as_of="2025-06-01")
    for earlier, later in ((1, 7), (2, 6), (3, 5)):
        assert states[f"2025-06-{earlier:02d}"] == states[f"2025-06-{later:02d}"]
    for day, state in states.items():
        assert seen(ledger, judged_by=day) == state
    assert len({repr(state) for state in states.values()}) == 4


def test_a_ledger_of_the_first_version_takes_both(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent / "ledgers" / "v1.duckdb", tmp_path / "old.duckdb")
    ledger = Ledger(tmp_path / "old.duckdb", create=False, clock=Clock())
    first = ledger.view("events").to_pylist()[0]
    correct(ledger, first["id"], "recode", "actors/+=RUS")
    assert first["id"] in ledger.view("events", actor="RUS")["id"].to_pylist()
    correct(ledger, first["id"], "undo")
    assert ledger.view("events").to_pylist()[0] == first


def test_a_report_s_spot_is_that_of_the_words_whoever_they_mean(ledger: Ledger) -> None:
    correct(ledger, "a-1", "recode", "actors/1=RUS; actors/+=DNK")
    row = only(ledger.view("events"))
    (spot,) = ledger.spots(row["reports"])
    assert spot is not None
    places = [spot.party(p["entity"], p["code"], p["sector"], p["text"]) for p in row["actors"]]
    named = {p["text"]: place for p, place in zip(row["actors"], places, strict=True)}
    assert named == {"Norland": (0, 7), "Denmark": None}
