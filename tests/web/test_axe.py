"""All pages in a browser, over a ledger of the shipped examples: in light and dark, on a phone and on a laptop.

axe-core finds nothing serious against WCAG 2.1 A and AA; no page is wider than the screen, complains, or asks another
host for anything; a keyboard and a screen reader find their way.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rapporteur import Article, Reader
from rapporteur.record.ledger import Ledger
from rapporteur.web import telling
from rapporteur.web.app import NAVIGATION, make_app

from .browsing import chromium, served, watched

axe_core = pytest.importorskip("axe_playwright_python.base", reason="axe-core is not installed")
EXAMPLES = Path(__file__).parents[2] / "examples"
EVERY = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa"]}
#: The rules of these that hang on colours and widths, where the page itself was tried already.
LOOKS = {"type": "rule", "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]}
SERIOUS = {"serious", "critical"}
AXE = axe_core.AXE_SCRIPT
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
TRIED = ((PHONE, "light", EVERY), (PHONE, "dark", LOOKS), (LAPTOP, "dark", EVERY), (LAPTOP, "light", LOOKS))
#: Addresses besides those of the navigation, with their status; what stands in braces is filled from the ledger.
MORE = {
    "/?as_of=2025-06-20&known_by=2025-11-21": 200,
    "/?as_of=1990-01-01&known_by=1990-01-01": 200,
    "/events?status=negated&actor=IRN": 200,
    "/events?place=nowhere+at+all": 200,
    "/events?quad=9": 422,
    "/events/counts": 200,
    "/events/{event}": 200,
    "/articles/{article}": 200,
    "/why/{measure}": 200,
    "/actors?q=united": 200,
    "/actors?q=nobody+called+so": 200,
    "/actors/IRN": 200,
    "/actors/IRN?part=counterparts": 200,
    "/actors/IRN?part=measures": 200,
    "/actors/NOBODY": 404,
    "/review?order=newest&judged=1": 200,
    "/review?only=NOTHING": 422,
    "/review/login": 200,
    "/words": 200,
    "/no/such/page": 404,
}


class Site(NamedTuple):
    """A true server over the examples."""

    address: str
    ids: dict[str, str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    ledger = Ledger(tmp_path_factory.mktemp("examples") / "news.duckdb")
    read = Reader().read_paths([str(EXAMPLES / "archive.jsonl"), str(EXAMPLES / "chronicle.jsonl")])
    ledger.record(item for item in read if isinstance(item, Article))
    ids = {name: _richest(ledger, f"{name}s") for name in ("event", "measure")}
    ids["article"] = ledger.view("measures", ids=[ids["measure"]]).to_pylist()[0]["reports"][0]["article"]
    app = make_app(ledger.path)
    with served(app) as address:
        yield Site(address, ids)


def _richest(ledger: Ledger, view: str) -> str:
    """The row with the most reports: what is shown of it is longest."""
    rows = ledger.view(view).to_pylist()
    return str(max(rows, key=lambda row: (len(row["reports"]), row["id"]))["id"])


def _there(site: Site, path: str) -> str:
    """The address, with the ids of this ledger's rows."""
    return path.format_map({name: telling.address(id)[1:] for name, id in site.ids.items()})


def _violations(page: Any, rules: dict[str, Any]) -> list[str]:
    found = page.evaluate("asked => axe.run(asked).then(told => told.violations)", {"runOnly": rules})
    return [f"{one['id']}: {node['html']}" for one in found if one["impact"] in SERIOUS for node in one["nodes"]]


@pytest.mark.parametrize("path", [*(page.path for page in NAVIGATION), *MORE])
def test_a_page_is_for_everybody(browser: Any, site: Site, path: str) -> None:
    status = MORE.get(path, 200)
    fails = [f"status of {status} "] if status != 200 else []  # the browser complains of the page's own
    with watched(browser, site.address, passing=fails, viewport=PHONE, color_scheme="light") as page:
        answer = page.goto(_there(site, path))
        assert answer.status == status
        if page.locator("script").count() > 1:  # besides htmx: it may fetch and draw
            page.wait_for_load_state("networkidle")
        page.evaluate(AXE)
        for size, scheme, rules in TRIED:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], size
            assert _violations(page, rules) == [], (size, scheme)
        _is_found_by_ear(page)
        _is_found_by_keyboard(page)


def _is_found_by_ear(page: Any) -> None:
    """A language, a title of its own, one first heading, no level left out, the landmarks, each named once."""
    assert page.evaluate("document.documentElement.lang") == "en"
    title = page.title()
    assert title.endswith(" · Rapporteur") and len(title) > len(" · Rapporteur")
    for landmark in ("main", "body > header", "body > footer", "nav[aria-label=Pages]"):
        assert page.locator(landmark).count() == 1, landmark
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def _is_found_by_keyboard(page: Any) -> None:
    """The first stop leads past the navigation; then comes what the eye meets first, always with an outline."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.keyboard.press("Tab")
    here = page.locator(":focus")
    assert here.inner_text() == "Skip to content" and here.bounding_box()["x"] >= 0
    page.keyboard.press("Tab")
    assert here.inner_text() == "Rapporteur"
    assert here.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert here.evaluate("one => one.id") == "main"
