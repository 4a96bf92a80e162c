"""The registry of actors: who and what news names, and what each was on a date.

States, territories, organisations, groups of states, armed groups, parties, persons, institutions and media are
``Entity``; the texts by which a page may name them are ``Form``. Data files are those of ``data/actors/`` and any that
a user adds (same shape); they are read by ``registry_files``, turned into one table by ``registry_build``, and kept
compiled (``knowledge.files``).

Dates are ISO strings of any precision (``2018``, ``2018-05``, ``2018-05-08``); a bound and a date are compared at the
coarser precision of the two, both ends included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from rapporteur.knowledge.files import DATA, compiled

FORM_KINDS = ("name", "acronym", "adjective", "demonym", "capital", "seat", "city", "surname")
ENTITY_KINDS = (
    "state", "territory", "igo", "group", "armed", "party", "person", "office", "org", "company", "media", "region",
    "people",
)  # fmt: skip
ACTORS = DATA / "actors"
# Offices of heads of state and government, as data files name them ("Effective leader" is REIGN's).
HEAD = re.compile(
    r"^(President|Prime Minister|Premier|Chancellor|King|Queen|Emir|Sultan|Emperor|Pope|Supreme Leader|Taoiseach|"
    r"Monarch|Head of State|Head of Government|Chairman of the Presidency|Leader|Effective leader)\b"
    r"(?! of the (Senate|House|European))"
)
_BUILD = "16"  # raised whenever registry_build makes another table from the same files


class Member(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A state's membership of an organisation or group; ``since``/``until`` None where always or still."""

    code: str
    since: str | None = None
    until: str | None = None


class Term(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One office of a person.

    Attributes:
        office: what it is called, without the country ("Foreign Minister", "UN Secretary-General").
        country: alpha-3, or ``IGO`` / ``NSA`` where the office is not a country's.
        sector: PLOVER sector or None.
        since, until: ISO dates of whatever precision is known; ``until`` None: still, as far as the file knows.
    """

    office: str
    country: str
    sector: str | None = None
    since: str | None = None
    until: str | None = None


class Entity(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One entry of the registry.

    Attributes:
        id: stable id (``state:TUR``, ``igo:NATO``, ``group:E3``, ``person:angela-merkel``, ``armed:hamas`` ...).
        name: canonical name.
        kind: one of ``ENTITY_KINDS``.
        code: the contract's party code: alpha-3, ``IGO``, ``NSA`` or None.
        country: alpha-3 or None.
        sector: PLOVER sector or None; of a person, that of the weightiest office.
        members: dated members of an organisation or group.
        terms: dated offices of a person, weightiest first.
        fame: 3 known world-wide by surname alone, 2 a head of state or government, 1 anyone else.
    """

    id: str
    name: str
    kind: str
    code: str | None = None
    country: str | None = None
    sector: str | None = None
    members: tuple[Member, ...] = ()
    terms: tuple[Term, ...] = ()
    fame: int = 1


class Form(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A text that names entities: ``kind`` is one of ``FORM_KINDS``; several ``entities`` where it is ambiguous."""

    text: str
    kind: str
    entities: tuple[str, ...]


class Agent(msgspec.Struct, frozen=True, array_like=True):
    """A common noun for a political actor (``agents.yaml``).

    Attributes:
        lemma: the singular, lower case, of one or more words.
        sector: PLOVER sector or None.
        kind: person | group | organisation | force | machine | place.
        political: whether it can act in a political event with no name beside it (police: yes; student: no).
    """

    lemma: str
    sector: str | None
    kind: str
    political: bool


class Title(msgspec.Struct, frozen=True, array_like=True):
    """A title or generic institution (``offices.yaml``): ``text`` lower case; ``kind`` is title | institution."""

    text: str
    sector: str | None
    kind: str


class Guard(msgspec.Struct, frozen=True, array_like=True):
    """How to tell an ambiguous form's meanings apart (``ambiguity.yaml``).

    Attributes:
        cues: per entity id, words whose presence in the text speaks for it; the first entity is the default.
        not_after, not_before: lower-case words that, standing directly before or after, make it no name.
        person: the word is also a given name or surname: no name of ours beside another capitalised word.
        needs: "title" where it counts only after a title or with the full name in the text; "foreign" where it is
            this entity unless another nationality stands before it; "the" where it counts only after an article or a
            nation's name; "home" where only in a text that names its own country most; "caps" where it does not count
            in a line all of capitals; None where it counts by itself.
    """

    cues: dict[str, tuple[str, ...]] = {}
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    person: bool = False
    needs: str | None = None


class Vocabulary(msgspec.Struct, frozen=True, array_like=True):
    """Words that the finder judges a name's surroundings by (``ambiguity.yaml``); all but ``plain`` as capitalised."""

    given: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    followers: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    common_surnames: frozenset[str] = frozenset()
    neutral_titles: frozenset[str] = frozenset()
    shared_surnames: frozenset[str] = frozenset()
    female: frozenset[str] = frozenset()


class RegistryTable(msgspec.Struct, frozen=True, array_like=True):
    """What is kept compiled. ``forms`` are keyed by folded text (``fold``); ``starts`` gives, for the first word of
    a form, the numbers of words that forms starting so have, longest first."""

    entities: tuple[Entity, ...]
    forms: dict[str, tuple[Form, ...]]
    starts: dict[str, tuple[int, ...]]
    agents: dict[str, Agent]
    titles: dict[str, Title]
    guards: dict[str, Guard]
    vocabulary: Vocabulary
    givens: dict[str, tuple[str, ...]]


class Registry:
    """The actors, looked up by id, code, date and text."""

    def __init__(self, table: RegistryTable) -> None:
        self._table = table
        self._by_id = {entity.id: entity for entity in table.entities}

    @classmethod
    def load(cls, *extra: Path) -> Registry:
        """The shipped registry with the user's ``extra`` files on top (``docs/actors.md``).

        An extra file is YAML of the shape of ``armed.yaml`` or CSV of entities or of offices (``registry_files``). An
        entry of it replaces the shipped one of the same id, as a later extra file's entry does an earlier one's; its
        forms are added to the shipped ones and, where several entities share a form, come first.

        Raises:
            KnowledgeError: where a file is missing or wrong, with file and line.
        """
        sources = [*sorted(ACTORS.iterdir()), *extra]

        def build() -> RegistryTable:
            from rapporteur.knowledge.registry_build import build_table  # late: start-up reads the compiled table

            return build_table(ACTORS, extra)

        return cls(compiled("registry", sources, RegistryTable, build, salt=_BUILD))

    def entity(self, id: str) -> Entity:
        """The entity with this id; ``KeyError`` where there is none."""
        return self._by_id[id]

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._table.entities)

    def by_code(self, alpha3: str) -> Entity:
        """The state or territory with this ISO 3166 alpha-3 code (XKX for Kosovo); ``KeyError`` where none has it."""
        return self._by_id[f"state:{alpha3}"]

    def members_on(self, entity: Entity, date: str | None) -> tuple[str, ...]:
        """Alpha-3 codes of the members on the date, sorted; without a date, the present members."""
        return tuple(sorted({m.code for m in entity.members if holds(m.since, m.until, date)}))

    def office_on(self, person: Entity, date: str | None) -> Term | None:
        """The weightiest office held on the date, or None; without a date, the one still held, else the last."""
        for term in person.terms:
            if holds(term.since, term.until, date):
                return term
        if date is None and person.terms:
            return max(person.terms, key=lambda term: term.until or "")
        return None

    def forms(self, text: str) -> tuple[Form, ...]:
        """The forms that this exact text (accents and curly apostrophes apart) may be; empty where it is none."""
        return self._table.forms.get(fold(text), ())

    def agent(self, lemma: str) -> Agent | None:
        """The common noun for an actor with this lower-case lemma (one or more words), or None."""
        return self._table.agents.get(lemma)

    def title(self, text: str) -> Title | None:
        """The title or generic institution of this lower-case text, or None."""
        return self._table.titles.get(text)

    @property
    def agents(self) -> Mapping[str, Agent]:
        """All common nouns for actors, by lemma."""
        return self._table.agents

    @property
    def titles(self) -> Mapping[str, Title]:
        """All titles and generic institutions, by lower-case text."""
        return self._table.titles

    @property
    def table(self) -> RegistryTable:
        """The compiled table; for the name finder, not for callers."""
        return self._table


def holds(since: str | None, until: str | None, date: str | None) -> bool:
    """Whether a span of time covers the date, both ends included; without a date, whether it is still open."""
    if date is None:
        return until is None
    if since is not None:
        n = min(len(since), len(date))
        if date[:n] < since[:n]:
            return False
    if until is not None:
        n = min(len(until), len(date))
        if date[:n] > until[:n]:
            return False
    return True


def _folding() -> dict[int, str]:
    import unicodedata

    table = {0x2019: "'", 0x2018: "'", 0x02BC: "'", 0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2010: "-", 0x2011: "-"}
    table |= {ord("\n"): " ", ord("\t"): " ", ord("\r"): " "}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    for code in range(0x1E00, 0x1F00):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    return table | {ord(a): b for a, b in zip("øØłŁđĐıħĦðÐəƏ", "oOlLdDihHdDaA", strict=True)}


_FOLDING = _folding()


def fold(text: str) -> str:
    """The text without accents, with straight apostrophes and plain spaces: the same length, letter for letter."""
    if text.isascii():
        return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return text.translate(_FOLDING)
