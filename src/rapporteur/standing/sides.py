"""Who imposes a measure on whom: are the parties told that it needs, and through which institution does it work?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapporteur.model import Party
from rapporteur.standing.draft import Draft, Sentence, agree
from rapporteur.standing.groups import members_of

_INSTITUTIONAL = ("block", "veto")


class Sides:
    """Settles the parties of one sentence's drafts."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._words = sentence.words

    def settle(self, draft: Draft) -> str | None:
        """Take from the targets who is none: the imposers themselves, and the institution through which they act.

        Returns:
            The canonical name of that institution, or None.
        """
        if not (draft.entry.home or draft.entry.person or draft.entry.target == "place"):
            named = {p.code for p in draft.targets if not self._sentence.finder.is_surmised(p)}
            guessed = [p for p in draft.imposers if p.code in named and self._sentence.finder.is_surmised(p)]
            draft.imposers = tuple(p for p in draft.imposers if p not in guessed)
        imposers = {p.code for p in draft.imposers}
        institution = self._institution(draft, imposers) if draft.entry.kind in _INSTITUTIONAL else None
        draft.targets = tuple(
            p
            for p in draft.targets
            if not self._is_imposer(p, draft) and (institution is None or p.entity != institution.entity)
        )
        if institution is not None and not draft.targets:
            draft.targets = self._others(draft, institution, imposers)
        return (institution.name or institution.text) if institution is not None else None

    def confine(self, draft: Draft) -> None:
        """Who is under house arrest, or may not leave, and by nobody else's word, is so by that of his own state."""
        if not draft.entry.confines or draft.imposers or draft.status == "threatened":
            return
        if any(self._sentence.clauses.prepositional(i, ("to", "into")) for i in draft.objects):
            return  # "banned from travelling to": that is for whom he would visit
        sure = (p for p in draft.targets if not self._sentence.finder.is_surmised(p) and p.code is not None)
        owner = next((p for p in sure if p.entity or p.text.lower() not in self._words.pronouns), None)
        if owner is not None:
            state = Party(
                owner.text, owner.start, owner.end, owner.country, owner.country, (), "GOV", f"state:{owner.country}"
            )
            draft.imposers = (state,)

    def share(self, drafts: Sequence[Draft]) -> None:
        """Who leaves a pact with somebody and imposes a measure in one breath imposes it on him: "left the deal with
        Chad and restored sanctions"."""
        for draft in drafts:
            if draft.targets or draft.phase != "begin" or draft.entry.needs != "either":
                continue
            verb = self._sentence.tokens[draft.word]
            for other in drafts:
                beside = verb.dep == "conj" and verb.head == other.word
                if other.entry.kind == "withdrawal" and beside and agree(draft.imposers, other.imposers):
                    draft.targets = tuple(p for p in other.targets if p.country is not None)

    def _is_imposer(self, party: Party, draft: Draft) -> bool:
        if draft.entry.home or draft.entry.person or draft.entry.target == "place":  # at home too
            return any((p.start, p.end) == (party.start, party.end) for p in draft.imposers)
        if party.entity and not party.entity.startswith("state:") and party.sector not in (None, *self._words.organs):
            return False  # a movement of its own country, which it bans
        return any(
            p.code == party.code and (p.code not in ("IGO", "NSA") or p.entity == party.entity) for p in draft.imposers
        )

    def _institution(self, draft: Draft, imposers: set[str | None]) -> Party | None:
        """An organisation within what is blocked, of which those who block it are members."""
        sentence = self._sentence
        heads = [draft.head, *draft.objects]
        tokens = [i for head in heads for i in sentence.syntax.subtree(head)]
        for i in dict.fromkeys(tokens):
            for party in sentence.roles.parties(i):
                own = not party.members or bool(imposers & set(party.members))
                if own and party.code == "IGO" and (party.entity or "").startswith("igo:"):
                    return party
        return None

    def _others(self, draft: Draft, institution: Party, imposers: set[str | None]) -> tuple[Party, ...]:
        """Who else is named in what is blocked: "Chad's accession to the union"."""
        heads = [*draft.objects, draft.head]
        for i in dict.fromkeys(i for head in heads for i in self._sentence.syntax.subtree(head)):
            found = [p for p in self._sentence.roles.parties(i) if p.entity != institution.entity]
            if found and not any(p.code in imposers or p.code is None for p in found):
                return tuple(found)
        return ()

    # -- is it enough ------------------------------------------------------------------------------------------

    def enough(self, draft: Draft) -> bool:
        """Are the parties told without which it is none, or nothing can be said of it?"""
        entry = draft.entry
        imposers = [p for p in draft.imposers if p.code is not None]
        loose = entry.person or entry.target == "place"  # a name of which no more is known will do
        targets = [p for p in draft.targets if p.code is not None or p.entity or loose]
        in_power = (p for p in imposers if self._sentence.can_impose(p) and p.sector not in self._words.former)
        if draft.status == "threatened" and not any(in_power):
            return False
        known = {
            "both": bool(imposers and targets) or (entry.mutual and len({p.code for p in imposers}) > 1),
            "either": any(p.entity or not self._sentence.finder.is_surmised(p) for p in targets)
            or any(p.entity or p.sector not in (None, "PTY") for p in imposers),
            "imposer": bool(imposers),
            "target": bool(targets),
            "sides": len({(p.code, p.entity, p.start) for p in imposers}) > 1 or self._several(imposers),
        }[entry.needs]
        if entry.target == "place" and not imposers and not any(_is_place(p) for p in targets):
            return False
        return known and self._fits(draft, imposers, targets) and not self._elsewhere(draft)

    def _several(self, parties: list[Party]) -> bool:
        """Does one word name both sides ("the warring leaders")?"""
        return any(p.text.split()[-1].lower() in self._words.rivals for p in parties)

    def _fits(self, draft: Draft, imposers: list[Party], targets: list[Party]) -> bool:
        entry = draft.entry
        own = {p.code for p in imposers}
        foreigners = [p for p in targets if p.code not in own]
        mutual = entry.mutual and len(own) > 1 and not targets and self._each_other()
        if entry.foreign and not foreigners and not mutual:
            return False
        if entry.target == "state" and not mutual and not any(p.country or p.code in ("IGO",) for p in targets):
            return False
        if entry.abroad and not foreigners and self._institution(draft, own) is None:
            return False
        if entry.never and any(self._sentence.tokens[i].lemma in entry.never for i in draft.objects):
            return False
        return not entry.person or self._may_be_held(draft, bool(foreigners), bool(imposers))

    def _each_other(self) -> bool:
        """Do two do it to "each other" or "one another"?"""
        lower = [t.lower for t in self._sentence.tokens]
        return any(pair in (("each", "other"), ("one", "another")) for pair in pairwise(lower))

    def _may_be_held(self, draft: Draft, foreign: bool, imposed: bool) -> bool:
        """A foreigner's detention is a state's affair; at home that of somebody who counts is."""
        if (foreign and imposed) or draft.entry.confines:
            return True
        unknown = [p for p in draft.targets if p.code is None]
        if unknown and any(p.sector != "COP" for p in draft.imposers):  # a name of which no more is known
            return True
        held = [t for p in draft.targets for t in self._sentence.tokens if p.start <= t.start < p.end]
        return any(t.lemma in self._words.notable for t in held) or any(
            p.sector in ("GOV", "OPP", "JRN", "MED", "LEG") and p.name for p in draft.targets
        )

    def _elsewhere(self, draft: Draft) -> bool:
        """Does it belong to sport, business or home affairs?"""
        tokens = self._sentence.tokens
        heads = {draft.head, *draft.objects}
        near = {i for head in heads for i in self._sentence.syntax.subtree(head) if abs(i - head) < 8}
        if tokens[draft.head].tag[:1] == "V":
            near = {i for head in draft.objects for i in self._sentence.syntax.subtree(head) if abs(i - head) < 8}
        return any(tokens[i].lemma in self._words.elsewhere for i in near)


def _is_place(party: Party) -> bool:
    """A state or place, not people: "Muslims under siege" are in none."""
    return (
        (party.entity or "place:").startswith(("state:", "place:")) and party.sector is None and party.code is not None
    )


def with_members(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties, and behind a group of states its members, each with the group's words."""
    out: list[Party] = []
    for party in parties:
        out.append(party)
        if party.code != "IGO" or not (party.entity or "").startswith("group:"):
            continue
        if not party.members:  # "the west": nobody is named
            out[-1] = replace(party, code=None)
        out += members_of(party)
    return tuple(out)
