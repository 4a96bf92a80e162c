"""JSON Lines: one article a line, exactly ``Article.to_dict``, keys in the contract's order, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from rapporteur.explain import Skip
from rapporteur.model import Article

_ENCODER = msgspec.json.Encoder()


def to_line(article: Article, skips: Iterable[Skip] | None = None) -> bytes:
    """The article's line, with the newline that ends it. Text stays as it is (no ``\\u`` escapes but JSON's own).

    ``skips``, where they were asked for, are one more key: what was let go, and why.
    """
    plain = article.to_dict()
    if skips is not None:
        plain["skips"] = [msgspec.to_builtins(skip) for skip in skips]
    return _ENCODER.encode(plain) + b"\n"
