"""News from somebody who means harm: markup, script addresses, template syntax, turned text, in every field.

It shows as text on every page and in every answer; and nothing of it runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from rapporteur.model import Article, Attribution, Event, Party, Place
from rapporteur.record.ledger import Ledger
from rapporteur.web import telling
from rapporteur.web.app import make_app

from ..conftest import article, event, span
from ..record.made import noon, with_mentions
from .browsing import chromium, is_harmless, raw, served, watched
from .conftest import ADDRESS, TOKEN, Make

BACKWARDS = "\N{RIGHT-TO-LEFT OVERRIDE}"
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' autofocus onfocus='alert(3)",
    "</script><script>alert(4)</script>",
    "javascript:alert(5)",
    "{{7*191}} ${7*191} {% raw %}",
    f"{BACKWARDS}gnp.exe",
    "<!--",
    "&lt;b&gt; &#x3C;b>",
    "=1+2",
    "w" * 300,
)
ALL = " | ".join(NASTY)
#: By the fields of its own, which article it is, each with other words where an id must not be shared.
IDS = ("../../etc/passwd", "javascript:alert(6)", "<script>alert(7)</script>", "//evil.example/x", "a\"b'c?d#e%2f&f")


def _party(body: str, words: str, code: str, key: str) -> Party:
    return Party(words, *span(body, words), code, code, entity=key, name=f"{words} {ALL}")


def _nasty(id: str, day: str) -> Article:
    """An article with all that in all its fields."""
    first, tail = f"Norland {ALL} closed its ports to Sudria, {ALL} said.", f"{ALL} was painted on the ship."
    body = f"{first} {tail}"
    norland = _party(body, "Norland", "NOR", "own:<script>alert(8)</script>")
    sudria = _party(body, "Sudria", "SWE", 'own:"><img src=x onerror=alert(9)>')
    told: Event = event(
        body, "closed its ports", "SANCTION", [norland], [sudria], id=f"{id}-1", attributed_to=(0,), quad=4, date=day,
        place=Place(ALL, "NOR", 59.9, 10.7), rules=(ALL,), contexts=(ALL,),
    )  # fmt: skip
    start = body.index(" said.") - len(ALL)
    credit = Attribution(((start, start + len(ALL)),), (span(body, "said"),), (span(body, first[:60]),), "named")
    made = article(
        body, first, tail, id=id, date=day, events=[told], attributions=(credit,), headline=ALL, outlet=ALL, agency=ALL,
        page=f"../{ALL}", dateline_place=ALL,
    )  # fmt: skip
    made = with_mentions(made)
    measure = replace(made.measures[0], object=ALL, through=ALL, ends_when=ALL)
    talks = replace(made.talks[0], subject=ALL, place=ALL)
    claim = replace(made.claims[0], source=ALL, content=ALL)
    return replace(made, measures=(measure,), talks=(talks,), claims=(claim,))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "news.duckdb"
    ledger = Ledger(path, clock=noon)
    ledger.record(_nasty(id, f"2025-02-{day:02}") for day, id in enumerate(IDS, 10))
    for row in ledger.view("events").to_pylist()[:1]:
        ledger.correct(row["id"], "accept", None, who=ALL, why=ALL)
    return path


@pytest.fixture(scope="module")
def addresses(hostile: Path) -> list[str]:
    """Every page that shows something of the ledger, and those that repeat what they are asked for."""
    ledger, asked = Ledger(hostile, create=False), quote(ALL, safe="")
    found = [page.path for page in make_app(hostile).state.navigation]
    found += ["/review?judged=1", "/review/login", f"/review?only={asked}", f"/review?report={asked}&said={asked}"]
    found += ["/events/counts", "/actors/NOR", "/actors/NOR?part=counterparts", f"/actors?q={asked}"]
    found += [f"/events?{name}={asked}" for name in ("place", "source", "actor", "type", "since", "after", "quad")]
    found += [f"/?as_of={asked}", f"/no/such/{asked}", f"/articles/{asked}", f"/actors/{asked}", f"/why/{asked}"]
    for view in ("events", "measures", "talks", "claims"):
        rows = ledger.view(view).to_pylist()
        assert rows, view
        found += [telling.address("why", row["id"]) for row in rows[:1]]
        found += [telling.address("events", row["id"]) for row in rows[:1] if view == "events"]
        found += [telling.address("actors", party["entity"]) for row in rows[:1] for party in row.get("actors") or ()]
    return found + [telling.address("articles", id) for id in IDS]


@pytest.fixture(scope="module")
def address(hostile: Path) -> Iterator[str]:
    with served(make_app(hostile)) as address:
        yield address


@pytest.fixture(scope="module")
def there(hostile: Path) -> TestClient:
    """A visitor who may only read; one for all, as its first page to read takes long."""
    return TestClient(make_app(hostile), base_url=ADDRESS, raise_server_exceptions=False)


def test_no_page_holds_anything_that_runs_or_leads_out(there: TestClient, addresses: list[str]) -> None:
    for path in addresses:
        answer = there.get(path)
        assert answer.status_code in (200, 404, 422), (path, answer.status_code)
        is_harmless(answer.text)
        assert "1337" not in answer.text


@pytest.mark.parametrize("part", NASTY)
def test_all_of_it_shows_as_text(there: TestClient, hostile: Path, part: str) -> None:
    event_id = Ledger(hostile, create=False).view("events").to_pylist()[0]["id"]
    for path in ("/", "/events", telling.address("events", event_id), telling.address("articles", IDS[0])):
        page = is_harmless(there.get(path).text)
        assert part in page.xpath("string(//main)"), path


def test_every_article_is_reached_by_the_links_to_it(address: str, hostile: Path) -> None:
    found = set()
    for row in Ledger(hostile, create=False).view("events").to_pylist():
        page = is_harmless(raw(address, telling.address("events", row["id"]))[1].decode())
        for link in page.xpath("//a[starts-with(@href, '/articles/')]/@href"):
            status, content = raw(address, link.partition("#")[0])
            assert status == 200, link
            found.add(is_harmless(content.decode()).xpath("string(//h1/following::code[1])"))
    assert found == set(IDS)


def test_a_name_that_is_asked_for_is_repeated_as_text(there: TestClient) -> None:
    words = ALL[:190]
    for path in ("/events?place=", "/events?actor=", "/actors?q="):
        page = is_harmless(there.get(path + quote(words, safe="")).text)
        assert words.strip() in page.xpath("//input/@value"), path


def test_what_is_read_is_shown_as_text(there: TestClient) -> None:
    text = f"OSLO - Norway condemned Sweden on Monday, {ALL} officials said.\n\nNo more is known of {ALL}."
    answer = there.post("/read", data={"text": text})
    assert answer.status_code == 200
    page = is_harmless(answer.text)
    assert NASTY[2] in page.xpath("string(//main//div[contains(@class, 'body')])")  # tags are a page's, and not read
    assert page.xpath("string(//textarea)").strip() == text


def test_the_api_tells_it_as_json_that_no_browser_takes_for_a_page(there: TestClient) -> None:
    for view in ("events", "measures", "talks", "claims", "articles"):
        answer = there.get(f"/api/v1/{view}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert NASTY[0] in json.dumps(answer.json())
    refused = there.get("/api/v1/events", params={"actor": ALL})
    assert refused.status_code in (404, 422)
    assert refused.headers["content-type"] == "application/json"
    assert ALL in refused.json()["error"]["message"]


def test_a_writer_s_words_are_kept_as_text(visit: Make, hostile: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.duckdb"
    own.write_bytes(hostile.read_bytes())
    there = visit(own, allow_write=True, token=TOKEN)
    id = Ledger(own, create=False).view("events").to_pylist()[-1]["id"]
    given = {"id": id, "verdict": "accept", "who": ALL, "why": ALL}
    answer = there.post("/api/v1/judgements", json=given, headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 201, answer.text
    page = is_harmless(there.get(telling.address("events", id)).text)
    assert f"accept by {ALL}: {ALL}" in page.xpath("string(//main)")
    assert there.base_url == ADDRESS


# -- in a browser ------------------------------------------------------------------------------------------------

#: Text nodes with an override that would turn what stands beside them around, too.
LEAKS = """() => {
  const found = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    if (!node.data.includes("\\u202e") || node.parentElement.closest("select, textarea, [hidden]")) continue;
    const one = node.parentElement, words = [...one.childNodes].filter((n) => n.textContent.trim());
    const apart = getComputedStyle(one).unicodeBidi.includes("isolate");
    if (!apart || (words.length > 1 && !one.closest(".text"))) found.push(one.outerHTML.slice(0, 160));
  }
  return found;
}"""


def test_nothing_of_it_runs_in_a_browser(hostile: Path, addresses: list[str]) -> None:
    own = ["status of 404 ", "status of 422 "]  # the browser complains of the page's own
    with (
        chromium() as browser,
        served(make_app(hostile)) as address,
        watched(browser, address, passing=own, viewport={"width": 360, "height": 740}) as page,
    ):
        leaks = {}
        kinds = [path for path in addresses[: 1 - len(IDS)] if "?" not in path or "place=" in path]
        for path in kinds:
            page.goto(path)
            if page.locator("script").count() > 1:  # besides htmx: it may fetch and draw
                page.wait_for_load_state("networkidle")
            assert page.locator("img, iframe, [onerror], [onfocus]").count() == 0, path
            leaks[path] = page.evaluate(LEAKS)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path  # long words are broken
        assert not {path: found for path, found in leaks.items() if found}
        page.goto(telling.address("articles", IDS[0]))
        for span_ in page.locator("a.span").all():
            span_.click()
        page.keyboard.press("Tab")
