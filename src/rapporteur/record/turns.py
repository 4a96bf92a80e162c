"""How the threads of one process share a ledger's file, with each other and with other processes.

One thread writes at a time, and none reads meanwhile: what a transaction reckons rests on all that was written before,
and DuckDB opens a file in one way at a time. Readings may overlap. But as long as one of them goes on, the file is
shut to writers: after a while new ones wait until all are done and the file was free for a moment, so that a server
that is always asked something doesn't keep out those that record.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 1.0  # seconds that readings may overlap without the file being free in between
FREE = 0.2  # seconds for which it is free then; who waits for it looks more often than that


class Turns:
    """The turns at one file. ``TimeoutError`` where no turn comes until ``until`` (of the monotonic clock)."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._writing = False
        self._writers = 0  # that wait
        self._since = 0.0  # when the readings that overlap began
        self._free_until = 0.0

    @contextmanager
    def reading(self, until: float) -> Iterator[None]:
        """A turn to read."""
        with self._changed:
            while (pause := self._shut()) > 0:
                self._wait(pause, until)
            if not self._readers:
                self._since = time.monotonic()
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                now = time.monotonic()
                if not self._readers and now - self._since > _LONGEST:
                    self._free_until = now + FREE
                self._changed.notify_all()

    @contextmanager
    def writing(self, until: float) -> Iterator[None]:
        """A turn to write; readings that come later wait for it."""
        with self._changed:
            self._writers += 1
            try:
                while self._writing or self._readers:
                    self._wait(until - time.monotonic(), until)
                self._writing = True
            finally:
                self._writers -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def _shut(self) -> float:
        """Seconds after which to look again whether one may read; 0: one may."""
        now = time.monotonic()
        if self._writing or self._writers or (self._readers and now - self._since > _LONGEST):
            return _LONGEST
        return max(0.0, self._free_until - now)

    def _wait(self, pause: float, until: float) -> None:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._changed.wait(min(pause, left))


#: DuckDB keeps one instance for all connections of a process to a file: while it is made or let go, others wait.
OPENING = threading.Lock()
_TURNS: dict[str, Turns] = {}


def turns_at(path: Path) -> Turns:
    """The turns at this file, whatever it is called."""
    with OPENING:
        return _TURNS.setdefault(os.path.realpath(path), Turns())
