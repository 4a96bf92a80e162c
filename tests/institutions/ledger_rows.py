"""Rows of a ledger's views, made by hand, and what becomes of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from rapporteur.institutions.answers import ask
from rapporteur.institutions.asking import case_of, kind_of
from rapporteur.institutions.from_ledger import Gathered
from rapporteur.knowledge.institutions import Catalogue

E3 = {"code": "IGO", "name": "E3", "members": ["DEU", "FRA", "GBR"]}
NATO, COUNCIL, UNION = "NATO", "UN Security Council", "European Union"


def party(code: str, name: str | None = None) -> dict[str, Any]:
    return {"code": code, "name": name or code, "members": []}


def report(text: str, published: str, status: str | None = None, event: str | None = None) -> dict[str, Any]:
    return {
        "article": f"a-{published}",
        "event": event,
        "attributed_to": ["two diplomats"],
        "evidence": [0, len(text)],
        "published": date.fromisoformat(published),
        "status": status,
        "mention": f"r-{published}",
        "text": text,
    }


def measure(
    kind: str,
    by: list[Any],
    targets: list[Any],
    object: str,
    *reports: dict[str, Any],
    through: str | None = None,
    since: str | None = None,
    basis: str = "stated",
    until: str | None = None,
    status: str = "in force",
    id: str = "m-1",
) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "imposers": [party(p) if isinstance(p, str) else p for p in by],
        "targets": [party(p) if isinstance(p, str) else p for p in targets],
        "object": object,
        "through": through,
        "since": {"value": since, "basis": basis} if since else None,
        "until": {"value": until} if until else None,
        "status": status,
        "reports": list(reports),
    }


def event(
    type: str,
    by: list[str],
    trigger: str,
    *reports: dict[str, Any],
    day: str | None = None,
    status: str = "actual",
    id: str = "e-1",
) -> dict[str, Any]:
    return {
        "id": id,
        "type": type,
        "mode": None,
        "actors": [party(p) for p in by],
        "recipients": [],
        "trigger": trigger,
        "status": status,
        "date": {"value": day, "basis": "stated"} if day else None,
        "reports": list(reports),
    }


def told(found: list[dict[str, Any]]) -> list[tuple[str, str, list[str], str]]:
    """The facts that come from the ledger, without history."""
    return [(f["date"], f["type"], f["by"], f["object"]) for f in found if f["source"]["view"] != "history"]


def outcome(known: Catalogue, id: str, found: Gathered, object: str, as_of: str, party: str | None = None) -> Any:
    kind = kind_of(known.institutions[id], object, found.facts)
    return ask(case_of(id, (kind, object, party), found.facts, as_of), known)
