"""The condition under which a measure ends, in the text's own words."""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.standing.draft import Draft, Sentence

_FEW = 40  # tokens; what is longer is no condition but a torn sentence


class Endings:
    """The conditions of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._lasting = tuple(tuple(words.split()) for words in sentence.words.conditions.lasting)
        self._lifting = tuple(tuple(words.split()) for words in sentence.words.conditions.lifting)

    def of(self, draft: Draft, only: bool) -> str | None:
        """The condition of the draft's end, verbatim; None where none is told, or a date is.

        Args:
            draft: the measure.
            only: it is the sentence's one measure: what its imposers are said not to do "until" then is part of it.
        """
        if draft.phase == "end" and draft.status != "ended":
            openings = (*self._lifting, *self._lasting)
            return next(self._clauses_by(openings, draft.word, within=True), None)
        if draft.status == "ended" or draft.phase == "announce":
            return None
        if draft.status == "threatened":  # "will impose it unless": of its beginning
            openings = tuple(words for words in self._lasting if words not in self._lifting)
            return next(self._clauses_by(openings, draft.word, within=True), None)
        found = next(self._clauses_by(self._lasting, draft.word, within=True), None)
        if found is None and draft.head != draft.word:
            found = next(self._clauses_by(self._lasting, draft.head, within=True), None)
        if found is None and only:
            found = next(self._clauses_by(self._lasting, draft.word, within=False), None)
        return found

    def _clauses_by(self, openings: tuple[tuple[str, ...], ...], word: int, within: bool) -> Iterator[str]:
        for opening in sorted(openings, key=len, reverse=True):
            for i in range(len(self._tokens) - len(opening)):
                if tuple(t.lower for t in self._tokens[i : i + len(opening)]) != opening:
                    continue
                head = self._head(i, i + len(opening))
                if head is None or not self._hangs(head, word, within):
                    continue
                text = self._words(i, head)
                if text is not None:
                    yield text

    def _head(self, first: int, behind: int) -> int | None:
        """The verb of the clause, or the preposition, that the opening words begin."""
        for i in range(first, behind):
            token = self._tokens[i]
            if token.dep == "mark" and token.head > i:
                return token.head
            if token.dep == "prep" and token.lower in ("until", "till", "pending"):
                return i
            if token.dep == "advmod" and token.lower in ("when", "once") and self._tokens[token.head].dep == "advcl":
                return token.head
        return None

    def _hangs(self, head: int, word: int, within: bool) -> bool:
        """Is it a condition of what ``word`` tells; or, further off, of what is not to be done or to go on?"""
        above = [t.i for t in self._sentence.syntax.ancestors(head)]
        near = above[:2]
        if within:
            if self._in_a_law(above, word):
                return True
            if self._tokens[word].dep == "xcomp" and self._tokens[word].head in near[:1]:  # "go on doing so until"
                return True
            return word in near or any(
                self._tokens[i].dep in ("xcomp", "ccomp", "pcomp") and word in (self._tokens[i].head, i) for i in near
            )
        verb = next((i for i in above if self._tokens[i].tag[:1] in "VM"), None)
        return verb is not None and any(
            t.dep == "neg" or t.lower in ("no", "not", "remain", "continue", "maintain", "keep", "stay")
            for t in (self._tokens[verb], *self._sentence.syntax.children(verb))
        )

    def _in_a_law(self, above: list[int], word: int) -> bool:
        """Is it of the law under which the measure stands: "suspended under a law that bars visits until"?"""
        if len(above) < 4 or above[3] != word:
            return False
        clause, law, prep = (self._tokens[i] for i in above[:3])
        within = clause.dep in ("relcl", "acl") and prep.dep == "prep" and prep.lower in ("under", "by")
        return within and law.lemma in self._sentence.words.bills

    def _words(self, first: int, head: int) -> str | None:
        tokens = self._tokens
        below = sorted({*range(first, head + 1), *(i for i in self._sentence.syntax.subtree(head) if i >= first)})
        last = first
        for i in below:
            if i > last + 1 and tokens[i - 1].dep != "punct":
                break
            last = i
        while last > first and tokens[last].dep == "punct":
            last -= 1
        if last - first > _FEW or last == first:
            return None
        start, end = tokens[first].start, tokens[last].end
        if tokens[head].dep == "prep" and any(
            start < m.end and m.start < end and m.value is not None for m in self._sentence.calendar.mentions()
        ):
            return None  # a date
        return self._sentence.body[start:end]
