"""The events room: syntax, parties and attributions to events. Frames propose, a ranker decides."""

from rapporteur.events.choose import Ranker, RuleRanker
from rapporteur.events.code import Coder
from rapporteur.events.screen import Screen

__all__ = ["Coder", "Ranker", "RuleRanker", "Screen"]
