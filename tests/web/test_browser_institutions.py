"""The pages of institutions in a browser: no error, no request to elsewhere, a move is supposed and taken back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from rapporteur.knowledge.institutions import catalogue
from rapporteur.web.app import make_app

from . import blocked

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the browser is not tried")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium: the browser is not tried")
PATIENCE = 20_000  # milliseconds
DAY = "as_of=2025-06-01"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A true server over a ledger that tells of a block, on a free port."""
    ledger = blocked.ledger(tmp_path_factory.mktemp("browsed") / "news.duckdb")
    server = uvicorn.Server(uvicorn.Config(make_app(ledger), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page, with scripts and without, that must neither complain nor ask anything of another host."""
    context = browser.new_context(base_url=address, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(address) else None)
    yield page
    context.close()
    assert not complaints


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
