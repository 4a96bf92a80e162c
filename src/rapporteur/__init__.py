"""Rapporteur reads political and diplomatic news: who did what to whom, on whose word, planned, threatened or done.

>>> import rapporteur                                         # doctest: +SKIP
>>> for article in rapporteur.read(page, date="2025-01-31"):  # doctest: +SKIP
...     for event in article.events:
...         print(event.type, [p.name for p in event.actors])

``read`` and ``Reader`` read, ``Ledger`` keeps what was read, ``ask`` says what institutions' rules make of facts; the
rest of ``__all__`` is what they give and raise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rapporteur.errors import (
    AskError,
    CaseError,
    InputError,
    KnowledgeError,
    LedgerError,
    LineError,
    ModelError,
    PageError,
    RapporteurError,
)
from rapporteur.model import (
    Article,
    Attribution,
    Called,
    ClaimMention,
    Event,
    EventDate,
    Magnitude,
    MeasureMention,
    NextRound,
    Party,
    Place,
    PublicationDate,
    Round,
    Size,
    TalksMention,
    Trigger,
    When,
)

if TYPE_CHECKING:
    from rapporteur.reader import Reader
    from rapporteur.record.ledger import Ledger

__all__ = [
    "Article",
    "AskError",
    "Attribution",
    "Called",
    "CaseError",
    "ClaimMention",
    "Event",
    "EventDate",
    "InputError",
    "KnowledgeError",
    "Ledger",
    "LedgerError",
    "LineError",
    "Magnitude",
    "MeasureMention",
    "ModelError",
    "NextRound",
    "PageError",
    "Party",
    "Place",
    "PublicationDate",
    "RapporteurError",
    "Reader",
    "Round",
    "Size",
    "TalksMention",
    "Trigger",
    "When",
    "ask",
    "read",
]

_shared: Reader | None = None


def read(content: str | bytes, date: str | None = None) -> list[Article]:
    """Read one page, which may hold several articles.

    The models are loaded at the first call and kept; ``Reader`` gives control over that, and streams.

    Args:
        content: the page, as text or as bytes of any usual encoding.
        date: its publication date (ISO) for articles that carry none.

    Returns:
        The articles in page order, with their events and attributions.

    Raises:
        PageError: there is nothing to read: empty, binary, too large, no article.
    """
    global _shared
    if _shared is None:
        from rapporteur.reader import Reader

        _shared = Reader()
    return _shared.read(content, date)


def ask(case: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one question about an institution: what its rules make of moves told, on a day.

    >>> rapporteur.ask({  # doctest: +SKIP
    ...     "institution": "NPT", "ask": {"kind": "status", "object": "NPT", "party": "IRN"}, "as_of": "2025-06-20",
    ...     "facts": [{"date": "2025-06-19", "type": "notify", "by": ["IRN"], "object": "NPT Art. X(1)"}],
    ... })["effective_end"]
    '2025-09-19'

    Args:
        case: ``institution``, ``ask`` (``kind, object, party``), ``facts`` (moves, each ``date, type, by, object`` and
            further fields), ``as_of``, and at will ``id`` and ``question``; docs/institutions.md has the vocabulary.

    Returns:
        ``id``, ``outcome``, the keys of the vocabulary (null where they have no use), ``readings`` (rival ones, with
        who holds them), ``because`` (rules with citations and the facts used), ``also`` (what else the same facts
        give) and ``problems`` (facts that could not be used, or don't fit together).

    Raises:
        CaseError: it can't be answered at all: no such institution, nothing asked, no day.
    """
    from rapporteur.institutions.answers import ask as answer

    return answer(case)


def __getattr__(name: str) -> Any:
    """Load ``Reader``, and spaCy with it, and ``Ledger``, with DuckDB, only when they are asked for."""
    if name == "Reader":
        from rapporteur.reader import Reader

        return Reader
    if name == "Ledger":
        from rapporteur.record.ledger import Ledger

        return Ledger
    raise AttributeError(f"module 'rapporteur' has no attribute '{name}'")
