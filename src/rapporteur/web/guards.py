"""What stands before every page and answer: which hosts are served, how much is taken in, what browsers may do with it.

Headers forbid whatever the pages don't need: scripts and styles in the page itself, frames, other hosts. The check of
``Host`` keeps a foreign page, whose name was made to point here (DNS rebinding), from reading the ledger; that of
``Origin`` keeps it from sending forms.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all, browsers send forms with `Origin: null`
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_CACHING = "no-cache"  # kept at most until asked again: the ledger changes
_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_TOO_LONG, _TOO_LARGE, _UNKNOWN_KIND = 408, 413, 415
_PATIENCE = 60.0  # seconds in which a request's body has to come
_ErrorPage = Callable[[Request, int, str, BaseException | None], Response]


class Guard:
    """The outermost layer of the application.

    Args:
        app: what is guarded.
        hosts: names in ``Host`` that are served, without ports; ``*``: any.
        max_body: bytes of a request's body, at most.
        problem: makes the answer for a status and message; given the exception where there was one.
        patience: seconds in which a request's body has to come.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str],
        max_body: int,
        problem: _ErrorPage,
        patience: float = _PATIENCE,
    ) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._max_body = max_body
        self._problem = problem
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _secured(message)
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await self._problem(Request(scope), *refused, None)(scope, receive, guarded)
            return
        try:
            await self._app(scope, _limited(receive, headers, self._max_body, self._patience), guarded)
        except Exception as error:
            answer = self._problem(Request(scope), 500, "something went wrong here; it was written down", error)
            if started:
                raise
            await answer(scope, receive, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if "*" not in self._hosts and _name(host) not in self._hosts:
            return 400, "this server doesn't answer under that name; use the address that it told when it started"
        origin = headers.get("origin")
        if scope["method"] not in _SAFE and origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return 403, "sent from a page of another site; send it from this server's own pages"
        if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            return _UNKNOWN_KIND, "packed bodies aren't taken, as their size can't be known; send it as it is"
        return None


def _name(host: str) -> str | None:
    """The name in a ``Host`` header, without port and brackets; None where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 - raises where it is no number
        return parts.hostname if parts.netloc == host and "@" not in host else None
    except ValueError:
        return None


def _secured(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("cache-control", _CACHING)


def _limited(receive: Receive, headers: Headers, most: int, patience: float) -> Callable[[], Awaitable[Message]]:
    """``receive`` that gives up on a body of more than ``most`` bytes, told or not, and on one that takes too long."""
    told = headers.get("content-length", "0")
    taken = int(told) if told.isascii() and told.isdigit() else 0
    problem = HTTPException(_TOO_LARGE, f"more than {most:,} bytes; send less, or a part of it")
    got, whole = 0, False
    until: float | None = None

    async def limited() -> Message:
        nonlocal got, whole, until
        if taken > most:
            raise problem
        if whole:  # what comes now is that the visitor is gone; that may take its time
            return await receive()
        now = asyncio.get_running_loop().time()
        until = now + patience if until is None else until
        try:
            message = await asyncio.wait_for(receive(), until - now)
        except TimeoutError:
            raise HTTPException(_TOO_LONG, f"not sent within {patience:g} seconds; send it again") from None
        whole = not message.get("more_body", False)
        got += len(message.get("body", b""))
        if got > most:
            raise problem
        return message

    return limited
