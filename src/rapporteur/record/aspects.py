"""What two mentions are compared by: whom they name, and the words for what they are about."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapporteur.knowledge.folding import folding
from rapporteur.knowledge.registry import Registry, fold
from rapporteur.model import Party

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_VAGUE = ("IGO", "NSA")  # codes that many bear
_SHORTEST_STEM = 4
_SHORTEST_NAME = 3
_STATES = ("state", "territory", "igo", "group", "people")


@dataclass(frozen=True, slots=True)
class Side:
    """Some parties, as keys.

    Attributes:
        exact: countries' codes, and registry ids of those who bear a code of many.
        vague: codes of many, of parties that the registry doesn't know.
        codes: all of the parties' codes, of whatever kind.
    """

    exact: frozenset[str]
    vague: frozenset[str]
    codes: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.codes)


def side(parties: Iterable[Party], members_max: int = 0) -> Side:
    """The parties as keys; a group of at most ``members_max`` members stands as these."""
    exact: set[str] = set()
    vague: set[str] = set()
    codes: set[str] = set()
    for party in parties:
        if party.code in _VAGUE and party.members and len(party.members) <= members_max:
            exact.update(party.members)
            codes.update(party.members)
            continue
        own = {code for code in (party.code, party.country) if code}
        codes |= own
        exact |= own.difference(_VAGUE)
        if party.code in _VAGUE and party.country is None:
            (exact if party.entity else vague).add(party.entity or party.code)
    return Side(frozenset(exact), frozenset(vague), frozenset(codes))


def meeting(one: Side, other: Side, vague: float, untold: float) -> float | None:
    """How well two sides fit: 1 where they share a party, ``vague`` where they may, ``untold`` where one is untold.

    None where they contradict each other.
    """
    if not one or not other:
        return untold
    if one.exact & other.exact:
        return 1.0
    if one.vague & other.codes or other.vague & one.codes:
        return vague
    return None


@functools.lru_cache(1 << 15)
def stems(text: str | None) -> frozenset[str]:
    """The content words of a text, without endings; words of one meaning are one."""
    return frozenset(filter(None, map(_stem, _words(text))))


@functools.cache
def kind_stems() -> frozenset[str]:
    """The words, without endings, that name a measure's kind and tell nothing of what it bears on."""
    return frozenset(filter(None, map(_stem, folding().words.kinds)))


@functools.lru_cache(1 << 15)
def names(text: str | None) -> frozenset[str]:
    """Lower-case words of a text that are part of a place's or a person's name; those of states' names are not."""
    plain = folding().words.no_names
    return frozenset(
        low
        for word in (_WORD.findall(fold(text)) if text else ())
        if word[0].isupper() and len(word) >= _SHORTEST_NAME
        and (low := word.lower()) not in plain and low not in folding().words.stop and low not in _common_names()
    )  # fmt: skip


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller set the other holds, 0 to 1; 0 where one is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _words(text: str | None) -> list[str]:
    return _WORD.findall(fold(text).lower()) if text else []


@functools.lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    words = folding().words
    if word in words.stop or len(word) == 1:
        return ""
    for number, alike in enumerate(words.alike):
        if word in alike:
            return f"={number}"
    for ending in words.endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@functools.cache
def _common_names() -> frozenset[str]:
    """Lower-case words of the names of states, organisations and peoples, and of titles."""
    registry = Registry.load()
    kinds = {entity.id: entity.kind for entity in registry}
    found = {
        word
        for text, forms in registry.table.forms.items()
        if any(
            form.kind in ("name", "acronym", "adjective", "demonym")
            and any(kinds.get(entity) in _STATES for entity in form.entities)
            for form in forms
        )
        for word in _words(text)
    }
    titles = {word for title in registry.titles for word in _words(title)}
    return frozenset(found | titles)
