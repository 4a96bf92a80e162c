"""Questions from lines and from facts: cases as JSON Lines, and what there is to ask when only facts are given."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import msgspec

from rapporteur.errors import AskError, CaseError, LineError
from rapporteur.institutions import times
from rapporteur.institutions.answers import ask
from rapporteur.institutions.objects import Names
from rapporteur.knowledge.institutions import Catalogue, Institution, Text

LONGEST_LINE = 1 << 20  # bytes
_MATTERS = (
    "vote",
    "decide",
    "propose",
    "object",
    "lift",
    "abstain",
    "constructive_abstention",
    "set_silence",
    "convene",
)
Question = tuple[str, str, str | None]


def institution_id(known: Catalogue, name: str) -> str:
    """The id of an institution as it is spelled, whatever the case it is written in.

    Raises:
        AskError: there is none; names the nearest.
    """
    spelled = {id.lower(): id for id in known.institutions}
    if name.lower() in spelled:
        return spelled[name.lower()]
    near = difflib.get_close_matches(name.lower(), spelled, 1)
    meant = f"; did you mean {spelled[near[0]]}?" if near else ""
    raise AskError("institution", f"no institution '{name}'; known: {', '.join(spelled.values())}{meant}")


def case_lines(stream: BinaryIO, name: str) -> Iterator[tuple[str, dict[str, Any]] | LineError]:
    """The cases of a JSON Lines stream, each with its place (``name:line``); what is none is an error in its place."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > LONGEST_LINE:
            while not line.endswith(b"\n") and (line := stream.readline(LONGEST_LINE)):
                pass  # the rest of it
            yield LineError(where, "longer than 1 MiB; a case is one line")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _case(line.removeprefix(b"\xef\xbb\xbf"), where)


def _case(line: bytes, where: str) -> tuple[str, dict[str, Any]] | LineError:
    try:
        case = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return LineError(where, f"not valid JSON: {error}")
    except RecursionError:
        return LineError(where, "nested too deeply to be a case")
    if not isinstance(case, dict):
        return LineError(where, "no object; a case is written as {...} with institution, ask, facts and as_of")
    return where, case


def answer_at(known: Catalogue, case: Mapping[str, Any], where: str | None = None) -> dict[str, Any]:
    """The answer to a case that stands somewhere.

    Raises:
        LineError: it can't be answered, with the place ``where`` it stands.
        CaseError: the same, where no place is told.
    """
    try:
        return ask(case, known)
    except CaseError as error:
        if where is None:
            raise
        raise LineError(where, error.problem) from None


def case_of(institution: str, question: Question, facts: Sequence[Mapping[str, Any]], as_of: str) -> dict[str, Any]:
    """A case that puts one question."""
    kind, object, party = question
    return {
        "id": " / ".join(filter(None, (institution, object, party))),
        "institution": institution,
        "question": None,
        "ask": {"kind": kind, "object": object, "party": party},
        "facts": list(facts),
        "as_of": as_of,
    }


def kind_of(institution: Institution, object: str, facts: Iterable[Mapping[str, Any]]) -> str:
    """What to ask of an object if nothing is said: ``decision`` of a matter that facts put forward, else ``status``."""
    names = Names(institution, ())
    own = names.of(object)
    if own in {t.id for t in institution.texts} | {c.object for c in institution.clocks}:
        return "status"
    return "decision" if any(f["type"] in _MATTERS and names.of(f["object"]) == own for f in facts) else "status"


def questions(known: Catalogue, institution_id: str, facts: Sequence[Mapping[str, Any]], as_of: str) -> list[Question]:
    """All that facts give reason to ask: on the main text, every matter, text and clock that they touch, what a clock
    of these brings or ends, and whether those who act, or are hit, belong to the texts.

    Args:
        known: the institutions; ``institution_id``: one of them.
        facts: as a case has them; ``source.targets`` tells who is hit.
        as_of: the day (ISO).
    """
    institution = known.institutions[institution_id]
    names = Names(institution, [str(fact["object"]) for fact in facts])
    texts = {text.id: text for text in institution.texts}
    found: dict[Question, None] = {}
    if institution.texts:
        found["status", institution.texts[0].id, None] = None
    for fact in facts:
        object = names.of(str(fact["object"]))
        found.update(dict.fromkeys(_about(known, institution, texts, fact, object, facts)))
    for target in sorted({code for fact in facts for code in (fact.get("source") or {}).get("targets", ())}):
        for text in institution.texts:
            if target in _parties(known, institution, text, as_of):
                found["status", text.id, target] = None
    return list(found)


def _about(
    known: Catalogue,
    institution: Institution,
    texts: Mapping[str, Text],
    fact: Mapping[str, Any],
    object: str,
    facts: Sequence[Mapping[str, Any]],
) -> Iterator[Question]:
    """What one fact gives reason to ask."""
    clocks = [clock for clock in institution.clocks if object in (clock.object, clock.text)]
    own = texts.get(object)
    if own is None:
        yield kind_of(institution, object, facts), object, None
    for text in dict.fromkeys([object, *(clock.text for clock in clocks if clock.then == "leave")]):
        if text in texts and not texts[text].sides:
            yield from (("status", text, member) for member in fact["by"] if texts[text].parties)
        elif text in texts:
            yield "status", text, None
    for clock in clocks:
        if clock.object == object:
            yield from (("status", other, None) for other in (*clock.applies, *clock.ends))


def _parties(known: Catalogue, institution: Institution, text: Text, as_of: str) -> set[str]:
    if text.parties is None:
        return set()
    return known.membership(institution.id, text.parties).on(str(times.day_text(times.parse(as_of))))
