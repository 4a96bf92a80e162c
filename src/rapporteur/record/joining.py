"""Which earlier mention a mention is joined to: the same for measures, talks and claims.

A kind of mention brings ``aspects`` (what two are compared by) and ``compare`` (how alike an earlier and a later one
are). The rule here: of the earlier mentions that are alike enough, those nearly as alike as the best are taken for
equals, and the latest of them is the one that the later mention takes up. If that one was over when the later mention
was made (``Match.anew``), the later one begins a matter of its own.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapporteur.record.tellings import Telling

_DIGITS = 3  # to which likeness is rounded before it is compared


@dataclass(frozen=True, slots=True)
class Match:
    """How an earlier mention fits a later one.

    Attributes:
        score: likeness, 0 to 1.
        because: what agrees, for people.
        anew: the matter was over by the earlier one, and the later one tells of a new one like it.
    """

    score: float
    because: str
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A mention's link: the earlier mention that it is joined to, None where it begins a matter of its own."""

    parent: str | None
    score: float | None = None
    because: str | None = None


class Aspects(Protocol):
    """What the mentions of one kind are compared by.

    ``own`` are keys under which a mention is found, ``sought`` those of the mentions that it may be joined to.
    """

    @property
    def telling(self) -> Telling[Any]: ...
    @property
    def own(self) -> frozenset[int]: ...
    @property
    def sought(self) -> frozenset[int]: ...


Compare = Callable[[Any, Any], Match | None]


def keys(texts: Iterable[str]) -> frozenset[int]:
    """Keys made of texts: 64-bit numbers, the same in every run."""
    return frozenset(map(_number, texts))


@functools.lru_cache(1 << 17)
def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def match(parts: Mapping[str, tuple[float, str]], weights: Mapping[str, float], threshold: float) -> Match | None:
    """The parts' likenesses, each with what agreed (empty where nothing did), weighed; None below the threshold."""
    score = round(sum(weights[name] * part for name, (part, _) in parts.items()), _DIGITS)
    if score < threshold:
        return None
    return Match(score, "; ".join(words for _, words in parts.values() if words))


class Joiner:
    """Finds the earlier mention for each of some mentions.

    Args:
        known: all mentions among which to look.
        compare: of an earlier and a later one; None where they can't be of one matter.
        near: how much worse than the best still counts as good.
    """

    def __init__(self, known: Iterable[Aspects], compare: Compare, near: float) -> None:
        self._compare = compare
        self._near = near
        self._found: dict[int, list[Aspects]] = {}
        for aspects in sorted(known, key=_order):
            for key in aspects.own:
                self._found.setdefault(key, []).append(aspects)

    def link(self, later: Aspects) -> Link:
        """The link of this mention."""
        matches = [(earlier, fit) for earlier in self._earlier(later) if (fit := self._compare(earlier, later))]
        if not matches:
            return Link(None)
        least = round(max(fit.score for _, fit in matches) - self._near, _DIGITS)
        parent, fit = max(
            ((earlier, fit) for earlier, fit in matches if fit.score >= least), key=lambda pair: _order(pair[0])
        )
        if fit.anew:
            return Link(None, fit.score, f"after the end of {parent.telling.id}: {fit.because}")
        return Link(parent.telling.id, fit.score, fit.because)

    def _earlier(self, later: Aspects) -> Sequence[Aspects]:
        order = _order(later)
        found: dict[str, Aspects] = {}
        for key in later.sought:
            for aspects in self._found.get(key, ()):
                if _order(aspects) >= order:
                    break
                found[aspects.telling.id] = aspects
        return list(found.values())


def grouped(tellings: Sequence[Aspects], compare: Compare, near: float) -> list[list[Telling[Any]]]:
    """The mentions by matter, each group and the groups in the total order; for one article or a few."""
    joiner = Joiner(tellings, compare, near)
    root: dict[str, str] = {}
    groups: dict[str, list[Telling[Any]]] = {}
    for aspects in sorted(tellings, key=_order):
        telling = aspects.telling
        parent = joiner.link(aspects).parent
        root[telling.id] = root[parent] if parent else telling.id
        groups.setdefault(root[telling.id], []).append(telling)
    return list(groups.values())


def _order(aspects: Aspects) -> Any:
    return aspects.telling.order
