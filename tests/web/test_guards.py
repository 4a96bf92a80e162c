"""What stands before every page and answer: hosts, headers, limits, one form of errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rapporteur.errors import AskError, LedgerError
from rapporteur.web.app import make_app

from .conftest import TOKEN, Make

ANY = ["/", "/static/rapporteur.css", "/static/nothing.css", "/api/v1/nothing", "/nothing"]


@pytest.mark.parametrize("path", ANY)
def test_every_answer_forbids_what_pages_don_t_need(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:99", "[::1]", "[::1]:8000"])
def test_loopback_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/static/rapporteur.css", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "localhost:x", "", "a/b", "[::1"]
)
def test_other_names_are_refused_in_both_forms(client: TestClient, host: str) -> None:
    for path in ANY:
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 400
        assert "content-security-policy" in answer.headers
    assert client.get("/api/v1/events", headers={"host": host}).json()["error"]["code"] == "bad_request"


def test_a_name_is_served_when_it_was_given(visit: Make, news: Path) -> None:
    there = visit(news, hosts=["Desk.example"])
    assert there.get("/static/rapporteur.css", headers={"host": "desk.example:8000"}).status_code == 200
    assert there.get("/static/rapporteur.css").status_code == 400
    assert visit(news, hosts=["*"]).get("/static/rapporteur.css", headers={"host": "x.example"}).status_code == 200


def test_nothing_is_sent_from_other_sites(client: TestClient) -> None:
    own = client.post("/nothing", headers={"origin": "http://127.0.0.1:8000"})
    assert own.status_code == 404
    for origin in ("http://evil.example", "http://127.0.0.1:9", "null"):
        assert client.post("/nothing", headers={"origin": origin}).status_code == 403


def test_errors_are_pages_for_people_and_one_shape_for_programs(client: TestClient) -> None:
    page = client.get("/nothing")
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "there is nothing at this address" in page.text
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json() == {
        "error": {"code": "not_found", "message": "there is nothing at this address", "where": None}
    }


def test_static_files_are_only_those(client: TestClient) -> None:
    for path in (
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/%00",
        "/static//etc/passwd",
    ):
        assert client.get(path).status_code == 404


def test_a_bug_is_told_once_and_shows_nothing_of_itself(visit: Make, news: Path) -> None:
    told: list[Exception] = []
    there = visit(news, on_bug=told.append)

    def broken() -> None:
        raise ValueError("a secret")

    there.app.add_api_route("/api/v1/broken", broken)  # type: ignore[attr-defined]
    there.app.add_api_route("/broken", broken)  # type: ignore[attr-defined]
    for path in ("/api/v1/broken", "/broken"):
        answer = there.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "content-security-policy" in answer.headers
    assert [str(error) for error in told] == ["a secret", "a secret"]


def test_an_application_needs_a_ledger_and_a_writer_a_token(news: Path, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger"):
        make_app(tmp_path / "missing.duckdb")
    assert not list(tmp_path.iterdir())
    for token in (None, "", "short", "sixteen letters\n" + "x" * 16, "ü" * 20):
        with pytest.raises(AskError, match=r"^token: "):
            make_app(news, allow_write=True, token=token)
    assert make_app(news, allow_write=True, token=TOKEN).state.access.permits(TOKEN)
    assert not make_app(news, token=TOKEN).state.access.permits(TOKEN)
