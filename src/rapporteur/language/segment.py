"""Text in, sentence spans out. Offsets in all of Rapporteur come from here, never from the parser."""

from __future__ import annotations

import re
from collections.abc import Iterable

import nupunkt

_CLOSERS = "\"'”’»)]"
_STOP = re.compile(r"(?<=[a-z]{3}\.)\s+(?=(?:A|I)\s)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LONG = 4  # letters; shorter words are lower case in headlines too
#: Longer ones that are lower case in headlines all the same.
_SMALL = frozenset(("amid", "from", "into", "like", "near", "over", "than", "upon", "with"))
_HEADLINE = 5  # long words, all capitalised, that make a headline
_SURELY = 8  # long words that make one even if none comes back
_RUNNING = 8  # words behind it that have to look like running text


def segment(text: str) -> tuple[tuple[int, int], ...]:
    """Sentence spans of ``text`` in order, trimmed of white space, none empty, none across a line break.

    A line break always ends a sentence: news pages put headlines, paragraphs and list items on lines of their own.
    """
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        base = line.start()
        pieces = _rejoined(line.group(), _split_further(line.group(), nupunkt.sent_spans(line.group())))
        for start, end in _without_headline(line.group(), pieces):
            start, end = _trimmed(text, base + start, base + end)
            if start < end:
                spans.append((start, end))
    return tuple(spans)


def _split_further(line: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Split behind an ordinary word where the segmenter took the next sentence's "A" or "I" for an initial."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        for stop in _STOP.finditer(line, start, end):
            out.append((start, stop.end()))
            start = stop.end()
        out.append((start, end))
    return out


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


def _without_headline(line: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut a headline off that runs into the first sentence without a stop, as in many collections of news texts.

    A run of capitalised words that is followed by running text is one; the text begins where one of its words comes
    back ("Rebels Seize Town Rebels have seized ...") or else, if the run is long, with the last capitalised word.
    """
    if not spans:
        return spans
    start, end = spans[0]
    words = list(_WORD.finditer(line, start, end))
    first_low = next((n for n, w in enumerate(words) if w.group()[0].islower() and _is_long(w.group())), None)
    if first_low is None:
        return spans
    capitals = [n for n in range(first_low) if len(words[n].group()) >= _LONG]
    behind = words[first_low : first_low + _RUNNING]
    if len(capitals) <= _HEADLINE or sum(w.group()[0].islower() for w in behind) * 2 < len(behind):
        return spans
    earlier = {words[n].group() for n in capitals[:_HEADLINE]}
    again = [n for n in capitals[_HEADLINE:] if words[n].group() in earlier]
    if not again and len(capitals) < _SURELY:  # a chain of titles and names begins a sentence too
        return spans
    cut = words[again[-1] if again else capitals[-1]].start()
    return [(start, cut), (cut, end), *spans[1:]]


def _is_long(word: str) -> bool:
    return len(word) >= _LONG and word not in _SMALL


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
