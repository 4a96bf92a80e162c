"""The plain data that passes between the rooms.

Offsets are Python string indices (code points) into the article's ``body``, end exclusive. Absent knowledge is
``None`` or an empty tuple, never a guess. Every class is frozen; ``Article.to_dict`` gives one line of
``rapporteur read --format jsonl``.

Event types, modes, contexts and quad classes are those of PLOVER (Open Event Data Alliance, 2024-02 draft); CAMEO
codes those of CAMEO 1.1b3; see ``docs/ontology.md`` for the choices made where those sources contradict themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

Status = Literal["actual", "negated", "future", "hypothetical"]
DateBasis = Literal["given", "metadata", "url", "dateline", "inferred", "unknown"]
SourceKind = Literal["named", "anonymous", "organisation", "outlet", "document", "none"]
Quoted = Literal["direct", "indirect", "mixed"]
MeasureStatus = Literal["in force", "ended", "threatened", "disputed"]
TalksStatus = Literal["under way", "concluded", "failed", "planned", "suspended"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When an article was published: an ISO date of whatever precision is known, and how it is known."""

    value: str | None = None
    basis: DateBasis = "unknown"


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that state the event."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Party:
    """One actor, recipient or source.

    Attributes:
        text, start, end: the mention.
        code: ISO 3166 alpha-3 of the country it belongs to or acts for; ``IGO`` for international organisations and
            groups of states named as one; ``NSA`` for non-state actors of no one country; None where untold.
        country: alpha-3 or None.
        members: alpha-3 codes of a group's members on the article's date, where known.
        sector: PLOVER sector (GOV, MIL, ...) or None.
        entity: registry id or None.
        name: canonical name or None.
    """

    text: str
    start: int
    end: int
    code: str | None = None
    country: str | None = None
    members: tuple[str, ...] = ()
    sector: str | None = None
    entity: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is credited with saying, believing or demanding what.

    ``source``, ``cue`` and ``content`` are tuples of spans (a quotation may be broken by its credit). ``parent`` is
    the index, in the article's attributions, of the attribution whose content holds this one.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: SourceKind = "none"
    force: str = "assert"
    party: Party | None = None
    quoted: Quoted = "indirect"
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class EventDate:
    """When the event happened: an ISO date of the precision that the text gives, and on what basis."""

    value: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the event happened."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """A counted crowd or force, with the words that give it."""

    min: int | None
    max: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Magnitude:
    """How many were killed, injured, arrested, or took part."""

    killed: Size | None = None
    injured: Size | None = None
    arrested: Size | None = None
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One act: who did what to whom (CONTRACT: *Event*).

    ``sentence`` indexes ``Article.sentences``; ``attributed_to`` indexes ``Article.attributions``, outermost first.
    ``goldstein`` is a score on the scale that ``scale`` names; ``quad`` is 1 verbal cooperation, 2 material
    cooperation, 3 verbal conflict, 4 material conflict.
    """

    id: str
    sentence: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    trigger: Trigger
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: Status
    date: EventDate | None
    place: Place | None
    magnitude: Magnitude | None
    attributed_to: tuple[int, ...]
    cameo: str
    quad: int
    goldstein: float
    scale: str
    confidence: float
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """An ISO date of whatever precision is known, and on what basis: ``stated`` (a calendar date in the text),
    ``inferred`` (from a relative expression), ``report`` (it begins with the report itself)."""

    value: str
    basis: Literal["stated", "inferred", "report"] = "stated"


@dataclass(frozen=True, slots=True)
class MeasureMention:
    """What a sentence or two state of something in force and lasting (CONTRACT: *Measure mention*).

    Attributes:
        kind: one of ``knowledge.standing.KINDS``.
        imposers, targets: who put it in force, and on whom; of a ceasefire the parties or guarantors impose.
        object: what it bears on, in the text's words; None where untold.
        through: the institution by which it works (canonical name), or None.
        since: its onset, None where the text gives none.
        until: its last day or end, of any precision, or None.
        ends_when: the condition of its end, verbatim; never a date.
        status: its state at the article's date.
        evidence: the span of ``body`` that states it.
        event: id of the article's event that it comes from, or None.
        attributed_to: indices into ``Article.attributions``, outermost first.
        rules: ids of the rules that made it.
    """

    kind: str
    imposers: tuple[Party, ...]
    targets: tuple[Party, ...]
    object: str | None
    through: str | None
    since: When | None
    until: When | None
    ends_when: str | None
    status: MeasureStatus
    evidence: Span
    event: str | None = None
    attributed_to: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One round of talks: when and where, each None where untold."""

    date: When | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class NextRound:
    """The round that is to come: an ISO date or None, a place or None."""

    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """How one side calls the talks: ``by`` (None: untold) and the words, verbatim, with their span of ``body``."""

    by: Party | None
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TalksMention:
    """What a sentence or two state of talks (CONTRACT: *Talks mention*).

    Attributes:
        participants: parties; a group (the E3) stands as itself and as its members.
        subject: what is talked of, in the text's words, or None.
        place: where, or None.
        rounds: those held, oldest first.
        next: the round to come, or None.
        agreed: what was agreed, verbatim, or None.
        called: how each side calls them.
        status: their state at the article's date.
        evidence, event, attributed_to, rules: as for ``MeasureMention``.
    """

    participants: tuple[Party, ...]
    subject: str | None
    place: str | None
    rounds: tuple[Round, ...]
    next: NextRound | None
    status: TalksStatus
    evidence: Span
    agreed: str | None = None
    called: tuple[Called, ...] = ()
    event: str | None = None
    attributed_to: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimMention:
    """Something that somebody asserts, or rejects (CONTRACT: *claim*).

    Attributes:
        claimant: who claims it, None where no party of the registry or of the text is meant.
        source: the words that name the claimant.
        force: as of ``Attribution``.
        content: the claim's own words.
        evidence: the span of ``body`` from which it is taken.
        about: ids of the article's events that stand in the content.
        answers: index into ``Article.claims`` of the claim that this one rejects or confirms, or None.
        answer: which of the two, or None.
        attribution: index into ``Article.attributions``, or None.
    """

    claimant: Party | None
    source: str
    force: str
    content: str
    evidence: Span
    about: tuple[str, ...] = ()
    answers: int | None = None
    answer: Literal["rejects", "confirms"] | None = None
    attribution: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One story as read: its text, and what it tells.

    ``page`` is the path as given, None for text handed over in memory. ``sentences`` are spans of ``body``. ``url`` is
    the address that a document gave with its text; ``dropped`` are the page's lines that stand in none of its articles
    (captions, menus, widgets). Neither is a field of the contract's line.
    """

    id: str
    page: str | None
    headline: str | None
    body: str
    date: PublicationDate = PublicationDate()
    outlet: str | None = None
    agency: str | None = None
    dateline_place: str | None = None
    duplicate_of: str | None = None
    sentences: tuple[Span, ...] = ()
    events: tuple[Event, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    measures: tuple[MeasureMention, ...] = ()
    talks: tuple[TalksMention, ...] = ()
    claims: tuple[ClaimMention, ...] = ()
    url: str | None = None
    dropped: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """This article as one JSON line of the contract: plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = _plain(self)
        del plain["url"], plain["dropped"]
        return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value
