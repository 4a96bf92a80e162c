"""Claims, and what rejects or confirms them."""

from __future__ import annotations

from typing import Any

from .standing_ledger import Book, claim, page

RAID = ("r1", "ASSAULT", ("NER", "state:NER"))
FLOOD = "Niger's soldiers had opened the sluices of the upper dam"


def told(day: str, *, answered: bool = True, id: str | None = None) -> Any:
    says = claim("TCD", FLOOD, "accuse", about=("r1",))
    denies = claim("NER", "the charge is invented", "deny", answers=0, answer="rejects")
    return page(day, says, *([denies] if answered else []), id=id, reports=[RAID])


def test_a_claim_and_its_denial_are_linked_both_ways() -> None:
    says, denies = Book(told("2021-08-01")).view("claims")
    assert says["answered_by"] == [denies["id"]] and denies["answers"] == says["id"]
    assert (denies["answer"], denies["force"], says["answer"]) == ("rejects", "deny", None)
    assert says["about"] == ["e-r1"]


def test_the_same_claim_in_two_reports_is_one() -> None:
    rows = Book(told("2021-08-01"), told("2021-08-02", answered=False)).view("claims")
    assert [len(row["reports"]) for row in rows] == [2, 1]


def test_a_later_denial_answers_the_claim_as_first_told() -> None:
    rows = Book(told("2021-08-01", answered=False), told("2021-08-03")).view("claims")
    says, denies = rows
    assert len(says["reports"]) == 2 and denies["answers"] == says["id"]


def test_a_denial_that_was_not_yet_published_is_not_there() -> None:
    (says,) = Book(told("2021-08-01", answered=False), told("2021-08-03")).view("claims", known_by="2021-08-02")
    assert says["answered_by"] == [] and len(says["reports"]) == 1


def test_other_words_of_the_same_claimant_on_another_matter_are_another_claim() -> None:
    grain = page("2021-08-02", claim("TCD", "the grain was held back at the border for ransom", "accuse"))
    assert len(Book(told("2021-08-01", answered=False), grain).view("claims")) == 2


def test_claims_are_asked_for_by_claimant_and_by_whom_they_answer() -> None:
    book = Book(told("2021-08-01"))
    assert [row["source"] for row in book.view("claims", actors=("NER",))] == ["NER"]
    assert [row["source"] for row in book.view("claims", partners=("TCD",))] == ["NER"]
