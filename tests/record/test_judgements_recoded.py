"""A person says who the parties of an event are; numbers count them as they are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rapporteur.errors import AskError
from rapporteur.model import Article, Party
from rapporteur.record.ledger import Ledger

from .made import story, with_mentions
from .test_judgements import Clock, bound, correct


def three(id: str = "a", **more: str) -> Article:
    """A report with two actors and one recipient."""
    told = story(id, tail="Ostmark looked on.", **more)
    start = told.body.index("Ostmark")
    second = Party("Ostmark", start, start + 7, "AUT", "AUT", name="Ostmark", entity="state:AUT")
    (event,) = told.events
    return replace(told, events=(replace(event, actors=(*event.actors, second)),))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "news.duckdb", clock=Clock())
    made.record([three()])
    return made


def test_it_is_kept_as_it_was_said_with_codes_and_ids_as_the_registry_has_them(ledger: Ledger) -> None:
    correct(ledger, "a-1", "recode", "actors/1=rus ;recipients/1= ; actors/+=igo:NATO")
    assert bound(ledger) == [("a-1", "recode", "actors/1=RUS; actors/+=igo:NATO; recipients/1=")]


def test_on_an_event_each_report_is_told_which_of_its_own_parties_is_meant(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        first, second = story("a", act="closed its ports to"), three("b", act="closed its ports to")
        (event,) = second.events
        made.record([first, replace(second, events=(replace(event, actors=event.actors[::-1]),))])
        assert [len(row["reports"]) for row in made.view("events").to_pylist()] == [2]
        correct(made, "e-a-1", "recode", "actors/1=state:FIN")
        correct(made, "e-a-1", "recode", "actors/2=DNK; recipients/+=EST")
        assert bound(made) == [
            ("a-1", "recode", "actors/1=state:FIN"),
            ("b-1", "recode", "actors/2=state:FIN"),
            ("a-1", "recode", "recipients/+=EST"),
            ("b-1", "recode", "actors/1=DNK; recipients/+=EST"),
        ]


WRONG = {
    "nothing": (None, "value: recode needs who is who: actors/1=RUS, .*"),
    "no party": ("RUS", "value: 'RUS' says of no party who it is; valid: actors/1=RUS, .*"),
    "another side": ("targets/1=RUS", "'targets/1=RUS' says of no party who it is"),
    "a party that isn't there": ("actors/3=RUS", "actors/3=RUS: it has 2 actors; valid: 1 to 2, or [+] for one more"),
    "number nought": ("recipients/0=RUS", "it has 1 recipient; valid: 1 to 1"),
    "a code that is near to one": ("actors/1=DEUU", "'DEUU' is no code and no registry id; .*did you mean DEU"),
    "a name for a code": ("actors/1=Turkey", "'Turkey' is no code and no registry id; .*did you mean TUR"),
    "an id that is near to one": ("actors/+=igo:NATOO", "did you mean igo:NATO"),
    "nobody more": ("actors/+=", "'actors/[+]=' adds nobody; name a code or a registry id"),
    "one party twice": ("actors/1=RUS; actors/1=", "it names actors/1 twice; say one thing of each party"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_can_t_be_said_of_a_party_is_refused_in_one_line(ledger: Ledger, case: str) -> None:
    value, line = WRONG[case]
    with pytest.raises(AskError, match=line) as refusal:
        correct(ledger, "a-1", "recode", value)
    assert "\n" not in str(refusal.value)
    assert ledger.judgements().num_rows == 0


def test_the_parties_of_a_measure_are_not_recoded(tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.duckdb", clock=Clock()) as made:
        made.record([with_mentions(story("a"))])
        (row,) = made.view("measures").to_pylist()
        with pytest.raises(AskError, match="the parties of events alone are recoded"):
            correct(made, row["id"], "recode", "actors/1=RUS")
