"""Does a probability mean what it says? Reliability in bins, and one figure for it."""

from __future__ import annotations

from collections.abc import Sequence


def calibration_error(chances: Sequence[tuple[float, int]]) -> tuple[float, tuple[tuple[float, float, int], ...]]:
    """Expected calibration error in ten bins of equal width, and the bins: mean probability, share right, count."""
    bins: list[tuple[float, float, int]] = []
    for k in range(10):
        some = [(p, y) for p, y in chances if k / 10 <= p < (k + 1) / 10 or (k == 9 and p == 1)]
        if some:
            bins.append((sum(p for p, _ in some) / len(some), sum(y for _, y in some) / len(some), len(some)))
    error = sum(abs(p - y) * n for p, y, n in bins) / max(1, len(chances))
    return error, tuple(bins)
