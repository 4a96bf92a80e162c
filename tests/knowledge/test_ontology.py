"""The ontology: what its rows say, and that they fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.ontology import ONTOLOGY, QUADS, Ontology, load_ontology

ontology = Ontology.load()

QUAD_OF = {
    1: "AGREE CONSULT SUPPORT CONCEDE",
    2: "COOPERATE AID RETREAT",
    3: "REQUEST ACCUSE REJECT THREATEN",
    4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
PAIRS = [(t, m) for t in ontology.types for m in (None, *ontology.modes(t))]


def test_the_sixteen_types_and_their_quad_classes() -> None:
    assert {t: ontology.quad(t) for t in ontology.types} == {
        t: q for q, names in QUAD_OF.items() for t in names.split()
    }


@pytest.mark.parametrize(
    ("type", "mode", "score"),
    [
        ("AGREE", None, 2.5),
        ("CONSULT", "third-party", 1.0),
        ("RETREAT", "disarm", 10.0),
        ("ACCUSE", None, -3.0),  # printed +3 in the codebook, between modes of -2 and -3.5
        ("ACCUSE", "allege", -3.5),
        ("PROTEST", "vandalize", -5.0),  # a mode without a score has its type's
        ("SANCTION", "expel", -5.5),
        ("ASSAULT", "unconventional", -10.0),
    ],
)
def test_plover_scores(type: str, mode: str | None, score: float) -> None:
    assert ontology.score(type, mode) == score


@pytest.mark.parametrize(
    ("cameo", "type", "mode", "contexts", "goldstein"),
    [
        ("01", None, None, (), 0.0),
        ("016", "REJECT", None, (), -2.0),
        ("023", "REQUEST", "assist", (), 3.4),
        ("042", "CONSULT", "visit", (), 1.9),
        ("0874", "RETREAT", "withdraw", ("military",), 10.0),
        ("112", "ACCUSE", "allege", (), -2.0),
        ("1213", "REJECT", "assist", ("legal",), -4.0),  # not in GDELT's table: its parent's value
        ("138", "THREATEN", "violence", ("military",), -7.0),
        ("163", "SANCTION", "discontinue", ("economic",), -8.0),
        ("173", "COERCE", "arrest", ("legal",), -5.0),
        ("190", "ASSAULT", None, ("military",), -10.0),
        ("20", "ASSAULT", None, (), -10.0),
    ],
)
def test_cameo_codes(
    cameo: str, type: str | None, mode: str | None, contexts: tuple[str, ...], goldstein: float
) -> None:
    row = ontology.cameo_codes[cameo]
    assert (row.type, row.mode, row.contexts) == (type, mode, contexts)
    assert ontology.goldstein(cameo) == goldstein


@pytest.mark.parametrize(
    ("type", "mode", "contexts", "cameo"),
    [
        ("AGREE", None, (), "030"),
        ("AGREE", None, ("territory", "military", "economic"), "0312"),  # the first context that says more
        ("AID", None, ("humanitarian",), "073"),
        ("REQUEST", "assist", ("economic",), "1011"),
        ("THREATEN", "violence", ("cbrn",), "1385"),
        ("SANCTION", "discontinue", ("economic",), "163"),
        ("RETREAT", "resign", (), "0831"),  # CAMEO counts it among concessions
        ("ASSAULT", "drone", ("military",), "195"),
    ],
)
def test_cameo_code_where_the_frame_names_none(
    type: str, mode: str | None, contexts: tuple[str, ...], cameo: str
) -> None:
    assert ontology.cameo(type, mode, contexts) == cameo


@pytest.mark.parametrize(("type", "mode"), PAIRS)
def test_every_type_and_mode_has_a_code_a_score_on_its_side_and_passes_its_own_check(
    type: str, mode: str | None
) -> None:
    cameo = ontology.cameo(type, mode)
    assert ontology.check(type, mode, cameo) is None
    assert ontology.goldstein(cameo) in {row.goldstein for row in ontology.cameo_codes.values()}
    score = ontology.score(type, mode)
    assert -10 <= score <= 10
    if type != "REQUEST":  # to ask is scored near nought, on either side of it
        assert (score > 0) == (ontology.quad(type) in (1, 2))


def test_gdelt_s_table_is_whole() -> None:
    """311 codes, and the two that only the conversion table has."""
    assert len(ontology.cameo_codes) == 311 + 2
    assert {row.code for row in ontology.cameo_codes.values() if row.type is None} == set(
        "01 010 011 012 013 014 015 017".split()
    )


def test_a_code_s_parent_is_listed_too() -> None:
    assert not [c for c in ontology.cameo_codes if len(c) > 2 and c[:-1] not in ontology.cameo_codes]


@pytest.mark.parametrize("kind", ["types", "contexts", "sectors", "cameo_codes"])
def test_nothing_is_named_without_a_word_on_what_it_is(kind: str) -> None:
    table = getattr(ontology, kind)
    described = [v if isinstance(v, str) else getattr(v, "description", None) or v.title for v in table.values()]
    assert min(len(text) for text in described) > 3


@pytest.mark.parametrize(
    ("type", "mode", "cameo", "contexts", "problem"),
    [
        ("ATTACK", None, None, (), "type 'ATTACK'; valid: AGREE, CONSULT"),
        ("SANCTION", "embargo", None, (), "mode 'embargo' of SANCTION; valid: convict, expel, withdraw, discontinue"),
        ("AID", "money", None, (), "mode 'money' of AID; valid: none"),
        ("AID", None, None, ("war",), "context 'war'; valid: military"),
        ("REJECT", "meet", "999", (), "'999' is no CAMEO code; REJECT meet usually has 125"),
        ("AGREE", None, "112", (), "CAMEO code 112 stands for ACCUSE, not for AGREE"),
        ("AGREE", None, "010", (), "CAMEO code 010 stands for no type, not for AGREE"),
    ],
)
def test_check_says_what_is_wrong_and_what_would_be_right(
    type: str, mode: str | None, cameo: str | None, contexts: tuple[str, ...], problem: str
) -> None:
    found = ontology.check(type, mode, cameo, contexts)
    assert found is not None
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("quad: 3", "quad: 7", "quad 7 of REQUEST; valid: 1, 2, 3, 4"),
        ("type: SANCTION, mode: convict", "type: SANCTION, mode: guilty", "CAMEO code 116: mode 'guilty' of SANCTION"),
        ('asylum: "075"', 'shelter: "075"', "by_context of AID names 'shelter', which is no context"),
        ('cameo: "1711"', 'cameo: "1719"', "COERCE names CAMEO code '1719', which the file does not list"),
        ('code: "190"', 'code: "191"', "'191' is listed twice"),
        ("score: 9.5", "score: much", "Expected `float`, got `str`"),
        ("    quad: 4\n", "    quad: 4\n    colour: red\n", "Object contains unknown field `colour`"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, right: str, wrong: str, problem: str) -> None:
    text = ONTOLOGY.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "ontology.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_ontology(path)
    assert caught.value.problem.startswith(problem)
    assert caught.value.line > 0


def test_quad_classes_are_named() -> None:
    assert set(QUADS) == {t.quad for t in ontology.types.values()}
