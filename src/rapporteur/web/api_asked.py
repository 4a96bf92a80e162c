"""What the API may be asked: filters of lists, a page to read, a case, a judgement. Nothing unknown is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, get_args

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from rapporteur.institutions.cases import LONGEST_NAME, MOST_FACTS
from rapporteur.knowledge.institutions import catalogue
from rapporteur.knowledge.ontology import Ontology
from rapporteur.knowledge.standing import KINDS
from rapporteur.model import MeasureStatus, TalksStatus
from rapporteur.record.panel import STATUSES
from rapporteur.web.inquiries import MOST_SUPPOSED

MOST_ROWS = 1000
ROWS = 100
LONGEST_TEXT = 1000  # characters of a name, an id or a reason
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EVENT_TYPES = tuple(Ontology.load().types)


def _day(text: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise ValueError("no day of the calendar; write it as 2025-01-31")


def _moment(text: str) -> str:
    """A day, or an instant, as cases have it; whether rules reach that far back is for them to say."""
    if _DAY.fullmatch(text):
        return _day(text)
    try:
        moment = datetime.fromisoformat(text.upper())
        if moment.tzinfo is None:
            raise ValueError(text)
        in_utc = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError):
        raise ValueError("no day or instant; write 2025-01-31 or 2025-01-31T09:00:00Z") from None
    return f"{in_utc.isoformat()}Z"


def _one_of(values: Iterable[str]) -> Callable[[str], str]:
    known = tuple(values)

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"unknown; valid: {', '.join(known)}")
        return value

    return check


def _flag(value: Any) -> Any:
    if value not in ("true", "false", True, False):
        raise ValueError("write true or false")
    return value in ("true", True)


def _enum(values: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(values)})


Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    str,
    AfterValidator(_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Said = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]
Flag = Annotated[bool, BeforeValidator(_flag)]
EventType = Annotated[str, AfterValidator(_one_of(EVENT_TYPES)), _enum(EVENT_TYPES)]
MeasureKind = Annotated[str, AfterValidator(_one_of(KINDS)), _enum(KINDS)]
EitherType = Annotated[str, AfterValidator(_one_of((*EVENT_TYPES, *KINDS))), _enum((*EVENT_TYPES, *KINDS))]
EventStatus = Annotated[str, AfterValidator(_one_of(STATUSES)), _enum(STATUSES)]
StatusOfMeasure = Annotated[str, AfterValidator(_one_of(get_args(MeasureStatus))), _enum(get_args(MeasureStatus))]
StatusOfTalks = Annotated[str, AfterValidator(_one_of(get_args(TalksStatus))), _enum(get_args(TalksStatus))]
Institution = Annotated[str, AfterValidator(_one_of(catalogue().institutions)), _enum(catalogue().institutions)]
InstitutionId = Annotated[str, Path(description="Of an institution."), _enum(catalogue().institutions)]


class _Closed(BaseModel):
    """Takes no field that it doesn't know: a misspelt filter is an error, not a longer list."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class Clocks(_Closed):
    """The days at which rows are told."""

    as_of: Day | None = Field(None, description="The day of the world; default `known_by`, else today.")
    known_by: Day | None = Field(None, description="Only reports published up to that day.")
    judged_by: Day | None = Field(None, description="Only judgements made up to that day.")
    rejected: Flag = Field(False, description="With rows that people judged wrong.")


class Filters(Clocks):
    """What a list is narrowed by."""

    actor: list[Name] = Field([], description="A party: code, name or registry id; of several, one.", max_length=50)
    with_: list[Name] = Field([], alias="with", description="Another party; of several, one.", max_length=50)
    since: Day | None = Field(None, description="What was, stood or was held from that day on.")
    until: Day | None = Field(None, description="What was, stood or was held up to that day.")
    country: Name | None = Field(None, description="Of a party or of the place: alpha-3 or a name.")
    limit: int = Field(ROWS, ge=1, le=MOST_ROWS, description="Rows of a page, at most.")
    cursor: str | None = Field(
        None,
        min_length=1,
        max_length=4 * LONGEST_TEXT,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="`next` of the page before.",
    )


class EventFilters(Filters):
    """Of events."""

    type: list[EventType] = Field([], description="Of several, one.")
    status: list[EventStatus] = Field([], description="As a report tells it; of several, one.")
    place: Name | None = Field(None, description="The name of its place, any case.")
    source: Name | None = Field(None, description="Words in the name of a report's source or outlet, any case.")


class MeasureFilters(Filters):
    """Of measures."""

    type: list[MeasureKind] = Field([], description="Kinds; of several, one.")
    status: list[StatusOfMeasure] = Field([], description="On the day of `as_of`; of several, one.")


class TalksFilters(Filters):
    """Of talks."""

    status: list[StatusOfTalks] = Field([], description="On the day of `as_of`; of several, one.")


class ClaimFilters(Filters):
    """Of claims."""

    type: list[Name] = Field([], description="Forces, such as `deny`; of several, one.", max_length=50)


class ArticleFilters(Filters):
    """Of articles."""

    type: list[EitherType] = Field([], description="Event types and kinds that it tells of; of several, one.")


class PageToRead(_Closed):
    """A page as text."""

    text: str = Field(min_length=1, description="The page: text or HTML.")
    date: Day | None = Field(None, description="Publication date of articles that carry none.")


class Question(_Closed):
    """What is asked of an institution's rules."""

    kind: Literal["decision", "status", "deadline"]
    object: str = Field(min_length=1, max_length=LONGEST_NAME)
    party: str | None = Field(None, min_length=1, max_length=LONGEST_NAME)


class CaseAsked(_Closed):
    """One question with its facts (docs/institutions.md). Facts that can't be used are told in `problems`."""

    id: str | None = Field(None, max_length=LONGEST_NAME)
    institution: Institution
    question: str | None = Field(None, max_length=LONGEST_TEXT)
    ask: Question
    facts: list[dict[str, Any]] = Field(max_length=MOST_FACTS)
    as_of: Moment


class InstitutionAsked(_Closed):
    """The days at which an institution is looked at, and what is supposed."""

    as_of: Day | None = Field(None, description="The day of the world; default `known_by`, else today.")
    known_by: Day | None = Field(None, description="Only reports published, and history, up to that day.")
    what_if: list[Name] = Field(
        [],
        max_length=MOST_SUPPOSED,
        description="Moves that are supposed, such as `FRA notify 2025-08-28`; the object behind if it is not clear.",
    )
    actor: list[Name] = Field(
        [], max_length=MOST_SUPPOSED, description="Whose moves are told besides those of the parties that matter."
    )


class JudgementGiven(_Closed):
    """A person's word on a row, a report or a mention."""

    id: Name = Field(description="Of a row, a report or a mention; to undo, of a judgement.")
    verdict: Literal["accept", "reject", "retype", "recode", "merge", "split", "undo"]
    value: Name | None = Field(
        None,
        description="The new type or kind; who is who, as `actors/1=RUS; actors/+=TUR`; the id to merge with.",
    )
    who: Said
    why: Said
