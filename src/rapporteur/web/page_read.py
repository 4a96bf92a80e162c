"""The page Read: paste or upload a page and see it read. Nothing of it is kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from rapporteur.errors import AskError, InputError
from rapporteur.model import Article
from rapporteur.record.days import day_asked
from rapporteur.web import article_marks, pages, telling
from rapporteur.web.page_article import shown

router = APIRouter()


@router.get("/read")
def form(request: Request) -> Response:
    """The empty form."""
    return _page(request)


@router.post("/read")
def read(
    request: Request,
    text: Annotated[str, Form()] = "",
    date: Annotated[str, Form()] = "",
    file: UploadFile | None = None,
) -> Response:
    """The page that was pasted, or the file (which goes before), as it is read. The file's name is never a path."""
    most: int = request.app.state.max_upload
    content: str | bytes = text
    if file is not None and file.filename:
        content = file.file.read(most + 1)
    size = len(content) if isinstance(content, bytes) else len(content.encode())
    if size > most:
        return _page(request, 413, problem=f"the page has more than {most:,} bytes; give a part of it", text="")
    if not content.strip():
        return _page(request, 422, problem="there is nothing to read; paste a text or choose a file", date=date)
    try:
        day_asked(date or None, "date")
        articles = request.app.state.reader.read(content, date or None)
    except (InputError, AskError) as error:
        return _page(request, 422, problem=getattr(error, "problem", str(error)), text=text, date=date)
    return _page(
        request,
        text=text,
        date=date,
        articles=[_told(article, number) for number, article in enumerate(articles, 1)],
        dropped=articles[0].dropped if articles else (),
    )


def _told(article: Article, number: int) -> dict[str, Any]:
    told = article_marks.from_reading(article, f"a{number}-")
    return {"article": article, **shown(article.body, article.sentences, told)}


def _page(request: Request, status: int = 200, **context: Any) -> Response:
    nothing = {"text": "", "date": "", "problem": None, "articles": None, "dropped": ()}
    most = request.app.state.max_upload
    return pages.render(request, "read.html", status, **{**nothing, **context}, most=most, **telling.WORDS)
