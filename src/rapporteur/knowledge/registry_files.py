"""The registry's data files as checked rows.

Two shapes. YAML (``organisations.yaml``, ``armed.yaml``, ``media.yaml`` ..., and a user's own): ``origin`` and a list
of ``entities``. CSV with ``#`` comment lines that state the origin, for long tables: ``states.csv``, ``cities.csv``,
``leaders*.csv``. Several values in a CSV cell are separated by ``|``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import load_yaml
from rapporteur.knowledge.registry import ENTITY_KINDS, Member, Term

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
_CODE = re.compile(r"[A-Z]{3}$")
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
    of the same kind, code and sector, by name alone (``Federal Communications Commission = FCC``); ``members`` are ``GBR``, ``FIN@2023-04-04`` (since) or ``GBR@1973/2020-01-31``.
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


def load_actors(path: Path) -> list[Entry]:
    """The entries of a YAML file, with the file's defaults filled in and every field checked.

    Raises:
        KnowledgeError: with file and line.
    """
    content = load_yaml(path, ActorFile)
    lines = _entry_lines(path)
    entries = []
    for number, entry in enumerate(content.entities):
        line = lines[number] if number < len(lines) else 0
        checked = _checked(_with_defaults(entry, content), path, line)
        entries.append(msgspec.structs.replace(checked, others=[]))
        entries.extend(_other(text, checked) for text in checked.others)
    return entries


def _other(text: str, entry: Entry) -> Entry:
    name, *names = (part.strip() for part in text.split(" = "))
    return Entry(
        id=f"{entry.kind}:{slug(name)}", name=name, kind=entry.kind, code=entry.code, country=entry.country,
        sector=entry.sector, names=names,
    )  # fmt: skip


def _entry_lines(path: Path) -> list[int]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [n for n, text in enumerate(lines, 1) if re.match(r"\s*- *\{? *id:", text)]


def _with_defaults(entry: Entry, content: ActorFile) -> Entry:
    code = entry.code or entry.country or content.code
    return msgspec.structs.replace(
        entry,
        kind=entry.kind or content.kind,
        code=None if code == "none" else code,
        country=entry.country or (code if code and _CODE.match(code) and code not in ("IGO", "NSA") else None),
        sector=entry.sector or content.sector,
    )


def _checked(entry: Entry, path: Path, line: int) -> Entry:
    if entry.kind not in ENTITY_KINDS:
        raise KnowledgeError(str(path), line, f"kind {entry.kind!r} of {entry.id}; valid: {', '.join(ENTITY_KINDS)}")
    if entry.code is not None and not _CODE.match(entry.code):
        raise KnowledgeError(str(path), line, f"code {entry.code!r} of {entry.id}; valid: alpha-3, IGO, NSA or none")
    for sector in (entry.sector, *(term.sector for term in entry.terms)):
        if sector is not None and sector not in SECTORS:
            raise KnowledgeError(str(path), line, f"sector {sector!r} of {entry.id}; valid: {' '.join(sorted(SECTORS))}")
    for term in entry.terms:
        _check_dates(term.since, term.until, path, line)
    members(entry.members, path, line)
    return entry


def _check_dates(since: str | None, until: str | None, path: Path, line: int) -> None:
    for date in (since, until):
        if date is not None and not _DATE.match(date):
            raise KnowledgeError(str(path), line, f"date {date!r}; valid: YYYY, YYYY-MM or YYYY-MM-DD")


def members(text: str, path: Path, line: int) -> tuple[Member, ...]:
    """Members from their short form: codes separated by spaces, each with ``@since`` or ``@since/until``."""
    out = []
    for item in text.split():
        code, _, span = item.partition("@")
        since, _, until = span.partition("/")
        _check_dates(since or None, until or None, path, line)
        if not _CODE.match(code):
            raise KnowledgeError(str(path), line, f"member {item!r}; valid: GBR, GBR@1973 or GBR@1973/2020-01-31")
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
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(n, text) for n, text in enumerate(lines, 1) if text.strip() and not text.startswith("#")]
    if not numbered or tuple(numbered[0][1].split(",")) != columns:
        raise KnowledgeError(str(path), numbered[0][0] if numbered else 0, f"columns must be {','.join(columns)}")
    for number, text in numbered[1:]:
        cells = next(csv.reader([text]))
        if len(cells) > len(columns):
            raise KnowledgeError(str(path), number, f"{len(cells)} cells in a table of {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        yield number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))


def several(cell: str) -> list[str]:
    """The values of a cell that may hold several, separated by ``|``."""
    return [part.strip() for part in cell.split("|") if part.strip()]


STATE_COLUMNS = ("code", "name", "names", "acronyms", "adjectives", "demonyms", "capitals", "kind")
CITY_COLUMNS = ("name", "country")
LEADER_COLUMNS = ("name", "country", "sector", "office", "from", "to", "names", "surnames", "fame")


def load_leaders(path: Path) -> list[Entry]:
    """Persons from a CSV in which each row is one office; rows of one name are one person, weightiest office first."""
    people: dict[str, Entry] = {}
    for line, row in rows(path, LEADER_COLUMNS):
        _check_dates(row["from"] or None, row["to"] or None, path, line)
        if not _CODE.match(row["country"]):
            raise KnowledgeError(str(path), line, f"country {row['country']!r}; valid: alpha-3, IGO or NSA")
        if row["sector"] and row["sector"] not in SECTORS:
            raise KnowledgeError(str(path), line, f"sector {row['sector']!r}; valid: {' '.join(sorted(SECTORS))}")
        if row["fame"] not in ("", "1", "2", "3"):
            raise KnowledgeError(str(path), line, f"fame {row['fame']!r}; valid: 1, 2, 3 or nothing")
        term = TermRow(row["office"], row["country"], row["sector"] or None, row["from"] or None, row["to"] or None)
        known = people.get(row["name"])
        people[row["name"]] = _person(row, term, known)
    return list(people.values())


def _person(row: dict[str, str], term: TermRow, known: Entry | None) -> Entry:
    offices = [term] if term.office else []
    if known is not None:
        return msgspec.structs.replace(
            known,
            terms=[*known.terms, *offices],
            names=[*known.names, *several(row["names"])],
            surnames=[*known.surnames, *several(row["surnames"])],
            fame=max(known.fame or 0, int(row["fame"] or 0)) or None,
        )
    code = row["country"]
    return Entry(
        id=f"person:{slug(row['name'])}", name=row["name"], kind="person", code=code,
        country=None if code in ("IGO", "NSA") else code, sector=row["sector"] or None, names=several(row["names"]),
        surnames=several(row["surnames"]), terms=offices, fame=int(row["fame"]) if row["fame"] else None,
    )  # fmt: skip


def slug(name: str) -> str:
    """A name as an id: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", kept.lower()).strip("-")
