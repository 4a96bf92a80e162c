"""What a clause says of how talks fare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapporteur.events.clause import Clauses
from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Token
from rapporteur.standing.talks_mood import FUTURE_MODALS, Mood, Moods

#: How what is told of a noun hangs from it behind it; "due" is a preposition to some parsers.
AFTER = ("acl", "amod", "relcl", "prep")
_SUBJECTS = ("nsubj", "nsubjpass")
_STEPS = 12  # up the tree; a longer way is a wrong parse


@dataclass(frozen=True, slots=True)
class Fated:
    """What befalls talks. ``fate`` is one of ``knowledge.talks.FATES`` or None where nothing is said; ``verb`` the
    token that says it or governs the noun (-1: none); ``role`` how the noun hangs from it: s subject, o object, or a
    preposition."""

    fate: str | None
    mood: Mood
    verb: int
    role: str


class FateReader:
    """Reads one sentence."""

    def __init__(self, clauses: Clauses, words: TalksWords) -> None:
        self._clauses = clauses
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._words = words
        self._moods = Moods(clauses, words)

    def of_noun(self, n: int) -> Fated:
        """What befalls the talks that noun ``n`` names."""
        behind = self._verb_behind(self._tokens[n])
        if behind is not None:
            head = self._tokens[self._tokens[n].head]
            ahead = self._tokens[head.head].lower in self._words.ahead
            return Fated(behind, "future" if ahead else "actual", head.i, "s")
        top = self.whole(n)
        nominal = self._nominal(top)
        if nominal is not None:
            return nominal
        hidden = self._hidden_verb(top)
        if hidden is not None:
            return hidden
        role, v = self._governor(top)
        if self._moods.absent(n) or self._moods.absent(top):
            return Fated(None, "negated", v, role)
        mood = self._moods.wanted(top) or self._mood_of(v, role)
        fate, verb = self._verbal(v, role) if v >= 0 else (None, v)
        if verb != v and mood != "unreal":
            mood = self._moods.mood(verb)
        if mood == "negated" and self._off(n, top, verb, fate):
            return Fated("suspended", "actual", verb, role)
        before = self._before(n) or (self._before(top) if top != n else None)
        if before is not None and fate in (None, "held"):
            fate = before
            mood = "actual" if before != "planned" and mood == "future" else mood
        if fate == "planned" and mood == "actual" and (before == "planned" or self._now_planned(verb)):
            mood = "future"
        if fate is None and mood in ("actual", "future"):  # "should engage in talks" tells of none
            fate = self._by_preposition(role, v) or (self._by_tense(v) if role == "s" and v >= 0 else None)
        if fate == "held" and mood == "actual" and self._progressive(verb):
            fate = "going"
        if fate == "ended" and self._left(n, verb, role):
            fate = "suspended"
        return Fated(fate, mood, verb, role)

    def _off(self, n: int, top: int, v: int, fate: str | None) -> bool:
        """ "The third round, due on Monday, will not take place": talks that were to be, and now are not. Not
        "Oslo will not hold talks": there were none to be."""
        if fate not in ("held", "begun", "resumed", "going") or self._tokens[top].dep not in _SUBJECTS:
            return False
        helpers = {t.lower for t in self._syntax.children(v, "aux")}
        beside = [t for i in (n, top) for t in self._syntax.children(i)]
        known = self._words.definite | set(self._words.ordinals) | self._words.fates["planned"].before
        if "did" in helpers:  # "the round due on Monday did not take place"
            known = self._words.fates["planned"].before
        elif not helpers & {*FUTURE_MODALS, "would"}:
            return False
        return any(t.lower in known or (t.i > n and self._arranged(t)) for t in beside)

    def _now_planned(self, v: int) -> bool:
        """ "A new round is planned", "has been scheduled": not "was planned", which may have come to nothing."""
        helpers = {t.lower for t in self._syntax.children(v, "auxpass", "aux")}
        return self._clauses.passive(v) and bool(helpers & {"is", "are", "'s", "’s", "has", "have"})

    def _arranged(self, token: Token) -> bool:
        """ "due to be held", "planned for Monday"."""
        return token.dep in AFTER and token.lemma in self._words.arranging

    def _progressive(self, v: int) -> bool:
        """ "Are holding", "have been holding"."""
        now = ("is", "are", "been", "'s", "'re", "’s", "’re")
        return v >= 0 and self._tokens[v].tag == "VBG" and any(t.lower in now for t in self._syntax.children(v, "aux"))

    def _left(self, n: int, v: int, role: str) -> bool:
        """ "Chad ended talks with Niger": one side gave them up."""
        if role != "o" or self._clauses.passive(v) or len(self._clauses.agents(v)) != 1:
            return False
        agent = self._tokens[self._clauses.agents(v)[0]]
        return agent.tag in ("NNP", "NN", "PRP") and bool(self._clauses.prepositional(n, ("with",)))

    def _mood_of(self, v: int, role: str) -> Mood:
        """The mood of what verb ``v`` says of the noun; "after the talks" there were some, whatever came of it."""
        mood = self._moods.mood(v) if v >= 0 else "actual"
        if role not in self._words.after:
            return mood
        promised = v >= 0 and bool({t.lower for t in self._syntax.children(v, "aux")} & FUTURE_MODALS)
        return "future" if promised else "actual"  # "agreed to go on after two days of talks": these were held

    def of_verb(self, v: int) -> Fated:
        """What befalls the talks that verb ``v`` ("met", "are negotiating") states."""
        mood = self._moods.mood(v)
        going = self._tokens[v].tag == "VBG" or self._tokens[v].tag in ("VBZ", "VBP")
        return Fated("going" if going and mood == "actual" else "held", mood, v, "verb")

    def of_deed(self, v: int, fate: str) -> str:
        """What befalls talks by a deed of the delegates: those who go home with nothing have failed."""
        return "failed" if fate == "ended" and self._fruitless(v) else fate

    def mistaken(self, token: Token) -> bool:
        """ "before talks resume": is the noun that the word for talks seems to stand before really its verb?"""
        return token.tag in ("NNS", "NNPS") and self._verb_behind(token) is not None

    def _verb_behind(self, token: Token) -> str | None:
        head = self._tokens[token.head]
        if token.dep != "compound" or head.i != token.i + 1 or head.tag[:2] != "NN":
            return None
        return self._words.fate_of_subject(head.lemma)

    def _hidden_verb(self, n: int) -> Fated | None:
        """ "Talks on the border ended without a deal", where the parser has taken *ended* for a word on the border and
        found no verb: what can befall talks, and not borders, befalls the talks."""
        if self._tokens[n].dep != "ROOT":
            return None
        for i in self._syntax.subtree(n):
            token = self._tokens[i]
            if token.dep != "acl" or token.tag not in ("VBN", "VBD") or token.i < n or token.head == n:
                continue
            fate = self._fate(i, "s")
            if fate is not None:
                return Fated(fate, "actual", i, "s")
        return None

    # -- where the noun stands -----------------------------------------------------------------------------------

    def whole(self, n: int) -> int:
        """The head of the phrase that talks are told by: of "the third round of talks" the round."""
        for _ in range(_STEPS):
            token = self._tokens[n]
            prep = self._tokens[token.head]
            outer = self._tokens[prep.head]
            if token.dep in ("conj", "appos") and prep.tag[:2] == "NN" and prep.i != n:
                n = prep.i
            elif token.dep == "pobj" and prep.lower in ("of", "in") and self._measures(outer):
                n = outer.i
            else:
                return n
        return n

    def _measures(self, noun: Token) -> bool:
        measured = noun.lemma in self._words.nouns.rounds or noun.lemma in self._clauses.times
        return noun.tag[:2] == "NN" and (measured or noun.lemma in self._words.stretches)

    def _governor(self, n: int) -> tuple[str, int]:
        """How noun ``n`` hangs from its clause, and the verb; -1 where there is none."""
        token = self._tokens[n]
        head = self._tokens[token.head]
        if token.dep == "nsubjpass" or token.dep in ("dobj", "attr", "oprd"):
            return ("s" if token.dep == "attr" else "o"), head.i
        if token.dep == "nsubj":
            passive = head.tag[:1] == "V" and self._clauses.passive(head.i)
            return ("o" if passive else "s"), head.i
        if token.dep == "pobj":
            first = head.lower
            while head.dep == "prep" and self._tokens[head.head].dep in ("prep", "prt", "advmod"):
                head = self._tokens[head.head]
            outer = self._tokens[head.head]
            return first, outer.i
        return token.dep, head.i if head.i != n and head.tag[:1] == "V" else -1

    # -- what is said of it --------------------------------------------------------------------------------------

    def _nominal(self, n: int) -> Fated | None:
        """ "the collapse of talks", "a halt to negotiations"."""
        token = self._tokens[n]
        prep = self._tokens[token.head]
        noun = self._tokens[prep.head]
        link = prep.lower
        if token.dep == "poss" or (token.dep == "compound" and prep.tag[:2] == "NN"):  # "the talks' collapse"
            noun, link = prep, "of"
        elif token.dep != "pobj" or noun.tag[:2] != "NN":
            return None
        if link not in ("of", "in", "to", "for", "on", "at", "from"):
            return None
        for name, fate in sorted(self._words.fates.items()):
            if noun.lemma in fate.nouns:
                role, v = self._governor(noun.i)
                absent = self._moods.absent(noun.i)
                mood: Mood = "negated" if absent else self._moods.wanted(noun.i) or self._mood_of(v, role)
                if name == "planned" and mood == "actual":
                    mood = "future"
                return Fated(name, mood, v, role)
        return None

    def _verbal(self, v: int, role: str) -> tuple[str | None, int]:
        """The fate that a verb and those coordinated with it or below it tell, and which of them tells it; of several
        the last: "began in May but collapsed"."""
        found: str | None = None
        at = v
        for verb in self._chain(v):
            fate = self._fate(verb, self._role_at(verb, v, role))
            if fate is not None and not (found in ("failed", "suspended") and self._tokens[verb].dep == "xcomp"):
                found, at = fate, verb
        return found, at

    def _by_tense(self, v: int) -> str | None:
        """What a verb of which talks are the subject tells without being a word for their fate: "the talks touched on
        trade" that they were held, "have made headway" that they go on."""
        token = self._tokens[v]
        if token.tag == "VBD":
            return "held"
        perfect = any(t.lemma == "have" for t in self._syntax.children(v, "aux"))
        return "going" if (perfect or token.tag in ("VBZ", "VBP")) and self._standing(v) else None

    def _standing(self, v: int) -> bool:
        """ "are under way", "have made progress": not "are a mistake"."""
        return not any(t.tag[:1] == "N" for t in self._syntax.children(v, "attr"))

    def _role_at(self, verb: int, v: int, role: str) -> str:
        if verb == v or role not in ("s", "o"):
            return role
        if any(self._syntax.children(verb, "auxpass")):
            return "o"
        if self._tokens[verb].dep in ("xcomp", "ccomp") and role == "o" and self._clauses.passive(v):
            return "s"  # "were expected to resume"
        return role

    def _chain(self, v: int) -> Iterator[int]:
        yield v
        seen = {v}
        stack = [v]
        while stack:
            i = stack.pop(0)
            for child in self._syntax.children(i, "xcomp", "acomp", "conj", "advmod"):
                if child.i in seen or any(self._syntax.children(child.i, *_SUBJECTS)):
                    continue
                if child.dep == "advmod" and child.lemma not in ("due", "underway"):
                    continue
                seen.add(child.i)
                stack.append(child.i)
                if child.tag[:1] == "V":
                    yield child.i

    def _fate(self, v: int, role: str) -> str | None:
        token = self._tokens[v]
        side = "s" if role == "s" else "o"
        if role not in ("s", "o", "of", "from", "into", "to", "in", "with"):
            return None
        particles = [t.lower for t in self._syntax.children(v, "prt", "prep", "advmod", "acomp")]
        keys = [f"{token.lemma} {p}" for p in particles]
        keys += [token.lemma] if role in ("s", "o") or token.lemma in self._words.moving else []
        if token.lemma == "be" and role == "s":
            if "underway" in particles or self._under_way(v):
                return "going"
            if "over" in particles:
                return "ended"
        found = next(
            (n for key in keys for n, fate in sorted(self._words.fates.items()) if key in getattr(fate, side)), None
        )
        if found is None and role == "of" and token.lemma == "come" and self._nothing(v):
            return "failed"
        if found is None and token.tag[:1] == "J" and role == "s":  # "declared the talks dead"
            found = self._word_before(token)
        if found in ("ended", "failed") and self._fruitless(v):
            return "failed"
        declared = role == "o" and token.lemma in self._words.declaring  # "pronounced the talks dead"
        return found or (self._described(v) if role == "s" or declared else None)

    def _nothing(self, v: int) -> bool:
        """ "Nothing came of the talks"."""
        return any(t.lower in ("nothing", "little") for t in self._syntax.children(v, "nsubj"))

    def _described(self, v: int) -> str | None:
        """ "Talks are deadlocked", "have reached an impasse"."""
        for child in self._syntax.children(v, "acomp", "oprd"):
            found = self._word_before(child)
            if found is not None:
                return found
        objects = [*self._syntax.children(v, "dobj", "attr")]
        objects += [o for p in self._syntax.children(v, "prep") for o in self._syntax.children(p.i, "pobj")]
        return "suspended" if any(t.lemma in self._words.impasses for t in objects) else None

    def _under_way(self, v: int) -> bool:
        return any(t.lower == "under" for t in self._syntax.children(v, "prep"))

    def _fruitless(self, v: int) -> bool:
        """ "ended without a deal", "went home with nothing to show"."""
        if any(self._tokens[i].lower == "nothing" for _, i in self._clauses.prepositional(v, ("with",))):
            return True
        behind = self._clauses.prepositional(v, ("without",))
        return any(self._tokens[i].lemma in self._words.fruits for _, i in behind)

    def _before(self, n: int) -> str | None:
        children = self._syntax.children(n, "amod", "compound", "nmod")
        return next((found for child in children if (found := self._word_before(child)) is not None), None)

    def _word_before(self, token: Token) -> str | None:
        return next((name for name, fate in sorted(self._words.fates.items()) if token.lower in fate.before), None)

    def _by_preposition(self, role: str, v: int) -> str | None:
        verb = self._tokens[v] if v >= 0 else None
        if role in self._words.after:
            return "held"
        if role in ("at", "during"):  # "neutral during the talks" doesn't say that they are over
            return "held" if verb is not None and verb.tag in ("VBD", "VBN") else None
        if role in self._words.ahead or (role in ("ahead", "of") and verb is not None and verb.lower == "ahead"):
            return "planned"
        if role == "in" and verb is not None:
            if any(t.lower in ("had", "'d", "’d") for t in self._syntax.children(verb.i, "aux")):
                return "held"
            known = verb.lemma == "be" or verb.lemma in self._words.engaged or verb.tag[:1] == "N"
            return "going" if known else "held"
        if role in ("for", "to") and verb is not None and verb.tag[:1] == "V":
            meets = verb.lemma in self._words.verbs.meeting or verb.lemma in self._words.arranging
            return "held" if meets else None
        return None
