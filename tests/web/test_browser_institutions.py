"""The pages of institutions in a browser: no error, no request to elsewhere, a move is supposed and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rapporteur.knowledge.institutions import catalogue
from rapporteur.web.app import make_app

from . import blocked
from .browsing import served, watched

DAY = "as_of=2025-06-01"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A true server over a ledger that tells of a block, on a free port."""
    ledger = blocked.ledger(tmp_path_factory.mktemp("browsed") / "news.duckdb")
    with served(make_app(ledger)) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page, with scripts and without, that must neither complain nor ask anything of another host."""
    with watched(browser, address, java_script_enabled=request.param) as page:
        yield page


def test_a_move_is_supposed_and_taken_back(page: Any) -> None:
    page.goto(f"/institutions/NATO?{DAY}")
    page.fill("#who", "Hungary")
    page.select_option("#what", "lift")
    page.fill("#when", "2025-05-20")
    page.fill("#object", blocked.MATTER)
    page.click("text=Suppose >> nth=-1")
    changed = page.locator(".pairs tbody tr").first
    changed.wait_for()
    assert "what_if=HUN+lift+2025-05-20" in page.url and DAY in page.url
    assert changed.locator("td").nth(0).inner_text().startswith("blocked")
    assert changed.locator("td").nth(1).inner_text().startswith("lifted")
    page.click("text=remove")
    page.wait_for_url(lambda url: "what_if" not in url)
    assert page.locator(".pairs").count() == 0


def test_another_members_moves_are_shown(page: Any) -> None:
    page.goto(f"/institutions/NATO?{DAY}")
    page.select_option("#actor", "PRT")
    page.click("#moves button")
    page.wait_for_url(lambda url: "actor=PRT" in url)
    assert "Portugal may object" in page.locator("#moves").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/institutions", "/institutions/NATO", "/institutions/UNSCR2231"])
def test_a_page_is_no_wider_than_the_screen(page: Any, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{path}?{DAY}", wait_until="networkidle")
    assert page.locator("h1").count() == 1
    boxes = [box.bounding_box() for box in page.locator("main > *, main section > *").all()]
    assert all(box["x"] + box["width"] <= width for box in boxes if box)


@pytest.mark.parametrize("page", [True], ids=["scripts"], indirect=True)
def test_the_state_of_each_comes_as_the_list_is_scrolled(page: Any) -> None:
    page.goto(f"/institutions?{DAY}")
    cards = page.locator("main .card")
    assert cards.count() == len(catalogue().institutions)
    card = page.locator("#NATO")
    card.scroll_into_view_if_needed()
    card.locator("text=1 fact of the ledger").wait_for()
    assert "blocked" in card.inner_text()
