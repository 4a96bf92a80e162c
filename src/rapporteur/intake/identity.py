"""Names for articles that bring none."""

from __future__ import annotations

import hashlib


def article_id(headline: str | None, body: str) -> str:
    """A name made from what the article says: 16 hexadecimal digits of BLAKE2b over headline and body.

    The same text gives the same name on every machine and in every version; two articles with the same headline and
    body share it.
    """
    digest = hashlib.blake2b((headline or "").encode("utf-8", "replace"), digest_size=8)
    digest.update(b"\0" + body.encode("utf-8", "replace"))
    return digest.hexdigest()
