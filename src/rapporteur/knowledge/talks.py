"""The words by which news tells of talks and of how they fare (``data/standing/talks.yaml``)."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "standing" / "talks.yaml"
#: What can befall talks; the file has an entry for each.
FATES = ("failed", "suspended", "resumed", "going", "begun", "ended", "held", "planned")


class TalksNouns(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Lemmas of nouns for talks, by how surely they mean some."""

    talks: frozenset[str]
    exchanges: frozenset[str]
    summits: frozenset[str]
    gatherings: frozenset[str]
    rounds: frozenset[str]
    processes: frozenset[str]

    def every(self) -> frozenset[str]:
        """All of them."""
        return self.talks | self.exchanges | self.summits | self.gatherings | self.rounds | self.processes


class TalksVerbs(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Lemmas of verbs: of negotiating, of meeting, of what meetings are for, of
    treating a matter, of saying."""

    negotiating: frozenset[str]
    meeting: frozenset[str]
    discussing: frozenset[str]
    treating: frozenset[str]
    saying: frozenset[str]


class Fate(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The words of one thing that befalls talks: verbs of which they are the subject, or the object; nouns; words
    before the noun."""

    s: frozenset[str]
    o: frozenset[str]
    nouns: frozenset[str]
    before: frozenset[str]


class TalksWords(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The whole file; the fields are explained there."""

    origin: str
    nouns: TalksNouns
    plural_only: frozenset[str]
    stretches: frozenset[str]
    process_words: frozenset[str]
    not_talks: frozenset[str]
    verbs: TalksVerbs
    with_: frozenset[str] = msgspec.field(name="with")
    about: frozenset[str]
    aimed: frozenset[str]
    aims: frozenset[str]
    beside: frozenset[str]
    places: frozenset[str]
    happening: frozenset[str]
    grounds: frozenset[str]
    fates: dict[str, Fate]
    fruits: frozenset[str]
    recessing: frozenset[str]
    impasses: frozenset[str]
    wanting: frozenset[str]
    wanting_nouns: frozenset[str]
    wanting_adjectives: frozenset[str]
    arranging: frozenset[str]
    consenting: frozenset[str]
    engaged: frozenset[str]
    moving: frozenset[str]
    hosting: frozenset[str]
    negotiators: frozenset[str]
    delegates: frozenset[str]
    sent_by: frozenset[str]
    deeds: dict[str, frozenset[str]]
    tables: frozenset[str]
    taking_up: frozenset[str]
    sitting_down: frozenset[str]
    here: frozenset[str]
    spots: frozenset[str]
    bids: frozenset[str]
    declaring: frozenset[str]
    divided: frozenset[str]
    opposing: frozenset[str]
    presupposing: frozenset[str]
    weighty: frozenset[str]
    unsaying: frozenset[str]
    matters: frozenset[str]
    of_deals: frozenset[str]
    ordinals: dict[str, int]
    another: frozenset[str]
    after: frozenset[str]
    ahead: frozenset[str]
    definite: frozenset[str]
    going_on: frozenset[str]
    agreeing: frozenset[str]
    calling: frozenset[str]
    speaking: frozenset[str]
    naming: frozenset[str]
    private: frozenset[str]
    armed: frozenset[str]

    def fate_of_subject(self, lemma: str) -> str | None:
        """What a verb tells that befalls its subject, or None."""
        return next((name for name, fate in sorted(self.fates.items()) if lemma in fate.s), None)


@functools.cache
def talks_words(path: Path = FILE) -> TalksWords:
    """The table, from its compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("talks", [path], TalksWords, lambda: _read(path))


def _read(path: Path) -> TalksWords:
    words = load_yaml(path, TalksWords)
    for name in (*words.fates, *words.deeds, *words.presupposing):
        if name not in FATES:
            raise KnowledgeError(str(path), _line(path, name), f"no such fate: `{name}`; valid: {', '.join(FATES)}")
    missing = [name for name in FATES if name not in words.fates]
    if missing:
        raise KnowledgeError(str(path), _line(path, "fates"), f"no words for: {', '.join(missing)}; valid: each fate")
    return words


def _line(path: Path, word: str) -> int:
    """The first line of the file that has the word."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if word in line.split("#")[0].replace(":", " ").split()), 0)
