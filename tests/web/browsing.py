"""What tests of pages share: a true server, a browser (where there is none they are skipped), what no page may hold."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from lxml import html

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
PATIENCE = 10_000  # milliseconds


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of a true server of the application, on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; the test that asks for it is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser is tried")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on the path: no browser is tried")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def watched(browser: Any, address: str, passing: Sequence[str] = (), **settings: Any) -> Iterator[Any]:
    """A page that must not complain, open a dialog, or ask anything of another host.

    Args:
        browser: of ``chromium``.
        address: of the server.
        passing: words of complaints that are meant to be.
        settings: further ones of the page, as playwright takes them.

    Raises:
        AssertionError: afterwards, where it did.
    """
    page = browser.new_page(base_url=address, **settings)
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []

    def dialog(shown: Any) -> None:
        complaints.append(f"dialog: {shown.message}")
        shown.dismiss()

    page.on("dialog", dialog)
    page.on("console", lambda told: complaints.append(f"console: {told.text}") if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("request", lambda asked: complaints.append(asked.url) if not _own(asked.url, address) else None)
    yield page
    page.close()
    assert not [told for told in complaints if not any(words in told for words in passing)]


def _own(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "data:"))


def is_harmless(text: str) -> Any:
    """The page, parsed, in which nothing runs and no address leads out."""
    page = html.fromstring(text)
    assert not page.xpath("//script[not(starts-with(@src, '/static/'))] | //script[text()]")
    assert not page.xpath("//img | //iframe | //object | //embed | //base | //style | //b")
    assert not page.xpath("//@*[starts-with(name(), 'on') or name() = 'style' or name() = 'autofocus']")
    assert not page.xpath("//@*[starts-with(name(), 'hx-on') or name() = 'hx-vals' or name() = 'hx-headers']")
    for link in page.xpath(
        "//@href | //@src | //@action | //@formaction | //@hx-get | //@hx-post | //@data-href | //@data-places"
    ):
        assert link.startswith(("#", "?", "/", "http://", "https://")) and not link.startswith(("//", "/\\")), link
    for told in page.xpath("//@data-graph | //@data-months | //@data-rows"):
        json.loads(told)
    return page


def raw(address: str, path: str, **headers: str) -> tuple[int, bytes]:
    """An answer to a path that is sent as it is."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.putrequest("GET", path, skip_host=False)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content
