"""Sentences, headline case, attachments mended, languages told."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import ModelError
from rapporteur.language import Parser, cased, foreign_language, segment
from rapporteur.language.repair import rejoin, repair

SENTENCES = [
    (
        "Hopes had been low. A spokesman agreed. I did not.",
        ["Hopes had been low.", "A spokesman agreed.", "I did not."],
    ),
    ("Mr. Biden met U.S. officials on Jan. 5. He left.", ["Mr. Biden met U.S. officials on Jan. 5.", "He left."]),
    ("A headline without a stop\n\nThe text begins.", ["A headline without a stop", "The text begins."]),
    (
        "Kenya Blocks Uganda-Rwanda Pipeline Talks over Lake Border Kenya has blocked talks on the pipeline.",
        ["Kenya Blocks Uganda-Rwanda Pipeline Talks over Lake Border", "Kenya has blocked talks on the pipeline."],
    ),
    ("“We met,” she said. “We agreed.”", ["“We met,” she said.", "“We agreed.”"]),
    ('"Leave now!" he shouted. They left.', ['"Leave now!" he shouted.', "They left."]),
    (
        "Chad Rejects Rebel Offer For Fresh Border Talks Chad has rejected an offer of talks. It said so.",
        ["Chad Rejects Rebel Offer For Fresh Border Talks", "Chad has rejected an offer of talks.", "It said so."],
    ),
    (
        "Foreign Minister Abdul Karim Hassan Osman said on Monday that the talks had failed.",
        ["Foreign Minister Abdul Karim Hassan Osman said on Monday that the talks had failed."],
    ),
    ("  \n \n", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[t[:20] or "empty" for t, _ in SENTENCES])
def test_segment(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in segment(text)] == expected


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=300))
@settings(max_examples=200, deadline=None)
def test_spans_are_ordered_trimmed_and_lose_nothing(text: str) -> None:
    spans = segment(text)
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(text[s:e] == text[s:e].strip() and "\n" not in text[s:e] for s, e in spans)
    inside = "".join(text[s:e] for s, e in spans)
    assert "".join(inside.split()) == "".join(text.split())
    assert segment(text) == spans


CASES = [
    ("Rebels Seize Key Town After Heavy Fighting", [], "Rebels seize key town after heavy fighting"),
    ("Kenya Blocks Talks With Eritrea Over Border", [(0, 5), (23, 30)], "Kenya blocks talks with Eritrea over border"),
    ("Rebels seized a key town after heavy fighting.", [], "Rebels seized a key town after heavy fighting."),
    ("NATO Chief Urges Calm Amid UNESCO Dispute", [], "NATO chief urges calm amid UNESCO dispute"),
    ("President Xi Jinping", [], "President Xi Jinping"),
]


@pytest.mark.parametrize(("text", "names", "expected"), CASES, ids=[c[0] for c in CASES])
def test_headline_case(text: str, names: list[tuple[int, int]], expected: str) -> None:
    assert cased(text, names) == expected


@given(st.text(max_size=200))
def test_headline_case_keeps_offsets(text: str) -> None:
    assert len(cased(text, [])) == len(text)


def test_finite_verb_leaves_a_gerund() -> None:
    # "accused India of sending troops and blamed it"
    tags = ["VBD", "NNP", "IN", "VBG", "NNS", "CC", "VBD", "PRP"]
    deps = ["ROOT", "dobj", "prep", "pcomp", "dobj", "cc", "conj", "dobj"]
    heads = [0, 0, 0, 2, 3, 3, 3, 6]
    repair(tags, deps, heads)
    assert heads[6] == 0


def test_verb_behind_a_relative_clause_goes_with_the_main_verb() -> None:
    # "was critical of raids, which it calls illegal, and has halted trade"
    tags = ["VBD", "JJ", "IN", "NNS", ",", "WDT", "PRP", "VBZ", "JJ", ",", "CC", "VBZ", "VBN", "NN"]
    deps = [
        "ROOT",
        "acomp",
        "prep",
        "pobj",
        "punct",
        "dobj",
        "nsubj",
        "relcl",
        "oprd",
        "punct",
        "cc",
        "aux",
        "conj",
        "dobj",
    ]
    heads = [0, 0, 1, 2, 3, 7, 7, 3, 7, 7, 7, 12, 7, 12]
    repair(tags, deps, heads)
    assert heads[12] == 0


def test_participle_after_and_is_a_verb() -> None:
    # "recalled its envoy and suspended aid"
    tags = ["VBD", "PRP$", "NN", "CC", "VBN", "NN"]
    deps = ["ROOT", "poss", "dobj", "cc", "amod", "conj"]
    heads = [0, 2, 0, 2, 5, 2]
    repair(tags, deps, heads)
    assert (heads[4], deps[4], heads[5], deps[5]) == (0, "conj", 4, "dobj")


def test_a_name_and_a_phrase_are_two() -> None:
    # "between Iran and European powers"
    tags = ["IN", "NNP", "CC", "JJ", "NNS"]
    deps = ["ROOT", "nmod", "cc", "conj", "pobj"]
    heads = [0, 4, 1, 1, 0]
    repair(tags, deps, heads)
    assert (heads[1], deps[1], heads[4], deps[4], heads[3], deps[3]) == (0, "pobj", 1, "conj", 4, "amod")


def test_a_finite_verb_describes_no_noun() -> None:
    # "Peru, known as Andina, sold copper on Monday", with "sold" taken for a word on "copper"
    tags = ["NNP", "VBN", "IN", "NNP", "VBD", "NN", "IN", "NNP"]
    deps = ["ROOT", "acl", "prep", "npadvmod", "amod", "pobj", "prep", "pobj"]
    heads = [0, 0, 1, 5, 5, 2, 1, 6]
    repair(tags, deps, heads)
    assert heads == [4, 0, 1, 2, 4, 4, 4, 6]
    assert deps == ["nsubj", "acl", "prep", "pobj", "ROOT", "dobj", "prep", "pobj"]


def test_what_looks_finite_beside_a_verb_stays() -> None:
    # "Peru sold spread butter": there is a verb, so that "spread" may well be a participle
    tags, deps, heads = ["NNP", "VBD", "VBD", "NN"], ["nsubj", "ROOT", "amod", "dobj"], [1, 1, 3, 1]
    repair(tags, deps, heads)
    assert heads == [1, 1, 3, 1]


LANGUAGES = [
    ("The minister said on Monday that the talks with the rebels had failed and would not be resumed.", None),
    ("Der Minister sagte am Montag, dass die Gespräche mit den Rebellen gescheitert seien und nicht wieder "
     "aufgenommen würden.", "de"),
    ("Le ministre a déclaré lundi que les pourparlers avec les rebelles avaient échoué et ne reprendraient pas.", "fr"),
    ("Министр заявил в понедельник, что переговоры с повстанцами провалились и не будут возобновлены.", "ru"),
    ("Türkiye vetoes Israel", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), LANGUAGES, ids=[str(code) + text[:12] for text, code in LANGUAGES])
def test_language(text: str, language: str | None) -> None:
    assert foreign_language(text) == language


def test_parser_offsets_and_lemmas(parser: Parser) -> None:
    body = "Headline\nTalks between Chad and Niger failed."
    (syntax,) = parser.parse([(1, 9, body[9:])])
    assert syntax.sentence == 1
    assert all(body[t.start : t.end] == t.text for t in syntax.tokens)
    assert [t.lemma for t in syntax.tokens][:1] == ["talk"]


def test_missing_pipeline_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="is it installed"):
        Parser("no_such_pipeline")


def test_a_verb_is_rejoined_with_its_prefix() -> None:
    words = ["agreed", "to", "re", "-", "open", "diplomatic", "relations"]
    tags = ["VBD", "TO", "VB", "VB", "JJ", "JJ", "NNS"]
    deps = ["ROOT", "aux", "xcomp", "xcomp", "amod", "amod", "dobj"]
    heads = [0, 2, 0, 2, 6, 6, 0]
    assert rejoin(words, tags, deps, heads) == {4}
    assert (tags[4], deps[4], heads[4]) == ("VB", "xcomp", 0)
    assert (deps[6], heads[6], heads[1]) == ("dobj", 4, 4)


def test_without_a_verb_before_the_hyphen_nothing_is_rejoined() -> None:
    words, tags = ["a", "re", "-", "run"], ["DT", "NN", "HYPH", "NN"]
    deps, heads = ["det", "compound", "punct", "ROOT"], [3, 3, 3, 3]
    assert rejoin(words, tags, deps, heads) == frozenset()
    assert heads == [3, 3, 3, 3]
