"""Whose date it is: of the verb that it stands with, of what shares that verb's time, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.events.clause import Clauses
from rapporteur.events.when import Calendar
from rapporteur.language import Parser
from rapporteur.model import Status

Make = Callable[[str], Clauses]
ARTICLE = "2024-05-15"  # a Wednesday


def date_of(clauses: Clauses, body: str, word: str, status: Status = "actual", *more: str) -> str | None:
    """The date of the act whose head is ``word`` and whose trigger has ``more`` words."""
    index = {t.text: t.i for t in clauses.tokens}
    words = tuple(index[w] for w in (word, *more))
    found = Calendar(body, clauses, ARTICLE).date_of(index[word], words, status)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        # The verb's own
        ("Troops shelled the port on Monday.", {"shelled": "2024-05-13"}),
        ("On Monday, troops shelled the port.", {"shelled": "2024-05-13"}),
        ("The envoy on Monday praised the accord.", {"praised": "2024-05-13"}),
        ("Gunmen killed a mayor in Kano last November.", {"killed": "2023-11"}),
        # The saying's date is not that of what is said
        ("The army said on Monday that troops shelled the port.", {"shelled": None, "said": "2024-05-13"}),
        ("The army said Monday troops shelled the port.", {"shelled": None, "said": "2024-05-13"}),
        ("The army said on Monday that troops shelled the port on Friday.", {"shelled": "2024-05-10"}),
        ("Troops shelled the port, the army said on Monday.", {"shelled": None}),
        ("Troops shelled the port at 8 p.m. Thursday, the army said.", {"shelled": "2024-05-09", "said": None}),
        # Relative and subordinate clauses keep theirs
        ("Latvia, which joined the union in 2004, praised the accord.", {"praised": None, "joined": "2004"}),
        ("Troops shelled the port after rebels had fled on Friday.", {"shelled": None, "fled": "2024-05-10"}),
        # Nouns keep theirs
        ("Ghana condemned Monday's raid.", {"condemned": None, "raid": "2024-05-13"}),
        ("Ghana condemned the attacks of 7 October.", {"condemned": None, "attacks": "2023-10-07"}),
        ("Ghana banned the party under a 2012 law.", {"banned": None}),
        # Shared time
        ("On Monday troops seized the port and arrested its mayor.", {"arrested": "2024-05-13"}),
        ("Troops seized the port on Monday and arrested its mayor.", {"seized": "2024-05-13", "arrested": None}),
        ("They met on Monday, pledging to reopen the border.", {"pledging": "2024-05-13"}),
        ("Troops managed to seize the port on Monday.", {"seize": "2024-05-13"}),
        ("The raid took place on Monday.", {"raid": "2024-05-13"}),
        ("The raid drew criticism on Monday.", {"raid": None}),
        ("Ghana accused Togo of smuggling on Monday.", {"accused": "2024-05-13"}),
        ("Ghana accused Togo of smuggling gold in 2019.", {"accused": None}),
        ("Rebels seized him in 2014 when they stormed the town.", {"stormed": "2014"}),
        ("When rebels stormed the town in 2014, they seized him.", {"seized": "2014"}),
        # Two times: the more precise, then the one stated in full
        ("The council on Monday (6 May) praised the accord.", {"praised": "2024-05-06"}),
        ("On 6 May 2022 troops shelled the port, as in March.", {"shelled": "2022-05-06"}),
        ("The envoy praised the accord at Monday's meeting.", {"praised": "2024-05-13"}),
        ("Troops seized or burned two boats on Monday.", {"seized": "2024-05-13"}),
        # Ends and beginnings
        ("Rebels have been threatening to shell the port since June.", {"shell": "2023-06", "threatening": None}),
        ("Ghana has blocked the vote since March.", {"blocked": "2024-03"}),
        ("Ghana suspended the talks until June.", {"suspended": None}),
        # Still to come
        ("The ministers will meet on Friday.", {"meet": "2024-05-17"}),
        ("The ministers are due to meet on Friday.", {"meet": "2024-05-17"}),
        ("The ministers are meeting on Friday.", {"meeting": "2024-05-17"}),
        ("The ministers met on Friday.", {"met": "2024-05-10"}),
        ("Rebels may have shelled the port on Friday.", {"shelled": "2024-05-10"}),
        # None told
        ("Troops shelled the port.", {"shelled": None}),
        ("Troops shelled the port for three weeks.", {"shelled": None}),
    ],
)
def test_whose_date_it_is(clauses: Make, text: str, dates: dict[str, str | None]) -> None:
    read = clauses(text)
    assert {word: date_of(read, text, word) for word in dates} == dates


def test_what_is_asked_for_gives_its_date_to_itself_only(clauses: Make) -> None:
    text = "Ghana urged Togo to leave the council in June."
    assert date_of(clauses(text), text, "urged", "actual", "leave") is None
    text = "The ministers are due to meet in June."
    assert date_of(clauses(text), text, "due", "actual", "meet") == "2024-06"


def test_a_time_may_be_reckoned_from_the_sentence_before(parser: Parser) -> None:
    before, text = "Ghana closed its border on 2 May.", "Two days later, Togo recalled its envoy."
    body = f"{before} {text}"
    read = Clauses(parser.parse([(1, len(before) + 1, text)])[0], {})
    assert date_of(read, body, "recalled") == "2024-05-04"


def test_basis_tells_what_was_reckoned(clauses: Make) -> None:
    bases = {}
    for words in ("on 7 May 2024", "in 2023", "on Monday", "on 7 May"):
        text = f"Troops shelled the port {words}."
        found = Calendar(text, clauses(text), ARTICLE).date_of(1, (1,), "actual")
        bases[words] = found and found.basis
    assert bases == {"on 7 May 2024": "stated", "in 2023": "stated", "on Monday": "inferred", "on 7 May": "inferred"}


def test_an_article_dated_by_the_month_tells_no_weekdays(clauses: Make) -> None:
    text = "Troops shelled the port on Monday."
    assert Calendar(text, clauses(text), "2024-05").date_of(1, (1,), "actual") is None


def test_mentions_are_all_times_with_their_spans(clauses: Make) -> None:
    text = "The ban, in force since 4 March 2019, was on Monday prolonged until next June."
    mentions = Calendar(text, clauses(text), ARTICLE).mentions()
    assert [(text[m.start : m.end], m.value, m.basis, m.lead) for m in mentions] == [
        ("4 March 2019", "2019-03-04", "stated", "since"),
        ("Monday", "2024-05-13", "inferred", "at"),
        ("next June", "2024-06", "inferred", "until"),
    ]


WORDS = (
    "on Monday March May 3 2019 ( ) the a army of in troops who said that shelled shelling to meet will was raid , . "
    "when and last year two days later next 's by since until"
).split()


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
def test_no_sentence_however_mangled_is_too_much(clauses: Make, words: list[str]) -> None:
    text = " ".join(words)
    read = clauses(text)
    dates = [Calendar(text, read, ARTICLE).date_of(t.i, (t.i,), "actual") for t in read.tokens]
    assert dates == [Calendar(text, read, ARTICLE).date_of(t.i, (t.i,), "actual") for t in read.tokens]
    spans = [(m.start, m.end) for m in Calendar(text, read, ARTICLE).mentions()]
    assert spans == sorted(spans)
    assert not any(dates) or spans
