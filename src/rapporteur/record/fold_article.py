"""One article's own mentions, folded: what it alone tells of measures and talks on its day."""

from __future__ import annotations

from datetime import date

from rapporteur.model import Article
from rapporteur.record.fold_measures import MeasureState, fold_measure
from rapporteur.record.fold_talks import TalksState, fold_talks
from rapporteur.record.joining import grouped
from rapporteur.record.same_measure import measure_aspects
from rapporteur.record.same_talks import talks_aspects
from rapporteur.record.sameness import sameness
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
    same = sameness()
    measures = grouped(list(map(measure_aspects, measures_of(article, published))), same["measure"])
    talks = grouped(list(map(talks_aspects, talks_of(article, published))), same["talks"])
    return [(fold_measure(group, day), group) for group in measures], [
        (fold_talks(group, day), group) for group in talks
    ]
