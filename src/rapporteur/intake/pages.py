"""A page's text to its articles."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.intake.datelines import opening_dateline
from rapporteur.intake.dates import written_date
from rapporteur.intake.identity import article_id
from rapporteur.intake.leftovers import with_dropped
from rapporteur.intake.lines import Line, text_lines
from rapporteur.intake.roles import Role, words
from rapporteur.intake.stories import Story, split_stories
from rapporteur.intake.wording import agency_within, plain
from rapporteur.model import Article, PublicationDate

_FEW_LINES = 3


def articles_of_text(text: str, *, page: str | None, date: str | None) -> list[Article]:
    """The articles of a page of plain text, in the order of the page; empty where it holds none."""
    lines = text_lines(text)
    articles = articles_of_stories(split_stories(lines) or _a_few_words(lines), page=page, date=date)
    return with_dropped(articles, (line.text for line in lines))


def articles_of_stories(stories: Sequence[Story], *, page: str | None, date: str | None) -> list[Article]:
    """The stories as articles, in order, each once; dateline, agency and date are told from what they hold."""
    articles = [_article(story, page=page, date=date) for story in stories]
    return list({article.id: article for article in articles}.values())


def _a_few_words(lines: Sequence[Line]) -> list[Story]:
    """A text of up to three lines is a story even if it doesn't read like a paragraph (a pasted headline)."""
    if len(lines) > _FEW_LINES or sum(len(words(line.text)) for line in lines) < 4:
        return []
    return [Story(None, [line.text for line in lines])]


def _article(story: Story, *, page: str | None, date: str | None) -> Article:
    paragraphs = list(story.paragraphs)
    dateline = opening_dateline(paragraphs)
    if dateline and paragraphs[0][dateline.end :].strip():
        paragraphs[0] = paragraphs[0][dateline.end :].lstrip()
    body = "\n\n".join(paragraphs)
    agency = (dateline.agency if dateline else None) or _agency(story)
    return Article(
        id=article_id(story.headline, body),
        page=page,
        headline=story.headline,
        body=body,
        date=_date(story, dateline.date if dateline else None, date),
        outlet=story.outlet,
        agency=agency,
        dateline_place=dateline.place if dateline else None,
    )


def _agency(story: Story) -> str | None:
    """The agency in the byline or in "Reporting by ..."; a picture's credit says nothing about the text."""
    for role, text in story.about:
        if role in (Role.BYLINE, Role.REPORTING, Role.DATE):
            agency = agency_within(text)
            if agency:
                return agency
    return None


def _date(story: Story, dateline: str | None, given: str | None) -> PublicationDate:
    if story.published:
        return PublicationDate(story.published, "metadata")
    dated = [(plain(text), found[0]) for role, text in story.about if role in (Role.DATE, Role.BYLINE)
             if (found := written_date(text))]  # fmt: skip
    first = [value for text, value in dated if not text.startswith(("update", "last", "/ update"))]
    for value in (*first, *(value for _, value in dated)):
        return PublicationDate(value, "metadata")
    if story.url_date:
        return PublicationDate(story.url_date, "url")
    if dateline:
        return PublicationDate(dateline, "dateline")
    return PublicationDate(given, "given") if given else PublicationDate()
