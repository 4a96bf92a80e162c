"""Who is logged in to judge: sessions in memory, which end by themselves, and a limit on wrong tokens.

A browser keeps a random id in a cookie, never the server's token. An id is kept here as its hash. All are forgotten
when the server ends.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

COOKIE = "rapporteur_session"
LIFETIME = 8 * 3600  # seconds: a day's work
MOST_WRONG = 5  # wrong tokens from one address within ``PENANCE``; then none is looked at
PENANCE = 300  # seconds
_MOST_SESSIONS = 1000  # the oldest is ended
_MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who showed the token.

    Attributes:
        name: as he called himself; judgements are entered under it.
        csrf: what each form of his must bring, and no foreign page knows.
        ends: when, by the clock of ``Sessions``, in seconds.
    """

    name: str
    csrf: str
    ends: float

    def sent(self, csrf: str) -> bool:
        """Did a form of this session bring this?"""
        return hmac.compare_digest(csrf.encode("utf-8", "replace"), self.csrf.encode())


class Sessions:
    """The sessions of one server. Safe for threads.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}
        self._wrong: dict[str, list[float]] = {}

    def begin(self, name: str) -> str:
        """Begin one for whoever showed the token; gives the id for his cookie."""
        id = secrets.token_urlsafe(32)
        with self._lock:
            self._end_old()
            while len(self._sessions) >= _MOST_SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[_hashed(id)] = Session(name, secrets.token_urlsafe(32), self._clock() + LIFETIME)
        return id

    def find(self, id: str | None) -> Session | None:
        """The session of this id, while it lasts."""
        with self._lock:
            self._end_old()
            return self._sessions.get(_hashed(id)) if id else None

    def end(self, id: str | None) -> None:
        """End it, if there is one."""
        with self._lock:
            self._sessions.pop(_hashed(id or ""), None)

    def wrong(self, address: str) -> None:
        """A wrong token came from there."""
        with self._lock:
            recent = self._recent(address)
            self._wrong.pop(address, None)  # the address goes to the end of those that are forgotten first
            while len(self._wrong) >= _MOST_ADDRESSES:
                self._wrong.pop(next(iter(self._wrong)))
            self._wrong[address] = [*recent, self._clock()][-MOST_WRONG:]

    def wait(self, address: str) -> int:
        """Seconds until another token from there is looked at; 0: now."""
        with self._lock:
            recent = self._recent(address)
            return 0 if len(recent) < MOST_WRONG else max(1, int(recent[0] + PENANCE - self._clock()))

    def _recent(self, address: str) -> list[float]:
        since = self._clock() - PENANCE
        return [moment for moment in self._wrong.get(address, ()) if moment > since]

    def _end_old(self) -> None:
        now = self._clock()
        for key in [key for key, session in self._sessions.items() if session.ends <= now]:
            del self._sessions[key]


def _hashed(id: str) -> str:
    return hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()
