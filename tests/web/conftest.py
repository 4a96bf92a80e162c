"""What the web room's tests share: small ledgers, and clients of the application over them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rapporteur.record.ledger import Ledger
from rapporteur.web.app import make_app

from ..record.made import noon, story, with_mentions
from .browsing import chromium, served, watched

ADDRESS = "http://127.0.0.1:8000"
TOKEN = "a token that nobody guesses"
Make = Callable[..., TestClient]
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


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serve a ledger truly, on a free port, for as long as the context lasts; gives the address."""
    return lambda ledger: served(make_app(ledger))


@pytest.fixture(scope="module")
def address(news: Path, serve: Serve) -> Iterator[str]:
    """Where ``news`` is served; a module of tests over another ledger has a fixture of this name of its own."""
    with serve(news) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; what needs it is skipped where there is none."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page in the browser that must neither complain nor ask anything of another host."""
    with watched(browser, address) as page:
        yield page
