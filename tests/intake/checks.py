"""What must hold for every page, however odd."""

from __future__ import annotations

import json

from rapporteur.errors import PageError
from rapporteur.intake import read_page


def check_page(content: bytes) -> None:
    """It gives articles with a body, twice the same and fit for JSON, or is refused in one line."""
    try:
        articles = read_page(content, page="p")
    except PageError as error:
        assert str(error).startswith("p: ") and "\n" not in str(error)
        return
    assert articles and articles == read_page(content, page="p")
    for article in articles:
        assert article.body.strip() and article.headline != ""
        json.dumps(article.to_dict(), ensure_ascii=False).encode()
