"""Rows of a ledger's views, report by report: what each tells, whose act it is, and by which rule it is a fact.

Rows are the dicts that ``Ledger.view("measures" | "events").to_pylist()`` gives; each report may carry ``text``, the
sentences that it rests on (``Ledger.sentences``). Without them only the row's own words are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from rapporteur.knowledge.datewords import DateWords
from rapporteur.knowledge.institutions import Catalogue, Institution, LedgerRule
from rapporteur.knowledge.ledger_words import ledger_words

Row = Mapping[str, Any]
_ACTUAL = ("in force", "ended", "actual")
_COMING = ("threatened", "future", "hypothetical")


@dataclass(frozen=True)
class Telling:
    """One report behind a row.

    Attributes:
        view: ``measures`` or ``events``; ``row``: the row; ``report``: the report.
        status: of the act by this report: ``done``, ``coming``, or ``denied``.
        event: the row of the event that the report of a measure rests on, if there is one.
    """

    view: str
    row: Row
    report: Row
    status: str
    event: Row | None = None

    @property
    def authors(self) -> Sequence[Row]:
        """The parties whose act it is: of a measure that several reports tell of, those whom this one's event names."""
        told = tuple(self.row["imposers" if self.view == "measures" else "actors"] or ())
        own = tuple(self.event["actors"] or ()) if self.event is not None else ()
        narrower = own and {party.get("code") for party in own} <= {party.get("code") for party in told}
        return own if narrower else told

    @property
    def targets(self) -> Sequence[Row]:
        """The parties that it hits."""
        return tuple(self.row["targets" if self.view == "measures" else "recipients"] or ())

    @cached_property
    def words(self) -> Words:
        """All that the row and the report say."""
        row = self.row
        names = (party.get(key) for party in self.targets for key in ("name", "text"))
        told = (row.get("object"), row.get("through"), row.get("trigger"), self.report.get("text"), *names)
        return Words(" ; ".join(str(part) for part in told if part))

    @cached_property
    def text(self) -> Words:
        """The report's sentences."""
        return Words(str(self.report.get("text") or ""))

    @cached_property
    def all_words(self) -> Words:
        """The same of all reports of the row."""
        return Words(" ; ".join(str(report.get("text") or "") for report in self.row["reports"]))

    @cached_property
    def weekday(self) -> str | None:
        """The day (ISO) that the sentence names by its weekday: the last such up to the day of publication, if the
        sentence names one only."""
        text, day = self.report.get("text"), self.published
        names = DateWords.load().weekdays
        named = {names.index(word) for word in _spaced(text or "").split() if word in names}
        if day is None or len(named) != 1:
            return None
        last = date.fromisoformat(day)
        return (last - timedelta(days=(last.weekday() - named.pop()) % 7)).isoformat()

    @property
    def published(self) -> str | None:
        """The day on which the report was published (ISO)."""
        day = self.report.get("published")
        return day.isoformat() if isinstance(day, date) else day


class Words:
    """A text in which phrases are looked for by whole words."""

    def __init__(self, text: str) -> None:
        self._exact = _spaced(text)
        self._folded = self._exact.casefold()

    def has(self, phrases: Iterable[str]) -> bool:
        """Does one of them stand in it?"""
        return any(
            (spaced in self._exact) if phrase.isupper() else (spaced.casefold() in self._folded)
            for phrase in phrases
            if (spaced := _spaced(phrase)).strip()
        )

    def only(self, words: Iterable[str]) -> bool:
        """Does it say nothing but one of these words, or nothing at all?"""
        return not set(self._folded.split()) - {"a", "an", "its", "the"} - set(words)

    def content(self) -> set[str]:
        """Its words of four letters and more."""
        return {word for word in self._folded.split() if len(word) > 3}


def _spaced(text: str) -> str:
    return " " + " ".join("".join(c if c.isalnum() else " " for c in text).split()) + " "


def tellings(measures: Iterable[Row], events: Iterable[Row]) -> Iterator[Telling]:
    """Every report of every row, in the views' order; of measures first."""
    rows = list(events)
    by_report = {str(name): row for row in rows for name in _names(row)}
    for row in measures:
        for report in row["reports"]:
            event = by_report.get(str(report.get("event"))) if report.get("event") else None
            yield Telling("measures", row, report, _status(row["status"], report.get("status")), event)
    for row in rows:
        for report in row["reports"]:
            yield Telling("events", row, report, _status(row["status"], report.get("status")))


def _names(row: Row) -> Iterator[str]:
    """By what a measure's report may name an event: the ids of its reports, and its own."""
    yield str(row["id"]).removeprefix("e-")
    for report in row["reports"]:
        for key in ("mention", "event"):
            if report.get(key):
                yield str(report[key])


def _status(row: str, report: str | None) -> str:
    told = report or row
    if row in ("disputed", "negated") or told in ("disputed", "negated"):
        return "denied"
    if told in _COMING:
        return "coming"
    return "done" if told in _ACTUAL else "denied"


class Matcher:
    """The rules of one institution, applied to tellings."""

    def __init__(self, known: Catalogue, institution: Institution) -> None:
        self._known = known
        self.institution = institution
        self._lists = {name: tuple(phrases) for name, phrases in ledger_words().lists.items()}
        names = [institution.title, *institution.names]
        names += [n for text in institution.texts for n in (text.id, text.title, *text.names)]
        names += [n for clock in institution.clocks for n in (clock.object, *clock.names)]
        self._lists["names"] = tuple(dict.fromkeys(names))

    def rule(self, told: Telling) -> LedgerRule | None:
        """The first rule that fits what is told, whoever's act it is."""
        return next((rule for rule in self.institution.ledger if self._fits(rule, told)), None)

    def _fits(self, rule: LedgerRule, told: Telling) -> bool:
        return (
            rule.view == told.view
            and self._of_kind(rule, told.row)
            and self._says(rule, told)
            and self._hits(rule, told)
        )

    def _of_kind(self, rule: LedgerRule, row: Row) -> bool:
        if rule.kinds and row.get("kind") not in rule.kinds:
            return False
        return not rule.types or bool({row.get("type"), f"{row.get('type')}.{row.get('mode')}"} & set(rule.types))

    def _says(self, rule: LedgerRule, told: Telling) -> bool:
        through = told.row.get("through")
        if (
            rule.through is not None
            and through != rule.through
            and (through or not told.words.has(self.phrases(rule.words)))
        ):
            return False
        if rule.words and rule.through is None and not told.words.has(self.phrases(rule.words)):
            return False
        if rule.also and not told.words.has(self.phrases(rule.also)):
            return False
        if rule.trigger and not Words(str(told.row.get("trigger") or "")).has(self.phrases(rule.trigger)):
            return False
        return not (
            told.words.has(self.phrases(rule.never))
            or (rule.nowhere and told.all_words.has(self.phrases(rule.nowhere)))
        )

    def _hits(self, rule: LedgerRule, told: Telling) -> bool:
        return not rule.targets or self.target(rule, told) is not None

    def target(self, rule: LedgerRule, told: Telling) -> Row | None:
        """Whom the rule's object names: the first target that it asks for, else simply the first."""
        wanted = {code for name in rule.targets for code in self._codes(name)}
        fitting = (p for p in told.targets if not rule.targets or p.get("code") in wanted)
        return next(fitting, None)

    def _codes(self, name: str) -> set[str]:
        """The members at any time of a group of the institution; a state is itself."""
        groups = self._known.members.get(self.institution.id, {})
        return {row.id for row in groups[name]} if name in groups else {name}

    def phrases(self, given: Iterable[str]) -> tuple[str, ...]:
        """Phrases, with lists put in for their names in braces."""
        return tuple(
            phrase
            for one in given
            for phrase in (self._lists[one[1:-1]] if one.startswith("{") and one.endswith("}") else (one,))
        )

    def actors(self, rule: LedgerRule, told: Telling) -> tuple[str, ...]:
        """Codes of those who act and may: of a group named as one its members, if all of them may."""
        allowed = self._codes(rule.by) if rule.by is not None else None
        found: set[str] = set()
        for party in told.authors:
            code, members = party.get("code"), set(party.get("members") or ())
            if members and allowed is not None:
                found |= members if members <= allowed else set()
            elif code and (code in allowed if allowed is not None else code not in ("IGO", "NSA")):
                found.add(code)
        return tuple(sorted(found))
