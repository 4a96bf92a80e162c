"""Which reports tell of one act, and that it doesn't matter when and in what order they were recorded."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.errors import KnowledgeError
from rapporteur.record import report_links
from tests.record.by_hand import Row, add, groups, judge, ledger, party, place, record, report

PERU, CHILE, BRAZIL = (party(code, f"state:{code}") for code in ("PER", "CHL", "BRA"))
MINISTER = party("PER", "person:minister-a", "A. Minister", sector="GOV")
OTHER = party("PER", "person:minister-b", "B. Minister", sector="GOV")
BORDER = "Peru's minister accused Chile of moving border stones near Tacna"
ALSO = "Peru accuses Chile of having moved stones on the border"
FISH = "The minister complained in a speech about fishing fleets"


def linked(*reports: Row) -> set[frozenset[str]]:
    con = ledger()
    record(con, reports)
    return groups(con)


def same(one: Row, other: Row) -> bool:
    return len(linked(one, other)) == 1


def accusation(article: str, day: str, words: str = BORDER, **more: object) -> Row:
    return report(article, day, "ACCUSE", [PERU], [CHILE], words, **more)  # type: ignore[arg-type]


# -- what is one act -------------------------------------------------------------------------------------------


def test_two_papers_that_tell_of_one_act() -> None:
    assert same(accusation("a", "2031-03-01"), accusation("b", "2031-03-02", ALSO))


def test_the_same_parties_on_another_matter() -> None:
    assert not same(accusation("a", "2031-03-01"), accusation("b", "2031-03-02", FISH))


def test_another_type() -> None:
    assert not same(accusation("a", "2031-03-01"), report("b", "2031-03-01", "THREATEN", [PERU], [CHILE], BORDER))


@pytest.mark.parametrize("status", ["negated", "future", "hypothetical"])
def test_what_is_denied_planned_or_possible_stays_apart_from_what_is_done(status: str) -> None:
    assert not same(accusation("a", "2031-03-01"), accusation("b", "2031-03-01", status=status))


def test_another_country_is_contrary_however_alike_the_words_are() -> None:
    assert not same(accusation("a", "2031-03-01"), report("b", "2031-03-01", "ACCUSE", [BRAZIL], [CHILE], BORDER))


def test_who_does_it_to_whom_matters() -> None:
    assert not same(accusation("a", "2031-03-01"), report("b", "2031-03-01", "ACCUSE", [CHILE], [PERU], BORDER))


def test_but_not_of_what_is_done_together() -> None:
    words = "The presidents met in Arica and spoke of water"
    one = report("a", "2031-03-01", "CONSULT", [PERU, CHILE], [], words)
    assert same(one, report("b", "2031-03-01", "CONSULT", [CHILE], [PERU], words))


def test_a_meeting_with_somebody_else() -> None:
    words = "The president met his colleague in Arica and spoke of water"
    one = report("a", "2031-03-01", "CONSULT", [PERU, CHILE], [], words)
    assert not same(one, report("b", "2031-03-01", "CONSULT", [PERU, BRAZIL], [], words))


def test_a_side_may_be_untold() -> None:
    assert same(accusation("a", "2031-03-01"), report("b", "2031-03-01", "ACCUSE", [], [CHILE], BORDER))


def test_two_dates_that_can_not_be_one() -> None:
    assert not same(accusation("a", "2031-03-05", on="2031-03-01"), accusation("b", "2031-03-05", on="2031-03-04"))


def test_a_date_a_day_off_may_be_the_same() -> None:
    assert same(accusation("a", "2031-03-05", on="2031-03-01"), accusation("b", "2031-03-05", on="2031-03-02"))


def test_an_undated_report_is_of_the_days_before_it() -> None:
    dated = accusation("a", "2031-03-01", on="2031-03-01")
    assert same(dated, accusation("b", "2031-03-03"))
    assert not same(dated, accusation("b", "2031-05-01"))


@pytest.mark.parametrize(("value", "one"), [("2031", True), ("2031-03", True), ("2030", False), ("2031-04", False)])
def test_what_is_looked_back_on_years_later(value: str, one: bool) -> None:
    assert same(accusation("a", "2031-03-01", on="2031-03-01"), accusation("b", "2035-01-01", on=value)) is one


def test_persons_of_one_country_are_told_apart() -> None:
    words = "The minister accused Chile of a breach"
    rows = [report(a, "2031-03-01", "ACCUSE", [p], [CHILE], words) for a, p in (("a", MINISTER), ("b", OTHER))]
    more = "A minister accused Chile of breaking its word"
    less = [
        report(a, "2031-03-01", "ACCUSE", [p], [CHILE], w) for a, p, w in (("a", MINISTER, words), ("b", OTHER, more))
    ]
    assert same(*rows)  # word by word the same: one of the papers got the name wrong
    assert not same(*less)


def test_other_places() -> None:
    tacna, lima = place("Tacna", "PER"), place("Lima", "PER")
    one = accusation("a", "2031-03-01", place=tacna)
    assert same(one, accusation("b", "2031-03-01", ALSO, place=tacna))
    assert not same(one, accusation("b", "2031-03-01", ALSO, place=lima))


def test_one_sentence_tells_of_two_acts_where_two_were_read() -> None:
    rows = [accusation("a", "2031-03-01", number=n, sentence=4) for n in (0, 1)]
    assert len(linked(*rows)) == 2


def test_an_article_may_tell_of_an_act_twice() -> None:
    assert same(accusation("a", "2031-03-01", number=0), accusation("a", "2031-03-01", ALSO, number=1))


def test_reports_that_name_nobody_are_joined_where_they_are_worded_the_same() -> None:
    words = "Shots were fired at a bus in the hills on Sunday, said the driver"
    rows = [report(article, "2031-03-01", "ASSAULT", [], [], words) for article in "ab"]
    assert same(*rows)
    assert not same(rows[0], report("b", "2031-03-01", "ASSAULT", [], [], words + " of a lorry"))


def test_a_link_says_what_agreed() -> None:
    con = ledger()
    record(con, [accusation("a", "2031-03-01"), accusation("b", "2031-03-02", ALSO)])
    (because,) = con.execute("SELECT because FROM report_links WHERE parent IS NOT NULL").fetchall()[0]
    assert because.startswith("both parties the same; both undated; published 1 days apart; ")
    assert because.endswith("% of words")


def test_the_best_earlier_report_is_the_parent() -> None:
    near, far = accusation("a", "2031-03-01"), accusation("b", "2031-03-01", ALSO)
    con = ledger()
    record(con, [far, near, accusation("c", "2031-03-01", BORDER)])
    parent = con.execute("SELECT parent FROM report_links WHERE article = 'c'").fetchall()[0][0]
    assert parent == near["report"]


# -- rules -----------------------------------------------------------------------------------------------------


def test_another_rule_makes_all_links_anew_and_stays() -> None:
    con = ledger()
    first = [accusation("a", "2031-03-01"), accusation("b", "2031-03-02", ALSO)]
    record(con, first)
    before = con.execute("SELECT * FROM report_links ORDER BY report").fetchall()
    report_links.relink(con, "none")
    record(con, [accusation("c", "2031-03-02", BORDER)])
    assert len(groups(con)) == 3
    report_links.relink(con, "standard")
    assert report_links.rule_name(con) == "standard"
    after = con.execute("SELECT * FROM report_links WHERE article <> 'c' ORDER BY report").fetchall()
    assert after == before


def test_a_rule_that_is_not_there() -> None:
    with pytest.raises(
        KnowledgeError, match=r"no rule 'strikt'; there are none, standard, strict; did you mean strict\?"
    ):
        report_links.relink(ledger(), "strikt")


# -- a person's word -------------------------------------------------------------------------------------------


def test_merge_joins_what_the_rule_would_not() -> None:
    one, other = accusation("a", "2031-03-01"), report("b", "2031-06-01", "REJECT", [BRAZIL], [], FISH)
    con = ledger()
    record(con, [one, other])
    judge(con, "merge", other["report"], one["report"])
    assert groups(con) == {frozenset({one["report"], other["report"]})}
    because = con.execute("SELECT because FROM report_links WHERE parent IS NOT NULL").fetchall()
    assert because == [("merge by Ada: she knows",)]


def test_split_leaves_a_report_alone_with_those_that_were_joined_to_it() -> None:
    rows = [
        accusation(article, day) for article, day in (("a", "2031-03-01"), ("b", "2031-03-03"), ("c", "2031-03-06"))
    ]
    con = ledger()
    record(con, rows)
    a, b, c = (row["report"] for row in rows)
    judge(con, "split", b)
    assert groups(con) == {frozenset({a}), frozenset({b, c})}
    judge(con, "merge", b, a, day="2030-01-02")
    assert groups(con) == {frozenset({a, b, c})}  # the later word counts


def test_a_judgement_survives_that_an_article_is_read_again_and_all_is_linked_anew() -> None:
    rows = [accusation("a", "2031-03-01"), accusation("b", "2031-03-02")]
    con = ledger()
    record(con, rows)
    judge(con, "split", rows[1]["report"])
    record(con, [accusation("b", "2031-03-02", reading="a second reading")])
    assert len(groups(con)) == 2
    report_links.relink(con, "standard")
    assert len(groups(con)) == 2


def test_a_judgement_on_a_report_that_is_gone_waits_until_it_comes_back() -> None:
    one, other = accusation("a", "2031-03-01"), report("b", "2031-06-01", "REJECT", [BRAZIL], [], FISH)
    con = ledger()
    record(con, [one, other])
    judge(con, "merge", other["report"], one["report"])
    record(con, [accusation("a", "2031-03-01", reading="another reading", number=7)])
    assert len(groups(con)) == 2
    record(con, [accusation("a", "2031-03-01", reading="a third reading")])
    assert len(groups(con)) == 1


# -- order, batches, readings ----------------------------------------------------------------------------------

PARTIES = [PERU, CHILE, BRAZIL, MINISTER, OTHER, party(None, name="The Friends of Water"), party("IGO", "igo:oas")]
WORDS = "stones border Tacna fleet fishing treaty court water ministers bridge".split()


@st.composite
def reports(draw: st.DrawFn) -> list[Row]:
    """Up to a dozen reports that are alike enough to be joined in many ways."""
    side = st.lists(st.sampled_from(PARTIES), max_size=2)
    rows = []
    for number in range(draw(st.integers(2, 12))):
        day = f"2031-03-{draw(st.integers(1, 8)):02}"
        rows.append(
            report(
                draw(st.sampled_from("abcdef")) + day,
                day,
                draw(st.sampled_from(["ACCUSE", "CONSULT"])),
                draw(side),
                draw(side),
                " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=5))),
                number=number,
                status=draw(st.sampled_from(["actual", "actual", "future"])),
                on=draw(st.sampled_from([None, None, day, "2031-03", "2031-03-02"])),
                trigger_text=draw(st.sampled_from(["accused", "said", ""])),
            )
        )
    return rows


def by_article(rows: list[Row]) -> list[list[Row]]:
    articles: dict[str, list[Row]] = {}
    for row in rows:
        articles.setdefault(row["article"], []).append(row)
    return list(articles.values())


def links(rows: list[list[Row]]) -> list[tuple[object, ...]]:
    """The links of a ledger into which these batches were recorded."""
    con = ledger()
    for batch in rows:
        record(con, batch)
    query = "SELECT report, parent, event, score, because FROM report_links ORDER BY report"
    indexed = "SELECT event, event_day, report, first_day FROM report_index ORDER BY report"
    return [*con.execute(query).fetchall(), *con.execute(indexed).fetchall()]


PATIENT = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(reports(), st.randoms(use_true_random=False))
def test_neither_order_nor_batches_matter(rows: list[Row], random: object) -> None:
    at_once = links([rows])
    batches = by_article(rows)
    random.shuffle(batches)  # type: ignore[attr-defined]
    assert links(batches) == at_once


@PATIENT
@given(reports())
def test_what_was_known_by_a_day_is_what_a_ledger_of_that_day_holds(rows: list[Row]) -> None:
    con = ledger()
    record(con, rows)
    for day in sorted({row["published"] for row in rows}):
        early = ledger()
        record(early, [row for row in rows if row["published"] <= day])
        assert groups(con, day) == groups(early)


@PATIENT
@given(reports(), st.data())
def test_reading_again_leaves_the_links_of_the_last_readings(rows: list[Row], data: st.DataObject) -> None:
    """Some articles are read first in another way, with a report less or with other words."""
    con = ledger()
    first = []
    for article in by_article(rows):
        how = data.draw(st.sampled_from(["the same", "one less", "other words", "later"]))
        before = [row | {"reading": "old " + row["reading"]} for row in article]
        if how == "one less":
            before = before[1:]
        elif how == "other words":
            before = [row | {"words": []} for row in before]
        first += before if how != "later" else []
    if first:
        record(con, first)
    for article in by_article(rows):
        record(con, article)
    query = "SELECT report, parent, event, score, because FROM report_links ORDER BY report"
    fresh = ledger()
    record(fresh, rows)
    assert con.execute(query).fetchall() == fresh.execute(query).fetchall()
    count = "SELECT count(*), count(DISTINCT serial) FROM report_features"
    assert con.execute(count).fetchall() == fresh.execute(count).fetchall()


@PATIENT
@given(reports(), st.data())
def test_judgements_are_taken_back_by_linking_without_them(rows: list[Row], data: st.DataObject) -> None:
    con = ledger()
    record(con, rows)
    before = con.execute("SELECT report, event FROM report_links ORDER BY report").fetchall()
    ids = sorted(row["report"] for row in rows)
    for number in range(data.draw(st.integers(1, 3))):
        one, other = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
        verdict = data.draw(st.sampled_from(["merge", "split"]))
        judge(con, verdict, one, other if verdict == "merge" else None, day=f"2032-01-0{number + 1}")
    assert report_links.links_judged_by(con, date(2031, 12, 31))
    moved = dict(con.execute("SELECT report, event FROM _work").fetchall())
    now = con.execute("SELECT report, event FROM report_links ORDER BY report").fetchall()
    assert [(id, moved.get(id, event)) for id, event in now] == before
    # And what persons said holds when all is linked anew.
    report_links.relink(con, "standard")
    assert con.execute("SELECT report, event FROM report_links ORDER BY report").fetchall() == now


def test_nothing_new_and_nothing_gone() -> None:
    con = ledger()
    report_links.link(con, [], [])
    assert groups(con) == set()


def test_an_article_without_reports() -> None:
    con = ledger()
    readings = add(con, [accusation("a", "2031-03-01")])
    report_links.link(con, [*readings, "a reading of nothing"], [])
    assert len(groups(con)) == 1
