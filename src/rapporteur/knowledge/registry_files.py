"""The registry's data files as checked rows.

Two shapes. YAML (``organisations.yaml``, ``armed.yaml``, ``media.yaml`` ..., and a user's own): ``origin`` and a list
of ``entities``. CSV with ``#`` comment lines that state the origin, for long tables: ``states.csv``, ``cities.csv``,
``leaders*.csv``, and a user's own of either ``LEADER_COLUMNS`` or ``ACTOR_COLUMNS``. Several values in a CSV cell are
separated by ``|``.
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import item_lines, load_yaml, unreadable
from rapporteur.knowledge.registry import ENTITY_KINDS, Member, Term

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
_CODE = re.compile(r"[A-Z]{3}$")
_LETTER = re.compile(r"[^\W_]")
_ID = re.compile(r"[a-z]+:[\w.&'+-]+$")
_STATELESS = frozenset({"IGO", "NSA"})
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)


class TermRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"since": "from", "until": "to"}):
    """An office of a person in a YAML file."""

    office: str
    country: str
    sector: str | None = None
    since: str | None = None
    until: str | None = None


class Entry(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One entity of a YAML file; ``kind``, ``code``, ``country`` and ``sector`` default to the file's.

    ``names`` add to ``name``; ``unnamed`` keeps ``name`` itself from being looked for; ``others`` are further entities
    of the same kind, code and sector, by name alone (``Federal Communications Commission = FCC``); ``members`` are
    ``GBR``, ``FIN@2023-04-04`` (since), ``GBR@1973/2020-01-31`` or another group (``group:E3``).
    """

    id: str
    name: str
    kind: str | None = None
    code: str | None = None
    country: str | None = None
    sector: str | None = None
    names: list[str] = []
    acronyms: list[str] = []
    adjectives: list[str] = []
    demonyms: list[str] = []
    seats: list[str] = []
    capitals: list[str] = []
    surnames: list[str] = []
    members: str = ""
    terms: list[TermRow] = []
    fame: int | None = None
    unnamed: bool = False
    others: list[str] = []


class ActorFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A YAML file of entities."""

    origin: str
    entities: list[Entry]
    kind: str | None = None
    code: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands: file and line, from 1."""

    entry: Entry
    path: Path
    line: int


def load(path: Path, codes: frozenset[str]) -> list[Placed]:
    """The entries of a user's file: YAML of entities, CSV of entities or of offices, told by its name and columns.

    Raises:
        KnowledgeError: where there is no such file, it is of another kind, or something in it is wrong.
    """
    if path.suffix.lower() not in (".csv", ".yaml", ".yml"):
        raise KnowledgeError(str(path), 0, "a file of actors is .yaml (entities) or .csv (entities, or offices)")
    if path.suffix.lower() != ".csv":
        return load_actors(path, codes)
    columns, _ = _table(path, ACTOR_COLUMNS, LEADER_COLUMNS)
    return load_table(path, codes) if columns == ACTOR_COLUMNS else load_leaders(path, codes)


def load_actors(path: Path, codes: frozenset[str]) -> list[Placed]:
    """The entries of a YAML file, with the file's defaults filled in and every field checked.

    Args:
        codes: the alpha-3 codes that a country may have.

    Raises:
        KnowledgeError: with file and line.
    """
    content = load_yaml(path, ActorFile)
    placed = zip(item_lines(path, "entities"), content.entities, strict=True)
    return _each_once(((line, _with_defaults(entry, content)) for line, entry in placed), path, codes)


def load_table(path: Path, codes: frozenset[str]) -> list[Placed]:
    """The entries of a CSV of entities, one a row; an empty id is made of kind and name, a comment is for the reader.

    Raises:
        KnowledgeError: with file and line.
    """
    defaults = ActorFile(origin="", entities=[])
    return _each_once(
        ((line, _with_defaults(_of_row(row), defaults)) for line, row in rows(path, ACTOR_COLUMNS)), path, codes
    )


def _of_row(row: dict[str, str]) -> Entry:
    return Entry(
        id=row["id"] or f"{row['kind']}:{slug(row['name'])}", name=row["name"], kind=row["kind"] or None,
        code=row["code"] or None, sector=row["sector"] or None, names=several(row["names"]),
        acronyms=several(row["acronyms"]),
    )  # fmt: skip


def _each_once(numbered: Iterable[tuple[int, Entry]], path: Path, codes: frozenset[str]) -> list[Placed]:
    entries = []
    seen: dict[str, int] = {}
    for line, entry in numbered:
        checked = _checked(entry, path, line, codes)
        others = (_other(text, checked) for text in checked.others)
        for found in (msgspec.structs.replace(checked, others=[]), *others):
            if found.id in seen:
                problem = f"id {found.id!r} is taken in line {seen[found.id]}; valid: another"
                raise KnowledgeError(str(path), line, problem)
            seen[found.id] = line
            entries.append(Placed(found, path, line))
    return entries


def _other(text: str, entry: Entry) -> Entry:
    name, *names = (part.strip() for part in text.split(" = "))
    return Entry(
        id=f"{entry.kind}:{slug(name)}", name=name, kind=entry.kind, code=entry.code, country=entry.country,
        sector=entry.sector, names=names,
    )  # fmt: skip


def _with_defaults(entry: Entry, content: ActorFile) -> Entry:
    code = entry.code or entry.country or content.code
    return msgspec.structs.replace(
        entry,
        kind=entry.kind or content.kind,
        code=None if code == "none" else code,
        country=entry.country or (code if code and _CODE.match(code) and code not in _STATELESS else None),
        sector=entry.sector or content.sector,
    )


def _checked(entry: Entry, path: Path, line: int, codes: frozenset[str]) -> Entry:
    if entry.kind not in ENTITY_KINDS:
        raise KnowledgeError(str(path), line, f"kind {entry.kind!r} of {entry.id}; valid: {', '.join(ENTITY_KINDS)}")
    if not _ID.match(entry.id):
        raise KnowledgeError(str(path), line, f"id {entry.id!r}; valid: kind:name-in-small-letters, without spaces")
    for name in _texts(entry):
        if not _LETTER.search(name):
            raise KnowledgeError(str(path), line, f"name {name!r} of {entry.id}; valid: a name has a letter or digit")
    if entry.fame not in (None, 1, 2, 3):
        raise KnowledgeError(str(path), line, f"fame {entry.fame} of {entry.id}; valid: 1, 2, 3 or nothing")
    if entry.code is not None and entry.code not in _STATELESS:
        _check_code(entry.code, f"code of {entry.id}", path, line, codes, "IGO, NSA or none")
    if entry.country is not None:
        _check_code(entry.country, f"country of {entry.id}", path, line, codes)
    _check_sector(entry.sector, path, line)
    for term in entry.terms:
        _check_sector(term.sector, path, line)
        _check_dates(term.since, term.until, path, line)
        if term.country not in _STATELESS:
            _check_code(term.country, f"country of a term of {entry.id}", path, line, codes, "IGO or NSA")
    members(entry.members, path, line, codes)
    return entry


def _texts(entry: Entry) -> Iterator[str]:
    """Every text by which a page may name the entry."""
    yield entry.name
    for texts in (entry.names, entry.acronyms, entry.adjectives, entry.demonyms, entry.seats, entry.capitals):
        yield from texts
    yield from entry.surnames


def _check_code(code: str, what: str, path: Path, line: int, codes: frozenset[str], also: str = "") -> None:
    if code not in codes:
        near = difflib.get_close_matches(code, sorted(codes), 3)
        hint = f" (near it: {', '.join(near)})" if near else ""
        valid = "an ISO 3166 alpha-3 code of states.csv" + (f", {also}" if also else "")
        raise KnowledgeError(str(path), line, f"{what} is {code!r}; valid: {valid}{hint}")


def _check_sector(sector: str | None, path: Path, line: int) -> None:
    if sector is not None and sector not in SECTORS:
        raise KnowledgeError(str(path), line, f"sector {sector!r}; valid: {' '.join(sorted(SECTORS))}")


def _check_dates(since: str | None, until: str | None, path: Path, line: int) -> None:
    for bound in (since, until):
        if bound is not None and not _is_date(bound):
            raise KnowledgeError(str(path), line, f"date {bound!r}; valid: YYYY, YYYY-MM or YYYY-MM-DD")
    if since is not None and until is not None and until < since[: len(until)]:
        raise KnowledgeError(str(path), line, f"ends on {until}, before it begins on {since}; valid: the earlier first")


def _is_date(text: str) -> bool:
    if not _DATE.match(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def members(text: str, path: Path, line: int, codes: frozenset[str]) -> tuple[Member, ...]:
    """Members from their short form: codes separated by spaces, each with ``@since`` or ``@since/until``.

    A member may be the id of another group (``group:E3``), whose members are meant; ``registry_groups`` puts them in.
    """
    out = []
    for item in text.split():
        code, _, span = item.partition("@")
        since, _, until = span.partition("/")
        _check_dates(since or None, until or None, path, line)
        if ":" not in code:
            _check_code(code, "member", path, line, codes, "the id of a group, each with @since or @since/until")
        out.append(Member(code, since or None, until or None))
    return tuple(out)


def terms(rows: list[TermRow]) -> tuple[Term, ...]:
    """The dated offices of an entry."""
    return tuple(Term(r.office, r.country, r.sector, r.since, r.until) for r in rows)


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file as (line, column → text); ``#`` lines are comments; missing trailing cells are empty.

    Raises:
        KnowledgeError: where the header differs from ``columns`` or a row has more cells than it.
    """
    for number, text in _table(path, columns)[1]:
        cells = next(csv.reader([text]))
        if len(cells) > len(columns):
            raise KnowledgeError(str(path), number, f"{len(cells)} cells; valid: {','.join(columns)}")
        cells += [""] * (len(columns) - len(cells))
        yield number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))


def _table(path: Path, *shapes: tuple[str, ...]) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """The columns of a CSV file, which must be one of ``shapes``, and its numbered lines below them."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise unreadable(path, error) from None
    except UnicodeDecodeError:
        raise KnowledgeError(str(path), 0, "not UTF-8; save it so") from None
    # A spreadsheet may put a comment with a comma in it into quotes.
    numbered = [(n, text) for n, text in enumerate(lines, 1) if text.strip() and not text.startswith(("#", '"#'))]
    columns = tuple(cell.strip() for cell in numbered[0][1].split(",")) if numbered else ()
    if columns not in shapes:
        valid = ", or ".join(",".join(shape) for shape in shapes)
        raise KnowledgeError(str(path), numbered[0][0] if numbered else 0, f"columns must be {valid}")
    return columns, numbered[1:]


def several(cell: str) -> list[str]:
    """The values of a cell that may hold several, separated by ``|``."""
    return [part.strip() for part in cell.split("|") if part.strip()]


STATE_COLUMNS = ("code", "name", "names", "acronyms", "adjectives", "demonyms", "capitals", "kind")
CITY_COLUMNS = ("name", "country")
ACTOR_COLUMNS = ("id", "name", "kind", "code", "sector", "names", "acronyms", "comment")
LEADER_COLUMNS = ("name", "country", "sector", "office", "from", "to", "names", "surnames", "fame")


def load_leaders(path: Path, codes: frozenset[str]) -> list[Placed]:
    """Persons from a CSV in which each row is one office; rows of one name are one person, weightiest office first.

    Raises:
        KnowledgeError: with file and line.
    """
    people: dict[str, Placed] = {}
    for line, row in rows(path, LEADER_COLUMNS):
        _check_dates(row["from"] or None, row["to"] or None, path, line)
        if not all(_LETTER.search(text) for text in (*several(row["names"]), *several(row["surnames"]))):
            raise KnowledgeError(str(path), line, f"a name of {row['name']} without a letter or digit; valid: with one")
        if not slug(row["name"]):
            raise KnowledgeError(str(path), line, "a person without a name; valid: the name in the first column")
        if row["country"] not in _STATELESS:
            _check_code(row["country"], f"country of {row['name']}", path, line, codes, "IGO or NSA")
        _check_sector(row["sector"] or None, path, line)
        if row["fame"] not in ("", "1", "2", "3"):
            raise KnowledgeError(str(path), line, f"fame {row['fame']!r}; valid: 1, 2, 3 or nothing")
        term = TermRow(row["office"], row["country"], row["sector"] or None, row["from"] or None, row["to"] or None)
        known = people.get(slug(row["name"]))
        person = _person(row, term, known.entry if known else None)
        people[slug(row["name"])] = Placed(person, path, known.line if known else line)
    return list(people.values())


def _person(row: dict[str, str], term: TermRow, known: Entry | None) -> Entry:
    offices = [term] if term.office else []
    if known is not None:
        return msgspec.structs.replace(
            known,
            terms=[*known.terms, *offices],
            names=[*known.names, row["name"], *several(row["names"])],
            surnames=[*known.surnames, *several(row["surnames"])],
            fame=max(known.fame or 0, int(row["fame"] or 0)) or None,
        )
    code = row["country"]
    return Entry(
        id=f"person:{slug(row['name'])}", name=row["name"], kind="person", code=code,
        country=None if code in _STATELESS else code, sector=row["sector"] or None, names=several(row["names"]),
        surnames=several(row["surnames"]), terms=offices, fame=int(row["fame"]) if row["fame"] else None,
    )  # fmt: skip


def slug(name: str) -> str:
    """A name as an id: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", kept.lower()).strip("-")
