"""What there is to ask of an institution by a ledger's facts, whose moves matter, and what a supposed move changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rapporteur import cli
from rapporteur.errors import AskError
from rapporteur.institutions import from_ledger, houses, ledger_case
from rapporteur.knowledge.institutions import Catalogue, catalogue
from rapporteur.record.ledger import Ledger

MATTER, DAY = "depot at the fjord", "2025-06-01"


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue()


def fact(type: str, by: str, day: str = "2025-05-01", object: str = MATTER, **more: Any) -> dict[str, Any]:
    return {"date": day, "type": type, "by": [by], "object": object, "source": {"view": "measures"}, **more}


def compared(known: Catalogue, id: str, facts: list[dict[str, Any]], *what_if: str) -> dict[tuple[str, str], Any]:
    found = ledger_case.compared(known, id, facts, ledger_case.supposed(known, id, what_if), DAY)
    return {(one.ask["kind"], one.ask["object"]): one for one in found}


# -- before and after ------------------------------------------------------------------------------------------


def test_a_supposed_move_changes_what_it_bears_on_and_nothing_else(known: Catalogue) -> None:
    found = compared(known, "NATO", [fact("object", "PRT")], f"PRT lift 2025-05-20 {MATTER}")
    matter = found["decision", MATTER]
    assert (matter.before["outcome"], matter.after["outcome"], matter.changed) == ("blocked", "lifted", True)
    assert not any(one.changed for one in found.values() if one is not matter)


def test_what_changes_comes_first(known: Catalogue) -> None:
    found = list(compared(known, "NATO", [fact("object", "PRT")], f"PRT lift 2025-05-20 {MATTER}").values())
    assert [one.changed for one in found] == sorted((one.changed for one in found), reverse=True)


def test_of_a_decision_that_nobody_had_put_forward_there_is_no_before(known: Catalogue) -> None:
    one = compared(known, "UNSC", [], "UNSC vote 2025-05-20 8-0-7 draft on the quarry")[
        "decision", "draft on the quarry"
    ]
    assert one.before is None and one.changed
    assert one.after["outcome"] == "not_adopted"


def test_a_clock_that_is_set_going_stood_still_before(known: Catalogue) -> None:
    found = compared(known, "NPT", [], "JPN notify 2025-05-20")
    clock = next(one for one in found.values() if one.after["outcome"] == "pending")
    assert clock.before["outcome"] != "pending" and clock.after["deadline"] == "2025-08-20"


def test_a_move_after_the_day_changes_nothing_yet(known: Catalogue) -> None:
    found = compared(known, "NATO", [fact("object", "PRT")], f"PRT lift 2025-06-02 {MATTER}")
    assert not any(one.changed for one in found.values())


def test_the_same_supposed_twice_is_the_same(known: Catalogue) -> None:
    once = compared(known, "NATO", [fact("object", "PRT")], f"PRT object 2025-05-20 {MATTER}")
    assert not once["decision", MATTER].changed


# -- suppositions ----------------------------------------------------------------------------------------------


def test_names_of_bodies_may_hold_spaces(known: Catalogue) -> None:
    (made,) = ledger_case.supposed(known, "EU-QMV", ["EU Council vote 2025-05-20 20-5-2 tariff on wool"])
    assert (made["by"], made["tally"], made["object"]) == (["EU Council"], [20, 5, 2], "tariff on wool")


def test_several_may_act_together(known: Catalogue) -> None:
    (made,) = ledger_case.supposed(known, "NPT", ["JPN, FRA notify 2025-05-20"])
    assert made["by"] == ["JPN", "FRA"]


@pytest.mark.parametrize(
    "text", ["", "notify 2025-05-20", "JPN", "JPN notify", "JPN sing 2025-05-20", "JPN notify soon"]
)
def test_what_cannot_be_read_says_how_to_write_it(known: Catalogue, text: str) -> None:
    with pytest.raises(AskError, match="write it as"):
        ledger_case.supposed(known, "NPT", [text])


# -- who matters -----------------------------------------------------------------------------------------------


def test_who_acts_matters_more_than_who_did_in_history(known: Catalogue) -> None:
    old = {**fact("object", "ISL", "2025-01-01"), "source": {"view": "history"}}
    assert ledger_case.parties_that_matter(known, "NATO", [old, fact("object", "PRT")], [])[:2] == ["PRT", "ISL"]


def test_no_more_matter_than_are_asked_for(known: Catalogue) -> None:
    facts = [fact("object", code) for code in ("PRT", "ISL", "ESP", "ITA")]
    assert len(ledger_case.parties_that_matter(known, "NATO", facts, [], most=2)) == 2


@pytest.mark.parametrize(
    ("outcome", "deadline", "running", "blocked"),
    [("pending", "2025-07-01", True, False), ("pending", None, False, False), ("blocked", None, False, True)],
)
def test_running_and_blocked(outcome: str, deadline: str | None, running: bool, blocked: bool) -> None:
    answer = {"outcome": outcome, "deadline": deadline}
    assert (ledger_case.running(answer), ledger_case.blocked(answer)) == (running, blocked)


# -- who belongs -----------------------------------------------------------------------------------------------


def test_who_belongs_is_told_for_the_day(known: Catalogue) -> None:
    early, late = (houses.circles(known, known.institutions["NATO"], day)[0] for day in ("2022-01-01", DAY))
    assert set(late.members) - set(early.members) == {"FIN", "SWE"}
    assert list(late.members) == sorted(late.members)


@pytest.mark.parametrize("id", sorted(catalogue().institutions))
def test_bodies_and_chairs_may_act_beside_members(known: Catalogue, id: str) -> None:
    institution = known.institutions[id]
    acting = houses.actors(known, institution, DAY)
    assert len(acting) == len(set(acting))
    assert {body.id for body in institution.bodies} <= set(acting)
    assert {office for body in institution.bodies if body.chair for office in body.chair.by} <= set(acting)


# -- what is read of a ledger ----------------------------------------------------------------------------------


def test_the_rows_that_are_read_give_the_facts_that_all_rows_give(known: Catalogue, archive: Ledger) -> None:
    told = 0
    for id, institution in known.institutions.items():
        for day in ("2019-01-01", "2025-06-01"):
            rows: dict[str, list[dict[str, Any]]] = {"measures": [], "events": []}
            for view, types in from_ledger.wanted(institution).items():
                rows[view] = archive.view(view, as_of=day, type=types).to_pylist()
            reports = [report for found in rows.values() for row in found for report in row["reports"]]
            for report, text in zip(reports, archive.sentences(reports), strict=True):
                report["text"] = text
            every = from_ledger.gathered(known, id, rows["measures"], rows["events"], day)
            assert ledger_case.gathered(archive, known, id, day) == every, (id, day)
            told += sum(fact["source"]["view"] != "history" for fact in every.facts)
    assert told


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    path = tmp_path_factory.mktemp("archive") / "news.duckdb"
    examples = Path(__file__).parents[2] / "examples"
    pages = [str(examples / name) for name in ("archive.jsonl", "chronicle.jsonl")]
    with pytest.raises(SystemExit) as ended:
        cli.main(["record", str(path), *pages, "--workers", "1"])
    assert not ended.value.code
    return Ledger(path)
