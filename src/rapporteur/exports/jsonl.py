"""JSON Lines: one article a line, exactly ``Article.to_dict``, keys in the contract's order, UTF-8."""

from __future__ import annotations

import msgspec

from rapporteur.model import Article

_ENCODER = msgspec.json.Encoder()


def to_line(article: Article) -> bytes:
    """The article's line, with the newline that ends it. Text stays as it is (no ``\\u`` escapes but JSON's own)."""
    return _ENCODER.encode(article.to_dict()) + b"\n"
