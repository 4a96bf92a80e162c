"""The web application over one ledger: guards, static files, errors, and the pages and API that are there."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from rapporteur.record.ledger import Ledger
from rapporteur.web import pages, problems
from rapporteur.web.access import Access
from rapporteur.web.guards import LOOPBACK, Guard
from rapporteur.web.inquiries import Inquiries
from rapporteur.web.reading import SharedReader
from rapporteur.web.sessions import Sessions

MAX_UPLOAD = 8 << 20  # bytes of a page to read
_AROUND = 64 << 10  # bytes that a form has besides

#: The modules that have a ``router``: the API, and the pages.
API = "rapporteur.web.api"
ROUTERS = (
    API,
    "rapporteur.web.page_now",
    "rapporteur.web.page_article",
    "rapporteur.web.page_events",
    "rapporteur.web.page_why",
    "rapporteur.web.page_actors",
    "rapporteur.web.page_map",
    "rapporteur.web.page_institutions",
    "rapporteur.web.page_review",
    "rapporteur.web.page_read",
    "rapporteur.web.page_words",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One entry of the navigation: its title, its address, the module that serves it."""

    title: str
    path: str
    module: str


NAVIGATION = (
    Page("Now", "/", "rapporteur.web.page_now"),
    Page("Events", "/events", "rapporteur.web.page_events"),
    Page("Actors", "/actors", "rapporteur.web.page_actors"),
    Page("Map", "/map", "rapporteur.web.page_map"),
    Page("Institutions", "/institutions", "rapporteur.web.page_institutions"),
    Page("Review", "/review", "rapporteur.web.page_review"),
    Page("Read", "/read", "rapporteur.web.page_read"),
)


def make_app(
    ledger_path: str | os.PathLike[str],
    *,
    allow_write: bool = False,
    token: str | None = None,
    max_upload: int = MAX_UPLOAD,
    hosts: Collection[str] = LOOPBACK,
    on_bug: Callable[[Exception], None] | None = None,
) -> FastAPI:
    """The application.

    Handlers find in ``app.state``: ``ledger`` (``Ledger``), ``access`` (``Access``), ``reader`` (``SharedReader``),
    ``inquiries`` (``Inquiries``), ``sessions`` (``Sessions``), ``max_upload`` (bytes), ``navigation`` (the pages that are
    there).

    Args:
        ledger_path: an existing ledger.
        allow_write: may judgements be entered, by who shows ``token``?
        token: that; needed to allow writing.
        max_upload: bytes of a page to read, at most.
        hosts: names under which the server is asked for, without ports; ``*``: any.
        on_bug: told of an error that nobody foresaw; default: it is logged.

    Raises:
        LedgerError: the file is no ledger that can be read.
        AskError: writing is allowed without a fit token.
    """
    access = Access(allow_write, token)
    app = FastAPI(
        title="Rapporteur",
        docs_url=None,  # these pages load scripts from other hosts
        redoc_url=None,
        version="1",
        description="What news reports tell: who did what to whom, on whose word, and what stands.",
        openapi_url="/api/v1/openapi.json",
        redirect_slashes=False,
    )
    app.state.ledger = Ledger(ledger_path, create=False)
    app.state.inquiries = Inquiries(app.state.ledger)
    app.state.access = access
    app.state.reader = SharedReader()
    app.state.sessions = Sessions()
    app.state.max_upload = max_upload
    app.state.navigation = tuple(page for page in NAVIGATION if _is_there(page.module))
    problems.mount(app)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    for name in ROUTERS:
        if _is_there(name):
            app.include_router(importlib.import_module(name).router, include_in_schema=name == API)
    app.add_middleware(Guard, hosts=hosts, max_body=max_upload + _AROUND, problem=problems.bug_answer(on_bug))
    return app


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
