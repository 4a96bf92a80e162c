"""Words of a page made fit for a terminal, and the measures that tables share."""

from __future__ import annotations

import re
import unicodedata
from importlib import metadata

INDENT = 12  # columns before what stands below an entry's first word
PARTY_LENGTH = 40
_SPACES = re.compile(r"\s+")


def printable(text: str) -> str:
    """The text on one line, without characters that could steer a terminal (escapes, controls, direction marks)."""
    kept = (c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or c == "\u200d" else " " for c in text)
    return _SPACES.sub(" ", "".join(kept)).strip()


def shorten(text: str, length: int = PARTY_LENGTH) -> str:
    """The text, or its first characters with a mark that there are more."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def version() -> str:
    """Rapporteur's version, for the metadata of what is written."""
    try:
        return metadata.version("rapporteur")
    except metadata.PackageNotFoundError:
        return "unknown"
