"""Made-up articles for the ledger's tests: what a reading gives, without a reader."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rapporteur.model import Article, Attribution, ClaimMention, MeasureMention, Party, Span, TalksMention, When
from rapporteur.record.ledger import Ledger
from rapporteur.record.shapes import VIEWS

from ..conftest import article, event, span

NAMES = {"Norland": "NOR", "Sudria": "SWE", "Ostmark": "AUT", "Westria": "ESP"}
ACTS = {
    "met envoys of": "CONSULT",
    "sent grain to": "AID",
    "closed its ports to": "SANCTION",
    "threatened": "THREATEN",
}
PLACES = "harbour quarry orchard lighthouse foundry vineyard mill bakery granary weir tannery chapel".split()
NOON = datetime(2025, 6, 1, 12)


def noon() -> datetime:
    """A clock that stands still."""
    return NOON


def by(body: str, name: str, **more: Any) -> Party:
    """A party named in ``body`` by the name of one of ``NAMES``."""
    return Party(name, *span(body, name), NAMES[name], NAMES[name], name=name, **more)


def story(
    id: str,
    date: str | None = "2025-01-10",
    actor: str = "Norland",
    act: str = "met envoys of",
    recipient: str = "Sudria",
    tail: str = "The talks lasted all day.",
    **more: Any,
) -> Article:
    """An article of two sentences; the first tells one act on the word of a spokesman."""
    first = f"{actor} {act} {recipient}, a spokesman said."
    body = f"{first} {tail}"
    told = event(body, act, ACTS[act], [by(body, actor)], [by(body, recipient)], id=f"{id}-1", attributed_to=(0,))
    credit = Attribution((span(body, "a spokesman"),), (span(body, "said"),), ((0, len(first) - 19),), "anonymous")
    if date is not None:
        more["date"] = date
    return article(body, first, tail, id=id, events=[told], attributions=(credit,), **more)


def with_mentions(told: Article) -> Article:
    """The article with a measure, talks, and a claim that another one rejects."""
    parties = told.events[0].actors, told.events[0].recipients
    evidence: Span = told.sentences[0]
    event_id = told.events[0].id
    measure = MeasureMention(
        "ban", *parties, "grain", None, When("2025-01", "stated"), None, "until the harvest is in", "in force",
        evidence, event_id, (0,), ("ban.grain",),
    )  # fmt: skip
    talks = TalksMention(
        (*parties[0], *parties[1]), "fishing", "Oslo", (), None, "under way", evidence, attributed_to=(0,)
    )
    claim = ClaimMention(parties[0][0], "Norland", "assert", "the ports are open", evidence, (event_id,), attribution=0)
    denial = replace(claim, claimant=parties[1][0], source="Sudria", force="deny", answers=0, answer="rejects")
    return replace(told, measures=(measure, replace(measure)), talks=(talks,), claims=(claim, denial))


def long_text(seed: int, words: int = 300) -> str:
    """Prose of no meaning, the same for the same seed."""
    chance = random.Random(seed)
    sentences, left = [], words
    while left > 0:
        length = min(left, chance.randint(6, 16))
        sentences.append(
            " ".join(f"{chance.choice(PLACES)}{chance.randint(1, 60)}" for _ in range(length)).capitalize() + "."
        )
        left -= length
    return " ".join(sentences)


def stories(count: int, seed: int = 0, mark: str = "a") -> list[Article]:
    """So many articles of a few days: some tell the same, some have no date, some long texts are copies."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        actor, recipient = chance.sample(sorted(NAMES), 2)
        date = f"2025-0{chance.randint(1, 2)}-0{chance.randint(1, 6)}" if chance.random() < 0.9 else None
        tail = long_text(chance.randint(0, 3), 80) if chance.random() < 0.3 else f"It was day {number} of the year."
        told = story(f"{mark}{number:04d}", date, actor, chance.choice(sorted(ACTS)), recipient, tail)
        made.append(with_mentions(told) if chance.random() < 0.3 else told)
    return made


def shuffled(articles: Sequence[Article], seed: int) -> list[Article]:
    """The articles in another order."""
    mixed = list(articles)
    random.Random(seed).shuffle(mixed)
    return mixed


def all_views(ledger: Ledger, **asked: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows of every view."""
    return {name: ledger.view(name, **asked).to_pylist() for name in VIEWS}
