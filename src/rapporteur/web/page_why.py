"""The page of what stands behind a row of a view: its reports, their words, sources, rules and links."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rapporteur.record.ledger import Ledger
from rapporteur.web import pages, telling

router = APIRouter()


@router.get("/why/{id:path}")
def why(request: Request, id: str) -> Response:
    """The page; the id is that of a row, a report, a mention or an article."""
    ledger: Ledger = request.app.state.ledger
    rows = ledger.why(id).to_pylist()
    return pages.render(request, "why.html", id=id, what=rows[0]["what"], rows=telling.why_rows(rows))
