"""From counts to figures: shares rounded to three places, None where nothing was to be counted."""

from __future__ import annotations

from typing import Any

Figures = dict[str, Any]
"""Figures by name, in the order in which they are shown; plain JSON."""


def share(part: float, whole: float) -> float | None:
    """``part`` of ``whole``, or None where there is no whole."""
    return round(part / whole, 3) if whole else None


def prf(hits: int, found: int, wanted: int) -> Figures:
    """Precision, recall and F1; 0.0 where nothing was found or wanted."""
    precision = hits / found if found else 0.0
    recall = hits / wanted if wanted else 0.0
    both = precision + recall
    return {
        "p": round(precision, 3),
        "r": round(recall, 3),
        "f1": round(2 * precision * recall / both, 3) if both else 0.0,
    }
