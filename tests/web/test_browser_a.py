"""The pages Now, Article, Events and Read in a browser: no error, no request to elsewhere, spans and timeline work."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("path", ["/", "/events", "/events/counts", "/articles/a", "/articles/d", "/why/a", "/read"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_loads_and_is_no_wider_than_the_screen(page: Any, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path, wait_until="networkidle")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_slider_moves_its_date_and_the_list(page: Any) -> None:
    page.goto("/")
    slider = page.locator("input[data-for=known_by]")
    slider.focus()
    with page.expect_response(lambda answer: "known_by=" in answer.url):
        page.keyboard.press("Home")
    day = page.locator("#known_by").input_value()
    page.wait_for_function(
        "day => document.querySelector('#standing .told').textContent.includes('by ' + day)", arg=day
    )
    assert f"known_by={day}" in page.url


def test_a_span_that_is_chosen_shows_its_card(page: Any) -> None:
    page.goto("/articles/a")
    span = page.locator("mark.trigger a.span").first
    card = page.locator(f"[id='{span.get_attribute('href')[1:]}']")
    span.click()
    assert card.is_visible()
    assert page.locator(".card-list > .card:visible").count() == len(span.get_attribute("data-cards").split())


def test_a_span_is_reached_and_shown_by_the_keyboard(page: Any) -> None:
    page.goto("/articles/a")
    page.locator("a.span").last.focus()
    shown = page.locator("a.span").last.get_attribute("data-cards").split()
    visible = page.locator(".card-list > .card:visible").evaluate_all("cards => cards.map(card => card.id)")
    assert set(visible) == {f"card-{id}" for id in shown}


def test_a_brush_over_the_timeline_sets_the_days_and_the_list(page: Any) -> None:
    page.goto("/events")
    canvas = page.locator(".timeline canvas")
    canvas.wait_for()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + 60, steps=5)
    with page.expect_response(lambda answer: "/events?" in answer.url and "since=2" in answer.url):
        page.mouse.up()
    page.wait_for_function("document.querySelectorAll('#results > .rows > li').length === 2")
    assert page.locator("#f-since").input_value() > "2025-01-11"
    assert "since=" in page.url


def test_a_pasted_page_is_sent_and_shown(page: Any) -> None:
    page.goto("/read")
    page.fill(
        "#text",
        "OSLO - Norland condemned Sudria on Monday, its foreign minister said.\n\nThe ministry gave no details.",
    )
    page.click("button[type=submit]", timeout=60_000)
    page.wait_for_selector(".told", timeout=60_000)
    assert "1 article read" in page.locator(".told").inner_text()
