"""Measures that a verb makes or ends: "blocked cooperation between", "was freed from", "withdrew from the treaty"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapporteur.events.match import Match, match_verb
from rapporteur.events.screen import Needs
from rapporteur.knowledge.frames import FrameEntry, Rule
from rapporteur.knowledge.standing import MeasureEntry, MeasureTables, Phase
from rapporteur.language.syntax import Token
from rapporteur.model import Party
from rapporteur.standing.coming import Coming
from rapporteur.standing.draft import Draft, Sentence
from rapporteur.standing.life import Life

_BEGIN_FRAME = FrameEntry("measure", "SANCTION", None, None, (), False, "party", True, "either")
_WHERE = ("in", "inside")


class Acted:
    """Finds measures by verbs. ``needs`` are, by rule, the words without which its pattern can't hold."""

    def __init__(self, tables: MeasureTables, needs: Mapping[int, Needs]) -> None:
        self._tables = tables
        self._needs = needs

    def drafts(self, sentence: Sentence, life: Life) -> Iterator[Draft]:
        """The measures that the sentence's verbs tell of, in text order; one a verb."""
        phases: tuple[tuple[Phase, Mapping[str, tuple[Rule, ...]]], ...] = (
            ("begin", self._tables.begins),
            ("end", self._tables.ends),
            ("refuse", self._tables.refusals),
            ("announce", self._tables.announces),
            ("doubt", self._tables.doubts),
        )
        words = {t.lemma for t in sentence.tokens} | {t.lower for t in sentence.tokens}
        for token in sentence.tokens:
            if token.tag[:1] != "V":
                continue
            found = [
                (match, phase)
                for phase, table in phases
                for rule in table.get(token.lemma, ())
                if (match := self._match(rule, token, sentence, words)) is not None
            ]
            if found:
                match, phase = max(found, key=lambda m: (m[0].met, m[0].narrowness))
                draft = self._draft(match, phase, sentence, life)
                if draft is not None:
                    yield draft

    def _match(self, rule: Rule, token: Token, sentence: Sentence, words: set[str]) -> Match | None:
        if any(needed.isdisjoint(words) for needed in self._needs[id(rule)]):
            return None
        match = match_verb(rule, token.i, sentence.clauses)
        if match is None:
            return None
        named = self._tables.entries[rule.frame].person
        if named and any(t.tag[:1] == "J" for t in sentence.syntax.children(token.i, "acomp", "oprd", "ccomp")):
            return None  # "held the minister responsible"
        if all(sentence.roles.somebody(i) or (named and sentence.tokens[i].tag == "NNP") for i in match.strict):
            return match
        return None

    def _draft(self, match: Match, phase: Phase, sentence: Sentence, life: Life) -> Draft | None:
        entry = self._tables.entries[match.rule.frame]
        copula = self._first_to(match.head, sentence)
        status = life.status(phase, match.head if copula is None else copula, entry)
        if copula is not None and status is None and life.would(copula):  # "would be the first to leave"
            status = "threatened"
        if status == "in force" and Coming(sentence).is_to_come(phase, match.head, match.head, True):
            status = "threatened"
        if status is None:
            return None
        if entry.person and status == "in force" and self._has_fled(match.head, sentence):
            status = "ended"
        imposers = tuple(p for p in sentence.roles.actors(match, _BEGIN_FRAME) if sentence.can_impose(p))
        if not imposers and copula is not None:
            imposers = sentence.able(sentence.clauses.agents(copula))
        if match.actors and not imposers and any(sentence.roles.parties(i) for i in match.actors):
            return None  # somebody does it who can't put it in force
        targets = self._targets(match, entry, imposers, sentence)
        if not imposers:
            imposers = sentence.able(life.lawgivers(match.head))  # "signed an order barring"
        if entry.own and not imposers and sentence.clauses.passive(match.head):
            imposers = sentence.able(
                t.i for i in match.objects for t in sentence.syntax.children(i, "poss", "compound")
            )
        if not imposers and sentence.clauses.passive(match.head):  # "were barred from travelling | by Chad"
            gerunds = (i for i in (*match.objects, *match.others) if sentence.tokens[i].tag == "VBG")
            imposers = sentence.able(f for i in gerunds for _, f in sentence.clauses.prepositional(i, ("by",)))
        if entry.confines and not imposers and not entry.person:
            imposers = self._not_to_be_left(match, sentence)
        if not imposers and sentence.clauses.passive(match.head):  # "was suspended from the African Union"
            imposers = tuple(p for p in sentence.able(match.words) if (p.entity or "").startswith("igo:"))
        if entry.person and not imposers:
            imposers = self._keepers(match, sentence) or self._where(match.head, sentence)
        return Draft(
            entry,
            match.rule.pattern.text,
            match.head,
            status,
            phase,
            match.head,
            imposers=imposers,
            targets=targets,
            objects=[*match.objects, *match.others] or list(match.recipients),
            chambers=life.lawgivers(match.head),
        )

    def _targets(
        self, match: Match, entry: MeasureEntry, imposers: tuple[Party, ...], sentence: Sentence
    ) -> tuple[Party, ...]:
        if entry.target == "place":
            return sentence.all_whom(match.recipients) or tuple(map(sentence.bare, match.recipients))
        found = sentence.roles.recipients(match, _BEGIN_FRAME, imposers)
        if not found:  # "kept aid from entering Gaza"
            gerunds = [i for i in match.others if sentence.tokens[i].tag == "VBG"]
            found = sentence.all_whom(p for g in gerunds for p in sentence.clauses.patients(g))
        if entry.possessed and not found:
            found = sentence.all_whom(t.i for i in match.objects for t in sentence.syntax.children(i, "poss"))
        if entry.person and not found:  # somebody of whom no more is known than the name
            return tuple(sentence.bare(i) for i in match.recipients if sentence.tokens[i].tag[:3] == "NNP")
        return sentence.persons(found) if entry.person else found

    def _not_to_be_left(self, match: Match, sentence: Sentence) -> tuple[Party, ...]:
        """The state that somebody may not leave, where nobody else is said to forbid it: "banned from leaving Chad"."""
        leaving = (i for i in (*match.objects, *match.others) if sentence.tokens[i].lemma in sentence.words.quitting)
        return sentence.places(o for i in leaving for o in sentence.clauses.patients(i))

    def _has_fled(self, verb: int, sentence: Sentence) -> bool:
        """ "a sailor jailed in Chad has escaped": does the sentence say that who was held has fled?"""
        token = sentence.tokens[verb]
        if token.dep not in ("acl", "relcl"):
            return False
        above = sentence.tokens[token.head]
        governor = sentence.tokens[above.head]
        fled = above.dep == "nsubj" and governor.lemma in sentence.words.fleeing
        return fled and sentence.statuses.status(governor.i).status == "actual"

    def _first_to(self, verb: int, sentence: Sentence) -> int | None:
        """ "became the first state to leave": the verb whose subject is said to be the one that does it."""
        token = sentence.tokens[verb]
        above = sentence.tokens[token.head]
        infinitive = any(t.tag == "TO" for t in sentence.syntax.children(verb, "aux"))
        if token.dep not in ("relcl", "acl") or above.dep != "attr" or not infinitive:
            return None
        return above.head

    def _keepers(self, match: Match, sentence: Sentence) -> tuple[Party, ...]:
        """Whose custody it is: "freed from Turkish custody"."""
        held = [t.i for i in match.objects for t in sentence.syntax.children(i, "amod", "poss")]
        return tuple(p for p in sentence.able(held) if not sentence.finder.is_surmised(p))

    def _where(self, verb: int, sentence: Sentence) -> tuple[Party, ...]:
        """The state on whose ground somebody is held, where nobody else is said to hold him."""
        near = [f for _, f in sentence.clauses.prepositional(verb, _WHERE)]
        within = [f for i in near for _, f in sentence.clauses.prepositional(i, _WHERE)]  # "in a cell in Chad"
        return sentence.places(near) or sentence.places(within)
