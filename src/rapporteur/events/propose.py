"""Every act that a sentence's words and syntax could state. Proposing only: ``choose`` decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec import structs

from rapporteur.events.clause import Clauses
from rapporteur.events.match import Match, match_adjective, match_noun, match_verb
from rapporteur.events.nominal import Nominals
from rapporteur.events.roles import PartyFinder, Roles, united, without_sums
from rapporteur.events.screen import Needs, needs_of
from rapporteur.events.status import Standing, StatusReader
from rapporteur.knowledge.frames import FrameEntry, Rule, Tables
from rapporteur.knowledge.ontology import Ontology
from rapporteur.knowledge.open_frames import OpenFrame, load_open_frames
from rapporteur.language.syntax import Syntax
from rapporteur.model import Party, Status


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible event.

    ``head`` is the token that states it, ``words`` all trigger tokens; ``depth`` its distance from the sentence's
    root; ``nominal`` and ``supported`` (by a light verb) tell its form; ``met`` how specific its pattern was. An
    ``open`` one is a word that no frame knows, taken for an act by the ranker.
    """

    frame: FrameEntry
    pattern: str
    head: int
    words: tuple[int, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: Status
    unreal: bool
    depth: int
    nominal: bool
    supported: bool
    met: int
    open: bool = False


class Proposer:
    """Proposes candidates from compiled frames. Holds no state between sentences."""

    def __init__(self, tables: Tables, ontology: Ontology) -> None:
        self._tables = tables
        self._open = load_open_frames()
        self._ontology = ontology
        self._words = tables.classes
        rules = (r for table in (tables.verbs, tables.nouns, tables.adjectives) for rs in table.values() for r in rs)
        self._needs = {id(rule): needs_of(rule) for rule in rules}

    def sentence(self, syntax: Syntax, finder: PartyFinder) -> SentenceProposals:
        """What the sentence could state: frames' candidates at once, open ones as they are asked for."""
        clauses = Clauses(syntax, self._words)
        return SentenceProposals(self._tables, self._open, self._needs, self._ontology, clauses, finder)


class SentenceProposals:
    """One sentence being coded.

    Attributes:
        clauses: its clause structure.
        finder: resolves its tokens to parties.
        candidates: the frames' candidates, the best one for each head word, in text order.
    """

    def __init__(
        self,
        tables: Tables,
        open_frames: Mapping[str, OpenFrame],
        needs: Mapping[int, Needs],
        ontology: Ontology,
        clauses: Clauses,
        finder: PartyFinder,
    ) -> None:
        self.tables = tables
        self.needs = needs
        self.open_frames = open_frames
        self.finder = finder
        self.words = {t.lemma for t in clauses.tokens} | {t.lower for t in clauses.tokens}
        self.ontology = ontology
        self.clauses = clauses
        self.syntax = clauses.syntax
        self.roles = Roles(clauses, finder, tables.classes)
        self.statuses = StatusReader(clauses, tables.classes)
        self.nominals = Nominals(clauses, tables.classes, self.roles.is_party)
        self.candidates = tuple(self._framed())

    def opened(self, head: int, event_type: str) -> Candidate | None:
        """The word at ``head`` as an act of ``event_type``, by the type's open frame; None for words that state none:
        function words, auxiliaries and the copula."""
        token = self.syntax.tokens[head]
        kind = token.tag[:1]
        frame = self.open_frames.get(event_type)
        if frame is None or kind not in "VNJ" or token.lemma == "be" or token.dep in ("aux", "auxpass"):
            return None
        if kind == "N":
            match = match_noun(frame.noun, head, self.clauses)
            if match is not None:
                self.nominals.fill(match, frame.frame.reciprocal, known=False)
        else:
            match = (match_verb if kind == "V" else match_adjective)(frame.verb, head, self.clauses)
        if match is None:
            return None
        actors, recipients = self._parties(match, frame.frame, nominal=kind == "N")
        return self._stated(match, frame.frame, actors, recipients, is_open=True)

    def _framed(self) -> Iterator[Candidate]:
        for token in self.syntax.tokens:
            found: list[tuple[Match, FrameEntry]] = []
            kind = token.tag[:1]
            if kind == "V":
                found = list(self._matches(token.i, self.tables.verbs.get(token.lemma, ()), "verb"))
            if kind == "N" or (kind == "V" and token.tag == "VBG"):
                found += self._matches(token.i, self.tables.nouns.get(token.lemma, ()), "noun")
            if kind == "J" or token.tag in ("VBN", "VBG"):
                rules = self.tables.adjectives.get(token.lower, ()) or self.tables.adjectives.get(token.lemma, ())
                found += self._matches(token.i, rules, "adjective")
            best = self._best(found)
            if best is not None:
                yield best

    def _matches(self, i: int, rules: tuple[Rule, ...], form: str) -> Iterator[tuple[Match, FrameEntry]]:
        for rule in rules:
            if any(words.isdisjoint(self.words) for words in self.needs[id(rule)]):
                continue  # a word that it needs is not there: no need to look at the syntax
            frame = self.tables.frames[rule.frame]
            match = self._match(rule, i, form)
            if match is None or not all(self.roles.somebody(s) for s in match.strict):
                continue
            if form == "noun":
                self.nominals.fill(match, frame.reciprocal)
            yield match, frame

    def _match(self, rule: Rule, i: int, form: str) -> Match | None:
        if form == "verb":
            return match_verb(rule, i, self.clauses)
        if form == "noun":
            return match_noun(rule, i, self.clauses)
        return match_adjective(rule, i, self.clauses)

    def _best(self, found: list[tuple[Match, FrameEntry]]) -> Candidate | None:
        made = [(c, m.narrowness) for m, f in found if (c := self._candidate(m, f)) is not None]
        if not made:
            return None
        best = max(made, key=lambda cm: (cm[0].met, bool(cm[0].actors), bool(cm[0].recipients), cm[1]))
        return best[0]

    def _candidate(self, match: Match, frame: FrameEntry) -> Candidate | None:
        nominal = self.syntax.tokens[match.head].tag[:1] == "N"
        actors, recipients = self._parties(match, frame, nominal)
        if not self._enough(frame, match, nominal, actors, recipients):
            return None
        return self._stated(match, frame, actors, recipients)

    def _parties(self, match: Match, frame: FrameEntry, nominal: bool) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        actors = self.roles.actors(match, frame)
        recipients = self.roles.recipients(match, frame, actors)
        if frame.reciprocal and match.recipients and (actors or nominal):
            return without_sums(united(actors, recipients)), ()
        return actors, recipients

    def _stated(
        self,
        match: Match,
        frame: FrameEntry,
        actors: tuple[Party, ...],
        recipients: tuple[Party, ...],
        is_open: bool = False,
    ) -> Candidate:
        nominal = self.syntax.tokens[match.head].tag[:1] == "N"
        standing = self.statuses.status(match.head)
        status = standing.status
        if not nominal and not standing.unreal and not is_open:
            frame, status = self._retyped(frame, standing)
        supported = nominal and any(self.syntax.tokens[w].tag[:1] == "V" for w in match.words)
        return Candidate(
            frame=frame,
            pattern=match.rule.pattern.text,
            head=match.head,
            words=tuple(sorted(set(match.words))),
            actors=actors,
            recipients=recipients,
            status=status,
            unreal=standing.unreal,
            depth=self.clauses.depth[match.head],
            nominal=nominal,
            supported=supported,
            met=match.met,
            open=is_open,
        )

    def _retyped(self, frame: FrameEntry, standing: Standing) -> tuple[FrameEntry, Status]:
        """A promise or a refusal of an act is an act of its own where the ontology says so."""
        status, other = standing.status, None
        if status == "future" and self.ontology.is_promise(frame.type, frame.mode):
            other = self.ontology.promised(frame.type, planned=standing.how == "planned")
        elif standing.how == "refused":
            other = self.ontology.declined(frame.type)
        elif status == "negated":
            other = self.ontology.refused(frame.type, so_far=standing.how == "lacking")
        if other is None or other.type is None:
            return frame, status
        if other.type == frame.type:  # to say that one will agree is to agree
            return frame, "actual"
        entry = structs.replace(frame, type=other.type, mode=other.mode, cameo=other.code, contexts=other.contexts)
        return entry, "actual"

    def _enough(
        self, frame: FrameEntry, match: Match, nominal: bool, actors: tuple[Party, ...], recipients: tuple[Party, ...]
    ) -> bool:
        """Are the parties named that the frame needs?"""
        if nominal:
            return {
                "actor": bool(actors),
                "recipient": bool(recipients),
                "either": bool(actors or recipients),
                "both": bool(actors and recipients),
            }[frame.needs]
        if frame.needs == "both":
            return bool(actors and recipients)
        if actors:
            # somebody of whom nothing is known ("he built a house with his daughter") acts only on those who are known
            unknown = all(p.code is None for p in actors) and any(p.text.lower() in ("he", "she") for p in actors)
            return not unknown or any(p.code for p in recipients)
        if frame.actor == "any" and match.actors:
            return True
        instruments = self.tables.classes.get("instruments", frozenset())
        by_things = any(self.clauses.tokens[i].lemma in instruments for i in match.actors)  # "the bomb killed ten"
        unnamed = self.clauses.passive(match.head) if not match.actors else by_things
        agentless = frame.agentless and unnamed
        return (agentless or match.rule.pattern.subject != "A") and bool(recipients)
