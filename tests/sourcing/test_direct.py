"""Quotations and who is credited with them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from rapporteur.sourcing import quotation_credited
from rapporteur.sourcing.quotes import find_quotes

from .conftest import Read

MARKS = [
    ("“We met,” he said. “They left.”", ["“We met,”", "“They left.”"]),
    ('"We met," he said. "They left."', ['"We met,"', '"They left."']),
    ("''We met,'' he said.", ["''We met,''"]),
    ("‘We met,’ he said.", ["‘We met,’"]),
    ("'We met,' he said.", ["'We met,'"]),
    ("«We met», he said.", ["«We met»"]),
    ("„We met“, he said.", ["„We met“"]),
    # apostrophes, possessives, years, feet and inches are no marks
    ("The ministers' plan isn't the army’s, as in the '90s and ’80s.", []),
    ("He is 6'2\" tall.", []),
    ("'The states' army left,' he said.", ["'The states' army left,'"]),
    # a quotation inside a quotation is the outer one's
    ("“He said ‘no’ to us,” she said.", ["“He said ‘no’ to us,”"]),
    # over paragraphs: an opening mark on each, a closing one at the end
    ("“One.\n“Two.\n“Three,” he said.", ["“One. + “Two. + “Three,”"]),
    # nobody closes it: it ends with its paragraph
    ("“One two three.\nHe left.", ["“One two three."]),
    ('The word "raid" and a stray " mark.', ['"raid"']),
]


@pytest.mark.parametrize(("body", "expected"), MARKS, ids=[body for body, _ in MARKS])
def test_quotation_marks(body: str, expected: list[str]) -> None:
    assert [" + ".join(body[s:e] for s, e in quote.spans) for quote in find_quotes(body)] == expected


HOSTILE = ["'a ", "' ", "as' 'b ", '"a ', "“a ", "“", "‘s’ a ", "“a\n", "'' ", "«„"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_finding_quotations_takes_time_in_step_with_the_text(piece: str) -> None:
    began = time.process_time()
    find_quotes("'" + piece * (100_000 // len(piece)))
    assert time.process_time() - began < 2


ROWS = [
    ("“The talks failed,” Ruiz told reporters on Monday.", ["Ruiz | told | “The talks failed,”"]),
    (
        "“The talks failed,” the foreign minister, Ana Ruiz, told reporters.",
        ["the foreign minister, Ana Ruiz | told | “The talks failed,”"],
    ),
    ("On Monday, Ruiz said in a post on X, “We lost them.”", ["Ruiz | said | “We lost them.”"]),
    ('Ruiz said: "We are here. We will fight."', ['Ruiz | said | "We are here. We will fight."']),
    # broken by its credit
    (
        '"The deal," said Ruiz, "is dead, and everyone left."',
        ['Ruiz | said | "The deal," + "is dead, and everyone left."'],
    ),
    (
        "“We are here,” he said, “but nobody came.”",
        ["he | said | “We are here,” + “but nobody came.”"],
    ),
    # going on in the next sentence, and over several before the credit
    ('"We met them," he said. "They were polite." They left.', ['he | said | "We met them," + "They were polite."']),
    (
        "“Against this we met. We left again,” they said in a statement.",
        ["they | said | “Against this we met. We left again,”"],
    ),
    ("“We tried.\n“Nobody listened,” Ruiz said.", ["Ruiz | said | “We tried. + “Nobody listened,”"]),
    # a paragraph of its own, without a credit, right after
    (
        "“It is late,” he said.\n\n“Nobody waited for us.”\n\nThe hall was empty.",
        ["he | said | “It is late,” + “Nobody waited for us.”"],
    ),
    # after indirect speech
    (
        "Ruiz said the talks had failed. “We tried everything for months.”",
        ["Ruiz | said | the talks had failed", "Ruiz | said | “We tried everything for months.”"],
    ),
    # two credits, two quotations
    (
        "“It is over,” Ruiz said, adding: “We will leave.”",
        ["Ruiz | said | “It is over,”", "Ruiz | adding | “We will leave.”"],
    ),
    # no verb of speech
    ("“We are here,” she smiled.", ["she | smiled | “We are here,”"]),
    ('Ruiz was blunt: "We are here. We will fight."', ['Ruiz | was | "We are here. We will fight."']),
    ("Ana Ruiz: “We are here. They came.”", ["Ana Ruiz | : | “We are here. They came.”"]),
    # a transcript
    (
        "RUIZ: We are here.\nHOST: Will you go?\nRUIZ: No, never.",
        ["RUIZ | : | We are here.", "HOST | : | Will you go?", "RUIZ | : | No, never."],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_direct_speech(read: Callable[..., Read], text: str, expected: list[str]) -> None:
    rows = [row for row, a in zip(read(text).rows, read(text).attributions, strict=True) if a.parent is None]
    assert rows == expected


def test_quoted_words_at_arms_length_are_no_speech(read: Callable[..., Read]) -> None:
    found = read('The army left the "safe zone" after the "massacre" in the valley.')
    assert found.rows == []


QUOTED = [
    ("“The talks failed,” Ruiz said.", "direct"),
    ("Ruiz said the talks were “not negotiations”.", "mixed"),
    ("Ruiz said the talks failed.", "indirect"),
]


@pytest.mark.parametrize(("text", "quoted"), QUOTED)
def test_how_it_is_quoted(read: Callable[..., Read], text: str, quoted: str) -> None:
    assert read(text).by_cue("said").quoted == quoted


def test_a_sentence_that_was_not_parsed_is_still_part_of_its_quotation(read: Callable[..., Read]) -> None:
    text = "“We waited long. Nobody came,” Ruiz said."
    assert read(text, unparsed=(0,)).rows == ["Ruiz | said | “We waited long. Nobody came,”"]


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("“The lake is calm,” the old ferryman said.", True),
        ('The ferryman added: "The lake is calm."', True),
        ("He said that “calm” was not the word.", True),
        ("“The lake is calm.”", False),
        ("The ferryman said the lake was calm.", False),
        ("The “calm” lake lay there, and long after that an old man in a hut said so.", False),
    ],
)
def test_a_credit_beside_a_quotation_is_seen_by_words_alone(text: str, credited: bool) -> None:
    assert quotation_credited()(text) is credited
