"""Syntax as plain data: what the other rooms see of a parsed sentence.

Labels are those of spaCy's English pipelines: Penn Treebank tags, ClearNLP dependencies (``nsubj``, ``dobj``,
``agent``, ``pobj``, ``relcl`` ...).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``i`` and ``head`` index ``Syntax.tokens`` (the root's head is itself); ``start``/``end`` are offsets
    into the article's body; ``children`` are in text order."""

    i: int
    text: str
    lower: str
    lemma: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Syntax:
    """One parsed sentence: ``sentence`` indexes the article's sentences; ``start``/``end`` are body offsets."""

    sentence: int
    start: int
    end: int
    tokens: tuple[Token, ...]

    def children(self, i: int, *deps: str) -> Iterator[Token]:
        """Children of token ``i`` in text order, only those with one of ``deps`` where any is given."""
        for c in self.tokens[i].children:
            token = self.tokens[c]
            if not deps or token.dep in deps:
                yield token

    def subtree(self, i: int) -> list[int]:
        """Indices of token ``i`` and all below it, in text order."""
        out, stack = [], [i]
        while stack:
            k = stack.pop()
            out.append(k)
            stack.extend(self.tokens[k].children)
        return sorted(out)

    def ancestors(self, i: int) -> Iterator[Token]:
        """From the head of ``i`` up to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def at(self, start: int, end: int) -> list[int]:
        """Indices of the tokens that share a character with the body span."""
        return [t.i for t in self.tokens if t.start < end and start < t.end]
