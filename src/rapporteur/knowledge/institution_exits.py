"""The table of exits (``members/exits.csv``): notices, exits, suspensions and returns of history, as moves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.institution_members import table

if TYPE_CHECKING:
    from rapporteur.knowledge.institutions import Institution

COLUMNS = ("institution", "text", "member", "notice", "effect", "kind", "citation")

#: The move that a row tells, and the column of its day. A state that came back is a party from the effect of its new
#: instrument on, and a deposit counts at once.
MOVES = {
    "notice": ("notify", "notice"),
    "resume": ("resume_notice", "notice"),
    "take-back": ("suspend_notice", "notice"),
    "withdraw": ("withdraw", "effect"),
    "suspend": ("suspend", "effect"),
    "accession-again": ("deposit", "effect"),
}
_MEMBER = re.compile(r"[A-Z]{2,3}", re.ASCII)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Exit:
    """A row: the institution, and the fields of the move (``date, type, by, object, event``)."""

    institution: str
    move: dict[str, Any]


def exits(path: Path, institutions: Mapping[str, Institution], here: Collection[str]) -> Iterator[Exit]:
    """The moves of a table of exits; none where there is no such table.

    Args:
        path: the table.
        institutions: all that are known.
        here: ids of those whose files lie beside the table. A row on another's text that it no longer has is left out:
            somebody's own file took the place of the one that the row was written for.

    Raises:
        KnowledgeError: a row is wrong, with its line.
    """
    if not path.exists():
        return
    for line, row in table(path, COLUMNS):
        owner = institutions.get(row["institution"])
        if owner is not None and owner.id not in here and row["text"] not in _names(owner):
            continue
        problem = _wrong(row, institutions)
        if problem is not None:
            raise KnowledgeError(str(path), line, problem)
        type, column = MOVES[row["kind"]]
        move = {
            "date": row[column],
            "type": type,
            "by": (row["member"],),
            "object": _object(row["text"], type, institutions[row["institution"]]),
            "event": row["citation"] or row["kind"],
        }
        yield Exit(row["institution"], move)


def _object(name: str, type: str, institution: Institution) -> str:
    """The text's id; of a notice, the procedure of the clock by which one leaves it."""
    text = next(text.id for text in institution.texts if name in (text.id, *text.names))
    if type not in ("notify", "suspend_notice", "resume_notice"):
        return text
    return next((clock.object for clock in institution.clocks if clock.text == text and clock.then == "leave"), text)


def _wrong(row: Mapping[str, str], institutions: Mapping[str, Institution]) -> str | None:
    institution = institutions.get(row["institution"])
    if institution is None:
        return f"no institution `{row['institution']}`; known: {', '.join(sorted(institutions))}"
    texts = _names(institution)
    if row["text"] not in texts:
        return f"{institution.id} has no text `{row['text']}`; valid: {', '.join(texts) or 'none'}"
    if not _MEMBER.fullmatch(row["member"]):
        return f"`{row['member']}` is no code of a state; valid: three capital letters, or EU"
    if row["kind"] not in MOVES:
        return f"no kind `{row['kind']}`; valid: {', '.join(MOVES)}"
    column = MOVES[row["kind"]][1]
    if not row[column]:
        return f"a row of the kind `{row['kind']}` needs a day under `{column}`"
    for name in ("notice", "effect"):
        if row[name] and not _is_day(row[name]):
            return f"`{row[name]}` under `{name}` is no date; valid: 2004, 2004-05, 2004-05-01 or 2004-05-01T12:00Z"
    return None


def _names(institution: Institution) -> list[str]:
    return [name for text in institution.texts for name in (text.id, *text.names)]


def _is_day(text: str) -> bool:
    try:
        if _DAY.fullmatch(text):
            date(*(int(part) for part in (text + "-01-01")[:10].split("-")))
            return True
        return text.endswith("Z") and datetime.fromisoformat(text) is not None
    except ValueError:
        return False
