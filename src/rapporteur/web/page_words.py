"""The page of what the words on all others mean."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rapporteur.web import pages, telling, words

router = APIRouter()


@router.get("/words")
def meanings(request: Request) -> Response:
    """The page: types by class, statuses, where dates are from."""
    return pages.render(request, "words.html", types=words.types(), statuses=words.statuses(), bases=telling.BASES)
