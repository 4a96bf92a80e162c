"""The evaluation room: how well does the reading agree with what people coded, and what changed between two readings.

It stands beside the exports: it uses the reader, and nothing of the reading knows it.
"""

from __future__ import annotations

from rapporteur.evaluation.against_gold import Evaluation, Options, evaluate
from rapporteur.evaluation.gold import GoldKind
from rapporteur.evaluation.mistakes import Mistake

__all__ = ["Evaluation", "GoldKind", "Mistake", "Options", "evaluate"]
