"""Which of the proposed acts are events: the ranking by rules alone, and what every ranking shares.

A ``Ranker`` decides on each candidate of a sentence and says why it let one go; ``RuleRanker`` by its form,
``learned.LearnedRanker`` by a trained model. ``set_aside`` tells which candidates repeat another or are only what
another asks for, promises or denies; ``central_first`` puts what a reader would name first in front.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from rapporteur.events.clause import Clauses
from rapporteur.events.propose import Candidate, SentenceProposals
from rapporteur.language.syntax import Token
from rapporteur.model import Party

#: Types that are acts of speech or will: what stands in their complement is asked, promised, denied, not done.
_VERBAL = frozenset(("AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "SUPPORT"))
#: Of these, what their object names is not done either: "demanded a withdrawal", "threatened an attack".
_UNREAL_OBJECT = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN", "CONSULT"))
_OWN_TIME = frozenset(("after", "before", "when", "while", "since", "as", "because", "until", "following"))
FLOOR = 0.35


#: Why a candidate is no event of its own.
Reason = Literal["overlap", "complement", "inside", "repeat", "status", "form", "model", "weaker", "nobody"]
#: Indices, outermost first, of the attributions whose content holds a body span, but for those of whom the parties
#: perform the act by saying so.
SourcesOf = Callable[[int, int, Sequence[Party]], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a candidate.

    Attributes:
        candidate: the possible event.
        confidence: 0..1, rounded to three digits.
        reason: why it was let go; None where it is an event. ``docs/ranking.md`` says what each means.
        evidence: named figures that the decision rests on, for people to read.
    """

    candidate: Candidate
    confidence: float
    reason: Reason | None = None
    evidence: tuple[tuple[str, float], ...] = ()

    @property
    def kept(self) -> bool:
        """Whether it is an event."""
        return self.reason is None


class Ranker(Protocol):
    """Decides which candidates of a sentence are events."""

    def decide(self, proposals: SentenceProposals, sources: SourcesOf) -> list[Decision]:
        """A decision on every candidate that was weighed, in any order. Must be deterministic.

        Args:
            proposals: the sentence's candidates, its clauses and its parties.
            sources: who is credited with a span of the body.
        """
        ...


class RuleRanker:
    """Confidence from form and completeness alone."""

    def decide(self, proposals: SentenceProposals, sources: SourcesOf) -> list[Decision]:
        """Keep what is not set aside and reaches ``FLOOR``."""
        aside = set_aside(proposals.candidates, proposals.clauses)
        return [self._decision(c, proposals.clauses, aside.get(c.head)) for c in proposals.candidates]

    def _decision(self, candidate: Candidate, clauses: Clauses, aside: Reason | None) -> Decision:
        confidence = self.confidence(candidate, clauses)
        if aside is None and confidence < FLOOR:
            aside = "status" if candidate.unreal or candidate.status != "actual" else "form"
        return Decision(candidate, confidence, aside)

    def confidence(self, candidate: Candidate, clauses: Clauses) -> float:
        """0.5, and more or less for known parties, for how much of a pattern was met, for form and status."""
        score = 0.5
        score += 0.1 if any(p.code for p in candidate.actors) else -0.1
        score += 0.08 if any(p.code for p in candidate.recipients) else 0.0
        score += min(candidate.met, 4) * 0.04
        score -= self._form(candidate, clauses) + self._status(candidate)
        return round(min(max(score, 0.0), 0.99), 3)

    def _form(self, candidate: Candidate, clauses: Clauses) -> float:
        """How far from a main clause's finite verb, which is what sentences report by."""
        token = clauses.tokens[candidate.head]
        doubt = 0.04 * min(candidate.depth, 4)
        if candidate.nominal and _in_scare_quotes(candidate.head, clauses):
            doubt += 0.3
        if candidate.nominal:
            doubt += 0.05 if candidate.supported else 0.12
        elif token.dep in ("pcomp", "amod") or (token.tag == "VB" and candidate.status == "actual"):
            doubt += 0.15
        return doubt

    def _status(self, candidate: Candidate) -> float:
        if candidate.unreal:
            return 0.5
        return {"actual": 0.0, "hypothetical": 0.25, "future": 0.03, "negated": 0.08}[candidate.status]


def _in_scare_quotes(head: int, clauses: Clauses) -> bool:
    """A single word in quotation marks is somebody's word for it: the "massacre"."""
    tokens = clauses.tokens
    around = tokens[max(0, head - 1)].text, tokens[min(len(tokens) - 1, head + 1)].text
    return all(text in ('"', "“", "”", "‘", "’", "'") for text in around)


def set_aside(candidates: Sequence[Candidate], clauses: Clauses) -> dict[int, Reason]:
    """Heads of the candidates that tell no act of their own, and why."""
    aside: dict[int, Reason] = {}

    def keep(reason: Reason, before: Sequence[Candidate], after: Sequence[Candidate]) -> list[Candidate]:
        stay = {c.head for c in after}
        aside.update((c.head, reason) for c in before if c.head not in stay)
        return list(after)

    left = keep("complement", candidates, [c for c in candidates if not _is_complement(c, candidates, clauses)])
    left = keep("overlap", left, _without_overlaps(left))
    left = keep("inside", left, [c for c in left if not any(_inside(c, o, clauses) for o in left if o is not c)])
    keep("repeat", left, _without_repeats(left, clauses))
    return aside


def central_first(decisions: Sequence[Decision]) -> list[Decision]:
    """What a reader would name first in front: verbs and supported nouns before bare nouns, then from the root down."""
    return sorted(
        decisions,
        key=lambda d: (d.candidate.nominal and not d.candidate.supported, d.candidate.depth, d.candidate.head),
    )


def _without_overlaps(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One candidate for each trigger: "imposed sanctions" is not also "sanctions on"."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-len(c.words), -c.met, c.nominal, c.head)):
        if not any(set(candidate.words) & set(other.words) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.head)


def _is_complement(candidate: Candidate, candidates: Sequence[Candidate], clauses: Clauses) -> bool:
    """Is its verb what another's pattern asks for ("threatening to pull out of the pact" threatens)?"""
    if clauses.tokens[candidate.head].tag[:1] != "V":
        return False
    return any(
        other.frame.type in _VERBAL
        and other.head != candidate.head
        and candidate.head in other.words
        and clauses.depth[other.head] < clauses.depth[candidate.head]
        for other in candidates
    )


def _inside(inner: Candidate, outer: Candidate, clauses: Clauses) -> bool:
    """Is ``inner`` only what ``outer`` asks for, promises, denies or judges, and not an act told beside it?"""
    if outer.frame.type not in _VERBAL | _UNREAL_OBJECT or inner.head == outer.head:
        return False
    link = _link(clauses, inner.head, outer)
    if link is None:
        return False
    path, first = link
    if any(_own_clause(t, clauses) for t in path):
        return False
    if first.dep in ("xcomp", "ccomp", "acl", "pcomp"):
        return True
    if first.dep in ("prep", "dobj", "dative", "agent", "attr", "oprd", "pobj"):
        return outer.frame.type in _UNREAL_OBJECT or not inner.nominal
    if first.dep == "advcl":
        return any(t.tag == "TO" for t in clauses.syntax.children(first.i, "aux")) or any(
            t.lower in ("if", "unless") for t in clauses.syntax.children(first.i, "mark")
        )
    return False


def _link(clauses: Clauses, i: int, outer: Candidate) -> tuple[list[Token], Token] | None:
    """Tokens from ``i`` up to just below the outer trigger, and the last of them (the complement's head)."""
    path = [clauses.tokens[i]]
    words = set(outer.words)
    while path[-1].head != path[-1].i:
        if path[-1].head in words:
            return path, path[-1]
        path.append(clauses.tokens[path[-1].head])
    return None


def _own_clause(token: Token, clauses: Clauses) -> bool:
    """Does the token open a clause that tells something on its own ("after Israel attacked", "which killed five")?"""
    if token.dep == "relcl":
        return not any(t.tag == "TO" for t in clauses.syntax.children(token.i, "aux"))
    if token.dep in ("advcl", "prep"):
        marks = {t.lower for t in clauses.syntax.children(token.i, "mark", "advmod")} | {token.lower}
        return bool(marks & _OWN_TIME)
    return False


def _without_repeats(candidates: Sequence[Candidate], clauses: Clauses) -> list[Candidate]:
    """An act named twice in a sentence counts once: the verb stays, the noun with the same parties goes."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.nominal and not c.supported, c.depth, c.head)):
        if not any(_same_act(candidate, other, clauses) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.head)


def _same_act(new: Candidate, old: Candidate, clauses: Clauses) -> bool:
    if new.frame.type != old.frame.type:
        return False
    mine, theirs = _codes(new), _codes(old)
    if not new.nominal:  # "killed five and wounded twelve" is one attack
        joined = clauses.tokens[new.head].dep == "conj" and clauses.tokens[new.head].head == old.head
        return joined and new.frame.mode == old.frame.mode and not new.recipients and mine["actors"] == theirs["actors"]
    return mine["actors"] <= theirs["actors"] and mine["recipients"] <= (theirs["recipients"] or mine["recipients"])


def _codes(candidate: Candidate) -> Mapping[str, frozenset[str | None]]:
    return {
        "actors": frozenset(p.code for p in candidate.actors),
        "recipients": frozenset(p.code for p in candidate.recipients),
    }
