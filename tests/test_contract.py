"""What programs outside rely on: names, order and kinds of every field of a line of ``--format jsonl``.

The lists below are written out, not taken from the code: a change here is a change of the contract.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

import rapporteur
from rapporteur import model
from rapporteur.knowledge.ontology import Ontology
from rapporteur.model import Article, Magnitude, Place, Size

ARTICLE = """id page headline body date outlet agency dateline_place duplicate_of sentences events attributions
measures talks claims""".split()
EVENT = """id sentence type mode contexts trigger actors recipients status date place magnitude attributed_to cameo quad
goldstein scale confidence rules""".split()
PARTY = "text start end code country members sector entity name".split()
ATTRIBUTION = "source cue content kind force party quoted parent".split()
TYPES = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
COERCE ASSAULT""".split()


@pytest.fixture(scope="module")
def line(harbour: Article) -> dict[str, Any]:
    """The richest article as it leaves the house."""
    full = replace(
        harbour.events[0],
        place=Place("Oslo", "NOR", 59.91, 10.75),
        magnitude=Magnitude(killed=Size(2, 2, "two"), size=Size(None, 500, "up to 500")),
    )
    attributions = (replace(harbour.attributions[0], party=full.actors[0]), *harbour.attributions[1:])
    read: dict[str, Any] = json.loads(json.dumps(replace(harbour, events=(full,), attributions=attributions).to_dict()))
    return read


def test_an_article_s_fields_in_order(line: dict[str, Any]) -> None:
    assert list(line) == ARTICLE


def test_an_event_s_fields_in_order(line: dict[str, Any]) -> None:
    event = line["events"][0]
    assert list(event) == EVENT
    assert list(event["trigger"]) == ["text", "start", "end"]
    assert list(event["date"]) == ["value", "basis"]
    assert event["place"] == {"name": "Oslo", "country": "NOR", "lat": 59.91, "lon": 10.75}
    assert list(event["magnitude"]) == ["killed", "injured", "arrested", "size"]
    assert event["magnitude"]["size"] == {"min": None, "max": 500, "text": "up to 500"}
    assert event["attributed_to"] == [0, 1]


def test_a_party_s_fields_in_order(line: dict[str, Any]) -> None:
    event = line["events"][0]
    for party in (event["actors"][0], event["recipients"][0], line["attributions"][0]["party"]):
        assert list(party) == PARTY


def test_an_attribution_s_fields_in_order_and_its_spans_are_pairs(line: dict[str, Any]) -> None:
    for attribution in line["attributions"]:
        assert list(attribution) == ATTRIBUTION
        for spans in (attribution["source"], attribution["cue"], attribution["content"]):
            assert all(isinstance(s, int) and isinstance(e, int) and s < e for s, e in spans)
    assert line["attributions"][1]["parent"] == 0


def test_spans_point_at_the_words_they_name(line: dict[str, Any]) -> None:
    body = line["body"]
    event = line["events"][0]
    for named in (event["trigger"], *event["actors"], *event["recipients"]):
        assert body[named["start"] : named["end"]] == named["text"]
    assert [body[s:e][-1] for s, e in line["sentences"]] == [".", ".", ".", "."]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (model.Status, "actual negated future hypothetical"),
        (model.DateBasis, "given metadata url dateline inferred unknown"),
        (model.SourceKind, "named anonymous organisation outlet document none"),
        (model.Quoted, "direct indirect mixed"),
    ],
)
def test_closed_lists_of_values(kind: Any, values: str) -> None:
    assert list(typing.get_args(kind)) == values.split()


def test_the_event_types() -> None:
    assert list(Ontology.load().types) == TYPES


def test_nothing_known_is_null_or_empty_and_never_left_out(build: Callable[..., Article]) -> None:
    bare = build("Rain fell.").to_dict()
    assert list(bare) == ARTICLE
    assert bare["date"] == {"value": None, "basis": "unknown"}
    assert [bare[k] for k in ("outlet", "agency", "dateline_place", "duplicate_of")] == [None] * 4
    assert [bare[k] for k in ("events", "attributions", "measures", "talks", "claims")] == [[]] * 5


ANSWER = """id outcome blocked_by effective deadline until effective_utc effective_end would_be_effective
deadline_before_extension default default_date clock_start days reason tally needed majority_of yes_share_of_voting
veto_applies effect not_obliged suspended_by last_ratifier scope_open can_stop also readings because problems""".split()


def test_an_answer_about_an_institution_has_every_key_and_null_where_it_has_no_use() -> None:
    notice = {"date": "2031-02-10", "type": "notify", "by": ["NOR"], "object": "NPT Art. X(1)", "event": "a letter"}
    case = {
        "id": "norway",
        "institution": "NPT",
        "question": "Is Norway bound?",
        "ask": {"kind": "status", "object": "NPT", "party": "NOR"},
        "facts": [notice],
        "as_of": "2031-03-01",
    }
    answer = json.loads(json.dumps(rapporteur.ask(case)))
    assert set(answer) >= set(ANSWER)
    assert (answer["id"], answer["outcome"], answer["effective_end"]) == ("norway", "in_force", "2031-05-10")
    assert (answer["tally"], answer["readings"]) == (None, [])
    assert all(set(step) >= {"rule", "citation", "text", "facts"} for step in answer["because"])
    with pytest.raises(rapporteur.CaseError, match="no institution"):
        rapporteur.ask({**case, "institution": "Hansa"})


def test_the_names_of_the_package() -> None:
    names = "Article CaseError InputError KnowledgeError Ledger LedgerError Reader ask read".split()
    assert set(names) <= set(rapporteur.__all__)


def test_what_is_read_can_not_be_changed(harbour: Article) -> None:
    with pytest.raises(FrozenInstanceError):
        harbour.body = ""  # type: ignore[misc]
