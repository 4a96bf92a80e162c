"""The page Map: events by place, as data and as a list; what has no place is counted; filters as on Events."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from rapporteur.knowledge.places import gazetteer
from rapporteur.web import pages, telling

from . import places
from .conftest import Make


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return places.record(tmp_path_factory.mktemp("places") / "places.duckdb")


@pytest.fixture
def client(visit: Make, ledger: Path) -> TestClient:
    return visit(ledger)


def listed(page: str) -> dict[str, tuple[str, str]]:
    """The list's places: number of events and what each is."""
    rows = html.fromstring(page).xpath("//section[@id='places']//tbody/tr[th]")
    return {row.xpath("string(th)"): (row.xpath("string(td[1])"), row.xpath("string(td[2])")) for row in rows}


def collection(client: TestClient, query: str = "") -> list[dict]:  # type: ignore[type-arg]
    answer = client.get(f"/map/places.json{query}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/geo+json")
    data = answer.json()
    assert data["type"] == "FeatureCollection"
    return list(data["features"])


def test_the_list_holds_every_place_with_its_number_and_kind(client: TestClient) -> None:
    assert listed(client.get("/map").text) == {
        "Leiden": ("3", "town"),
        "Delft": ("2", "town"),
        "Sweden": ("1", "country"),
        places.HOSTILE: ("1", "not on the map"),
    }


def test_events_that_are_not_on_the_map_are_told(client: TestClient) -> None:
    said = " ".join(html.fromstring(client.get("/map").text).xpath("string(//div[@id='results'])").split())
    assert "6 of 8 events on the map" in said
    assert "1 tells of no place; of 1 the place is told, but not known where it is" in said


def test_the_data_is_geojson_with_longitude_first(client: TestClient) -> None:
    features = collection(client)
    here = places.town(places.TOWN)
    assert [f["properties"]["name"] for f in features] == ["Leiden", "Delft", "Sweden"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [here.lon, here.lat]}
    assert [f["properties"]["precision"] for f in features] == ["town", "town", "country"]
    assert [f["properties"]["events"] for f in features] == [3, 2, 1]


def test_a_place_leads_to_as_many_events_as_it_says(client: TestClient) -> None:
    for feature in collection(client):
        events = html.fromstring(client.get(feature["properties"]["href"]).text)
        assert len(events.xpath("//ul[@class='rows']/li[@id]")) == feature["properties"]["events"]
        latest = html.fromstring(client.get(feature["properties"]["latest"]).text)
        assert len(latest.xpath("//div[@id='latest']/ul/li/a[starts-with(@href, '/events/')]")) > 0


def test_latest_has_the_newest_first(client: TestClient) -> None:
    page = html.fromstring(client.get("/map/latest?place=Leiden").text)
    types = [a.text_content().split()[0] for a in page.xpath("//div[@id='latest']/ul/li/a[1]")]
    assert types == ["THREATEN", "AID", "CONSULT"]


@pytest.mark.parametrize(
    ("query", "events"),
    [
        ("?quad=2", {"Leiden": 1}),
        ("?type=THREATEN", {"Leiden": 1, "Sweden": 1}),
        ("?since=2025-03-01&until=2025-03-31", {"Delft": 2}),
        ("?known_by=2025-01-31", {"Leiden": 2}),
        ("?place=delft", {"Delft": 2}),
        ("?status=future", {}),
        ("?quad=1&type=AID", {}),
    ],
)
def test_filters_narrow_map_and_list_alike(client: TestClient, query: str, events: dict[str, int]) -> None:
    assert {f["properties"]["name"]: f["properties"]["events"] for f in collection(client, query)} == events
    shown = {name: int(n) for name, (n, kind) in listed(client.get(f"/map{query}").text).items() if kind[:3] != "not"}
    assert shown == events


def test_the_form_keeps_what_was_asked(client: TestClient) -> None:
    page = html.fromstring(client.get("/map?actor=NOR&since=2025-01-02&quad=1").text)
    form = page.get_element_by_id("filters")
    assert form.get("action") == "/map"
    assert dict(form.form_values()) == dict(form.form_values()) | {"actor": "NOR", "since": "2025-01-02", "quad": "1"}
    assert "actor=NOR" in page.get_element_by_id("map").get("data-places")


def test_a_filter_that_can_not_be_is_told(client: TestClient) -> None:
    answer = client.get("/map?quad=9")
    assert answer.status_code == 422
    assert "there is no quad class '9'" in html.fromstring(answer.text).text_content()
    assert client.get("/map/places.json?quad=9").status_code in (409, 422)


def test_a_list_of_many_places_has_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapporteur.web.page_map._SHOWN", 2)
    first = client.get("/map?actor=NOR")
    assert list(listed(first.text)) == ["Leiden", "Delft"]
    (more,) = html.fromstring(first.text).xpath("//a[@rel='next']/@href")
    assert list(listed(client.get(more).text)) == [places.HOSTILE, "Sweden"]


def test_markup_in_a_place_is_text(client: TestClient) -> None:
    assert "<img src=x" not in client.get("/map").text
    assert "<img src=x" not in client.get("/map/latest?place=%3Cimg%20src%3Dx%3E").text


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    for address in ("/map", "/map/latest?place=Leiden"):
        assert not html.fromstring(client.get(address).text).xpath("//script[not(@src)] | //style | //@style")


def test_the_outlines_are_where_the_gazetteer_has_the_countries() -> None:
    """A country's point lies within the bounds of its outline; no ring leaps across the map."""
    shapes = json.loads((pages.STATIC / "outlines.geojson").read_text(encoding="utf-8"))["features"]
    outlines = {shape["properties"]["name"]: shape["geometry"]["coordinates"] for shape in shapes}
    known = {telling.actor_name(code): gazetteer().country(code) for code in ("NOR", "BRA", "KEN", "JPN", "AUS", "RUS")}
    for name, point in known.items():
        assert point is not None
        lons, lats = zip(*(at for polygon in outlines[name] for at in polygon[0]), strict=True)
        assert min(lats) <= point[0] <= max(lats) and min(lons) <= point[1] <= max(lons), name
    for polygons in outlines.values():
        for ring in (ring for polygon in polygons for ring in polygon):
            leaps = [abs(one[0] - other[0]) for one, other in pairwise(ring) if abs(one[1]) < 90]
            assert max(leaps, default=0) <= 180
