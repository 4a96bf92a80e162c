"""The page Review in a browser: reports are judged by keys alone, and the ledger has it after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rapporteur.record.ledger import Ledger
from rapporteur.record.review import Asked
from rapporteur.web.app import make_app

from .browsing import served, watched
from .conftest import TOKEN

REFUSED = "responded with a status of 422"  # how the browser itself notes a judgement that was not taken


@pytest.fixture
def address(own_news: Path) -> Iterator[str]:
    """Where a ledger is served that may be written to."""
    with served(make_app(own_news, allow_write=True, token=TOKEN)) as address:
        yield address


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of somebody who is logged in, that must neither complain nor ask anything of another host."""
    with watched(browser, address, passing=[REFUSED]) as page:
        page.goto("/review/login")
        page.fill("#name", "Ada")
        page.fill("#token", TOKEN)
        page.keyboard.press("Enter")
        page.wait_for_selector("#judge")
        yield page


def report(page: Any) -> str:
    """The report that is shown."""
    return str(page.locator("section[aria-labelledby=judge] input[name=report]").first.input_value())


def press(page: Any, key: str) -> None:
    """Press a key that has the server answer, and wait until that is shown."""
    with page.expect_response(lambda answer: "/review" in answer.url and answer.status < 300):
        page.keyboard.press(key)
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")


def wait_for(page: Any, words: str) -> None:
    page.wait_for_function("words => document.getElementById('said').textContent.includes(words)", arg=words)


def queued(ledger: Path) -> list[str]:
    return [row["report"] for row in Ledger(ledger).queue(Asked(limit=100))]


def judged(ledger: Path) -> list[tuple[str, str | None, str]]:
    return [(said["verdict"], said["value"], said["who"]) for said in Ledger(ledger).judgements().to_pylist()]


def test_an_event_is_corrected_by_keys_alone(page: Any, own_news: Path) -> None:
    first, second, *_ = queued(own_news)
    assert report(page) == first
    page.keyboard.press("t")
    page.keyboard.type("PROTEST")
    page.keyboard.press("Enter")
    wait_for(page, "retyped as PROTEST")
    assert report(page) == second
    page.keyboard.press("p")
    page.keyboard.press("Tab")
    page.keyboard.type("Iceland")
    page.keyboard.press("Enter")
    wait_for(page, "parties set: actors/1=ISL")
    assert judged(own_news) == [("retype", "PROTEST", "Ada"), ("recode", "actors/1=ISL", "Ada")]
    events = {event["id"]: event for event in Ledger(own_news).view("events").to_pylist()}
    assert "PROTEST" in {event["type"] for event in events.values()}
    assert "ISL" in {actor["code"] for event in events.values() for actor in event["actors"]}


def test_accepted_rejected_and_undone_by_keys(page: Any, own_news: Path) -> None:
    whole = queued(own_news)
    page.keyboard.press("a")
    wait_for(page, ": accepted")
    page.keyboard.press("r")
    wait_for(page, ": rejected")
    assert report(page) == whole[2]
    page.keyboard.press("u")
    wait_for(page, "undone: rejected")
    assert report(page) == whole[1]
    assert queued(own_news) == whole[1:]
    assert page.evaluate("document.activeElement.id") == "sentence"
    assert [said[0] for said in judged(own_news)] == ["accept", "reject", "undo"]


def test_next_and_previous_by_keys_have_addresses(page: Any, own_news: Path) -> None:
    whole = queued(own_news)
    press(page, "j")
    assert report(page) == whole[1] and f"after={whole[0]}" in page.url
    press(page, "j")
    press(page, "k")
    assert report(page) == whole[1]
    page.reload()
    assert report(page) == whole[1]
    assert judged(own_news) == []


def test_keys_do_nothing_in_fields_or_when_they_are_off(page: Any, own_news: Path) -> None:
    page.locator("#why-judge").focus()
    page.keyboard.type("a r")
    page.keyboard.press("Enter")
    assert "a r" in page.locator("#why-judge").input_value()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys-on").is_visible()
    page.locator("#keys-on").uncheck()
    page.locator("#sentence").focus()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("r")
    assert judged(own_news) == []
    assert not page.locator("#keys-on").is_checked()


def test_a_wrong_judgement_is_told_and_the_keys_work_on(page: Any, own_news: Path) -> None:
    (first, *_), shown_first = queued(own_news), report(page)
    page.keyboard.press("t")
    page.keyboard.type("MARCHING")
    with page.expect_response(lambda answer: answer.status == 422):
        page.keyboard.press("Enter")
    wait_for(page, "MARCHING")
    assert report(page) == shown_first == first and page.url.endswith("/review")
    page.keyboard.press("a")
    wait_for(page, ": accepted")


def test_suggestions_come_while_a_name_is_typed(page: Any) -> None:
    page.keyboard.press("p")
    page.keyboard.press("Tab")
    page.keyboard.type("icel")
    page.wait_for_function("() => [...document.querySelectorAll('#codes option')].some(one => one.value === 'ISL')")


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_no_wider_than_the_screen(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for key in ("t", "Escape", "p", "Escape", "?"):
        page.keyboard.press(key)
    assert page.locator("#fix form").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_of_it_works_without_scripts(browser: Any, address: str, own_news: Path) -> None:
    second = queued(own_news)[1]
    with watched(browser, address, java_script_enabled=False) as page:
        page.goto("/review")
        page.click("text=Log in")
        page.fill("#name", "Bob")
        page.fill("#token", TOKEN)
        page.click("main button[type=submit]")
        page.click("button[value=accept]")
        assert page.locator("#said").inner_text().endswith("accepted.")
        assert report(page) == second
        page.click("text=Fix a party")
        page.fill("#who", "ISL")
        page.click("text=Fix, stay here")
        page.click("text=Undo the latest judgement")
        page.click("text=Next")
    assert judged(own_news)[0] == ("accept", None, "Bob")
    assert [said[0] for said in judged(own_news)] == ["accept", "recode", "undo"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious_in_the_forms(page: Any, width: int, scheme: str) -> None:
    base = pytest.importorskip("axe_playwright_python.base", reason="axe-core is not installed")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.keyboard.press("a")
    wait_for(page, ": accepted")
    for key in ("t", "Escape", "p", "Escape", "?"):
        page.keyboard.press(key)
    page.evaluate(base.AXE_SCRIPT)
    rules = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa"]}
    found = page.evaluate("asked => axe.run(asked).then(told => told.violations)", {"runOnly": rules})
    assert [(one["id"], node["html"]) for one in found for node in one["nodes"]] == []
