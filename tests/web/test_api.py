"""The REST API: lists and their pages, single rows, why, reading, asking, judging; and what it says of mistakes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from rapporteur.exports import record_formats
from rapporteur.record.ledger import Ledger
from rapporteur.record.shapes import VIEWS
from rapporteur.web import app as applications
from rapporteur.web import cursors
from rapporteur.web.reading import BusyError, SharedReader

from ..record.made import noon, stories, story
from .conftest import TOKEN, Make

SHOWN = {"authorization": f"Bearer {TOKEN}"}
CASE = {
    "institution": "NPT",
    "ask": {"kind": "status", "object": "NPT", "party": "NOR"},
    "as_of": "2025-06-20",
    "facts": [{"date": "2025-06-19", "type": "notify", "by": ["NOR"], "object": "NPT Art. X(1)"}],
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "archive.duckdb"
    Ledger(path, clock=noon).record(stories(60))
    return path


def pages(client: TestClient, view: str, **asked: Any) -> Iterator[list[dict[str, Any]]]:
    """The pages of a list, to the end."""
    cursor = None
    while True:
        answer = client.get(f"/api/v1/{view}", params={**asked, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield page["items"]
        cursor = page["next"]
        if cursor is None:
            return


def error(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The error that an answer tells, in the one shape."""
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}
    told: dict[str, Any] = answer.json()["error"]
    assert set(told) == {"code", "message", "where"}
    assert told["code"] == code
    assert "\n" not in told["message"]
    return told


# -- lists -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_a_list_holds_the_lines_that_the_command_prints(client: TestClient, news: Path, view: str) -> None:
    printed = io.BytesIO()
    record_formats.write(Ledger(news).view(view), view, "jsonl", printed)
    lines = [json.loads(line) for line in printed.getvalue().splitlines()]
    assert lines
    assert client.get(f"/api/v1/{view}").json() == {"items": lines, "next": None}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("limit", [1, 7])
def test_pages_to_the_end_give_each_row_once(visit: Make, archive: Path, view: str, limit: int) -> None:
    client = visit(archive)
    found = list(pages(client, view, limit=limit))
    assert all(len(page) == limit for page in found[:-1])
    assert 1 <= len(found[-1]) <= limit
    assert [row["id"] for page in found for row in page] == Ledger(archive).view(view)["id"].to_pylist()


def test_a_list_is_narrowed_as_the_view_is(client: TestClient) -> None:
    def ids(path: str) -> list[str]:
        return [row["id"] for row in client.get(path).json()["items"]]

    assert ids("/api/v1/articles?actor=ESP") == ["c"]
    assert ids("/api/v1/articles?actor=ESP&actor=SWE") == ["a", "b", "c"]
    assert ids("/api/v1/articles?since=2025-01-11&until=2025-03-01") == ["b", "c"]
    assert ids("/api/v1/articles?known_by=2025-01-10") == ["a"]
    assert ids("/api/v1/articles?type=THREATEN") == ["c"]
    assert len(ids("/api/v1/events?actor=AUT&with=NOR")) == 1
    assert ids("/api/v1/measures?as_of=2024-12-31") == ids("/api/v1/measures?type=ban")
    assert ids("/api/v1/measures?type=siege") == []
    assert ids("/api/v1/claims?type=deny")
    told = client.get("/api/v1/events").json()["items"]
    for status in ("actual", "negated"):
        wanted = [row["id"] for row in told if row["status"] == status]
        assert ids(f"/api/v1/events?status={status}") == wanted
    assert ids("/api/v1/events?status=actual&status=negated") == [row["id"] for row in told]
    assert ids("/api/v1/events?source=herald") == [told[0]["id"]]
    assert ids("/api/v1/events?place=nowhere") == []
    assert ids("/api/v1/measures?status=in+force&status=threatened") == ids("/api/v1/measures")
    assert ids("/api/v1/measures?status=ended") == []
    assert ids("/api/v1/talks?status=under+way") == ids("/api/v1/talks")
    assert ids("/api/v1/talks?status=failed") == []
    assert len(ids("/api/v1/claims")) == 2


def test_rows_are_told_at_a_day(client: TestClient) -> None:
    def status(day: str) -> str:
        return str(client.get(f"/api/v1/measures?as_of={day}").json()["items"][0]["status"])

    assert (status("2024-12-31"), status("2025-02-01")) == ("threatened", "in force")


@pytest.mark.parametrize(
    ("query", "status", "where"),
    [
        ("actr=NOR", 422, "actr"),
        ("limit=0", 422, "limit"),
        ("limit=1001", 422, "limit"),
        ("limit=x", 422, "limit"),
        ("since=2025-02-30", 422, "since"),
        ("since=2025-2-3", 422, "since"),
        ("as_of=yesterday", 422, "as_of"),
        ("rejected=1", 422, "rejected"),
        ("type=SINGING", 422, "type.0"),
        ("cursor=%3B", 422, "cursor"),
        ("actor=", 422, "actor.0"),
        ("cursor=abcd", 404, "cursor"),
        ("actor=Nobodyland", 404, "actor"),
        ("with=Nobodyland", 404, "with"),
        ("country=Nobodyland", 404, "country"),
        ("since=2025-02-02&until=2025-02-01", 409, "since"),
    ],
)
def test_a_wrong_argument_is_told_with_its_name(client: TestClient, query: str, status: int, where: str) -> None:
    code = {404: "not_found", 409: "conflict", 422: "invalid"}[status]
    assert error(client.get(f"/api/v1/events?{query}"), status, code)["where"] == where


def test_a_cursor_is_good_for_its_own_list_alone(visit: Make, archive: Path) -> None:
    client = visit(archive)
    cursor = client.get("/api/v1/events?limit=2&actor=NOR").json()["next"]
    assert client.get(f"/api/v1/events?limit=50&actor=NOR&cursor={cursor}").status_code == 200
    for other in (f"events?actor=SWE&cursor={cursor}", f"events?cursor={cursor}", f"talks?actor=NOR&cursor={cursor}"):
        assert error(client.get(f"/api/v1/{other}"), 404, "not_found")["where"] == "cursor"
    forged = cursors.written(b"another question", "e-1")
    error(client.get(f"/api/v1/events?cursor={forged}"), 404, "not_found")


# -- rows ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_a_row_is_found_by_its_id_with_what_stands_behind_it(client: TestClient, view: str) -> None:
    for row in client.get(f"/api/v1/{view}").json()["items"]:
        assert client.get(f"/api/v1/{view}/{row['id']}").json() == row
        why = client.get(f"/api/v1/{view}/{row['id']}/why").json()["items"]
        assert why
        assert {one["id"] for one in why} == {row["id"]}
        other = "events" if view != "events" else "talks"
        error(client.get(f"/api/v1/{other}/{row['id']}"), 404, "not_found")
        error(client.get(f"/api/v1/{other}/{row['id']}/why"), 404, "not_found")


def test_a_row_is_told_at_a_day_and_only_if_known_then(client: TestClient) -> None:
    (row,) = client.get("/api/v1/measures").json()["items"]
    assert client.get(f"/api/v1/measures/{row['id']}?as_of=2024-12-31").json()["status"] == "threatened"
    error(client.get(f"/api/v1/measures/{row['id']}?known_by=2024-12-31"), 404, "not_found")
    error(client.get(f"/api/v1/measures/{row['id']}?limit=3"), 422, "invalid")


def test_an_article_may_have_any_id(visit: Make, tmp_path: Path) -> None:
    path = tmp_path / "odd.duckdb"
    names = ["2025/03/story.txt", "a b?c=d#e", "../etc", "ä 100%", "<script>"]
    Ledger(path, clock=noon).record([story(id, tail=f"It was number {id}.") for id in names])
    client = visit(path)
    for id in names:
        assert client.get(f"/api/v1/articles/{quote(id, safe='')}").json()["id"] == id
        assert client.get(f"/api/v1/articles/{quote(id, safe='')}/why").json()["items"][0]["what"] == "article"


def test_markup_in_the_news_comes_back_as_text_in_json(client: TestClient) -> None:
    answer = client.get("/api/v1/articles/d")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    row = answer.json()
    assert row["headline"] == "<script>alert('headline')</script>"
    assert row["outlet"] == "<b>Daily</b>"


# -- reading ---------------------------------------------------------------------------------------------------

SENTENCE = "Norway accused Sweden on Monday of overfishing in the Skagerrak."


def test_a_page_is_read_and_not_kept(client: TestClient) -> None:
    answer = client.post("/api/v1/read", json={"text": SENTENCE, "date": "2025-03-04"})
    (article,) = answer.json()["articles"]
    assert answer.json()["problems"] == []
    assert (article["body"], article["date"]) == (SENTENCE, {"value": "2025-03-04", "basis": "given"})
    (event,) = article["events"]
    assert (event["type"], event["actors"][0]["code"], event["recipients"][0]["code"]) == ("ACCUSE", "NOR", "SWE")
    same = client.post("/api/v1/read", files={"file": ("page.txt", SENTENCE.encode())}, data={"date": "2025-03-04"})
    assert same.json()["articles"] == [{**article, "page": "page.txt"}]
    assert len(client.get("/api/v1/articles").json()["items"]) == 4


def test_what_can_t_be_read_is_a_problem_of_the_page(client: TestClient) -> None:
    for content in (b"  \n", b"%PDF-1.7 and so on", b"\x00\x01\x02" * 99):
        told = client.post("/api/v1/read", files={"file": ("../../etc/<b>.txt", content)}).json()
        assert told["articles"] == []
        assert [problem["code"] for problem in told["problems"]] == ["unreadable"]


def test_a_page_is_sent_as_json_or_in_a_form(client: TestClient) -> None:
    def sent(**how: Any) -> Any:
        return client.post("/api/v1/read", **how)

    error(sent(content=SENTENCE), 415, "unsupported_media_type")
    error(sent(content=SENTENCE, headers={"content-type": "text/plain"}), 415, "unsupported_media_type")
    error(sent(content=b"{", headers={"content-type": "application/json"}), 422, "invalid")
    error(sent(content=b"[" * 100_000, headers={"content-type": "application/json"}), 422, "invalid")
    error(sent(content=b"--", headers={"content-type": "multipart/form-data"}), 422, "invalid")
    for body in ([], {}, {"text": ""}, {"text": 1}, {"text": "x", "date": "2025"}, {"text": "x", "page": "y"}):
        error(sent(json=body), 422, "invalid")
    file = {"file": ("a.txt", b"x")}
    assert error(sent(files={"page": ("a.txt", b"x")}), 422, "invalid")["where"] == "page"
    assert error(sent(files=file, data={"date": "soon"}), 422, "invalid")["where"] == "date"
    error(sent(files={"file": ("a.txt", b"x")}, data={"date": "2025-01-01", "more": "x"}), 422, "invalid")


def test_too_large_a_page_is_refused_before_it_is_read(
    visit: Make, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applications, "_AROUND", 1000)
    client = visit(news, max_upload=5000)

    def parts() -> Iterator[bytes]:
        yield from [b"x" * 1000] * 9

    for how in ({"json": {"text": "x" * 7000}}, {"files": {"file": ("a.txt", b"x" * 7000)}}):
        error(client.post("/api/v1/read", **how), 413, "too_large")  # type: ignore[arg-type]
    told = error(
        client.post("/api/v1/read", content=parts(), headers={"content-type": "application/json"}), 413, "too_large"
    )
    assert "6,000 bytes" in told["message"]
    error(client.post("/api/v1/ask", json={**CASE, "question": "x" * 7000}), 413, "too_large")


def test_who_waits_too_long_for_the_reader_is_told_so(visit: Make, news: Path) -> None:
    client = visit(news)
    shared = SharedReader(patience=0.01)
    client.app.state.reader = shared  # type: ignore[attr-defined]
    with shared._turn:
        answer = client.post("/api/v1/read", json={"text": SENTENCE})
        with pytest.raises(BusyError):
            shared.read(SENTENCE)
    error(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "60"


# -- asking ----------------------------------------------------------------------------------------------------


def test_a_case_is_answered_as_the_command_does(client: TestClient) -> None:
    from rapporteur import ask

    assert client.post("/api/v1/ask", json=CASE).json() == {**ask(CASE), "id": "case"}
    later = client.post("/api/v1/ask", json={**CASE, "as_of": "2025-06-20T11:00:00+02:00"}).json()
    assert later["outcome"] == ask(CASE)["outcome"]


def test_a_case_that_can_t_be_answered_is_told(client: TestClient) -> None:
    def asked(**other: Any) -> Any:
        return client.post("/api/v1/ask", json={**CASE, **other})

    assert error(asked(institution="FIFA"), 422, "invalid")["where"] == "institution"
    assert error(asked(as_of="soon"), 422, "invalid")["where"] == "as_of"
    assert error(asked(as_of="1200-01-01"), 409, "conflict")["where"] == "case"
    assert error(asked(facts=[{}] * 501), 422, "invalid")["where"] == "facts"
    assert error(asked(ask={"kind": "guess", "object": "NPT"}), 422, "invalid")["where"] == "ask.kind"
    error(client.post("/api/v1/ask", content=json.dumps(CASE)), 415, "unsupported_media_type")
    assert asked(facts=[{"type": "sing"}]).json()["problems"]


def test_institutions_are_listed(client: TestClient) -> None:
    rows = client.get("/api/v1/institutions").json()["items"]
    (npt,) = [row for row in rows if row["id"] == "NPT"]
    assert set(npt) == {"id", "title", "patterns", "rules"}
    assert npt["rules"] > 0


# -- judging ---------------------------------------------------------------------------------------------------


def test_who_shows_the_token_may_judge(writer: TestClient) -> None:
    event = writer.get("/api/v1/events?type=THREATEN").json()["items"][0]["id"]
    given = {"id": event, "verdict": "retype", "value": "REJECT", "who": "A. Reader", "why": "a refusal, no threat"}
    answer = writer.post("/api/v1/judgements", json=given, headers=SHOWN)
    assert answer.status_code == 201
    assert writer.get(f"/api/v1/events/{event}").json()["type"] == "REJECT"
    judged = writer.get(f"/api/v1/events/{event}/why").json()["items"][0]["judgements"]
    assert [(one["judgement"], one["who"], one["value"]) for one in judged] == [
        (answer.json()["judgement"], "A. Reader", "REJECT")
    ]
    wrong = {**given, "verdict": "reject", "value": None}
    assert writer.post("/api/v1/judgements", json=wrong, headers=SHOWN).status_code == 201
    error(writer.get(f"/api/v1/events/{event}"), 404, "not_found")
    assert writer.get(f"/api/v1/events/{event}?rejected=true").status_code == 200


def test_parties_are_mended_and_what_was_said_is_undone(writer: TestClient) -> None:
    before = writer.get("/api/v1/events").json()["items"][0]
    said = {"who": "A. Reader", "why": "so it was"}
    given = {"id": before["id"], "verdict": "recode", "value": "actors/1=state:FIN; recipients/+=igo:NATO", **said}
    answer = writer.post("/api/v1/judgements", json=given, headers=SHOWN)
    assert answer.status_code == 201
    after = writer.get(f"/api/v1/events/{before['id']}").json()
    assert "state:FIN" in [party["entity"] for party in after["actors"]]
    assert after["recipients"][-1]["entity"] == "igo:NATO"
    undo = {"id": answer.json()["judgement"], "verdict": "undo", **said}
    assert writer.post("/api/v1/judgements", json=undo, headers=SHOWN).status_code == 201
    assert writer.get(f"/api/v1/events/{before['id']}").json() == before
    assert error(writer.post("/api/v1/judgements", json=undo, headers=SHOWN), 409, "conflict")["where"] == "verdict"
    behind = writer.get(f"/api/v1/events/{before['id']}/why").json()["items"][0]
    assert [one["undone_by"] is None for one in behind["judgements"]] == [False, True]


def test_nobody_else_may(writer: TestClient, client: TestClient) -> None:
    event = writer.get("/api/v1/events").json()["items"][0]["id"]
    given = {"id": event, "verdict": "reject", "who": "A. Reader", "why": "no"}
    for headers in (
        {},
        {"authorization": "Bearer"},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": f"Bearer {TOKEN} "[:-2]},
        {"authorization": "Bearer Ü"},
    ):
        raw = {name: value.encode() for name, value in headers.items()}
        answer = writer.post("/api/v1/judgements", json=given, headers=raw)
        error(answer, 401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"
    error(client.post("/api/v1/judgements", json=given, headers=SHOWN), 403, "forbidden")
    assert writer.get(f"/api/v1/events/{event}").status_code == 200


def test_what_can_t_be_judged_so_is_told(writer: TestClient) -> None:
    event = writer.get("/api/v1/events").json()["items"][0]["id"]

    def judged(**other: Any) -> Any:
        given = {"id": event, "verdict": "accept", "who": "A. Reader", "why": "I was there", **other}
        return writer.post("/api/v1/judgements", json=given, headers=SHOWN)

    assert error(judged(id="e-nothing"), 404, "not_found")["where"] == "id"
    assert error(judged(verdict="retype"), 409, "conflict")["where"] == "value"
    assert error(judged(verdict="retype", value="SINGING"), 409, "conflict")["where"] == "value"
    assert error(judged(verdict="maybe"), 422, "invalid")["where"] == "verdict"
    assert error(judged(who="  "), 422, "invalid")["where"] == "who"


# -- all of it -------------------------------------------------------------------------------------------------


def test_other_methods_are_refused_with_those_that_go(client: TestClient) -> None:
    for method, path, allowed in (("DELETE", "events", "GET"), ("GET", "read", "POST"), ("PUT", "judgements", "POST")):
        answer = client.request(method, f"/api/v1/{path}")
        error(answer, 405, "method_not_allowed")
        assert answer.headers["allow"] == allowed


def test_a_ledger_that_is_gone_is_told_without_a_trace(visit: Make, own_news: Path) -> None:
    client = visit(own_news)
    own_news.write_bytes(b"no ledger any more " * 99)
    answer = client.get("/api/v1/events")
    assert error(answer, 503, "unavailable")["where"] == "ledger"
    assert str(own_news) not in answer.text
    assert answer.headers["retry-after"] == "5"


def test_openapi_tells_of_the_api_alone_and_needs_no_other_host(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.")
    assert all(path.startswith("/api/v1/") for path in told["paths"])
    assert {"/api/v1/events", "/api/v1/events/{id}", "/api/v1/events/{id}/why", "/api/v1/read"} <= set(told["paths"])
    row = told["components"]["schemas"]["MeasureRow"]
    assert list(row["properties"]) == VIEWS["measures"].names == row["required"]
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404
