"""Which names the registry lacks, told from readings made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.knowledge.registry import Registry
from rapporteur.model import Article, Attribution
from rapporteur.unknown import UnknownActor, to_csv, to_yaml, unknown_actors
from tests.conftest import event, party, span

Build = Callable[..., Article]
FIRST = "On Monday, "  # what stands here begins no sentence


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


# (the words of a party, the names in them that are unknown)
NAMES = [
    ("the Wobblian Front", ["Wobblian Front"]),
    ("Zorbo Quimby", ["Zorbo Quimby"]),
    ("Foreign Minister Alda Brenneke of Peru", ["Alda Brenneke"]),
    ("Chilean President Tomas Xurel", ["Tomas Xurel"]),
    ("Arequipa Mayor Alda Brenneke", ["Alda Brenneke"]),
    ("Rep. Petra Vossikova of the Unity Bloc", ["Petra Vossikova"]),
    ("Mr. Dembele", ["Dembele"]),
    ("Quimby's", ["Quimby"]),
    ("Germany's Green Orchard Party", ["Green Orchard Party"]),
    ("Somali fighters of Harakat al-Zumri", ["Harakat al-Zumri"]),
    ("the Army of the Grey Coats", ["Army of the Grey Coats"]),
    ("the Institute for Lakes and Rivers", ["Institute for Lakes and Rivers"]),
    ("Quimby and Brenneke", ["Quimby", "Brenneke"]),
    ("Grumcorp, Zwilch", ["Grumcorp", "Zwilch"]),
    ("Kenya", []),
    ("Kenyan troops", []),
    ("the Houthi delegation", []),
    ("the Foreign Minister of Peru", []),
    ("the Supreme Court", []),
    ("two soldiers", []),
    ("They", []),
    ("FELLOW DOCTORS", []),
]


@pytest.mark.parametrize(("words", "names"), NAMES, ids=[words for words, _ in NAMES])
def test_the_unknown_names_among_a_partys_words(words: str, names: list[str], registry: Registry, build: Build) -> None:
    body = f"{FIRST}{words} left."
    article = build(body, events=[event(body, "left", actors=[party(body, words)])])
    assert sorted(actor.name for actor in unknown_actors([article], registry)) == sorted(names)


@pytest.mark.parametrize(
    ("body", "words", "names"),
    [
        ("Rebels left.", "Rebels", []),
        ("Zwilch left.", "Zwilch", []),
        ("Zwilch left. Few saw Zwilch again.", "Zwilch", ["Zwilch"]),
        ("Local Zwilch left. The local Zwilch is rare.", "Local Zwilch", ["Zwilch"]),
        ("Zorbo Quimby left.", "Zorbo Quimby", ["Zorbo Quimby"]),
    ],
)
def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name(
    body: str, words: str, names: list[str], registry: Registry, build: Build
) -> None:
    sentences = [f"{sentence.rstrip('.')}." for sentence in body.split(". ")]
    article = build(body, *sentences, events=[event(body, "left", actors=[party(body, words)])])
    assert [actor.name for actor in unknown_actors([article], registry)] == names


def test_mentions_are_counted_once_and_a_surname_is_its_bearers(registry: Registry, build: Build) -> None:
    first, second = "Kenya met Alda Brenneke, who sued.", "Then Brenneke's party left."
    body = f"{first} {second}"
    alda = party(body, "Alda Brenneke", "PER", name="Alda Brenneke", sector="GOV")
    later = party(body, "Brenneke's", "PER", name="Alda Brenneke", sector="GOV")
    events = [
        event(body, "met", actors=[alda]),
        event(body, "sued", actors=[alda]),
        event(body, "left", actors=[later]),
    ]
    source = span(body, "Alda Brenneke")
    credit = Attribution((source,), (), (), "named", party=alda)
    article = build(body, first, second, events=events, attributions=(credit,))
    expected = UnknownActor("Alda Brenneke", "person", "PER", "GOV", 2, first)
    assert unknown_actors([article], registry) == [expected]


def test_sources_without_a_party_count(registry: Registry, build: Build) -> None:
    body = "It rains, the Zwilch Institute said."
    credit = Attribution((span(body, "the Zwilch Institute"),), (), (), "organisation")
    (actor,) = unknown_actors([build(body, attributions=(credit,))], registry)
    assert (actor.name, actor.kind, actor.code) == ("Zwilch Institute", "org", None)


def test_the_most_frequent_first(registry: Registry, build: Build) -> None:
    articles = []
    for name in ("Zwilch", "Grumcorp", "Grumcorp", "Aabcorp"):
        body = f"{FIRST}{name} left."
        articles.append(build(body, events=[event(body, "left", actors=[party(body, name)])]))
    assert [(a.name, a.count) for a in unknown_actors(iter(articles), registry)] == [
        ("Grumcorp", 2),
        ("Aabcorp", 1),
        ("Zwilch", 1),
    ]


ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
ACTORS = st.builds(
    UnknownActor,
    name=st.from_regex(r"[A-Z][a-zé]{2,8}( [A-Z][\"'&:#-]?[a-z]{2,6}){0,2}", fullmatch=True),
    kind=st.sampled_from(["person", "org", "armed", "party"]),
    code=st.sampled_from(["KEN", "NOR", "IGO", "NSA", None]),
    sector=st.sampled_from(["GOV", "REB", None]),
    count=st.integers(1, 99),
    example=ANY.map(lambda text: "".join(c for c in " ".join(text.split()) if c.isprintable())),
)


@given(st.lists(ACTORS, max_size=4, unique_by=lambda actor: actor.name))
def test_what_is_written_can_be_read(tmp_path_factory: pytest.TempPathFactory, actors: list[UnknownActor]) -> None:
    from rapporteur.knowledge.registry_files import load

    for suffix, text in (("yaml", to_yaml(actors)), ("csv", to_csv(actors))):
        path: Path = tmp_path_factory.mktemp("written") / f"own.{suffix}"
        path.write_text(text, encoding="utf-8")
        entries = [where.entry for where in load(path, frozenset({"KEN", "NOR"}))]
        assert [(e.name, e.kind, e.code, e.sector) for e in entries] == [
            (actor.name, actor.kind, actor.code, actor.sector) for actor in actors
        ]
        assert len({entry.id for entry in entries}) == len(actors)
