"""What the web room's tests share: small ledgers, and clients of the application over them."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from rapporteur.record.ledger import Ledger
from rapporteur.web.app import make_app

from ..record.made import noon, story, with_mentions

ADDRESS = "http://127.0.0.1:8000"
TOKEN = "a token that nobody guesses"
Make = Callable[..., TestClient]
CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 10_000  # milliseconds
Serve = Callable[[Path], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of four made-up articles: two tell the same act, one has markup in its words. Not to be written to."""
    path = tmp_path_factory.mktemp("news") / "news.duckdb"
    Ledger(path, clock=noon).record(
        [
            with_mentions(story("a", "2025-01-10", act="closed its ports to", outlet="The Herald")),
            story("b", "2025-01-11", act="closed its ports to", tail="It was told again."),
            story("c", "2025-03-01", "Ostmark", "threatened", "Westria"),
            story(
                "d",
                "2025-03-02",
                "Ostmark",
                "sent grain to",
                "Norland",
                tail="<script>alert(1)</script> was painted on the ship.",
                headline="<script>alert('headline')</script>",
                outlet="<b>Daily</b>",
                page="<img src=x onerror=alert(2)>.txt",
            ),
        ]
    )
    return path


@pytest.fixture
def own_news(news: Path, tmp_path: Path) -> Path:
    """A copy of ``news`` that may be written to."""
    return Path(shutil.copy(news, tmp_path / "own.duckdb"))


@pytest.fixture
def visit() -> Make:
    """Make a client of the application over a ledger; further arguments are those of ``make_app``."""

    def visit(ledger: Path, **settings: Any) -> TestClient:
        return TestClient(make_app(ledger, **settings), base_url=ADDRESS, raise_server_exceptions=False)

    return visit


@pytest.fixture
def client(visit: Make, news: Path) -> TestClient:
    """A visitor of ``news`` who may only read."""
    return visit(news)


@pytest.fixture
def writer(visit: Make, own_news: Path) -> TestClient:
    """A visitor of ``own_news`` who may write, by showing ``TOKEN``."""
    return visit(own_news, allow_write=True, token=TOKEN)


@contextmanager
def _served(ledger: Path) -> Iterator[str]:
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


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serve a ledger truly, on a free port, for as long as the context lasts; gives the address."""
    return _served


@pytest.fixture(scope="module")
def address(news: Path, serve: Serve) -> Iterator[str]:
    """Where ``news`` is served; a module of tests over another ledger has a fixture of this name of its own."""
    with serve(news) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; what needs it is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser is tried")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}: no browser is tried")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page in the browser that must neither complain nor ask anything of another host."""
    page = browser.new_page(base_url=address)
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(address) else None)
    yield page
    page.close()
    assert not complaints
