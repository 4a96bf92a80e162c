"""Words in which answers about institutions are shown to people: ``data/answer-words.yaml``."""

from __future__ import annotations

import functools

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "answer-words.yaml"


class AnswerWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates by value of the closed vocabulary, each section as the file explains it."""

    origin: str
    asked: dict[str, str]
    asked_of_party: dict[str, str]
    outcomes: dict[str, str]
    outcomes_of_party: dict[str, str]
    effective: dict[str, str]
    keys: dict[str, str]
    reasons: dict[str, str]
    states: dict[str, str]
    effects: dict[str, str]
    patterns: dict[str, str]
    facts: dict[str, str]
    bases: dict[str, str]
    labels: dict[str, str]


@functools.cache
def answer_words() -> AnswerWords:
    """The shipped words.

    Raises:
        KnowledgeError: the file is wrong; with its line.
    """
    return compiled("answer-words", [FILE], AnswerWords, lambda: load_yaml(FILE, AnswerWords))
