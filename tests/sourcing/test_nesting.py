"""Who is credited inside whose credit, and on whose word an event is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rapporteur.model import Attribution, Party
from rapporteur.sourcing import sources_of, speakers

from .conftest import Read

NESTED = [
    # innermost word, sources outermost first
    (
        "Norland left and said the union should wait, people familiar with the matter said, Reuters reported.",
        "should wait",
        ["Reuters", "people familiar with the matter", "Norland"],
    ),
    (
        "Norland vetoed the plan, people familiar with the matter said, Reuters reported.",
        "vetoed",
        ["Reuters", "people familiar with the matter"],
    ),
    ("The truce failed, Reuters reported, citing two officials.", "failed", ["Reuters", "two officials"]),
    ("Reuters reported, citing two officials, that the truce failed.", "failed", ["Reuters", "two officials"]),
    ("“I heard that Sudria attacked the base,” Ruiz said.", "attacked", ["Ruiz", "I"]),
    # the cue is not inside its own content
    ("Norland accused Sudria of bombing the camp.", "accused", []),
    ("Norland accused Sudria of bombing the camp.", "bombing", ["Norland"]),
    # nobody is named
    ("Sudria is reported to have attacked the base.", "attacked", []),
    # who doesn't say so doesn't vouch for it
    ("Ruiz declined to say whether Sudria attacked the base.", "attacked", []),
    ("Ruiz did not say that Sudria attacked the base.", "attacked", []),
    # who judges an act does not report it; in own words they do
    ("Ruiz condemned the bombing of the camp.", "bombing", []),
    ("“Sudria bombed the camp without a warning,” Ruiz criticised.", "bombed", ["Ruiz"]),
    # who wants, promises or refuses something reports nothing that is mentioned on the way
    ("Ruiz urged the council, which met on Monday, to wait.", "met", []),
    ("Ruiz vowed to chase those who bombed the camp.", "bombed", []),
    ("Norland's answer has been to close the border, a step that Sudria opposed.", "opposed", []),
    # a relative clause says nothing of the clause that it hangs from
    ("Norland signed the truce to end a war that has claimed nine lives.", "signed", []),
    # a plain sentence is on nobody's word
    ("Sudria attacked the base. Ruiz said the truce was over.", "attacked", []),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), NESTED, ids=[f"{t}: {w}" for t, w, _ in NESTED])
def test_on_whose_word(read: Callable[..., Read], text: str, trigger: str, expected: list[str]) -> None:
    found = read(text)
    indices = sources_of(found.attributions, *found.at(trigger))
    assert [found.words(found.attributions[n].source) for n in indices] == expected


def test_whose_saying_so_is_the_act_does_not_report_it() -> None:
    ruiz, union = Party("Ruiz", 0, 4, code="ESP", entity="person:ruiz"), Party("they", 20, 24, code="FRA")
    said = Attribution(((0, 4),), ((5, 9),), ((10, 40),), party=ruiz)
    me, they = Party("I", 11, 12, code="ESP"), Party("he", 11, 13, entity="person:ruiz")
    assert sources_of((said,), 20, 30) == (0,)
    assert sources_of((said,), 20, 30, (they,)) == ()
    assert sources_of((said,), 20, 30, (union,)) == (0,)
    quoted = replace(said, quoted="direct")  # in direct speech only "I" and "we" are the speaker
    assert sources_of((quoted,), 20, 30, (me,)) == ()
    assert sources_of((quoted,), 20, 30, (they,)) == (0,)


def test_sources_follow_parents_beyond_what_covers_the_span() -> None:
    outer = Attribution(((0, 2),), ((3, 5),), ((10, 20),))
    inner = Attribution(((10, 12),), ((13, 15),), ((30, 40),), parent=0)
    assert sources_of((outer, inner), 32, 35) == (0, 1)


def test_sources_survive_a_circle_of_parents() -> None:
    one = Attribution(((0, 1),), ((1, 2),), ((3, 9),), parent=1)
    two = Attribution(((0, 1),), ((1, 2),), ((3, 9),), parent=0)
    assert set(sources_of((one, two), 4, 5)) == {0, 1}


def test_speakers_are_who_is_quoted_outermost(read: Callable[..., Read]) -> None:
    found = read("“We think that we can win,” Ruiz said. We saw it.", {"Ruiz": "person:ana-ruiz"})
    speaker = speakers(found.attributions)
    inside = speaker(found.at("we can")[0])
    assert inside is not None and inside[0].entity == "person:ana-ruiz"
    assert speaker(found.at("We saw")[0]) is None
