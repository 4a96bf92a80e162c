"""The page Map in a browser: markers that open, by mouse and by keyboard, and that never hide one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from . import places
from .conftest import Serve

MARKERS = ".leaflet-marker-icon.marker"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[str]:
    """The map is over events with places."""
    ledger: Path = places.record(tmp_path_factory.mktemp("places") / "places.duckdb")
    with serve(ledger) as address:
        yield address


def labels(page: Any) -> list[str]:
    page.locator(MARKERS).first.wait_for()
    return sorted(marker.get_attribute("aria-label") for marker in page.locator(MARKERS).all())


@pytest.mark.parametrize("width", [360, 1280])
def test_markers_are_there_and_none_hides_another(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/map", wait_until="networkidle")
    assert labels(page) == ["2 places near Leiden: 5 events", "Sweden, country: 1 event"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = [marker.bounding_box() for marker in page.locator(MARKERS).all()]
    for one, other in combinations(boxes, 2):
        apart = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
        assert apart >= (one["width"] + other["width"]) / 2 - 2
    assert page.locator("#map path.outline").count() > 100


def test_a_click_opens_the_latest_events_and_a_way_to_all(page: Any) -> None:
    page.goto("/map?place=Leiden")
    page.locator(MARKERS).click()
    popup = page.locator(".leaflet-popup")
    popup.locator("li").nth(2).wait_for()
    assert popup.locator("li > a").first.inner_text() == "THREATEN"
    popup.get_by_role("link", name="All events of this place").click()
    page.wait_for_url("**/events?*place=Leiden*")
    assert page.locator("#results > .rows > li").count() == 3


def test_places_near_one_another_part_when_one_goes_closer(page: Any) -> None:
    page.goto("/map")
    page.get_by_role("button", name="2 places near Leiden").click()
    assert page.locator(".leaflet-popup li").all_inner_texts() == ["Leiden (town): 3 events", "Delft (town): 2 events"]
    page.get_by_role("button", name="Zoom to these places").click()
    page.wait_for_function("() => document.querySelector('[aria-label^=\"Leiden, town: 3\"]')")
    assert "Delft, town: 2 events" in labels(page)


def test_by_keyboard_a_marker_opens_and_closes_and_keeps_the_focus(page: Any) -> None:
    page.goto("/map?place=Leiden")
    marker = page.locator(MARKERS)
    marker.focus()
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog")
    popup.wait_for()
    assert popup.evaluate("popup => popup.contains(document.activeElement)")
    page.keyboard.press("Escape")
    popup.wait_for(state="detached")
    assert marker.evaluate("marker => marker === document.activeElement")


def test_a_filter_draws_the_map_anew(page: Any) -> None:
    page.goto("/map")
    assert len(labels(page)) == 2
    page.locator("summary").first.click()
    with page.expect_response(lambda answer: "places.json" in answer.url and "country=SWE" in answer.url):
        page.fill("#f-place", "Sweden")
        page.fill("#f-country", "SWE")
        page.keyboard.press("Tab")
    page.wait_for_function("() => document.querySelectorAll('.leaflet-marker-icon.marker').length === 1")
    assert labels(page) == ["Sweden, country: 1 event"]
    assert "place=Sweden" in page.url


def test_going_back_draws_the_map_again(page: Any) -> None:
    page.goto("/map")
    page.locator("summary").first.click()
    page.locator("#f-place").focus()
    page.keyboard.type("Leiden")
    page.keyboard.press("Tab")  # the field has changed: one request, one entry of the history
    page.get_by_role("button", name="Leiden, town: 3 events").wait_for()
    page.go_back()
    page.get_by_role("button", name="2 places near Leiden: 5 events").click()
    assert page.locator(".leaflet-popup li").count() == 2
