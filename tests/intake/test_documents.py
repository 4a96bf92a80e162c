"""Documents: one JSON object, one article, taken as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import LineError
from rapporteur.intake import DOCUMENT_BYTES, article_id, read_document
from rapporteur.model import PublicationDate

TEXT = "GENEVA, Jan 13, 2025 (Reuters) - Iran met the E3.\n\n\n  Talks go on. \n"


def test_the_body_is_exactly_the_text_and_the_dateline_stays() -> None:
    article = read_document({"id": "a", "text": TEXT, "title": "Talks", "source": "Wire"})
    assert (article.id, article.headline, article.body, article.outlet) == ("a", "Talks", TEXT, "Wire")
    assert (article.dateline_place, article.agency) == ("Geneva", "Reuters")
    assert article.sentences == article.events == article.attributions == ()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_is_kept_to_the_character(text: str) -> None:
    if text.strip():
        assert read_document({"text": text}).body == text


@pytest.mark.parametrize(
    ("record", "given", "date"),
    [
        ({"text": TEXT, "date": "2025-01-14"}, "2020-01-01", PublicationDate("2025-01-14", "given")),
        ({"text": TEXT, "date": "2025-01-14T08:00:00Z"}, None, PublicationDate("2025-01-14", "given")),
        ({"text": TEXT, "date": "2025-01"}, None, PublicationDate("2025-01", "given")),
        ({"text": TEXT, "url": "https://e.org/2025/01/15/x"}, "2020-01-01", PublicationDate("2025-01-15", "url")),
        ({"text": TEXT, "date": None, "url": None}, "2020-01-01", PublicationDate("2025-01-13", "dateline")),
        ({"text": "Iran met the E3.", "date": ""}, "2020-01-01", PublicationDate("2020-01-01", "given")),
        ({"text": "Iran met the E3."}, None, PublicationDate(None, "unknown")),
    ],
)
def test_the_date_is_the_documents_own_then_the_addresss_then_the_datelines_then_the_given_one(
    record: dict[str, object], given: str | None, date: PublicationDate
) -> None:
    assert read_document(record, date=given).date == date


def test_ids() -> None:
    assert read_document({"id": 7, "text": "x y"}).id == "7"
    made = read_document({"id": None, "text": "x y", "title": "T"}).id
    assert made == article_id("T", "x y") == read_document({"text": "x y", "title": "T"}).id
    assert made != article_id(None, "x y") != article_id(None, "x z")
    assert len(made) == 16 and int(made, 16) >= 0


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({}, 'no "text"; a document is one object a line'),
        ({"text": None}, 'no "text"'),
        ({"text": 5}, '"text" is a number; it must be a string'),
        ({"text": ["a"]}, '"text" is a list; it must be a string'),
        ({"text": " \n"}, '"text" is empty'),
        ({"text": "a", "date": "yesterday"}, '"date" is "yesterday"; it must be YYYY-MM-DD, YYYY-MM, YYYY or null'),
        ({"text": "a", "date": "2024-02-30"}, "it must be YYYY-MM-DD"),
        ({"text": "a", "date": 20240801}, '"date" is a number; it must be a string or null'),
        ({"text": "a", "title": {"en": "b"}}, '"title" is an object; it must be a string or null'),
        ({"text": "a", "id": True}, '"id" is true or false; it must be a string or null'),
        ({"text": "a\ud800b"}, '"text" holds half a character (\\ud800)'),
        ({"text": "a", "title": "\udc00"}, '"title" holds half a character (\\udc00)'),
        ({"text": "a\0b"}, '"text" holds a NUL character (\\u0000)'),
        ({"text": "a" * (DOCUMENT_BYTES + 1)}, '"text" is longer than 5 million characters'),
        ([1], "a list, not an object"),
    ],
)
def test_a_bad_document_says_what_is_wrong_and_what_would_be_valid(record: dict[str, object], says: str) -> None:
    with pytest.raises(LineError) as raised:
        read_document(record, where="news.jsonl:7")
    message = str(raised.value)
    assert message.startswith("news.jsonl:7: ") and says in message and "\n" not in message
    message.encode()
