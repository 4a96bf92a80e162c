"""Intake: bytes to ``Article``s, without their sentences and events.

A page may hold several stories among captions, prompts, menus and lists of links; a document (one JSON object a line)
is one article, taken as it is. Formats: plain text and JSONL; every format is brought to ``lines.Line``s, and the
splitting into stories (``stories``) is the same for all.
"""

from __future__ import annotations

from rapporteur.intake.decoding import PAGE_BYTES
from rapporteur.intake.documents import DOCUMENT_BYTES, read_document
from rapporteur.intake.identity import article_id
from rapporteur.intake.paths import count_inputs, read_page, read_paths

__all__ = [
    "DOCUMENT_BYTES",
    "PAGE_BYTES",
    "article_id",
    "count_inputs",
    "read_document",
    "read_page",
    "read_paths",
]
