"""Direct speech: each quotation to the credit that it belongs to.

In this order: the credit whose content it touches; a credit beside it in its sentence; a credit before a colon; a
clause beside it whose verb is no known cue ("...," she smiled); the speaker of the quotation before it, where it goes
on without a credit of its own. A quoted word or two without any of these is a word at arm's length, not speech.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Span
from rapporteur.sourcing.clause import is_finite, is_verb, own_subject
from rapporteur.sourcing.draft import Draft, Spans, covers, length, overlap, spans_of, union, without
from rapporteur.sourcing.quotes import Quote

_STOPS = ".!?,…—–-"
_MARKS = "“”\"„«»‘’'`‹› "
_SENTENCE_BREAK = re.compile(r"[.!?…][”\"’')\]]*\s")
_NEAR = 60  # characters between a quotation and the credit beside it
_BLANKS = 4  # at most that many characters of white space between a colon and its quotation
_WORDS_OF_SPEECH = 4
_WORDS_OF_LABEL = 6


class Direct:
    """Places an article's quotations. ``drafts`` are in text order; ``place`` gives them back with what was found."""

    def __init__(
        self, body: str, sentences: Sequence[Span], syntax: Mapping[int, Syntax], drafts: Sequence[Draft]
    ) -> None:
        self._body = body
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._syntax = syntax
        self._drafts = list(drafts)
        self._of_sentence: dict[int, list[int]] = {}
        for n, draft in enumerate(self._drafts):
            self._of_sentence.setdefault(draft.sentence, []).append(n)
        self._last: tuple[int, Quote] | None = None  # the draft that the last credited quotation went to

    def place(self, quotes: Sequence[Quote]) -> list[Draft]:
        """The drafts with the quotations in their content."""
        for quote in quotes:
            if self._is_speech(quote):
                self._keep_inside(quote)
            taker = self._touching(quote)
            if taker is None and self._is_speech(quote):
                taker = self._beside(quote)
                if taker is None:
                    taker = self._before_colon(quote)
                if taker is None:
                    taker = self._unknown_verb(quote)
                if taker is None:
                    taker = self._going_on(quote)
            if taker is not None:
                self._last = (taker, quote)
        return self._drafts

    # --- where a quotation stands

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _sentences_of(self, quote: Quote) -> range:
        return range(self._sentence_at(quote.start), self._sentence_at(quote.end - 1) + 1)

    def _near_drafts(self, quote: Quote) -> list[int]:
        return [n for k in self._sentences_of(quote) for n in self._of_sentence.get(k, ())]

    def _is_speech(self, quote: Quote) -> bool:
        inside = self._body[quote.start : quote.end].strip(_MARKS)
        if not inside:
            return False
        if len(quote.spans) > 1 or len(inside.split()) > _WORDS_OF_SPEECH:
            return True
        before = self._body[max(0, quote.start - _BLANKS) : quote.start].rstrip()[-1:]
        behind = self._body[quote.end : quote.end + 1]
        return inside[-1] in _STOPS and (before in ":,\n" or before == "" or inside[-1] != "," or behind.isspace())

    # --- the credits

    def _keep_inside(self, quote: Quote) -> None:
        """What is credited inside a quotation ends with it."""
        for n in self._near_drafts(quote):
            draft = self._drafts[n]
            if _inside(draft.cue, quote) and draft.content and not _inside(draft.content, quote):
                outside = without(draft.content, quote.spans)
                self._drafts[n] = replace(
                    draft,
                    content=without(draft.content, outside),
                    source=draft.source if _inside(draft.source, quote) else (),
                )

    def _touching(self, quote: Quote) -> int | None:
        taker: int | None = None
        for n in self._near_drafts(quote):
            draft = self._drafts[n]
            if overlap(draft.cue, quote.spans) or not overlap(draft.content, quote.spans):
                continue
            if not covers(draft.content, quote.start, quote.end):
                content = without(union(draft.content, quote.spans), (*draft.source, *draft.cue))
                self._drafts[n] = replace(draft, content=content)
            if taker is None or length(self._drafts[taker].content) < length(self._drafts[n].content):
                taker = n
        return taker

    def _beside(self, quote: Quote) -> int | None:
        """A credit right behind or right before, or the one that breaks the quotation in two."""
        best: tuple[int, int] | None = None
        for n in self._near_drafts(quote):
            draft = self._drafts[n]
            if not draft.takes_quote or overlap(draft.cue, quote.spans) or not draft.source:
                continue
            gap = self._gap(quote, draft.credit)
            broken = draft.behind and self._last is not None and self._last[0] == n
            if gap is None or (draft.content and not broken):
                continue
            if best is None or gap < best[0]:
                best = (gap, n)
        return self._given(best[1], quote) if best is not None else None

    def _gap(self, quote: Quote, credit: Span) -> int | None:
        if credit[0] >= quote.end:
            between = self._body[quote.end : credit[0]]
            inside = self._body[quote.start : quote.end].rstrip(_MARKS)
            if inside[-1:] == ".":
                return None
        elif credit[1] <= quote.start:
            between = self._body[credit[1] : quote.start]
        else:
            return None
        if "\n" in between or _SENTENCE_BREAK.search(between) or len(between) > _NEAR * 3:
            return None
        return len(between)

    def _before_colon(self, quote: Quote) -> int | None:
        head = self._body[max(0, quote.start - _BLANKS) : quote.start].rstrip()
        if not head.endswith((":", ",", "—", "–")):
            return None
        sentence = self._sentence_at(max(0, quote.start - _BLANKS) + len(head) - 1)
        for n in reversed(self._of_sentence.get(sentence, [])):
            draft = self._drafts[n]
            if draft.credit[1] <= quote.start and draft.source and draft.takes_quote:
                if draft.content:
                    return self._added(replace(draft, content=quote.spans))
                return self._given(n, quote)
        if head.endswith(":"):
            label = self._label(quote, sentence)
            if label is not None:
                return self._added(label)
        if head.endswith(":") and sentence in self._syntax:
            return self._main_clause(self._syntax[sentence], quote)
        return None

    def _label(self, quote: Quote, sentence: int) -> Draft | None:
        """ "Ruiz: “...”" - a paragraph of a name, a colon and a quotation."""
        line = self._body.rfind("\n", 0, quote.start) + 1
        colon = self._body.rfind(":", line, quote.start)
        words = self._body[line:colon].strip()
        if colon < line or not words or len(words.split()) > _WORDS_OF_LABEL or not words[0].isupper():
            return None
        syntax = self._syntax.get(sentence)
        start = self._body.index(words, line)
        named = syntax.at(start, start + len(words)) if syntax is not None else []
        if syntax is None or not named or any(is_verb(syntax.tokens[k]) for k in named):
            return None
        return Draft(
            sentence=sentence, source=((start, start + len(words)),), cue=((colon, colon + 1),), content=quote.spans,
            force="assert", holder=named[-1], head=-1, credit=(start, colon + 1), speech=True,
        )  # fmt: skip

    def _main_clause(self, syntax: Syntax, quote: Quote) -> int | None:
        """ "His answer was short: ..." - the subject of the clause before the colon speaks."""
        for token in reversed(syntax.tokens):
            if token.end <= quote.start and is_finite(token):
                subject = own_subject(syntax, token)
                if subject is not None and subject.tag[:1] in ("N", "P") and subject.lower not in ("it", "there"):
                    return self._added(self._plain(syntax, token, subject, quote))
        return None

    def _unknown_verb(self, quote: Quote) -> int | None:
        """ "...," she smiled: right behind a quotation that a comma ends, any verb gives a credit."""
        syntax = self._syntax.get(self._sentence_at(quote.end - 1))
        inside = self._body[quote.start : quote.end].rstrip(_MARKS)
        if syntax is None or inside[-1:] not in (",", "!", "?", "—") or not inside:
            return None
        behind = [t for t in syntax.tokens if t.start >= quote.end]
        for verb in behind[:12]:
            if is_finite(verb):
                subject = own_subject(syntax, verb)
                if subject is not None and subject.start >= quote.end and subject.i <= verb.i + 8:
                    first = min(*syntax.subtree(subject.i), verb.i)
                    if first == behind[0].i and subject.tag[:1] in ("N", "P"):
                        return self._added(self._plain(syntax, verb, subject, quote))
                return None
        return None

    def _going_on(self, quote: Quote) -> int | None:
        """A quotation without a credit goes on from the one before it, in its paragraph or as the next paragraph."""
        opens_sentence = quote.start == self._starts[self._sentence_at(quote.start)]
        if not opens_sentence:
            return None
        if self._last is not None:
            n, before = self._last
            between = self._body[before.end : quote.start]
            if "\n" not in between:
                return self._given(n, quote)
            alone = self._body[quote.end : quote.end + 1] in ("", "\n", "\r")
            ended = not between.split("\n")[0].strip() or self._drafts[n].credit[0] >= before.end
            if alone and ended and between.count(".") <= 1 and len(between) < _NEAR * 4:
                return self._given(n, quote)
        return self._after_indirect(quote)

    def _after_indirect(self, quote: Quote) -> int | None:
        """ "He said the talks had failed. “We tried everything.”" """
        sentence = self._sentence_at(quote.start) - 1
        if sentence < 0 or "\n" in self._body[self._sentences[sentence][1] : quote.start]:
            return None
        for n in self._of_sentence.get(sentence, ()):
            draft = self._drafts[n]
            if draft.speech and draft.takes_quote and draft.source and draft.content:
                return self._added(replace(draft, content=quote.spans, behind=True))
        return None

    # --- giving

    def _given(self, n: int, quote: Quote) -> int:
        draft = self._drafts[n]
        spans = without(quote.spans, (*draft.source, *draft.cue))
        self._drafts[n] = replace(draft, content=union(draft.content, spans))
        return n

    def _added(self, draft: Draft) -> int:
        self._drafts.append(draft)
        return len(self._drafts) - 1

    def _plain(self, syntax: Syntax, verb: Token, subject: Token, quote: Quote) -> Draft:
        below = set(syntax.subtree(subject.i)) - {verb.i}
        source = without(spans_of(syntax, below), quote.spans)
        near = (min(subject.start, verb.start), max(subject.end, verb.end))
        return Draft(
            sentence=syntax.sentence, source=source, cue=((verb.start, verb.end),), content=quote.spans, force="assert",
            holder=subject.i, head=verb.i, credit=near, behind=True, takes_quote=True, beside=source, speech=True,
        )  # fmt: skip


def _inside(spans: Spans, quote: Quote) -> bool:
    return bool(spans) and all(covers(quote.spans, start, end) for start, end in spans)


class Quotedness:
    """How much of a content is quoted."""

    def __init__(self, body: str, quotes: Sequence[Quote]) -> None:
        self._body = body
        self._quoted = [span for quote in quotes for span in quote.spans]
        self._ends = [end for _, end in self._quoted]

    def share(self, content: Spans) -> float:
        """The share of the content's letters and digits that stands inside quotation marks."""
        inside = total = 0
        for start, end in content:
            total += _letters(self._body, start, end)
            k = bisect_right(self._ends, start)
            while k < len(self._quoted) and self._quoted[k][0] < end:
                inside += _letters(self._body, max(start, self._quoted[k][0]), min(end, self._quoted[k][1]))
                k += 1
        return inside / total if total else 0.0


def _letters(body: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, body[start:end]))
