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
        words = [w.strip(".,") for w in text.lower().split()]
        known = self._words.going_on
        if any(w in known or w.rstrip("ds") in known or w in self._words.another for w in words):
            return True
        return any(
            " ".join(pair) in known for n in (2, 3) for pair in zip(*(words[k:] for k in range(n)), strict=False)
        )

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
                span = self._dub(syntax, token)
                if span is None or span in out:
                    continue
                parties = [p for i in clauses.agents(token.i) for p in self._people.parties(index, i)]
                out[span] = Called(parties[0] if parties else None, self._article.body[slice(*span)], *span)
            out.update(self._spoken(syntax, clauses, series))
        return out

    def _dub(self, syntax: Syntax, verb: Token) -> Span | None:
        """The words by which verb ``verb`` calls the talks: quoted ("called the talks 'a charade'"), or another noun
        for an exchange ("termed it a consultation")."""
        objects = [t for t in syntax.tokens if t.i > verb.i and self._means_talks(t) and verb in syntax.ancestors(t.i)]
        if not objects:
            return None
        end = syntax.tokens[syntax.subtree(verb.i)[-1]].end
        quoted = self._quoted(objects[0].end, end) if objects[0].tag[:1] == "N" else None
        if quoted is not None:
            return quoted
        names = [*syntax.children(verb.i, "oprd", "attr")]
        for prep in (t for home in (verb, objects[0]) for t in syntax.children(home.i, "prep") if t.lower == "as"):
            names += syntax.children(prep.i, "pobj")
        return next((self._phrase(syntax, t) for t in names if t.i != objects[0].i and self._is_name(t)), None)

    def _spoken(self, syntax: Syntax, clauses: Clauses, series: Series) -> dict[Span, Called]:
        """ "The ministry spoke of consultations": one of the sides, of no talks with anybody else."""
        out: dict[Span, Called] = {}
        for verb in syntax.tokens:
            if verb.lemma not in self._words.speaking or verb.tag not in ("VBD", "VBZ", "VBP"):
                continue
            parties = [p for i in clauses.agents(verb.i) for p in self._people.parties(syntax.sentence, i)]
            ours = sides(parties, self._words.armed) & series.keys
            for prep in syntax.children(verb.i, "prep"):
                for name in syntax.children(prep.i, "pobj"):
                    plain = all(t.dep in ("amod", "advmod", "det") for t in syntax.children(name.i))
                    if ours and prep.lower == "of" and plain and self._is_name(name):
                        span = self._phrase(syntax, name)
                        out[span] = Called(parties[0], self._article.body[slice(*span)], *span)
        return out

    def _is_name(self, token: Token) -> bool:
        nouns = self._words.nouns
        return token.tag[:2] == "NN" and token.lemma in (nouns.talks | nouns.exchanges | self._words.naming)

    def _phrase(self, syntax: Syntax, noun: Token) -> Span:
        """A noun with what belongs to it, up to a comma."""
        span = syntax.subtree(noun.i)
        end = next((i for i in span if i > noun.i and syntax.tokens[i].tag in (",", ":", ".")), span[-1] + 1)
        return syntax.tokens[span[0]].start, syntax.tokens[end - 1].end

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
