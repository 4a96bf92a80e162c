"""What a sentence's words tell of the life of a measure: that it begins, is meant to, stands, ends, isn't kept."""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.events.status import Standing
from rapporteur.knowledge.standing import MeasureEntry, Phase
from rapporteur.language.syntax import Token
from rapporteur.model import MeasureStatus
from rapporteur.standing.draft import Sentence

_STEPS = 6


def phase_for(entry: MeasureEntry, phase: Phase | None) -> Phase | None:
    """What a word's phase means for a measure of this entry: to announce a truce is to begin it; sanctions that are
    broken stand, a siege that is broken is over."""
    if phase == "seal":
        return "begin" if entry.sealed else "announce"
    if phase == "breach" and not entry.shared:
        return "end" if entry.target == "place" else "keep"
    return phase


class Life:
    """Reads a measure's state in one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._words = sentence.words
        self._syntax = sentence.syntax
        self._tokens = sentence.tokens

    def status(self, phase: Phase | None, word: int, entry: MeasureEntry) -> MeasureStatus | None:
        """The state of a measure of which token ``word`` tells ``phase``; None: no measure is told of."""
        word = self.elaborated(word)
        standing = self._sentence.statuses.status(word)
        if phase in ("begin", "keep", "announce") and (law := self._law(word)) is not None:
            return self._by_law(law)[0]
        if phase in ("begin", "announce"):
            if self._merely_wished(word):
                return None
            announced = entry.sealed and any(t.lemma in self._words.announcing for t in self.governors(word))
            if announced and standing.status in ("actual", "future") and phase == "begin":
                return "in force"
            status = "threatened" if self._still_to_come(word) else self._begun(phase, standing, word)
            decided = entry.gradual and any(t.lemma in self._words.deciding for t in self.governors(word))
            return "threatened" if decided and status == "in force" else status
        if phase == "wish":
            return None
        if phase == "doubt":
            return "threatened" if self._in_doubt(word) else None
        if self._excluded(word):
            return "in force" if phase in ("end", "keep", "renew") else None
        if phase == "refuse":
            refused = standing.status == "negated" or self._no_longer(word)
            return "in force" if refused and not standing.unreal else None
        if phase == "end":
            return "in force" if self._still_to_come(word) else self._ended(standing, word)
        if phase == "breach":
            return "in force" if standing.status in ("negated", "future") else "disputed"
        if phase == "renew":
            if standing.status == "negated" and self._is_being_refused(
                word
            ):  # it stands as long as it would without being renewed
                return "in force"
            return "ended" if standing.status == "negated" and standing.how != "lacking" else "in force"
        if phase == "keep":
            return "in force"
        if standing.status == "future":
            return "threatened"
        return "in force" if standing.status == "actual" else None

    def _still_to_come(self, word: int) -> bool:
        """ "before it lifts its embargo", "that its embargo be lifted": it hasn't happened yet."""
        verb = self._tokens[word]
        marks = self._syntax.children(word, "mark")
        before = verb.tag in ("VBZ", "VBP") and verb.dep == "advcl" and any(t.lower == "before" for t in marks)
        helping = self._syntax.children(word, "aux", "auxpass")
        wanted = (
            verb.dep == "ccomp" and any(t.lower == "be" for t in helping) and not any(t.tag == "MD" for t in helping)
        )
        return before or wanted

    def _is_being_refused(self, word: int) -> bool:
        """ "is blocking the renewal": so far it is only held up."""
        governor = next(self.governors(word), None)
        return governor is not None and governor.tag in ("VBG", "VBZ", "VBP")

    def _no_longer(self, word: int) -> bool:
        """ "no longer issues visas": what was done isn't any more."""
        adverbs = (t for t in self._syntax.children(word, "advmod") if t.lower == "longer")
        return any(self._tokens[t.i - 1].lower == "no" for t in adverbs if t.i > 0)

    def _begun(self, phase: Phase, standing: Standing, word: int) -> MeasureStatus | None:
        if standing.status == "negated":
            return None
        if standing.status == "actual":
            return "threatened" if phase == "announce" or self._merely_meant(word) else "in force"
        if standing.unreal and not self._merely_meant(word):
            return None
        return "threatened"

    def _ended(self, standing: Standing, word: int) -> MeasureStatus:
        first = next(self.governors(word), None)
        if standing.status == "actual":
            sought = first is not None and first.tag[:1] == "V" and first.lemma in self._words.seeking
            return "in force" if sought and self._tokens[word].tag[:1] == "N" else "ended"
        announced = first is not None and first.lemma in self._words.announcing
        meant = standing.status == "future" or (standing.status == "hypothetical" and self._is_meant(word))
        return "ended" if meant and announced else "in force"

    def _merely_meant(self, word: int) -> bool:
        """Does it hang from a verb or noun of intending: "considered imposing", "its threat to impose"?"""
        for governor in self.governors(word):
            noun = governor.tag[:1] == "N"
            if governor.lemma in (self._words.intending_nouns if noun else self._words.intending):
                return True
            if noun:  # "urged a decision": whoever urges doesn't mean it
                return False
        return False

    def _excluded(self, word: int) -> bool:
        """ "ruled out imposing", "held off lifting": it won't be done, at least for now."""
        governor = next(self.governors(word), None)
        if governor is None or governor.lemma not in self._words.excluding:
            return False
        return any(t.lower in ("out", "off") for t in self._syntax.children(governor.i, "prt"))

    def _in_doubt(self, word: int) -> bool:
        """Is it examined whether it is to be done: "is reviewing whether to continue", "whether it will go on to"?"""
        for _ in range(_STEPS):
            verb = self._tokens[word]
            marks = {t.lower for t in self._syntax.children(word, "mark", "advmod")}
            if "whether" in marks:
                return self._tokens[verb.head].lemma in self._words.treated
            if verb.dep not in ("xcomp", "conj") or verb.head == word:
                return False
            word = verb.head
        return False

    def _merely_wished(self, word: int) -> bool:
        """ "called for banning", "talk of imposing", "against lifting": what is only spoken of."""
        prep = self._tokens[self._tokens[word].head]
        if self._tokens[word].dep != "pcomp" or prep.lower not in ("for", "of", "about", "against"):
            return False
        return self._tokens[prep.head].lemma in self._words.nouns.wish

    def elaborated(self, word: int) -> int:
        """ "ready to use all means, including cutting aid": what "including" tells of, however far back the parser lets
        it hang, belongs to the verb that is meant. The word itself where there's no such verb."""
        prep = self._tokens[self._tokens[word].head]
        if self._tokens[word].dep != "pcomp" or prep.lower != "including":
            return word
        verbs = (t.i for t in self._syntax.ancestors(word) if t.tag[:1] == "V" and t.i != prep.i)
        return next((v for v in verbs if self._is_meant(v)), word)

    def _is_meant(self, verb: int) -> bool:
        """Does it hang directly from a verb or noun of intending?"""
        governor = next(self.governors(verb), None)
        if governor is None:
            return False
        nouns = governor.tag[:1] == "N"
        return governor.lemma in (self._words.intending_nouns if nouns else self._words.intending)

    def governors(self, i: int) -> Iterator[Token]:
        """The words whose complement the word at ``i`` is, from the nearest on: verbs, and nouns such as "plan"."""
        for _ in range(_STEPS):
            token = self._tokens[i]
            head = self._tokens[token.head]
            if head.i == i:
                return
            if token.dep in ("xcomp", "ccomp", "acl", "relcl", "dobj", "nsubjpass", "conj"):
                i = head.i
            elif token.dep in ("pcomp", "pobj") and self._tokens[head.head].i != head.i:
                i = head.head
            elif token.dep == "advcl" and any(t.tag == "TO" for t in self._syntax.children(i, "aux")):
                i = head.i
            else:
                return
            if token.dep != "conj":
                yield self._tokens[i]

    # -- laws --------------------------------------------------------------------------------------------------

    def _law(self, word: int) -> Token | None:
        """The bill that says so: "a bill imposing", "measures to step up", "a resolution that would lift"."""
        for governor in self.governors(word):
            if governor.tag[:1] == "N":
                return self._bill(governor)
            if governor.lemma in self._words.passing | self._words.treated:  # "passed a bill | to tighten"
                objects = self._syntax.children(governor.i, "dobj", "nsubjpass")
                law = next((bill for t in objects if (bill := self._bill(t)) is not None), None)
                if law is not None and law.i < word:
                    return law
        subjects = self._syntax.children(word, "nsubj")
        return next((t for t in subjects if t.lemma in self._words.bills and self.would(word)), None)

    def _bill(self, noun: Token) -> Token | None:
        """The bill that the noun is, or that it counts: "a package of bills"."""
        return next((t for t in (noun, *self._counted(noun)) if t.lemma in self._words.bills), None)

    def would(self, word: int) -> bool:
        """Does the verb stand in the future or the conditional?"""
        return any(t.lower in ("would", "will") for t in self._syntax.children(word, "aux"))

    def _counted(self, noun: Token) -> Iterator[Token]:
        for prep in self._syntax.children(noun.i, "prep"):
            if prep.lower == "of":
                yield from self._syntax.children(prep.i, "pobj")

    def lawgivers(self, word: int) -> tuple[int, ...]:
        """Who passes or signs the bill that tells what the word at ``word`` does; () where there is no bill."""
        law = self._law(word)
        verb = self._by_law(law)[1] if law is not None else None
        if verb is None:
            return ()
        houses = (f for _, f in self._sentence.clauses.prepositional(verb, ("in",)))  # "in the house, lawmakers passed"
        named = tuple(f for f in houses if self._tokens[f].lemma in self._words.chambers)
        return named or self._sentence.clauses.agents(verb)

    def _by_law(self, law: Token) -> tuple[MeasureStatus | None, int | None]:
        """What becomes of it, and the verb that says so: a chamber's bill, passed or considered, is a threat, one
        that was signed is in force, others are proposals."""
        token = law
        for _ in range(_STEPS):
            head = self._tokens[token.head]
            if head.i == token.i:
                return None, None
            if head.tag[:1] == "V":
                if head.lemma in self._words.enacting:
                    return "in force", head.i
                treated = head.lemma in self._words.passing or head.lemma in self._words.treated
                passed = treated and self._by_chamber(head.i)
                return ("threatened", head.i) if passed else (None, None)
            token = head
        return None, None

    def _by_chamber(self, verb: int) -> bool:
        agents = self._sentence.clauses.agents(verb)
        parties = [p for i in agents for p in self._sentence.roles.parties(i)]
        chamber = any(self._tokens[i].lemma in self._words.chambers for i in agents)
        return chamber or any(p.sector in ("LEG", "GOV") or p.code == "IGO" for p in parties)
