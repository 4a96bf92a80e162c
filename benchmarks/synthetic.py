"""A ledger's worth of made-up readings, the same each time.

``Archive`` draws who does what to whom on which day, once, in a few arrays; ``articles`` makes ``Article``s of them, as
a reader would, and ``tables`` the rows of the ledger's first layer. Names of countries are real and nothing else is:
sentences are words without meaning. A share of the reports tells an earlier report's act again, in another article,
some days later and mostly in the same words; a few articles repeat another one whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.ontology import Ontology
from rapporteur.model import (
    Article,
    Attribution,
    ClaimMention,
    Event,
    EventDate,
    Magnitude,
    MeasureMention,
    Party,
    Place,
    PublicationDate,
    Round,
    Size,
    Span,
    TalksMention,
    Trigger,
    When,
)
from rapporteur.record.rows import Reading, reading_id
from rapporteur.record.rows import tables as rows_of

FIRST_DAY = date(2005, 1, 1)
KINDS = (
    "sanction",
    "embargo",
    "veto",
    "suspension",
    "travel ban",
    "blockade",
    "ceasefire",
    "detention",
    "ban",
    "tariff",
)
STATUSES = ("actual", "negated", "future", "hypothetical")
_WORDS = 4000  # of the vocabulary
_LENGTH = 12  # words of a sentence, besides the parties
_KEPT = 0.8  # share of an act's words that a later report of it keeps


@dataclass(frozen=True)
class Volume:
    """How much there is to be of each kind, over how many years."""

    articles: int = 100_000
    reports: int = 1_000_000
    measures: int = 60_000
    talks: int = 10_000
    claims: int = 20_000
    years: int = 20
    actors: int = 200
    repeats: float = 0.05
    copies: float = 0.01

    def scaled(self, share: float) -> Volume:
        """The same archive with a share of the articles and of what they tell, over as many years."""
        names = ("articles", "reports", "measures", "talks", "claims")
        return Volume(**{name: max(1, round(getattr(self, name) * share)) for name in names}, years=self.years)


class Archive:
    """The draws behind an archive. ``size``: how much; ``seed``: another archive of the same size."""

    def __init__(self, size: Volume = Volume(), seed: int = 1) -> None:
        self.size = size
        self.actors = _actors(size.actors)
        self.types = tuple(Ontology.load().types.values())
        self.last_day = FIRST_DAY + timedelta(size.years * 365)
        rng = np.random.default_rng(seed)
        n, days = size.reports, size.years * 365
        self.article_of = np.sort(rng.integers(0, size.articles, n))
        self.day = np.arange(size.articles) * days // size.articles
        self.type = rng.integers(0, len(self.types), n)
        self.actor, self.recipient = _by_fame(rng, size.actors, n), _by_fame(rng, size.actors, n)
        self.place = _by_fame(rng, size.actors, n)
        self.status = rng.choice(len(STATUSES), n, p=(0.8, 0.06, 0.09, 0.05))
        self.lag = rng.choice(5, n, p=(0.5, 0.25, 0.12, 0.08, 0.05))  # days from the act to the report
        self.dated = rng.random(n) < 0.6
        self.words = rng.integers(0, _WORDS, (n, _LENGTH), dtype=np.int16)
        self.credited = rng.random(n) < 0.5
        self.hurt = np.where(rng.random(n) < 0.05, rng.integers(1, 200, n), 0)
        self._repeat(rng)
        self.copy_of = np.where(rng.random(size.articles) < size.copies, np.arange(size.articles) - 1, -1)
        self.vocabulary = _vocabulary(rng)
        self._standing(rng)
        self.bounds = np.searchsorted(self.article_of, np.arange(size.articles + 1))

    def _repeat(self, rng: np.random.Generator) -> None:
        """Let some reports tell again what a report of another article, up to three days earlier, told."""
        n = self.size.reports
        reach = max(2, 3 * n // (self.size.years * 365))
        later = np.flatnonzero(rng.random(n) < self.size.repeats)
        earlier = later - rng.integers(1, reach + 1, len(later))
        for one, other in zip(later.tolist(), earlier.tolist(), strict=True):
            if other < 0 or self.article_of[one] == self.article_of[other]:
                continue
            for column in (self.type, self.actor, self.recipient, self.place, self.status, self.hurt, self.dated):
                column[one] = column[other]
            apart = self.day[self.article_of[one]] - self.day[self.article_of[other]]
            self.lag[one] = self.lag[other] + apart
            kept = rng.random(_LENGTH) < _KEPT
            self.words[one, kept] = self.words[other, kept]

    def _standing(self, rng: np.random.Generator) -> None:
        """Measures, series of talks and claims, each told in ten mentions or so, and which article tells which."""
        size = self.size
        self.measure_series = [
            (KINDS[k], int(a), int(b), int(day), self.vocabulary[w])
            for k, a, b, day, w in zip(
                rng.integers(0, len(KINDS), size.measures // 10 + 1),
                _by_fame(rng, size.actors, size.measures // 10 + 1),
                _by_fame(rng, size.actors, size.measures // 10 + 1),
                rng.integers(0, size.years * 365, size.measures // 10 + 1),
                rng.integers(0, _WORDS, size.measures // 10 + 1),
                strict=True,
            )
        ]
        self.talks_series = [
            (int(a), int(b), self.vocabulary[w])
            for a, b, w in zip(
                _by_fame(rng, size.actors, size.talks // 10 + 1),
                _by_fame(rng, size.actors, size.talks // 10 + 1),
                rng.integers(0, _WORDS, size.talks // 10 + 1),
                strict=True,
            )
        ]
        self.told = {
            name: _dealt(rng, count, size.articles, series)
            for name, count, series in (
                ("measures", size.measures, len(self.measure_series)),
                ("talks", size.talks, len(self.talks_series)),
                ("claims", size.claims, size.claims),
            )
        }

    # -- what callers take -------------------------------------------------------------------------------------

    def articles(self, start: int = 0, stop: int | None = None) -> Iterator[Article]:
        """The articles from number ``start`` to before ``stop``, in the order of their days."""
        for number in range(start, self.size.articles if stop is None else min(stop, self.size.articles)):
            yield self._article(number)

    def tables(self, start: int = 0, stop: int | None = None) -> dict[str, pa.Table]:
        """Their rows in the ledger's first layer, by the table's name."""
        readings = [Reading(reading_id(a), a, date.fromisoformat(a.date.value)) for a in self.articles(start, stop)]
        return rows_of(readings, datetime(2026, 1, 1), "synthetic")

    # -- making ------------------------------------------------------------------------------------------------

    def _article(self, number: int) -> Article:
        source = number
        while self.copy_of[source] >= 0:
            source = int(self.copy_of[source])
        published = FIRST_DAY + timedelta(int(self.day[number]))
        id = f"s{number:07x}"
        parts: list[str] = []
        spans: list[Span] = []
        events: list[Event] = []
        attributions: list[Attribution] = []
        at = 0
        for report in range(int(self.bounds[source]), int(self.bounds[source + 1])):
            event, text, said = self._event(id, report, len(spans), at, published, len(attributions))
            events.append(event)
            attributions.extend(said)
            parts.append(text)
            spans.append((at, at + len(text)))
            at += len(text) + 1
        if not parts:
            parts, spans = ["Nothing was told."], [(0, 17)]
        return Article(
            id=id, page=None, headline=f"Report {source} of the day", body=" ".join(parts),
            date=PublicationDate(published.isoformat(), "given"), outlet=f"Outlet {number % 40}",
            agency=f"Agency {source % 5}" if source % 3 == 0 else None, sentences=tuple(spans), events=tuple(events),
            attributions=tuple(attributions), measures=self._measures(number, published, spans),
            talks=self._talks(number, published, spans), claims=self._claims(number, spans, events),
        )  # fmt: skip

    def _event(
        self, id: str, report: int, sentence: int, at: int, published: date, attribution: int
    ) -> tuple[Event, str, list[Attribution]]:
        kind = self.types[self.type[report]]
        said = "Officials said " if self.credited[report] else ""
        actor, recipient = self.actors[self.actor[report]], self.actors[self.recipient[report]]
        verb = kind.name.lower()
        words = " ".join([self.vocabulary[w] for w in self.words[report].tolist()])
        place = self.actors[self.place[report]]
        text = f"{said}{actor.name} {verb} {recipient.name} {words} in {place.name}."
        a = at + len(said)
        v = a + len(str(actor.name)) + 1
        r = v + len(verb) + 1
        day = published - timedelta(int(self.lag[report]))
        hurt = int(self.hurt[report])
        event = Event(
            id=f"{id}-{sentence:02x}", sentence=sentence, type=kind.name, mode=None, contexts=(),
            trigger=Trigger(verb, v, v + len(verb)), actors=(_named(actor, a),), recipients=(_named(recipient, r),),
            status=STATUSES[self.status[report]],  # type: ignore[arg-type]
            date=EventDate(day.isoformat(), "inferred") if self.dated[report] else None,
            place=Place(str(place.name), place.country, 10.0, 20.0) if place.country and report % 2 else None,
            magnitude=Magnitude(killed=Size(hurt, hurt, str(hurt))) if hurt else None,
            attributed_to=(attribution,) if said else (), cameo=kind.cameo, quad=kind.quad, goldstein=kind.score,
            scale="synthetic", confidence=0.5 + report % 50 / 100, rules=(f"{kind.name}.synthetic",),
        )  # fmt: skip
        if not said:
            return event, text, []
        end = at + len(text)
        credit = Attribution(((at, at + 9),), ((at + 10, at + 14),), ((at + 15, end),), "anonymous")
        return event, text, [credit]

    def _measures(self, number: int, published: date, spans: list[Span]) -> tuple[MeasureMention, ...]:
        found = []
        for n, series in enumerate(self.told["measures"].get(number, ())):
            kind, a, b, day, thing = self.measure_series[series]
            since = FIRST_DAY + timedelta(day)
            begun = since <= published
            found.append(
                MeasureMention(
                    kind, (_named(self.actors[a], 0),), (_named(self.actors[b], 9),), f"{thing} trade", None,
                    When(since.isoformat()[: 7 if series % 2 else 10], "stated") if begun else None, None,
                    f"until {thing} ends" if series % 3 == 0 else None,
                    ("ended" if (published - since).days > 1500 else "in force") if begun else "threatened",
                    spans[n % len(spans)],
                )
            )  # fmt: skip
        return tuple(found)

    def _talks(self, number: int, published: date, spans: list[Span]) -> tuple[TalksMention, ...]:
        return tuple(
            TalksMention(
                (_named(self.actors[a], 0), _named(self.actors[b], 9)), f"{subject} talks",
                str(self.actors[b].name), (Round(When(published.isoformat()[:7], "inferred"), None),), None,
                "under way", spans[n % len(spans)],
            )
            for n, series in enumerate(self.told["talks"].get(number, ()))
            for a, b, subject in (self.talks_series[series],)
        )  # fmt: skip

    def _claims(self, number: int, spans: list[Span], events: list[Event]) -> tuple[ClaimMention, ...]:
        return tuple(
            ClaimMention(
                _named(self.actors[claim % 50], 0), "officials", "assert",
                " ".join(self.vocabulary[(claim * 7 + k) % _WORDS] for k in range(8)), spans[n % len(spans)],
                (events[n % len(events)].id,) if events else (),
            )
            for n, claim in enumerate(self.told["claims"].get(number, ()))
        )  # fmt: skip


def _named(party: Party, at: int) -> Party:
    end = at + len(str(party.name))
    return Party(
        party.text, at, end, party.code, party.country, party.members, party.sector, party.entity, party.name
    )  # fmt: skip


def _actors(count: int) -> list[Party]:
    """Four of five are states, the others organisations and armed groups."""
    states = [c for c in country_codes() if "gw" in c.systems][: count * 4 // 5]
    found = [Party(c.name, 0, 0, c.iso3, c.iso3, (), "GOV", f"state:{c.iso3}", c.name) for c in states]
    for n in range(count - len(found)):
        name = f"Union {n}" if n % 2 else f"Front {n}"
        found.append(Party(name, 0, 0, "IGO" if n % 2 else "NSA", None, (), None, f"group:synthetic-{n}", name))
    return found


def _by_fame(rng: np.random.Generator, actors: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Places of actors: the n-th is named about 1/n as often as the first, as in news."""
    weights = 1.0 / (np.arange(actors) + 3.0)
    return rng.choice(actors, count, p=weights / weights.sum())


def _dealt(rng: np.random.Generator, count: int, articles: int, series: int) -> dict[int, list[int]]:
    """Which of the series each article tells of."""
    found: dict[int, list[int]] = {}
    pairs = zip(rng.integers(0, articles, count).tolist(), rng.integers(0, series, count).tolist(), strict=True)
    for article, number in pairs:
        found.setdefault(article, []).append(number)
    return found


def _vocabulary(rng: np.random.Generator) -> list[str]:
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        words["".join(syllables[k] for k in rng.integers(0, len(syllables), int(rng.integers(2, 5))))] = None
    return list(words)
