"""Whom the registry lacks: the names of parties and sources that no entry knows, as a file to edit and pass back.

``unknown_actors`` counts them in a stream of readings; ``to_yaml`` and ``to_csv`` write what ``--actors`` reads
(``docs/actors.md``), with frequency and an example as a comment. What stands there as kind, code and sector is what
the reading surmised: a person has to look at it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml
from rapporteur.knowledge.registry import Registry, fold
from rapporteur.knowledge.registry_files import ACTOR_COLUMNS, slug
from rapporteur.model import Article, Attribution, Party

_WORD = re.compile(r"[^\W_][\w&.'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST_TITLE = 4  # words
_LONGEST_EXAMPLE = 200  # characters


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``unknown.yaml``: words by which names are told, and what their last word or sector tells of their kind."""

    origin: str
    within: frozenset[str]
    never: frozenset[str]
    titles: frozenset[str]
    kinds: dict[str, frozenset[str]]
    sectors: dict[str, str]

    @classmethod
    def load(cls) -> NameWords:
        """The shipped words."""
        path = DATA / "unknown.yaml"
        return compiled("unknown", [path], cls, lambda: load_yaml(path, cls))


@dataclass(frozen=True, slots=True)
class UnknownActor:
    """A name that the registry lacks.

    Attributes:
        kind, code, sector: what the reading surmises (``code``: alpha-3, ``IGO``, ``NSA`` or None).
        count: how many mentions as actor, recipient or source.
        example: the sentence of the first one, on one line.
    """

    name: str
    kind: str
    code: str | None
    sector: str | None
    count: int
    example: str


def unknown_actors(articles: Iterable[Article], registry: Registry) -> list[UnknownActor]:
    """The names of parties and sources that ``registry`` lacks, the most frequent first; reads the stream once."""
    words = NameWords.load()
    tallies: dict[str, _Tally] = {}
    for article in articles:
        for mention in _full_names(list(_mentions(article, _Names(article, registry, words)))):
            if not registry.forms(mention.name):
                tallies.setdefault(fold(mention.name).lower(), _Tally()).add(mention, article)
    found = [tally.actor(registry, words) for tally in tallies.values()]
    return sorted(found, key=lambda actor: (-actor.count, actor.name))


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    start: int
    party: Party
    person: bool


@dataclass(slots=True)
class _Tally:
    """All mentions of one name."""

    names: Counter[str] = field(default_factory=Counter)
    codes: Counter[str | None] = field(default_factory=Counter)
    sectors: Counter[str | None] = field(default_factory=Counter)
    persons: int = 0
    example: str = ""

    def add(self, mention: _Mention, article: Article) -> None:
        self.names[mention.name] += 1
        self.codes[mention.party.code] += 1
        self.sectors[mention.party.sector] += 1
        self.persons += mention.person
        if not self.example:
            self.example = _sentence(article, mention.start)

    def actor(self, registry: Registry, words: NameWords) -> UnknownActor:
        count = self.names.total()
        name, code, sector = _usual(self.names), _usual(self.codes), _usual(self.sectors)
        assert name is not None
        kind = _kind_by_words(name, words)
        if kind is None and self._is_person(name, registry):
            kind = "person"
        return UnknownActor(name, kind or words.sectors.get(sector or "", "org"), code, sector, count, self.example)

    def _is_person(self, name: str, registry: Registry) -> bool:
        if " " in name and name.split()[0] in registry.table.vocabulary.given:
            return True
        return 2 * self.persons > self.names.total() and not name.isupper() and " of " not in name


def _usual(counts: Counter[str] | Counter[str | None]) -> str | None:
    """The most frequent; of equally frequent ones a known one, then the first in the alphabet."""
    return min(counts, key=lambda value: (-counts[value], value is None, value or ""))


def _kind_by_words(name: str, words: NameWords) -> str | None:
    """The kind that the last word of a name of several tells."""
    last = name.split()[-1].lower().rstrip(".")
    return next((kind for kind, lasts in words.kinds.items() if last in lasts and " " in name), None)


def _sentence(article: Article, at: int) -> str:
    start, end = next(((s, e) for s, e in article.sentences if s <= at < e), (at, at))
    text = "".join(c for c in " ".join(article.body[start:end].split()) if c.isprintable())
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 4].rsplit(" ", 1)[0] + " ..."


def _mentions(article: Article, names: _Names) -> Iterator[_Mention]:
    seen: set[int] = set()
    for party, person in _parties(article):
        if party.entity is None:
            for name, start in names.within(party):
                if start not in seen:
                    seen.add(start)
                    yield _Mention(name, start, party, person or _names_it(party.name, name))


def _parties(article: Article) -> Iterator[tuple[Party, bool]]:
    """Parties of events and sources, and whether they are said to be a person."""
    for event in article.events:
        for party in (*event.actors, *event.recipients):
            yield party, False
    for attribution in article.attributions:
        yield from ((party, attribution.kind == "named") for party in _sources(article, attribution))


def _sources(article: Article, attribution: Attribution) -> Iterator[Party]:
    if attribution.party is not None:
        yield attribution.party
    elif attribution.kind in ("named", "organisation", "outlet"):
        yield from (Party(article.body[start:end], start, end) for start, end in attribution.source)


def _names_it(known_as: str | None, name: str) -> bool:
    """Only persons that the registry lacks are given a name."""
    return known_as is not None and fold(name).lower().split()[-1] in fold(known_as).lower().split()


def _full_names(mentions: Sequence[_Mention]) -> Iterator[_Mention]:
    """A surname alone is the person whom the article names in full."""
    full = {m.name.split()[-1]: m.name for m in reversed(mentions) if " " in m.name}
    for mention in mentions:
        yield _Mention(full.get(mention.name, mention.name), mention.start, mention.party, mention.person)


class _Names:
    """Tells the unknown proper names in the words of one article's parties."""

    def __init__(self, article: Article, registry: Registry, words: NameWords) -> None:
        self._article, self._registry, self._words = article, registry, words

    def within(self, party: Party) -> Iterator[tuple[str, int]]:
        """The names in the party's text that the registry lacks, with their offsets in the body."""
        for run in self._runs(party.text):
            run = self._without_beginning(run, party.start)
            run = self._without_titles(self._behind_title(run))
            run = self._without_place(run)
            if run and not self._known(run) and not _shouted(run):
                name = " ".join(party.text[run[0].start() : run[-1].end()].split())
                yield _POSSESSIVE.sub("", name).rstrip(".'’-"), party.start + run[0].start()

    def _runs(self, text: str) -> Iterator[list[re.Match[str]]]:
        """Capitalised words in a row, with what may stand between them; a possessor is a row of its own."""
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(text):
            if run and (text[run[-1].end() : word.start()].strip() or _POSSESSIVE.search(run[-1][0])):
                yield self._ended(run)
                run = []
            if _capital(word) or (run and self._may_stand_within(word[0], run)):
                run.append(word)
            else:
                yield self._ended(run)
                run = []
        yield self._ended(run)

    def _may_stand_within(self, word: str, run: list[re.Match[str]]) -> bool:
        """ "Ministry of Trade and Industry" is one name, "Quimby and Brenneke" are two."""
        return word in self._words.within and (word != "and" or any(w[0] in ("of", "for") for w in run))

    @staticmethod
    def _ended(run: list[re.Match[str]]) -> list[re.Match[str]]:
        small = sum(1 for _ in takewhile(lambda word: not _capital(word), reversed(run)))
        return run[: len(run) - small]

    def _without_beginning(self, run: list[re.Match[str]], offset: int) -> list[re.Match[str]]:
        """Without a first word that is no name, or is a capital's only because a sentence begins."""
        while run and run[0][0].lower().rstrip(".") in self._words.never:
            run = run[1:]
        if run and offset + run[0].start() in self._starts:
            first = _POSSESSIVE.sub("", run[0][0])
            doubtful = len(run) == 1 or first.lower() in self._small
            if doubtful and first not in self._capitalised:
                return run[1:]
        return run

    def _behind_title(self, run: list[re.Match[str]]) -> list[re.Match[str]]:
        """What stands behind the last title: of "Oslo Mayor Alda Brenneke" the person."""
        for at in range(len(run) - 2, -1, -1):
            lower = run[at][0].lower().rstrip(".")
            title = self._registry.title(lower)
            if (lower in self._words.titles or (title and title.kind == "title")) and _capital(run[at + 1]):
                return self._person(run[at + 1 :])
        return run

    def _person(self, run: list[re.Match[str]]) -> list[re.Match[str]]:
        """Of one with a title, what stands before "of"."""
        return self._ended(list(takewhile(lambda word: word[0] != "of", run)))

    def _without_titles(self, run: list[re.Match[str]]) -> list[re.Match[str]]:
        """Without the titles before a person, and of one with a title without what stands behind "of"."""
        titled = False
        while run:
            lower = [word[0].lower().rstrip(".") for word in run]
            skip = 1 if len(run) > 1 and self._nationality(run[0][0]) and self._title(lower[1:]) else 0
            length = self._title(lower[skip:]) or (
                1 if lower[0] in self._words.never or run[0][0] in self._words.within else 0
            )
            rest = run[skip + length :]
            if not length or (rest and not _capital(rest[0])):  # "Army of ..." begins with no title
                break
            titled, run = titled or length > 1 or lower[skip] not in self._words.within, rest
        return self._person(run) if titled else run

    def _title(self, lower: Sequence[str]) -> int:
        """How many words at the beginning are a title or a common noun."""
        for length in range(min(_LONGEST_TITLE, len(lower)), 0, -1):
            text = " ".join(lower[:length])
            if self._registry.title(text) or self._registry.agent(text) or self._registry.agent(text.removesuffix("s")):
                return length
        return 0

    def _nationality(self, word: str) -> bool:
        return any(form.kind in ("adjective", "demonym", "name") for form in self._registry.forms(word))

    def _without_place(self, run: list[re.Match[str]]) -> list[re.Match[str]]:
        """Without what places somebody ("Brenneke of Peru"); a name that the registry has stays whole."""
        for at in range(len(run) - 1, 0, -1):
            tail = " ".join(word[0] for word in run[at + 1 :])
            if run[at][0] == "of" and self._registry.forms(_POSSESSIVE.sub("", tail)):
                return self._ended(run[:at])
        return run

    def _known(self, run: list[re.Match[str]]) -> bool:
        """Is it, or each word of it, in the registry or no name at all?"""
        words = [_POSSESSIVE.sub("", word[0]) for word in run]
        lower = [word.lower() for word in words]
        if self._registry.forms(" ".join(words)) or self._title(lower) == len(words):
            return True
        return all(
            word.lower() in self._words.never | self._words.within | self._words.titles
            or self._title([word.lower()])
            or (self._nationality(word) and word not in self._registry.table.vocabulary.given)
            for word in words
        )

    @cached_property
    def _starts(self) -> frozenset[int]:
        """Offsets at which sentences begin, past quotation marks."""
        body = self._article.body
        begun = (re.compile(r"\W*").match(body, start) for start, _ in self._article.sentences)
        return frozenset(match.end() for match in begun if match)

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(word[0] for word in _WORD.finditer(self._article.body) if word[0].islower())

    @cached_property
    def _capitalised(self) -> frozenset[str]:
        """Words that have a capital within a sentence."""
        words = (word for word in _WORD.finditer(self._article.body) if _capital(word))
        return frozenset(_POSSESSIVE.sub("", word[0]) for word in words if word.start() not in self._starts)


def _shouted(run: list[re.Match[str]]) -> bool:
    """Words of a line all of capitals: that they are names can't be told."""
    return len(run) > 1 and all(word[0].isupper() for word in run)


def _capital(word: re.Match[str]) -> bool:
    """Is it written as a name: a capital first, or within ("al-Nusra")?"""
    return word[0][0].isupper() or bool(re.match(r"[a-z]{1,3}-[A-Z]", word[0]))


_HEAD = """\
# Names of parties and sources that the registry lacks, the most frequent first. Kind, code and sector are surmised:
# correct them, take out what is no actor, and pass the file back: rapporteur read --actors FILE PATH...
# code: ISO 3166 alpha-3, IGO, NSA or none; kinds, sectors and further keys: docs/actors.md
"""


def to_yaml(actors: Iterable[UnknownActor]) -> str:
    """A YAML file of entities."""
    entries = []
    for id, actor in _with_ids(actors):
        fields = {
            "id": id,
            "name": actor.name,
            "kind": actor.kind,
            "code": actor.code or "none",
            "sector": actor.sector,
        }
        shown = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items() if v is not None)
        entries.append(f"# {_comment(actor)}\n- {{{shown}}}\n")
    listed = "entities:\n" + "".join(entries) if entries else "entities: []\n"
    return f"{_HEAD}origin: found in news by rapporteur unknown\n{listed}"


def to_csv(actors: Iterable[UnknownActor]) -> str:
    """A CSV file of entities."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ACTOR_COLUMNS)
    for id, actor in _with_ids(actors):
        writer.writerow((id, actor.name, actor.kind, actor.code or "none", actor.sector, "", "", _comment(actor)))
    return _HEAD + out.getvalue()


def _comment(actor: UnknownActor) -> str:
    return f"{actor.count} {'mention' if actor.count == 1 else 'mentions'}: {actor.example}"


def _with_ids(actors: Iterable[UnknownActor]) -> Iterator[tuple[str, UnknownActor]]:
    taken: set[str] = set()
    for actor in actors:
        stem = f"{actor.kind}:{slug(actor.name) or 'name'}"
        id = next(i for n in range(len(taken) + 1) if (i := stem if n == 0 else f"{stem}-{n + 1}") not in taken)
        taken.add(id)
        yield id, actor
