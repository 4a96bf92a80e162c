"""Institutions' files: all that ship can be used, and a mistake in one is said with its line and with what is valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.institutions import cases
from rapporteur.knowledge import case_words, institutions
from rapporteur.knowledge.files import load_yaml
from rapporteur.knowledge.institution_exits import exits
from rapporteur.knowledge.institution_names import RuleId, is_date, named
from rapporteur.knowledge.institutions import FOLDER, Catalogue, Institution, catalogue, institution_files

SHIPPED = institution_files(FOLDER)

#: A council of four islands that has most parts that there are: what a mistake is made in.
FILE = """\
id: Islands
title: Council of the Islands
summary: Four islands decide together on the straits between them.
origin: written for a test
rules:
  - id: consensus
    citation: Islands Compact Art. 2
    text: One island's objection stops a decision.
  - id: votes
    citation: Islands Compact Art. 3
    text: Money needs the Yes of three of four; the two large islands have a veto.
  - id: notice
    citation: Islands Compact Art. 9
    text: An island is out forty days after its notice.
  - id: straits
    citation: Islands Compact Art. 1
    text: The Compact is in force since its first day.
  - id: greeting
    citation: Islands Compact, preamble
    text: The islands greet each other.
    informative: true
groups:
  islands: {members: [AAA, BBB, CCC, DDD]}
  large: {group: islands, only: [AAA, BBB]}
bodies:
  - id: Council
    title: Council
    members: islands
    decision: {pattern: consensus, rule: consensus}
    silence: {by: [Chair], rule: consensus}
  - id: Treasury
    title: Treasury
    members: islands
    decision:
      pattern: threshold and veto
      needed: [{yes: 2, of: 3, until: "1999-12-31"}, {yes: 3, of: 4}]
      veto: large
      rule: votes
      veto_rule: votes
      abstention: votes
      procedural: votes
days:
  - {name: First Day, date: "1980-01-01"}
texts:
  - id: Compact
    title: Compact of the Islands
    names: [Islands Compact]
    rule: straits
    parties: islands
    begins: First Day
    sides: [[AAA, CCC], [BBB, DDD]]
    sides_rule: straits
    extension: {by: [sides], rule: straits, times: 1}
  - {id: Toll, title: Toll, rule: straits, begins: "1990-05-01"}
clocks:
  - id: leaving
    title: leaving
    object: Compact Art. 9
    text: Compact
    rule: notice
    stages: [{days: 40, rule: notice}]
    then: leave
    take_back: notice
  - id: toll
    title: return of the toll
    object: toll notice
    text: Toll
    rule: notice
    standing: Compact
    standing_rule: notice
    stages: [{months: 2, rule: notice}]
    hour: "00:00"
    then: apply
    applies: [Toll]
    stopped_by: {by: Council, rule: consensus}
disputes:
  - id: toll
    question: Does the toll stand?
    rule: straits
    readings: [[it_stands, "Yes (AAA)"], [it_fell, "No (BBB)"]]
history:
  - {date: "1991-02-01", type: suspend, by: [DDD], object: Compact, event: stops performing}
examples:
  - id: out
    question: DDD gives notice. Is it out on the day?
    ask: {kind: status, object: Compact, party: DDD}
    facts:
      - {date: "2001-01-01", type: notify, event: notice, by: [DDD], object: Compact}
    as_of: "2001-02-10"
    expected: {outcome: withdrawn}
"""


def written(folder: Path, old: str = "", new: str = "") -> Path:
    """The file of the islands with ``old`` changed to ``new``."""
    assert old in FILE
    path = folder / "islands.yaml"
    path.write_text(FILE.replace(old, new, 1) if old else FILE, encoding="utf-8")
    return path


def line_of(path: Path, words: str) -> int:
    """The last line with these words; of two equal names the second is the mistake."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, 1) if words in line)


# -- what ships ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_file_says_what_it_is_and_where_each_rule_is_written(path: Path) -> None:
    institution = load_yaml(path, Institution)

    assert institution.id == path.stem
    assert len(institution.summary) > 20
    assert "compiled by hand" in institution.origin
    assert institution.limits, "say what the model leaves out"
    assert len(institution.examples) >= 3
    for rule in institution.rules:
        assert len(rule.citation) > 5
        assert rule.text.endswith(".")
        assert not re.match(r"Vienna Convention|TEU|TFEU|UN Charter", rule.text), "a citation in the place of the text"


def test_all_shipped_institutions_load_together() -> None:
    known = catalogue()

    assert len(known.institutions) == len(SHIPPED) == 24
    assert set(known.members) == set(known.institutions)


def test_every_clock_and_every_body_of_a_shipped_file_is_in_one_of_its_examples() -> None:
    for institution in catalogue().institutions.values():
        told = {fact["object"] for example in institution.examples for fact in example.facts}
        told |= {str(example.ask["object"]) for example in institution.examples}
        actors = {actor for example in institution.examples for fact in example.facts for actor in fact["by"]}
        for clock in institution.clocks:
            texts = next((text.names for text in institution.texts if text.id == clock.text), ())
            assert told & {clock.object, clock.text, *clock.names, *texts}, (institution.id, clock.id)
        for body in institution.bodies:
            chairs = set(body.silence.by) if body.silence else set()
            assert actors & {body.id, *chairs}, (institution.id, body.id)


def test_the_vocabulary_is_one() -> None:
    assert cases.FACT_TYPES is case_words.FACT_TYPES
    assert cases.KINDS is case_words.KINDS


# -- somebody's own file ---------------------------------------------------------------------------------------


def test_a_right_file_joins_the_shipped_ones(tmp_path: Path) -> None:
    known = catalogue(written(tmp_path))

    assert known.institutions["Islands"].title == "Council of the Islands"
    assert known.membership("Islands", "large").on("2000-01-01") == {"AAA", "BBB"}
    assert "UNSC" in known.institutions


def test_a_shipped_file_may_be_named_again() -> None:
    assert catalogue(SHIPPED[0]).institutions == catalogue().institutions


def test_an_own_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    known = catalogue(written(tmp_path, "id: Islands\n", "id: INF\n"))

    assert known.institutions["INF"].title == "Council of the Islands"
    assert [move.object for move in known.history["INF"]] == ["Compact"], "no exits from the text that is gone"


MISTAKES = [
    # each: what stands there, what is put there instead, where that stands, what is said
    ("  - id: votes\n", "  - id: consensus\n", "  - id: consensus", "`consensus` stands twice under `rules`"),
    ("  - id: Treasury", "  - id: Council", "  - id: Council", "`Council` stands twice under `bodies`"),
    (
        "  - id: toll\n    title",
        "  - id: leaving\n    title",
        "  - id: leaving",
        "`leaving` stands twice under `clocks`",
    ),
    ("{id: Toll, title: Toll", "{id: Compact, title: Toll", "title: Toll,", "`Compact` stands twice under `texts`"),
    ("object: toll notice", "object: Islands compact", "object: Islands compact", "is a name of `Compact` already"),
    ("citation: Islands Compact Art. 3", "citation: ' '", "citation: ' '", "rule `votes` has no citation"),
    ("text: The islands greet each other.", "text: ''", "text: ''", "rule `greeting` says nothing"),
    ("    informative: true\n", "", "- id: greeting", "rule `greeting` is used by no part of the file; use it, or add"),
    (
        "    text: One island's objection stops a decision.\n",
        "    text: One island's objection stops a decision.\n    informative: true  # here\n",
        "true  # here",
        "rule `consensus` is used, so it is not only informative",
    ),
    (
        "rule: consensus}\n    silence",
        "rule: unanimity}\n    silence",
        "rule: unanimity",
        "no rule `unanimity`; known here: ",
    ),
    ("take_back: notice", "take_back: regret", "take_back: regret", "no rule `regret`; known here: consensus, votes"),
    ("stages: [{days: 40, rule: notice}]", "stages: [{days: 40, rule: x}]", "days: 40", "no rule `x`"),
    ("sides_rule: straits", "sides_rule: sides", "sides_rule: sides", "no rule `sides`"),
    ("rule: consensus}\ndisputes", "rule: veto}\ndisputes", "by: Council, rule: veto", "no rule `veto`"),
    ("    rule: straits\n    readings", "    rule: tolls\n    readings", "rule: tolls", "no rule `tolls`"),
    (
        "    members: islands\n    decision: {",
        "    members: isles\n    decision: {",
        "members: isles",
        "no group `isles`",
    ),
    ("veto: large", "veto: small", "veto: small", "no group `small`; known here: islands, large"),
    ("parties: islands", "parties: all", "parties: all", "no group `all`"),
    ("{group: islands, only", "{group: rocks, only", "large: {group: rocks", "no group `rocks`"),
    ("{members: [AAA, BBB, CCC, DDD]}", "{group: large}", "islands: {group: large}", "made of itself, through `large`"),
    (
        "{members: [AAA, BBB, CCC, DDD]}",
        "{file: isles}",
        "islands: {file: isles}",
        "no table `isles.csv` in members/; there",
    ),
    ("{members: [AAA, BBB, CCC, DDD]}", "{}", "islands: {}", "needs one of `file`, `members` and `group`; it has none"),
    (
        "{members: [AAA, BBB, CCC, DDD]}",
        "{members: [AAA], file: eu}",
        "islands: {members: [AAA], file: eu}",
        "it has file, members",
    ),
    ("only: [AAA, BBB]", "only: [AAA, XXX]", "only: [AAA, XXX]", "`XXX` is never in group `large`; check the code"),
    (
        "only: [AAA, BBB]",
        "only: [AAA, BBB], without: [CCC]",
        "without: [CCC]",
        "group `large` has both `without` and `only`",
    ),
    (
        "    text: Compact\n",
        "    text: Treaty\n",
        "text: Treaty",
        "no text or procedure `Treaty`; known here: Compact, Toll",
    ),
    (
        "    standing: Compact",
        "    standing: Treaty",
        "standing: Treaty",
        "no text `Treaty`; known here: Compact, Toll",
    ),
    (
        "    standing: Compact\n",
        "    standing: Toll\n",
        "standing: Toll",
        "`Toll` has no `parties`, so nobody could start",
    ),
    ("    standing: Compact\n", "", "    text: Toll", "`Toll` has no `parties`; say under `standing`"),
    ("    standing_rule: notice\n", "", "standing: Compact", "says who may start it, by no rule"),
    ("applies: [Toll]", "applies: [Tax]", "applies: [Tax]", "no text `Tax`"),
    ("    applies: [Toll]\n", "", "then: apply", "`then: apply` needs `applies`"),
    ("    then: leave\n", "    then: leave\n    ends: [Toll]\n", "    ends: [Toll]", "`ends` goes with `then: apply`"),
    ("    then: leave\n", "    then: leave\n    next: notice\n", "    next: notice", "`next` goes with `then: open`"),
    ("    then: leave\n", "    then: leave\n    chain: Toll\n", "id: leaving", "`chain`, `chain_days` (1 or more) and"),
    ("by: Council,", "by: Committee,", "by: Committee", "no body `Committee`; known here: Council, Treasury"),
    (
        "begins: First Day",
        "begins: Last Day",
        "begins: Last Day",
        "`Last Day` is neither a date nor a day of this file",
    ),
    (
        'begins: "1990-05-01"',
        'begins: "1990-05-41"',
        "1990-05-41",
        "`1990-05-41` is no date; valid: a day as 2004-05-01",
    ),
    ('date: "1980-01-01"', 'date: "1 January 1980"', "1 January 1980", "`1 January 1980` is no date"),
    ('date: "1991-02-01"', 'date: "1991-02-30"', "1991-02-30", "`1991-02-30` is no date"),
    ("type: suspend, by", "type: stop, by", "type: stop", "no type of fact `stop`; known here: vote"),
    ('as_of: "2001-02-10"', "as_of: later", "as_of: later", "`later` is no date"),
    ("stages: [{days: 40, rule: notice}]", "stages: []", "stages: []", "clock `leaving` has no stage"),
    ("[{days: 40, rule", "[{days: 40, years: 1, rule", "days: 40, years: 1", "this has days, years"),
    (
        "[{days: 40, rule: notice}]",
        "[{rule: notice}]",
        "stages: [{rule: notice}]",
        "needs one of days, months and years",
    ),
    ("[{days: 40, rule", "[{days: 0, rule", "days: 0", "0 days is no length; valid: 1 or more"),
    ('hour: "00:00"', 'hour: "24:00"', 'hour: "24:00"', "`24:00` is no hour; valid: 00:00 to 23:59, in quotes"),
    ("yes: 3, of: 4", "yes: 5, of: 4", "yes: 5", "5 of 4 can't be needed; valid: 1 to 4"),
    ("yes: 3, of: 4", 'yes: 3, of: 4, until: "2030-01-01"', "2030-01-01", "the last has none"),
    (
        "{pattern: consensus, rule: consensus}",
        "{pattern: consensus, rule: consensus, declared: {members: 130, population: 33, rule: votes}}",
        "members: 130",
        "130 is no share; valid: per cent",
    ),
    (
        "{pattern: consensus, rule: consensus}",
        "{pattern: qualified majority, members: 55, population: 0, blocking: 4, rule: votes, blocking_rule: votes, "
        "abstention: votes}",
        "population: 0",
        "0 is no share",
    ),
    (
        "{pattern: consensus, rule: consensus}",
        "{pattern: qualified majority, members: 55, population: 65, blocking: 4, rule: votes, blocking_rule: votes, "
        "abstention: votes, populations: heads}",
        "populations: heads",
        "no table `heads.csv` in members/",
    ),
    ("by: [Chair]", "by: []", "by: []", "say who may put a text under silence"),
    ("[[AAA, CCC], [BBB, DDD]]", "[[AAA, CCC], [BBB, AAA]]", "sides: [[AAA", "`AAA` stands on two sides"),
    ("    sides_rule: straits\n", "", "sides: [[AAA", "text `Compact` has sides, by no rule"),
    ("by: [sides]", "by: [sides, Council]", "by: [sides, Council]", "and stands alone"),
    ("times: 1", "times: 0", "times: 0", "0 is too few; valid: 1 or more"),
    ("    begins: First Day\n", '    begins: First Day\n    until: "2050-01-01"\n', "2050-01-01", "ends, by no rule"),
    ('[it_fell, "No (BBB)"]', '[it_stands, "No (BBB)"]', "readings: [[", "two or more, each with a name of its own"),
    (
        "title: Council of the Islands\n",
        "title: Council\nuses: [UNXX]\n",
        "uses: [UNXX]",
        "no institution `UNXX`; known here: ABM",
    ),
    (
        "title: Council of the Islands\n",
        "title: Council\nuses: [Islands]\n",
        "uses: [Islands]",
        "`Islands` names itself",
    ),
    ("kind: status", "kind: fate", "kind: fate", "no kind of question `fate`; valid: decision, status, deadline"),
    ("outcome: withdrawn", "outcome: adopted", "outcome: adopted", "no outcome `adopted` of a status; valid: in_force"),
    ("{outcome: withdrawn}", "{outcome: withdrawn, since: x}", "since: x", "unknown key `since`; valid: also"),
    ("type: notify", "type: notice", "type: notice", "no type of fact `notice`; valid: vote"),
    ('date: "2001-01-01"', "date: soon", "date: soon", "`soon` is no date"),
    ("by: [DDD], object: Compact}\n    as_of", "object: Compact}\n    as_of", "type: notify", "the fact lacks `by`"),
    (
        "event: notice,",
        "event: notice, in time,",
        "in time",
        "unknown field `in time`; put a text with a comma in quotes",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "said"), MISTAKES, ids=[said[:50] for *_, said in MISTAKES])
def test_a_mistake_is_said_with_its_line(tmp_path: Path, old: str, new: str, place: str, said: str) -> None:
    path = written(tmp_path, old, new)

    with pytest.raises(KnowledgeError) as caught:
        catalogue(path)

    assert said in caught.value.problem
    assert "\n" not in str(caught.value)
    assert (caught.value.file, caught.value.line) == (str(path), line_of(path, place))


def test_a_new_field_that_names_a_rule_is_checked_without_more() -> None:
    class Fishing(institutions.Plain, frozen=True):
        quota: RuleId
        closed: tuple[RuleId, ...] = ()
        waters: str = "open"

    assert list(named((Fishing(quota="a", closed=("b", "c")),))) == [
        ("$[0].quota", "rule", "a"), ("$[0].closed[0]", "rule", "b"), ("$[0].closed[1]", "rule", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["2004", "2004-05", "2004-05-01", "2004-05-01T23:00Z", "2004-05-01T09:30:00Z"])
def test_dates_of_every_precision_are_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["", "4", "2004-13", "2004-02-30", "2004-05-01T24:00Z", "2004-05-01T09:30", "May 2004"]
)
def test_other_text_is_no_date(text: str) -> None:
    assert not is_date(text)


# -- history ---------------------------------------------------------------------------------------------------

HEAD = "# origin: a test\ninstitution,text,member,notice,effect,kind,citation\n"


def test_history_has_the_files_moves_and_the_table_of_exits_in_order() -> None:
    history = catalogue().history

    told = [(move.date, move.type, move.by) for move in history["EU"]]
    assert told == sorted(told)
    assert told[0] == ("2017-03-29", "notify", ("GBR",))
    assert ("2019-10-29", "extend", ("European Council",)) in told
    assert [(m.date, m.type) for m in history["NPT"]] == [
        ("1993-03-12", "notify"), ("1993-06-11", "suspend_notice"), ("2003-01-10", "resume_notice"),
        ("2003-04-11", "dispute"),
    ]  # fmt: skip


def test_a_row_of_exits_is_a_move(tmp_path: Path) -> None:
    path = tmp_path / "exits.csv"
    path.write_text(
        HEAD + "INF,INF Treaty,USA,2019-02-02,2019-08-02,notice,a letter\nINF,INF,RUS,,2019-03-04,suspend,\n"
    )

    notice, suspension = exits(path, catalogue().institutions, {"INF"})

    assert notice.move["type"] == "notify"
    assert (notice.move["date"], notice.move["by"], notice.move["object"]) == (
        "2019-02-02",
        ("USA",),
        "INF Treaty Art. XV(2)",
    )
    assert (suspension.move["type"], suspension.move["date"], suspension.move["object"]) == (
        "suspend",
        "2019-03-04",
        "INF",
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("UNX,INF,USA,2019-02-02,,notice,x", "no institution `UNX`; known: ABM"),
        ("INF,SALT,USA,2019-02-02,,notice,x", "INF has no text `SALT`; valid: INF, INF Treaty"),
        ("INF,INF,America,2019-02-02,,notice,x", "`America` is no code of a state"),
        ("INF,INF,USA,2019-02-02,,leave,x", "no kind `leave`; valid: notice"),
        ("INF,INF,USA,,2019-08-02,notice,x", "needs a day under `notice`"),
        ("INF,INF,USA,2019-02-02,,suspend,x", "needs a day under `effect`"),
        ("INF,INF,USA,2019-02-30,,notice,x", "`2019-02-30` under `notice` is no date"),
        ("INF,INF,USA,2019-02-02,,notice", "6 fields; valid: 7"),
    ],
)
def test_a_wrong_row_of_exits_is_said_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "exits.csv"
    path.write_text(HEAD + "INF,INF,RUS,,2019-03-04,suspend,x\n" + row + "\n")

    with pytest.raises(KnowledgeError) as caught:
        list(exits(path, catalogue().institutions, {"INF"}))

    assert (caught.value.file, caught.value.line) == (str(path), 4)
    assert said in caught.value.problem


def test_the_catalogue_comes_back_from_its_compiled_form() -> None:
    catalogue.cache_clear()

    assert isinstance(catalogue(), Catalogue)
