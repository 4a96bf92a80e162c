"""The table for people: golden pictures of hand-built articles."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from rapporteur.exports import table
from rapporteur.exports.console import MAX_WIDTH, console_on
from rapporteur.model import Article, Magnitude, Place, PublicationDate, Size, Trigger


def picture(article: Article, width: int) -> str:
    stream = io.StringIO()
    table.show(article, console_on(stream, width))
    return stream.getvalue()


AT_80 = """\
Norland shuts its ports
2025-04-01 · The Herald (Wire) · OSLO · herald.txt

2025-03     Norland (NOR) → Sudria (SWE)    SANCTION·discontinue    actual
            Norland *has closed its ports* to Sudria's ships since March,…
            according to Wire ‹ three people familiar with the decision

            Sudria (SWE)                    THREATEN·violence       negated
            Sudria denied that it had *threatened to mine* the strait.
            according to Sudria (deny)

2025-05-02  Norland (NOR) ↔ Sudria (SWE)    CONSULT                 future
            The ministers of Norland and Sudria *will meet* in Oslo.

            (unnamed) → Two tankers         COERCE·seize            hypothetical
            Two tankers could be *seized*.

"""


def test_an_article_piped_at_80_columns(harbour: Article) -> None:
    assert picture(harbour, 80) == AT_80


@pytest.mark.parametrize("width", [60, 80, 100, 160, 300])
def test_no_line_is_longer_than_the_page_and_none_ends_in_spaces(harbour: Article, width: int) -> None:
    for line in picture(harbour, width).splitlines():
        assert len(line) <= min(width, MAX_WIDTH)
        assert line == line.rstrip()


def test_a_wide_page_shows_more_of_the_sentence(harbour: Article) -> None:
    assert "three people familiar with the decision told Wire." in picture(harbour, 160)


def test_long_names_go_on_below(harbour: Article) -> None:
    event = harbour.events[0]
    actors = tuple(replace(event.actors[0], name=n) for n in ("The Council of Northern Ports", "The Union of Pilots"))
    lines = picture(replace(harbour, events=(replace(event, actors=actors),)), 80).splitlines()
    assert lines[3] == "2025-03     The Council of Northern Ports   SANCTION·discontinue    actual"
    assert lines[4] == "            (NOR), The Union of Pilots"
    assert lines[5] == "            (NOR) → Sudria (SWE)"


@pytest.mark.parametrize(
    ("type", "who"),
    [
        ("CONSULT", "Norland (NOR) ↔ Sudria (SWE)"),
        ("AGREE", "Norland (NOR) ↔ Sudria (SWE)"),
        ("ASSAULT", "Norland (NOR) ↔ Sudria (SWE)"),
        ("ACCUSE", "Norland (NOR), Sudria (SWE)"),  # both condemn; neither condemns the other
    ],
)
def test_what_several_do_is_between_them_only_where_the_act_is_mutual(harbour: Article, type: str, who: str) -> None:
    meeting = replace(harbour.events[2], type=type)
    assert who in picture(replace(harbour, events=(meeting,)), 100)


def test_where_it_was_and_how_many_stand_below_the_sentence(harbour: Article) -> None:
    told = replace(
        harbour.events[3],
        place=Place("Bergen", "NOR", 60.39, 5.32),
        magnitude=Magnitude(killed=Size(5, None, "at least five"), size=Size(2, 2, "two")),
    )
    lines = picture(replace(harbour, events=(told,)), 100).splitlines()
    assert lines[5] == "            Bergen (NOR) · killed: at least five · size: two"


def test_a_sea_is_of_no_country(harbour: Article) -> None:
    told = replace(harbour.events[3], place=Place("North Sea", None, 56.0, 3.0))
    assert picture(replace(harbour, events=(told,)), 100).splitlines()[5].strip() == "North Sea"


def test_an_article_without_events_says_so(build: Callable[..., Article]) -> None:
    assert (
        picture(build("Rain fell all day."), 80)
        == "(no headline) Rain fell all day.\nno date · a1\nNo events found.\n\n"
    )


def test_a_repeated_article_says_of_which(build: Callable[..., Article]) -> None:
    assert "same text as a0" in picture(build("Rain fell.", duplicate_of="a0"), 80)


def test_an_inferred_date_is_marked(build: Callable[..., Article]) -> None:
    dated = replace(build("Rain fell."), date=PublicationDate("2025-01", "inferred"))
    assert "2025-01 (inferred)" in picture(dated, 80)


def test_a_terminal_gets_bold_words_and_no_asterisks(harbour: Article) -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100, color_system="standard")
    table.show(harbour, console)
    assert "\x1b[1;4mthreatened to mine\x1b[0m" in stream.getvalue()
    assert "*" not in stream.getvalue()


def test_text_can_not_steer_the_terminal(build: Callable[..., Article]) -> None:
    hostile = "A \x1b[2Jcleared\x07 screen\u202e and\r\nmore [bold]marks[/bold] :smile:"
    shown = picture(build("Text.", headline=hostile, page="bad\x1b]0;title\x07.txt"), 120)
    assert shown.startswith("A [2Jcleared screen and more [bold]marks[/bold] :smile:\n")
    assert not set(shown) & set("\x1b\x07\r\u202e")


@pytest.mark.parametrize(
    ("sentence", "trigger", "shown"),
    [
        ("They met.", "met", "They *met*."),
        ("(Met) late.", "Met", "(*Met*) late."),
        ("Envoys\n  met   in Rome.", "met", "Envoys *met* in Rome."),
        ("word " * 40 + "met " + "tail " * 40 + "end.", "met", "…word word word word *met* tail tail tail tail…"),
        ("met " + "tail " * 40 + "end.", "met", "*met* tail tail tail tail tail tail tail tail tail…"),
        (
            "word " * 9 + "met " * 9 + "end.",
            ("met " * 9).strip(),
            "…word word word word *met met met met met met m…* end.",
        ),
        ("word " * 40 + "met.", "met", "…word word word word word word word word word *met*."),
    ],
)
def test_the_sentence_is_cut_around_its_trigger(
    build: Callable[..., Article], harbour: Article, sentence: str, trigger: str, shown: str
) -> None:
    start = sentence.index(trigger)
    event = replace(harbour.events[2], sentence=0, actors=(), trigger=Trigger(trigger, start, start + len(trigger)))
    line = picture(build(sentence, events=[event], headline="Envoys"), 68).splitlines()[4]
    assert line.strip() == shown
