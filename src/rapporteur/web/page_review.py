"""The page Review: reports to judge, one sentence at a time; logging in to do so; the judged sentences as gold.

Judgements are entered by who is logged in (``sessions``), each by a form that brings the session's CSRF token. The form
to log in brings the server's token, which no foreign page knows, and the guard takes no form from foreign pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rapporteur.errors import AskError
from rapporteur.knowledge.ontology import Ontology
from rapporteur.record.actor_names import names
from rapporteur.record.ledger import Ledger
from rapporteur.record.review import ORDERS
from rapporteur.record.said import UNDO
from rapporteur.web import pages, registry_words, review_shown, telling
from rapporteur.web.access import Access
from rapporteur.web.problems import Problem
from rapporteur.web.review_shown import Place
from rapporteur.web.sessions import COOKIE, LIFETIME, Session, Sessions

router = APIRouter()
VERDICTS = ("accept", "reject", "retype", "recode")
_LONGEST = 1000  # characters of a field
_LONGEST_NAME = 100
_SUGGESTED = 12
Field = Annotated[str, Form(max_length=_LONGEST)]


@router.get("/review")
def review(request: Request) -> Response:
    """The report to judge next, or the one that the address names (``Place``)."""
    return _page(request, Place.of(request.query_params))


@router.get("/review/gold.jsonl")
def gold(request: Request) -> Response:
    """The sentences whose reports were all judged, a gold document a line, as ``rapporteur evaluate`` reads them."""
    ledger: Ledger = request.app.state.ledger
    lines = [json.dumps(document, ensure_ascii=False) + "\n" for document in ledger.gold()]
    disposition = {"content-disposition": 'attachment; filename="gold.jsonl"'}
    return Response("".join(lines), media_type="application/jsonl", headers=disposition)


@router.get("/review/codes")
def codes(request: Request, who: Annotated[str, Query(max_length=_LONGEST)] = "") -> Response:
    """Codes and registry ids of those who are called so, as options of a list; for the script that fills it."""
    found = registry_words.find(who, _SUGGESTED)
    return pages.render(request, "review_codes.html", codes=[(key, telling.actor_name(key)) for key in found])


# -- logging in ------------------------------------------------------------------------------------------------


@router.get("/review/login")
def login_form(request: Request) -> Response:
    """The form for the token and the judge's name."""
    return pages.render(request, "review_login.html", problem=None, called="", session=_session(request))


@router.post("/review/login")
def login(request: Request, token: Field = "", name: Annotated[str, Form(max_length=_LONGEST_NAME)] = "") -> Response:
    """Begin a session for who shows the token and says who he is; after some wrong tokens none is looked at a while."""
    access: Access = request.app.state.access
    sessions: Sessions = request.app.state.sessions
    address = request.client.host if request.client else ""
    wait = sessions.wait(address)
    headers: dict[str, str] = {}
    if not access.allow_write:
        status, problem = 403, "This server only reads."
    elif wait:
        status, problem = 429, f"Too many wrong tokens came from here; wait {wait} seconds."
        headers["retry-after"] = str(wait)
    elif not access.permits(token.strip()):
        sessions.wrong(address)
        status, problem = 401, "That is not the token that the server was started with."
    elif not name.strip():
        status, problem = 422, "Say who you are: each judgement is entered under a name."
    else:
        answer = RedirectResponse("/review", 303)
        _keep(request, answer, sessions.begin(name.strip()))
        return answer
    made = pages.render(request, "review_login.html", status, problem=problem, called=name, session=None)
    made.headers.update(headers)
    return made


@router.post("/review/logout")
def logout(request: Request, csrf: Field = "") -> Response:
    """End the session."""
    session = _session(request)
    if session is not None:
        _check(session, csrf)
        request.app.state.sessions.end(request.cookies.get(COOKIE))
    answer = RedirectResponse("/review", 303)
    answer.delete_cookie(COOKIE, path="/review")
    return answer


def _keep(request: Request, answer: Response, id: str) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, id, LIFETIME, path="/review", httponly=True, samesite="strict", secure=secure)


def _session(request: Request) -> Session | None:
    access: Access = request.app.state.access
    sessions: Sessions = request.app.state.sessions
    return sessions.find(request.cookies.get(COOKIE)) if access.allow_write else None


def _check(session: Session, csrf: str) -> None:
    if not session.sent(csrf):
        raise Problem(403, "the form is not one of this session; go back, load the page anew and send it again", "csrf")


# -- judging ---------------------------------------------------------------------------------------------------


class Given(BaseModel):
    """What a form to judge brings.

    Attributes:
        report: that is judged.
        verdict: one of ``VERDICTS``.
        type: to which it is retyped.
        party, who, none: the party that is set right, as ``recode`` writes it (``actors/1``); its code or name; "1" if
            it is no party.
        why: the reason.
        then: "stay" to see the same report again.
        order, only, judged: where in the queue one is (``Place``; ``only`` is its type).
    """

    csrf: Field = ""
    report: Field = ""
    verdict: Field = ""
    type: Field = ""
    party: Field = ""
    who: Field = ""
    none: Field = ""
    why: Field = ""
    then: Field = ""
    order: Field = ORDERS[0]
    only: Field = ""
    judged: Field = ""

    def place(self) -> Place:
        """Where the judged report stands."""
        told = {"order": self.order, "only": self.only, "judged": self.judged, "report": self.report}
        return Place.of(told)

    def value(self) -> str | None:
        """What the ledger takes as the judgement's value.

        Raises:
            AskError: the form contradicts itself or leaves something out.
        """
        if self.verdict == "retype":
            return self.type.strip().upper()
        if self.verdict != "recode":
            return None
        who = self.who.strip()
        if bool(who) == bool(self.none):
            raise AskError("who", "say who the party is, or that it is none: one of the two")
        return f"{self.party}={_code(who)}"


def _code(who: str) -> str:
    """The code or registry id of who is called so, where that is one alone; else as it was written."""
    keys = names().keys(who) if who else ()
    return keys[0] if len(keys) == 1 else who


@router.post("/review/judge")
def judge(request: Request, given: Annotated[Given, Form()]) -> Response:
    """Enter what a form says of a report, and go on to the next one, or stay with it."""
    place = given.place()

    def enter(ledger: Ledger, who: str) -> str:
        if given.verdict not in VERDICTS:
            raise AskError("verdict", f"'{given.verdict}' is none here; valid: {', '.join(VERDICTS)}")
        ledger.report(given.report)  # events and articles are judged elsewhere
        return ledger.correct(given.report, given.verdict, given.value(), who=who, why=given.why.strip() or "reviewed")

    def going_on(said: str) -> Place:
        where = place.at(report=given.report) if given.then == "stay" else place.at(after=given.report)
        return replace(where, said=said, on=given.report)

    return _entered(request, given, enter, going_on)


@router.post("/review/undo")
def undo(request: Request, given: Annotated[Given, Form()], judgement: Field = "") -> Response:
    """Undo a judgement, and show its report again."""
    place = given.place()

    def enter(ledger: Ledger, who: str) -> str:
        ledger.report(given.report)
        return ledger.correct(given.report, UNDO, judgement, who=who, why=given.why.strip() or "reviewed")

    return _entered(request, given, enter, lambda said: replace(place, said=said, on=given.report))


def _entered(
    request: Request, given: Given, enter: Callable[[Ledger, str], str], going_on: Callable[[str], Place]
) -> Response:
    """Enter a judgement of who is logged in, and answer with where to go on; or with the page and what is wrong."""
    if not request.app.state.access.allow_write:
        raise Problem(403, "this server only reads; start it with --allow-write and a token")
    session = _session(request)
    if session is None:
        return _page(request, given.place(), 401, "Nobody is logged in here, or not any more; log in and judge again.")
    _check(session, given.csrf)
    try:
        said = enter(request.app.state.ledger, session.name)
    except AskError as error:
        return _page(request, given.place(), 422, f"{error.where}: {error.problem}")
    return RedirectResponse(going_on(said).href(), 303)


# -- showing ---------------------------------------------------------------------------------------------------


def _page(request: Request, place: Place, status: int = 200, problem: str | None = None) -> Response:
    ledger: Ledger = request.app.state.ledger
    row = ledger.report(place.report) if place.report else next(iter(ledger.queue(place.asked())), None)
    why = ledger.why(row["report"]).to_pylist() if row else []
    made = pages.render(
        request,
        "review.html",
        status,
        place=place,
        problem=problem,
        announced=_announced(ledger, place),
        report=review_shown.shown(row, ledger.article(row["article"]), why) if row else None,
        following=place.at(after=row["report"]).href() if row else None,
        earlier=place.at(before=row["report"]).href() if row else None,
        first=place.at().href(),
        session=_session(request),
        orders=review_shown.ORDER_WORDS,
        types=tuple(Ontology.load().types),
        **telling.WORDS,
    )
    if problem is not None:
        made.headers["hx-push-url"] = "false"  # the address of a form that was not taken is no page's
    return made


def _announced(ledger: Ledger, place: Place) -> dict[str, Any] | None:
    if not (place.said and place.on):
        return None
    try:
        return review_shown.announced(place.said, ledger.why(place.on).to_pylist())
    except AskError:  # the address was written by hand: there is nothing to say
        return None
