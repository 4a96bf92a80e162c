"""What a ledger's rows say of an institution, what there is to ask then, and who may do what: for whoever shows it.

The ledger comes as a ``Source``, so that this room needs to know no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapporteur.errors import AskError, CaseError
from rapporteur.institutions import asking, from_ledger, moves
from rapporteur.institutions.from_ledger import Gathered
from rapporteur.knowledge.case_words import KEYS, SETS
from rapporteur.knowledge.institutions import Catalogue

_ALL_SIDES = "sides"  # of a text: no party that moves by itself
Answered = tuple[dict[str, Any], dict[str, Any]]  # a case with its answer
_RUNNING = ("pending", "extended")
_OPEN = ("blocked", "disputed", "pending", "extended", "not_adopted")


@dataclass(frozen=True, slots=True)
class Compared:
    """One question with its answers before and after some moves are supposed.

    ``before`` is None of a decision that nobody had put forward before; ``changed``: do the two say different?
    """

    ask: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    changed: bool


class Source(Protocol):
    """What is needed of a ledger."""

    def saying(
        self,
        wanted: Mapping[str, tuple[Sequence[str] | None, Sequence[str] | None]],
        *,
        as_of: str | None,
        known_by: str | None,
        besides: Iterable[Sequence[str]],
    ) -> dict[str, list[dict[str, Any]]]:
        """By view, the rows of some types that say one of some phrases, and perhaps more; each report has ``text``."""
        ...


def gathered(
    source: Source,
    known: Catalogue,
    id: str,
    as_of: str,
    *,
    known_by: str | None = None,
    history: bool = True,
    besides: Iterable[str] = (),
) -> Gathered:
    """The facts that a ledger gives of an institution up to a day, and the rows that were left aside.

    Args:
        source: the ledger.
        known: the institutions; ``id``: one of them, as it is spelled.
        as_of: the day (ISO) up to which facts count.
        known_by: only reports published, and history, up to that day.
        history: add what is known of the institution's history.
        besides: ids of institutions that may be asked for next.
    """
    said = from_ledger.phrases(known, known.institutions[id])
    wanted = {view: (types, said[view]) for view, types in from_ledger.wanted(known.institutions[id]).items()}
    next_asked = [
        words
        for other in besides
        for words in from_ledger.phrases(known, known.institutions[other]).values()
        if words is not None
    ]
    rows = source.saying(wanted, as_of=as_of, known_by=known_by, besides=next_asked)
    return from_ledger.gathered(
        known, id, rows.get("measures", ()), rows.get("events", ()), as_of, known_by=known_by, history=history
    )


def supposed(known: Catalogue, id: str, what_if: Iterable[str]) -> list[dict[str, Any]]:
    """The moves that are supposed of an institution, each written as ``moves.suppose`` reads it.

    Raises:
        AskError: one of them can't be read.
    """
    try:
        return [moves.suppose(text, known.institutions[id]) for text in what_if]
    except CaseError as error:
        raise AskError(error.where, error.problem) from None


def answers(
    known: Catalogue, id: str, facts: Sequence[Mapping[str, Any]], as_of: str, question: asking.Question | None = None
) -> Iterator[Answered]:
    """Cases with their answers: of the question, or of all that the facts give reason to ask.

    Raises:
        CaseError: the question can't be answered.
    """
    questions = [question] if question is not None else asking.questions(known, id, facts, as_of)
    for one in questions:
        case = asking.case_of(id, one, facts, as_of)
        answer = from_ledger.without_implied(facts, asking.answer_at(known, case))
        if len(questions) > 1:
            answer["also"] = []  # all of it is asked itself
        yield case, answer


def compared(
    known: Catalogue,
    id: str,
    facts: Sequence[Mapping[str, Any]],
    supposing: Sequence[Mapping[str, Any]],
    as_of: str,
    *,
    before: Iterable[Answered] = (),
    after: Iterable[Answered] = (),
) -> list[Compared]:
    """Every question that the facts give reason to ask, with or without the moves supposed, answered both ways; those
    whose answers differ first.

    Args:
        known: the institutions; ``id``: one of them.
        facts, supposing, as_of: as cases have them.
        before, after: what ``answers`` gave of the facts alone, and with those supposed; else they are answered here.

    Raises:
        CaseError: the case can't be answered.
    """
    both = [*facts, *supposing]
    without = {_question(case): answer for case, answer in before or answers(known, id, facts, as_of)}
    having = {_question(case): answer for case, answer in after or answers(known, id, both, as_of)}
    found = []
    for question in dict.fromkeys([*without, *having]):
        earlier = without.get(question)
        if earlier is None and question[0] != "decision":
            ((_, earlier),) = answers(known, id, facts, as_of, question)
        later = having.get(question)
        if later is None:
            ((_, later),) = answers(known, id, both, as_of, question)
        kind, object, party = question
        ask = {"kind": kind, "object": object, "party": party}
        found.append(Compared(ask, earlier, later, earlier is None or _said(earlier) != _said(later)))
    return sorted(found, key=lambda one: not one.changed)


def _question(case: Mapping[str, Any]) -> asking.Question:
    ask = case["ask"]
    return ask["kind"], ask["object"], ask["party"]


def _said(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer says of its own question, without how it comes to it."""
    return {key: sorted(answer[key]) if key in SETS and answer[key] else answer[key] for key in KEYS if key != "also"}


def able(known: Catalogue, case: Mapping[str, Any], actors: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """What each of the actors may do on the day of the case, and what would come of it (``moves.can``)."""
    return {actor: moves.can(known, dict(case), actor) for actor in actors}


def running(answer: Mapping[str, Any]) -> bool:
    """Whether the answer tells of a clock that runs."""
    return answer["outcome"] in _RUNNING and bool(answer.get("deadline"))


def blocked(answer: Mapping[str, Any]) -> bool:
    """Whether the answer tells that somebody stands in the way."""
    return bool(answer["outcome"] == "blocked")


def parties_that_matter(
    known: Catalogue, id: str, facts: Sequence[Mapping[str, Any]], found: Iterable[Mapping[str, Any]], most: int = 8
) -> list[str]:
    """Whose moves are worth telling: who acts in the facts (not in mere history), then who could stop or blocks what
    is open, and those whom the institution's own clocks name; at most ``most``, in that order.

    Args:
        known: the institutions; ``id``: one of them.
        facts: as a case has them.
        found: answers to questions on them.
        most: how many.
    """
    told = [fact for fact in facts if (fact.get("source") or {}).get("view") != "history"]
    actors = [code for fact in reversed(told) for code in fact["by"]]
    for answer in found:
        if answer["outcome"] in _OPEN:
            actors += [*(answer.get("blocked_by") or ()), *(answer.get("can_stop") or ())]
    for clock in known.institutions[id].clocks:
        actors += clock.extension.by if clock.extension else ()
        actors += [clock.stopped_by.by] if clock.stopped_by else []
    for fact in facts:
        actors += fact["by"]
    return [actor for actor in dict.fromkeys(actors) if actor != _ALL_SIDES][:most]
