"""History stands beside what a ledger tells; phrases and rules of the institutions' files."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from rapporteur.errors import KnowledgeError
from rapporteur.institutions.from_ledger import facts, gathered, wanted
from rapporteur.institutions.tellings import Words
from rapporteur.knowledge.institutions import Catalogue, catalogue
from rapporteur.knowledge.ledger_words import ledger_words
from tests.institutions.ledger_rows import event, measure, outcome, report


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue()


HISTORY = """
id: Herring
title: Herring Commission
summary: For tests.
origin: invented
rules: [{id: leaving, citation: Herring Convention Art. 9, text: A party is out six months after its notice.}]
groups: {parties: {members: [NOR, ISL]}}
texts: [{id: Herring Convention, title: Herring Convention, rule: leaving, parties: parties, begins: "1960-01-01"}]
clocks:
  - id: leaving
    title: leaving
    object: Herring Convention Art. 9
    text: Herring Convention
    rule: leaving
    stages: [{months: 6, rule: leaving}]
    then: leave
history:
  - {date: "2030-02-03", type: notify, by: [ISL], object: Herring Convention Art. 9, event: Iceland gave notice}
ledger:
  - view: measures
    kinds: [withdrawal]
    words: ["{names}"]
    also: ["{notice}"]
    by: parties
    gives: notify
    object: Herring Convention Art. 9
    anyhow: true
"""


@pytest.fixture
def herring(tmp_path: Path) -> Catalogue:
    (tmp_path / "herring.yaml").write_text(HISTORY, encoding="utf-8")
    return catalogue(tmp_path)


def test_history_is_added_and_marked(herring: Catalogue) -> None:
    found = gathered(herring, "Herring", [], [], "2030-09-01")
    assert [(f["date"], f["source"]["view"]) for f in found.facts] == [("2030-02-03", "history")]
    assert outcome(herring, "Herring", found, "Herring Convention", "2030-09-01", "ISL")["outcome"] == "withdrawn"
    assert not gathered(herring, "Herring", [], [], "2030-09-01", history=False).facts
    assert not gathered(herring, "Herring", [], [], "2030-09-01", known_by="2030-02-02").facts


def test_what_the_ledger_tells_of_history_is_not_told_twice_but_gets_its_day(herring: Catalogue) -> None:
    said = report("Iceland gave notice of leaving the Herring Convention.", "2030-02-10", "in force")
    row = measure("withdrawal", ["ISL"], [], "Herring Convention", said)
    found = facts(herring, "Herring", [row], [], "2030-09-01")
    assert [(f["date"], f["date_basis"], f["source"]["id"]) for f in found] == [("2030-02-03", "history", "m-1")]


def test_a_year_is_no_longer_than_the_day_that_history_knows(herring: Catalogue) -> None:
    said = report("Iceland gave notice of leaving the Herring Convention.", "2030-12-30", "in force", "r-2030-12-30")
    row = measure("withdrawal", ["ISL"], [], "Herring Convention", said)
    told_year = event("SANCTION", ["ISL"], "gave notice", said, day="2030")
    assert not facts(herring, "Herring", [row], [told_year], "2030-01-31")
    assert [f["date"] for f in facts(herring, "Herring", [row], [told_year], "2030-02-03")] == ["2030-02-03"]


def test_history_knows_who_else_took_part(tmp_path: Path) -> None:
    (tmp_path / "herring.yaml").write_text(HISTORY.replace("by: [ISL]", "by: [ISL, NOR]"), encoding="utf-8")
    known = catalogue(tmp_path)
    said = report("Iceland gave notice on Sunday of leaving the Herring Convention.", "2030-02-05", "in force")
    row = measure("withdrawal", ["ISL"], [], "Herring Convention", said)
    (fact,) = facts(known, "Herring", [row], [], "2030-09-01")
    assert (fact["by"], fact["by_basis"], fact["source"]["view"]) == (["ISL", "NOR"], "history", "measures")


def test_another_act_of_the_same_party_stands_beside_history(herring: Catalogue) -> None:
    said = report("Iceland gave notice on Thursday of leaving the Herring Convention.", "2033-02-11", "in force")
    row = measure("withdrawal", ["ISL"], [], "Herring Convention", said)
    dates = [f["date"] for f in facts(herring, "Herring", [row], [], "2033-09-01")]
    assert dates == ["2030-02-03", "2033-02-10"]


def test_a_late_retelling_without_a_day_is_no_second_act(herring: Catalogue) -> None:
    said = report("Iceland gave notice of leaving the Herring Convention.", "2033-02-11", "in force")
    row = measure("withdrawal", ["ISL"], [], "Herring Convention", said)
    assert [f["date"] for f in facts(herring, "Herring", [row], [], "2033-09-01")] == ["2030-02-03"]


# -- words and rules -------------------------------------------------------------------------------------------


def test_phrases_are_found_by_whole_words_and_capitals_as_they_are() -> None:
    words = Words("Those who left the U.N.'s World Health Organization in Geneva")
    assert words.has(["world health organization"])
    assert words.has(["u.n."])
    assert not words.has(["WHO", "Gene", "left in"])


def test_every_rule_names_groups_lists_and_types_that_there_are(known: Catalogue) -> None:
    from rapporteur.knowledge.case_words import FACT_TYPES

    lists = {"names", *ledger_words().lists}
    ruled = [(i, rule) for i in known.institutions.values() for rule in i.ledger]
    assert len({i.id for i, _ in ruled}) >= 14
    for institution, rule in ruled:
        groups = known.members[institution.id]
        assert rule.by in groups, institution.id
        fixed = {t.id for t in institution.texts} | {c.object for c in institution.clocks}
        assert rule.object is None or "{" in rule.object or rule.object in fixed, (institution.id, rule.object)
        assert all(name in groups or len(name) == 3 for name in rule.targets), institution.id
        assert {rule.gives, rule.ended or rule.gives, rule.threatened or rule.gives} <= set(FACT_TYPES)
        for phrase in (*rule.words, *rule.also, *rule.never, *rule.nowhere, *rule.trigger):
            assert not phrase.startswith("{") or phrase[1:-1] in lists, (institution.id, phrase)


def test_only_rows_that_a_rule_can_use_are_wanted(known: Catalogue) -> None:
    assert wanted(known.institutions["UNSC"]) == {"measures": ("block", "veto")}
    assert "ASSAULT" not in (wanted(known.institutions["EU"])["events"] or ())


def test_a_rule_for_every_kind_wants_all_rows(herring: Catalogue) -> None:
    herring_rules = herring.institutions["Herring"]
    anything = replace(herring_rules, ledger=(replace(herring_rules.ledger[0], kinds=()),))
    assert wanted(anything) == {"measures": None}


def test_a_list_without_phrases_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("origin: invented\nlists: {notice: ['...']}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="list `notice`"):
        ledger_words(file)
