"""Figures of pages against their lines' labels: are a page's stories apart, whole, clean, and with their headlines?

A story's gold body is its ``body`` lines; deks, datelines, bylines run on, and teasers cut short may be kept
or dropped.

    pages_n        pages with the right number of stories
    pages_ok       pages with the right number, every one matched
    art_P/R/F1     stories, one to one, best token F1 first; a pair matches from .95 on
    edges          gold stories' starts and ends found: the pair starts (ends) with the same six words
    bounds         places where one gold story follows another, with both edges found
    tok_P/R        body words, pooled over each page's stories
    head           stories with a headline on the page whose pair's headline is exactly it
    nohead         stories without one whose pair's headline is empty
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from rapporteur.errors import InputError
from rapporteur.evaluation.counts import Figures
from rapporteur.evaluation.readings import ReadStory
from rapporteur.model import Span

EDGE = 6  # words
MATCH = 0.95
_TEASER = 0.5  # token F1 from which a read story is an optional one
_INVISIBLE = re.compile("[\u200b\u200c\u200d\ufeff\u00ad]")


class LineLabel(msgspec.Struct, frozen=True):
    """What one line of a page is: ``n`` counts from 1; ``article`` is the story it belongs to, None: none."""

    n: int
    article: int | None
    role: str
    headline: Span | None = None
    variant: bool | None = None
    opt: bool | None = None
    body_from: int = 0
    dateline_to: int = 0
    body_to: int | None = None


class PageLabels(msgspec.Struct, frozen=True):
    """The labels of a page."""

    n_articles: int
    lines: tuple[LineLabel, ...]
    set: str = ""
    family: str = ""
    optional_articles: tuple[int, ...] = ()


@dataclass(slots=True)
class GoldStory:
    """A story as labelled: accepted headlines, the words that its body must have in order, and those it may have."""

    headlines: list[str]
    words: list[str]
    optional: Counter[str]

    @property
    def bag(self) -> Counter[str]:
        return Counter(self.words)


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A labelled page. ``stories`` must be found, ``teasers`` may be."""

    id: str
    path: Path
    stories: tuple[GoldStory, ...]
    teasers: tuple[GoldStory, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A story as read."""

    headline: str
    words: list[str]
    bag: Counter[str]


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page compared: counts that add up over pages, and for each gold story what it got."""

    counts: Counter[str]
    scores: tuple[float, ...]
    headlines: tuple[str | None, ...]
    read: int


def gold_pages(folder: Path) -> Iterator[GoldPage | InputError]:
    """The labelled pages of a folder, by name; one that can't be read comes as an ``InputError``.

    Raises:
        InputError: the folder holds none.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(str(folder), "holds no labels; a folder of page gold holds ID.txt and ID.json")
    for path in paths:
        try:
            yield _gold_page(path)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield InputError(str(path), f'{error}; valid is {{"n_articles", "lines": [{{"n", "article", "role"}}]}}')
        except OSError as error:
            yield InputError(error.filename or str(path), f"can't be read: {error.strerror}")
        except IndexError:
            yield InputError(str(path), "names a line or an article that the page doesn't have; lines count from 1")


def clean(text: str | None) -> str:
    """Text without markup's escapes, invisible characters and runs of blanks."""
    plain = _INVISIBLE.sub("", html.unescape(text or ""))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", plain)).strip()


def words_of(text: str | None) -> list[str]:
    """Its words in lower case."""
    return re.findall(r"\w+", clean(text).lower())


def compare_page(page: GoldPage, read: Sequence[ReadStory]) -> PageResult:
    """Compare a page with what was read."""
    stories = [Story(clean(s.headline), words_of(s.body), Counter(words_of(s.body))) for s in read]
    pool: Counter[str] = sum((s.bag for s in stories), Counter())
    teasers = {
        r
        for g, (r, score) in _pair_off(stories, [*page.stories, *page.teasers]).items()
        if g >= len(page.stories) and score >= _TEASER
    }
    stories = [s for r, s in enumerate(stories) if r not in teasers]
    pairs = _pair_off(stories, page.stories)
    scores = tuple(pairs[g][1] if g in pairs else 0.0 for g in range(len(page.stories)))
    counts = _word_counts(page, pool)
    counts.update(_story_counts(page, stories, pairs))
    headlines = tuple(stories[pairs[g][0]].headline if g in pairs else None for g in range(len(page.stories)))
    for story, headline in zip(page.stories, headlines, strict=True):
        counts["head_n" if story.headlines else "nohead_n"] += 1
        counts["head" if story.headlines else "nohead"] += (
            headline in story.headlines if story.headlines else headline == ""
        )
    return PageResult(counts, scores, headlines, len(stories))


def page_figures(results: Sequence[PageResult]) -> Figures:
    """All figures; None where nothing was to be counted."""
    n: Counter[str] = sum((result.counts for result in results), Counter())
    pairs = {
        "pages_n": (n["pages_n"], n["pages"]),
        "pages_ok": (n["pages_ok"], n["pages"]),
        "art_P": (n["match"], n["read"]),
        "art_R": (n["match"], n["gold"]),
        "art_F1": (2 * n["match"], n["read"] + n["gold"]),
        "edges": (n["edges"], 2 * n["gold"]),
        "bounds": (n["bounds"], n["bound"]),
        "tok_P": (n["tp"], n["tp"] + n["fp"]),
        "tok_R": (n["tp"], n["tp"] + n["fn"]),
        "head": (n["head"], n["head_n"]),
        "nohead": (n["nohead"], n["nohead_n"]),
    }
    return {
        "pages": n["pages"],
        "arts": n["gold"],
        **{name: part / whole if whole else None for name, (part, whole) in pairs.items()},
    }


def _gold_page(path: Path) -> GoldPage:
    labels = msgspec.json.decode(path.read_bytes(), type=PageLabels)
    text = path.with_suffix(".txt")
    with open(text, encoding="utf-8", newline="") as stream:
        lines = stream.read().replace("\r\n", "\n").split("\n")
    stories = [GoldStory([], [], Counter()) for _ in range(labels.n_articles)]
    for label in labels.lines:
        if label.article is not None:
            _add_line(stories[label.article], label, lines[label.n - 1])
    return GoldPage(
        path.stem,
        text,
        tuple(s for i, s in enumerate(stories) if i not in labels.optional_articles),
        tuple(stories[i] for i in sorted(set(labels.optional_articles))),
    )


def _add_line(story: GoldStory, label: LineLabel, line: str) -> None:
    if label.headline is not None:
        story.headlines.append(clean(line[slice(*label.headline)]))
    if label.role == "headline" and not label.variant:
        story.headlines.append(clean(line))
    elif label.role == "body" and not label.opt:
        end = len(line) if label.body_to is None else label.body_to
        start = max(label.body_from, label.dateline_to)
        story.optional.update([*words_of(line[label.body_from : start]), *words_of(line[end:])])
        story.words += words_of(line[start:end])
    elif label.role == "dek" or label.opt:
        story.optional.update(words_of(line[label.body_from :]))


def _token_f1(story: Story, gold: GoldStory) -> float:
    bag = gold.bag
    hits = (story.bag & bag).total()
    extra = ((story.bag - bag) - gold.optional).total()
    return 2 * hits / (hits + extra + bag.total()) if hits else 0.0


def _pair_off(stories: Sequence[Story], gold: Sequence[GoldStory]) -> dict[int, tuple[int, float]]:
    """For gold stories, by index, the read one and the pair's token F1; best first, one to one."""
    ranked = sorted((-_token_f1(s, g), r, k) for r, s in enumerate(stories) for k, g in enumerate(gold))
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for negative, r, k in ranked:
        if negative < 0 and r not in taken and k not in pairs:
            pairs[k] = r, -negative
            taken.add(r)
    return pairs


def _word_counts(page: GoldPage, pool: Counter[str]) -> Counter[str]:
    must: Counter[str] = sum((g.bag for g in page.stories), Counter())
    may: Counter[str] = sum((g.optional for g in page.stories), Counter())
    for teaser in page.teasers:
        may = may + teaser.bag + teaser.optional
    hits = (pool & must).total()
    return Counter(tp=hits, fp=((pool - must) - may).total(), fn=must.total() - hits)


def _story_counts(page: GoldPage, stories: Sequence[Story], pairs: Mapping[int, tuple[int, float]]) -> Counter[str]:
    count = len(page.stories)
    matched = [k in pairs and pairs[k][1] >= MATCH for k in range(count)]
    starts = [k in pairs and _edge(stories[pairs[k][0]].words, page.stories[k], False) for k in range(count)]
    ends = [k in pairs and _edge(stories[pairs[k][0]].words, page.stories[k], True) for k in range(count)]
    right = len(stories) == count
    return Counter(
        pages=1,
        pages_n=int(right),
        pages_ok=int(right and all(matched)),
        gold=count,
        read=len(stories),
        match=sum(matched),
        edges=sum(starts) + sum(ends),
        bound=count - 1,
        bounds=sum(a and b for a, b in zip(ends, starts[1:], strict=False)),
    )


def _edge(read: list[str], gold: GoldStory, end: bool) -> bool:
    """Does it start (end) with gold's first (last) words, but for optional words before (after) them?"""
    words, wanted = (read[::-1], gold.words[::-1]) if end else (read, gold.words)
    first = wanted[:EDGE]
    for i in range(min(gold.optional.total(), len(words)) + 1):
        if words[i : i + EDGE] == first:
            return not Counter(words[:i]) - gold.optional
    return False
