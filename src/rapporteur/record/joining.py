"""Which earlier mention a mention is joined to: the same for measures, talks and claims.

A kind of mention brings ``Aspects`` (what two are compared by) and ``Sameness`` (how alike an earlier and a later one
are). The rule here: of the earlier mentions that are alike enough, those nearly as alike as the best are taken for
equals, and the latest of them is the one that the later mention takes up. Where another of them tells that the matter
was over after that (``Match.over``), the later mention begins a matter of its own.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from rapporteur.record.tellings import Order, Telling

_DIGITS = 3  # to which likeness is rounded before it is compared


class Match(NamedTuple):
    """How an earlier mention fits a later one.

    Attributes:
        score: likeness, 0 to 1.
        over: where the later one tells of a new matter like that of the earlier one: the day by which the latter was
            over, else None.
        looks_back: the later one tells as standing what the earlier one has as over.
    """

    score: float
    over: date | None = None
    looks_back: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A mention's link: the earlier mention that it is joined to, None where it begins a matter of its own."""

    parent: str | None
    score: float | None = None
    because: str | None = None


class Aspects(Protocol):
    """What the mentions of one kind are compared by.

    ``order`` is the telling's; ``own`` are keys under which a mention is found, ``sought`` those of the mentions that
    it may be joined to.
    """

    @property
    def telling(self) -> Telling[Any]: ...
    @property
    def order(self) -> Order: ...
    @property
    def own(self) -> frozenset[int]: ...
    @property
    def sought(self) -> frozenset[int]: ...


@dataclass(frozen=True, slots=True)
class Sameness:
    """How mentions of one kind are compared.

    Attributes:
        compare: of an earlier and a later one; None where they can't be of one matter.
        explain: what agrees between the two, for people.
        near: how much worse than the best still counts as good.
    """

    compare: Callable[[Any, Any], Match | None]
    explain: Callable[[Any, Any], str]
    near: float


def keys(texts: Iterable[str]) -> frozenset[int]:
    """Keys made of texts: 64-bit numbers, the same in every run."""
    return frozenset(map(_number, texts))


@functools.lru_cache(1 << 17)
def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def weighed(parts: Mapping[str, float], weights: Mapping[str, float], threshold: float) -> float | None:
    """The parts' likenesses, weighed; None below the threshold."""
    score = round(sum([weights[name] * part for name, part in parts.items()]), _DIGITS)
    return score if score >= threshold else None


class Joiner:
    """Finds the earlier mention for each of some mentions, among those that are ``known``."""

    def __init__(self, known: Iterable[Aspects], same: Sameness) -> None:
        self._same = same
        self._found: dict[int, list[Aspects]] = {}
        for aspects in sorted(known, key=_order):
            for key in aspects.own:
                self._found.setdefault(key, []).append(aspects)

    def link(self, later: Aspects) -> Link:
        """The link of this mention."""
        compare = self._same.compare
        matches = [(fit, earlier) for earlier in self._earlier(later) if (fit := compare(earlier, later))]
        if not matches:
            return Link(None)
        least = round(max(fit.score for fit, _ in matches) - self._same.near, _DIGITS)
        good = [pair for pair in matches if pair[0].score >= least]
        going = max((pair for pair in good if pair[0].over is None), key=_latest, default=None)
        over = max((pair for pair in good if _ends(pair, going)), key=_latest, default=None)
        if over is not None:
            fit, ended = over
            return Link(None, fit.score, f"after the end of {ended.telling.id}: {self._same.explain(ended, later)}")
        if going is None:
            return Link(None)
        fit, parent = going
        return Link(parent.telling.id, fit.score, self._same.explain(parent, later))

    def _earlier(self, later: Aspects) -> Sequence[Aspects]:
        order = later.order
        found: dict[str, Aspects] = {}
        for key in later.sought:
            for aspects in self._found.get(key, ()):
                if aspects.order >= order:
                    break
                found[aspects.telling.id] = aspects
        return list(found.values())


def grouped(tellings: Sequence[Aspects], same: Sameness) -> list[list[Telling[Any]]]:
    """The mentions by matter, each group and the groups in the total order; for one article or a few."""
    joiner = Joiner(tellings, same)
    root: dict[str, str] = {}
    groups: dict[str, list[Telling[Any]]] = {}
    for aspects in sorted(tellings, key=_order):
        telling = aspects.telling
        parent = joiner.link(aspects).parent
        root[telling.id] = root[parent] if parent else telling.id
        groups.setdefault(root[telling.id], []).append(telling)
    return list(groups.values())


def _order(aspects: Aspects) -> Order:
    return aspects.order


def _latest(pair: tuple[Match, Aspects]) -> tuple[date, bool, Order]:
    """By day; on one day those that have it stand come behind those that have it over."""
    fit, aspects = pair
    return aspects.order[0], not fit.looks_back, aspects.order


def _ends(pair: tuple[Match, Aspects], going: tuple[Match, Aspects] | None) -> bool:
    """Was the matter over by this mention, and not told as going on since?"""
    over = pair[0].over
    return over is not None and (going is None or going[1].order[0] < over)
