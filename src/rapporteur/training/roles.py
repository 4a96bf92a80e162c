"""Training: of an act whose word no frame knows, is each code of its sentence an actor's, a recipient's?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.events.parts import NAMES, Parts
from rapporteur.training import trees
from rapporteur.training.dataset import Sentence

_THRESHOLDS = tuple(round(0.25 + 0.025 * k, 3) for k in range(15))


@dataclass(slots=True)
class Casting:
    """One act: the codes of its sentence with their figures, and which of them are its actors' and recipients'."""

    document: str
    weight: float
    codes: tuple[str, ...]
    rows: list[list[float]]
    wanted: tuple[frozenset[str], frozenset[str]]
    chances: list[list[float]]

    def labels(self, side: int) -> list[int]:
        """1 for the codes of that side (0 actors, 1 recipients), 0 for the others."""
        return [int(code in self.wanted[side]) for code in self.codes]


def castings(sentence: Sentence, weight: float) -> list[Casting]:
    """The acts of a sentence, each taken as an open one: what frames know of their words is not there to learn from."""
    found: list[Casting] = []
    for act in sentence.acts:
        candidate = sentence.view.proposals.opened(act.head, act.type)
        if candidate is None:
            continue
        rows = Parts(sentence.view, candidate).by_code()
        wanted = tuple(frozenset(p.code for p in side if p.code) for side in (act.actors, act.recipients))
        found.append(
            Casting(sentence.document, weight, tuple(rows), list(rows.values()), (wanted[0], wanted[1]), [[], []])
        )
    return found


def train(
    acts: Sequence[Casting], folds: int, seed: int, fold_of: trees.FoldOf, judged: Sequence[bool]
) -> tuple[tuple[trees.Forest, trees.Forest], tuple[float, float], tuple[float, float, float]]:
    """Forests for actors and recipients, their thresholds, and the shares of acts with the right actors, recipients and
    both, when the act's document was left out."""
    forests: list[trees.Forest] = []
    thresholds: list[float] = []
    for side in (0, 1):
        for fold in range(folds):
            forest = _grown([a for a in acts if fold_of(a.document, folds) != fold], side, seed + fold)
            for act in acts:
                if fold_of(act.document, folds) == fold and act.rows:
                    act.chances[side] = forest.probabilities(act.rows).tolist()
        chosen = [a for a, use in zip(acts, judged, strict=True) if use]
        thresholds.append(max(_THRESHOLDS, key=lambda t: (sum(_right(a, side, t) for a in chosen), -abs(t - 0.4))))
        forests.append(_grown(acts, side, seed))
    chosen = [a for a, use in zip(acts, judged, strict=True) if use]
    by_side = [[_right(a, side, thresholds[side]) for a in chosen] for side in (0, 1)]
    count = max(1, len(chosen))
    both = sum(a and r for a, r in zip(*by_side, strict=True))
    return (
        (forests[0], forests[1]),
        (thresholds[0], thresholds[1]),
        (sum(by_side[0]) / count, sum(by_side[1]) / count, both / count),
    )


def _right(act: Casting, side: int, threshold: float) -> bool:
    return {c for c, p in zip(act.codes, act.chances[side], strict=True) if p >= threshold} == act.wanted[side]


def _grown(acts: Sequence[Casting], side: int, seed: int) -> trees.Forest:
    return trees.grow(
        [row for a in acts for row in a.rows],
        [y for a in acts for y in a.labels(side)],
        [a.weight for a in acts for _ in a.rows],
        [0] * len(NAMES),
        seed,
    )
