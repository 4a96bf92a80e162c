"""What is claimed by whom, and which claim rejects or confirms which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rapporteur import Reader
from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.claims import FILE, claim_words
from rapporteur.model import Article, ClaimMention

Read = Callable[[str], Article]


@pytest.fixture(scope="module")
def read() -> Read:
    reader = Reader()
    return lambda text: reader.read_document({"id": "a", "text": text, "date": "2021-04-16"})


def answers(article: Article) -> list[tuple[str, str | None, str]]:
    """(who answers, how, whose claim) for each claim that answers another."""
    found = [c for c in article.claims if c.answers is not None]
    return [(c.source, c.answer, article.claims[c.answers].source) for c in found if c.answers is not None]


def of(article: Article, source: str) -> ClaimMention:
    return next(c for c in article.claims if c.source == source)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya accused Somalia of shelling a village. Somalia denied the accusation.",
            ("Somalia", "rejects", "Kenya"),
        ),
        ("Chad said Sudan had bombed a convoy. Sudan rejects this.", ("Sudan", "rejects", "Chad")),
        (
            "Greece said Turkish jets had bombed an islet. Turkey denied any involvement.",
            ("Turkey", "rejects", "Greece"),
        ),
        (
            "Peru said Chile had arrested two fishermen. Chile confirmed the report.",
            ("Chile", "confirms", "Peru"),
        ),
        (
            "Benin accused Togo of arming smugglers. Togo said the claim was baseless.",
            ("Togo", "rejects", "Benin"),
        ),
        (
            "Oslo dismissed Moscow's accusation that Norway had bombed the pipeline.",
            ("Oslo", "rejects", "Moscow"),
        ),
    ],
)
def test_an_answer_takes_up_the_claim(read: Read, text: str, expected: tuple[str, str, str]) -> None:
    assert answers(read(text)) == [expected]


def test_a_source_that_goes_on_is_answered_where_it_began(read: Read) -> None:
    article = read(
        "A UN panel found that Eritrea had bombed two towns. It said Eritrea had also killed prisoners. "
        "Eritrea rejects this."
    )
    assert answers(article) == [("Eritrea", "rejects", "A UN panel")]


def test_who_is_not_spoken_of_does_not_answer_from_afar(read: Read) -> None:
    article = read(
        "Kenya accused Somalia of shelling a village. Rain fell in Nairobi. The markets were closed. "
        "Peru denied the charge."
    )
    assert answers(article) == []


def test_what_an_answer_rejects_need_not_be_a_claim(read: Read) -> None:
    assert answers(read("Chad proposed a truce to Sudan. Sudan rejected the offer.")) == []


def test_a_claim_points_at_the_events_it_is_about(read: Read) -> None:
    article = read("Chad said Sudan had bombed a convoy.")
    claim = of(article, "Chad")
    assert claim.force == "assert"
    assert claim.claimant is not None and claim.claimant.code == "TCD"
    assert [e.type for e in article.events if e.id in claim.about] == ["ASSAULT"]
    assert claim.content in article.body
    assert claim.attribution is not None and article.attributions[claim.attribution].party == claim.claimant


@pytest.mark.parametrize(
    "text",
    [
        "Chad said the harvest had been good.",  # about no event
        "Chad urged Sudan to free the pilots.",  # a demand can't be true
    ],
)
def test_not_each_word_is_a_claim(read: Read, text: str) -> None:
    assert read(text).claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "A Swiss envoy called the meeting productive.",
        "Peru recalled its ambassador to Bolivia for consultations.",
        "\"We discussed many concerns and reiterated our support,\" Peru's president said after meeting Chile's.",
    ],
)
def test_what_tells_of_no_deed_is_no_claim(read: Read, text: str) -> None:
    assert read(text).claims == ()


def test_its_in_a_credit_is_the_subject_of_what_is_told(read: Read) -> None:
    (claim,) = read("Peru has expelled the ambassador of Bolivia, its interior ministry said on Monday.").claims
    assert claim.claimant is not None
    assert (claim.source, claim.claimant.code) == ("its interior ministry", "PER")


def test_an_outlet_that_reports_what_others_say_claims_nothing(read: Read) -> None:
    article = read("Sudan has bombed a convoy, Chad said, Reuters reported.")
    assert [c.source for c in article.claims] == ["Chad"]


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    path = tmp_path / "claims.yaml"
    path.write_text(text.replace("confirming: [confirm]", "confirming: [nod]"), encoding="utf-8")
    line = text[: text.index("confirming:")].count("\n") + 1
    with pytest.raises(KnowledgeError, match=rf"claims\.yaml:{line}.*no such force: `nod`"):
        claim_words(path)
