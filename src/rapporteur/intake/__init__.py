"""Intake: bytes to ``Article``s, without their sentences and events.

A page may hold several stories among captions, prompts, menus and lists of links; a document (one JSON object a line)
is one article, taken as it is. Formats: plain text, HTML and JSONL, told from the content. A text page's lines are
split into stories by their wording and shape (``roles``, ``stories``); an HTML page is parted by its markup
(``units``), and its lines have the same roles.
"""

from __future__ import annotations

from rapporteur.intake.datelines import story_start
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
    "story_start",
]
