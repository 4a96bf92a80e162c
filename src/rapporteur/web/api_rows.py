"""The shapes of the API's answers, for OpenAPI. Those of rows are made from the views' own columns, so they are true.

A key is always there; what is not known is null, lists are never null.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, create_model

from rapporteur.knowledge.case_words import KEYS
from rapporteur.model import Article
from rapporteur.record import shapes
from rapporteur.record.why import WHY

_NEVER_NULL = {"id", "type", "kind", "article", "mention", "what"}
_ABOUT = {
    "id": "Stays while the ledger knows of no earlier report of the same.",
    "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    "articles": "How many tell of it, wire copies counted once.",
    "evidence": "Start and end in the article's body, in code points, end exclusive.",
    "recorded": "UTC.",
    "published": "The day from which the ledger knew of it.",
    "judgement": "What people said of it: `accept`, `reject` ...",
    "ends_when": "The condition, in the text's own words.",
    "basis": "How the date is known.",
}
_NAMES = {
    shapes.PARTY: "PartyRow",
    shapes.WHEN: "Dated",
    shapes.REPORT: "ReportRow",
    shapes.FIGURE: "FigureRow",
}


class ErrorTold(BaseModel):
    """What went wrong."""

    code: str = Field(description="A word that stays: `not_found`, `invalid`, `conflict` ...")
    message: str = Field(description="One line: what was found, and what to do.")
    where: str | None = Field(description="The argument that it is about.")


class ErrorBody(BaseModel):
    """The shape of all errors."""

    error: ErrorTold


class Reading(BaseModel):
    """What one page tells. Nothing of it is kept."""

    articles: list[Article]
    problems: list[ErrorTold] = Field(description="What could not be read, each said once.")


class InstitutionRow(BaseModel):
    """An institution whose rules are known."""

    id: str
    title: str
    patterns: list[str] = Field(description="How it decides, which clocks it has.")
    rules: int


class Institutions(BaseModel):
    """All institutions."""

    items: list[InstitutionRow]
    next: None = None


class Entered(BaseModel):
    """A judgement that stands in the ledger."""

    judgement: str


class Because(BaseModel):
    """A step of an explanation."""

    model_config = ConfigDict(extra="allow")

    rule: str | None = None
    citation: str | None = None
    text: str
    facts: list[int] = Field(description="Indices of the facts used.")


def _model(name: str, shape: pa.Schema | pa.StructType) -> type[BaseModel]:
    """The model of a row or of a part of it."""
    fields: dict[str, Any] = {}
    for field in shape:
        never_null = field.name in _NEVER_NULL and isinstance(shape, pa.Schema)
        kind = _kind(field.type, name + field.name.title().replace("_", ""))
        if not never_null and not pa.types.is_list(field.type):
            kind = kind | None
        fields[field.name] = kind, Field(description=_ABOUT.get(field.name))
    made: type[BaseModel] = create_model(name, **fields)
    return made


_made: dict[str, type[BaseModel]] = {}


def _kind(type: pa.DataType, name: str) -> Any:
    if pa.types.is_list(type):
        return list[_kind(type.value_type, name)]  # type: ignore[misc]
    if pa.types.is_struct(type):
        known = _NAMES.get(type, name)
        if known not in _made:
            _made[known] = _model(known, type)
        return _made[known]
    if pa.types.is_integer(type):
        return int
    return float if pa.types.is_floating(type) else str


def _page(row: type[BaseModel], name: str) -> type[BaseModel]:
    fields: dict[str, Any] = {
        "items": (list[row], ...),  # type: ignore[valid-type]
        "next": (str | None, Field(description="Cursor of the next page; null on the last.")),
    }
    made: type[BaseModel] = create_model(name, **fields)
    return made


def _why_row() -> type[BaseModel]:
    made = _model("WhyRow", WHY)
    # Of an article's own row there is neither type nor evidence.
    either: dict[str, Any] = {"type": (str | None, ...), "evidence": (list[int] | None, ...)}
    mended: type[BaseModel] = create_model("WhyRow", __base__=made, **either)
    return mended


ROWS = {
    name: _model(row, shapes.VIEWS[name])
    for name, row in (
        ("events", "EventRow"),
        ("measures", "MeasureRow"),
        ("talks", "TalksRow"),
        ("claims", "ClaimRow"),
        ("articles", "ArticleRow"),
    )
}
PAGES = {name: _page(row, f"{row.__name__.removesuffix('Row')}Page") for name, row in ROWS.items()}
_WHY: dict[str, Any] = {"items": (list[_why_row()], ...), "next": (None, None)}  # type: ignore[misc]
Why = create_model("Why", **_WHY)
_ANSWER: dict[str, Any] = dict.fromkeys(KEYS, (Any, None))
_ANSWER |= {
    "outcome": (str | None, Field(description="The answer, or null where the rules leave it open.")),
    "readings": (list[dict[str, Any]] | None, Field(description="Rival readings, and who holds them.")),
    "also": (list[dict[str, Any]] | None, Field(description="What else the same facts give.")),
}
Answer = create_model("Answer", id=(str, ...), **_ANSWER, because=(list[Because], ...), problems=(list[Because], ...))


class QuestionPut(BaseModel):
    """What is asked of an institution's rules."""

    kind: str
    object: str
    party: str | None


class Fact(BaseModel):
    """A move, as cases have it; `source` tells the row and the reports, or `"view": "history"`."""

    model_config = ConfigDict(extra="allow")

    date: str
    type: str
    by: list[str]
    object: str
    supposed: bool | None = None
    source: dict[str, Any] | None = None


class LeftAside(BaseModel):
    """A row that was not used, and why."""

    view: str
    id: str
    why: str
    text: str | None


class Circle(BaseModel):
    """Who belongs to a body, or is party to a text, on the day."""

    title: str
    members: list[str]


class Move(BaseModel):
    """A move that an actor may make or not, and what would come of it."""

    move: str
    object: str
    allowed: bool
    outcome: str | None
    effective: str | None
    deadline: str | None
    text: str
    rule: str | None
    citation: str | None


_ANSWERED: dict[str, Any] = {"ask": (QuestionPut, ...), "answer": (Answer, ...)}
Answered = create_model("Answered", **_ANSWERED)
_COMPARED: dict[str, Any] = {
    "ask": (QuestionPut, ...),
    "before": (Answer | None, Field(description="Null of a decision that nobody had put forward.")),
    "after": (Answer, ...),
    "changed": (bool, ...),
}
Compared = create_model("Compared", **_COMPARED)
_STANDS: dict[str, Any] = {
    "id": (str, ...),
    "title": (str, ...),
    "as_of": (str, ...),
    "known_by": (str | None, ...),
    "facts": (list[Fact], Field(description="From the ledger and from history, then what is supposed.")),
    "left_aside": (list[LeftAside], ...),
    "answers": (list[Answered], Field(description="To all that the facts give reason to ask.")),  # type: ignore[valid-type]
    "compared": (list[Compared], Field(description="Before and after what is supposed; those that change first.")),  # type: ignore[valid-type]
    "can": (dict[str, list[Move]], Field(description="What the parties that matter may do.")),
    "members": (list[Circle], ...),
}
InstitutionStands = create_model("InstitutionStands", **_STANDS)
