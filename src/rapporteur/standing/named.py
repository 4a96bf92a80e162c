"""Measures that a noun names: "the sanctions imposed by", "a three-year siege of", "the truce has collapsed"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapporteur.events.match import Match, match_noun
from rapporteur.events.screen import Needs
from rapporteur.knowledge.standing import MeasureEntry, MeasureTables, Phase
from rapporteur.language.syntax import Token
from rapporteur.model import MeasureStatus, Party
from rapporteur.standing.coming import Coming
from rapporteur.standing.doers import Modifiers
from rapporteur.standing.draft import Draft, Sentence
from rapporteur.standing.life import Life, phase_for
from rapporteur.standing.phases import course_phase, enters_a_state, governing_phase

_STEPS = 6
_INCLUDING = ("include", "including", "as", "like")
_IN_SPITE = ("despite", "notwithstanding")
_UPON = ("on", "against", "upon", "from", "with", "to")
_BETWEEN = ("between", "among", "with")
_WHERE = ("in", "across", "throughout", "inside")
_KNOWN = ("the", "this", "that", "these", "those", "its", "their", "his", "her", "such")


@dataclass(slots=True)
class Telling:
    """What governs a measure's noun: the ``phase`` told by token ``word`` (None: nothing is told), whether ``word``'s
    subject imposes (``agent``), whom it hits, who is held in it, whom it harms, and the nouns passed on the way up."""

    phase: Phase | None
    word: int
    agent: bool = False
    hit: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    harmed: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)


class Named:
    """Finds measures by nouns. ``needs`` are, by rule, the words without which its pattern can't hold."""

    def __init__(self, tables: MeasureTables, needs: Mapping[int, Needs]) -> None:
        self._tables = tables
        self._needs = needs

    def drafts(self, sentence: Sentence, life: Life) -> Iterator[Draft]:
        """The measures that the sentence's nouns tell of, in text order."""
        words = {t.lemma for t in sentence.tokens} | {t.lower for t in sentence.tokens}
        matched = {t.i: m for t in sentence.tokens if (m := self._best(t, sentence, words)) is not None}
        reader = _Reader(sentence, life, frozenset(matched))
        for i, match in matched.items():
            draft = reader.draft(i, match, self._tables.entries[match.rule.frame])
            if draft is not None:
                yield draft

    def _best(self, token: Token, sentence: Sentence, words: set[str]) -> Match | None:
        if token.tag[:1] != "N" and token.lemma not in ("bar",):
            return None
        found = [
            match
            for rule in self._tables.nouns.get(token.lemma, ())
            if all(not needed.isdisjoint(words) for needed in self._needs[id(rule)])
            and (match := match_noun(rule, token.i, sentence.clauses)) is not None
        ]
        return max(found, key=lambda m: (m.met, m.narrowness), default=None)


class _Reader:
    """Reads the nouns of one sentence; ``nouns`` are all that name a measure."""

    def __init__(self, sentence: Sentence, life: Life, nouns: frozenset[int]) -> None:
        self._sentence = sentence
        self._life = life
        self._nouns = nouns
        self._words = sentence.words
        self._syntax = sentence.syntax
        self._tokens = sentence.tokens
        self._clauses = sentence.clauses

    def draft(self, noun: int, match: Match, entry: MeasureEntry) -> Draft | None:
        """The measure that the noun names, or None where none is told of."""
        if self._in_a_package(noun):
            return None
        telling = self._telling(noun)
        phase = phase_for(entry, telling.phase)
        begun = self._own_clause(noun, self._words.life.begin | self._words.life.seal)
        if phase is None:
            phase, telling.word = self._of_itself(noun, entry, telling.word)
        if phase in (None, "begin") and entry.shared and self._tokens[self._tokens[noun].head].lower in _IN_SPITE:
            phase = "breach"  # who fights "despite a truce" doesn't keep it
        status = self._status(phase, telling, noun, entry)
        coming = Coming(self._sentence)
        if status == "in force" and coming.is_to_come(phase, noun, telling.word, bool(telling.hit)):
            status = "threatened"
        if status == "ended" and coming.is_to_end(phase, telling.word):
            status = "in force"
        if status is None:
            return None
        modifiers = Modifiers(self._sentence, entry, noun)
        draft = Draft(
            entry,
            match.rule.pattern.text,
            noun,
            status,
            phase,
            telling.word,
            begun=begun,
            imposers=self._imposers(noun, entry, telling, begun, modifiers),
            targets=self._targets(noun, entry, telling, begun, modifiers),
            objects=[noun],
            definite=self._is_definite(noun),
            chambers=self._life.lawgivers(telling.word),
            act=self._act(noun),
            brokered=entry.shared and any(self._is_brokering(i) for i in (begun, telling.word) if i is not None),
        )
        return draft

    def _in_a_package(self, noun: int) -> bool:
        """Is it one of several that are listed: the first speaks for all ("sanctions, including an arms embargo")?"""
        i = noun
        for _ in range(_STEPS):
            token = self._tokens[i]
            head = self._tokens[token.head]
            if head.i == i:
                return False
            listed = token.dep == "conj" or (token.dep in ("pobj", "prep", "appos") and self._lists(token, head))
            if not listed:
                return False
            i = head.i
            if i in self._nouns:
                return True
        return False

    def _lists(self, token: Token, head: Token) -> bool:
        if token.dep == "pobj" and head.lower == "of" and head.head in self._nouns:
            return True  # "the snapback of sanctions" is one thing
        return token.dep in ("prep", "appos") or head.lower in _INCLUDING or head.lemma in _INCLUDING

    # -- what governs the noun ---------------------------------------------------------------------------------

    def _telling(self, noun: int) -> Telling:
        """Climb from the noun to the first word that tells something of it."""
        told = Telling(None, noun)
        i = noun
        for _ in range(_STEPS):
            token = self._tokens[i]
            head = self._tokens[token.head]
            if head.i == i:
                return told
            if token.dep in ("conj", "appos") and head.tag[:1] == "N":
                i = head.i
            elif token.dep in ("dobj", "nsubjpass", "oprd", "attr", "conj") and head.tag[:1] == "V":
                return self._by_verb(head, told)
            elif token.dep in ("nsubj", "csubj") or (token.dep == "compound" and head.tag in ("VBP", "VBZ")):
                return self._of_course(head, told)
            elif token.dep == "pobj":
                step = self._behind_preposition(head, told)
                if step is None:
                    return told
                i = step
            elif token.dep in ("compound", "nmod", "amod", "poss") and head.tag[:1] == "N":
                if self._over(head, told):
                    return told
                i = head.i
            else:
                return told
        return told

    def _by_verb(self, verb: Token, told: Telling) -> Telling:
        """The noun is the verb's object (or the subject of its passive)."""
        phase = governing_phase(self._sentence, verb)
        if phase is not None:
            told.phase, told.word, told.agent = phase, verb.i, phase != "breach"
        if any(t.lower == "off" for t in self._syntax.children(verb.i, "prt")) and verb.lemma == "call":
            told.phase, told.word, told.agent = "end", verb.i, True
        if verb.lemma in self._words.suffering:
            told.hit += self._clauses.agents(verb.i)
        if verb.lemma == "have":
            told.phase, told.word, told.agent = "keep", verb.i, True
        return told

    def _of_course(self, verb: Token, told: Telling) -> Telling:
        """The noun is the verb's subject: "the embargo expires", "a truce came into force"."""
        if verb.lemma == "be":
            verb = self._due(verb)
        phase = course_phase(self._sentence, verb)
        if phase is None and verb.lemma == "be":  # "the truce is dead"
            said = self._syntax.children(verb.i, "acomp")
            phase = next((p for t in said if (p := course_phase(self._sentence, t)) == "breach"), None)
        if phase is not None:
            told.phase, told.word = phase, verb.i
            if phase == "keep" and not enters_a_state(self._sentence, verb):
                told.harmed += self._clauses.patients(verb.i)
        return told

    def _due(self, verb: Token) -> Token:
        """What is due: of "is to begin" and "is due to begin", the infinitive; else the verb itself."""
        for place in (verb, *self._syntax.children(verb.i, "acomp")):
            for inner in self._syntax.children(place.i, "xcomp"):
                if course_phase(self._sentence, inner) == "begin":
                    return inner
        return verb

    def _behind_preposition(self, prep: Token, told: Telling) -> int | None:
        """The noun stands behind a preposition: the noun to climb on from, or None where that's the end of it."""
        outer = self._tokens[prep.head]
        if prep.lower in self._words.suffering_prepositions:
            told.hit += self._under(outer)
            return None
        back = any(t.lower == "back" for t in self._syntax.children(outer.i, "advmod", "prt"))  # "hit back with"
        harmed = outer.lemma in self._words.hit and outer.tag in ("VBN", "VBD", "JJ") and not back
        if prep.lower in ("by", "with", "to") and harmed:
            told.hit += self._clauses.patients(outer.i) or self._clauses.agents(outer.i)
            return None
        if prep.lower in ("in", "into", "under", "behind") and outer.lemma in self._words.held:
            told.phase, told.word = "keep", outer.i
            told.held += self._clauses.patients(outer.i) or self._clauses.agents(outer.i)
            return None
        if prep.lower == "with" and outer.tag[:1] == "V":
            for phase in ("begin", "announce"):
                if outer.lemma in getattr(self._words.struck, phase):
                    told.phase, told.word, told.agent = phase, outer.i, True
                    told.hit += self._clauses.patients(outer.i)
            return None
        agreed = prep.lower in ("to", "on", "upon") and outer.lemma in self._words.life.seal
        voted = prep.lower == "for" and outer.lemma in self._words.passing
        if (agreed or voted) and outer.tag[:1] == "V":
            told.phase, told.word, told.agent = "seal", outer.i, True  # "agreed to a truce"
            return None
        if prep.lower in ("for", "about", "against", "over", "on") and outer.tag[:1] in "VN":
            if outer.lemma in self._words.nouns.wish:
                told.phase, told.word = "wish", outer.i
            return None
        if outer.tag[:1] == "N" and prep.lower in ("of", "in", "to", "from", "under"):
            return None if self._over(outer, told) else outer.i
        return None

    def _over(self, outer: Token, told: Telling) -> bool:
        """Does the noun over the measure's tell something of it? Those that merely count it pass the question on."""
        told.passed.append(outer.i)
        for phase in ("begin", "announce", "renew", "end", "breach", "wish"):
            if outer.lemma in getattr(self._words.nouns, phase):
                told.phase, told.word, told.agent = phase, outer.i, False
                return True
        return outer.lemma not in self._words.nouns.keep

    def _under(self, outer: Token) -> list[int]:
        """Whom it hits that acts, or is, "under sanctions" or "despite sanctions"."""
        if outer.tag[:1] == "V":
            return list(self._clauses.agents(outer.i) or self._clauses.patients(outer.i))
        if outer.tag[:1] == "N":
            head = self._tokens[outer.head]
            return [outer.i, *(self._clauses.agents(head.i) if head.tag[:1] == "V" else ())]
        return []

    def _of_itself(self, noun: int, entry: MeasureEntry, word: int) -> tuple[Phase | None, int]:
        """What the noun's own clauses and adjectives tell: "sanctions lifted in May", "the proposed embargo"."""
        life, before = self._words.life, self._words.before
        own: tuple[tuple[frozenset[str], Phase], ...] = (
            (life.end, "end"),
            (life.renew, "renew"),
            (life.breach, "breach"),
        )
        for words, phase in own:
            verb = self._own_clause(noun, words)
            if verb is not None:
                return phase_for(entry, phase), verb
        adjectives: tuple[Phase, ...] = ("announce", "end", "breach", "keep")
        for phase in adjectives:
            if self._clauses.stands_before(noun, getattr(before, phase)):
                return phase_for(entry, phase), noun
        verb = self._own_clause(noun, life.begin | life.seal)
        if verb is not None:
            return "begin", verb
        return None, word

    def _own_clause(self, noun: int, verbs: frozenset[str]) -> int | None:
        """The verb of the noun's own participle or relative clause whose patient it is, among ``verbs``."""
        for clause in self._syntax.children(noun, "acl", "relcl"):
            if clause.lemma in verbs and noun in self._clauses.patients(clause.i):
                return clause.i
        return None

    def _status(self, phase: Phase | None, telling: Telling, noun: int, entry: MeasureEntry) -> MeasureStatus | None:
        if phase is not None and telling.word == noun:  # told by an adjective
            named = self._life.status(None, noun, entry)
            if named is None and phase != "announce":
                return None
            told: dict[Phase, MeasureStatus] = {"announce": "threatened", "end": "ended", "breach": "disputed"}
            return told.get(phase, "in force")
        status = self._life.status(phase, telling.word, entry)
        no = any(t.lower in ("no", "any", "without") for t in self._syntax.children(noun, "det"))
        return None if no and phase in (None, "begin", "announce", "keep") else status

    # -- parties -----------------------------------------------------------------------------------------------

    def _imposers(
        self, noun: int, entry: MeasureEntry, telling: Telling, begun: int | None, modifiers: Modifiers
    ) -> tuple[Party, ...]:
        heads = [*modifiers.doers]
        agents = self._sentence.agents(self._life.elaborated(telling.word)) if telling.agent else ()
        if agents and all(self._tokens[i].tag == "PRP$" for i in heads) and self._sentence.able(agents):
            heads = list(agents)  # "urged Chad to lift its ban"
        if begun is not None:
            heads += self._clauses.agents(begun)
        for named in (noun, *telling.passed):
            lifted = self._own_clause(named, self._words.life.end)
            if lifted is not None:  # "sanctions lifted by": who lifts them had imposed them
                heads += self._clauses.agents(lifted)
        heads += self._life.lawgivers(telling.word)
        for passed in telling.passed:
            heads += [t.i for t in self._syntax.children(passed, "poss")]
            heads += [f for _, f in self._clauses.prepositional(passed, ("by",))]
        if not heads:
            heads += agents
        if not heads and telling.passed and not telling.agent:  # "passed a renewal of the sanctions act"
            heads += self._clauses.owners(telling.passed[-1])
        if entry.shared:
            heads += self._sharing(noun, telling) + self._under_a_deal(noun, begun)
        elif not heads and entry.foreign:  # "the withdrawal of US troops": whose they are
            heads += [f for _, f in self._clauses.prepositional(noun, ("of",)) if self._clauses.is_force(f)]
        found = self._sentence.able(dict.fromkeys(self._clauses.expand(heads)), anybody=entry.shared)
        if not found and entry.home:  # "has been under martial law"
            found = tuple(p for p in self._sentence.all_whom(telling.hit) if self._sentence.can_impose(p))
        if not found and (entry.home or entry.person):
            places = [f for i in (noun, telling.word) for _, f in self._clauses.prepositional(i, _WHERE)]
            found = self._sentence.places(places)
        return found

    def _targets(
        self, noun: int, entry: MeasureEntry, telling: Telling, begun: int | None, modifiers: Modifiers
    ) -> tuple[Party, ...]:
        if entry.shared:
            return ()
        others = (t.i for t in self._syntax.children(noun, "conj") if t.i in self._nouns)  # "bans and freezes on"
        places = [noun, *others, *([begun] if begun is not None else []), *telling.passed]
        if telling.agent or telling.phase in ("begin", "keep", "end"):
            places.append(telling.word)
        heads = [*telling.hit, *(telling.held if entry.person else ()), *modifiers.undergoers]
        for place in places:
            wanted = entry.targets if self._tokens[place].tag[:1] == "N" else _UPON
            heads += [f for _, f in self._clauses.prepositional(place, wanted) if f != noun and f not in self._nouns]
        for _, inner in self._clauses.prepositional(noun, ("of",)):
            if inner in self._nouns:  # "the snapback of sanctions on Chad"
                heads += [f for _, f in self._clauses.prepositional(inner, _UPON)]
        heads = heads or list(telling.harmed)  # "the sanctions hurt Chad"
        if not heads and entry.target == "place":  # "the siege by rebels | of the town"
            for _, by in self._clauses.prepositional(noun, ("by",)):
                heads += [f for _, f in self._clauses.prepositional(by, ("of",))]
        for clause in self._syntax.children(noun, "acl", "relcl"):
            if clause.lemma in self._words.course.keep:  # "sanctions targeting the banks"
                heads += [i for i in self._clauses.patients(clause.i) if i != noun]
        if not heads and telling.phase is not None:
            aims = self._words.relieving if telling.phase == "end" else self._words.aiming
            heads += self._aimed_at(self._life.elaborated(telling.word), aims)
        taken = set(modifiers.doers)
        heads = [i for i in dict.fromkeys(heads) if i not in taken]
        found = self._sentence.all_whom(heads)
        if not found and entry.target == "place":
            return tuple(map(self._sentence.bare, heads[:1]))
        return self._sentence.persons(found) if entry.person else found

    def _sharing(self, noun: int, telling: Telling) -> list[int]:
        """The parties of a truce: whom it is between, who agrees to it, who breaks it, and who says so."""
        fights = [f for _, f in self._clauses.prepositional(noun, ("in", "to", "of"))]  # "a pause in fighting with"
        heads = [f for i in (noun, *fights) for _, f in self._clauses.prepositional(i, _BETWEEN)]
        if telling.agent or telling.phase == "breach":
            heads += self._clauses.agents(telling.word)
            heads += [f for _, f in self._clauses.prepositional(telling.word, _BETWEEN)]
        for governor in self._life.governors(telling.word):
            if telling.phase == "breach" and governor.lemma in self._words.blaming:
                heads += [*self._clauses.agents(governor.i), *self._clauses.patients(governor.i)]
        return heads

    def _under_a_deal(self, noun: int, begun: int | None) -> list[int]:
        """Who made the deal under which it is: "zones created under a deal brokered by Chad"."""
        places = [noun, *([begun] if begun is not None else [])]
        deals = [f for i in places for _, f in self._clauses.prepositional(i, ("under", "by")) if f != noun]
        made = (self._own_clause(deal, self._words.life.begin | self._words.life.seal) for deal in deals)
        return [a for verb in made if verb is not None for a in self._clauses.agents(verb)]

    def _aimed_at(self, verb: int, aims: frozenset[str]) -> list[int]:
        """Whom it is to force or stop: "imposed a blockade to stop Chad from"; or, by its end, to help."""
        purposes = self._syntax.children(verb, "advcl", "xcomp")
        return [i for t in purposes if t.lemma in aims for i in self._clauses.patients(t.i)]

    def _is_brokering(self, word: int) -> bool:
        return self._tokens[word].lemma in self._words.brokering

    def _act(self, noun: int) -> int | None:
        """The act that has the measure in its name, or None."""
        head = self._tokens[self._tokens[noun].head]
        named = self._tokens[noun].dep == "compound" and head.tag[:3] == "NNP" and head.lemma in self._words.bills
        return head.i if named else None

    def _is_definite(self, noun: int) -> bool:
        return any(t.lower in _KNOWN for t in self._syntax.children(noun, "det", "poss"))
