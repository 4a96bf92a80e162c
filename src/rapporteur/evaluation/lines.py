"""Events and parties on one line, for people to read."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.evaluation.gold import GoldEvent, GoldParty
from rapporteur.evaluation.readings import ReadEvent, ReadParty


def shown(event: GoldEvent | ReadEvent, trigger: str, source: str | None) -> str:
    """An event on one line: type, status unless actual, trigger, actors > recipients, source."""
    status = "" if event.status == "actual" else f" {event.status}"
    credit = f' (by "{source}")' if source else ""
    return f'{event.type}{status} "{trigger}" {side(event.actors)} > {side(event.recipients)}{credit}'


def side(parties: Sequence[GoldParty | ReadParty]) -> str:
    """Parties on one line: words and code."""
    return ", ".join(f"{party.text} [{party.code or '?'}]" for party in parties) or "-"
