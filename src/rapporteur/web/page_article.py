"""The page of one article: its text, what was read from which words, and why."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rapporteur.record.ledger import Ledger
from rapporteur.web import article_marks, pages, telling
from rapporteur.web.spans import stretches

router = APIRouter()


@router.get("/articles/{id:path}")
@pages.from_one_opening
def article(request: Request, id: str) -> Response:
    """The page of the article of this id."""
    ledger: Ledger = request.state.ledger
    found = ledger.article(id)
    told = article_marks.from_ledger(found, ledger.why(id).to_pylist())
    copy_of = found["duplicate_of"]
    return pages.render(
        request,
        "article.html",
        article=found,
        copy_of={"id": copy_of, "href": telling.address("articles", copy_of)} if copy_of else None,
        **shown(found["body"], found["sentences"], told),
        **telling.WORDS,
    )


def shown(body: str, sentences: Any, told: dict[str, Any]) -> dict[str, Any]:
    """What templates need to show a text: its stretches with their words, and the cards."""
    return {
        "stretches": [
            {
                "sentence": stretch.sentence,
                "pieces": [{"piece": piece, "text": body[piece.start : piece.end]} for piece in stretch.pieces],
            }
            for stretch in stretches(len(body), [tuple(span) for span in sentences], told["marks"])
        ],
        "cards": told["cards"],
        "standing": told["standing"],
    }
