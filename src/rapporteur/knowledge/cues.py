"""Words that credit somebody with something, and what kind of source a noun names.

The lists are YAML files under ``data/sourcing``, compiled by hand. A *force* says what the source does with the
content: asserts it, denies it, demands it, fears it ...
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

Force = Literal[
    "assert", "confirm", "deny", "reject", "refuse", "demand", "propose", "promise", "threaten", "warn", "intend",
    "decide", "agree", "oppose", "support", "praise", "criticise", "accuse", "regret", "believe", "know", "expect",
    "hope", "want", "fear", "doubt", "ask", "discuss", "withhold",
]  # fmt: skip
Complement = Literal["clause", "quote", "infinitive", "gerund", "object", "object_infinitive", "small"]

SOURCING = DATA / "sourcing"
_BUILD = "2"  # raised whenever the same files give another table


class VerbCue(msgspec.Struct, frozen=True):
    """A verb that credits its subject.

    Attributes:
        lemma: the verb, with its particle if it has one ("point out").
        force: what the source does with the content.
        speech: reporting in the strict sense: the content's events are on the source's word.
        takes: the complements that are content.
        prepositions: those that introduce content ("speak of peace").
        object_prepositions: those that introduce content behind an object ("accuse X of Y").
        hearer: a direct object is who is told.
        forces: the force under one complement or preposition, where it differs.
    """

    lemma: str
    force: Force
    speech: bool
    takes: frozenset[Complement]
    prepositions: frozenset[str]
    object_prepositions: frozenset[str]
    hearer: bool
    forces: dict[str, Force]

    def force_of(self, complement: str) -> str:
        """The force with this complement or preposition."""
        return self.forces.get(complement, self.force)


class NounCue(msgspec.Struct, frozen=True):
    """A noun or adjective that credits its possessor or subject; ``prepositions`` introduce the content."""

    lemma: str
    force: Force
    speech: bool
    prepositions: frozenset[str]


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fixed words before a source ("according to"), lower case."""

    words: tuple[str, ...]
    force: Force
    speech: bool = False


class SourceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kind of source a noun names, by lemma; see ``data/sourcing/sources.yaml`` for each list."""

    origin: str
    faceless: frozenset[str]
    offices: frozenset[str]
    spokespersons: frozenset[str]
    documents: frozenset[str]
    organisations: frozenset[str]
    outlets: frozenset[str]
    outlet_names: frozenset[str]
    anonymity: tuple[str, ...]
    entities: dict[str, Literal["named", "anonymous", "organisation", "outlet", "document"]]


class CueTable(msgspec.Struct, frozen=True):
    """All cues, as compiled."""

    verbs: list[VerbCue]
    nouns: list[NounCue]
    adjectives: list[NounCue]
    phrases: list[Phrase]
    framing_nouns: frozenset[str]
    raising: frozenset[str]
    withholding: frozenset[str]
    light: frozenset[str]
    negated: dict[Force, Force]
    citing: frozenset[str]
    unvouched: frozenset[Force]
    manners: frozenset[str]
    quoting: frozenset[str]
    sources: SourceWords


class _VerbClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    force: Force
    takes: list[Complement]
    verbs: list[str]
    speech: bool = False
    prepositions: list[str] = []
    object_prepositions: list[str] = []
    hearer: bool = False
    forces: dict[str, Force] = {}


class _VerbFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    origin: str
    classes: list[_VerbClass]
    raising: frozenset[str]
    withholding: frozenset[str]
    light: frozenset[str]
    negated: dict[Force, Force]
    citing: frozenset[str]
    unvouched: frozenset[Force]
    manners: frozenset[str]
    quoting: frozenset[str]


class _NounClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    force: Force
    prepositions: list[str]
    nouns: list[str]
    speech: bool = False


class _AdjectiveClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    force: Force
    prepositions: list[str]
    adjectives: list[str]
    speech: bool = False


class _NounFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    origin: str
    nouns: list[_NounClass]
    adjectives: list[_AdjectiveClass]
    phrases: list[Phrase]
    framing_nouns: frozenset[str]


class Cues:
    """The cues, looked up by lemma."""

    def __init__(self, table: CueTable) -> None:
        self._verbs = {cue.lemma: cue for cue in table.verbs}
        self._nouns = {cue.lemma: cue for cue in table.nouns}
        self._adjectives = {cue.lemma: cue for cue in table.adjectives}
        self.phrases = tuple(table.phrases)
        self.framing_nouns = table.framing_nouns
        self.raising = table.raising
        self.withholding = table.withholding
        self.light = table.light
        self.negated = table.negated
        self.citing = table.citing
        self.unvouched: frozenset[str] = frozenset(table.unvouched)
        self.manners = table.manners
        self.quoting = table.quoting
        self.sources = table.sources

    @staticmethod
    def load() -> Cues:
        """The shipped cues; loaded once.

        Raises:
            KnowledgeError: a file is wrong.
        """
        return _shipped()

    def verb(self, lemma: str, particle: str | None = None) -> VerbCue | None:
        """The verb's cue, None where it is none. With a ``particle`` the phrasal verb comes first ("point", "out")."""
        if particle is not None:
            phrasal = self._verbs.get(f"{lemma} {particle}")
            if phrasal is not None:
                return phrasal
        return self._verbs.get(lemma)

    def noun(self, lemma: str) -> NounCue | None:
        """The noun's cue, or None."""
        return self._nouns.get(lemma)

    def adjective(self, lemma: str) -> NounCue | None:
        """The adjective's cue, or None."""
        return self._adjectives.get(lemma)


@lru_cache(maxsize=1)
def _shipped() -> Cues:
    paths = [SOURCING / name for name in ("verbs.yaml", "nouns.yaml", "sources.yaml")]
    return Cues(compiled("cues", paths, CueTable, lambda: build_cues(*paths), salt=_BUILD))


def build_cues(verbs: Path, nouns: Path, sources: Path) -> CueTable:
    """Read and check the three files.

    Raises:
        KnowledgeError: with file and line; a word that stands in two classes is a mistake too.
    """
    verb_file = load_yaml(verbs, _VerbFile)
    noun_file = load_yaml(nouns, _NounFile)
    _no_word_twice(verbs, (v for c in verb_file.classes for v in c.verbs))
    _no_word_twice(nouns, (n for c in noun_file.nouns for n in c.nouns))
    _no_word_twice(nouns, (a for c in noun_file.adjectives for a in c.adjectives))
    return CueTable(
        verbs=[_verb_cue(lemma, c) for c in verb_file.classes for lemma in c.verbs],
        nouns=[NounCue(n, c.force, c.speech, frozenset(c.prepositions)) for c in noun_file.nouns for n in c.nouns],
        adjectives=[
            NounCue(a, c.force, c.speech, frozenset(c.prepositions)) for c in noun_file.adjectives for a in c.adjectives
        ],
        phrases=noun_file.phrases,
        framing_nouns=noun_file.framing_nouns,
        raising=verb_file.raising,
        withholding=verb_file.withholding,
        light=verb_file.light,
        negated=verb_file.negated,
        citing=verb_file.citing,
        unvouched=verb_file.unvouched,
        manners=verb_file.manners,
        quoting=verb_file.quoting,
        sources=load_yaml(sources, SourceWords),
    )


def _verb_cue(lemma: str, kind: _VerbClass) -> VerbCue:
    return VerbCue(
        lemma=lemma,
        force=kind.force,
        speech=kind.speech,
        takes=frozenset(kind.takes),
        prepositions=frozenset(kind.prepositions),
        object_prepositions=frozenset(kind.object_prepositions),
        hearer=kind.hearer,
        forces=dict(kind.forces),
    )


def _no_word_twice(path: Path, words: Iterable[str]) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            line = _last_line_with(path, word)
            raise KnowledgeError(str(path), line, f"{word!r} stands in two classes; keep it in one")
        seen.add(word)


def _last_line_with(path: Path, word: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    listed = re.compile(rf"[\[,\s]{re.escape(word)}\s*(?:[,\]]|$)")
    return max((n for n, line in enumerate(lines, 1) if listed.search(line)), default=0)
