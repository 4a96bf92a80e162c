"""Who may write: nobody, unless the server was started to allow it, and then who shows the token."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from rapporteur.errors import AskError

SHORTEST_TOKEN = 16  # characters: what is shorter can be guessed by trying


@dataclass(frozen=True, slots=True)
class Access:
    """What visitors may do.

    Attributes:
        allow_write: may judgements be entered at all?
        token: what a writer shows; None where none may write.
    """

    allow_write: bool = False
    token: str | None = None

    def __post_init__(self) -> None:
        if not self.allow_write:
            return
        if self.token is None:
            raise AskError("token", "writing needs one; give --token or set RAPPORTEUR_TOKEN, 16 characters or more")
        if len(self.token) < SHORTEST_TOKEN or not self.token.isascii() or not self.token.isprintable():
            raise AskError("token", f"must be {SHORTEST_TOKEN} printable ASCII characters or more")

    def permits(self, shown: str | None) -> bool:
        """May who shows this token write? Takes as long whatever is shown."""
        if not self.allow_write or self.token is None or shown is None:
            return False
        return hmac.compare_digest(shown.encode("utf-8", "replace"), self.token.encode())


def new_token() -> str:
    """A token nobody guesses."""
    return secrets.token_urlsafe(24)
