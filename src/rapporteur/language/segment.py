"""Text in, sentence spans out. Offsets in all of Rapporteur come from here, never from the parser."""

from __future__ import annotations

import re

import nupunkt

_CLOSERS = "\"'”’»)]"


def segment(text: str) -> tuple[tuple[int, int], ...]:
    """Sentence spans of ``text`` in order, trimmed of white space, none empty, none across a line break.

    A line break always ends a sentence: news pages put headlines, paragraphs and list items on lines of their own.
    """
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        base = line.start()
        for start, end in _rejoined(line.group(), list(nupunkt.sent_spans(line.group()))):
            start, end = _trimmed(text, base + start, base + end)
            if start < end:
                spans.append((start, end))
    return tuple(spans)


def _rejoined(line: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give back to a sentence the closing quotes or the lower-case clause that was cut off behind it.

    '"Stop!" he said.' is one sentence: what follows an exclamation or question mark in lower case goes on.
    """
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        piece = line[start:end].strip()
        if joined and piece and (all(c in _CLOSERS + ". " for c in piece) or piece[0].islower()):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
