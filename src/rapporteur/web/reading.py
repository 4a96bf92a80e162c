"""One reader for all visitors: loaded at the first page, kept, and used by one at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from rapporteur.errors import RapporteurError

if TYPE_CHECKING:
    from rapporteur.model import Article
    from rapporteur.reader import Reader

_PATIENCE = 60.0  # seconds that a page waits for those before it


class BusyError(RapporteurError):
    """Others' pages are being read; this one had to wait too long."""


class SharedReader:
    """A ``Reader`` that may be called from any thread."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._turn = threading.Lock()
        self._reader: Reader | None = None
        self._patience = patience

    def read(self, content: str | bytes, date: str | None = None, *, page: str | None = None) -> list[Article]:
        """Read one page, as ``Reader.read``; nothing is kept of it.

        Raises:
            PageError: there is nothing to read.
            BusyError: it was not this page's turn in time.
        """
        if not self._turn.acquire(timeout=self._patience):
            raise BusyError("other pages are being read; try again in a minute")
        try:
            if self._reader is None:
                from rapporteur.reader import Reader  # late: pages of the ledger need no language pipeline

                self._reader = Reader()
            return self._reader.read(content, date, page=page)
        finally:
            self._turn.release()
