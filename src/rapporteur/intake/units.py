"""The parts of an HTML page that are a story each.

A page is one story unless its markup plainly holds several: two or more <article>s (or parts that schema.org's types,
microformats, a first-rank heading of their own, or a second-rank heading and an author mark as such) that each have a
heading and whole paragraphs. Teasers, comments and a live report's parts are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from rapporteur.intake.lines import Line
from rapporteur.intake.marks import marks
from rapporteur.intake.markup import Block, Element, Layout, named
from rapporteur.intake.metadata import Metadata
from rapporteur.intake.roles import Role, roles_of, words
from rapporteur.intake.wording import key

_WHOLE = 50  # words in a story's paragraphs
_COMPARABLE = 0.1  # of the longest story's words, for a part to be a story beside it
_PARAGRAPH = 12  # words
_STRAY = 120  # words beside the parts, or a third of theirs: with more, the parts stand within one story
_LINK = 0.5
_HEAD = 60  # blocks in which a story's heading stands


@dataclass(frozen=True, slots=True)
class Unit:
    """One story's part of the page; ``headline`` only where the page holds several."""

    element: Element
    blocks: tuple[Block, ...]
    headline: str | None = None


def units_of(layout: Layout, metadata: Metadata) -> list[Unit]:
    """The page's stories; the whole page, less its teasers, as one where its markup doesn't part it."""
    page = _Page(layout)
    if not metadata.live:
        for candidates in (_marked(layout.tree), page.headed(1), page.authored(metadata)):
            parts = page.comparable(page.outermost(candidates))
            told = sum(page.size(part) for part in parts)
            if len(parts) > 1 and page.size(layout.tree) - told <= max(_STRAY, told / 3):
                return [Unit(part, page.blocks_in(part), page.heading(part)) for part in parts]
    return [Unit(layout.tree, page.without_teasers())]


def _marked(tree: Element) -> Iterator[Element]:
    """Parts that their element, role or type calls an article."""
    for element in tree.iter("article", "div", "section", "main"):
        kind = (element.get("itemtype") or "").rsplit("/", 1)[-1]
        marked = element.tag == "article" or element.get("role") == "article" or kind in marks().article_types
        if marked or named(element) & marks().entry_words:
            yield element


class _Page:
    """The layout, with the paragraphs' words summed up."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.blocks = layout.blocks
        roles = roles_of([Line(block.text, 1, block.hint) for block in layout.blocks])
        self.sums = [0, *accumulate(map(_size, layout.blocks, roles))]
        self._headings: dict[Element, str | None] = {}

    def blocks_in(self, element: Element) -> tuple[Block, ...]:
        """The blocks in ``element``."""
        inside = self._range(element)
        return self.blocks[inside.start : inside.stop]

    def _range(self, element: Element) -> range:
        return range(len(self.blocks)) if element is self.layout.tree else self.layout.ranges.get(element, range(0))

    def size(self, element: Element) -> int:
        """Words of the paragraphs in ``element``."""
        inside = self._range(element)
        return self.sums[inside.stop] - self.sums[inside.start]

    def heading(self, element: Element) -> str | None:
        """The highest heading above the first paragraph, if ``element`` holds a whole story; else None."""
        if element not in self._headings:
            self._headings[element] = self._heading(self._range(element)) if self.size(element) >= _WHOLE else None
        return self._headings[element]

    def _heading(self, inside: range) -> str | None:
        best: Block | None = None
        for i in inside[:_HEAD]:
            block = self.blocks[i]
            if self.sums[i + 1] > self.sums[i]:
                break
            if (
                block.heading in (1, 2, 3)
                and len(words(block.text)) >= 3
                and (not best or block.heading < best.heading)
            ):
                best = block
        return best.text if best else None

    def headed(self, rank: int) -> Iterator[Element]:
        """The largest part around each heading of ``rank`` that holds no other one."""
        headings = [block.owner for block in self.blocks if block.heading == rank and block.hint == "heading"]
        counts: Counter[Element] = Counter(around for heading in headings for around in heading.iterancestors())
        for heading in headings if len(headings) > 1 else []:
            alone = [around for around in heading.iterancestors() if counts[around] == 1]
            if alone:
                yield alone[-1]

    def authored(self, metadata: Metadata) -> Iterator[Element]:
        """Parts with a second-rank heading and an author each, on a page without a title of its own above them."""
        first = next((block.text for block in self.blocks if block.heading == 1 and block.hint == "heading"), None)
        if first and any(key(title).startswith(key(first)) for title in metadata.titles):
            return
        for element in self.headed(2):
            if any(part.get("rel") == "author" or named(part) & marks().author_words for part in element.iter()):
                yield element

    def outermost(self, candidates: Iterable[Element]) -> list[Element]:
        """The candidates that hold a whole story, each once: the inner ones where two or more share an outer one."""
        whole = dict.fromkeys(element for element in candidates if self.heading(element))
        within = Counter(around for element in whole for around in element.iterancestors() if around in whole)
        outer = {element for element, count in within.items() if count >= 2}
        kept = [element for element in whole if element not in outer]
        return [element for element in kept if not any(a in whole and a not in outer for a in element.iterancestors())]

    def comparable(self, parts: list[Element]) -> list[Element]:
        """The parts less those that are small beside the largest: a teaser, a word about the site."""
        largest = max(map(self.size, parts), default=0)
        return [part for part in parts if self.size(part) >= _COMPARABLE * largest]

    def without_teasers(self) -> tuple[Block, ...]:
        """The blocks less those of <article>s that only point to a story, where another one holds a whole story."""
        articles = list(self.layout.tree.iter("article"))
        whole = {element for element in articles if self.heading(element)}
        around = {outer for element in whole for outer in element.iterancestors()}
        dropped: set[int] = set()
        for element in articles if whole else ():
            inside = self._range(element)
            ranks = {self.blocks[i].heading for i in inside[:_HEAD]}
            if element not in whole and element not in around and 1 not in ranks and ranks - {0}:
                dropped.update(inside)
        return tuple(block for i, block in enumerate(self.blocks) if i not in dropped)


def _size(block: Block, role: Role) -> int:
    """Words of a paragraph; 0 for what is none."""
    if role is not Role.PROSE or block.heading or block.linked >= _LINK:
        return 0
    count = len(words(block.text))
    return count if count >= _PARAGRAPH else 0
