"""From the actors' data files to the one table that the registry keeps compiled.

Forms that follow by rule from the files are made here: plurals of demonyms, spellings of the Arabic article
(``al-Nusra``, ``Al Nusra``), hyphenated given names (``Kim Jong-un``, ``Kim Jong Un``), names without a middle initial,
and surnames where the file names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import load_yaml
from rapporteur.knowledge.registry import (
    FORM_KINDS,
    HEAD,
    Agent,
    Entity,
    Form,
    Guard,
    RegistryTable,
    Title,
    Vocabulary,
    fold,
)
from rapporteur.knowledge.registry_files import (
    CITY_COLUMNS,
    SECTORS,
    STATE_COLUMNS,
    Entry,
    Placed,
    load,
    load_actors,
    load_leaders,
    members,
    rows,
    several,
    terms,
)
from rapporteur.knowledge.registry_groups import with_members
from rapporteur.knowledge.registry_persons import one_each

WORD = re.compile(r"[^\W_]+")
_BODY = re.compile(r"(.*[A-Z]\S+) (Party|Commission|Council)")
_ARTICLE = re.compile(r"\b([Aa]l|[Ee]l|[Aa]sh|[Aa]s|[Aa]n|[Aa]r|[Aa]d)-(?=[A-Z])")
_INITIAL = re.compile(r"\b[A-Z]\.? (?=\w)")
_PARTICLES = frozenset("de da di do dos das del della der den van von bin ibn al el la le ten ter zu abu ben".split())
_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG"})
_NUMBERED = re.compile(r"[JS]r\.?|[IVX]+")
_NO_SURNAME = frozenset({"VNM", "MMR", "ETH", "ERI", "ISL", "BTN", "KHM", "MNG"})


class AgentRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A group of nouns of ``agents.yaml`` that share sector, kind and flag; ``nouns`` are separated by commas."""

    kind: str
    political: bool
    nouns: str
    sector: str | None = None


class AgentFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``agents.yaml``."""

    origin: str
    agents: list[AgentRow]


class TitleRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Titles or generic institutions of one sector; ``texts`` are separated by commas."""

    kind: str
    texts: str
    sector: str | None = None


class TitleFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``offices.yaml``."""

    origin: str
    titles: list[TitleRow]


class GuardRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Guards of ``ambiguity.yaml``: one or several forms (separated by ``|``) under the same rule."""

    forms: str
    cues: dict[str, str] = {}
    not_after: str = ""
    not_before: str = ""
    person: bool = False
    needs: str | None = None


class AmbiguityFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``ambiguity.yaml``."""

    origin: str
    guards: list[GuardRow]
    given: str
    openers: str
    followers: str
    beside: str
    common_surnames: str
    neutral_titles: str
    shared_surnames: str
    female: str


def build_table(folder: Path, extra: Sequence[Path] = ()) -> RegistryTable:
    """Read every file of ``folder`` and the ``extra`` files into one table.

    Raises:
        KnowledgeError: where a file is wrong.
    """
    shipped, added = _placed(folder, extra)
    own = frozenset(where.entry.id for where in added)
    entities: dict[str, Entity] = {}
    placed: dict[str, Placed] = {}
    givens: dict[str, tuple[str, ...]] = {}
    collected: dict[str, dict[str, list[str]]] = {}
    for where in (*added, *shipped):
        entry = where.entry
        entity = _entity(where)
        if entity.id not in placed:
            entities[entity.id], placed[entity.id] = entity, where
        elif entity.id not in own:
            entities[entity.id] = _merged(entities[entity.id], where, entity, placed[entity.id])
        if entry.kind == "person":
            givens[entry.id] = tuple(dict.fromkeys((*givens.get(entry.id, ()), *_givens(entry))))
        first = placed[entity.id] is where
        for kind, text in _entry_forms(entry):
            if kind != "surname" or first:
                _collect(collected, text, kind, entity.id)
    entities = with_members(entities, placed)
    _add_cities(collected, folder / "cities.csv", entities)
    ambiguity = load_yaml(folder / "ambiguity.yaml", AmbiguityFile)
    guards = _guards(ambiguity, folder / "ambiguity.yaml", entities)
    forms = _forms(collected, entities, guards, own)
    return RegistryTable(
        entities=tuple(entities.values()),
        forms=forms,
        starts=_starts(forms),
        agents=_agents(folder / "agents.yaml"),
        titles=_titles(folder / "offices.yaml"),
        guards=guards,
        vocabulary=_vocabulary(ambiguity),
        givens=givens,
    )


def _placed(folder: Path, extra: Sequence[Path]) -> tuple[list[Placed], list[Placed]]:
    """The shipped entries and the user's own; of the user's, the last file's first."""
    states = list(_states(folder / "states.csv"))
    codes = frozenset(where.entry.code for where in states if where.entry.code)
    own = [where for path in reversed(extra) for where in load(path, codes)]  # first, that mistakes be told at once
    shipped = states
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in ("agents", "offices", "ambiguity"):
            shipped += load_actors(path, codes)
    # leaders.csv is kept by hand and goes first: its spelling of a name and its offices win.
    for path in sorted(folder.glob("leaders*.csv"), key=lambda path: path.stem):
        shipped += load_leaders(path, codes)
    return list(one_each(shipped)), own


def _states(path: Path) -> Iterable[Placed]:
    for line, row in rows(path, STATE_COLUMNS):
        if not re.fullmatch(r"[A-Z]{3}", row["code"]) or row["kind"] not in ("", "territory"):
            raise KnowledgeError(str(path), line, "code must be alpha-3 and kind empty or 'territory'")
        entry = Entry(
            id=f"state:{row['code']}", name=row["name"], kind=row["kind"] or "state", code=row["code"],
            country=row["code"], names=several(row["names"]), acronyms=several(row["acronyms"]),
            adjectives=several(row["adjectives"]), demonyms=several(row["demonyms"]) or several(row["adjectives"]),
            capitals=several(row["capitals"]),
        )  # fmt: skip
        yield Placed(entry, path, line)


def _entity(where: Placed) -> Entity:
    entry = where.entry
    offices = terms(entry.terms)
    fame = entry.fame or (2 if any(HEAD.match(term.office) for term in offices) else 1)
    known = frozenset(item.partition("@")[0] for item in entry.members.split())
    return Entity(
        id=entry.id, name=entry.name, kind=entry.kind or "org", code=entry.code, country=entry.country,
        sector=entry.sector, members=members(entry.members, where.path, where.line, known), terms=offices, fame=fame,
    )  # fmt: skip


def _merged(before: Entity, where: Placed, entity: Entity, earlier: Placed) -> Entity:
    """The same person from two shipped files: the offices of both, the first file's first."""
    if entity.kind != "person" or before.kind != "person":
        place = f"{earlier.path.name}:{earlier.line}"
        raise KnowledgeError(str(where.path), where.line, f"id {entity.id!r} is taken at {place}; valid: another")
    known = {(term.office.lower(), term.country) for term in before.terms}
    known |= {("effective leader", term.country) for term in before.terms if HEAD.match(term.office)}
    added = tuple(term for term in entity.terms if (term.office.lower(), term.country) not in known)
    return msgspec.structs.replace(before, terms=before.terms + added, fame=max(before.fame, entity.fame))


def _entry_forms(entry: Entry) -> Iterable[tuple[str, str]]:
    if not entry.unnamed:
        for name in [entry.name, *entry.names]:
            yield from (("name", text) for text in _spellings(name, entry))
            if entry.kind != "person":
                yield from (("name", text) for text in _lowered(name))
    yield from (("acronym", text) for text in entry.acronyms)
    yield from (("adjective", text) for text in entry.adjectives)
    yield from (("seat", text) for text in entry.seats)
    yield from (("capital", text) for text in entry.capitals)
    for demonym in entry.demonyms:
        yield from (("demonym", text) for text in (demonym, *_plural(demonym)))
    for surname in entry.surnames or _surnames(entry):
        yield from (("surname", text) for text in _spellings(surname, entry))
        if surname[0].islower():  # at the head of a sentence: "Van Rompuy", "De Mistura"
            yield "surname", surname[0].upper() + surname[1:]


def _lowered(name: str) -> tuple[str, ...]:
    """The name as newspapers write it that keep capitals for its first words: "Labour party", "European commission"."""
    match = _BODY.fullmatch(name)
    return (f"{match[1]} {match[2].lower()}",) if match else ()


def _plural(demonym: str) -> tuple[str, ...]:
    if re.search(r"(s|ese|ish|ch|men|x|z)$", demonym):
        return ()
    if demonym.endswith("man") and not re.search(r"(Ger|Ro|Otto|Cay|O)man$", demonym):
        return (demonym[:-3] + "men",)
    return (demonym + "s",)


def _spellings(name: str, entry: Entry) -> Iterable[str]:
    yield name
    if _ARTICLE.search(name):
        for article in (r"\1 ", None):
            yield _ARTICLE.sub(article if article else (lambda m: m[1].capitalize() + "-"), name)
        yield _ARTICLE.sub(lambda m: m[1].capitalize() + " ", name)
        yield _ARTICLE.sub(lambda m: m[1].lower() + "-", name)
        if entry.kind == "person":
            yield _ARTICLE.sub("", name)
    if entry.kind != "person":
        return
    if _INITIAL.search(name):
        yield _INITIAL.sub("", name)
        yield name.replace(".", "")
    if entry.code in _FAMILY_FIRST and "-" in name:
        head, _, tail = name.partition("-")
        yield f"{head} {tail.capitalize()}"
        yield f"{head}-{tail.capitalize()}"


def _surnames(entry: Entry) -> tuple[str, ...]:
    """The surname by rule: the last word with its particles; the first where family names come first."""
    if entry.kind != "person" or entry.code in _NO_SURNAME:
        return ()
    words = [w for w in entry.name.split() if not _NUMBERED.fullmatch(w)]
    if len(words) < 2 or "of" in words or not words[-1].replace("-", "").replace("'", "").isalpha():
        return ()
    if entry.code in _FAMILY_FIRST:
        return (words[0],) if len(words[0]) > 1 else ()
    last = words[-1]
    if len(words) > 2 and words[-2].lower() in _PARTICLES:
        return (last,) if words[-2] in ("al", "el", "Al", "El") else (f"{words[-2]} {last}",)
    return (last,) if len(last) > 2 else ()


def _givens(entry: Entry) -> tuple[str, ...]:
    """Words that may stand before the surname and mean this same person."""
    surnames = {fold(w) for s in (entry.surnames or _surnames(entry)) for w in s.split()}
    words = (fold(w) for name in [entry.name, *entry.names] for w in name.split())
    return tuple(dict.fromkeys(w for w in words if w not in surnames))


def _collect(collected: dict[str, dict[str, list[str]]], text: str, kind: str, entity: str) -> None:
    ids = collected.setdefault(fold(text), {}).setdefault(kind, [])
    if entity not in ids:
        ids.append(entity)


def _add_cities(collected: dict[str, dict[str, list[str]]], path: Path, entities: dict[str, Entity]) -> None:
    for line, row in rows(path, CITY_COLUMNS):
        state = f"state:{row['country']}"
        if state not in entities:
            raise KnowledgeError(str(path), line, f"country {row['country']!r} is not a code of states.csv")
        for name in several(row["name"]):
            if not collected.get(fold(name), {}).keys() & {"name", "adjective", "demonym", "capital", "acronym"}:
                _collect(collected, name, "city", state)


def _forms(
    collected: dict[str, dict[str, list[str]]],
    entities: dict[str, Entity],
    guards: dict[str, Guard],
    own: frozenset[str],
) -> dict[str, tuple[Form, ...]]:
    out = {}
    for text in sorted(collected):
        kinds = collected[text]
        made: list[Form] = []
        seen: set[str] = set()
        for kind in FORM_KINDS:
            ids = [i for i in kinds.get(kind, ()) if i not in seen]
            seen.update(ids)
            if ids:
                rank = {i: n for n, i in enumerate(guards[text].cues if text in guards else {})}
                ids.sort(key=lambda i: (i not in own, rank.get(i, 99), -entities[i].fame))
                made.append(Form(text, kind, tuple(ids)))
        out[text] = tuple(sorted(made, key=lambda form: form.entities[0] not in own))
    return out


def _starts(forms: dict[str, tuple[Form, ...]]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for text in forms:
        words = WORD.findall(text)
        lengths.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(ns, reverse=True)) for word, ns in lengths.items()}


def _agents(path: Path) -> dict[str, Agent]:
    agents = {}
    for row in load_yaml(path, AgentFile).agents:
        _check_sector(row.sector, path, row.nouns)
        for noun in _listed(row.nouns):
            agents[noun] = Agent(noun, row.sector, row.kind, row.political)
    return agents


def _titles(path: Path) -> dict[str, Title]:
    titles = {}
    for row in load_yaml(path, TitleFile).titles:
        _check_sector(row.sector, path, row.texts)
        for text in _listed(row.texts):
            titles[text] = Title(text, row.sector, row.kind)
    return titles


def _check_sector(sector: str | None, path: Path, words: str) -> None:
    if sector is not None and sector not in SECTORS:
        start = words[:30].split("\n")[0]
        raise KnowledgeError(str(path), 0, f"sector {sector!r} of '{start}'; valid: {' '.join(sorted(SECTORS))}")


def _listed(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(",") if part.strip()]


def _guards(file: AmbiguityFile, path: Path, entities: dict[str, Entity]) -> dict[str, Guard]:
    guards: dict[str, Guard] = {}
    for row in file.guards:
        unknown = [i for i in row.cues if i != "none" and i not in entities]
        if unknown:
            raise KnowledgeError(str(path), 0, f"guard of {row.forms}: no entity {unknown[0]}")
        cues = {i: tuple(_listed(words)) for i, words in row.cues.items()}
        guard = Guard(cues, tuple(row.not_after.split()), tuple(row.not_before.split()), row.person, row.needs)
        for form in several(row.forms):
            for text in (form, *_lowered(form)):
                guards[fold(text)] = _both(guards.get(fold(text)), guard)
    return guards


def _both(one: Guard | None, other: Guard) -> Guard:
    """Two guards of one form as one."""
    if one is None:
        return other
    return Guard(
        {**one.cues, **other.cues}, one.not_after + other.not_after, one.not_before + other.not_before,
        one.person or other.person, one.needs or other.needs,
    )  # fmt: skip


def _vocabulary(file: AmbiguityFile) -> Vocabulary:
    def words(text: str) -> frozenset[str]:
        return frozenset(fold(word) for word in text.split())

    return Vocabulary(
        given=words(file.given), openers=words(file.openers), followers=words(file.followers),
        beside=words(file.beside), common_surnames=words(file.common_surnames),
        neutral_titles=words(file.neutral_titles), shared_surnames=words(file.shared_surnames),
        female=words(file.female),
    )  # fmt: skip
