"""When an act happened, as its sentence says it against the article's date; ``docs/dates.md`` has the conventions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from rapporteur.events.clause import Clauses
from rapporteur.events.reckon import Period, Reckoner
from rapporteur.events.timex import Expression, Lead, grammar
from rapporteur.events.whose import Sites
from rapporteur.knowledge.datewords import DateWords
from rapporteur.model import EventDate, Status

_CONTEXT = 600  # characters before the sentence in which "the same month" may look for its month


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a time: body offsets, end exclusive; ``value`` the ISO date of the precision told, None where it
    can't be told; ``lead``: the time at which, since which or until which something is so, or whose eve is meant."""

    start: int
    end: int
    value: str | None
    basis: Literal["stated", "inferred"]
    lead: Lead


class Calendar:
    """The dates of one sentence. ``published`` is the article's date (ISO); only one of day precision helps."""

    def __init__(self, body: str, clauses: Clauses, published: str | None) -> None:
        self._syntax = clauses.syntax
        self._text = body[clauses.syntax.start : clauses.syntax.end]
        self._before = body[max(0, clauses.syntax.start - _CONTEXT) : clauses.syntax.start]
        words = DateWords.load()
        self._reckoner = Reckoner(words, _day(published))
        self._sites = Sites(clauses, words)

    def date_of(self, head: int, words: tuple[int, ...], status: Status) -> EventDate | None:
        """The date of the act whose trigger is ``words`` (token indices) with this ``head``; None: none is told."""
        if not self._sited:
            return None
        for site, limit in self._sites.sources(head, words):
            found = self._periods(site, limit, status == "future")
            if found:
                best = max(found, key=_rank)  # the first of the best
                return EventDate(best[1].value, _basis(best[1]))
        return None

    def _periods(self, site: int, limit: int | None, ahead: bool) -> list[tuple[Expression, Period]]:
        """What is told of when it was at a site; ``limit`` is the body offset before which it must stand."""
        out = []
        for expression, places in self._sited:
            late = limit is not None and self._syntax.start + expression.start >= limit
            if site not in places or late or expression.lead == "until":
                continue
            period = self._period(expression, self._sites.ahead(places[-1], ahead))
            if period and period.value:
                out.append((expression, period))
        return out

    def mentions(self) -> list[DateMention]:
        """All times that the sentence names, in text order, whatever they date."""
        out = []
        for expression, places in self._sited:
            period = self._period(expression, bool(places) and self._sites.ahead(places[-1], False))
            start, end = (self._syntax.start + i for i in (expression.start, expression.end))
            out.append(DateMention(start, end, period.value if period else None, _basis(period), expression.lead))
        return out

    @cached_property
    def _expressions(self) -> list[Expression]:
        return grammar().expressions(self._text)

    @cached_property
    def _sited(self) -> list[tuple[Expression, tuple[int, ...]]]:
        return [(e, self._sites.sites(e, self._syntax.start)) for e in self._expressions]

    def _period(self, expression: Expression, ahead: bool) -> Period | None:
        anchor = self._anchor(expression) if expression.rule == "away" or "the" in expression.parts else None
        begun = self._text[: expression.start].rstrip().lower().endswith("since")  # whatever the verb's form
        return self._reckoner.period(expression, ahead and not begun, anchor)

    def _anchor(self, expression: Expression) -> Period | None:
        """The last time named before the expression, in its sentence or shortly before that."""
        anchor = self._context
        for earlier in self._expressions:
            if earlier.start >= expression.start:
                break
            anchor = self._reckoner.period(earlier, anchor=anchor) or anchor
        return anchor

    @cached_property
    def _context(self) -> Period | None:
        anchor = None
        for earlier in grammar().expressions(self._before):
            anchor = self._reckoner.period(earlier, anchor=anchor) or anchor
        return anchor


def _rank(told: tuple[Expression, Period]) -> tuple[int, bool, bool]:
    """Of two times of one act: the more precise, the one stated in full, "3 June" rather than "Monday"."""
    expression, period = told
    return len(period.value or ""), period.stated, "month" in expression.parts


def _basis(period: Period | None) -> Literal["stated", "inferred"]:
    return "stated" if period and period.stated else "inferred"


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value and len(value) == 10 else None
    except ValueError:
        return None
