"""The words by which a phrase denotes a party without naming it (``data/phrases/actors.yaml``), as lookup tables."""

from __future__ import annotations

from pathlib import Path

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "phrases" / "actors.yaml"


class Pronouns(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Pronouns by what they may take up; possessives and reflexives stand among them."""

    speaker: frozenset[str]
    speakers: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    thing: frozenset[str]
    many: frozenset[str]
    relative: frozenset[str]
    reflexive: frozenset[str]


class PairNouns(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Nouns of descriptions such as "both countries", with the kinds of referent they take up."""

    nouns: frozenset[str]
    takes: frozenset[str]


class Pairs(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Descriptions that take up several parties: how many, by which word; words that do so alone."""

    counts: dict[str, int]
    alone: frozenset[str]
    nouns: list[PairNouns]


class Description(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"otherwise": "else"}):
    """What definite phrases with these nouns take up (``takes``: kinds of referent), and what they are where nothing
    fits: ``context`` of the text's country, ``nonstate`` an armed group of no one country, or ``none``."""

    nouns: frozenset[str]
    takes: frozenset[str]
    otherwise: str
    place: bool = False
    group: bool = False


class Kinds(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Words before a noun that tell of what kind the thing is."""

    stateless: frozenset[str]
    armed: frozenset[str]
    relief: frozenset[str]
    international: frozenset[str]
    private: frozenset[str]
    neutral: frozenset[str]


class StateNouns(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Plural nouns that with an adjective of a region name a group of states."""

    nouns: frozenset[str]
    adjectives: frozenset[str]
    always: frozenset[str]
    plural_only: frozenset[str]


class Articles(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Determiners that take up what is known, and those that bring in something new."""

    definite: frozenset[str]
    indefinite: frozenset[str]


class Address(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Titles before names, without their full stop; ``political`` and ``bracketed`` by the country that uses them."""

    male: frozenset[str]
    female: frozenset[str]
    neutral: frozenset[str]
    political: dict[str, frozenset[str]]
    office: frozenset[str]
    bracketed: dict[str, frozenset[str]]


class Phrases(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The whole file; the fields are explained there."""

    origin: str
    pronouns: Pronouns
    quantities: frozenset[str]
    pairs: Pairs
    descriptions: list[Description]
    kinds: Kinds
    contraries: frozenset[str]
    states: StateNouns
    led: frozenset[str]
    partisan: frozenset[str]
    belonging: dict[str, frozenset[str]]
    locative: frozenset[str]
    venues: frozenset[str]
    owning: list[str]
    for_nouns: frozenset[str]
    topics: list[str]
    articles: Articles
    nouns: dict[str, frozenset[str]]
    citizenship: frozenset[str]
    body_heads: frozenset[str]
    bearers: dict[str, list[str]]
    homes: dict[str, list[str]]
    address: Address
    male_names: frozenset[str]
    female_names: frozenset[str]
    expletive_verbs: frozenset[str]
    predicative: frozenset[str]
    roles_of: frozenset[str]
    joint_verbs: frozenset[str]
    saying_verbs: frozenset[str]


def load_phrases(path: Path = FILE) -> Phrases:
    """The table, from its compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("phrases", [path], Phrases, lambda: load_yaml(path, Phrases))
