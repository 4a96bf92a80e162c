"""What is said of talks: what the sides agreed, and how each calls them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from rapporteur.events.clause import Clauses
from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Article, Attribution, Called, Party, Span
from rapporteur.standing.finder import Finder
from rapporteur.standing.talks_parties import sides, with_members
from rapporteur.standing.talks_series import Series

_REACH = 4  # sentences behind the last word on the talks in which their outcome is told
_QUOTES = "“”\"‘’'"
_OPEN, _CLOSE = '“"‘', '”"’'


class Sayings:
    """Asked of one article, series by series."""

    def __init__(
        self,
        article: Article,
        syntax: Mapping[int, Syntax],
        people: Finder,
        words: TalksWords,
        classes: Mapping[str, frozenset[str]],
    ) -> None:
        self._article = article
        self._syntax = syntax
        self._people = people
        self._words = words
        self._classes = classes

    # -- what was agreed

    def agreed(self, series: Series) -> tuple[str | None, bool]:
        """What the sides agreed on, verbatim, or None; and whether they agreed to go on talking."""
        first, goes_on = None, False
        for text, parties in self._agreements(series):
            ours = sides(with_members(parties, self._words.armed), self._words.armed)
            if len(ours & series.keys) < 2:
                continue
            if first is None or (self._goes_on(text) and not goes_on):
                first = text
            goes_on = goes_on or self._goes_on(text)
        return first, goes_on

    def _agreements(self, series: Series) -> Iterator[tuple[str, tuple[Party, ...]]]:
        """What is told as agreed in the sentences of the series and right behind them, and by whom."""
        for index in sorted(self._syntax):
            if not any(0 <= index - s.sentence <= _REACH for s in series.sights):
                continue
            syntax = self._syntax[index]
            clauses = Clauses(syntax, self._classes)
            for token in syntax.tokens:
                if token.lemma in self._words.agreeing and token.tag[:1] == "V" and self._done(syntax, token):
                    content = self._content(syntax, token, clauses.times)
                    if content is not None:
                        heads = clauses.agents(token.i)
                        yield content, tuple(p for i in heads for p in self._people.parties(index, i))

    def _done(self, syntax: Syntax, verb: Token) -> bool:
        auxiliaries = {t.lower for t in syntax.children(verb.i, "aux", "neg")}
        return verb.tag in ("VBD", "VBN", "VBP", "VBZ") and not auxiliaries & {
            "not",
            "n't",
            "n’t",
            "would",
            "could",
            "may",
            "should",
        }

    def _content(self, syntax: Syntax, verb: Token, times: Collection[str]) -> str | None:
        for child in syntax.children(verb.i, "xcomp", "ccomp", "prep", "dobj"):
            if child.i < verb.i or (child.dep == "prep" and child.lower not in ("on", "to")):
                continue
            if any(t.lemma in times or t.lemma.lower() in times for t in syntax.children(child.i, "pobj")):
                continue  # "agreed on Monday"
            span = [i for i in syntax.subtree(child.i) if i > verb.i]
            text = self._article.body[syntax.tokens[span[0]].start : syntax.tokens[span[-1]].end]
            return " ".join(text.strip(_QUOTES + " ,.").split())
        return None

    def _goes_on(self, text: str) -> bool:
        low = text.lower().split()
        return any(
            w.strip(".,") in self._words.going_on or w.rstrip("ds.,") in self._words.going_on for w in low
        ) or any(w in self._words.another for w in low)

    # -- how they are called

    def called(self, series: Series) -> tuple[Called, ...]:
        """How each side calls the talks: its own word for them, in quotes or another noun for talks."""
        found: dict[Span, Called] = {}
        for attribution in self._article.attributions:
            for index in sorted(self._syntax):
                syntax = self._syntax[index]
                if not any(0 <= index - s.sentence <= _REACH for s in series.sights):
                    continue
                for start, end in attribution.content:
                    if syntax.start <= start and end <= syntax.end:
                        for words in self._names(syntax, start, end):
                            found.setdefault(words, self._called(attribution, words))
        found.update(self._dubbed(series))
        return tuple(found[span] for span in sorted(found))

    def _called(self, attribution: Attribution, span: Span) -> Called:
        return Called(attribution.party, self._article.body[slice(*span)], *span)

    def _names(self, syntax: Syntax, start: int, end: int) -> Iterator[Span]:
        """ "the talks were 'not negotiations'", "they were merely consultations"."""
        for token in syntax.tokens:
            if token.lemma != "be" or not start <= token.start < end:
                continue
            subject = next(syntax.children(token.i, "nsubj"), None)
            if subject is None or not self._means_talks(subject):
                continue
            for child in syntax.children(token.i, "attr", "acomp"):
                if subject.tag == "PRP" and child.lemma not in (self._words.nouns.talks | self._words.nouns.exchanges):
                    continue
                span = self._naming(syntax, child, token.end, end)
                if span is not None:
                    yield span

    def _dubbed(self, series: Series) -> dict[Span, Called]:
        """ "called the talks 'a charade'"."""
        out: dict[Span, Called] = {}
        for index in sorted(self._syntax):
            if not any(0 <= index - s.sentence <= _REACH for s in series.sights):
                continue
            syntax = self._syntax[index]
            clauses = Clauses(syntax, self._classes)
            for token in syntax.tokens:
                if token.lemma not in self._words.calling or token.tag[:1] != "V":
                    continue
                objects = [
                    t
                    for t in syntax.tokens
                    if t.i > token.i and t.tag[:1] == "N" and self._means_talks(t) and token in syntax.ancestors(t.i)
                ]
                if not objects:
                    continue
                last = syntax.subtree(token.i)[-1]
                span = self._quoted(objects[0].end, syntax.tokens[last].end)
                parties = [p for i in clauses.agents(token.i) for p in self._people.parties(index, i)]
                if span is not None:
                    out[span] = Called(parties[0] if parties else None, self._article.body[slice(*span)], *span)
        return out

    def _means_talks(self, token: Token) -> bool:
        nouns = self._words.nouns
        return token.lemma in (nouns.talks | nouns.exchanges | nouns.gatherings) or token.lower in (
            "they",
            "these",
            "it",
            "this",
        )

    def _naming(self, syntax: Syntax, child: Token, start: int, end: int) -> Span | None:
        """The span of what the talks are said to be; None where it only praises or blames them."""
        quoted = self._quoted(start, end)
        if quoted is not None:
            return quoted
        if child.tag[:2] != "NN" or child.lemma not in (self._words.nouns.talks | self._words.nouns.exchanges):
            return None
        inside = [i for i in syntax.subtree(child.i) if i <= child.i and syntax.tokens[i].start >= start]
        negated = next((t for t in syntax.children(child.head, "neg")), None)
        first = min([*inside, *([negated.i] if negated is not None else [])])
        return syntax.tokens[first].start, child.end

    def _quoted(self, start: int, end: int) -> Span | None:
        """The first quotation between two offsets, without its marks."""
        body = self._article.body
        stop = min(len(body), end + 2)
        opens = next((k for k in range(start, stop) if body[k] in _OPEN), None)
        if opens is None:
            return None
        closes = next((k for k in range(opens + 1, stop) if body[k] in _CLOSE), None)
        if closes is None:
            return None
        while closes > opens + 1 and body[closes - 1] in ".,":
            closes -= 1
        return (opens + 1, closes) if closes > opens + 1 else None
