"""Credits by layout: a transcript's speakers ("SMITH: ..."), and a headline's ("Poll: Voters want ...")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from rapporteur.knowledge.cues import Cues
from rapporteur.language.syntax import Syntax
from rapporteur.model import Span
from rapporteur.sourcing.draft import Draft

_SPEAKER = re.compile(r"^[ \t]*([A-Z][A-Z.'’ -]*[A-Z])(?:[ \t]*\([^)\n]{1,30}\))?(:)[ \t]+(\S.*)$", re.MULTILINE)
_LABEL = re.compile(r"\s*((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,3})(:)[ \t]+(\S[^\n]*)")
_MANY = 3  # labelled lines that make a transcript


def layout_drafts(
    body: str, sentences: Sequence[Span], syntax: Mapping[int, Syntax], cues: Cues,
    known: Callable[[int, int], bool],
) -> Iterator[Draft]:  # fmt: skip
    """Drafts by layout; ``known(sentence, token)`` tells whether somebody or something that acts is named there."""
    lines = list(_SPEAKER.finditer(body))
    if len(lines) >= _MANY:
        for line in lines:
            yield _drafted(line, _sentence_at(sentences, line.start(1)), None)
    headline = _LABEL.match(body)
    if headline is not None and sentences and not (lines and lines[0].start(1) == headline.start(1)):
        first = syntax.get(0)
        if first is not None and first.end >= headline.end(3) - 2:
            tokens = first.at(*headline.span(1))
            speaks = first.tokens[tokens[-1]].lemma in cues.sources.documents | cues.sources.faceless
            if speaks or any(known(0, k) for k in tokens):
                yield _drafted(headline, 0, tokens[-1])


def _drafted(match: re.Match[str], sentence: int, holder: int | None) -> Draft:
    return Draft(
        sentence=sentence, source=(match.span(1),), cue=(match.span(2),), content=(match.span(3),), force="assert",
        holder=holder, head=-1, credit=(match.start(1), match.end(2)), speech=True,
    )  # fmt: skip


def _sentence_at(sentences: Sequence[Span], offset: int) -> int:
    return max(0, bisect_right(sentences, offset, key=lambda span: span[0]) - 1)
