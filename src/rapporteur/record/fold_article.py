"""One article's own mentions, folded: what it alone tells of measures and talks on its day."""

from __future__ import annotations

from datetime import date

from rapporteur.knowledge.folding import folding
from rapporteur.model import Article
from rapporteur.record.fold_measures import MeasureState, fold_measure
from rapporteur.record.fold_talks import TalksState, fold_talks
from rapporteur.record.joining import grouped
from rapporteur.record.same_measure import measure_aspects, same_measure
from rapporteur.record.same_talks import same_talks, talks_aspects
from rapporteur.record.tellings import Measure, Talks, Telling, day_of, measures_of, talks_of

FoldedMeasure = tuple[MeasureState, list[Telling[Measure]]]
FoldedTalks = tuple[TalksState, list[Telling[Talks]]]


def fold_article(article: Article, as_of: date | None = None) -> tuple[list[FoldedMeasure], list[FoldedTalks]]:
    """The measures and talks that the article tells of, each with its mentions, in text order.

    Args:
        article: as read.
        as_of: the day of the world; by default the article's own (its last day, where only month or year is known), or
            today where it has no date.
    """
    published = day_of(article) or as_of or date.today()
    day = as_of or published
    rules = folding()
    measures = grouped([measure_aspects(t) for t in measures_of(article, published)], same_measure, rules.measures.near)
    talks = grouped([talks_aspects(t) for t in talks_of(article, published)], same_talks, rules.talks.near)
    return [(fold_measure(group, day), group) for group in measures], [
        (fold_talks(group, day), group) for group in talks
    ]
