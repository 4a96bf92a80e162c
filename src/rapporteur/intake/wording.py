"""The words of the intake: agencies and page furniture, loaded from ``knowledge/data/intake`` and made ready to match.

Matching disregards case, kinds of apostrophe and dash, and punctuation at a line's ends (``key``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
_EDGES = " \t.!?,;:·•|…»«>→*"


class Agency(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One news agency: the name an article's ``agency`` says, and its other spellings."""

    name: str
    also: list[str]


class Agencies(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The file ``agencies.yaml``."""

    origin: str
    agencies: list[Agency]


class Furniture(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The file ``furniture.yaml``; what each list means stands there."""

    origin: str
    alone: list[str]
    opens: list[str]
    holds: list[str]
    related: list[str]
    lists: list[str]
    list_opens: list[str]
    ends: list[str]
    footers: list[str]
    labels: list[str]
    date_words: list[str]
    credit_opens: list[str]
    credit_holds: list[str]
    reporting: list[str]
    reporting_holds: list[str]
    not_places: list[str]
    common_words: list[str]


class _Tables(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    agencies: Agencies
    furniture: Furniture


def plain(text: str) -> str:
    """``text`` in lower case with straight quotes and single spaces."""
    return " ".join(text.translate(_QUOTES).lower().split())


def key(text: str) -> str:
    """``plain`` less the punctuation at both ends: what a whole line is compared by."""
    return plain(text).strip(_EDGES)


class Wording:
    """The furniture's lists as sets and patterns."""

    def __init__(self, tables: _Tables) -> None:
        furniture = tables.furniture
        self.alone = frozenset(map(key, furniture.alone))
        self.lists = frozenset(map(key, furniture.lists))
        self.ends = frozenset(map(key, furniture.ends)) - {""}
        self.labels = frozenset(map(key, furniture.labels))
        self.date_words = frozenset(furniture.date_words)
        self.not_places = frozenset(furniture.not_places)
        self.common = frozenset(furniture.common_words)
        self.opens = _openings(furniture.opens)
        self.list_opens = _openings(furniture.list_opens)
        self.related = _openings([phrase for phrase in furniture.related if _marked(phrase)])
        self.related_unmarked = _openings([phrase for phrase in furniture.related if not _marked(phrase)])
        self.credit_opens = _openings(furniture.credit_opens)
        self.reporting = _openings(furniture.reporting)
        self.holds = _anywhere(furniture.holds)
        self.footers = _anywhere(furniture.footers)
        self.credit_holds = _anywhere(furniture.credit_holds)
        self.reporting_holds = _anywhere(furniture.reporting_holds)
        self.agency_names = {
            plain(spelling): agency.name
            for agency in tables.agencies.agencies
            for spelling in (agency.name, *agency.also)
        }
        self.agency = re.compile(
            rf"(?<![^\W_])(?:{_alternatives(self.agency_names)})(?![^\W_])",
            re.IGNORECASE,
        )


def _marked(phrase: str) -> bool:
    return phrase[-1] in ":|-"


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p)))


def _openings(phrases: list[str]) -> re.Pattern[str]:
    words, signs = r"(?<=[^\W_])(?![^\W_])", r"(?<![^\W_])"  # a phrase that ends in a word ends where the word does
    return re.compile(rf"(?:{_alternatives([plain(p) for p in phrases])})(?:{words}|{signs})|(?!)")


def _anywhere(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives([plain(p) for p in phrases])})")


@cache
def wording() -> Wording:
    """The tables, loaded once a process.

    Raises:
        KnowledgeError: one of the two files is wrong.
    """
    folder = DATA / "intake"
    agencies, furniture = folder / "agencies.yaml", folder / "furniture.yaml"
    return Wording(
        compiled(
            "intake",
            [agencies, furniture],
            _Tables,
            lambda: _Tables(load_yaml(agencies, Agencies), load_yaml(furniture, Furniture)),
        )
    )


def agency_named(text: str) -> str | None:
    """The agency that ``text`` as a whole names (``"Reuters"``, ``"(AFP)"``, ``"AP News"``), else None."""
    return wording().agency_names.get(plain(text).strip(" ().,-—–:"))


def agency_within(text: str) -> str | None:
    """The first agency that ``text`` names anywhere; abbreviations must stand in capitals as the agency writes them."""
    for match in wording().agency.finditer(text):
        found = match.group()
        name = wording().agency_names[plain(found)]
        if len(found) > 5 or found.isupper() or found == name:
            return name
    return None
