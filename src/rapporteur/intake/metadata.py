"""What an HTML page says about itself: JSON-LD, <meta>, <title>, <time> and its address.

Only what names the thing is taken; no date is guessed from the running text. JSON-LD follows schema.org: the first
object of an article's type that has the property counts, so that a publisher's or a teaser's date does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rapporteur.intake.dates import iso_date, url_date, written_date
from rapporteur.intake.lines import clean
from rapporteur.intake.marks import marks
from rapporteur.intake.markup import Element, named
from rapporteur.intake.wording import plain

_NODES = 20_000  # of JSON-LD; more is no description of a page
_SITE = 80  # characters; a longer name is none


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own word on itself: ``titles`` best first (``<title>`` last, with the site's name as a rule), ``date``
    and ``url_date`` ISO dates, ``authors`` names, ``live`` whether it is a report that is added to as things happen."""

    titles: tuple[str, ...] = ()
    date: str | None = None
    url_date: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    live: bool = False


def metadata_of(tree: Element) -> Metadata:
    """What the page says about itself."""
    tables = marks()
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _types(node) & tables.article_types]
    meta = _meta(tree)
    title = tree.find(".//head/title")
    titles = [
        *_texts(articles, "headline"),
        *_listed(meta, tables.titles),
        title.text_content() if title is not None else "",
    ]
    dates = [*_texts(articles, "datePublished"), *_listed(meta, tables.published), *_published(tree)]
    sites = [*_listed(meta, tables.sites[:1]), *_names(articles, "publisher"), *_listed(meta, tables.sites[1:])]
    return Metadata(
        titles=tuple(dict.fromkeys(filter(None, map(tidy, titles)))),
        date=next(filter(None, map(date_of, dates)), None),
        url_date=next(filter(None, map(url_date, _addresses(tree, meta))), None),
        outlet=next((site for site in map(tidy, sites) if site and len(site) <= _SITE and "//" not in site), None),
        authors=tuple(dict.fromkeys(map(tidy, [*_names(articles, "author"), *_listed(meta, tables.authors)]))),
        live=any(_types(node) & tables.live_types for node in articles)
        or any(map(_says_live, titles))
        or _is_live(tree),
    )


def time_of(element: Element) -> str | None:
    """The first full date that a <time> within ``element`` gives, else None."""
    values = (time.get("datetime") or time.text_content() for time in element.iter("time"))
    return next((date for date in map(date_of, values) if date and len(date) == 10), None)


def date_of(value: str) -> str | None:
    """An ISO date from a metadata field, which may be written out."""
    value = value.strip()[:60]
    written = written_date(value)
    return iso_date(value) or (written[0] if written else None)


def tidy(text: str) -> str:
    """``text`` on one line, cleaned."""
    return " ".join(clean(text).split())


def _nodes(tree: Element) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, outer ones first; what can't be read is left out."""
    left = _NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            queue: list[Any] = [json.loads((script.text or "").strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        for item in queue:
            left -= 1
            if left < 0:
                return
            if isinstance(item, dict):
                yield item
                queue.extend(item.values())
            elif isinstance(item, list):
                queue.extend(item)


def _types(node: dict[str, Any]) -> set[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in values if isinstance(name, str)}


def _texts(nodes: Iterable[dict[str, Any]], name: str) -> list[str]:
    """The property of the first node that has it."""
    found = (value for node in nodes for value in _strings(node.get(name)))
    return [value for value in (next(found, None),) if value]


def _strings(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield item


def _names(articles: Iterable[dict[str, Any]], role: str) -> Iterator[str]:
    """The names of those who are an article's ``publisher`` or ``author``."""
    for node in articles:
        holders = node.get(role)
        for one in holders if isinstance(holders, list) else [holders]:
            if isinstance(one, dict):
                yield from _strings(one.get("name"))


def _meta(tree: Element) -> dict[str, str]:
    """The <meta> elements' contents by name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _listed(meta: dict[str, str], names: Iterable[str]) -> list[str]:
    return [meta[name] for name in names if name in meta]


def _published(tree: Element) -> Iterator[str]:
    """Dates that microdata or HTML 5's draft mark as the publication's."""
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            yield element.get("datetime") or element.get("content") or element.text_content()


def _addresses(tree: Element, meta: dict[str, str]) -> list[str]:
    canonical = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    return [*canonical[:1], *_listed(meta, marks().addresses)]


def _says_live(title: str) -> bool:
    return any(plain(part).strip() in marks().live_titles for part in re.split(r" [-–—|·:] |: | - | ?[|–—] ?", title))


def _is_live(tree: Element) -> bool:
    """Whether the classes of the page's large parts, or its types, call it a live report."""
    for element in tree.iter("html", "body", "main", "article", "section", "div"):
        if (element.get("itemtype") or "").rsplit("/", 1)[-1] in marks().live_types:
            return True
        if named(element) & marks().live_words and len(element.findall(".//p")) > 5:
            return True
    return False
