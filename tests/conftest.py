"""What several rooms' tests share: articles made by hand, the command line, the folder of development data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from rapporteur import cli
from rapporteur.model import Article, Attribution, Event, EventDate, Party, PublicationDate, Span, Trigger

Run = Callable[..., tuple[int, str, str]]
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; it belongs to its publishers and is not part of the repository."""
    if not SHARED.is_dir():
        pytest.skip("the development data are not beside this repository (../shared)")
    return SHARED


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run ``rapporteur`` on arguments; returns status, standard output and standard error."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*arguments: object) -> tuple[int, str, str]:
        words = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "argv", ["rapporteur", *words])
        with pytest.raises(SystemExit) as end:
            cli.main(words)
        out, err = capfd.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return run


def span(body: str, words: str) -> Span:
    """Where ``words`` first stand in ``body``."""
    start = body.index(words)
    return start, start + len(words)


def party(body: str, words: str, code: str | None = None, name: str | None = None, **more: Any) -> Party:
    """A party mentioned by ``words``."""
    start, end = span(body, words)
    return Party(words, start, end, code, code if code and code not in ("IGO", "NSA") else None, name=name, **more)


def event(
    body: str,
    trigger: str,
    type: str = "CONSULT",
    actors: Sequence[Party] = (),
    recipients: Sequence[Party] = (),
    **more: Any,
) -> Event:
    """An event with neutral values for whatever is not given; ``date`` may be a plain ISO date."""
    start, end = span(body, trigger)
    date = more.pop("date", None)
    values: dict[str, Any] = {
        "id": f"e{start}",
        "sentence": 0,
        "type": type,
        "mode": None,
        "contexts": (),
        "trigger": Trigger(trigger, start, end),
        "actors": tuple(actors),
        "recipients": tuple(recipients),
        "status": "actual",
        "date": EventDate(date, "stated") if isinstance(date, str) else date,
        "place": None,
        "magnitude": None,
        "attributed_to": (),
        "cameo": "040",
        "quad": 1,
        "goldstein": 1.0,
        "scale": "goldstein-gdelt",
        "confidence": 0.9,
        "rules": (),
    }
    return Event(**{**values, **more})


def article(body: str, *sentences: str, events: Sequence[Event] = (), **more: Any) -> Article:
    """An article whose sentences are the given strings (default: the body as one)."""
    values: dict[str, Any] = {
        "id": "a1",
        "page": None,
        "headline": None,
        "sentences": tuple(span(body, s) for s in sentences or (body,)),
        "events": tuple(events),
    }
    if isinstance(more.get("date"), str):
        more["date"] = PublicationDate(more["date"], "given")
    return Article(body=body, **{**values, **more})


@pytest.fixture(scope="session")
def harbour() -> Article:
    """One article with what the contract has: a chain of sources, four statuses, a group, an unnamed actor."""
    first = (
        "Norland has closed its ports to Sudria's ships since March, three people familiar with the decision told Wire."
    )
    second = "Sudria denied that it had threatened to mine the strait."
    third = "The ministers of Norland and Sudria will meet in Oslo."
    fourth = "Two tankers could be seized."
    body = " ".join((first, second, third, fourth))
    norland, sudria = party(body, "Norland", "NOR", "Norland"), party(body, "Sudria", "SWE", "Sudria")
    denier = span(body, second)[0]
    credits = (
        Attribution((span(body, "Wire"),), (span(body, "told"),), (span(body, first[:60]),), "outlet"),
        Attribution(
            (span(body, "three people familiar with the decision"),),
            (span(body, "told"),),
            (span(body, first[:60]),),
            "anonymous",
            parent=0,
        ),
        Attribution(((denier, denier + len("Sudria")),), (span(body, "denied"),), (), "named", "deny"),
    )
    events = (
        event(
            body,
            "has closed its ports",
            "SANCTION",
            [norland],
            [sudria],
            mode="discontinue",
            date="2025-03",
            attributed_to=(0, 1),
            cameo="163",
            quad=4,
            goldstein=-8.0,
        ),
        event(
            body,
            "threatened to mine",
            "THREATEN",
            [sudria],
            [],
            sentence=1,
            mode="violence",
            status="negated",
            attributed_to=(2,),
        ),
        event(body, "will meet", "CONSULT", [norland, sudria], [], sentence=2, status="future", date="2025-05-02"),
        event(
            body, "seized", "COERCE", [], [party(body, "Two tankers")], sentence=3, mode="seize", status="hypothetical"
        ),
    )
    return article(
        body,
        first,
        second,
        third,
        fourth,
        events=events,
        attributions=credits,
        headline="Norland shuts its ports",
        date="2025-04-01",
        outlet="The Herald",
        agency="Wire",
        dateline_place="OSLO",
        page="herald.txt",
    )


@pytest.fixture(scope="session")
def build() -> Callable[..., Article]:
    """``article`` for tests that make their own."""
    return article
