"""A page's text as clean lines: what every format is brought to before it is split into stories.

A text page gives lines and the blank lines between them. Another format (HTML) gives lines too, with what its markup
says of each in ``hint``.

Cleaning, on pages only (documents are taken as they are): line ends become ``\\n``; NUL, other control characters,
lone surrogates, byte order marks, soft hyphens and zero-width characters are dropped; no-break and other odd spaces
become spaces; character references (``&amp;``) are resolved; runs of spaces within a line become one. Nothing else
changes: quotes, dashes and accents stay as written.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Hint = Literal["heading", "paragraph", "caption", "furniture"]

_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_WRAPPED = range(45, 101)


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line. ``gap`` counts the blank lines before it; ``hint`` is what markup says, None in text."""

    text: str
    gap: int
    hint: Hint | None = None


def clean(text: str) -> str:
    """The page's text, cleaned as the module says."""
    text = _REFERENCE.sub(lambda match: html.unescape(match.group()), text)
    return _SPACES.sub(" ", _DROPPED.sub("", _ENDS.sub("\n", text)))


def text_lines(text: str) -> list[Line]:
    """The non-empty lines of a page of plain text; paragraphs that were broken at a fixed width are joined again."""
    lines: list[Line] = []
    gap = 0
    for raw in clean(text).split("\n"):
        stripped = raw.strip()
        if stripped:
            lines.append(Line(stripped, gap))
            gap = 0
        else:
            gap += 1
    return _unwrapped(lines)


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Join lines that were broken at a fixed width.

    A page is so broken when no line is longer than the width, and when lines of nearly that width are often followed
    directly by one that goes on in lower case.
    """
    full = [after for line, after in pairwise(lines) if len(line.text) in _WRAPPED and after.gap == 0]
    going_on = sum(1 for after in full if after.text[0].islower())
    longest = max((len(line.text) for line in lines), default=0)
    if longest not in _WRAPPED or going_on < 3 or going_on < 0.4 * len(full):
        return lines
    joined: list[Line] = []
    room = 0  # what was left of the width on the line before
    for line in lines:
        first = len(line.text.split(" ", 1)[0])
        if joined and line.gap == 0 and first >= room:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
        room = longest - len(line.text)
    return joined
