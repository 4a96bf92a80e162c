"""What pages say of rows: who is who, who says so, where more is to be read. Plain rows in, plain words out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from rapporteur.knowledge.registry import Registry

Row = Mapping[str, Any]
#: What a date's basis means, for readers.
BASES = {
    "stated": "the text gives the date",
    "inferred": "reckoned from the text's words",
    "report": "the day of the report",
    "given": "given with the text",
    "metadata": "from the page's own data",
    "url": "from the page's address",
    "dateline": "from the dateline",
    "unknown": "not known how",
}
#: The record's own words that a reader who doesn't know it would not understand, and what pages say for them. The
#: others (``in force``, ``under way``) are plain already. The page ``/words`` tells both.
PLAIN = {
    "actual": "told as fact",
    "future": "still to come",
    "hypothetical": "only possible",
    "negated": "told as not so",
    "named": "a person, by name or office",
    "anonymous": "a source without a name",
    "organisation": "an organisation or government",
    "outlet": "a news outlet",
    "document": "a document",
    "none": "nobody is named",
    "direct": "word for word",
    "indirect": "in the report's words",
    "mixed": "partly word for word",
}
_TONES = {
    "in force": "good", "actual": "good", "concluded": "good", "under way": "good", "disputed": "warn", "failed": "bad",
    "threatened": "warn", "hypothetical": "warn", "future": "warn", "planned": "warn", "suspended": "warn",
    "negated": "bad",
}  # fmt: skip


def plain(word: str | None) -> str:
    """What pages say for a word of the record: a status, a kind of source, how something is quoted."""
    return PLAIN.get(word or "", word or "")


def verb(force: str) -> str:
    """What one does who says something with a force: ``deny`` is ``denies``."""
    if re.search("[^aeiou]y$", force):
        return force[:-1] + "ies"
    return force + ("es" if re.search("(s|x|z|ch|sh)$", force) else "s")


@dataclass(frozen=True, slots=True)
class Who:
    """A party: what to call it, and the address of its page (None where it has none)."""

    name: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A report: its article, when and by whom, on whose word, in which words (None where they aren't looked up)."""

    article: str
    href: str
    published: str
    outlet: str | None
    status: str | None
    sources: tuple[str, ...]
    copy: bool
    words: str | None = None


def address(*parts: str) -> str:
    """The path to what has this id; an id may hold any character, and of its slashes and dots none is a step."""
    return "/" + "/".join(quote(part, safe=":") for part in parts)


def who(parties: Iterable[Row] | None) -> tuple[Who, ...]:
    """The parties, as they are named; a group's members are not told again beside it."""
    found = [party for party in parties or () if party["name"] or party["text"]]
    members = {code for party in found if party["code"] == "IGO" for code in party["members"] or ()}
    return tuple(
        Who(party["name"] or _described(party), _actor_page(party))
        for party in found
        if not (party["code"] in members and _in_a_group(party, found))
    )


def _in_a_group(party: Row, parties: Sequence[Row]) -> bool:
    """Whether the words of a group's mention are this party's too: it was told as its member, not by itself. One whom a
    person has added stands for himself: no words name him."""
    return party["start"] < party["end"] and any(
        other["code"] == "IGO" and (other["start"], other["end"]) == (party["start"], party["end"]) for other in parties
    )


def _described(party: Row) -> str:
    """A party without a name: its words, with the country where they don't tell it ("their army (Sudan)")."""
    text, country = str(party["text"]), party["country"]
    if not country or any(name in text for name in aliases().get(f"state:{country}", ())):
        return text
    return f"{text} ({actor_name(country)})"


def _actor_page(party: Row) -> str | None:
    known = party["entity"] or (party["country"] if party["code"] == party["country"] else None)
    if not known:
        return None
    return address("actors", known.removeprefix("state:"))


def sources(reports: Iterable[Row]) -> tuple[str, ...]:
    """Who says so: the sources that reports credit, each once; where none does, their outlets."""
    reports = list(reports)
    named = tuple(dict.fromkeys(source for report in reports for source in report["attributed_to"] or () if source))
    return named or tuple(dict.fromkeys(report["outlet"] for report in reports if report["outlet"]))


def told(reports: Iterable[Row], words: Iterable[str | None] | None = None) -> tuple[Told, ...]:
    """The reports behind a row."""
    reports = list(reports)
    return tuple(
        Told(
            report["article"],
            address("articles", report["article"]),
            report["published"].isoformat() if report["published"] else "",
            report["outlet"],
            report["status"],
            tuple(report["attributed_to"] or ()),
            report["duplicate_of"] is not None,
            text,
        )
        for report, text in zip(reports, list(words) if words is not None else [None] * len(reports), strict=True)
    )


def tone(status: str | None) -> str:
    """The class with which a status's word is shown; the word itself says all."""
    return _TONES.get(status or "", "")


#: What templates need to say such things; all of them know ``plain`` and ``verb`` besides (``pages.environment``).
WORDS: dict[str, Any] = {"bases": BASES, "tone": tone}


def why_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """What stands behind a row (``why.WHY``), with the addresses of the articles, each at the report's place."""
    return [
        {
            **row,
            "href": address("articles", row["article"])
            + ("" if row["what"] == "article" else "#" + quote(anchor(row))),
        }
        for row in rows
    ]


def anchor(row: Row) -> str:
    """Where a report or mention stands on its article's page."""
    return f"card-{row['mention']}"


def actor_name(key: str) -> str:
    """What a code of a country or a registry id is called."""
    registry = shipped_registry()
    id = f"state:{key}" if len(key) == 3 and key.isupper() else key
    return registry.entity(id).name if id in registry else key


@functools.cache
def shipped_registry() -> Registry:
    """The registry, loaded once: a page names many actors."""
    return Registry.load()


@functools.cache
def aliases() -> dict[str, frozenset[str]]:
    """The names, demonyms and adjectives of each entity, by id."""
    registry = shipped_registry()
    names: dict[str, set[str]] = {entity.id: {entity.name} for entity in registry}
    for forms in registry.table.forms.values():
        for form in forms:
            if form.kind in ("name", "acronym", "demonym", "adjective"):
                for id in form.entities:
                    names.setdefault(id, set()).add(form.text)
    return {id: frozenset(texts) for id, texts in names.items()}
