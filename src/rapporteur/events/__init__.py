"""The events room: syntax, parties and attributions to events. Frames propose, a ranker decides."""

from rapporteur.events.choose import Decision, Ranker, RuleRanker
from rapporteur.events.code import Coder, Watch
from rapporteur.events.learned import LearnedRanker, ranker_named
from rapporteur.events.learned import shipped as shipped_ranker
from rapporteur.events.screen import Screen

__all__ = [
    "Coder",
    "Decision",
    "LearnedRanker",
    "Ranker",
    "RuleRanker",
    "Screen",
    "Watch",
    "ranker_named",
    "shipped_ranker",
]
