"""HTML to blocks: what a reader would see as lines, with what the markup says of each.

Nothing is run, fetched or included: scripts, frames and style sheets are dropped, entities that a page defines itself
are never looked up. XHTML is read in the same way. A page nested so deeply that the parser gives it up (no browser
shows one), or with more tags than any page has, is read as bare lines, its tags taken away.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from lxml import etree, html  # type: ignore[import-untyped]

from rapporteur.intake.lines import Hint, clean
from rapporteur.intake.marks import marks, name_words

Element: TypeAlias = Any  # lxml.html.HtmlElement; lxml states no types
_Kind = tuple[str, str]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = 300_000  # no page that a browser can show has more
_MUCH = 0.35  # a part that holds this share of a page's paragraphs is no furniture, whatever its name
_NEARLY_ALL = 0.9  # the same for what its readers wrote
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SKIPPED = re.compile(r"<(!--|script|style|title|template|noscript|svg|textarea|iframe)(?=[\s>/-])")
_ANY_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)[^<>]*(?:>|(?=<)|\Z)|-->")
_SHOWN = re.compile(r"<(?:p|div|article|section|main|h[1-6])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One line as a browser would show it.

    ``tag`` is the element that makes it a line (a heading's, where it stands in one), ``linked`` the share of its
    characters that are in links, ``place`` names the kind of spot on the page (the classes of the elements around it),
    ``owner`` is the element it stands in.
    """

    text: str
    tag: str
    hint: Hint | None
    linked: float
    place: str
    owner: Element

    @property
    def heading(self) -> int:
        """1 to 6 for a heading, else 0."""
        return int(self.tag[1]) if self.tag in _HEADINGS else 0


@dataclass(frozen=True, slots=True)
class Layout:
    """The page's blocks in order, furniture included (``hint``), and for each element that makes a line the range of
    those that stand in it."""

    tree: Element
    blocks: tuple[Block, ...]
    ranges: dict[Element, range]


class _Spot(NamedTuple):
    """Where the walk through the page is: what the elements around say."""

    element: Element
    tag: str
    hint: Hint | None
    place: str
    in_link: bool


def parse(text: str) -> Element | None:
    """The page's tree; None where the parser finds none or gives up halfway."""
    if text.count("<") > _TAGS:
        return None
    text = _CONTROLS.sub("", _DECLARATION.sub("", text))
    if not text.lstrip().startswith("<"):  # a scraped text in which some markup was left: its line ends count
        text = text.replace("\n", "<br>\n")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return None if _cut_short(text, tree) else tree


def _cut_short(text: str, tree: Element) -> bool:
    """Whether the parser gave up: it found less than half of the elements that make lines."""
    written = len(_SHOWN.findall(text))
    found = sum(1 for _ in tree.iter("p", "div", "article", "section", "main", *_HEADINGS))
    return found < written // 2 and _too_deep(text)


def _too_deep(text: str) -> bool:
    """Whether more elements than the parser holds may stand open at once (scripts with markup in them mislead)."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)[a-z][^<>]*?(/?)>", text, re.IGNORECASE):
        depth += -1 if match[1] else 0 if match[2] else 1
        deepest = max(deepest, depth)
    return deepest > 200


def named(element: Element) -> set[str]:
    """The words of the element's classes and id (``name_words``)."""
    return name_words(f"{element.get('class') or ''} {element.get('id') or ''}")


def standalone(element: Element) -> str:
    """The element as a page of its own, written out."""
    inner: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return inner if element.tag == "html" else f"<html><body>{inner}</body></html>"


def layout_of(tree: Element) -> Layout:
    """The page as blocks."""
    return _Walk(tree).layout()


class _Walk:
    """One pass through the tree, without recursion."""

    def __init__(self, tree: Element) -> None:
        self.tree = tree
        self.blocks: list[Block] = []
        self.pieces: list[tuple[str, bool]] = []
        self.shares = _shares(tree)
        self.headed = {around for heading in tree.iter("h1") for around in heading.iterancestors()}

    def layout(self) -> Layout:
        """Walk, and give what was found."""
        tables = marks()
        ranges: dict[Element, range] = {}
        spots = [_Spot(self.tree, "", None, "", False)]
        walk = etree.iterwalk(self.tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            breaks = tag not in tables.inline
            if event == "start":
                if breaks and not (tag == "br" and spots[-1].tag in _HEADINGS):
                    self._flush(spots[-1])
                if breaks:
                    ranges[element] = range(len(self.blocks), len(self.blocks))
                spots.append(self._spot(element, tag, spots[-1]))
                if tag in tables.unread or not tag:
                    walk.skip_subtree()
                else:
                    self._add(element.text, spots[-1])
            else:
                if breaks and tag != "br":
                    self._flush(spots[-1])
                    ranges[element] = range(ranges[element].start, len(self.blocks))
                spots.pop()
                self._add(" " if tag == "br" else None, spots[-1])
                self._add(element.tail, spots[-1])
        self._flush(spots[0])
        return Layout(self.tree, tuple(self.blocks), ranges)

    def _add(self, text: str | None, spot: _Spot) -> None:
        if text:
            self.pieces.append((text, spot.in_link))

    def _flush(self, spot: _Spot) -> None:
        text = " ".join(clean("".join(piece for piece, _ in self.pieces)).split())
        if text:
            size = sum(len("".join(piece.split())) for piece, _ in self.pieces)
            linked = sum(len("".join(piece.split())) for piece, in_link in self.pieces if in_link)
            self.blocks.append(Block(text, spot.tag, _hint(spot), linked / max(size, 1), spot.place, spot.element))
        self.pieces.clear()

    def _spot(self, element: Element, tag: str, around: _Spot) -> _Spot:
        """What ``element`` and those around it say of the text in it."""
        in_link = around.in_link or tag == "a"
        if tag in marks().inline or tag == "br":
            return around._replace(in_link=in_link)
        kind = around.tag if around.tag in _HEADINGS else tag
        place = f"{around.place}>{tag}.{element.get('class') or ''}"[-160:]
        return _Spot(element, kind, around.hint or self._part(element, tag), place, in_link)

    def _part(self, element: Element, tag: str) -> Hint | None:
        tables = marks()
        names = named(element)
        if tag in tables.captions or names & tables.caption_words:
            return "caption" if self.shares.get(_kind(element), 0.0) < _MUCH else None
        limit = _NEARLY_ALL if names & tables.reader_words else _MUCH
        beside = (
            tag in tables.furniture
            or (element.get("role") or "").strip().lower() in tables.furniture_roles
            or (bool(names & tables.furniture_words) and element not in self.headed)
        )
        if beside and self.shares.get(_kind(element), 0.0) < limit:
            return "furniture"
        hidden = (
            element.get("hidden") is not None
            or (element.get("aria-hidden") or "").lower() == "true"
            or _HIDDEN.search(element.get("style") or "") is not None
        )
        return "furniture" if hidden and self.shares.get(element, 0.0) < _MUCH else None


def _hint(spot: _Spot) -> Hint | None:
    if spot.hint:
        return spot.hint
    if spot.tag in _HEADINGS:
        return "heading"
    return "paragraph" if spot.tag == "p" else None


def _shares(tree: Element) -> dict[_Kind | Element, float]:
    """Which share of all paragraphs' characters each element holds, and the elements of each kind (name and class)
    together; what holds none is left out."""
    sizes: dict[_Kind | Element, int] = {}
    open_kinds: Counter[_Kind] = Counter()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        kind = _kind(element)
        if event == "start":
            open_kinds[kind] += 1
            continue
        open_kinds[kind] -= 1
        size = len(element.text_content()) if element.tag == "p" else sizes.get(element, 0)
        if size:
            sizes[element] = size
            if not open_kinds[kind]:  # an outer one of the kind counts what is in it
                sizes[kind] = sizes.get(kind, 0) + size
            parent = element.getparent()
            if parent is not None:
                sizes[parent] = sizes.get(parent, 0) + size
    total = max(sizes.get(tree, 0), 1)
    return {holder: size / total for holder, size in sizes.items()}


def _kind(element: Element) -> _Kind:
    return str(element.tag), element.get("class") or element.get("id") or ""


def bare_text(text: str) -> str:
    """The page's text with its tags taken away, a line for each element that makes one, in linear time."""
    lower = text.lower()
    kept: list[str] = []
    at = 0
    for match in _SKIPPED.finditer(lower):
        if match.start() >= at:
            end = lower.find("-->" if match[1] == "!--" else f"</{match[1]}", match.end())
            kept.append(text[at : match.start()])
            at = end if end >= 0 else len(text)
    kept.append(text[at:])
    shown = _ANY_TAG.sub(lambda tag: "" if (tag[1] or "").lower() in marks().inline else "\0", " ".join(kept))
    lines = (" ".join(clean(line.replace("\n", " ")).split()) for line in shown.split("\0"))
    return "\n\n".join(filter(None, lines))
