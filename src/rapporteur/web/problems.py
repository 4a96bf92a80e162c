"""Errors as answers: one JSON shape under ``/api``, a page elsewhere.

{"error": {"code": "not_found", "message": "one line: what, and what to do", "where": "the argument" or null}}
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rapporteur.errors import AskError, InputError, LedgerError
from rapporteur.web import pages
from rapporteur.web.reading import BusyError

_log = logging.getLogger("rapporteur.web")
_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    500: "internal",
    503: "unavailable",
}
#: What can't be found, of what a ledger is asked for; what else is wrong with an argument contradicts the others.
_NAMES = {"id", "after", "actor", "with", "country", "view", "institution"}


class Problem(HTTPException):
    """An error with the argument that it is about."""

    def __init__(
        self, status: int, message: str, where: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, message, headers)
        self.where = where


def mount(app: FastAPI) -> None:
    """Have the application answer errors in these forms."""
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_arguments)
    app.add_exception_handler(AskError, _of_question)
    app.add_exception_handler(LedgerError, _of_ledger)
    app.add_exception_handler(InputError, _of_input)
    app.add_exception_handler(BusyError, _of_waiting)


def answer(
    request: Request, status: int, message: str, where: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """One error, as JSON under ``/api`` and as a page elsewhere."""
    if request.url.path.startswith("/api/"):
        error = {"code": code_of(status), "message": message, "where": where}
        return JSONResponse({"error": error}, status, headers)
    title = _phrase(status)
    made = pages.render(
        request, "error.html", status_code=status, title=title, message=message, where=where, status=status
    )
    made.headers.update(headers or {})
    return made


def code_of(status: int) -> str:
    """The word for a status in the JSON shape."""
    return _CODES.get(status) or _phrase(status).lower().replace(" ", "_")


def bug_answer(told: Callable[[Exception], None] | None) -> Callable[..., Response]:
    """What ``guards.Guard`` asks for: makes its answers, and tells of a bug once."""

    def made(request: Request, status: int, message: str, error: Exception | None) -> Response:
        if error is not None:
            if told is not None:
                told(error)
            else:
                _log.error("a bug", exc_info=error)
        return answer(request, status, message)

    return made


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = error.detail if error.detail != _phrase(error.status_code) else _plainly(request, error.status_code)
    if error.status_code == 400 and request.headers.get("content-type", "").startswith("multipart/"):
        message = f"not a form that can be read ({message.rstrip('.')}); send it again"  # as its parser tells it
    return answer(request, error.status_code, message, getattr(error, "where", None), error.headers)


def _of_arguments(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: Mapping[str, Any] = error.errors()[0]
    place = [str(part) for part in first["loc"] if part not in ("query", "body", "path", "header")]
    more = len(error.errors()) - 1
    others = f" (and {more} more)" if more else ""
    if first["type"] == "extra_forbidden":
        message = "is not known here; check its spelling"
    else:
        message = str(first["msg"]).removeprefix("Value error, ")
    return answer(request, 422, f"{message}{others}", ".".join(place) or None)


def _of_question(request: Request, error: Exception) -> Response:
    assert isinstance(error, AskError)
    return answer(request, 404 if error.where in _NAMES else 409, error.problem, error.where)


def _of_ledger(request: Request, error: Exception) -> Response:
    assert isinstance(error, LedgerError)
    return answer(request, 503, error.problem, "ledger", {"retry-after": "5"})


def _of_input(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return answer(request, 422, error.problem, error.where)


def _of_waiting(request: Request, error: Exception) -> Response:
    return answer(request, 503, str(error), None, {"retry-after": "60"})


def _plainly(request: Request, status: int) -> str:
    if status == 404:
        return "there is nothing at this address"
    if status == 405:
        return f"{request.method} can't be used at this address"
    return _phrase(status)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
