"""Pages from templates: everything that comes from outside is escaped, always."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rapporteur.web import telling

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer", bound=Response)
TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


def render(request: Request, name: str, status_code: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template.

    Args:
        request: the page's request; templates know it as ``request``.
        name: of the template.
        status_code: of the answer.
        context: the template's variables. Always there besides: ``request``, ``path`` (of the address), ``navigation``
            (the ``app.Page``s that are mounted), ``access`` (``access.Access``).

    Raises:
        jinja2.UndefinedError: the template uses a variable that is not given.
    """
    state = request.app.state
    content = (
        environment()
        .get_template(name)
        .render(
            request=request,
            path=request.url.path,
            navigation=state.navigation,
            access=state.access,
            **context,
        )
    )
    return HTMLResponse(content, status_code)


def from_one_opening(page: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """A page (whose first argument is the request) that asks the ledger several times: it finds it as
    ``request.state.ledger``, and the file is opened once for all."""

    @functools.wraps(page)
    def answered(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Answer:
        request: Any = kwargs.get("request") or args[0]
        with request.app.state.ledger.at_once() as ledger:
            request.state.ledger = ledger
            return page(*args, **kwargs)

    return answered


@functools.cache
def environment() -> Environment:
    """The templates' environment."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=static, plain=telling.plain, verb=telling.verb)
    return made


def static(path: str) -> str:
    """The address of a file in ``static/``; of a new version of the program it is a new one."""
    return f"/static/{path}?v={_version()}"


@functools.cache
def _version() -> str:
    try:
        return metadata.version("rapporteur")
    except metadata.PackageNotFoundError:
        return "unknown"
