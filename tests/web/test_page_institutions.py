"""The pages of institutions, and what the API gives of one: what stands, who may do what, what a move would change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from rapporteur.knowledge.institutions import catalogue

from ..record.made import story
from . import blocked

Make = Callable[..., TestClient]
DAY = {"as_of": "2025-06-01"}
LIFTED = f"HUN lift 2025-05-20 {blocked.MATTER}"
PAGE, API = "/institutions/NATO", "/api/v1/institutions/NATO"


@pytest.fixture(scope="module")
def held_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blocked.ledger(tmp_path_factory.mktemp("blocked") / "news.duckdb")


@pytest.fixture
def desk(held_up: Path, visit: Make) -> TestClient:
    return visit(held_up)


def section(page: str, id: str) -> Any:
    (found,) = html.fromstring(page).xpath(f"//section[@id='{id}']")
    return found


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


# -- all institutions ------------------------------------------------------------------------------------------


def test_every_institution_is_listed_and_its_state_can_be_fetched(desk: TestClient) -> None:
    page = html.fromstring(desk.get("/institutions", params=DAY).text)
    assert len(page.xpath("//li[@class='card']")) == len(catalogue().institutions)
    for address in page.xpath("//@hx-get"):
        assert "No clock runs" in (told := desk.get(address).text) or "tag" in told


def test_the_state_of_one_counts_facts_and_names_what_is_blocked(desk: TestClient) -> None:
    told = words(html.fromstring(desk.get(PAGE, params={**DAY, "part": "brief"}).text))
    assert "1 fact of the ledger" in told
    assert f"blocked {blocked.MATTER}" in told


def test_before_the_report_nothing_was_known(desk: TestClient) -> None:
    told = desk.get(PAGE, params={**DAY, "known_by": "2025-04-30", "part": "brief"}).text
    assert "No facts of the ledger" in told and "nothing is blocked" in told


# -- one institution -------------------------------------------------------------------------------------------


def test_a_page_tells_who_blocks_why_and_by_which_report(desk: TestClient) -> None:
    page = desk.get(PAGE, params=DAY).text
    assert "Stopped by Hungary." in words(section(page, "stands"))
    fact = section(page, "facts")
    assert "held up NATO's work" in words(fact)
    assert "/articles/held-up" in fact.xpath(".//@href")
    assert all(desk.get(href).status_code == 200 for href in fact.xpath(".//a/@href"))


def test_citations_lead_to_rules_and_facts_of_the_page(desk: TestClient) -> None:
    page = html.fromstring(desk.get(PAGE, params=DAY).text)
    links = {href[1:] for href in page.xpath("//main//a/@href") if href.startswith("#")}
    assert any(link.startswith("rule-") for link in links) and "fact-1" in links
    assert links <= set(page.xpath("//@id"))


def test_what_history_knows_is_marked(desk: TestClient) -> None:
    facts = section(desk.get("/institutions/WHO", params=DAY).text, "facts")
    assert facts.xpath(".//li//span[text()='history']")
    assert "Known from history" in words(facts)


def test_who_blocks_may_lift_and_any_other_ally_may_be_asked_about(desk: TestClient) -> None:
    assert "Hungary may lift its objection" in words(section(desk.get(PAGE, params=DAY).text, "moves"))
    other = section(desk.get(PAGE, params={**DAY, "actor": "PRT"}).text, "moves")
    assert "Portugal may object" in words(other)
    assert other.xpath(".//option[@selected]/@value") == ["PRT"]


def test_the_moves_of_others_who_matter_can_be_fetched(desk: TestClient) -> None:
    what_if = f"PRT object 2025-05-20 {blocked.MATTER}"
    moves = section(desk.get(PAGE, params={**DAY, "what_if": what_if}).text, "moves")
    (address,) = moves.xpath(".//@hx-get")
    assert "Portugal may lift its objection" in words(moves)
    assert "Hungary may lift its objection" in words(html.fromstring(desk.get(address).text))
    (link,) = moves.xpath(".//div[@hx-get]//a/@href")
    assert "Hungary may lift its objection" in words(section(desk.get(link).text, "moves"))


def test_members_are_those_of_the_day(desk: TestClient) -> None:
    early, late = (
        words(section(desk.get(PAGE, params={"as_of": day}).text, "members")) for day in ("2022-01-01", "2025-06-01")
    )
    assert "Finland" in late and "North Atlantic Council: 30" in early and "North Atlantic Council: 32" in late


def test_another_spelling_is_found_and_a_wrong_one_named(desk: TestClient) -> None:
    assert desk.get("/institutions/nato", params=DAY).status_code == 200
    answer = desk.get("/institutions/NATTO")
    assert answer.status_code == 404 and "did you mean NATO?" in answer.text


# -- what if ---------------------------------------------------------------------------------------------------


def test_the_form_adds_to_what_is_supposed_and_the_address_holds_it_all(desk: TestClient) -> None:
    sent = {**DAY, "who": "hungary", "what": "lift", "when": "2025-05-20", "tally": "", "object": blocked.MATTER}
    answer = desk.get(PAGE, params={**sent, "what_if": "PRT announce 2025-05-19 x"}, follow_redirects=False)
    assert answer.status_code == 303
    address = parse_qs(urlsplit(answer.headers["location"]).query)
    assert address["what_if"] == ["PRT announce 2025-05-19 x", LIFTED]
    assert address["as_of"] == [DAY["as_of"]]


def test_before_and_after_stand_side_by_side_in_words(desk: TestClient) -> None:
    told = section(desk.get(PAGE, params={**DAY, "what_if": LIFTED}).text, "what-if")
    changed, *others = told.xpath(".//tbody/tr")
    before, after = (words(cell) for cell in changed.xpath("td"))
    assert "changed" in words(changed) and before.startswith("blocked") and after.startswith("lifted")
    assert others and all("as before" in words(row) for row in others)


def test_a_supposition_can_be_removed(desk: TestClient) -> None:
    told = section(desk.get(PAGE, params={**DAY, "what_if": [LIFTED, f"PRT object 2025-05-21 {blocked.MATTER}"]}).text,
                   "what-if")  # fmt: skip
    remove = told.xpath(".//li/a/@href")
    assert len(remove) == 2
    assert parse_qs(urlsplit(remove[1]).query)["what_if"] == [LIFTED]


def test_what_is_supposed_is_no_fact_of_the_ledger(desk: TestClient) -> None:
    page = desk.get(PAGE, params={**DAY, "what_if": LIFTED}).text
    assert "1 fact of the ledger" in words(section(page, "stands"))
    assert section(page, "facts").xpath(".//li//span[text()='supposed']")


def test_a_body_whose_name_has_spaces_may_act(desk: TestClient) -> None:
    sent = {**DAY, "who": "EU Council", "what": "vote", "when": "2025-05-20", "tally": "20-5-2", "object": "x"}
    answer = desk.get("/institutions/EU-QMV", params=sent)
    assert answer.status_code == 200
    assert "Nobody had put it forward." in answer.text


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"who": "Nobodia", "what": "notify"}, "nobody here is called"),
        ({"who": "HUN", "what": "lift", "tally": "1-2-3"}, "a count goes with a vote alone"),
        ({"who": "HUN", "what": "lift", "object": ""}, "must name the object"),
        ({"who": "HUN", "what": "lift", "when": "2025-02-30"}, "is no day"),
        ({"who": "", "what": "lift"}, "say who makes the move"),
    ],
)
def test_a_mistake_is_told_beside_the_form_which_keeps_what_was_put_in(
    desk: TestClient, sent: dict[str, str], problem: str
) -> None:
    answer = desk.get(PAGE, params={**DAY, "what_if": LIFTED, **sent})
    form = section(answer.text, "what-if")
    assert answer.status_code == 422
    assert problem in words(form.xpath(".//*[@role='alert']")[0])
    assert form.xpath(".//input[@name='who']/@value") == [sent["who"]]
    assert form.xpath(".//input[@name='what_if']/@value") == [LIFTED]


@pytest.mark.parametrize("what_if", ["x", "HUN lift 2025-99-99 x", "HUN lift 2025-05-20", "x" * 600, "\x00 lift"])
def test_a_wrong_address_is_told_and_the_page_shown_without_it(desk: TestClient, what_if: str) -> None:
    answer = desk.get(PAGE, params={**DAY, "what_if": what_if})
    assert answer.status_code == 422 and "Stopped by Hungary." in answer.text


@pytest.mark.parametrize("day", ["x", "2025-02-30", "0001-01-01"])
def test_a_wrong_day_is_told(desk: TestClient, day: str) -> None:
    for page in ("/institutions", PAGE):
        answer = desk.get(page, params={"as_of": day})
        assert answer.status_code == 422 and "as_of: " in answer.text


def test_markup_is_text(desk: TestClient) -> None:
    markup = "<script>x</script>"
    asked = {**DAY, "who": markup, "what": "lift", "object": markup, "actor": markup}
    for page in (
        desk.get(PAGE, params=asked).text,
        desk.get(PAGE, params={**DAY, "what_if": f"HUN object 2025-05-20 {markup}"}).text,
    ):
        assert "<script>x" not in page and "<b>an envoy" not in page
        assert not html.fromstring(page).xpath("//script[not(@src)] | //style | //@style")


def test_what_is_recorded_since_is_seen(tmp_path: Path, visit: Make) -> None:
    """What was found is kept only for as long as the ledger is the same."""
    client = visit(blocked.ledger(tmp_path / "news.duckdb"))
    assert "1 fact of the ledger" in client.get(PAGE, params=DAY).text
    ledger = client.app.state.ledger  # type: ignore[attr-defined]
    row = ledger.view("measures").to_pylist()[0]
    ledger.record([story("other", "2025-05-03")])
    ledger.correct(row["id"], "reject", who="A. Reader", why="another alliance is meant")
    assert "No facts of the ledger" in client.get(PAGE, params=DAY).text


# -- the API ---------------------------------------------------------------------------------------------------


def test_the_api_gives_what_the_page_shows(desk: TestClient) -> None:
    told = desk.get(API, params={**DAY, "what_if": LIFTED, "actor": "PRT"}).json()
    assert [fact["type"] for fact in told["facts"]] == ["object", "lift"]
    assert told["facts"][0]["source"]["article"] == "held-up"
    first = told["compared"][0]
    assert (first["before"]["outcome"], first["after"]["outcome"], first["changed"]) == ("blocked", "lifted", True)
    assert {"HUN", "PRT"} <= set(told["can"])
    assert "HUN" in next(circle["members"] for circle in told["members"])


@pytest.mark.parametrize(
    ("path", "asked", "status", "where"),
    [
        ("nato", {}, 404, "id"),
        ("NATTO", {}, 404, "institution"),
        ("NATO", {"what_if": "x"}, 409, "what_if"),
        ("NATO", {"as_of": "0001-01-01"}, 409, "as_of"),
        ("NATO", {"as_of": "soon"}, 422, "as_of"),
        ("NATO", {"what_if": ["x"] * 21}, 422, "what_if"),
        ("NATO", {"whatif": "x"}, 422, "whatif"),
    ],
)
def test_a_wrong_question_is_an_error_that_says_where(
    desk: TestClient, path: str, asked: dict[str, Any], status: int, where: str
) -> None:
    answer = desk.get(f"/api/v1/institutions/{path}", params=asked)
    assert (answer.status_code, answer.json()["error"]["where"]) == (status, where)
