"""What somebody who means harm sends: it can neither leave the server's folder, nor fill it up, nor keep it waiting."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Message

from rapporteur.web.app import make_app
from rapporteur.web.guards import Guard

from .browsing import is_harmless, raw, served
from .conftest import ADDRESS, Make


@pytest.fixture(scope="module")
def address(news: Path) -> Iterator[str]:
    with served(make_app(news)) as address:
        yield address


@pytest.fixture(scope="module")
def there(news: Path) -> TestClient:
    """A visitor who may only read; one for all, as its first page to read takes long."""
    return TestClient(make_app(news), base_url=ADDRESS, raise_server_exceptions=False)


NAMES = ("../../x", "/etc/passwd", "..\\..\\x", "a\0b", "x" * 5000, "<script>alert(1)</script>", "%2e%2e%2fx", ".", "")
SENT = b"OSLO - Norway condemned Sweden on Monday, officials said.\n\nThe ministry gave no details of the case."


def _form(name: str, content: bytes = SENT, field: str = "file") -> dict[str, Any]:
    """A form with one file, its name as it is."""
    head = f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--edge--\r\n"
    return {"content": body, "headers": {"content-type": "multipart/form-data; boundary=edge"}}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
def test_a_file_s_name_is_never_a_path(
    there: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for path in ("/read", "/api/v1/read"):
        answer = there.post(path, **_form(name))
        assert answer.status_code in (200, 400, 422), answer.text
        if path == "/read":
            is_harmless(answer.text)
    assert [str(found.relative_to(tmp_path)) for found in tmp_path.rglob("*")] == ["here"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/../../web/app.py",
        "/static/vendor/../../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fweb%2fapp.py",
        "/static/..%5capp.py",
        "/static/..%252fapp.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/app.py%00.css",
        "/articles/..%2f..%2fapp.py",
        "/articles/../app.py",
        "/actors/..%2f..%2fetc%2fpasswd",
        "/why/%00",
        "/events/%ff%fe",
    ],
)
def test_no_address_leads_out_of_its_folder(address: str, path: str) -> None:
    status, content = raw(address, path)
    assert status in (400, 404)
    assert b"make_app" not in content and b"root:" not in content


def test_headers_without_end_are_refused(address: str) -> None:
    try:
        status, _ = raw(address, "/", cookie="x" * (1 << 17))
    except ConnectionError:  # hung up before all was sent
        status = 431
    assert status in (400, 431)
    assert raw(address, "/words")[0] == 200  # and others are still served


@pytest.mark.parametrize("told", [True, False], ids=["size told", "size untold"])
def test_more_than_is_taken_is_refused_in_one_shape(visit: Make, news: Path, told: bool) -> None:
    there = visit(news, max_upload=1000)
    form = _form("x.txt", b"word " * 20_000)
    content = form["content"] if told else iter([form["content"][:50_000], form["content"][50_000:]])
    answer = there.post("/api/v1/read", content=content, headers=form["headers"])
    assert answer.status_code == 413
    error = answer.json()["error"]
    assert (error["code"], error["where"]) == ("too_large", None)
    assert "1,000" in error["message"] or "66,536" in error["message"]
    assert there.post("/read", **form).status_code == 413


def test_packed_bodies_are_not_unpacked(there: TestClient) -> None:
    bomb = gzip.compress(json.dumps({"text": "word " * 1_000_000}).encode())
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    answer = there.post("/api/v1/read", content=bomb, headers=headers)
    assert answer.status_code == 415
    assert answer.json()["error"]["code"] == "unsupported_media_type"
    plain = there.post("/api/v1/read", json={"text": SENT.decode()}, headers={"content-encoding": "identity"})
    assert plain.status_code == 200


def test_an_archive_is_a_file_like_another_and_is_not_unpacked(there: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../x", b"word " * 2_000_000)
    for content in (packed.getvalue(), gzip.compress(b"word " * 2_000_000)):
        answer = there.post("/api/v1/read", **_form("news.zip", content))
        assert answer.status_code == 200
        assert "word word" not in answer.text
        assert there.post("/read", **_form("news.zip", content)).status_code in (200, 422)


BROKEN = {
    "no edge": (b"x", "multipart/form-data"),
    "nothing": (b"", "multipart/form-data; boundary=edge"),
    "no end": (_form("x")["content"][:80], "multipart/form-data; boundary=edge"),
    "other edge": (_form("x")["content"], "multipart/form-data; boundary=other"),
    "no name": (
        b"--edge\r\nContent-Disposition: form-data\r\n\r\nx\r\n--edge--\r\n",
        "multipart/form-data; boundary=edge",
    ),
    "bytes": (b"\xff\xfe\x00" * 99, "multipart/form-data; boundary=edge"),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_broken_form_is_told_in_a_line(there: TestClient, body: tuple[bytes, str]) -> None:
    content, kind = body
    answer = there.post("/api/v1/read", content=content, headers={"content-type": kind})
    assert answer.status_code == 422
    assert answer.json()["error"]["where"] in ("body", "file")
    page = there.post("/read", content=content, headers={"content-type": kind})
    assert page.status_code in (400, 422)
    told = is_harmless(page.text).xpath("string(//*[@role = 'alert'])").strip()
    assert told and "\n" not in told


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"text": ' * 5000, b'{"text": "\xff"}', b"nothing", b""])
def test_broken_json_is_told_in_a_line(there: TestClient, body: bytes) -> None:
    answer = there.post("/api/v1/read", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert "\n" not in answer.json()["error"]["message"]


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    """Half of it was sent, and then nothing more."""
    sent: list[Message] = []
    parts = iter([{"type": "http.request", "body": b"x", "more_body": True}])

    async def receive() -> Message:
        for part in parts:
            return part
        await asyncio.sleep(60)
        raise AssertionError("waited to the end")

    async def send(message: Message) -> None:
        sent.append(message)

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass

    def problem(request: Any, status: int, message: str, error: BaseException | None) -> PlainTextResponse:
        return PlainTextResponse(f"{error!r}", status)

    guard = Guard(reading, hosts=["*"], max_body=1000, problem=problem, patience=0.05)
    scope = {"type": "http", "method": "POST", "path": "/read", "headers": [], "query_string": b""}
    asyncio.run(asyncio.wait_for(guard(scope, receive, send), 5))
    assert b"408" in sent[-1]["body"]
