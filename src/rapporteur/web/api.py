"""The REST API under ``/api/v1`` (``docs/api.md``): the ledger's views as JSON, reading, asking, judging.

Rows are written as the views give them. What FastAPI checks on the way in is in ``api_asked``; the shapes that go out
are declared for OpenAPI (``api_rows``) and held by tests, not checked again for each row.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rapporteur.errors import CaseError, PageError
from rapporteur.exports.answers import patterns
from rapporteur.institutions.answers import ask as answer
from rapporteur.institutions.asking import institution_id
from rapporteur.knowledge.institutions import catalogue
from rapporteur.record.ledger import Ledger
from rapporteur.web import cursors
from rapporteur.web.api_asked import (
    LONGEST_TEXT,
    ArticleFilters,
    CaseAsked,
    ClaimFilters,
    Clocks,
    EventFilters,
    Filters,
    InstitutionAsked,
    InstitutionId,
    JudgementGiven,
    MeasureFilters,
    PageToRead,
    TalksFilters,
)
from rapporteur.web.api_rows import (
    PAGES,
    ROWS,
    Answer,
    Entered,
    ErrorBody,
    Institutions,
    InstitutionStands,
    Reading,
    Why,
)
from rapporteur.web.inquiries import Inquiries
from rapporteur.web.problems import Problem

PREFIX = "/api/v1"
_JSON, _FORM = "application/json", "multipart/form-data"
_WHATS = {"events": "event", "measures": "measure", "talks": "talks", "claims": "claim", "articles": "article"}
_ENCODER = msgspec.json.Encoder()
_solving = threading.Lock()  # one question at a time: the rules' solver takes a core and memory

_ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {"model": ErrorBody, "description": "Any error, in one shape"},
    404: {"model": ErrorBody, "description": "No such row, actor, country or cursor"},
    409: {"model": ErrorBody, "description": "Well formed, but it contradicts itself, the record or the rules"},
    422: {"model": ErrorBody, "description": "An argument is wrong"},
}
router = APIRouter(prefix=PREFIX, responses=_ERRORS)
Id = Annotated[str, Path(min_length=1, max_length=LONGEST_TEXT, description="Of a row of the view.")]


def _json(content: Any, status: int = 200) -> Response:
    return Response(_ENCODER.encode(content), status, media_type=_JSON)


# -- views -------------------------------------------------------------------------------------------------------


def _list(request: Request, view: str, asked: Filters) -> Response:
    """A page of a view; one row more is asked for than is shown, to know whether there is another page."""
    filters = asked.model_dump(exclude={"limit", "cursor"})
    question = _ENCODER.encode([view, filters])
    after = None
    if asked.cursor is not None:
        try:
            after = cursors.read(question, asked.cursor)
        except cursors.CursorError as error:
            raise Problem(404, str(error), "cursor") from None
    ledger: Ledger = request.app.state.ledger
    rows = ledger.view(view, **filters, limit=asked.limit + 1, after=after).to_pylist()
    shown = rows[: asked.limit]
    more = len(rows) > asked.limit
    return _json({"items": shown, "next": cursors.written(question, shown[-1]["id"]) if more else None})


def _one(request: Request, view: str, id: str, clocks: Clocks) -> Response:
    ledger: Ledger = request.app.state.ledger
    rows = ledger.view(view, ids=id, **clocks.model_dump()).to_pylist()
    if not rows:
        raise Problem(404, f"{view} have no row of this id, as they were known then", "id")
    return _json(rows[0])


def _why(request: Request, view: str, id: str) -> Response:
    ledger: Ledger = request.app.state.ledger
    rows = ledger.why(id).to_pylist()
    if not rows or rows[0]["what"] != _WHATS[view]:
        raise Problem(404, f"{view} have no row of this id", "id")
    return _json({"items": rows, "next": None})


@router.get("/events", response_model=PAGES["events"], tags=["views"])
def list_events(request: Request, asked: Annotated[EventFilters, Query()]) -> Response:
    """Acts, each once however many reports tell of it; by the first report's day and the id."""
    return _list(request, "events", asked)


@router.get("/measures", response_model=PAGES["measures"], tags=["views"])
def list_measures(request: Request, asked: Annotated[MeasureFilters, Query()]) -> Response:
    """Measures with their state on the day: in force, ended, threatened, disputed."""
    return _list(request, "measures", asked)


@router.get("/talks", response_model=PAGES["talks"], tags=["views"])
def list_talks(request: Request, asked: Annotated[TalksFilters, Query()]) -> Response:
    """Series of talks with their rounds."""
    return _list(request, "talks", asked)


@router.get("/claims", response_model=PAGES["claims"], tags=["views"])
def list_claims(request: Request, asked: Annotated[ClaimFilters, Query()]) -> Response:
    """What somebody asserts or rejects, with what it answers and what answers it."""
    return _list(request, "claims", asked)


@router.get("/articles", response_model=PAGES["articles"], tags=["views"])
def list_articles(request: Request, asked: Annotated[ArticleFilters, Query()]) -> Response:
    """What was read, and how much each article tells."""
    return _list(request, "articles", asked)


def _of_rows(view: str) -> None:
    """The addresses of single rows. Ids of articles are their publishers', and may hold slashes."""
    singular = _WHATS[view]

    def why(request: Request, id: Id) -> Response:
        return _why(request, view, id)

    def one(request: Request, id: Id, clocks: Annotated[Clocks, Query()]) -> Response:
        return _one(request, view, id, clocks)

    router.add_api_route(
        f"/{view}/{{id:path}}/why",
        why,
        response_model=Why,
        tags=["views"],
        name=f"why_{singular}",
        description="What stands behind the row: its reports with their words, sources, rules, links and judgements.",
    )
    router.add_api_route(
        f"/{view}/{{id:path}}",
        one,
        response_model=ROWS[view],
        tags=["views"],
        name=f"one_{singular}",
        description="One row of the view. A row that others have since joined is found by its old id too.",
    )


for _view in _WHATS:
    _of_rows(_view)


# -- reading -----------------------------------------------------------------------------------------------------


def _schema_of(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(ref_template="#/components/schemas/{model}")


def _form_schema() -> dict[str, Any]:
    properties = _schema_of(PageToRead)["properties"]
    return {
        "type": "object",
        "required": ["file"],
        "additionalProperties": False,
        "properties": {
            "file": {"type": "string", "format": "binary", "description": "The page, in any usual encoding."},
            "date": {"type": "string", "format": "date", "description": properties["date"]["description"]},
        },
    }


async def _page_sent(request: Request) -> tuple[str | bytes, str | None, str | None]:
    """The page, its date, and its name, as JSON or a form gives them."""
    kind = _media_type(request)
    if kind == _JSON:
        told = await _checked(request.body, PageToRead)
        return told.text, told.date, None
    if kind != _FORM:
        raise _wrong_kind(f"{_JSON} or {_FORM}")
    try:
        form = await request.form(max_files=1, max_fields=1, max_part_size=1 << 16)
    except HTTPException as error:  # 400 is the parser's, 413 the guard's
        if error.status_code != 400:
            raise
        raise Problem(422, f"not a form that can be read: {error.detail}", "body") from None
    file, date = form.get("file"), form.get("date")
    others = sorted(set(form) - {"file", "date"})
    if others:
        raise Problem(422, "the form takes `file` and `date` alone", others[0])
    if not isinstance(file, UploadFile):
        raise Problem(422, "the form needs a file of this name", "file")
    checked = _valid(PageToRead, {"text": "-", "date": date} if date is not None else {"text": "-"})
    return await file.read(), checked.date, file.filename


async def _checked(body: Callable[[], Awaitable[bytes]], model: type[PageToRead]) -> PageToRead:
    try:
        return _valid(model, msgspec.json.decode(await body()))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(422, "not valid JSON", "body") from None


def _valid(model: type[PageToRead], told: Any) -> PageToRead:
    try:
        return model.model_validate(told)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None


@router.post(
    "/read",
    response_model=Reading,
    tags=["reading"],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {_JSON: {"schema": _schema_of(PageToRead)}, _FORM: {"schema": _form_schema()}},
        }
    },
)
async def read(request: Request) -> Response:
    """Read a page, and give what `rapporteur read` gives. Nothing is kept."""
    content, date, name = await _page_sent(request)
    shared = request.app.state.reader
    try:
        articles = await run_in_threadpool(shared.read, content, date, page=name or None)
    except PageError as error:
        problem = {"code": "unreadable", "message": error.problem, "where": error.where}
        return _json({"articles": [], "problems": [problem]})
    return _json({"articles": [article.to_dict() for article in articles], "problems": []})


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def _wrong_kind(wanted: str) -> Problem:
    return Problem(415, f"send {wanted}, and say so in content-type", "content-type")


def _only_json(request: Request) -> None:
    if _media_type(request) != _JSON:
        raise _wrong_kind(_JSON)


# -- asking ------------------------------------------------------------------------------------------------------


@router.post("/ask", response_model=Answer, tags=["institutions"], dependencies=[Depends(_only_json)])
def ask(case: CaseAsked) -> Response:
    """Answer one question about an institution: what its rules make of moves told, on a day."""
    try:
        with _solving:
            return _json(answer(case.model_dump()))
    except CaseError as error:
        raise Problem(409, error.problem, "case") from None


@router.get("/institutions", response_model=Institutions, tags=["institutions"])
def list_institutions() -> Response:
    """The institutions whose rules are known."""
    known = catalogue().institutions.values()
    rows = [{"id": one.id, "title": one.title, "patterns": patterns(one), "rules": len(one.rules)} for one in known]
    return _json({"items": rows, "next": None})


@router.get("/institutions/{id}", response_model=InstitutionStands, tags=["institutions"])
def one_institution(request: Request, id: InstitutionId, asked: Annotated[InstitutionAsked, Query()]) -> Response:
    """What stands in an institution by what the ledger tells: facts, answers, who may do what, what a move changes."""
    inquiries: Inquiries = request.app.state.inquiries
    if (spelled := institution_id(inquiries.known, id)) != id:
        raise Problem(404, f"no institution '{id}'; it is spelled {spelled}", "id")
    as_of = asked.as_of or asked.known_by or date.today().isoformat()
    return _json(inquiries.told(inquiries.ask(id, as_of, asked.known_by, asked.what_if), asked.actor))


# -- judging -----------------------------------------------------------------------------------------------------

_bearer = HTTPBearer(auto_error=False, description="The token that the server was started with.")


def _may_write(
    request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> Mapping[str, str] | None:
    """Let pass who shows the token of a server that allows writing."""
    access = request.app.state.access
    if not access.allow_write:
        raise Problem(403, "this server only reads; start it with --allow-write and a token")
    if shown is None or not access.permits(shown.credentials):
        raise Problem(401, "show the token: Authorization: Bearer ...", "authorization", {"www-authenticate": "Bearer"})
    return None


@router.post(
    "/judgements",
    status_code=201,
    response_model=Entered,
    tags=["judging"],
    dependencies=[Depends(_may_write), Depends(_only_json)],
    responses={
        401: {"model": ErrorBody, "description": "No token, or a wrong one"},
        403: {"model": ErrorBody, "description": "The server only reads"},
    },
)
def judge(request: Request, given: JudgementGiven) -> Response:
    """Enter a person's judgement; it outlives that articles are read again, and a later one overrules it."""
    ledger: Ledger = request.app.state.ledger
    entered = ledger.correct(given.id, given.verdict, given.value, who=given.who, why=given.why)
    return _json({"judgement": entered}, 201)
