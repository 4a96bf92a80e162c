"""The page Review: what is to be judged, sentence by sentence; who may judge; what forms enter in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html

from rapporteur.record.ledger import Ledger
from rapporteur.record.review import Asked
from rapporteur.web.sessions import COOKIE, MOST_WRONG

from .conftest import TOKEN, Make


def dom(answer: Response) -> Any:
    return html.fromstring(answer.text)


def shown(answer: Response) -> str | None:
    """The report that a page has the forms for."""
    return next(iter(dom(answer).xpath("//section[@aria-labelledby='judge']//input[@name='report']/@value")), None)


def told(answer: Response) -> str:
    return str(dom(answer).xpath("normalize-space(//*[@id='said'])"))


def log_in(client: TestClient, name: str = "Ada") -> str:
    """Log in; gives the CSRF token of the session."""
    answer = client.post("/review/login", data={"name": name, "token": TOKEN})
    assert answer.status_code == 200 and answer.url.path == "/review"
    return str(dom(answer).xpath("//input[@name='csrf']/@value")[0])


def send(client: TestClient, csrf: str, report: str, verdict: str, **more: str) -> Response:
    return client.post("/review/judge", data={"csrf": csrf, "report": report, "verdict": verdict, **more})


def judged(ledger: Path) -> list[tuple[str, str | None, str, str]]:
    return [(j["verdict"], j["value"], j["who"], j["why"]) for j in Ledger(ledger).judgements().to_pylist()]


def queued(ledger: Path) -> list[str]:
    return [row["report"] for row in Ledger(ledger).queue(Asked(limit=100))]


def pages(client: TestClient, address: str) -> Iterator[Any]:
    """The pages that somebody sees who goes on to the end of the queue."""
    while True:
        page = dom(client.get(address))
        following = page.xpath("//a[@rel='next']/@href")
        if not following:
            return
        yield page
        address = str(following[0])


# -- looking ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ["unsure", "newest"])
def test_going_on_shows_every_report_of_the_queue_in_its_order(news: Path, client: TestClient, order: str) -> None:
    rows = Ledger(news).queue(Asked(order=order, limit=100))  # type: ignore[arg-type]
    seen = list(pages(client, f"/review?order={order}"))
    assert len(seen) == len(rows) > 1
    for page, row in zip(seen, rows, strict=True):
        assert page.xpath("string(//*[contains(@class, 'own')])") == row["sentence"]
        start = row["sentence_start"]
        words = row["sentence"][row["trigger_start"] - start : row["trigger_end"] - start]
        assert words in page.xpath("//*[contains(@class, 'own')]//mark[@class='trigger']//text()")


def test_previous_leads_back(client: TestClient) -> None:
    first, second = list(pages(client, "/review"))[:2]
    back = dom(client.get(str(second.xpath("//a[@rel='prev']/@href")[0])))
    own = "string(//*[contains(@class, 'own')])"
    assert back.xpath(own) == first.xpath(own)
    before_all = client.get(str(first.xpath("//a[@rel='prev']/@href")[0]))
    assert "No report comes before this one" in before_all.text


def test_the_sentence_stands_among_its_neighbours(client: TestClient) -> None:
    assert any(
        "The talks lasted all day." in page.xpath("string(//*[@class='text body'])")
        for page in pages(client, "/review")
    )


@pytest.mark.parametrize(
    "address", ["order=oldest", "after=nothing", "before=nothing", "only=NOTHING", "report=nothing"]
)
def test_what_can_t_be_asked_is_told(client: TestClient, address: str) -> None:
    answer = client.get(f"/review?{address}")
    assert 400 <= answer.status_code < 500
    assert address.partition("=")[2] in answer.text


def test_nothing_is_said_of_judgements_that_an_address_makes_up(client: TestClient) -> None:
    for address in ("/review?said=x&on=y", "/review?said=x", "/review?said=x&on=a"):
        answer = client.get(address)
        assert answer.status_code == 200 and told(answer) == ""


def test_markup_in_the_news_is_text_and_the_page_has_no_script_of_its_own(client: TestClient) -> None:
    seen = list(pages(client, "/review"))
    for page in seen:
        assert not page.xpath("//script[not(@src)] | //style | //@style | //main//b | //main//img")
    assert any("<script>alert(1)</script>" in page.text_content() for page in seen)


def test_codes_are_suggested_by_names(client: TestClient) -> None:
    assert "ISL" in html.fragment_fromstring(client.get("/review/codes?who=icel").text, "div").xpath("option/@value")
    assert client.get("/review/codes?who=<script>").text.strip() == ""
    assert client.get("/review/codes").text.strip() == ""


# -- who may judge ----------------------------------------------------------------------------------------------


def test_a_server_that_only_reads_says_how_it_would_write(client: TestClient) -> None:
    assert "--allow-write" in client.get("/review").text and shown(client.get("/review")) is None
    assert client.post("/review/login", data={"name": "Ada", "token": TOKEN}).status_code == 403
    assert send(client, "x", "a-1", "accept").status_code == 403


def test_nobody_judges_who_is_not_logged_in(writer: TestClient, own_news: Path) -> None:
    page = writer.get("/review")
    assert shown(page) is None and dom(page).xpath("//a[@href='/review/login']")
    answer = send(writer, "", queued(own_news)[0], "accept")
    assert answer.status_code == 401 and "log in" in told(answer)
    assert judged(own_news) == []


def test_the_cookie_is_for_this_server_s_pages_alone_and_is_not_the_token(writer: TestClient) -> None:
    answer = writer.post("/review/login", data={"name": "Ada", "token": TOKEN}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")}
    assert {"httponly", "samesite=strict", "path=/review"} <= parts
    assert TOKEN not in cookie and writer.cookies[COOKIE]


@pytest.mark.parametrize(
    ("name", "token", "status"), [("Ada", "a wrong token, long enough", 401), ("Ada", "", 401), (" ", TOKEN, 422)]
)
def test_a_login_needs_the_token_and_a_name(writer: TestClient, name: str, token: str, status: int) -> None:
    answer = writer.post("/review/login", data={"name": name, "token": token})
    assert answer.status_code == status and dom(answer).xpath("//*[@role='alert']")
    assert not writer.cookies and token not in dom(answer).xpath("//input/@value")


def test_after_some_wrong_tokens_not_even_the_right_one_is_looked_at(writer: TestClient) -> None:
    for _ in range(MOST_WRONG):
        assert writer.post("/review/login", data={"name": "Ada", "token": "guessed"}).status_code == 401
    answer = writer.post("/review/login", data={"name": "Ada", "token": TOKEN})
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0


def test_a_form_without_the_session_s_own_csrf_token_enters_nothing(
    writer: TestClient, visit: Make, own_news: Path
) -> None:
    csrf = log_in(writer)
    report = queued(own_news)[0]
    for wrong in ("", csrf[:-1], csrf + "x"):
        assert send(writer, wrong, report, "accept").status_code == 403
        answer = writer.post("/review/undo", data={"csrf": wrong, "report": report, "judgement": "x"})
        assert answer.status_code == 403
        assert writer.post("/review/logout", data={"csrf": wrong}).status_code == 403
    assert judged(own_news) == []
    assert shown(writer.get("/review")) == report


def test_forms_of_foreign_pages_are_refused(writer: TestClient, own_news: Path) -> None:
    data = {"csrf": log_in(writer), "report": queued(own_news)[0], "verdict": "accept"}
    answer = writer.post("/review/judge", data=data, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403 and judged(own_news) == []


def test_who_logs_out_judges_no_more(writer: TestClient, own_news: Path) -> None:
    csrf = log_in(writer)
    kept = writer.cookies[COOKIE]
    assert shown(writer.post("/review/logout", data={"csrf": csrf})) is None
    writer.cookies.set(COOKIE, kept, path="/review")
    assert send(writer, csrf, queued(own_news)[0], "accept").status_code == 401
    assert judged(own_news) == []


# -- judging ----------------------------------------------------------------------------------------------------


def test_after_a_verdict_the_next_is_shown_and_it_is_said_what_was_entered(writer: TestClient, own_news: Path) -> None:
    csrf, (first, second, third, *_) = log_in(writer), queued(own_news)
    answer = send(writer, csrf, first, "accept")
    assert shown(answer) == second and "accepted" in told(answer)
    answer = send(writer, csrf, second, "reject", why="it is a dream")
    assert shown(answer) == third and "rejected" in told(answer)
    assert judged(own_news) == [("accept", None, "Ada", "reviewed"), ("reject", None, "Ada", "it is a dream")]


def test_a_report_can_be_put_right_in_several_ways(writer: TestClient, own_news: Path) -> None:
    csrf, report = log_in(writer), queued(own_news)[0]
    answer = send(writer, csrf, report, "retype", type="protest", then="stay")
    assert shown(answer) == report and "retyped as PROTEST" in told(answer)
    answer = send(writer, csrf, report, "recode", party="actors/1", who="iceland", then="stay")
    assert shown(answer) == report
    answer = send(writer, csrf, report, "recode", party="recipients/1", none="1")
    assert shown(answer) != report
    assert [said[:2] for said in judged(own_news)] == [
        ("retype", "PROTEST"), ("recode", "actors/1=ISL"), ("recode", "recipients/1=")
    ]  # fmt: skip
    row = Ledger(own_news).report(report)
    assert (row["type"], row["actors"][0]["code"], len(row["recipients"] or ())) == ("PROTEST", "ISL", 0)


def test_an_undo_shows_the_report_again_as_it_was(writer: TestClient, own_news: Path) -> None:
    csrf, whole = log_in(writer), queued(own_news)
    answer = send(writer, csrf, whole[0], "reject")
    (judgement,) = dom(answer).xpath("//input[@name='judgement']/@value")
    answer = writer.post("/review/undo", data={"csrf": csrf, "report": whole[0], "judgement": judgement})
    assert shown(answer) == whole[0] and "undone: rejected" in told(answer)
    assert queued(own_news) == whole
    again = writer.post("/review/undo", data={"csrf": csrf, "report": whole[0], "judgement": judgement})
    assert again.status_code == 422 and judgement in told(again)


def test_one_is_still_in_the_same_part_of_the_queue(writer: TestClient, own_news: Path) -> None:
    csrf, ledger = log_in(writer), Ledger(own_news)
    rows = ledger.queue(Asked("newest", limit=100))
    type = next(r["told_type"] for r in rows if sum(r["told_type"] == one["told_type"] for one in rows) == 1)
    report = next(row["report"] for row in rows if row["told_type"] == type)
    answer = send(writer, csrf, report, "accept", order="newest", only=type)
    assert shown(answer) is None and f"read as {type}" in answer.text
    assert dom(answer).xpath("//option[@selected]/text()")[:2] == ["newest first", type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "merge"},
        {"verdict": ""},
        {"verdict": "retype", "type": "MARCHING"},
        {"verdict": "retype"},
        {"verdict": "recode", "party": "actors/1"},
        {"verdict": "recode", "party": "actors/1", "who": "Iceland", "none": "1"},
        {"verdict": "recode", "party": "actors/1", "who": "nobody at all"},
        {"verdict": "recode", "party": "actors/9", "who": "Iceland"},
        {"verdict": "recode", "party": "", "who": "Iceland"},
    ],
)
def test_what_can_t_be_judged_so_is_told_and_enters_nothing(
    writer: TestClient, own_news: Path, wrong: dict[str, str]
) -> None:
    csrf, report = log_in(writer), queued(own_news)[0]
    answer = writer.post("/review/judge", data={"csrf": csrf, "report": report, **wrong})
    assert answer.status_code == 422 and told(answer) and shown(answer) == report
    assert judged(own_news) == []


def test_reports_alone_are_judged_here(writer: TestClient, own_news: Path) -> None:
    csrf = log_in(writer)
    event = Ledger(own_news).view("events").to_pylist()[0]["id"]
    assert send(writer, csrf, event, "accept").status_code == 404
    assert send(writer, csrf, "nothing", "accept").status_code == 404
    assert judged(own_news) == []


def test_markup_in_a_name_or_reason_is_text(writer: TestClient, own_news: Path) -> None:
    csrf = log_in(writer, "<b>Ada</b>")
    answer = send(writer, csrf, queued(own_news)[0], "retype", type="PROTEST", why="<img src=x>", then="stay")
    assert not dom(answer).xpath("//main//b | //main//img")
    assert "<img src=x>" in dom(answer).text_content()
