"""What a ledger tells of an institution, asked once for each state of the ledger.

To gather facts and to run the rules takes tenths of a second, and a page asks for the same again and again: what was
found is kept until the ledger's file changes. What is kept is shared: nobody may change it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from rapporteur.errors import AskError, CaseError
from rapporteur.institutions import houses, ledger_case, times
from rapporteur.institutions.asking import institution_id
from rapporteur.institutions.cases import LONGEST_NAME, MOST_FACTS
from rapporteur.institutions.from_ledger import Aside
from rapporteur.knowledge.institutions import Catalogue, catalogue
from rapporteur.record.kept import Kept
from rapporteur.record.ledger import Ledger

_MOST_KEPT = 512
MOST_SUPPOSED = 20

T = TypeVar("T")
Fact = dict[str, Any]
Move = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What stands in an institution on a day.

    Attributes:
        id: of the institution; ``as_of``, ``known_by``: the days (ISO; ``known_by`` None: all that is known).
        facts: as cases have them, those supposed at the end.
        aside: rows that were left aside.
        found: cases with their answers.
        matter: whose moves are worth telling.
        compared: before and after, if something is supposed.
    """

    id: str
    as_of: str
    known_by: str | None
    facts: tuple[Fact, ...]
    aside: tuple[Aside, ...]
    found: tuple[ledger_case.Answered, ...]
    matter: tuple[str, ...]
    compared: tuple[ledger_case.Compared, ...] = ()


def countable(as_of: str) -> None:
    """Let pass a day (ISO) from which rules can count.

    Raises:
        AskError: it is too early or too late.
    """
    try:
        times.parse(as_of)
    except (ValueError, OverflowError):
        raise AskError("as_of", f"{as_of} is beyond the days that rules can count") from None


class Inquiries:
    """Asks of one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept = Kept(_MOST_KEPT)
        self._solving = threading.Lock()  # one at a time: the rules' solver takes a core and memory

    @property
    def known(self) -> Catalogue:
        """The institutions."""
        return catalogue()

    def ask(self, name: str, as_of: str, known_by: str | None, what_if: Sequence[str] = ()) -> Inquiry:
        """What stands, with what is supposed.

        Args:
            name: of an institution, in any case.
            as_of, known_by: days (ISO).
            what_if: moves, as ``supposing.suppose`` reads them.

        Raises:
            AskError: there is no such institution, or a supposition can't be read or used.
        """
        id = institution_id(self.known, name)
        countable(as_of)
        if len(what_if) > MOST_SUPPOSED:
            raise AskError("what_if", f"{len(what_if)} suppositions; at most {MOST_SUPPOSED} can be weighed at once")
        supposing = [self._supposed(id, text) for text in what_if]
        return self._once(
            ("inquiry", id, as_of, known_by, tuple(what_if)), lambda: self._inquiry(id, as_of, known_by, supposing)
        )

    def can(self, inquiry: Inquiry, actor: str) -> list[Move]:
        """What an actor may do as things stand, and what would come of it (``moves.can``)."""
        supposed = tuple(str(fact.get("event")) for fact in inquiry.facts if fact.get("supposed"))
        case = {"institution": inquiry.id, "facts": list(inquiry.facts), "as_of": inquiry.as_of}

        def able() -> list[Move]:
            try:
                with self._solving:
                    return ledger_case.able(self.known, case, [actor])[actor]
            except CaseError as error:
                raise AskError("actor", error.problem) from None

        return self._once(("can", inquiry.id, inquiry.as_of, inquiry.known_by, supposed, actor), able)

    def told(self, inquiry: Inquiry, actors: Sequence[str] = ()) -> dict[str, Any]:
        """All of it as plain data, with the moves of those who matter and of further ``actors``."""
        institution = self.known.institutions[inquiry.id]
        return {
            "id": inquiry.id,
            "title": institution.title,
            "as_of": inquiry.as_of,
            "known_by": inquiry.known_by,
            "facts": inquiry.facts,
            "left_aside": inquiry.aside,
            "answers": [{"ask": case["ask"], "answer": answer} for case, answer in inquiry.found],
            "compared": inquiry.compared,
            "can": {actor: self.can(inquiry, actor) for actor in dict.fromkeys([*inquiry.matter, *actors])},
            "members": houses.circles(self.known, institution, inquiry.as_of),
        }

    def _supposed(self, id: str, text: str) -> Fact:
        if len(text) > LONGEST_NAME or not text.isprintable():
            raise AskError("what_if", f"a supposition is one line of at most {LONGEST_NAME} characters")
        try:
            (fact,) = ledger_case.supposed(self.known, id, [text])
        except AskError as error:
            raise AskError("what_if", f"“{text}”: {error.problem}") from None
        return fact

    def _inquiry(self, id: str, as_of: str, known_by: str | None, supposing: list[Fact]) -> Inquiry:
        if supposing:
            return self._with(self.ask(id, as_of, known_by), supposing)
        told = ledger_case.gathered(
            self._ledger, self.known, id, as_of, known_by=known_by, besides=self.known.institutions
        )
        found = self._answered(id, told.facts, as_of, "as_of")
        return self._made(id, as_of, known_by, told.facts, tuple(told.aside), found)

    def _with(self, told: Inquiry, supposing: list[Fact]) -> Inquiry:
        """What stands, and what changes, with moves that are supposed."""
        facts = [*told.facts, *supposing]
        found = self._answered(told.id, facts, told.as_of, "what_if")
        with self._solving:
            compared = ledger_case.compared(
                self.known, told.id, told.facts, supposing, told.as_of, before=told.found, after=found
            )
        return self._made(told.id, told.as_of, told.known_by, facts, told.aside, found, tuple(compared))

    def _answered(self, id: str, facts: list[Fact], as_of: str, where: str) -> tuple[ledger_case.Answered, ...]:
        if len(facts) > MOST_FACTS:
            raise AskError("as_of", f"{len(facts)} facts; at most {MOST_FACTS} can be weighed: ask of an earlier day")
        try:
            with self._solving:
                return tuple(ledger_case.answers(self.known, id, facts, as_of))
        except CaseError as error:
            raise AskError(where, error.problem) from None

    def _made(
        self,
        id: str,
        as_of: str,
        known_by: str | None,
        facts: list[Fact],
        aside: tuple[Aside, ...],
        found: tuple[ledger_case.Answered, ...],
        compared: tuple[ledger_case.Compared, ...] = (),
    ) -> Inquiry:
        matter = ledger_case.parties_that_matter(self.known, id, facts, [answer for _, answer in found])
        return Inquiry(id, as_of, known_by, tuple(facts), aside, found, tuple(matter), compared)

    def _once(self, question: Hashable, work: Callable[[], T]) -> T:
        """What was found before from the same state of the ledger; else work it out. Two that ask at once may both."""
        state = self._ledger.state()  # of before: what is written meanwhile makes the answer one that nobody asks for
        return cast(T, self._kept.answer(question, self._ledger.state, lambda: (state, work())))
