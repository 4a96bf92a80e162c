"""Mentions as the record keeps them: each with where it stands and who says so.

A *telling* is one mention of a measure, talks or a claim in one article. Tellings have a total order (``order``): by
day of publication, article, and place in the article. Linking and folding see tellings alone, never an article's text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

import msgspec

from rapporteur.model import (
    Article,
    ClaimMention,
    MeasureMention,
    MeasureStatus,
    NextRound,
    Party,
    Round,
    Span,
    TalksMention,
    TalksStatus,
    When,
)
from rapporteur.record.periods import last_day
from rapporteur.record.rows import mention_id, source_texts

Order = tuple[date, str, int, int, str]
What = Literal["measure", "talks", "claim"]
M = TypeVar("M", bound="Measure | Talks | Claim", covariant=True)


@dataclass(frozen=True, slots=True)
class Measure:
    """A mention of a measure as stored: ``model.MeasureMention`` with sources by their words."""

    kind: str
    imposers: tuple[Party, ...]
    targets: tuple[Party, ...]
    object: str | None
    through: str | None
    since: When | None
    until: When | None
    ends_when: str | None
    status: MeasureStatus
    attributed_to: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """How one side calls talks."""

    by: Party | None
    words: str


@dataclass(frozen=True, slots=True)
class Talks:
    """A mention of talks as stored: ``model.TalksMention`` with sources by their words."""

    participants: tuple[Party, ...]
    subject: str | None
    place: str | None
    rounds: tuple[Round, ...]
    next: NextRound | None
    status: TalksStatus
    agreed: str | None = None
    called: tuple[Words, ...] = ()
    attributed_to: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as stored: ``model.ClaimMention``; ``answers`` is the id of the mention that it answers."""

    claimant: Party | None
    source: str
    force: str
    content: str
    about: tuple[str, ...] = ()
    answers: str | None = None
    answer: Literal["rejects", "confirms"] | None = None
    attributed_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling(Generic[M]):
    """One mention.

    Attributes:
        id: of the mention.
        article: of the article.
        published: the day on which it counts as published.
        span: its evidence, in the article's body.
        event: id of the article's event that it comes from, or None.
        said: what it tells.
    """

    id: str
    article: str
    published: date
    span: Span
    event: str | None
    said: M

    @property
    def order(self) -> Order:
        """Its place in the total order."""
        return self.published, self.article, *self.span, self.id


_DECODERS: dict[str, msgspec.json.Decoder[Measure | Talks | Claim]] = {
    "measure": msgspec.json.Decoder(Measure),
    "talks": msgspec.json.Decoder(Talks),
    "claim": msgspec.json.Decoder(Claim),
}


def decoded(what: str, content: str) -> Measure | Talks | Claim:
    """A row's ``content``; what it holds beyond these fields is passed over."""
    return _DECODERS[what].decode(content)


def measures_of(article: Article, published: date) -> list[Telling[Measure]]:
    """The article's tellings of measures, in their order, as if they had been recorded."""
    names = [field.name for field in dataclasses.fields(Measure) if field.name != "attributed_to"]
    told = [
        Telling(id, article.id, published, mention.evidence, mention.event, Measure(
            **{name: getattr(mention, name) for name in names}, attributed_to=_sources(article, mention.attributed_to)
        ))
        for id, mention in zip(_ids(article, "measure", article.measures), article.measures, strict=True)
    ]  # fmt: skip
    return sorted(told, key=lambda telling: telling.order)


def talks_of(article: Article, published: date) -> list[Telling[Talks]]:
    """The article's tellings of talks, in their order, as if they had been recorded."""
    names = [field.name for field in dataclasses.fields(Talks) if field.name not in ("attributed_to", "called")]
    told = [
        Telling(id, article.id, published, mention.evidence, mention.event, Talks(
            **{name: getattr(mention, name) for name in names},
            called=tuple(Words(called.by, called.words) for called in mention.called),
            attributed_to=_sources(article, mention.attributed_to),
        ))
        for id, mention in zip(_ids(article, "talks", article.talks), article.talks, strict=True)
    ]  # fmt: skip
    return sorted(told, key=lambda telling: telling.order)


def day_of(article: Article) -> date | None:
    """The last day of the article's date, None where it has none."""
    return last_day(article.date.value) if article.date.value else None


def _ids(
    article: Article, what: What, mentions: Sequence[MeasureMention | TalksMention | ClaimMention]
) -> Iterator[str]:
    seen: dict[tuple[str, Span], int] = {}
    for mention in mentions:
        kind = mention.kind if isinstance(mention, MeasureMention) else what
        ordinal = seen.get((kind, mention.evidence), 0)
        seen[kind, mention.evidence] = ordinal + 1
        yield mention_id(article.id, what, kind, *mention.evidence, ordinal)


def _sources(article: Article, indices: Sequence[int]) -> tuple[str, ...]:
    sources = source_texts(article)
    return tuple(sources[i] for i in indices if 0 <= i < len(sources))
