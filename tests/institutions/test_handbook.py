"""docs/institutions.md: made from the catalogue, complete, and a worked example that works."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from rapporteur.institutions import handbook, handbook_bodies
from rapporteur.institutions.answers import ask
from rapporteur.institutions.examples import check_file
from rapporteur.knowledge import institutions
from rapporteur.knowledge.case_words import FACT_FIELDS, FACT_TYPES, KEYS, KINDS, OUTCOMES
from rapporteur.knowledge.institution_members import Member
from rapporteur.knowledge.institutions import Catalogue, Example, Institution, catalogue

PAGE = Path(__file__).parents[2] / "docs" / "institutions.md"
WORKED = catalogue(handbook.WORKED)
VOCABULARY = sorted(
    {*KINDS, *FACT_TYPES, *FACT_FIELDS, *KEYS, *(word for words in OUTCOMES.values() for word in words)}
)
EXAMPLES = WORKED.institutions[handbook.WORKED.stem].examples


def squeezed(text: str) -> str:
    return " ".join(text.split()).replace("\\|", "|")


@pytest.fixture(scope="module")
def page() -> str:
    return handbook.page(catalogue())


def test_the_page_is_up_to_date(page: str) -> None:
    assert PAGE.read_text(encoding="utf-8") == page, "run python tools/institutions_doc.py"


@pytest.mark.parametrize("id", catalogue().institutions)
def test_every_institution_has_a_section_with_all_its_rules(id: str) -> None:
    institution = catalogue().institutions[id]
    section = squeezed(handbook.section(catalogue(), id))
    assert f"### {institution.title} (`{id}`)" in section
    for rule in institution.rules:
        assert squeezed(rule.citation) in section
        assert squeezed(rule.text).removesuffix(".")[1:] in section
    for name in [body.id for body in institution.bodies] + [text.id for text in institution.texts]:
        assert f"`{name}`" in section
    for clock in institution.clocks:
        assert f"`{clock.object}`" in section
    for dispute in institution.disputes:
        assert squeezed(dispute.question) in section
    for limit in institution.limits:
        assert squeezed(limit).removesuffix(".")[1:] in section


def test_the_page_links_to_every_section(page: str) -> None:
    targets = set(re.findall(r'<a id="(.+?)">', page)) | {_anchor(h) for h in re.findall(r"^## (.+)$", page, re.M)}
    links = set(re.findall(r"\]\(#(.+?)\)", page))
    assert links <= targets
    assert set(catalogue().institutions) <= links


def _anchor(heading: str) -> str:
    return heading.lower().replace(" ", "-")


def test_no_place_is_left_unfilled(page: str) -> None:
    assert "{{" not in page
    assert not re.search(r"\bNone\b(?! of)", page)


# -- the part by hand tells the whole vocabulary ---------------------------------------------------------------


@pytest.mark.parametrize("word", VOCABULARY)
def test_every_word_of_the_vocabulary_is_explained(page: str, word: str) -> None:
    rows = [line for line in page.split("## The institutions")[0].splitlines() if line.startswith("|")]
    assert any(f"`{word}`" in row for row in rows)


SCHEMA = [
    kind
    for kind in vars(institutions).values()
    if isinstance(kind, type) and issubclass(kind, institutions.Plain) and kind is not Catalogue
]


@pytest.mark.parametrize("kind", SCHEMA, ids=lambda kind: kind.__name__)
def test_every_key_of_a_file_is_explained(page: str, kind: type[msgspec.Struct]) -> None:
    told = page.split("## How to add an institution")[1].split("## The institutions")[0]
    assert [f.encode_name for f in msgspec.structs.fields(kind) if f"`{f.encode_name}`" not in told] == []


# -- the worked example ----------------------------------------------------------------------------------------


def test_the_worked_example_is_shown_whole(page: str) -> None:
    assert handbook.WORKED.read_text(encoding="utf-8").strip() in page


def test_the_worked_example_passes_its_check() -> None:
    results = check_file(handbook.WORKED)
    assert len(results) == len(EXAMPLES)
    assert all(result.holds for result in results)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_worked_example_answers_as_it_says(example: Example) -> None:
    case = {"institution": handbook.WORKED.stem, "ask": example.ask, "facts": example.facts, "as_of": example.as_of}
    answer = ask(case, WORKED)
    assert {key: answer[key] for key in example.expected} == example.expected


def test_the_opening_question_can_be_asked_as_it_stands(page: str) -> None:
    question, answer = (json.loads(block) for block in re.findall(r"```json\n(.+?)```", page, re.S))
    found = ask(question, WORKED)
    assert {key: found[key] for key in answer} == answer


def test_the_worked_example_has_a_section_like_any_other() -> None:
    section = handbook.section(WORKED, handbook.WORKED.stem)
    assert "Members on 28 November 2026: 5: Canada, Denmark, Iceland, Norway, United Kingdom." in section
    assert "A notice on 31 March 2026 takes effect on 30 June 2026, which is also the last day to stop it." in section
    assert "Answer: **blocked**; `blocked_by` Iceland; `reason` objection." in section


# -- a file with little in it ----------------------------------------------------------------------------------


def test_parts_without_content_are_left_out() -> None:
    bare = Institution(id="Bare", title="Bare", summary="nothing yet", origin="made up", rules=())
    section = handbook.section(msgspec.structs.replace(catalogue(), institutions={"Bare": bare}), "Bare")
    assert re.findall("^#### (.+)$", section, re.M) == ["Rules and sources"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([Member("FRA", "2001-01-01")], "all days from 1 January 2001 on"),
        (
            [Member("FRA", "2001-01-01", "2002-12-31"), Member("TCD", "2003-01-01", "2004-12-31")],
            "1 January 2001 to 31 December 2004",
        ),
        (
            [Member("FRA", "2001-01-01", "2002-12-31"), Member("TCD", "2003-01-02", "2004-12-31")],
            "1 January 2001 to 31 December 2002 and 2 January 2003 to 31 December 2004",
        ),
        ([Member("FRA", None, "2001-12-31"), Member("TCD", "2000-01-01")], "all days"),
        ([], "nobody"),
    ],
)
def test_what_a_table_covers(rows: list[Member], told: str) -> None:
    assert handbook_bodies.covered(rows) == told


# -- what stands on the page's day -----------------------------------------------------------------------------

SMALL = """
id: {id}
title: Convention on the Lanterns of {id}
summary: made up
origin: made up
rules:
  - {{id: basis, citation: Art. 1, text: It stands.}}
  - {{id: notice, citation: Art. 2, text: A party may leave with 10 days' notice.}}
groups:
  parties: {{members: [FRA, TCD, URY]}}
texts:
  - id: lanterns
    title: Convention on Lanterns
    rule: basis
    parties: parties
    begins: "2001-01-01"
    {more}
clocks:
  - id: exit
    title: exit
    object: lanterns Art. 2
    text: lanterns
    rule: notice
    stages: [{{days: 10, rule: notice}}]
    effect: after
    then: leave
history:
  - {{date: "2010-03-01", type: notify, by: [FRA], object: lanterns Art. 2, event: France gives notice}}
"""


def small(folder: Path, more: str, moves: str = "") -> str:
    file = folder / "Lantern.yaml"
    file.write_text(SMALL.format(id="Lantern", more=more) + moves.lstrip("\n"), encoding="utf-8")
    return handbook.section(catalogue(file), "Lantern", "2012-01-01")


def test_a_party_that_has_left_is_not_named(tmp_path: Path) -> None:
    section = small(tmp_path, "names: [lamps]")
    assert "- In force on 1 January 2012, since 1 January 2001, by the known moves of the past." in section
    assert "- Parties on 1 January 2012: 2: Chad, Uruguay." in section
    assert "| 1 March 2010 | France | `notify` | `lanterns Art. 2` | France gives notice |" in section


def test_of_an_ended_text_the_last_parties_are_named(tmp_path: Path) -> None:
    section = small(tmp_path, "sides: [[FRA], [TCD, URY]]\n    sides_rule: basis")
    assert "- No longer in force on 1 January 2012, since 12 March 2010, by the known moves of the past." in section
    assert "- Parties on 11 March 2010: 3: Chad, France, Uruguay." in section


TERM = 'until: "2010-12-31"\n    term: basis\n    extension: {by: [TCD], rule: basis}'
EXTENDED = """
  - {date: "2010-12-01", type: extend, by: [TCD], object: lanterns, event: Chad extends it, until: "2011-06-30"}
"""


def test_of_a_term_that_may_have_been_moved_nothing_is_said(tmp_path: Path) -> None:
    section = small(tmp_path, TERM)
    assert "- Since 1 January 2001; its last day as first set is 31 December 2010. *(Art. 1)*" in section
    assert "by the known moves" not in section


def test_of_a_term_that_was_moved_the_new_end_is_told(tmp_path: Path) -> None:
    section = small(tmp_path, TERM, EXTENDED)
    assert "- No longer in force on 1 January 2012, since 1 July 2011, by the known moves of the past." in section
    assert "- Parties on 30 June 2011: 2: Chad, Uruguay." in section


DISPUTED = """
  - {date: "2010-03-20", type: dispute, by: [URY, TCD], object: lanterns, event: deny that France may leave}
"""


def test_of_a_dispute_each_reading_is_told_with_its_holders(tmp_path: Path) -> None:
    section = small(tmp_path, "sides: [[FRA], [TCD, URY]]\n    sides_rule: basis", DISPUTED)
    (line,) = re.findall("^- In dispute on 1 January 2012: (.+)$", section, re.M)
    assert "no longer in force since 12 March 2010 according to France" in line
    assert "in force since 1 January 2001 according to Chad and Uruguay" in line
