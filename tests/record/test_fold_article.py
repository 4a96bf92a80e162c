"""What one article alone tells of measures and talks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rapporteur.model import Article, MeasureMention, PublicationDate
from rapporteur.record.fold_article import fold_article

from .standing_ledger import measure, talks


def article(*measures: MeasureMention, day: str | None = "2014-06-10") -> Article:
    placed = tuple(replace(m, evidence=(20 * n, 20 * n + 9)) for n, m in enumerate(measures))
    told = PublicationDate(day, "given") if day else PublicationDate()
    return Article("a", None, None, "x" * 200, told, measures=placed)


def test_mentions_of_one_measure_are_one() -> None:
    told = article(
        measure("blockade", ["PRT"], ["ESP"], "the port of Vigo"),
        measure("blockade", ["PRT"], ["ESP"], "Vigo", since="2014-05"),
        measure("detention", ["PRT"], ["Rosa Pino (ESP)"]),
    )
    (blockade, mentions), (detention, _) = fold_article(told)[0]
    assert (blockade.since and blockade.since.value, blockade.object) == ("2014-05", "the port of Vigo")
    assert [mention.span for mention in mentions] == [(0, 9), (20, 29)]
    assert detention.kind == "detention"


def test_the_day_is_that_of_the_article_or_as_asked() -> None:
    told = article(measure("tariff", ["PRT"], ["ESP"], since="2014-07-01"))
    assert fold_article(told)[0][0][0].status == "threatened"
    assert fold_article(told, date(2014, 7, 1))[0][0][0].status == "in force"


def test_a_month_is_its_last_day_and_no_date_is_today() -> None:
    month = article(measure("tariff", ["PRT"], ["ESP"], since="2014-06-30"), day="2014-06")
    undated = article(measure("tariff", ["PRT"], ["ESP"], since="2014-07-01"), day=None)
    assert [fold_article(a)[0][0][0].status for a in (month, undated)] == ["in force", "in force"]


def test_talks_are_folded_too() -> None:
    told = replace(article(), talks=(talks(["PRT", "ESP"], "tuna", rounds=["2014-05"]), talks(["PRT", "ESP"], "tuna")))
    ((series, mentions),) = fold_article(told)[1]
    assert ([r.date and r.date.value for r in series.rounds], len(mentions)) == (["2014-05"], 2)
