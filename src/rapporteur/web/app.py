"""The web application over one ledger: guards, static files, errors, pages and API."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from rapporteur.record.ledger import Ledger
from rapporteur.web import (
    api,
    page_actors,
    page_article,
    page_events,
    page_institutions,
    page_map,
    page_now,
    page_read,
    page_review,
    page_why,
    page_words,
    pages,
    problems,
)
from rapporteur.web.access import Access
from rapporteur.web.guards import LOOPBACK, Guard
from rapporteur.web.inquiries import Inquiries
from rapporteur.web.reading import SharedReader
from rapporteur.web.sessions import Sessions

MAX_UPLOAD = 8 << 20  # bytes of a page to read
_AROUND = 64 << 10  # bytes that a form has besides

_PAGES = (
    page_now, page_article, page_events, page_why, page_actors, page_map, page_institutions, page_review, page_read,
    page_words,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One entry of the navigation: its title and its address."""

    title: str
    path: str


NAVIGATION = (
    Page("Now", "/"),
    Page("Events", "/events"),
    Page("Actors", "/actors"),
    Page("Map", "/map"),
    Page("Institutions", "/institutions"),
    Page("Review", "/review"),
    Page("Read", "/read"),
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
    ``inquiries`` (``Inquiries``), ``sessions`` (``Sessions``), ``max_upload`` (bytes), ``navigation``.

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
    app.state.navigation = NAVIGATION
    problems.mount(app)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    app.include_router(api.router)
    for page in _PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.add_middleware(Guard, hosts=hosts, max_body=max_upload + _AROUND, problem=problems.bug_answer(on_bug))
    return app
