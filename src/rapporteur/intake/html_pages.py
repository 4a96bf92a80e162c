"""An HTML page's text to its articles.

trafilatura says which paragraphs are the page's main text; our own blocks (``markup``) say where each stands, and our
roles (``roles``) which of them are captions, prompts, bylines and pointers to other stories after all. Paragraphs that
trafilatura lost are taken back where they stand in the same kind of spot as those it found. A page whose markup holds
several whole stories is cut into them (``units``); where markup tells nothing, the visible text is read as text is.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapporteur.intake.leftovers import with_dropped
from rapporteur.intake.lines import Line
from rapporteur.intake.markup import Block, Element, bare_text, layout_of, parse, standalone
from rapporteur.intake.metadata import Metadata, metadata_of, tidy, time_of
from rapporteur.intake.pages import articles_of_stories, articles_of_text
from rapporteur.intake.roles import Role, ends_sentence, roles_of, words
from rapporteur.intake.stories import Story
from rapporteur.intake.units import Unit, units_of
from rapporteur.intake.wording import key
from rapporteur.model import Article

_SHINGLE = 4  # words
_FOUND = 0.8  # of a block's shingles, for it to be among what trafilatura found
_LINK = 0.8  # of a block's characters in links: it points elsewhere
_LEAST = 25  # words that a story has
_SUBHEAD_WORDS = 14
_MANY = 30_000  # elements; on more, which no story needs, trafilatura takes seconds

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it can't read is ours to report


@dataclass(frozen=True, slots=True)
class _Found:
    """What trafilatura took for the main text: its paragraphs, their keys, and their runs of words."""

    paragraphs: tuple[str, ...]
    keys: frozenset[str]
    shingles: frozenset[tuple[str, ...]]


def articles_of_html(text: str, *, page: str | None, date: str | None) -> list[Article]:
    """The articles of an HTML page, in the order of the page; empty where it holds none."""
    tree = parse(text)
    if tree is None:
        return articles_of_text(bare_text(text), page=page, date=date)
    metadata = metadata_of(tree)
    layout = layout_of(tree)
    units = units_of(layout, metadata)
    stories = [story for unit in units for story in _stories_of(unit, metadata, several=len(units) > 1)]
    if stories:
        articles = articles_of_stories(stories, page=page, date=date)
        return with_dropped(articles, (block.text for block in layout.blocks))
    shown = "\n\n".join(block.text for block in layout.blocks if block.hint not in ("furniture", "caption"))
    articles = articles_of_text(shown, page=page, date=date)
    articles = [replace(article, outlet=metadata.outlet) for article in articles]
    return with_dropped(articles, (block.text for block in layout.blocks))


def _stories_of(unit: Unit, metadata: Metadata, *, several: bool) -> list[Story]:
    """The unit's story; none where it has too few words."""
    found = _main_text(unit.element)
    shown = [block for block in unit.blocks if block.hint != "furniture"]
    roles = roles_of([Line(block.text, 1, block.hint) for block in shown])
    chosen = [i for i, block in enumerate(shown) if _is_found(block, found)]
    lost = sum(len(p) for p in found.paragraphs) - sum(len(shown[i].text) for i in chosen)
    if lost > 0.5 * sum(len(p) for p in found.paragraphs):  # the text isn't among what is shown: it stood in JSON-LD
        paragraphs = _paragraphs_of(found)
        body_start = 0
    else:
        body = _body(shown, roles, chosen)
        paragraphs = [shown[i].text for i in body]
        body_start = body[0] if body else 0
    if sum(len(words(p)) for p in paragraphs) < _LEAST:
        return []
    headline = unit.headline or _headline(shown[:body_start], metadata)
    dated = time_of(unit.element) if several else metadata.date
    same = not several or any(key(title).startswith(key(headline or "?")) for title in metadata.titles)
    story = Story(
        headline,
        [p for p in paragraphs if key(p) != key(headline or "")],
        _about(shown, roles, body_start) + [(Role.BYLINE, name) for name in metadata.authors if same],
        published=dated or (metadata.date if same else None),
        url_date=metadata.url_date if same else None,
        outlet=metadata.outlet,
    )
    return [story] if story.paragraphs else []


def _main_text(element: Element) -> _Found:
    """What trafilatura finds in ``element``; nothing where it finds nothing or fails."""
    import trafilatura  # late: takes half a second, and text pages don't need it

    if sum(1 for _ in element.iter()) > _MANY:
        return _Found((), frozenset(), frozenset())
    try:
        document = trafilatura.bare_extraction(standalone(element), include_comments=False, include_tables=False)
    except Exception:  # whatever a strange page does to another's code, the page is still read
        document = None
    text = getattr(document, "text", None) or ""
    paragraphs = tuple(filter(None, (tidy(line).removeprefix("- ") for line in text.split("\n"))))
    shingles = frozenset(shingle for paragraph in paragraphs for shingle in _shingles(paragraph))
    return _Found(paragraphs, frozenset(map(key, paragraphs)), shingles)


def _shingles(text: str) -> list[tuple[str, ...]]:
    found = words(text.lower())
    return [tuple(found[i : i + _SHINGLE]) for i in range(len(found) - _SHINGLE + 1)]


def _is_found(block: Block, found: _Found) -> bool:
    if key(block.text) in found.keys:
        return True
    shingles = _shingles(block.text)
    return len(shingles) >= 3 and sum(s in found.shingles for s in shingles) >= _FOUND * len(shingles)


def _paragraphs_of(found: _Found) -> list[str]:
    roles = roles_of([Line(paragraph, 1) for paragraph in found.paragraphs])
    return [p for p, role in zip(found.paragraphs, roles, strict=True) if role is Role.PROSE]


def _body(blocks: Sequence[Block], roles: Sequence[Role], chosen: Sequence[int]) -> list[int]:
    """Which blocks are the story's paragraphs and subheads, in order."""
    taken = {i for i in chosen if _is_paragraph(blocks[i], roles[i])}
    places = Counter(blocks[i].place for i in taken)
    usual = {place for place, count in places.items() if count >= 2}
    first, last = min(taken, default=0), max(taken, default=-1)
    begin = next((i + 1 for i in range(first - 1, -1, -1) if blocks[i].heading == 1), first)
    for i in range(begin, len(blocks)):
        if i > last and (roles[i] in (Role.LIST, Role.END, Role.FOOTER) or blocks[i].heading in (1, 2)):
            break
        if blocks[i].place in usual and _is_paragraph(blocks[i], roles[i]):
            taken.add(i)
    ordered = sorted(taken)
    for i, after in pairwise(ordered):
        taken.update(k for k in range(i + 1, after) if _is_subhead(blocks, roles, k, set(chosen)))
    if ordered and ordered[0] > begin and _opens(blocks[ordered[0] - 1], blocks[ordered[0]], roles[ordered[0] - 1]):
        taken.add(ordered[0] - 1)
    return sorted(taken)


def _opens(heading: Block, first: Block, role: Role) -> bool:
    """A lower heading right above the first paragraph: a subhead beside it, or an opening sentence set large."""
    if heading.heading < 2 or heading.hint != "heading" or role not in (Role.TITLE, Role.LABEL, Role.PROSE):
        return False
    return heading.owner.getparent() is first.owner.getparent() or heading.text.endswith(".")


def _is_paragraph(block: Block, role: Role) -> bool:
    if block.heading or block.hint in ("caption", "furniture") or block.linked >= _LINK:
        return False
    if role is Role.PROSE:
        return True
    return role is Role.TITLE and block.hint == "paragraph" and len(words(block.text)) > _SUBHEAD_WORDS


def _is_subhead(blocks: Sequence[Block], roles: Sequence[Role], i: int, chosen: set[int]) -> bool:
    """A heading, a short line or an item of a list within the text, that points nowhere else."""
    block = blocks[i]
    if roles[i] not in (Role.TITLE, Role.LABEL, Role.PROSE) or block.linked >= _LINK or block.hint == "caption":
        return False
    if block.heading > 1:
        return len(words(block.text)) <= _SUBHEAD_WORDS or block.text.endswith(".")
    return i in chosen and not ends_sentence(block.text)


def _headline(above: Sequence[Block], metadata: Metadata) -> str | None:
    """The heading above the text that is the page's title by its own word, else the last <h1>, else that title."""
    headings = [block for block in above if block.heading and len(words(block.text)) >= 2]
    titles = [_without_site(title, metadata.outlet) for title in metadata.titles]
    scored = [(max((_alike(b.text, t) for t in titles), default=0.0), -b.heading, b.text) for b in headings]
    best = max(scored, default=None, key=lambda s: s[:2])
    if best and best[0] >= 0.5:
        return best[2]
    firsts = [block.text for block in headings if block.heading == 1]
    if firsts:
        return firsts[-1]
    if titles:
        return titles[0]
    return headings[0].text if headings else None


def _alike(heading: str, title: str) -> float:
    """The words that both have, as a share of the words that they have on average (Dice's coefficient)."""
    a, b = set(words(heading.lower())), set(words(title.lower()))
    return 2 * len(a & b) / max(len(a) + len(b), 1)


def _without_site(title: str, outlet: str | None) -> str:
    """``Talks fail - The Courier`` is ``Talks fail``."""
    for sign in (" | ", " - ", " – ", " — ", " · ", " :: "):
        rest, found, last = title.rpartition(sign)
        if found and len(words(rest)) >= 3 and (key(last) == key(outlet or "") or len(words(last)) <= 4):
            return _without_site(rest, outlet)
    return title


def _about(blocks: Sequence[Block], roles: Sequence[Role], start: int) -> list[tuple[Role, str]]:
    """The lines that tell of the story: bylines and dates right above it, who reported it anywhere."""
    above = [i for i in range(max(0, start - 25), start) if roles[i] in (Role.BYLINE, Role.DATE)]
    after = [i for i in range(len(blocks)) if roles[i] is Role.REPORTING]
    return [(roles[i], blocks[i].text) for i in (*above, *after)]
