"""What a measure that is spoken of as known takes from earlier sentences: "the sanctions", "this block"."""

from __future__ import annotations

from rapporteur.knowledge.standing import FAMILIES
from rapporteur.model import Party
from rapporteur.standing.draft import Draft


class Memory:
    """The measures of an article so far."""

    def __init__(self) -> None:
        self._known: list[Draft] = []

    def note(self, draft: Draft) -> None:
        """A measure has been told of."""
        self._known.append(draft)

    def complete(self, draft: Draft) -> None:
        """Give the draft the sides it lacks, from the last measure of its family that agrees with those it has.

        A noun takes them up where it is definite, or where it is said to end or to go on; a verb never does.
        """
        if draft.imposers and draft.targets:
            return
        if not (draft.definite or (draft.head != draft.word and draft.phase in ("keep", "renew", "end", "breach"))):
            return
        for known in reversed(self._known):
            if _related(known, draft) and _agree(known.imposers, draft.imposers) and _agree(known.targets, draft.targets):
                draft.imposers = draft.imposers or known.imposers
                draft.targets = draft.targets or known.targets
                return


def _related(one: Draft, other: Draft) -> bool:
    kinds = {one.entry.kind, other.entry.kind}
    return len(kinds) == 1 or any(kinds <= family for family in FAMILIES)


def _agree(some: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    ours, theirs = ({p.code for p in parties if p.code} for parties in (some, others))
    return not ours or not theirs or bool(ours & theirs)
